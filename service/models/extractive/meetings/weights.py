"""Weights learnt from annotated articles, as plain text beside this module: a name, a tab and a number a line."""

from __future__ import annotations

import gzip
from functools import cache
from importlib import resources


@cache
def weights_of(file: str) -> dict[str, float]:
    """The weights in ``file`` (".txt.gz") by name, read on first use."""
    packed = resources.files("service.models.extractive.meetings").joinpath(file).read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    return {name: float(weight) for name, weight in (line.rsplit("\t", 1) for line in lines)}
