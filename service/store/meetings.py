"""Every query on ``meetings`` and the words by which they are found."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from service.contract.answers import StoredMeeting
from service.contract.encoding import decode_meeting, encode
from service.domain.brief import Brief
from service.domain.meeting import MeetingRecord, MeetingStatus
from service.errors import NotFound
from service.language.calendar_units import bounds
from service.language.spelling import fold
from service.store.paging import Page, page
from service.store.tables import BRIEFS, MEETING_WORDS, MEETINGS

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; all that is given must fit. ``participant`` and ``place``: words of a name, in any spelling;
    ``first`` and ``last`` (YYYY-MM-DD): the meeting's date can lie between; ``statuses``: any of these."""

    participant: str | None = None
    place: str | None = None
    first: str | None = None
    last: str | None = None
    statuses: Collection[MeetingStatus] = ()


def add(connection: Connection, brief: Brief) -> None:
    """Stores the records of ``brief``, whose row is there."""
    for record in brief.meetings:
        known = bounds(record.date.value.edtf) if record.date else None
        values = {
            "brief": brief.id,
            "meeting": record.id,
            "status": record.status,
            "first": known[0].isoformat() if known else None,
            "last": known[1].isoformat() if known else None,
            "body": json.dumps(encode(record)),
        }
        number = connection.execute(insert(MEETINGS).values(values).returning(MEETINGS.c.number)).scalar_one()
        words = [{"meeting": number, "kind": kind, "word": word} for kind, word in sorted(_found_by(record))]
        if words:
            connection.execute(insert(MEETING_WORDS), words)


def listed(connection: Connection, wanted: Wanted, limit: int, after: str | None) -> Page[StoredMeeting]:
    """The records that fit, newest first, those after the one that ``after`` names ("brf_…/m1"). Raises ``NotFound`` where
    that is none."""
    query = select(
        MEETINGS.c.brief, MEETINGS.c.body, BRIEFS.c.outlet, BRIEFS.c.published
    ).join(BRIEFS, BRIEFS.c.id == MEETINGS.c.brief)  # fmt: skip
    for kind, text in (("participant", wanted.participant), ("place", wanted.place)):
        for word in _words(text or ""):
            has = select(MEETING_WORDS.c.meeting).where(MEETING_WORDS.c.kind == kind, MEETING_WORDS.c.word == word)
            query = query.where(MEETINGS.c.number.in_(has))
    if wanted.first:
        query = query.where(MEETINGS.c.last >= wanted.first)
    if wanted.last:
        query = query.where(MEETINGS.c.first <= wanted.last)
    if wanted.statuses:
        query = query.where(MEETINGS.c.status.in_(sorted(wanted.statuses)))
    rows, more = page(connection, MEETINGS, query, limit, _after(connection, after))
    return Page(tuple(StoredMeeting(r.brief, r.outlet, r.published, decode_meeting(r.body)) for r in rows), more)


def _after(connection: Connection, after: str | None) -> int | None:
    if after is None:
        return None
    brief, _, meeting = after.partition("/")
    where = (MEETINGS.c.brief == brief) & (MEETINGS.c.meeting == meeting)
    found = connection.execute(select(MEETINGS.c.number).where(where)).scalar()
    if found is None:
        raise NotFound(f"There is no meeting {after[:80]!r}; a page goes on after BRIEF/MEETING, such as brf_1/m2.")
    return int(found)


def _found_by(record: MeetingRecord) -> set[tuple[str, str]]:
    names = [one.value.name for one in record.participants]
    place = record.place.value if record.place else None
    parts = [place.text, place.venue, place.city, place.region, place.country] if place else []
    found = {("participant", word) for name in names for word in _words(name)}
    return found | {("place", word) for part in parts if part for word in _words(part)}


def _words(text: str) -> Sequence[str]:
    return [folded for word in _WORD.findall(text) if (folded := fold(word)[:80])]
