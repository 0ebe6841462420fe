"""Whether a capitalised name is a person's: judged over all its places in the article by weights that
evals/training/personhood.py learns (personhood.txt.gz)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from service.language.places import is_demonym, look_up
from service.language.syntax.trees import Tree, Word
from service.language.words import senses
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.classes import PRONOUNS, given_names, is_organisation
from service.models.extractive.meetings.tokens import Token
from service.models.extractive.meetings.weights import probability, weights_of

_WHERE = frozenset("in at near from to of outside inside around".split())
#: Styles of address that may stand before a name as if part of it.
_STYLES = frozenset("fr fr. coun cllr count countess ustadz dato datuk datu bwana alhaji hajiya chief deacon ald".split())
_NO_BODY = ("GPE", "LOC", "FAC", "DATE", "TIME", "EVT")


def _weights() -> dict[str, float]:
    return weights_of("personhood")


class Personhood:
    """The names of one article. ``people``: those whom the article quotes; ``weights``: others than those carried (training
    begins without any, and every name passes)."""

    def __init__(
        self,
        rows: Sequence[Sequence[Token]],
        trees: Sequence[Tree],
        people: Sequence[str],
        weights: Mapping[str, float] | None = None,
    ) -> None:
        self._weights = _weights() if weights is None else weights
        self._rows, self._trees = rows, trees
        self._quoted = {word for name in people for word in name.split()}
        self._places: dict[str, list[tuple[int, int]]] = {}
        for number, row in enumerate(rows):
            for i, token in enumerate(row):
                if token.text[0].isupper():
                    self._places.setdefault(token.text, []).append((number, i))
        self._words = [{w.start: w for w in tree.words} for tree in trees]
        self._known: dict[str, float] = {}

    def of(self, name: str) -> float:
        """The probability that a name, as written, is a person's."""
        if name not in self._known:
            self._known[name] = probability(self._weights, self.features_of(name))
        return self._known[name]

    def is_body(self, name: str) -> bool:
        """Whether a name may be that of a body that acts: it isn't mostly read as one of a place or time."""
        kinds = self._readings(name)
        return sum(kinds[k] for k in _NO_BODY) * 2 <= kinds.total()

    def reading(self, name: str) -> str:
        """The kind of name that the parser mostly takes it for."""
        return next((kind for kind, _ in self._readings(name).most_common(1)), "?")

    def _readings(self, name: str) -> Counter[str]:
        words = name.split()
        kinds: Counter[str] = Counter()
        for number, i in self._spots(words):
            last = self._words[number].get(self._rows[number][i + len(words) - 1].start)
            if last is not None:
                kinds[last.name] += 1
        return kinds

    def trimmed(self, words: Sequence[str]) -> int:
        """How many words at the head of a name are none of it: "Affairs Yoon", "Risk Officer Farah Iskandar"."""
        cut = 0
        while cut + 1 < len(words) and self._is_style(words[cut], " ".join(words)):
            rest = words[cut + 1 :]
            if len(rest) == 1 and self.reading(rest[0]) not in ("PER", "?"):
                break
            cut += 1
        return cut

    def _is_style(self, word: str, name: str) -> bool:
        """Whether a word is a common one, and read as no part of a person's name where the name stands."""
        if word in given_names() or not (word.lower() in _STYLES or senses(word.lower())):
            return False
        spots = list(self._spots(name.split()))
        at = name.split().index(word)
        read = [self._words[n].get(self._rows[n][i + at].start) for n, i in spots]
        return word.lower() in _STYLES or 2 * sum(w is not None and w.name == "PER" for w in read) < len(read)

    def features_of(self, name: str) -> Iterator[str]:
        """The features that hold of a name."""
        words = name.split()
        yield "bias"
        yield from _shape(words)
        whole = list(self._spots(words))
        yield from self._shares(whole, len(words), "")
        if len(words) > 1:
            ends = set(whole)
            alone = [(n, i) for n, i in self._places.get(words[-1], ()) if (n, i - len(words) + 1) not in ends]
            yield f"surname alone={bool(alone)}"
            yield from self._shares(alone, 1, "alone ")
        yield f"quoted={words[-1] in self._quoted}"
        yield f"seen={min(4, len(whole))}"

    def _spots(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        first = next((k for k, word in enumerate(words) if word in self._places), None)
        if first is None:
            return
        for number, i in self._places[words[first]]:
            row, start = self._rows[number], i - first
            if start >= 0 and [t.text for t in row[start : start + len(words)]] == list(words):
                yield number, start

    def _shares(self, spots: Sequence[tuple[int, int]], size: int, prefix: str) -> Iterator[str]:
        """How often each sign holds, over the places, as never, some, most, always."""
        if not spots:
            return
        signs: Counter[str] = Counter()
        for number, i in spots:
            signs.update(set(self._signs(number, i, i + size)))
        for sign, count in signs.items():
            share = count / len(spots)
            yield f"{prefix}{sign} {'all' if share == 1 else 'most' if share >= 0.5 else 'some'}"

    def _signs(self, number: int, first: int, last: int) -> Iterator[str]:
        """What one place of a name shows."""
        row = self._rows[number]
        before = row[first - 1].low if first else "^"
        after = row[last].low if last < len(row) else "$"
        if not before[0].isalnum():
            before = "mark"
        yield "before=" + (
            "title"
            if before.rstrip(".") in lex.TITLES
            else "role"
            if before in lex.ROLES
            else before
            if before in _WHERE or before in ("the", "a", "an", "mark", "and", "with", "by")
            else "other"
        )
        yield "after=" + (
            "report"
            if after in lex.REPORTING
            else "verb"
            if after in lex.VERBS
            else after
            if after in ("'s", "’s", "who", "which", "and", "where") or not after[0].isalnum()
            else "group"
            if after in lex.GROUPS
            else "role"
            if after in lex.ROLES
            else "other"
        )
        if after == "," and last + 1 < len(row):
            behind = row[last + 1].low
            yield "behind=" + (
                "age"
                if behind.isdigit()
                else behind
                if behind in ("who", "which", "where", "the", "a", "an")
                else "role"
                if behind in lex.ROLES or behind in lex.ROLE_MODIFIERS
                else "other"
            )
        within = [w for t in row[first:last] if (w := self._words[number].get(t.start)) is not None]
        if not within:
            return
        for word in within[-1:]:
            yield f"name={word.name}"
            yield f"tag={word.tag}"
        if any(w.name == "PER" for w in within):
            yield "name has PER"
        if all(w.name == within[0].name for w in within):
            yield f"name whole={within[0].name}"
        numbers = {w.number for w in within}
        head = next((w for w in within if w.head not in numbers), within[-1])
        yield from self._grammar(self._trees[number], head)

    def _grammar(self, tree: Tree, head: Word) -> Iterator[str]:
        yield f"relation={head.relation}"
        above = tree.head(head)
        if above is not None:
            if above.low in lex.REPORTING and head.relation == "nsubj":
                yield "says"
            yield f"above={head.relation}:{above.low if head.relation == 'pobj' else above.tag[:2]}"
            if above.relation == "prep" or above.low in lex.ROLES:
                yield "at role"
        if any(w.low == "who" for clause in tree.children(head, "relcl") for w in tree.children(clause)):
            yield "who"


def _shape(words: Sequence[str]) -> Iterator[str]:
    """What the words of the name themselves show."""
    first, last = words[0], words[-1]
    given = given_names()
    yield f"words={min(4, len(words))}"
    yield f"given={first in given}+{min(2, len(words))}"
    yield f"last given={last in given}"
    yield f"organisation={is_organisation(words)}"
    yield f"place={look_up(' '.join(words)) is not None}+{min(2, len(words))}"
    yield f"place within={any(look_up(w) is not None for w in words)}"
    yield f"people={any(is_demonym(w) for w in words)}"
    for word, which in ((first, "first"), (last, "last")):
        low = word.lower()
        yield f"{which} common={bool(senses(low))}"
        yield f"{which} office={low in lex.ROLES or low in lex.GROUPS or low in lex.ROLE_MODIFIERS}"
        yield f"{which} pronoun={low in PRONOUNS}"
        yield f"{which} end={low[-2:]}"
        yield f"{which} end={low[-3:]}"
    yield f"initial={any(len(w.rstrip('.')) == 1 for w in words)}"
    yield f"small={any(w[0].islower() for w in words)}"
    yield f"odd={any(c.isdigit() or c in '.-' for w in words for c in w.strip('.'))}"
    yield f"capitals={any(w.isupper() and len(w) > 1 for w in words)}"
    yield f"plural={last.endswith('s')}"
