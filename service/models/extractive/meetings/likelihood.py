"""How likely a dealing is a meeting: a logistic regression over its ``evidence``, trained on annotated articles by
evals/training/meetings.py; the weights are carried in likelihood.txt.gz."""

from __future__ import annotations

from collections.abc import Iterable

from service.models.extractive.meetings.weights import probability, weights_of


def _weights() -> dict[str, float]:
    return weights_of("likelihood")


def likelihood(features: Iterable[str]) -> float:
    """The probability, in 0..1, that a dealing with these features tells of a meeting."""
    return probability(_weights(), features)
