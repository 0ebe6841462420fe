"""The title of a merged meeting, made of its own fields."""

from __future__ import annotations

from service.domain.meeting import MeetingRecord


def title_of(record: MeetingRecord) -> str:
    """For example "Donald Trump and Vladimir Putin: informal meeting in Hamburg, 2017-07-07"; what did not simply take place
    says so at the end."""
    met = [one.value.name for one in record.participants if one.value.part == "principal"]
    names = list(dict.fromkeys(met or [one.value.name for one in record.participants]))
    title = f"{_listed(names)}: {record.noun}"
    if record.place is not None:
        place = record.place.value
        where = place.city or place.region or place.country
        title += f" in {where}" if where else f" at {place.venue or place.text}"
    if record.date is not None:
        title += f", {record.date.value.edtf or record.date.value.text}"
    return title if record.status == "happened" else f"{title} ({record.status})"


def _listed(names: list[str]) -> str:
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} others"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "Unnamed"
