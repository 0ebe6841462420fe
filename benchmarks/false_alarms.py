"""How often does ``readout eval compare`` cry wolf, and how much does it miss?

Simulated runs: items have difficulties of their own, shared in part within a story. For false alarms both runs are the
same system under fresh noise; for power the second loses some of what the first got right. Printed for the interval of
the paired bootstrap alone, for the swap test alone, and for both together, which is what the verdict asks.

    python -m benchmarks.false_alarms [--comparisons 1000]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from random import Random

from evals import statistics
from evals.base import Metrics, Observation

_DRAWS = 300


def share(observations: Sequence[Observation]) -> Metrics:
    """The share of right items."""
    return {"share": sum(o.counts["right"] for o in observations) / len(observations)}


def runs(chance: Random, stories: int, lost: float) -> tuple[list[Observation], list[Observation]]:
    """Two runs over ``stories`` stories of two items; the second loses the share ``lost`` of its right ones."""
    first, second = [], []
    for story in range(stories):
        shared = chance.betavariate(2, 2)
        for item in range(2):
            level = min(1.0, max(0.0, 0.6 * shared + 0.4 * chance.random() + 0.1))
            for run, falls in ((first, 0.0), (second, lost)):
                right = chance.random() < level and chance.random() >= falls
                run.append(Observation(f"{story}.{item}", str(story), "simulated", {"right": int(right)}))
    return first, second


def rates(stories: int, lost: float, comparisons: int) -> tuple[float, float, float]:
    """Shares of comparisons with a verdict: by the bootstrap alone, by the swap test alone, by both."""
    chance = Random(stories * 1000 + int(lost * 100))
    boot = swap = both = 0
    for _ in range(comparisons):
        first, second = runs(chance, stories, lost)
        found = statistics.compared(first, second, share, {"share": True}, draws=_DRAWS)["share"]
        if found.low is None or found.high is None or found.p is None:
            continue
        outside = found.low > 0 or found.high < 0
        boot += outside
        swap += found.p <= 0.05
        both += found.verdict != "can't tell"
    return boot / comparisons, swap / comparisons, both / comparisons


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--comparisons", type=int, default=1000)
    number = parser.parse_args().comparisons
    out = sys.stdout
    out.write(f"{number} comparisons a row, two items a story, {_DRAWS} draws\n\n")
    out.write("| stories | second run | bootstrap alone | swap test alone | verdict (both) |\n|---:|---|---:|---:|---:|\n")
    for stories in (6, 8, 12, 20, 40):
        for lost, words in ((0.0, "the same system"), (0.3, "loses 30 % of its right ones")):
            boot, swap, both = rates(stories, lost, number)
            out.write(f"| {stories} | {words} | {boot:.1%} | {swap:.1%} | {both:.1%} |\n")
            out.flush()


if __name__ == "__main__":
    main()
