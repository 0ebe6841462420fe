"""What verification says, and of what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from service.domain.text import Span

Verdict = Literal["supported", "contradicted", "unsupported", "unchecked"]

#: FRANK's typology (Pagnoni et al., 2021): entity, circumstance, predicate, out of article, discourse link, coreference.
ErrorType = Literal["EntE", "CircE", "PredE", "OutE", "LinkE", "CorefE"]

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Check:
    """One named check on a statement. ``detail`` is a reason in plain words; ``at``: the place, as code points of the
    statement; ``error`` is None where the check found nothing wrong."""

    name: str
    verdict: Verdict
    error: ErrorType | None
    detail: str
    at: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement held against its evidence. ``score`` is in 0..1 and is ≥ 0.5 exactly where it is supported."""

    id: str
    text: str
    evidence: tuple[Span, ...]
    quotations: tuple[str, ...]
    verdict: Verdict
    score: float
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Grounded(Generic[T_co]):
    """A value of a record with the words that carry it; the verdict is of the whole value."""

    value: T_co
    evidence: tuple[Span, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class CheckedSummary:
    """A whole summary held against one source or several. ``score``: see ``service.stages.verification``."""

    verdict: Verdict
    score: float
    statements: tuple[Statement, ...]
