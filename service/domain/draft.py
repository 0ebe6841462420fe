"""What an engine writes before anything is checked: ids of sentences and quotations, and no offsets.

Both engines (a language model, the embedded rules) hand in the same draft; assembly finds the words, resolves the dates,
and verification decides what stays. A draft is a proposal: nothing in it is believed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from service.domain.meeting import MeetingKind, MeetingMode, MeetingSetting, MeetingStatus, Part
from service.domain.quotation import Person, Quotation
from service.domain.text import Article, Furniture, Sentence


@dataclass(frozen=True, slots=True)
class Document:
    """An article that has been read: what the drafters and all later stages work on."""

    article: Article
    furniture: tuple[Furniture, ...]
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """``cites``: sentence ids ("s3"); ``quotations``: quotation ids ("q1")."""

    text: str
    cites: tuple[str, ...]
    quotations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftText:
    """Words for a field (a date, an occasion, a topic …) and the sentences that carry them."""

    text: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftParticipant:
    """A name (or noun phrase) as the article has it."""

    name: str
    cites: tuple[str, ...]
    role: str | None = None
    affiliation: str | None = None
    part: Part = "principal"


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """``by`` None: the article in its own voice."""

    status: MeetingStatus
    by: str | None
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """``text`` as written; the parts are optional, assembly fills what the text says."""

    text: str
    cites: tuple[str, ...]
    venue: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class DraftDuration:
    """``text`` as written ("two hours")."""

    text: str
    scheduled: bool
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftPosition:
    """What ``by`` says of the meeting, on ``about``."""

    by: str
    about: str
    text: str
    cites: tuple[str, ...]
    quotations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftDisagreement:
    """``positions`` are indices into the meeting's positions."""

    about: str
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DraftMeeting:
    """One meeting as drafted."""

    kind: MeetingKind = "unknown"
    mode: MeetingMode = "unknown"
    setting: MeetingSetting = "unknown"
    claims: tuple[DraftClaim, ...] = ()
    participants: tuple[DraftParticipant, ...] = ()
    date: DraftText | None = None
    place: DraftPlace | None = None
    durations: tuple[DraftDuration, ...] = ()
    occasion: DraftText | None = None
    topics: tuple[DraftText, ...] = ()
    outcomes: tuple[DraftText, ...] = ()
    positions: tuple[DraftPosition, ...] = ()
    disagreements: tuple[DraftDisagreement, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole draft of a brief."""

    headline: DraftStatement | None
    summary: tuple[DraftStatement, ...]
    meetings: tuple[DraftMeeting, ...] = field(default=())
