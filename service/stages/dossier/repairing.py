"""A second look at the clusters.

Joining is greedy and never takes anything back: one record that went to the wrong meeting early keeps its article's other
record out of it, and with that one everything that had gathered round it. So records move to where they fit better, records
of one article change places, and two clusters that are kept apart by a few such records alone are joined without them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

Scores = Mapping[int, Mapping[int, float]]

#: A record moves if it fits so much better elsewhere; it takes another's place if it fits so much better than that one.
_BETTER, _MUCH_BETTER = 0.05, 0.1
#: The mean fit at which clusters that share an article are one meeting. An article that tells two meetings apart is strong
#: evidence, so this is well over what joins others.
_IN_SPITE = 0.65
_ROUNDS = 3


class Repair:
    """``clusters`` hold numbers of records; ``scores`` the fits of the pairs that were compared; ``briefs`` the article of
    each record; ``fixed`` are records that people decided about: these stay where they are. ``tie`` is the least strength of
    one, and the share of the mean in it."""

    def __init__(
        self,
        clusters: Sequence[Sequence[int]],
        scores: Scores,
        briefs: Sequence[int],
        fixed: Collection[int],
        tie: tuple[float, float],
    ) -> None:
        self._clusters = {number: set(members) for number, members in enumerate(clusters)}
        self._home = {one: number for number, members in self._clusters.items() for one in members}
        self._scores = scores
        self._briefs = briefs
        self._fixed = fixed
        self._join, self._mean = tie
        self._next = len(self._clusters)

    def repaired(self) -> list[list[int]]:
        """The clusters after at most three rounds, or when nothing moves any more."""
        for _ in range(_ROUNDS):
            moved = [self._moved(one) for one in sorted(self._home) if one not in self._fixed]
            joined = [self._joined(number) for number in sorted(self._clusters)]
            if not any(moved) and not any(joined):
                break
        return [sorted(members) for members in self._clusters.values() if members]

    def _strength(self, one: int, others: Collection[int]) -> float:
        """How strongly a record is tied to others; 0 where it was compared with none."""
        mine = self._scores.get(one, {})
        fits = [mine[other] for other in others if other in mine]
        return self._mean * sum(fits) / len(fits) + (1 - self._mean) * max(fits) if fits else 0.0

    def _moved(self, one: int) -> bool:
        here = self._home[one]
        now = self._strength(one, self._clusters[here] - {one})
        best: tuple[float, int, int | None] | None = None
        for there in sorted({self._home[other] for other in self._scores.get(one, {})} - {here}):
            members = self._clusters[there]
            rivals = [other for other in members if self._briefs[other] == self._briefs[one]]
            if any(rival in self._fixed for rival in rivals) or len(rivals) > 1:
                continue
            rest = members - set(rivals)
            fits = self._strength(one, rest)
            if fits < self._join or fits < now + _BETTER:
                continue
            if rivals and fits < self._strength(rivals[0], rest) + _MUCH_BETTER:
                continue
            if best is None or fits > best[0]:
                best = (fits, there, rivals[0] if rivals else None)
        if best is None:
            return False
        _, there, rival = best
        if rival is not None:
            left = self._clusters[here] - {one}
            self._put(rival, here if self._strength(rival, left) >= self._join else self._new())
        self._put(one, there)
        return True

    def _joined(self, number: int) -> bool:
        """Whether a cluster was joined with one that shares a few articles with it."""
        mine = self._clusters[number]
        if len(mine) < 2:
            return False
        near = {self._home[other] for one in mine for other in self._scores.get(one, {})} - {number}
        for other in sorted(near, key=lambda there: (-len(self._clusters[there]), there)):
            out = self._in_the_way(mine, self._clusters[other])
            if out is not None:
                for one in out:
                    self._put(one, self._new())
                for one in list(self._clusters[other]):
                    self._put(one, number)
                return True
        return False

    def _in_the_way(self, mine: set[int], theirs: set[int]) -> set[int] | None:
        """The records that have to go for the two to be one; None where the two are not one meeting."""
        if len(theirs) < 2 or (mine | theirs) & set(self._fixed):
            return None
        shared = {self._briefs[one] for one in mine} & {self._briefs[one] for one in theirs}
        if not shared or 2 * len(shared) > min(len(mine), len(theirs)):
            return None
        whole = [one for one in mine | theirs if self._briefs[one] not in shared]
        ours, others = [one for one in whole if one in mine], [one for one in whole if one in theirs]
        fits = [self._scores[one][other] for one in ours for other in others if other in self._scores.get(one, {})]
        if not fits or sum(fits) / len(fits) < _IN_SPITE:
            return None
        out = set()
        for brief in shared:
            rivals = [one for one in mine | theirs if self._briefs[one] == brief]
            out |= set(rivals) - {max(rivals, key=lambda one: (self._strength(one, whole), -one))}
        return out

    def _new(self) -> int:
        self._clusters[self._next] = set()
        self._next += 1
        return self._next - 1

    def _put(self, one: int, there: int) -> None:
        self._clusters[self._home[one]].discard(one)
        self._clusters[there].add(one)
        self._home[one] = there
