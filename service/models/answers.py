"""What can be told of a model's answer without knowing what was asked: a loop, and whether the schema was heeded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_TAIL = 600
_BLANK = 200
_LONGEST_PERIOD = 150


def loops(text: str) -> bool:
    """Whether an answer ends in a loop: white space without end, or the same words over and over (at least four times
    and 120 characters)."""
    tail = text[-_TAIL:]
    if len(tail) >= _BLANK and not tail[-_BLANK:].strip():
        return True
    for period in range(1, _LONGEST_PERIOD + 1):
        repeats = max(4, 120 // period)
        if len(tail) >= period * repeats:
            end = tail[-period * repeats :]
            if end == end[:period] * repeats:
                return True
    return False


def heeds(text: str, schema: Mapping[str, Any]) -> bool:
    """Whether an answer took the schema's shape at all: an object with at least one of its members, whole or cut off. A
    server that ignores the schema in silence answers with prose, or with members of its own."""
    return "{" in text and any(f'"{name}"' in text for name in schema.get("required", ()))
