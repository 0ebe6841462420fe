"""The brief: what Readout answers for one article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from service.domain.meeting import MeetingRecord
from service.domain.quotation import Person, Quotation
from service.domain.text import Furniture, Span
from service.domain.verdict import Statement

OffsetUnit = Literal["codepoint", "utf16", "byte"]
Outcome = Literal["ok", "empty", "salvaged", "split", "failed", "skipped"]
EngineName = Literal["openai", "extractive"]
Length = Literal["short", "medium", "long"]
Style = Literal["sentences", "bullets"]


@dataclass(frozen=True, slots=True)
class Notice:
    """One of the ``warnings`` of an answer: a stable code and a sentence for a person."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """The article as the brief carries it. ``chars`` counts code points; ``tokens`` o200k_base tokens; ``sha256`` is of
    the UTF-8 text; ``text`` is the text that all offsets of the brief point into."""

    id: str
    title: str | None
    url: str | None
    outlet: str | None
    published: str | None
    language: str | None
    sha256: str
    chars: int
    tokens: int
    text: str


@dataclass(frozen=True, slots=True)
class ChunkOutcome:
    """A line of the coverage ledger: what became of one part of the article, and why."""

    chunk: str
    span: Span
    tokens: int
    outcome: Outcome
    attempts: int
    detail: str | None


@dataclass(frozen=True, slots=True)
class Engine:
    """Who wrote the brief. ``endpoint``: the host that the text was sent to (None: it left for nowhere); ``prompt``:
    "brief@2:3f2a9c"; ``fell_back``: the embedded engine stood in for a model that failed."""

    name: EngineName
    model: str | None
    endpoint: str | None
    prompt: str | None
    fell_back: bool = False


@dataclass(frozen=True, slots=True)
class Usage:
    """What a brief cost. Every attempt counts, failed and retried ones too; ``replayed`` answers came from the ledger and
    are no calls; ``cost_usd`` is None where a price is not known (never 0 for that); ``seconds`` is wall time."""

    calls: int = 0
    replayed: int = 0
    failed_calls: int = 0
    input_tokens: int = 0
    cached_input_tokens: int = 0
    output_tokens: int = 0
    reasoning_tokens: int = 0
    cost_usd: float | None = 0.0
    seconds: float = 0.0

    def __add__(self, other: Usage) -> Usage:
        """Both together; the cost is unknown as soon as one of them is."""
        known = self.cost_usd is not None and other.cost_usd is not None
        return Usage(
            calls=self.calls + other.calls,
            replayed=self.replayed + other.replayed,
            failed_calls=self.failed_calls + other.failed_calls,
            input_tokens=self.input_tokens + other.input_tokens,
            cached_input_tokens=self.cached_input_tokens + other.cached_input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            reasoning_tokens=self.reasoning_tokens + other.reasoning_tokens,
            cost_usd=(self.cost_usd or 0.0) + (other.cost_usd or 0.0) if known else None,
            seconds=self.seconds + other.seconds,
        )


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief that can be checked: every span slices back to ``article.text``."""

    id: str
    object: Literal["brief"]
    created: str
    offset_unit: OffsetUnit
    article: ArticleInfo
    headline: Statement
    summary: tuple[Statement, ...]
    meetings: tuple[MeetingRecord, ...]
    quotations: tuple[Quotation, ...]
    people: tuple[Person, ...]
    furniture: tuple[Furniture, ...]
    coverage: tuple[ChunkOutcome, ...]
    engine: Engine
    usage: Usage
    warnings: tuple[Notice, ...]
