"""Verdict and score of a statement and of a whole summary.

A statement's score is the trained one (``score.py``), an estimate of the chance that it is true, with two rules on top:
where a check found something wrong it is held below 0.5 (in the same order as before), and where the statement is hardly
more than a quotation that stands in the article, by that speaker, or stands there word for word itself (and begins with
no pronoun), it is held above. It is supported exactly from 0.5.

A summary's score is made of its statements' in log odds (``score.whole``): mostly the lowest, a little the mean, less the
logarithm of their number (three at most), for where more is said, more can be wrong. So it falls when any statement's
does, mostly follows the weakest, and for one statement is that statement's own. The verdict of the whole is that of its
statements; a summary whose statements are each only just supported may score below 0.5 as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.domain.text import Span
from service.domain.verdict import Check, CheckedSummary, Statement, Verdict
from service.language.identify import identify
from service.language.reporting import speech_verbs
from service.language.words import is_word
from service.stages.verification.alignment import Alignment, align
from service.stages.verification.checks import run_checks
from service.stages.verification.features import PRONOUNS
from service.stages.verification.measures import measures
from service.stages.verification.score import held_down, odds_of, share, weights, whole
from service.stages.verification.source import Source
from service.stages.verification.statements import split_statements
from service.stages.verification.tokens import FUNCTION_KIND, NAME, NUMBER, Token, tokenise

#: Of this many statements the first are judged with the tokens of those before; a pronoun looks no further back.
LOOK_BACK = 4
#: The least log odds of a verified quotation, and of a statement that stands in the article word for word.
QUOTED, VERBATIM = 0.4, 1.0
#: A summary of whose words this part is English, or the article's, is in the article's language.
KNOWN = 0.75

#: Cited sentences carry a statement where they have this part of what the article's best ones have.
CARRIES = 0.75

_ORDER: tuple[Verdict, ...] = ("contradicted", "unsupported", "unchecked", "supported")


def check_statement(
    id: str, text: str, sources: Sequence[Source], cites: Sequence[Span] | None, quotations: Sequence[str]
) -> Statement:
    """Hold ``text`` against ``sources``: the one that carries it best decides. ``cites``: spans of the sentences that it
    cites (None: it cites nothing); ``quotations``: ids of the quotations that it gives. ``score`` is in 0..1 and at least
    0.5 exactly where the statement is supported."""
    return _judge(id, text, sources, cites, quotations, ())[0]


def check_summary(summary: str, sources: Sequence[Source]) -> CheckedSummary:
    """Split ``summary`` into statements and judge each. The verdict is the worst of theirs; the score falls when any of
    theirs does. Without a statement, or in a language that none of the sources is in, it is ``unchecked``."""
    foreign = _foreign(summary, sources)
    statements: list[Statement] = []
    before: list[list[Token]] = []
    for start, end in split_statements(summary):
        id = f"st{len(statements) + 1}"
        if foreign is not None:
            statements.append(_unchecked(id, summary[start:end], (), "language", foreign))
            continue
        said = [t for tokens in before[-LOOK_BACK:] for t in tokens]
        statement, tokens = _judge(id, summary[start:end], sources, None, (), said)
        statements.append(statement)
        before.append(tokens)
    return checked_summary(statements)


def checked_summary(statements: Sequence[Statement]) -> CheckedSummary:
    """A summary's verdict and score from its statements'."""
    if not statements:
        return CheckedSummary("unchecked", 0.0, ())
    verdict = min((s.verdict for s in statements), key=_ORDER.index)
    return CheckedSummary(verdict, summary_score([s.score for s in statements]), tuple(statements))


def summary_score(scores: Sequence[float]) -> float:
    """The score of a whole from its statements' scores (at least one): see the module."""
    return share(whole([odds_of(s) for s in scores]))


def _judge(
    id: str,
    text: str,
    sources: Sequence[Source],
    cites: Sequence[Span] | None,
    quotations: Sequence[str],
    before: Sequence[Token],
) -> tuple[Statement, list[Token]]:
    """A statement's judgement, and its tokens."""
    best: tuple[float, Alignment, tuple[Check, ...]] | None = None
    for source in sources:
        found = align(text, source)
        checks = run_checks(found)
        if any(c.verdict in {"contradicted", "unsupported"} for c in checks) and _word_for_word(found):
            # What stands in the article as it is can't be contradicted by it, whatever a rule makes of its words.
            checks = tuple(c for c in checks if c.verdict not in {"contradicted", "unsupported"})
        odds = _odds(found, checks, before)
        if best is None or odds > best[0]:
            best = (odds, found, checks)
    if best is None or not best[1].tokens:
        why = (
            "there is no source to hold it against" if best is None else "there are no words in it to hold against a source"
        )
        return _unchecked(id, text, quotations, "content", why), []
    odds, found, checks = best
    score = share(odds)
    verdict: Verdict = "supported" if score >= 0.5 else "unsupported"
    if verdict == "unsupported" and any(c.verdict == "contradicted" for c in checks):
        verdict = "contradicted"
    if verdict == "unsupported" and not any(c.verdict == "unsupported" for c in checks):
        checks = (*checks, _unfounded(found))
    evidence = _evidence(found, cites)
    checks = (*checks, *_citations(found, cites))
    return Statement(id, text, evidence, tuple(quotations), verdict, score, checks), found.tokens


def _odds(found: Alignment, checks: Sequence[Check], before: Sequence[Token]) -> float:
    """The trained log odds under the two rules."""
    odds = weights().odds(measures(found, checks, before))
    if any(c.verdict in {"contradicted", "unsupported"} for c in checks):
        return held_down(odds)
    if odds < QUOTED and _mere_quotation(found, checks):
        return QUOTED + 0.1 * share(odds)
    if odds < VERBATIM and found.tokens and found.tokens[0].word not in PRONOUNS and _word_for_word(found):
        return VERBATIM + 0.1 * share(odds)
    return odds


def _word_for_word(found: Alignment) -> bool:
    """Whether the whole statement stands in the article."""
    if not found.content:
        return False
    hit = found.source.quotations().find(found.text.strip().rstrip(".").rstrip())
    return hit is not None and hit.fidelity != "altered"


def _mere_quotation(found: Alignment, checks: Sequence[Check]) -> bool:
    """Whether the statement is a quotation that stands in the article, and beside it only who said it."""
    inside = [c.at for c in checks if c.name == "quotation" and c.verdict == "supported" and c.at]
    if not inside or not any(c.name == "speaker" and c.verdict == "supported" for c in checks):
        return False
    verbs = speech_verbs()
    words = [t for t in found.tokens if not any(x <= t.start < y for x, y in inside)]
    return all(t.kind in {FUNCTION_KIND, NAME} or t.word in verbs for t in words)


def _unfounded(found: Alignment) -> Check:
    """Why a statement is not supported although no single check failed: the words that the article carries least."""
    lacking = [i for i in found.content if found.like[i] == 0.0]
    if not lacking and found.ranked:
        best = found.in_sentence.get(found.ranked[0][0], {})
        lacking = [i for i in found.content if i not in best]
    if not lacking:
        return Check("content", "unsupported", "OutE", "the article does not carry this statement as a whole")
    words = ", ".join(f"“{found.text[found.tokens[i].start : found.tokens[i].end]}”" for i in lacking[:4])
    at = (found.tokens[lacking[0]].start, found.tokens[lacking[0]].end)
    return Check("content", "unsupported", "OutE", f"the article does not carry {words} of this statement", at)


def _evidence(found: Alignment, cites: Sequence[Span] | None) -> tuple[Span, ...]:
    """The sentences that carry the statement, the best first: the cited ones where they carry it, else the article's."""
    ranked = found.ranked
    cited = {i for one in _cited(found, cites or ()) for i in one}
    if cited and found.coverage(sorted(cited)) >= CARRIES * found.coverage([i for i, _ in ranked[:3]]):
        ranked = sorted(((i, found.coverage([i])) for i in cited), key=lambda pair: (-pair[1], pair[0]))
    if not ranked:
        return ()
    chosen: list[int] = []
    covered = 0.0
    for sentence, part in ranked:
        whole = found.coverage([*chosen, sentence])
        if not chosen or (whole >= covered + 0.05 and part >= 0.25 * ranked[0][1]):
            chosen.append(sentence)
            covered = whole
        if len(chosen) == 3:
            break
    spans = [found.source.sentences[i].span for i in chosen]
    return tuple(found.source.span(s.start, s.end) for s in spans)


def _cited(found: Alignment, cites: Sequence[Span]) -> list[list[int]]:
    """For each citation of this source, the indices of the sentences that it touches."""
    return [
        [i for i, s in enumerate(found.source.sentences) if s.span.start < cite.end and cite.start < s.span.end]
        for cite in cites
        if cite.source is None or cite.source == found.source.index
    ]


def _citations(found: Alignment, cites: Sequence[Span] | None) -> list[Check]:
    """Whether what is cited carries the statement, and whether each citation is needed (citation recall and precision of
    ALCE: Gao et al., 2023, with the share of the statement's weight in place of an entailment model)."""
    if not cites or not found.content:
        return []
    mine = _cited(found, cites)
    together = found.coverage([i for one in mine for i in one])
    best = found.coverage([i for i, _ in found.ranked[:3]])
    checks: list[Check] = []
    if best and together < CARRIES * best:
        detail = "the cited sentences do not carry the statement; others of the article carry more of it"
        checks.append(Check("citation", "unchecked", None, detail))
    for n, one in enumerate(mine):
        rest = [i for m, other in enumerate(mine) if m != n for i in other]
        if len(mine) > 1 and one and together and found.coverage(rest) >= together - 1e-9:
            words = re.sub(r"\s+", " ", cites[n].text)[:60]
            checks.append(Check("citation", "unchecked", None, f"the citation of “{words}” is not needed"))
    return checks or [Check("citation", "supported", None, "the cited sentences carry the statement")]


def _foreign(summary: str, sources: Sequence[Source]) -> str | None:
    """Why a summary can't be judged for its language, or None."""
    words = [t.word for t in tokenise(summary)[0] if t.kind != NUMBER]
    at_home = sum(is_word(w) or any(w in s.words() for s in sources) for w in words)
    if len(words) < 4 or at_home >= KNOWN * len(words):
        return None  # short, or of words that we know: a language model's odd English is English
    mine = identify(summary)
    theirs = {s.document.article.language for s in sources} - {None}
    if mine is None or not theirs or mine in {str(t)[:2].lower() for t in theirs}:
        return None
    return f"the summary is in another language ({mine}) than the article ({', '.join(sorted(map(str, theirs)))})"


def _unchecked(id: str, text: str, quotations: Sequence[str], name: str, why: str) -> Statement:
    """A statement that can't be judged: below 0.5, for it is not supported, and in the middle of what is not."""
    return Statement(id, text, (), tuple(quotations), "unchecked", 0.25, (Check(name, "unchecked", None, why),))
