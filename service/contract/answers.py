"""Answers that are no domain value by themselves: what the faces put round the stages' results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from service.domain.brief import ArticleInfo, Brief, Notice, OffsetUnit
from service.domain.dossier import Dossier
from service.domain.meeting import MeetingRecord
from service.domain.quotation import Person, Quotation
from service.domain.verdict import Statement, Verdict


@dataclass(frozen=True, slots=True)
class QuotationsAnswer:
    """Who is quoted, and with what words. ``article.text`` is what the offsets point into."""

    object: Literal["quotations"]
    offset_unit: OffsetUnit
    article: ArticleInfo
    quotations: tuple[Quotation, ...]
    people: tuple[Person, ...]
    warnings: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class MeetingsAnswer:
    """The meeting records of one article."""

    object: Literal["meetings"]
    offset_unit: OffsetUnit
    article: ArticleInfo
    meetings: tuple[MeetingRecord, ...]
    warnings: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """A summary held against its sources; the ``source`` of an evidence span is an index into ``sources``."""

    object: Literal["check"]
    offset_unit: OffsetUnit
    sources: tuple[ArticleInfo, ...]
    verdict: Verdict
    score: float
    statements: tuple[Statement, ...]
    warnings: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class StoredMeeting:
    """A record in the store, with the brief that it is from; offsets are code points of that brief's article."""

    brief: str
    outlet: str | None
    published: str | None
    meeting: MeetingRecord


@dataclass(frozen=True, slots=True)
class BriefList:
    """A page of the stored briefs, newest first; ``after`` the id of the last one goes on."""

    object: Literal["list"]
    data: tuple[Brief, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class DossierList:
    """A page of the stored dossiers, newest first."""

    object: Literal["list"]
    data: tuple[Dossier, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class MeetingList:
    """A page of the stored records that fit, newest first; ``after`` "BRIEF/MEETING" of the last one goes on."""

    object: Literal["list"]
    offset_unit: OffsetUnit
    data: tuple[StoredMeeting, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Deleted:
    """What was deleted."""

    id: str
    object: Literal["brief", "dossier"]
    deleted: bool = True


@dataclass(frozen=True, slots=True)
class Health:
    """``/healthz`` and ``/readyz``: ``checks`` has one line a part. Where one is away ``/readyz`` is a problem instead."""

    status: Literal["ok"]
    version: str
    checks: Mapping[str, str]
