"""The dossier: several briefs, one record a real meeting, with what the sources disagree on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from service.domain.brief import Brief, Notice, OffsetUnit
from service.domain.meeting import MeetingRecord


@dataclass(frozen=True, slots=True)
class MeetingSource:
    """Where a merged record comes from: ids of the brief and of the meeting in it."""

    brief: str
    meeting: str
    outlet: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class ConflictValue:
    """One of the values that contradict each other. ``by``: who says so (None: the article itself); ``sources`` are
    indices into the merged meeting's sources."""

    value: str
    by: str | None
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field on which sources (or sides) disagree, its values laid side by side."""

    field: str
    values: tuple[ConflictValue, ...]


@dataclass(frozen=True, slots=True)
class MergedMeeting:
    """One real meeting. ``corroboration`` counts independent outlets (copies of one wire report count once); ``why`` says
    in plain words what made these records one. Evidence spans of ``record`` carry the index of the brief as ``source``."""

    id: str
    record: MeetingRecord
    sources: tuple[MeetingSource, ...]
    corroboration: int
    conflicts: tuple[FieldConflict, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DossierPerson:
    """A person over all articles. ``briefs`` holds (brief id, person id in that brief) pairs' brief ids, in order."""

    id: str
    name: str
    names: tuple[str, ...]
    role: str | None
    affiliation: str | None
    briefs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A merged meeting in time. ``date`` is EDTF or None (listed last)."""

    date: str | None
    meeting: str
    title: str


#: A record, wherever it stands: id of the brief, id of the meeting in it.
RecordRef = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people have decided about the records of a dossier. ``together``: groups that are one meeting; ``apart``: groups
    of which no two are. Both outrank the rules; a later decision takes the place of an earlier one that it contradicts."""

    together: tuple[frozenset[RecordRef], ...] = ()
    apart: tuple[frozenset[RecordRef], ...] = ()

    def merged(self, refs: frozenset[RecordRef]) -> Decisions:
        """With all of ``refs`` one meeting."""
        whole, others = refs, []
        for group in self.together:
            if group & whole:
                whole |= group
            else:
                others.append(group)
        kept = tuple(pair for pair in self.apart if len(pair & whole) < 2)
        return Decisions((*others, whole), kept)

    def split(self, taken: frozenset[RecordRef], left: frozenset[RecordRef]) -> Decisions:
        """With ``taken`` one meeting and ``left`` another; the two have no record in common."""
        parts = [part for group in self.together for part in (group & taken, group - taken) if len(part) > 1]
        parts += [group for group in (taken, left) if len(group) > 1]
        together = Decisions(tuple(dict.fromkeys(parts))).joined().together
        pairs = [frozenset((one, other)) for one in sorted(taken) for other in sorted(left)]
        return Decisions(together, tuple(dict.fromkeys((*self.apart, *pairs))))

    def joined(self) -> Decisions:
        """With groups that share a record made one."""
        made = Decisions((), self.apart)
        for group in self.together:
            made = made.merged(group)
        return Decisions(made.together, self.apart)


@dataclass(frozen=True, slots=True)
class Dossier:
    """Several articles' meetings, merged."""

    id: str
    object: Literal["dossier"]
    created: str
    briefs: tuple[Brief, ...]
    meetings: tuple[MergedMeeting, ...]
    timeline: tuple[TimelineEntry, ...]
    people: tuple[DossierPerson, ...]
    warnings: tuple[Notice, ...]
    offset_unit: OffsetUnit = "codepoint"
