"""Intervals and verdicts: right where the answer is known, and silent where there is nothing to tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from evals import statistics
from evals.base import Metrics, Observation
from evals.statistics import Difference


def share(observations: Sequence[Observation]) -> Metrics:
    """Share of right ones, and a figure that is always undefined."""
    right = [o.counts["right"] for o in observations]
    return {"share": sum(right) / len(right) if right else None, "never": None}


def observed(rights: Sequence[int], per_story: int = 1) -> list[Observation]:
    return [Observation(f"c{i}", f"s{i // per_story}", "own", {"right": r}, ok=bool(r)) for i, r in enumerate(rights)]


def noisy(chance: Random, stories: int, per_story: int, level: float) -> tuple[list[Observation], list[Observation]]:
    """Two runs of one and the same system: each item has its own difficulty, shared in part within its story."""
    first, second = [], []
    for _ in range(stories):
        story = chance.betavariate(2, 2)
        for _ in range(per_story):
            item = min(1.0, max(0.0, 0.6 * story + 0.4 * chance.random() + level - 0.5))
            first.append(int(chance.random() < item))
            second.append(int(chance.random() < item))
    return observed(first, per_story), observed(second, per_story)


def test_an_interval_holds_the_figure_and_narrows_with_more_stories() -> None:
    """Around the point, inside 0 and 1, and about half as wide with four times the stories."""
    small = statistics.figures(observed([1, 0, 1, 1] * 5), share, 500)["share"]
    large = statistics.figures(observed([1, 0, 1, 1] * 20), share, 500)["share"]
    assert small.value == large.value == 0.75
    assert None not in (small.low, small.high, large.low, large.high)
    assert 0 <= small.low < 0.75 < small.high <= 1  # type: ignore[operator]
    assert (large.high - large.low) < 0.65 * (small.high - small.low)  # type: ignore[operator]


def test_stories_are_drawn_and_not_cases() -> None:
    """Ten cases of two stories that are all right or all wrong are two facts and not ten: no interval is given, and with
    ten such stories it is wider than for as many independent cases."""
    assert statistics.figures(observed([1] * 5 + [0] * 5, per_story=5), share)["share"].low is None
    blocks = [int(i % 2 == 0) for i in range(10) for _ in range(5)]
    clustered = statistics.figures(observed(blocks, per_story=5), share)["share"]
    independent = statistics.figures(observed(blocks), share)["share"]
    assert clustered.low is not None
    assert independent.low is not None
    assert clustered.low < independent.low


def test_an_undefined_figure_stays_undefined() -> None:
    """None, with no interval: not 0 and not NaN; also where nothing was observed at all."""
    figure = statistics.figures(observed([1, 0, 1]), share)["never"]
    assert (figure.value, figure.low, figure.high) == (None, None, None)
    assert statistics.figures([], share)["share"].value is None


def test_a_run_against_itself_can_not_be_told() -> None:
    """No difference, an interval of nothing, p = 1."""
    run = observed([1, 0, 1, 1, 0, 1, 0, 1])
    found = statistics.compared(run, run, share, {"share": True})["share"]
    assert (found.verdict, found.difference, found.low, found.high, found.p) == ("can't tell", 0.0, 0.0, 0.0, 1.0)


def test_a_clearly_worse_run_is_worse_and_the_other_way_round_better() -> None:
    """Three quarters of what was right goes wrong: the interval is below zero, and the direction follows the metric."""
    good, bad = observed([1] * 24), observed([1, 0, 0, 0] * 6)
    found = statistics.compared(good, bad, share, {"share": True})["share"]
    assert found.verdict == "worse"
    assert found.high is not None
    assert found.high < 0
    assert statistics.compared(bad, good, share, {"share": True})["share"].verdict == "better"
    assert statistics.compared(good, bad, share, {"share": False})["share"].verdict == "better"


def test_few_stories_never_give_a_verdict() -> None:
    """With five stories no swap of outputs is rare enough (2 of 32)."""
    found = statistics.compared(observed([1] * 5), observed([0] * 5), share, {"share": True})["share"]
    assert found.verdict == "can't tell"


@pytest.mark.parametrize(("stories", "per_story"), [(8, 2), (30, 1)])
def test_false_alarms_stay_at_five_percent(stories: int, per_story: int) -> None:
    """200 comparisons of a system with itself under fresh noise: at most 5 % of them say better or worse."""
    chance = Random(stories)
    alarms = 0
    for _ in range(200):
        first, second = noisy(chance, stories, per_story, 0.5)
        found = statistics.compared(first, second, share, {"share": True}, draws=200)["share"]
        alarms += found.verdict != "can't tell"
    assert alarms <= 10


def test_real_differences_are_seen() -> None:
    """The same test isn't simply deaf: of 40 runs whose share falls by 25 points, over 30 stories, most are called worse."""
    chance = Random(7)
    seen = 0
    for _ in range(40):
        first, _ = noisy(chance, 30, 2, 0.7)
        second = [replace(o, counts={"right": o.counts["right"] * (chance.random() > 0.36)}) for o in first]
        seen += statistics.compared(first, second, share, {"share": True}, draws=200)["share"].verdict == "worse"
    assert seen >= 32


def test_holm_asks_more_of_many_headlines() -> None:
    """p = 0.03 convinces alone, not as one of three that are all about as good."""
    one = Difference("share", 0.5, 0.6, 0.1, 0.02, 0.18, 0.03, "better")
    assert statistics.corrected({"a": one}, {"a": True})["a"].verdict == "better"
    three = statistics.corrected(dict.fromkeys("abc", one), dict.fromkeys("abc", True))
    assert {found.verdict for found in three.values()} == {"can't tell"}


def test_a_loss_is_not_paid_for_by_a_gain() -> None:
    """Better here and worse there is worse."""
    assert statistics.overall(["better", "worse", "can't tell"]) == "worse"
    assert statistics.overall(["better", "can't tell"]) == "better"
    assert statistics.overall([]) == "can't tell"


def test_mcnemar_is_exact() -> None:
    """5 against 0: p = 2/32; nothing turned: undefined; cases that are neither yes nor no don't count."""
    assert statistics.mcnemar([True] * 5, [False] * 5) == (5, 0, pytest.approx(0.0625))
    assert statistics.mcnemar([True, False], [True, False]) == (0, 0, None)
    assert statistics.mcnemar([None, True], [True, None]) == (0, 0, None)


def test_the_spread_over_repeats() -> None:
    """Least, greatest and standard deviation; one repeat has none."""
    over = statistics.spread([0.5, 0.7, None])
    assert over is not None
    assert (over.least, over.greatest, over.repeats) == (0.5, 0.7, 2)
    assert over.deviation == pytest.approx(0.1414, abs=1e-3)
    assert statistics.spread([0.5]) is None
