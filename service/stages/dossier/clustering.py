"""Which records are one real meeting: blocks, pairs within them, and clusters by average linkage.

Not all pairs are compared. A block holds the records that share two people; where a record has but one known person, or
none, it is also held against the records of that person, of the same unnamed side, or of the same city. Within a block the
records stand in order of time, and each is compared with its nearest neighbours only (the sorted-neighbourhood method of
Hernández and Stolfo, 1995). So the work grows with the number of records.

Clusters grow from the best pair down, as long as the fit of their compared pairs is good enough, half by its mean, half by
its best: one false field can't split a meeting, and one chance likeness can't join two. Two records of one article are
never one meeting: the article itself told them apart. ``repairing`` then takes a second look.
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from service.language.spelling import fold
from service.stages.dossier.fitting import day_of, fit
from service.stages.dossier.items import Item, Ref
from service.stages.dossier.repairing import Repair

#: The strength from which two clusters are one meeting, see ``fitting``.
JOIN = 0.45
#: Share of the mean in what joins two clusters; the rest is that of their best pair.
MEAN = 0.5
#: Neighbours in time that a record is compared with in a block.
NEIGHBOURS = 40
_MOST_PEOPLE = 8


@dataclass(slots=True)
class Cluster:
    """Records taken for one meeting, with the reasons, strongest first."""

    items: list[Item] = field(default_factory=list)
    why: list[str] = field(default_factory=list)


def cluster(
    items: Sequence[Item], together: Iterable[Collection[Ref]] = (), apart: Iterable[Collection[Ref]] = ()
) -> list[Cluster]:
    """The real meetings behind ``items``. ``together``: groups of records that a person has said are one; ``apart``: groups
    of which no two may be one. Both outrank the rules."""
    links = _Links(items, apart)
    numbers = {item.ref: number for number, item in enumerate(items)}
    for group in together:
        known = [numbers[ref] for ref in group if ref in numbers]
        for other in known[1:]:
            links.bind(known[0], other)
    for one, other in _pairs(items):
        score, why = fit(items[one], items[other])
        links.add(one, other, score, why)
    joined = links.clusters()
    briefs = [item.ref[0] for item in items]
    repaired = Repair(joined, links.scores, briefs, links.decided_on, (JOIN, MEAN)).repaired()
    return [_told(members, items, links) for members in repaired]


def _pairs(items: Sequence[Item]) -> Iterable[tuple[int, int]]:
    """The pairs to compare, each once."""
    blocks: dict[object, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        for key in _keys(item):
            blocks[key].append(number)
    seen: set[tuple[int, int]] = set()
    for key, members in blocks.items():
        members.sort(key=lambda number: (day_of(items[number]) or date.max, number))
        asking = [not isinstance(key, _Wide) or len(items[number].principals) < 2 for number in members]
        for place, one in enumerate(members):
            first = max(0, place - NEIGHBOURS) if isinstance(key, _Wide) and asking[place] else place + 1
            for other in members[first : place + 1 + NEIGHBOURS] if asking[place] else ():
                pair = (one, other) if one < other else (other, one)
                if one != other and pair not in seen and items[one].ref[0] != items[other].ref[0]:
                    seen.add(pair)
                    yield pair


@dataclass(frozen=True, slots=True)
class _Wide:
    """The key of a block in which only records that lack a side's name look for others."""

    kind: str
    value: object


def _keys(item: Item) -> list[object]:
    """The blocks of an item."""
    people = sorted(item.principals)[:_MOST_PEOPLE]
    people += sorted(item.people - item.principals)[: _MOST_PEOPLE - len(people)]
    keys: list[object] = list(combinations(sorted(people), 2))
    keys += [_Wide("person", number) for number in people]
    keys += [_Wide("side", words) for words, _ in item.sides]
    keys += [_Wide("country", code) for _, codes in item.sides for code in codes]
    place = item.record.place.value if item.record.place else None
    return [*keys, _Wide("city", fold(place.city))] if place and place.city else keys


@dataclass(frozen=True, slots=True)
class _Link:
    """The compared pairs between two clusters: sum and number of their fits, and the best of them."""

    total: float
    pairs: int
    best: float

    @property
    def strength(self) -> float:
        """What joins: between the mean, which a false field can lower, and the best, which a chance likeness can raise."""
        return MEAN * self.total / self.pairs + (1 - MEAN) * self.best

    def with_(self, other: _Link) -> _Link:
        """Both together."""
        return _Link(self.total + other.total, self.pairs + other.pairs, max(self.best, other.best))


class _Links:
    """Clusters as they grow: for each pair of clusters the sum and number of their compared pairs."""

    def __init__(self, items: Sequence[Item], apart: Iterable[Collection[Ref]]) -> None:
        self._members: dict[int, list[int]] = {number: [number] for number in range(len(items))}
        self._briefs: dict[int, set[int]] = {number: {item.ref[0]} for number, item in enumerate(items)}
        self._links: dict[int, dict[int, _Link]] = defaultdict(dict)
        self._why: dict[tuple[int, int], tuple[float, list[str]]] = {}
        self._items = items
        self._parted: dict[Ref, set[Ref]] = defaultdict(set)
        for group in apart:
            for ref in group:
                self._parted[ref] |= set(group) - {ref}
        self._bound: list[tuple[int, int]] = []
        self.scores: dict[int, dict[int, float]] = defaultdict(dict)
        self.decided_on = {number for number, item in enumerate(items) if item.ref in self._parted}

    def bind(self, one: int, other: int) -> None:
        """Two records are one meeting, because a person has said so."""
        self._bound.append((one, other))
        self.decided_on |= {one, other}

    def by_hand(self, members: Collection[int]) -> bool:
        """Whether somebody has said of two of these that they are one meeting."""
        inside = set(members)
        return any(one in inside and other in inside for one, other in self._bound)

    def add(self, one: int, other: int, score: float, why: list[str]) -> None:
        """The fit of two records."""
        self._links[one][other] = self._links[other][one] = _Link(score, 1, score)
        self.scores[one][other] = self.scores[other][one] = score
        if score > 0:
            self._why[min(one, other), max(one, other)] = (score, why)

    def why(self, one: int, other: int) -> tuple[float, list[str]]:
        """What speaks for two records being one meeting."""
        return self._why.get((min(one, other), max(one, other)), (0.0, []))

    def clusters(self) -> list[list[int]]:
        """Joins what fits, best first, and gives the clusters as numbers of items."""
        root = list(range(len(self._items)))

        def home(number: int) -> int:
            while root[number] != number:
                root[number] = root[root[number]]
                number = root[number]
            return number

        for one, other in self._bound:
            a, b = home(one), home(other)
            if a != b:
                self._join(a, b)
                root[b] = a
        queue = [
            (-link.strength, a, b)
            for a, links in self._links.items()
            for b, link in links.items()
            if a < b and link.strength >= JOIN
        ]
        heapq.heapify(queue)
        while queue:
            negative, a, b = heapq.heappop(queue)
            if root[a] != a or root[b] != b or not self._may_join(a, b):
                continue
            link = self._links[a].get(b)
            if link is None or abs(link.strength + negative) > 1e-9:
                continue  # the clusters have grown since; their new fit has its own entry
            if len(self._links[a]) < len(self._links[b]):
                a, b = b, a
            self._join(a, b)
            root[b] = a
            for other, link in self._links[a].items():
                if link.strength >= JOIN:
                    heapq.heappush(queue, (-link.strength, min(a, other), max(a, other)))
        return [members for number, members in self._members.items() if root[number] == number]

    def _may_join(self, a: int, b: int) -> bool:
        if self._briefs[a] & self._briefs[b]:
            return False
        if not self._parted:
            return True
        refs = {self._items[n].ref for n in self._members[b]}
        return not any(self._parted.get(self._items[n].ref, set()) & refs for n in self._members[a])

    def _join(self, a: int, b: int) -> None:
        self._members[a] += self._members.pop(b)
        self._briefs[a] |= self._briefs[b]
        for other, link in self._links.pop(b, {}).items():
            self._links[other].pop(b, None)
            if other == a:
                continue
            before = self._links[a].get(other)
            self._links[a][other] = self._links[other][a] = before.with_(link) if before else link


def _told(members: Sequence[int], items: Sequence[Item], links: _Links) -> Cluster:
    """The cluster with its reasons: for each record those of the pair that speaks loudest for it, one of a kind."""
    ordered = sorted(members, key=lambda number: (items[number].ref[0], items[number].position))
    best = [max((links.why(one, other) for other in ordered if other != one), default=(0.0, [])) for one in ordered]
    why: list[str] = []
    kinds: set[str] = set()
    for _, reasons in sorted(best, key=lambda found: -found[0]):
        for line in reasons:
            kind = re.split(r" \(|:", line)[0]
            if kind not in kinds:
                kinds.add(kind)
                why.append(line)
    if links.by_hand(members):
        why.append("put together by hand")
    return Cluster([items[number] for number in ordered], why)
