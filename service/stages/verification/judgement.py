"""Verdict and score of a statement and of a whole summary."""

from __future__ import annotations

import math
from collections.abc import Sequence

from service.domain.text import Span
from service.domain.verdict import Check, CheckedSummary, Statement, Verdict
from service.stages.verification.alignment import Alignment, align
from service.stages.verification.checks import run_checks
from service.stages.verification.features import measure
from service.stages.verification.source import Source
from service.stages.verification.statements import split_statements
from service.stages.verification.tokens import Token

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
    theirs does."""
    statements: list[Statement] = []
    before: list[Token] = []
    for start, end in split_statements(summary):
        statement, tokens = _judge(f"st{len(statements) + 1}", summary[start:end], sources, None, (), before)
        statements.append(statement)
        before += tokens
    return checked_summary(statements)


def checked_summary(statements: Sequence[Statement]) -> CheckedSummary:
    """A summary's verdict and score from its statements'."""
    if not statements:
        return CheckedSummary("unchecked", 0.0, ())
    verdict = min((s.verdict for s in statements), key=_ORDER.index)
    return CheckedSummary(verdict, summary_score([s.score for s in statements]), tuple(statements))


def summary_score(scores: Sequence[float]) -> float:
    """The score of a whole from its statements' scores: mostly the weakest one's, partly the mean (in log odds)."""
    odds = [math.log(max(1e-9, s) / max(1e-9, 1 - s)) for s in scores]
    mixed = 0.7 * min(odds) + 0.3 * sum(odds) / len(odds)
    return 1 / (1 + math.exp(-mixed))


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
        score = _score(measure(found, before), checks)
        if best is None or score > best[0]:
            best = (score, found, checks)
    if best is None:
        return Statement(id, text, (), tuple(quotations), "unchecked", 0.0), []
    score, found, checks = best
    verdict: Verdict = "supported" if score >= 0.5 else "unsupported"
    if verdict == "unsupported" and any(c.verdict == "contradicted" for c in checks):
        verdict = "contradicted"
    evidence = tuple(
        found.source.span(s.span.start, s.span.end)
        for s in (found.source.sentences[i] for i, share in found.ranked[:3] if share >= 0.5 * found.ranked[0][1])
    )
    return Statement(id, text, evidence, tuple(quotations), verdict, score, checks), found.tokens


def _score(features: dict[str, float], checks: Sequence[Check]) -> float:
    """A first, hand-set combination."""
    z = (
        -1.5
        + 4.0 * features["cover3"]
        + 2.0 * features["context_mean"]
        + 1.0 * features["context_min"]
        + 1.0 * features["bigrams"]
        - 0.8 * features["strange"]
        - 1.0 * features["opposites"]
        - 1.0 * features["holes"]
        - 0.5 * features["negation"]
    )
    score = 1 / (1 + math.exp(-z))
    failed = any(c.verdict in {"contradicted", "unsupported"} for c in checks)
    return score * 0.499 if failed else score
