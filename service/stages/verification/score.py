"""The trained score: a straight line and a few hundred small trees over the measures, carried as a text file.

``weights.txt`` is written by evals/training/verification.py. Its lines: ``bias Z``; ``linear NAME MEAN SCALE WEIGHT``;
``tree`` and then its nodes, each ``NAME THRESHOLD LOW HIGH`` (at most the threshold: go on with node LOW, else HIGH) or
``leaf VALUE``, numbered from 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from service.stages.verification.measures import NAMES

#: The part of the weakest statement in a summary's log odds; the rest is the mean's, so that every statement counts.
WEAKEST = 0.85
#: More statements than this take nothing further off: what is wrong with one is often wrong with the next.
MANY = 3
#: Standardised measures are cut here, so that one odd value can't decide alone (as in training).
CLIP = 5.0

Node = tuple[int, float, int, int]


@dataclass(frozen=True, slots=True)
class Weights:
    """The parsed file. ``linear``: (index of the measure, mean, scale, weight); a tree is a list of nodes; a leaf's first
    number is -1 and its second the value."""

    bias: float
    linear: tuple[tuple[int, float, float, float], ...]
    trees: tuple[tuple[Node, ...], ...]

    def odds(self, measures: Sequence[float]) -> float:
        """The log odds that a statement with these measures is true."""
        total = self.bias
        for index, mean, scale, weight in self.linear:
            total += weight * max(-CLIP, min(CLIP, (measures[index] - mean) / scale))
        for tree in self.trees:
            index, value, low, high = tree[0]
            while index >= 0:
                index, value, low, high = tree[low if measures[index] <= value else high]
            total += value
        return total


def parse(text: str) -> Weights:
    """The weights in a file's text. Raises ValueError or KeyError where it does not fit this code's measures."""
    place = {name: i for i, name in enumerate(NAMES)}
    bias = 0.0
    linear: list[tuple[int, float, float, float]] = []
    trees: list[list[Node]] = []
    for line in text.splitlines():
        kind, *rest = line.split() or ["#"]
        if kind == "bias":
            bias = float(rest[0])
        elif kind == "linear":
            linear.append((place[rest[0]], float(rest[1]), float(rest[2]), float(rest[3])))
        elif kind == "tree":
            trees.append([])
        elif kind == "leaf":
            trees[-1].append((-1, float(rest[0]), 0, 0))
        elif not kind.startswith("#"):
            trees[-1].append((place[kind], float(rest[0]), int(rest[1]), int(rest[2])))
    return Weights(bias, tuple(linear), tuple(map(tuple, trees)))


@cache
def weights() -> Weights:
    """The carried weights, parsed once."""
    return parse(resources.files("service.stages.verification").joinpath("weights.txt").read_text("utf-8"))


def share(odds: float) -> float:
    """Log odds as a number in 0..1."""
    return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0


def odds_of(score: float) -> float:
    """The inverse of ``share``, cut at the ends."""
    cut = min(1 - 1e-12, max(1e-12, score))
    return math.log(cut / (1 - cut))


def held_down(odds: float) -> float:
    """Log odds of a statement in which a check found something wrong: always below 0, in the same order as before."""
    return -math.log1p(math.exp(-max(-600.0, min(600.0, odds)))) - 1e-6


def whole(odds: Sequence[float]) -> float:
    """The log odds of a summary from its statements' (at least one). The logarithm of their number comes off: by the union
    bound the odds of a summary of n like statements are a n-th of one's. On FRANK's CNN/DM (three statements a summary)
    balanced accuracy at 0.5 is 0.73 with it and 0.69 without."""
    return WEAKEST * min(odds) + (1 - WEAKEST) * sum(odds) / len(odds) - math.log(min(MANY, len(odds)))
