"""A record's title, and the plain statement that stands for the record when evidence is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from service.domain.meeting import MeetingRecord, MeetingStatus, Participant


def title_of(record: MeetingRecord) -> str:
    """For example "Donald Trump and Vladimir Putin: meeting in Danang on 2017-11-10 [planned]", of its own fields."""
    names = [one.value.name for one in record.participants if one.value.part in ("principal", "attendee")]
    parts = [f"{_listed(names or [one.value.name for one in record.participants])}: {record.noun}"]
    if record.place is not None:
        parts.append(
            f"in {record.place.value.city or record.place.value.country or record.place.value.text}"
            if not record.place.value.venue or record.place.value.city
            else f"at {record.place.value.venue}"
        )
    if record.date is not None:
        day = record.date.value.edtf if record.date.value.granularity == "day" else None
        # a day without its year is for machines; people read it as the article has it
        parts.append(f"on {day}" if day and "X" not in day else f"({record.date.value.text})")
    if record.status != "happened":
        parts.append(f"[{record.status}]")
    return " ".join(parts)


def statement_of(status: MeetingStatus, participants: Sequence[Participant]) -> str:
    """ "A and B met", "A and B will meet": without a full stop, so that words can be added."""
    who = _listed([one.name for one in participants])
    return f"{who} will meet" if status == "planned" else f"{who} met"


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:3])
    if len(names) > 3:
        return ", ".join(shown) + f" and {len(names) - 3} others"
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " and " + shown[-1]
