"""The date of a meeting of which several articles speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.domain.meeting import MeetingDate, MeetingRecord
from service.domain.verdict import Grounded
from service.language.calendar_units import compatible

_FINENESS = {"time": 6, "day": 5, "week": 4, "month": 3, "season": 2, "year": 1, "unknown": 0}
#: Statuses of a meeting that has not taken place.
TO_COME = frozenset({"planned", "postponed", "cancelled"})


def settled(records: Sequence[MeetingRecord]) -> Sequence[MeetingRecord]:
    """The records that tell of what took place, where there are any: a plan's day and place are then only what was planned.
    Of plans the last that any source moved it to comes first."""
    took_place = [record for record in records if record.status not in TO_COME]
    if took_place:
        return took_place
    return sorted(records, key=lambda record: record.status != "postponed")


def merged_date(records: Sequence[MeetingRecord]) -> Grounded[MeetingDate] | None:
    """The date that most sources agree on; among these the finest. A day whose year one article leaves open takes it from
    another that names it; the evidence then is of both."""
    dates = [record.date for record in settled(records) if record.date is not None]
    dates = dates or [record.date for record in records if record.date is not None]
    if not dates:
        return None

    def agreeing(one: Grounded[MeetingDate]) -> int:
        mine = one.value.edtf
        return sum(
            mine is not None and other.value.edtf is not None and compatible(mine, other.value.edtf) for other in dates
        )

    finest = max(_fineness(one.value) for one in dates)
    chosen = max((one for one in dates if _fineness(one.value) == finest), key=agreeing)
    same = [one for one in dates if one.value.edtf == chosen.value.edtf]
    evidence = tuple(dict.fromkeys(span for one in same for span in one.evidence))
    made = Grounded(chosen.value, evidence, chosen.verdict)
    if made.value.edtf and made.value.edtf.startswith("XXXX"):
        for one in dates:
            year = (one.value.edtf or "")[:4]
            if year.isdecimal() and compatible(made.value.edtf, one.value.edtf):
                value = replace(made.value, edtf=made.value.edtf.replace("XXXX", year))
                return Grounded(value, (*made.evidence, *one.evidence), made.verdict)
    return made


def _fineness(date: MeetingDate) -> int:
    """How closely a date is known. One whose year is open is worth as much: another source may know the year."""
    return _FINENESS[date.granularity] + (date.edtf is not None)
