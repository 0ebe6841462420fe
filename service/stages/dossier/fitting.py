"""How well two records fit each other: what speaks for one meeting, what against it, and why, in plain words.

The weights are sums of evidence, not probabilities: about 0.5 for the same two people, some tenths for the day, the place
and the way of meeting. They were set on the dev clusters of ``evals/cases/meetings.jsonl`` and under noise (fields dropped
and falsified at random, as imperfect engines do; see docs/decisions/0007).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from service.domain.meeting import Place
from service.language.calendar_units import compatible
from service.language.places import look_up
from service.language.spelling import alike, fold
from service.language.words import rarity
from service.stages.dossier.items import Item
from service.stages.dossier.when import TO_COME

#: So much below nothing that no other agreement can make up for it.
NEVER = -2.0
#: What can't be, if both records are right; yet a status may be misread.
_IMPOSSIBLE = 0.9
_SMALL_WORDS = frozenset({"the", "of", "in", "at", "a", "an", "on", "next", "to", "near"})
#: What it says if both records, or one alone, speak of such an occasion.
_MARKS = (("meal", 0.1, 0.1), ("greeting", 0.1, 0.05), ("unknown to the public", 0.2, 0.1), ("call", 0.05, 0.0))
#: Another city, and another country where a city is not known on both sides: a country is misread more easily.
_ELSEWHERE = 0.35
_ABROAD = 0.25
#: What two months, a year and more between two undated reports count, and between a dated one and an undated one.
_APART = (0.05, 0.15, 0.3)
_LOOKING_BACK = (0.0, 0.12, 0.2)
#: Words rarer than this are named as a reason (``rarity``: "say" has 0.1, "talk" 1.4, "hotel" 3.5).
_TELLING = 2.0
#: Offices that so many hold that sharing one says nothing.
_OFFICES = frozenset(
    map(
        fold,
        """minister secretary president leader official officials chief head general director chairman chairwoman
        representative spokesman spokeswoman envoy side delegation foreign prime former deputy member council state
        government team senior ministers leaders presidents delegates aide aides""".split(),
    )
)
Fit = tuple[float, list[str]]


def fit(one: Item, other: Item) -> Fit:
    """How well two records fit each other, and the reasons for. ``NEVER`` or less: they can't be one meeting."""
    total, why = _people(one, other)
    if total <= NEVER:
        return total, why
    for part in (_time, _place, _manner, _circumstance):
        score, reasons = part(one, other)
        total += score
        why += reasons
    return total, why


# -------------------------------------------------------------------------------------------------------------- people


def _people(one: Item, other: Item) -> Fit:
    """Those who met, side against side. Somebody named on one side may stand as a role or a country on the other."""
    shared = one.people & other.people
    core = one.principals & other.principals
    mine, theirs = one.people - shared, other.people - shared
    strangers = min(len(one.principals - other.people), len(other.principals - one.people))
    if len(shared) >= 2 and (len(core) >= 2 or not strangers):
        score = 0.5 + (0.05 if one.people == other.people else 0.0) - 0.15 * (strangers and len(shared) < 3)
        return score, [f"the same {'two' if len(shared) == 2 else len(shared)} people met"]
    if len(shared) >= 2:
        return 0.25, [f"{len(shared)} people in common"]
    roles = _stand_ins(one, other, theirs) + _stand_ins(other, one, mine)
    if len(shared) == 1:
        if mine and theirs and strangers:
            return (NEVER, []) if not (one.sides or other.sides) else (-0.6, [])
        if roles:
            return 0.45, ["a participant in common, the other side named in one and described in the other"]
        if not mine and not theirs and one.sides and other.sides:
            return (0.45, ["the same sides met"]) if _sides_alike(one, other) else (-0.3, [])
        if (mine or theirs) and (one.sides or other.sides):
            return 0.15, ["a participant in common"]
        return 0.2, ["a participant in common, the other not named in one of them"]
    if not one.people and not other.people:
        return (0.5, ["the same sides met"]) if _sides_alike(one, other) else (NEVER, [])
    if roles >= 2:
        return 0.4, ["the sides described in one are those named in the other"]
    return NEVER, []


def _stand_ins(described: Item, named: Item, left: Iterable[int]) -> int:
    """How many sides without a name in one record can be somebody of the other: by role words, or by country alone."""
    left = set(left)
    found = 0
    for words, countries in described.sides:
        for number, role, theirs in named.roles:
            if number in left and can_be(words, countries, role, theirs):
                left.discard(number)
                found += 1
                break
    return found


def can_be(words: frozenset[str], countries: frozenset[str], role: frozenset[str], their_countries: frozenset[str]) -> bool:
    """Whether a description can be of somebody with this role: it says nothing else, or shares more than a common office."""
    if countries and their_countries and not countries & their_countries:
        return False
    return bool(words) and (words <= role or bool((words & role) - _OFFICES) or bool(countries & their_countries))


def _sides_alike(one: Item, other: Item) -> bool:
    """Whether every side without a name on the shorter list has its like on the other."""
    short, long = sorted((one.sides, other.sides), key=len)
    taken: set[int] = set()
    for words, countries in short:
        for number, (theirs, their_countries) in enumerate(long):
            same = bool(words & theirs) and (words <= theirs or theirs <= words)
            if number not in taken and (same or (countries and countries == their_countries)):
                taken.add(number)
                break
        else:
            return False
    return bool(short) and (len(short) >= 2 or len(long) == 1 or bool(one.people))


# ---------------------------------------------------------------------------------------------------------------- time


def _time(one: Item, other: Item) -> Fit:
    order = _order(one, other)
    a, b = one.record.date, other.record.date
    first, second = (a.value.edtf if a else None), (b.value.edtf if b else None)
    if not first or not second:
        return order + _undated(one, other), []
    if compatible(first, second):
        said = first if first == second else f"{first} and {second}"
        return order + _agreement(one, other, first, second), [f"the dates agree ({said})"]
    gap = _gap(one, other)
    if gap is None:
        return order - 0.5, []
    to_come = [item for item in (one, other) if item.record.status in TO_COME]
    if "postponed" in (one.record.status, other.record.status) and gap <= 120:
        return order - 0.1, ["the dates differ, and it was postponed"]
    if len(to_come) == 1 and gap <= 21:
        return order - 0.2, ["the dates differ, and one of them was a plan"]
    if gap == 1:
        return order - 0.05, ["the dates are a day apart"]
    if len(to_come) == 2 and gap <= 3:
        return order - 0.15, []
    return order + (-0.45 if gap <= 4 else -0.9), []


def _agreement(one: Item, other: Item, first: str, second: str) -> float:
    """The narrower the time on which both agree, the more it says."""
    spans = [(item.last - item.first).days for item in (one, other) if item.first and item.last]
    if len(spans) < 2:
        return 0.25 if first.count("-") >= 2 and second.count("-") >= 2 else 0.05
    widest = max(spans)
    return 0.3 if widest == 0 else 0.25 if widest <= 1 else 0.15 if widest <= 8 else 0.08 if widest <= 31 else 0.03


def _order(one: Item, other: Item) -> float:
    """What took place can't have been reported before its day, and is no longer announced after it."""
    score = 0.0
    for past, later in ((one, other), (other, one)):
        if past.record.status != "happened":
            continue
        if past.published and later.first and (later.first - past.published).days > 1:
            score -= _IMPOSSIBLE  # the other lies after the report of this one
        if later.record.status == "planned" and later.published:
            told = past.last or past.published
            if told and (later.published - told).days > 1:
                score -= 0.5
    return score


def _undated(one: Item, other: Item) -> float:
    """Where one has no date: how near the articles (or the date and the other's article) are to each other. Later articles
    look back on a meeting without saying when it was, so that distance tells less than between two that are both undated."""
    a = one.last or one.published
    b = other.last or other.published
    if a is None or b is None:
        return 0.0
    days = abs((a - b).days)
    if days <= 14:
        return 0.1 if days <= 4 else 0.05
    looks_back = (one.last is None) != (other.last is None)
    far = _LOOKING_BACK if looks_back else _APART
    return -far[0] if days <= 60 else -far[1] if days <= 400 else -far[2]


def _gap(one: Item, other: Item) -> int | None:
    if not (one.first and one.last and other.first and other.last):
        return None
    return max((other.first - one.last).days, (one.first - other.last).days)


# --------------------------------------------------------------------------------------------------------------- place


def _place(one: Item, other: Item) -> Fit:
    if one.record.place is None or other.record.place is None:
        return 0.0, []
    a, b = one.record.place.value, other.record.place.value
    if a.city and b.city:
        if same_place(a.city, b.city):
            venue = 0.1 if a.venue and b.venue and same_place(a.venue, b.venue) else 0.0
            return 0.2 + venue, [f"the same {'venue' if venue else 'city'} ({a.venue if venue else a.city})"]
        return (0.0, []) if _part_of(a, b) or _part_of(b, a) else (-_ELSEWHERE * _doubt(one, other), [])
    if a.venue and b.venue and same_place(a.venue, b.venue):
        return 0.2, [f"the same venue ({a.venue})"]
    ours, others = _country(a), _country(b)
    if ours and others and ours != others:
        return -_ABROAD * _doubt(one, other), []
    if same_place(a.text, b.text):
        return 0.15, [f"the same place ({a.text})"]
    if ours and ours == others and (a.country or b.country):
        return 0.05, []
    return 0.0, []


def _doubt(one: Item, other: Item) -> float:
    """What a difference of place is worth: the same people hardly meet in two cities on one day, so one is misread."""
    same_day = one.first is not None and one.first == one.last == other.first == other.last
    return 0.4 if same_day else 1.0


def same_place(one: str, other: str) -> bool:
    """Whether two names of places may be one: all words of the shorter stand in the longer, whatever the spelling."""
    a, b = (
        [fold(word) for word in re.findall(r"\w{2,}", text) if word.lower() not in _SMALL_WORDS] for text in (one, other)
    )
    short, long = sorted((a, b), key=len)
    return bool(short) and all(any(alike(word, known) for known in long) for word in short)


def _part_of(a: Place, b: Place) -> bool:
    """Whether the city of one is named among the other's venue or region ("Gammarth" and "a hotel in Gammarth, Tunis")."""
    return any(part and a.city and same_place(a.city, part) for part in (b.venue, b.region, b.text))


def _country(place: Place) -> str | None:
    for name in (place.country, place.city, place.region):
        known = look_up(name) if name else None
        if known:
            return known[1]
    return None


# ------------------------------------------------------------------------------------------------- manner and the rest


def _manner(one: Item, other: Item) -> Fit:
    """In person or by telephone, talks or a handshake, formal or not; and a meeting only hinted at is not one on record."""
    total, why = 0.0, []
    a, b = one.record, other.record
    if "unknown" not in (a.mode, b.mode) and a.mode != b.mode:
        total -= 0.35 if "in_person" in (a.mode, b.mode) else 0.2
        if (a.status in TO_COME) != (b.status in TO_COME):
            total -= 0.2  # the call that took the place of a visit is not the visit
    elif a.mode == b.mode and a.mode in ("phone", "video"):
        total += 0.1
        why.append("both by telephone" if a.mode == "phone" else "both by video")
    # Setting and kind are two words for one thing ("a brief encounter"): the greater difference counts, not both.
    if "unknown" not in (a.setting, b.setting) and a.setting != b.setting:
        total -= 0.3
    elif "unknown" not in (a.kind, b.kind) and (a.kind == "encounter") != (b.kind == "encounter"):
        total -= 0.15
    elif a.setting == b.setting == "informal":
        total += 0.05
    if {a.kind, b.kind} == {"bilateral", "multilateral"} and len(one.people) != len(other.people):
        total -= 0.2  # two of a summit's leaders met apart from it
    if "alleged" in (a.status, b.status) and a.status != b.status:
        total -= 0.2 if {a.status, b.status} & {"happened", "ongoing"} else 0.1
    told = one.marks & other.marks
    odd = one.marks ^ other.marks
    for mark, both, either in _MARKS:
        if mark in told:
            total += both
            if mark == "unknown to the public":
                why.append("both speak of a meeting that was not made public")
        elif mark in odd:
            total -= either
    if {"first", "second"} <= odd and ("first" in one.marks) != ("second" in one.marks):
        total -= 0.2
    return total, why


def _circumstance(one: Item, other: Item) -> Fit:
    total, why = 0.0, []
    if one.record.occasion is not None and other.record.occasion is not None:
        a, b = one.record.occasion.value, other.record.occasion.value
        if same_place(a, b):
            total += 0.1
            why.append(f"the same occasion ({a})")
    lengths = [{d.value.iso8601 for d in item.record.duration if d.value.iso8601} for item in (one, other)]
    if lengths[0] & lengths[1]:
        total += 0.1
        why.append("the same length")
    shared = one.words & other.words
    if shared:
        weights = [sum(rarity(word) for word in item.words) for item in (one, other)]
        share = sum(rarity(word) for word in shared) / (min(weights) + 12)
        total += min(0.25, 0.6 * share)
        known = {word for item in (one, other) if item.record.place for word in item.record.place.value.text.lower().split()}
        telling = sorted((w for w in shared - known if rarity(w) >= _TELLING), key=lambda word: (-rarity(word), word))[:3]
        if share >= 0.15 and telling:
            why.append("words in common: " + ", ".join(f"“{word}”" for word in telling))
    return total, why


def day_of(item: Item) -> date | None:
    """The day by which records are put in order: its own where known, else its article's."""
    return item.first or item.published
