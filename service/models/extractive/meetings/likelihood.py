"""How likely a dealing is a meeting: a logistic regression over its ``evidence``, trained on annotated articles by
evals/training/meetings.py; the weights are carried in likelihood.txt.gz."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from service.models.extractive.meetings.linear import total, weights_of


def _weights() -> Mapping[str, float]:
    return weights_of("likelihood")


def likelihood(features: Iterable[str]) -> float:
    """The probability, in 0..1, that a dealing with these features tells of a meeting."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total(_weights(), features)))))
