"""The place of a meeting of which several articles speak."""

from __future__ import annotations

from collections.abc import Sequence

from service.domain.meeting import MeetingRecord, Place
from service.domain.verdict import Grounded
from service.stages.dossier.fitting import same_place
from service.stages.dossier.when import settled


def merged_place(records: Sequence[MeetingRecord]) -> Grounded[Place] | None:
    """The place that most sources agree on, by city where any names one; of these the one that says most, as written in
    ordinary letters rather than a dateline's capitals. Evidence is of all that say the same."""
    places = [record.place for record in settled(records) if record.place is not None]
    places = places or [record.place for record in records if record.place is not None]
    if not places:
        return None
    named = [one for one in places if one.value.city] or places
    chosen = max(named, key=lambda one: (sum(_agree(one.value, other.value) for other in named), *_worth(one.value)))
    same = [one for one in named if one.value.city == chosen.value.city and one.value.text == chosen.value.text]
    return Grounded(chosen.value, tuple(dict.fromkeys(span for one in same for span in one.evidence)), chosen.verdict)


def _agree(one: Place, other: Place) -> bool:
    return same_place(one.city or one.text, other.city or other.text)


def _worth(place: Place) -> tuple[int, bool]:
    return sum(map(bool, (place.venue, place.city, place.region, place.country))), not (place.city or place.text).isupper()
