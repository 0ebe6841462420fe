"""Answers that are no domain value by themselves: what the faces put round the stages' results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from service.domain.brief import Notice, OffsetUnit
from service.domain.meeting import MeetingRecord
from service.domain.quotation import Person, Quotation
from service.domain.text import Article
from service.domain.verdict import Statement, Verdict


@dataclass(frozen=True, slots=True)
class QuotationsAnswer:
    """Who is quoted, and with what words. ``article.text`` is what the offsets point into."""

    object: Literal["quotations"]
    offset_unit: OffsetUnit
    article: Article
    quotations: tuple[Quotation, ...]
    people: tuple[Person, ...]
    warnings: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class MeetingsAnswer:
    """The meeting records of one article."""

    object: Literal["meetings"]
    offset_unit: OffsetUnit
    article: Article
    meetings: tuple[MeetingRecord, ...]
    warnings: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """A summary held against its sources; the ``source`` of an evidence span is an index into ``sources``."""

    object: Literal["check"]
    offset_unit: OffsetUnit
    sources: tuple[Article, ...]
    verdict: Verdict
    score: float
    statements: tuple[Statement, ...]
    warnings: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Health:
    """``/healthz`` and ``/readyz``: ``checks`` has one line a part, ``ok`` or what is wrong with it."""

    status: Literal["ok", "unavailable"]
    version: str
    checks: Mapping[str, str]
