"""Values to JSON and back, with offsets in the unit that was asked for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from service.contract.answers import CheckAnswer, MeetingsAnswer, QuotationsAnswer
from service.domain.brief import Brief, OffsetUnit
from service.domain.dossier import Dossier
from service.domain.draft import Document
from service.domain.meeting import MeetingRecord
from service.domain.text import Span
from service.domain.verdict import Statement


@lru_cache(maxsize=256)
def _names(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


_ATOMS = frozenset({str, int, float, bool, type(None)})


def _plain(value: Any) -> Any:
    """``value`` as JSON, offsets as they are."""
    kind = type(value)
    if kind in _ATOMS:
        return value
    if kind is Span:
        span = {"start": value.start, "end": value.end, "text": value.text}
        if value.source is not None:
            span["source"] = value.source
        return span
    if kind is tuple or kind is list:
        return [_plain(one) for one in value]
    if is_dataclass(kind):
        return {name: _plain(getattr(value, name)) for name in _names(kind)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    raise TypeError(f"{kind.__name__} has no JSON form")


_WIDE = {"utf16": re.compile("[\U00010000-\U0010ffff]"), "byte": re.compile("[^\x00-\x7f]")}


class Offsets:
    """Code point offsets of ``text`` in another unit. Only the characters that are wider than one unit are kept, so that
    an English article costs next to nothing."""

    __slots__ = ("_at", "_extra")

    def __init__(self, text: str, unit: OffsetUnit) -> None:
        self._at: list[int] = []
        self._extra = [0]
        if unit == "codepoint":
            return
        for found in _WIDE[unit].finditer(text):
            self._at.append(found.start())
            wide = 2 if unit == "utf16" else len(found.group().encode("utf-8", "surrogatepass"))
            self._extra.append(self._extra[-1] + wide - 1)

    def __call__(self, offset: int) -> int:
        """``offset`` (code points) in the other unit."""
        return offset + self._extra[bisect_left(self._at, offset)]


def _converted(value: Any, unit: OffsetUnit, maps: Sequence[Offsets]) -> Any:
    """``value`` as JSON with its offsets in ``unit``; ``maps`` are of the texts that spans point into."""
    kind = type(value)
    if kind in _ATOMS:
        return value
    if kind is Span:
        convert = maps[value.source or 0]
        return _plain(replace(value, start=convert(value.start), end=convert(value.end)))
    if kind is tuple or kind is list:
        return [_converted(one, unit, maps) for one in value]
    if is_dataclass(kind):
        if kind is Dossier:
            maps = [Offsets(one.article.text, unit) for one in value.briefs]
        elif kind is CheckAnswer:
            maps = [Offsets(one.text, unit) for one in value.sources]
        elif kind in (Brief, Document, QuotationsAnswer, MeetingsAnswer):
            maps = [Offsets(value.article.text, unit)]
        answer = {name: _converted(getattr(value, name), unit, maps) for name in _names(kind)}
        if kind is Statement:
            inside = Offsets(value.text, unit)
            for check in answer["checks"]:
                if check["at"] is not None:
                    check["at"] = [inside(one) for one in check["at"]]
        if "offset_unit" in answer:
            answer["offset_unit"] = unit
        return answer
    return _plain(value)


def encode(value: Any, unit: OffsetUnit = "codepoint", texts: Sequence[str] = ()) -> Any:
    """``value`` (a domain value or an answer, or a list of them) as plain JSON values.

    ``unit`` is the unit of all offsets in it; a span's ``source`` is left out where it is None. ``texts``: what spans
    point into, where the value doesn't carry its text itself (a bare ``Quotation``, say).
    """
    if unit == "codepoint":
        return _plain(value)
    return _converted(value, unit, [Offsets(text, unit) for text in texts])


@lru_cache(maxsize=1)
def _brief_adapter() -> TypeAdapter[Brief]:
    return TypeAdapter(Brief)


@lru_cache(maxsize=1)
def _dossier_adapter() -> TypeAdapter[Dossier]:
    return TypeAdapter(Dossier)


def decode_brief(value: Any) -> Brief:
    """A brief from its JSON (text, or values already parsed), offsets in code points. Raises ``ValueError``
    (``pydantic.ValidationError`` is one) where it isn't one."""
    adapter = _brief_adapter()
    brief = adapter.validate_json(value) if isinstance(value, str | bytes) else adapter.validate_python(value)
    if brief.offset_unit != "codepoint":
        raise ValueError("offsets in another unit than code points can't be read back")
    return brief


def decode_dossier(value: Any) -> Dossier:
    """A dossier from its JSON, as ``decode_brief``."""
    adapter = _dossier_adapter()
    return adapter.validate_json(value) if isinstance(value, str | bytes) else adapter.validate_python(value)


@lru_cache(maxsize=1)
def _meeting_adapter() -> TypeAdapter[MeetingRecord]:
    return TypeAdapter(MeetingRecord)


def decode_meeting(value: str | bytes) -> MeetingRecord:
    """A meeting record from its JSON, as ``decode_brief``."""
    return _meeting_adapter().validate_json(value)
