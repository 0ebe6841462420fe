"""Uncertainty: how far a figure, or a difference, could be chance.

Stories are what is drawn: cases that share an article (or a cluster of articles) rise and fall together, and drawing
them one by one would give intervals that are too narrow (Cameron, Gelbach and Miller, 2008). An interval is the 95 %
percentile bootstrap (Efron and Tibshirani, 1993). A verdict on two runs asks two things at once: that the interval of
the paired difference leaves out zero, and that a swap test (each story's two outputs exchanged at random; Fisher's
randomisation, Noreen 1989) gives p ≤ 0.05. The first alone cries wolf where stories are few (decision 0041).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import comb, sqrt
from random import Random
from typing import Literal

from evals.base import Metrics, Observation
from evals.scorers import percentile

Measure = Callable[[Sequence[Observation]], Metrics]
Verdict = Literal["better", "worse", "can't tell"]

#: Draws of a bootstrap. The end of a 95 % interval then wanders by about 2 % of its width from seed to seed.
DRAWS = 1000
LEVEL = 0.95
#: Below this many stories an interval is not worth printing.
FEWEST_STORIES = 3
_SEED = 20170707


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric with its 95 % interval. ``value`` None: undefined; ``low`` and ``high`` None: too few stories to say."""

    value: float | None
    low: float | None
    high: float | None
    stories: int
    cases: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric of run B less that of run A, on the same items. ``p`` is the swap test's, corrected where several
    headlines are judged at once."""

    metric: str
    first: float | None
    second: float | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Spread:
    """A metric over repeats of the same run."""

    least: float
    greatest: float
    deviation: float
    repeats: int


def by_story(observations: Sequence[Observation]) -> list[list[Observation]]:
    """The observations, story by story, in order of first appearance."""
    stories: dict[str, list[Observation]] = {}
    for observation in observations:
        stories.setdefault(observation.story, []).append(observation)
    return list(stories.values())


def figures(observations: Sequence[Observation], measure: Measure, draws: int = DRAWS) -> dict[str, Figure]:
    """Every metric of these observations with its 95 % interval, clustered on the story."""
    points = measure(observations)
    stories = by_story(observations)
    drawn: dict[str, list[float]] = {name: [] for name in points}
    if len(stories) >= FEWEST_STORIES:
        chance = Random(_SEED)
        for _ in range(draws):
            sample = [o for story in chance.choices(stories, k=len(stories)) for o in story]
            for name, value in measure(sample).items():
                if value is not None:
                    drawn[name].append(value)
    return {
        name: Figure(value, *_interval(drawn[name] if value is not None else []), len(stories), len(observations))
        for name, value in points.items()
    }


def compared(
    first: Sequence[Observation],
    second: Sequence[Observation],
    measure: Measure,
    higher_is_better: Mapping[str, bool],
    draws: int = DRAWS,
) -> dict[str, Difference]:
    """Run B against run A, item by item: ``first[i]`` and ``second[i]`` are of the same case and repeat.

    A verdict is given for the metrics in ``higher_is_better``; for the others it stays "can't tell".
    """
    at_a, at_b = measure(first), measure(second)
    places: dict[str, list[int]] = {}
    for index, observation in enumerate(first):
        places.setdefault(observation.story, []).append(index)
    stories = list(places.values())
    drawn: dict[str, list[float]] = {name: [] for name in at_a}
    extreme = dict.fromkeys(at_a, 0)
    if not _any_difference(first, second):
        return {name: Difference(name, value, value, *_none(value), "can't tell") for name, value in at_a.items()}
    if len(stories) >= FEWEST_STORIES:
        chance = Random(_SEED)
        swaps = Random(_SEED + 1)
        for _ in range(draws):
            sample = [index for story in chance.choices(stories, k=len(stories)) for index in story]
            for name, difference in _gap(measure, [first[i] for i in sample], [second[i] for i in sample]).items():
                if difference is not None:
                    drawn[name].append(difference)
            left, right = list(first), list(second)
            for story in stories:
                if swaps.random() < 0.5:
                    for index in story:
                        left[index], right[index] = second[index], first[index]
            for name, difference in _gap(measure, left, right).items():
                seen = _minus(at_b[name], at_a[name])
                if difference is None or seen is None or abs(difference) >= abs(seen) - 1e-12:
                    extreme[name] += 1
    results = {}
    for name in at_a:
        difference = _minus(at_b[name], at_a[name])
        low, high = _interval(drawn[name] if difference is not None else [])
        p = (extreme[name] + 1) / (draws + 1) if low is not None else None
        verdict = _verdict(low, high, p, higher_is_better.get(name))
        results[name] = Difference(name, at_a[name], at_b[name], difference, low, high, p, verdict)
    return results


def corrected(headlines: Mapping[str, Difference], higher_is_better: Mapping[str, bool]) -> dict[str, Difference]:
    """Several headlines judged at once: their p-values after Holm (1979), so that the chance of any false alarm among
    them stays at 5 %. The keys name them and are the same in both mappings."""
    known = sorted((key for key in headlines if headlines[key].p is not None), key=lambda key: headlines[key].p or 0.0)
    adjusted: dict[str, float] = {}
    highest = 0.0
    for rank, key in enumerate(known):
        highest = max(highest, min(1.0, (len(known) - rank) * (headlines[key].p or 0.0)))
        adjusted[key] = highest
    judged = {}
    for key, found in headlines.items():
        p = adjusted.get(key)
        verdict = _verdict(found.low, found.high, p, higher_is_better[key])
        judged[key] = Difference(
            found.metric, found.first, found.second, found.difference, found.low, found.high, p, verdict
        )
    return judged


def overall(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict over all headlines: worse if any is worse, for a loss is never paid for by a gain elsewhere."""
    if "worse" in verdicts:
        return "worse"
    return "better" if "better" in verdicts else "can't tell"


def mcnemar(first: Sequence[bool | None], second: Sequence[bool | None]) -> tuple[int, int, float | None]:
    """McNemar's exact test on yes/no outcomes of the same items (McNemar, 1947; binomial, two-sided).

    Returns how many only the first got right, how many only the second, and p; p is None where no item differs.
    """
    only_first = sum(a is True and b is False for a, b in zip(first, second, strict=True))
    only_second = sum(a is False and b is True for a, b in zip(first, second, strict=True))
    differ = only_first + only_second
    if not differ:
        return 0, 0, None
    tail = sum(comb(differ, k) for k in range(min(only_first, only_second) + 1)) / 2**differ
    return only_first, only_second, min(1.0, 2 * tail)


def spread(values: Sequence[float | None]) -> Spread | None:
    """How a metric varies over repeats; None with fewer than two defined values."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    centre = sum(known) / len(known)
    deviation = sqrt(sum((value - centre) ** 2 for value in known) / (len(known) - 1))
    return Spread(min(known), max(known), deviation, len(known))


def _interval(drawn: Sequence[float]) -> tuple[float | None, float | None]:
    edge = (1 - LEVEL) / 2
    return percentile(drawn, edge), percentile(drawn, 1 - edge)


def _gap(measure: Measure, first: Sequence[Observation], second: Sequence[Observation]) -> dict[str, float | None]:
    at_a, at_b = measure(first), measure(second)
    return {name: _minus(at_b[name], at_a[name]) for name in at_a}


def _minus(second: float | None, first: float | None) -> float | None:
    return None if first is None or second is None else second - first


def _none(value: float | None) -> tuple[float | None, float | None, float | None, float | None]:
    """Difference, interval and p of two runs that are the same on every item."""
    return (None, None, None, None) if value is None else (0.0, 0.0, 0.0, 1.0)


def _any_difference(first: Sequence[Observation], second: Sequence[Observation]) -> bool:
    return any(a.counts != b.counts for a, b in zip(first, second, strict=True))


def _verdict(low: float | None, high: float | None, p: float | None, higher: bool | None) -> Verdict:
    if low is None or high is None or p is None or higher is None or p > 1 - LEVEL:
        return "can't tell"
    if low > 0:
        return "better" if higher else "worse"
    if high < 0:
        return "worse" if higher else "better"
    return "can't tell"
