"""Weights learnt in evals/training, carried as text (name, tab, weight; gzip) beside this module."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources


@cache
def weights_of(name: str) -> Mapping[str, float]:
    """The weights of the file ``name``.txt.gz, by feature."""
    packed = resources.files("service.models.extractive.meetings").joinpath(f"{name}.txt.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    return {feature: float(weight) for feature, weight in (line.rsplit("\t", 1) for line in lines)}


def total(weights: Mapping[str, float], features: Iterable[str]) -> float:
    """The sum of the weights of the features, each counted once."""
    return sum(weights.get(feature, 0.0) for feature in set(features))
