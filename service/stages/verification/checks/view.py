"""What the checks look at: a statement, the few sentences that carry it, and where its words stand in them."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.verdict import Check, ErrorType, Verdict
from service.stages.verification.alignment import Alignment
from service.stages.verification.tokens import Token

#: A further sentence belongs to the evidence where it carries at least this much more of the statement.
GAIN = 0.08
MOST = 3


@dataclass(frozen=True, slots=True)
class View:
    """``evidence``: indices of the carrying sentences, the best first; ``places``: for each word of the statement (index of
    its token) the article's tokens in those sentences that stand for it."""

    a: Alignment
    evidence: tuple[int, ...]
    places: dict[int, list[int]]

    @property
    def tokens(self) -> list[Token]:
        """The statement's tokens."""
        return self.a.tokens

    def theirs(self, sentence: int) -> list[Token]:
        """The tokens of one of the article's sentences."""
        begin, end = self.a.source.bounds[sentence]
        return self.a.source.tokens[begin:end]

    def lemmas_near(self) -> set[str]:
        """All lemmas of the carrying sentences."""
        return {t.lemma for s in self.evidence for t in self.theirs(s)}

    def check(self, name: str, verdict: Verdict, error: ErrorType | None, detail: str, *words: int) -> Check:
        """A check on these words of the statement (none: on the whole)."""
        at = (self.tokens[min(words)].start, self.tokens[max(words)].end) if words else None
        return Check(name, verdict, error if verdict != "supported" else None, detail, at)


def view_of(a: Alignment) -> View:
    """Choose the carrying sentences greedily: the best one, and others while each adds enough."""
    chosen: list[int] = []
    covered = 0.0
    for sentence, _ in a.ranked:
        share = a.coverage([*chosen, sentence])
        if not chosen or share >= covered + GAIN:
            chosen.append(sentence)
            covered = share
        if len(chosen) == MOST:
            break
    places: dict[int, list[int]] = {}
    for hit in a.hits:
        if hit.like >= 0.6 and a.source.sentence_of[hit.place] in chosen:
            places.setdefault(hit.word, []).append(hit.place)
    return View(a, tuple(chosen), places)
