"""What the sources of one meeting, or the sides in them, say differently: values side by side, with who says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from service.domain.dossier import ConflictValue, FieldConflict
from service.domain.meeting import MeetingStatus
from service.language.calendar_units import compatible
from service.stages.dossier.fitting import same_place
from service.stages.dossier.identity import Identities
from service.stages.dossier.items import Item
from service.stages.dossier.when import TO_COME

_LENGTH = re.compile(r"P(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?")
#: Reports round a length by so much: "about two hours" stands for up to two and a quarter.
_ROUNDING = 0.15
_Said = tuple[str, str | None, int]
_DID = frozenset({"happened", "ongoing"})
_OFF = frozenset({"cancelled", "postponed"})


def conflicts(items: Sequence[Item], who: Identities) -> tuple[FieldConflict, ...]:
    """The fields on which the records in ``items`` contradict each other: status, date, place, length, mode, and whatever
    the articles themselves report a dispute about. The sources of a value are indices into ``items``.

    That a plan was made and then kept, moved or dropped is a development, not a conflict; so is a date that was planned and
    another that came true. Values that only add precision ("July" and "July 7") do not differ.
    """
    found = [
        _statuses(items, who),
        _conflict("date", _dates(items), lambda a, b: not compatible(a, b)),
        _conflict("place.city", _places(items, "city"), _elsewhere),
        _conflict("place.country", _places(items, "country"), _elsewhere),
        _conflict("place.venue", _places(items, "venue"), _elsewhere),
        _conflict("duration", _lengths(items), _other_length),
        _conflict("mode", [(i.record.mode, None, n) for n, i in enumerate(items) if i.record.mode != "unknown"]),
        *_disputes(items),
    ]
    return tuple(one for one in found if one is not None)


def _statuses(items: Sequence[Item], who: Identities) -> FieldConflict | None:
    said: list[_Said] = [
        (claim.status, who.called(claim.by), n) for n, i in enumerate(items) for claim in i.record.status_claims
    ]
    clash = any(
        _clash(a, b, items[one], items[other])
        for number, (a, _, one) in enumerate(said)
        for b, _, other in said[number + 1 :]
    )
    return _laid_out("status", said) if clash else None


def _clash(a: str, b: str, one: Item, other: Item) -> bool:
    """Whether two claims can't both be right, given when they were reported."""
    pair: set[MeetingStatus | str] = {a, b}
    if pair & _DID and pair & {"denied", "cancelled"}:
        return True
    if pair == {"alleged", "denied"}:
        return True
    if "planned" in pair and pair & _OFF:
        plan, off = (one, other) if a == "planned" else (other, one)
        return plan is off or not (plan.published and off.published and plan.published <= off.published)
    return False


def _dates(items: Sequence[Item]) -> list[_Said]:
    known = [(i.record.date.value.edtf, n) for n, i in enumerate(items) if i.record.date and i.record.date.value.edtf]
    true = [(edtf, n) for edtf, n in known if items[n].record.status not in TO_COME]
    return [(edtf, None, n) for edtf, n in true or known if edtf]


def _places(items: Sequence[Item], level: str) -> list[_Said]:
    values = [(getattr(i.record.place.value, level) if i.record.place else None, n) for n, i in enumerate(items)]
    return [(value, None, n) for value, n in values if value]


def _lengths(items: Sequence[Item]) -> list[_Said]:
    return [
        (f"{_written(d.value.iso8601)}{' (scheduled)' if d.value.scheduled else ''}", None, n)
        for n, i in enumerate(items)
        for d in i.record.duration
        if d.value.iso8601
    ]


def _other_length(one: str, other: str) -> bool:
    """Whether two lengths differ by more than rounding does ("over two hours" and 2 hours 16 minutes do not), or one was
    only scheduled."""
    a, b = _minutes(one), _minutes(other)
    if ("(scheduled)" in one) != ("(scheduled)" in other) or not a or not b:
        return one != other
    return abs(a - b) > _ROUNDING * max(a, b)


def _written(length: str) -> str:
    """One spelling for one length: 135 minutes are 2 hours 15."""
    minutes = _minutes(length)
    if not minutes or minutes % 1 or minutes >= 1440:
        return length
    hours, rest = divmod(int(minutes), 60)
    return f"PT{f'{hours}H' if hours else ''}{f'{rest}M' if rest else ''}"


def _minutes(length: str) -> float | None:
    found = _LENGTH.match(length)
    if not found:
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return days * 1440 + hours * 60 + minutes + seconds / 60


def _disputes(items: Sequence[Item]) -> list[FieldConflict]:
    """What an article itself says that the sides disagree on."""
    found = []
    for number, item in enumerate(items):
        for dispute in item.record.disagreements:
            sides = [item.record.positions[index] for index in dispute.positions if index < len(item.record.positions)]
            values = tuple(ConflictValue(side.text, side.by, (number,)) for side in sides)
            if len(values) > 1:
                found.append(FieldConflict(dispute.about, values))
    return found


def _conflict(
    field: str, said: Sequence[_Said], differ: Callable[[str, str], bool] = lambda a, b: a != b
) -> FieldConflict | None:
    values = list(dict.fromkeys(value for value, _, _ in said))
    if not any(differ(a, b) for n, a in enumerate(values) for b in values[n + 1 :]):
        return None
    return _laid_out(field, said)


def _laid_out(field: str, said: Sequence[_Said]) -> FieldConflict:
    kept: dict[tuple[str, str | None], list[int]] = {}
    for value, by, source in said:
        sources = kept.setdefault((value, by), [])
        if source not in sources:
            sources.append(source)
    return FieldConflict(field, tuple(ConflictValue(value, by, tuple(sources)) for (value, by), sources in kept.items()))


def _elsewhere(one: str, other: str) -> bool:
    return not same_place(one, other)
