"""Named checks: what is wrong with a statement, in plain words, and where in it."""

from __future__ import annotations

from service.domain.verdict import Check
from service.stages.verification.alignment import Alignment
from service.stages.verification.tokens import NAME, NUMBER


def run_checks(a: Alignment) -> tuple[Check, ...]:
    """Every check that has something to look at in this statement."""
    return (*_numbers(a), *_names(a))


def _numbers(a: Alignment) -> list[Check]:
    """Numbers that the article has nowhere."""
    found: list[Check] = []
    for number in a.numbers:
        if number.kind in {"cardinal", "percent", "money", "score"} and number.high > 2:
            good = any(number.agrees(other) for other in a.source.numbers)
            detail = f"“{number.text}” is {'' if good else 'not '}in the article"
            error = None if good else "EntE"
            at = (number.start, number.end)
            found.append(Check("number", "supported" if good else "unsupported", error, detail, at))  # type: ignore[arg-type]
    return found


def _names(a: Alignment) -> list[Check]:
    """Names that the article has nowhere."""
    return [
        Check("name", "unsupported", "OutE", f"“{t.word}” is not in the article", (t.start, t.end))
        for i, t in enumerate(a.tokens)
        if t.kind == NAME and t.kind != NUMBER and a.like[i] == 0.0 and t.capital
    ]
