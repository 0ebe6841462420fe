"""Which records are one real meeting.

Not by comparing all pairs: a record is held only against meetings that share two of its people (or its only known one); that
is the blocking. Within a block every record goes to the meeting that it fits best, if it fits well enough. Two records of
one article are never one meeting: the article itself told them apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from service.domain.brief import Brief
from service.domain.meeting import MeetingRecord
from service.language.calendar_units import bounds, compatible, parse_day
from service.language.spelling import fold
from service.stages.dossier.identity import Identities

#: A reference to a record: (index of the brief, id of the meeting in it).
Ref = tuple[int, str]

#: Chosen on the dev clusters of evals/cases/meetings.jsonl (see docs/decisions/0007).
JOIN = 0.5
_MOST_PEOPLE = 8
_MEMBERS_ASKED = 5
_TO_COME = frozenset({"planned", "postponed", "cancelled"})
_WORD = re.compile(r"[^\W_]{4,}")
_COMMON = frozenset(
    """meeting meetings talks said says with that this from have been were will would their about after before they which
    when between president minister summit held during spoke told met conversation leaders""".split()
)


@dataclass(frozen=True, slots=True)
class Item:
    """A record with what matching looks at. ``people``: numbers of known persons; ``groups``: folded names of the rest."""

    ref: Ref
    record: MeetingRecord
    people: frozenset[int]
    groups: frozenset[str]
    published: date | None
    words: frozenset[str]


@dataclass(slots=True)
class Cluster:
    """Records taken for one meeting, with the reasons in the order in which they joined."""

    items: list[Item] = field(default_factory=list)
    why: list[str] = field(default_factory=list)


def items_of(briefs: Sequence[Brief], who: Identities) -> list[Item]:
    """Every record of every brief, read for matching."""
    return [_item(index, brief, record, who) for index, brief in enumerate(briefs) for record in brief.meetings]


def _item(index: int, brief: Brief, record: MeetingRecord, who: Identities) -> Item:
    people: set[int] = set()
    groups: set[str] = set()
    for one in record.participants:
        number = who.of_person(index, one.value.person) if one.value.person else None
        if number is None:
            number = who.of_name(one.value.name, one.value.role)
        if number is not None:
            people.add(number)
        else:
            groups.add(" ".join(fold(word) for word in one.value.name.split()))
    said = [claim.evidence for claim in record.status_claims]
    text = " ".join(span.text for spans in said for span in spans)
    text += " ".join(topic.value for topic in (*record.topics, *record.outcomes))
    words = frozenset(w for w in _WORD.findall(text.lower()) if w not in _COMMON)
    return Item((index, record.id), record, frozenset(people), frozenset(groups), parse_day(brief.article.published), words)


def cluster(
    items: Sequence[Item], together: Iterable[Collection[Ref]] = (), apart: Iterable[Collection[Ref]] = ()
) -> list[Cluster]:
    """The real meetings behind ``items``. ``together``: groups of records that a person has said are one; ``apart``: groups
    of which no two may be one. Both outrank the rules."""
    bound = {ref: number for number, group in enumerate(together) for ref in group}
    parted: dict[Ref, set[Ref]] = defaultdict(set)
    for group in apart:
        for ref in group:
            parted[ref] |= set(group) - {ref}
    clusters: list[Cluster] = []
    index: dict[object, list[int]] = defaultdict(list)
    of_bound: dict[int, int] = {}
    for own in _by_brief(items):
        taken: set[int] = set()
        for item, number, why in _assigned(own, clusters, index, parted, bound, of_bound):
            if number is None or number in taken:
                number = len(clusters)
                clusters.append(Cluster())
            taken.add(number)
            clusters[number].items.append(item)
            clusters[number].why.extend(line for line in why if line not in clusters[number].why)
            if item.ref in bound:
                of_bound.setdefault(bound[item.ref], number)
            for key in _keys(item):
                if number not in index[key]:
                    index[key].append(number)
    return clusters


def _by_brief(items: Sequence[Item]) -> list[list[Item]]:
    """The items, a list a brief; briefs that tell most meetings apart go first, so that the others find them apart."""
    briefs: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        briefs[item.ref[0]].append(item)
    return sorted(briefs.values(), key=lambda own: (-len(own), -sum(_detail(item) for item in own), own[0].ref[0]))


def _detail(item: Item) -> int:
    day = item.record.date is not None and item.record.date.value.granularity in ("day", "time")
    return 2 * day + (item.record.place is not None) + (item.record.occasion is not None) + len(item.people)


def _assigned(
    own: Sequence[Item],
    clusters: Sequence[Cluster],
    index: dict[object, list[int]],
    parted: dict[Ref, set[Ref]],
    bound: dict[Ref, int],
    of_bound: dict[int, int],
) -> Iterable[tuple[Item, int | None, list[str]]]:
    """The records of one brief, each with the meeting that it goes to (None: a new one), the best fits first."""
    fits: list[tuple[float, int, int, list[str]]] = []
    for position, item in enumerate(own):
        if item.ref in bound and bound[item.ref] in of_bound:
            fits.append((9.0, position, of_bound[bound[item.ref]], ["put together by hand"]))
            continue
        for number in sorted({number for key in _keys(item) for number in index[key]}):
            if any(member.ref in parted[item.ref] for member in clusters[number].items):
                continue
            score, why = _fit(item, clusters[number])
            if score >= JOIN:
                fits.append((score, position, number, why))
    given: dict[int, tuple[int, list[str]]] = {}
    used: set[int] = set()
    for score, position, number, why in sorted(fits, key=lambda fit: (-fit[0], fit[1], fit[2])):
        if position not in given and (number not in used or score == 9.0):
            given[position] = (number, why)
            used.add(number)
    for position, item in enumerate(own):
        number_why = given.get(position)
        yield (item, None, []) if number_why is None else (item, number_why[0], number_why[1])


def _keys(item: Item) -> list[object]:
    """The blocks of an item: pairs of its people, or, where it has but one, that one and the sides without a name."""
    people = sorted(item.people)[:_MOST_PEOPLE]
    sides: list[object] = list(combinations(people, 2)) if len(people) >= 2 else [*people, *sorted(item.groups)]
    return sides


def _fit(item: Item, cluster: Cluster) -> tuple[float, list[str]]:
    """How well a record fits a meeting: the mean over some of its members, richest first, of the pairwise fit."""
    asked = sorted(cluster.items, key=lambda other: -_detail(other))[:_MEMBERS_ASKED]
    scored = [fit(item, other) for other in asked]
    if any(score <= -1 for score, _ in scored):
        return -1.0, []
    best = max(scored, key=lambda one: one[0])
    return (best[0] + sum(score for score, _ in scored) / len(scored)) / 2, best[1]


def fit(one: Item, other: Item) -> tuple[float, list[str]]:
    """How well two records fit each other, and the reasons in plain words. −1 or less: they can't be one meeting."""
    total, why = _people_fit(one, other)
    if total <= -1:
        return total, why
    for part in (_date_fit, _place_fit, _manner_fit, _circumstance_fit):
        score, reasons = part(one, other)
        total += score
        why += reasons
    return total, why


def _people_fit(one: Item, other: Item) -> tuple[float, list[str]]:
    shared = one.people & other.people
    groups = one.groups & other.groups
    least = min(len(one.people), len(other.people))
    if len(shared) >= 2:
        extra = 0.05 if one.people == other.people else 0.0
        return 0.55 + extra, [f"the same {len(shared)} people met"]
    if least >= 2:
        return -1.0, []
    if len(shared) == 1 and (groups or not (one.groups and other.groups)):
        return 0.45, ["a participant in common, the other side not named in one of them"]
    if len(shared) == 1:
        return 0.3, ["a participant in common"]
    if groups and not one.people and not other.people:
        return (0.5 if one.groups == other.groups else 0.35), ["the same sides met"]
    return -1.0, []


def _date_fit(one: Item, other: Item) -> tuple[float, list[str]]:
    a, b = one.record.date, other.record.date
    first, second = (a.value.edtf if a else None), (b.value.edtf if b else None)
    if not first or not second:
        return _publication_fit(one, other), []
    if compatible(first, second):
        days = a is not None and b is not None and {a.value.granularity, b.value.granularity} <= {"day", "time"}
        return (0.3 if days else 0.15), [f"the dates agree ({first}{'' if first == second else ' and ' + second})"]
    gap = _gap(first, second)
    if gap is None:
        return -0.4, []
    moved = (one.record.status in _TO_COME) != (other.record.status in _TO_COME) or "postponed" in (
        one.record.status,
        other.record.status,
    )
    if moved and gap <= 100:
        return -0.1, ["the dates differ, and one of them was a plan"]
    if gap <= 1:
        return -0.1, ["the dates are a day apart"]
    return (-0.45 if gap <= 4 else -0.9), []


def _publication_fit(one: Item, other: Item) -> float:
    """Without a date on both sides, articles of the same days speak of the same things."""
    if one.published is None or other.published is None:
        return 0.0
    days = abs((one.published - other.published).days)
    if days <= 3:
        return 0.08
    return 0.0 if days <= 30 else -0.15 if days <= 180 else -0.35


def _gap(first: str, second: str) -> int | None:
    a, b = bounds(first), bounds(second)
    if a is None or b is None:
        return None
    return max((b[0] - a[1]).days, (a[0] - b[1]).days)


def _place_fit(one: Item, other: Item) -> tuple[float, list[str]]:
    if one.record.place is None or other.record.place is None:
        return 0.0, []
    a, b = one.record.place.value, other.record.place.value
    for level, same in (("venue", 0.25), ("city", 0.2), ("region", 0.1), ("country", 0.1)):
        mine, theirs = getattr(a, level), getattr(b, level)
        if mine and theirs:
            if _same_words(mine, theirs):
                return same, [f"the same {level} ({mine})"]
            return (-0.05 if level == "venue" else -0.25), []
    return (0.15, [f"the same place ({a.text})"]) if _same_words(a.text, b.text) else (0.0, [])


def _manner_fit(one: Item, other: Item) -> tuple[float, list[str]]:
    """In person or by telephone, talks or a handshake, formal or not."""
    total = 0.0
    a, b = one.record, other.record
    if "unknown" not in (a.mode, b.mode) and a.mode != b.mode:
        total -= 0.35
    if "unknown" not in (a.setting, b.setting):
        total += 0.05 if a.setting == b.setting else -0.25
    if (a.kind == "encounter") != (b.kind == "encounter") and "unknown" not in (a.kind, b.kind):
        total -= 0.25
    return total, []


def _circumstance_fit(one: Item, other: Item) -> tuple[float, list[str]]:
    total, why = 0.0, []
    if one.record.occasion is not None and other.record.occasion is not None:
        a, b = one.record.occasion.value, other.record.occasion.value
        if _same_words(a, b):
            total += 0.15
            why.append(f"the same occasion ({a})")
    lengths = [{d.value.iso8601 for d in item.record.duration if d.value.iso8601} for item in (one, other)]
    if lengths[0] & lengths[1]:
        total += 0.1
        why.append("the same length")
    shared = len(one.words & other.words)
    if shared:
        total += min(0.2, 0.6 * shared / (min(len(one.words), len(other.words)) + 6))
    return total, why


def _same_words(one: str, other: str) -> bool:
    a, b = ({fold(w) for w in re.findall(r"\w{2,}", t) if w.lower() not in ("the", "of", "in", "at")} for t in (one, other))
    return bool(a) and bool(b) and (a <= b or b <= a)
