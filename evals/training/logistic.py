"""Logistic regression over sparse named features, in plain Python: small enough to read, fast enough for 10⁵ examples.

AdaGrad (Duchi et al., 2011) with L2; examples in a fixed shuffled order, so that the same data give the same weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, sqrt
from random import Random

Example = tuple[Sequence[tuple[str, str]], bool]


def train(
    examples: Sequence[Example], epochs: int = 6, rate: float = 0.2, decay: float = 4e-5, fewest: int = 4
) -> dict[tuple[str, str], float]:
    """Weights of the features seen at least ``fewest`` times. ``decay`` is the L2 strength per example."""
    seen: dict[tuple[str, str], int] = {}
    for features, _ in examples:
        for feature in features:
            seen[feature] = seen.get(feature, 0) + 1
    names = [feature for feature, number in seen.items() if number >= fewest]
    index = {feature: number for number, feature in enumerate(names)}
    rows = [([index[f] for f in features if f in index], 1.0 if label else 0.0) for features, label in examples]
    weight, squares = [0.0] * len(names), [1e-6] * len(names)
    order = list(range(len(rows)))
    shuffle = Random(20161108)
    for _ in range(epochs):
        shuffle.shuffle(order)
        for number in order:
            active, label = rows[number]
            total = sum(weight[i] for i in active)
            error = 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total)))) - label
            for i in active:
                gradient = error + decay * len(rows) * weight[i] / seen[names[i]]
                squares[i] += gradient * gradient
                weight[i] -= rate * gradient / sqrt(squares[i])
    return {names[i]: weight[i] for i in range(len(names)) if abs(weight[i]) >= 0.05}
