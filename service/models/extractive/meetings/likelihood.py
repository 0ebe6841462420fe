"""How likely a dealing is a meeting: a logistic regression over its ``evidence``, trained on annotated articles by
evals/training/meetings.py; the weights are carried in likelihood.txt.gz."""

from __future__ import annotations

import math
from collections.abc import Iterable

from service.models.extractive.meetings.weights import weights_of


def _weights() -> dict[str, float]:
    return weights_of("likelihood.txt.gz")


def likelihood(features: Iterable[str]) -> float:
    """The probability, in 0..1, that a dealing with these features tells of a meeting."""
    weights = _weights()
    total = sum(weights.get(name, 0.0) for name in set(features))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
