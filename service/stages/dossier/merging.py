"""From records that are one meeting to one record, with what its sources disagree on laid side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from service.domain.brief import Brief
from service.domain.meeting import (
    Disagreement,
    MeetingRecord,
    MeetingStatus,
    Participant,
    Position,
    StatusClaim,
)
from service.domain.text import Span
from service.domain.verdict import Grounded, Verdict
from service.language.spelling import fold
from service.stages.dossier.fitting import can_be, same_place
from service.stages.dossier.identity import Identities
from service.stages.dossier.items import Item, described_as
from service.stages.dossier.titles import title_of
from service.stages.dossier.when import merged_date
from service.stages.dossier.where import merged_place

T = TypeVar("T")

_WEIGHT: dict[Verdict, int] = {"supported": 3, "unchecked": 2, "unsupported": 1, "contradicted": 0}


def merge(items: Sequence[Item], briefs: Sequence[Brief], who: Identities, id: str) -> MeetingRecord:
    """One record from the records of one meeting. Every evidence span carries the index of its brief as ``source``; ids of
    quotations get their brief's id in front ("brf_1/q3"); a participant's ``person`` is the dossier's person."""
    records = [_sourced(item) for item in items]
    participants = _participants(items, records, who)
    positions, disagreements = _positions(items, records, briefs)
    best = max(records, key=lambda r: (len(r.participants), r.place is not None, r.date is not None))
    merged = replace(
        best,
        id=id,
        kind=_common([r.kind for r in records]),
        mode=_common([r.mode for r in records]),
        setting=_common([r.setting for r in records]),
        status=_status(items),
        status_claims=_claims(records, who),
        participants=participants,
        date=merged_date(records),
        duration=_distinct((g for r in records for g in r.duration), lambda d: (d.iso8601, d.scheduled)),
        place=merged_place(records),
        occasion=_most_agreed([r.occasion for r in records]),
        topics=_distinct((g for r in records for g in r.topics), _words),
        outcomes=_distinct((g for r in records for g in r.outcomes), _words),
        positions=positions,
        disagreements=disagreements,
    )
    return replace(merged, title=title_of(merged))


def _status(items: Sequence[Item]) -> MeetingStatus:
    """As for one article, over all: it happened if one record has it so; of what was to come, the latest word holds; a
    denial outranks an allegation."""
    said = [item.record.status for item in items]
    if "happened" in said:
        return "happened"
    if "ongoing" in said:
        return "ongoing"
    to_come = [item for item in items if item.record.status in ("planned", "postponed", "cancelled")]
    if to_come:
        dated = [item for item in to_come if item.published is not None]
        latest = max(dated, key=lambda item: str(item.published)) if dated else to_come[-1]
        return latest.record.status
    return "denied" if "denied" in said else "alleged"


def _participants(
    items: Sequence[Item], records: Sequence[MeetingRecord], who: Identities
) -> tuple[Grounded[Participant], ...]:
    kept: dict[object, Grounded[Participant]] = {}
    everybody = {number for item in items for number in item.people}
    for item, record in zip(items, records, strict=True):
        for one in record.participants:
            number = who.of_participant(item.ref[0], one.value)
            if number is None:
                number = _meant(one.value, everybody - item.people, who)
            key: object = number if number is not None else " ".join(fold(word) for word in one.value.name.split())
            value = one.value
            if number is not None:
                value = replace(value, name=who.name_of(number), person=who.id_of(number))
            else:
                value = replace(value, person=None)
            earlier = kept.get(key)
            if earlier is None:
                kept[key] = Grounded(value, one.evidence, one.verdict)
                continue
            role = earlier.value.role or value.role
            affiliation = earlier.value.affiliation or value.affiliation
            verdict = max(earlier.verdict, one.verdict, key=lambda v: _WEIGHT[v])
            joined = replace(earlier.value, role=role, affiliation=affiliation)
            kept[key] = Grounded(joined, (*earlier.evidence, *one.evidence), verdict)
    return tuple(kept.values())


def _meant(described: Participant, others: Iterable[int], who: Identities) -> int | None:
    """The one person, named in another record of the meeting, whom a description ("the US president") can be of."""
    words, countries = described_as(described)
    fitting = [n for n in others if can_be(words, countries, who.role_words(n), who.countries(n))]
    return fitting[0] if len(fitting) == 1 else None


def _claims(records: Iterable[MeetingRecord], who: Identities) -> tuple[StatusClaim, ...]:
    kept: dict[tuple[MeetingStatus, str | None], StatusClaim] = {}
    for record in records:
        for claim in record.status_claims:
            key = (claim.status, who.called(claim.by))
            spans = claim.evidence if key not in kept else (*kept[key].evidence, *claim.evidence)
            kept[key] = StatusClaim(*key, tuple(dict.fromkeys(spans)))
    return tuple(kept.values())


def _positions(
    items: Sequence[Item], records: Sequence[MeetingRecord], briefs: Sequence[Brief]
) -> tuple[tuple[Position, ...], tuple[Disagreement, ...]]:
    positions: list[Position] = []
    disagreements: list[Disagreement] = []
    for item, record in zip(items, records, strict=True):
        first = len(positions)
        prefix = briefs[item.ref[0]].id
        for one in record.positions:
            positions.append(replace(one, quotations=tuple(f"{prefix}/{quotation}" for quotation in one.quotations)))
        disagreements += [Disagreement(d.about, tuple(first + n for n in d.positions)) for d in record.disagreements]
    return tuple(positions), tuple(disagreements)


def _sourced(item: Item) -> MeetingRecord:
    """The record with every span marked by its brief."""
    source = item.ref[0]
    record = item.record
    return replace(
        record,
        status_claims=tuple(replace(one, evidence=_marked(one.evidence, source)) for one in record.status_claims),
        participants=tuple(_grounded(one, source) for one in record.participants),
        date=_grounded(record.date, source) if record.date else None,
        duration=tuple(_grounded(one, source) for one in record.duration),
        place=_grounded(record.place, source) if record.place else None,
        occasion=_grounded(record.occasion, source) if record.occasion else None,
        topics=tuple(_grounded(one, source) for one in record.topics),
        outcomes=tuple(_grounded(one, source) for one in record.outcomes),
        positions=tuple(replace(one, evidence=_marked(one.evidence, source)) for one in record.positions),
    )


def _marked(spans: Iterable[Span], source: int) -> tuple[Span, ...]:
    return tuple(replace(span, source=source) for span in spans)


def _grounded(one: Grounded[T], source: int) -> Grounded[T]:
    return Grounded(one.value, _marked(one.evidence, source), one.verdict)


def _common(values: Sequence[T]) -> T:
    """The most frequent value that says something; the first one where several are."""
    telling = [value for value in values if value != "unknown"] or list(values)
    return Counter(telling).most_common(1)[0][0]


def _most_agreed(values: Iterable[Grounded[str] | None]) -> Grounded[str] | None:
    """The words that most others bear out ("the G20 summit" and "the G20 summit in Hamburg"); of these the fullest."""
    present = [one for one in values if one is not None]
    if not present:
        return None
    chosen = max(present, key=lambda one: (sum(same_place(one.value, o.value) for o in present), len(one.value)))
    evidence = [span for one in present if one.value == chosen.value for span in one.evidence]
    return Grounded(chosen.value, tuple(dict.fromkeys(evidence)), chosen.verdict)


def _distinct(values: Iterable[Grounded[T]], key: Callable[[T], object]) -> tuple[Grounded[T], ...]:
    kept: dict[object, Grounded[T]] = {}
    for one in values:
        place = key(one.value)
        earlier = kept.get(place)
        kept[place] = replace(earlier, evidence=(*earlier.evidence, *one.evidence)) if earlier else one
    return tuple(kept.values())


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split() if len(word) > 3)
