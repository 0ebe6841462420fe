"""Logistic regressions whose weights are carried as text: one "name<tab>weight" a line, packed with gzip."""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources


@cache
def weights_of(file: str) -> dict[str, float]:
    """The weights of a file beside this module."""
    packed = resources.files("service.models.extractive.meetings").joinpath(file).read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    return {name: float(weight) for name, weight in (line.rsplit("\t", 1) for line in lines)}


def probability(weights: Mapping[str, float], features: Iterable[str]) -> float:
    """The probability, in 0..1, that what has these features is true."""
    total = sum(weights.get(name, 0.0) for name in set(features))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
