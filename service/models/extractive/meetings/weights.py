"""Weights learnt from annotated articles: named features, carried beside the code that reads them as packed text."""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources


@cache
def weights_of(name: str) -> dict[str, float]:
    """The weights in ``name``.txt.gz: a feature, a tab, a number on each line."""
    packed = resources.files("service.models.extractive.meetings").joinpath(f"{name}.txt.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").strip("\n").split("\n")
    return {feature: float(weight) for feature, weight in (line.rsplit("\t", 1) for line in lines)}


def weigh(weights: Mapping[str, float], features: Iterable[str]) -> float:
    """The sum of the weights of the features that hold, each once: log-odds, or a rank."""
    return sum(weights.get(name, 0.0) for name in set(features))


def probability(weights: Mapping[str, float], features: Iterable[str]) -> float:
    """The probability, in 0..1, that what has these features is true."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, weigh(weights, features)))))
