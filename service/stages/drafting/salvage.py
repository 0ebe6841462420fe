"""Reading JSON from a model, whole or broken: what is whole is kept, what is cut off is left out."""

from __future__ import annotations

import json
import re
from typing import Any, cast

_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SCALAR = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?=\s*[,\]}])|true|false|null")
_BLANK = re.compile(r"\s*")
_DEPTH = 32
_STARTS = 20


class _Cut(Exception):
    """The text ended, or broke, where a value should be."""


def read_object(text: str, keys: frozenset[str]) -> tuple[dict[str, Any] | None, bool]:
    """The JSON object in a model's answer, and whether it was whole.

    Prose, code fences and thoughts around it are passed over. Of a broken object come the members and items before the
    break. ``keys``: an object counts only if it has one of them. None when there is no such object.
    """
    text = _THOUGHT.sub("", text)
    try:
        value = json.loads(text, strict=False)
        wanted = _wanted(value, keys)
        if wanted is not None:
            return wanted, True
    except (ValueError, RecursionError):
        pass
    start = text.find("{")
    for _ in range(_STARTS):
        if start < 0:
            return None, False
        reader = _Reader(text)
        try:
            value, end = reader.value(start, 0)
        except _Cut:
            value, end = None, start + 1
        wanted = _wanted(value, keys)
        if wanted is not None:
            return wanted, not reader.broken
        start = text.find("{", max(end, start + 1) if not reader.broken else start + 1)
    return None, False


def _wanted(value: Any, keys: frozenset[str]) -> dict[str, Any] | None:
    """The object with one of the keys: the value itself, or the one that it wraps (``{"brief": {…}}``)."""
    if not isinstance(value, dict):
        return None
    for candidate in (value, *value.values()):
        if isinstance(candidate, dict) and keys & candidate.keys():
            return cast(dict[str, Any], _clean(candidate))
    return None


def _clean(value: Any) -> Any:
    """Without lone surrogates, which no encoder would take."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_clean(v) for v in value]
    if isinstance(value, dict):
        return {str(_clean(k)): _clean(v) for k, v in value.items()}
    return value


class _Reader:
    """A forgiving reader of JSON. Containers that break off give what they held so far and set ``broken``."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.broken = False

    def value(self, at: int, depth: int) -> tuple[Any, int]:
        at = self._blank(at)
        if at >= len(self.text) or depth > _DEPTH:
            raise _Cut
        head = self.text[at]
        if head == "{":
            return self._object(at + 1, depth)
        if head == "[":
            return self._array(at + 1, depth)
        if head == '"':
            return self._string(at)
        scalar = _SCALAR.match(self.text, at)
        if not scalar:
            raise _Cut
        return json.loads(scalar.group()), scalar.end()

    def _string(self, at: int) -> tuple[str, int]:
        match = _STRING.match(self.text, at)
        if not match:
            raise _Cut
        try:
            return json.loads(match.group(), strict=False), match.end()
        except ValueError:
            raise _Cut from None

    def _object(self, at: int, depth: int) -> tuple[dict[str, Any], int]:
        out: dict[str, Any] = {}
        try:
            while True:
                at = self._blank(at)
                if self.text[at : at + 1] == "}":
                    return out, at + 1
                if self.text[at : at + 1] != '"':
                    raise _Cut
                key, at = self._string(at)
                at = self._blank(at)
                if self.text[at : at + 1] != ":":
                    raise _Cut
                out[key], at = self.value(at + 1, depth + 1)
                at = self._after_item(at)
                if self.broken:
                    return out, at
        except _Cut:
            self.broken = True
            return out, len(self.text)

    def _array(self, at: int, depth: int) -> tuple[list[Any], int]:
        out: list[Any] = []
        try:
            while True:
                at = self._blank(at)
                if self.text[at : at + 1] == "]":
                    return out, at + 1
                item, at = self.value(at, depth + 1)
                out.append(item)
                at = self._after_item(at)
                if self.broken:
                    return out, at
        except _Cut:
            self.broken = True
            return out, len(self.text)

    def _after_item(self, at: int) -> int:
        at = self._blank(at)
        if self.text[at : at + 1] == ",":
            return at + 1
        if self.text[at : at + 1] not in ("}", "]"):
            raise _Cut
        return at

    def _blank(self, at: int) -> int:
        match = _BLANK.match(self.text, at)
        return match.end() if match else at
