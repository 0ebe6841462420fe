"""Meeting records: who met whom, when, where, on what occasion, about what, what came of it, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from service.domain.text import Span
from service.domain.verdict import Grounded

MeetingKind = Literal["bilateral", "trilateral", "multilateral", "encounter", "unknown"]
MeetingMode = Literal["in_person", "phone", "video", "unknown"]
MeetingSetting = Literal["formal", "informal", "unknown"]
MeetingStatus = Literal["happened", "ongoing", "planned", "postponed", "cancelled", "alleged", "denied"]
Part = Literal["principal", "attendee", "mediator", "interpreter"]
Granularity = Literal["time", "day", "week", "month", "season", "year", "unknown"]


@dataclass(frozen=True, slots=True)
class StatusClaim:
    """Somebody's claim on whether the meeting took, takes or will take place; ``by`` None: the article's own voice."""

    status: MeetingStatus
    by: str | None
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """One who met. ``person`` is the id of the article's Person, where there is one."""

    name: str
    role: str | None
    affiliation: str | None
    part: Part
    person: str | None


@dataclass(frozen=True, slots=True)
class MeetingDate:
    """``text`` as written; ``edtf``: the calendar unit that the words name (ISO 8601-2), resolved only as far as article
    and publication allow; ``anchor``: the date (YYYY-MM-DD) that a relative expression was counted from."""

    text: str
    edtf: str | None
    anchor: str | None
    granularity: Granularity


@dataclass(frozen=True, slots=True)
class Duration:
    """``iso8601`` such as "PT2H"; ``scheduled``: it was to last so long, as against it did."""

    text: str
    iso8601: str | None
    scheduled: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Only what the text says; ``text`` is as written."""

    text: str
    venue: str | None
    city: str | None
    region: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Position:
    """What one side says of the meeting. ``quotations`` are ids; ``text`` is the article's words or a checked statement."""

    by: str
    about: str
    text: str
    quotations: tuple[str, ...]
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Positions (indices into the record's) that contradict each other, and what about."""

    about: str
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """One meeting that the article speaks of, however often; every field with its evidence and verdict."""

    id: str
    title: str
    kind: MeetingKind
    mode: MeetingMode
    setting: MeetingSetting
    status: MeetingStatus
    status_claims: tuple[StatusClaim, ...]
    participants: tuple[Grounded[Participant], ...]
    date: Grounded[MeetingDate] | None
    duration: tuple[Grounded[Duration], ...]
    place: Grounded[Place] | None
    occasion: Grounded[str] | None
    topics: tuple[Grounded[str], ...]
    outcomes: tuple[Grounded[str], ...]
    positions: tuple[Position, ...]
    disagreements: tuple[Disagreement, ...]

    @property
    def noun(self) -> str:
        """What people call such a meeting: "phone call", "video call", "encounter", "informal meeting" or "meeting"."""
        if self.mode in ("phone", "video"):
            return f"{self.mode} call"
        if self.kind == "encounter":
            return "encounter"
        return "informal meeting" if self.setting == "informal" else "meeting"
