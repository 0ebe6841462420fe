"""The shape of an answer: JSON Schema in the strict subset that OpenAI's structured outputs take.

Names are short because every call pays for them; ``required`` lists everything because strict mode wants it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from service.domain.meeting import MeetingKind, MeetingMode, MeetingSetting, MeetingStatus, Part

Json = dict[str, Any]


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _array(items: Json) -> Json:
    return {"type": "array", "items": items}


def _one_of(names: Any) -> Json:
    return {"type": "string", "enum": list(get_args(names))}


_TEXT: Json = {"type": "string"}
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_CITES: Json = {"$ref": "#/$defs/cites"}
_NOTE: Json = {"$ref": "#/$defs/note"}
_NOTE_OR_NULL: Json = {"anyOf": [_NOTE, {"type": "null"}]}

#: Words with the ids that carry them.
_DEFINITIONS: Json = {"cites": _array(_TEXT), "note": _object(text=_TEXT, cites=_CITES)}

_MEETING = _object(
    kind=_one_of(MeetingKind),
    mode=_one_of(MeetingMode),
    setting=_one_of(MeetingSetting),
    status=_array(_object(status=_one_of(MeetingStatus), by=_TEXT_OR_NULL, cites=_CITES)),
    participants=_array(_object(name=_TEXT, role=_TEXT_OR_NULL, part=_one_of(Part), cites=_CITES)),
    date=_NOTE_OR_NULL,
    place=_NOTE_OR_NULL,
    duration=_array(_NOTE),
    occasion=_NOTE_OR_NULL,
    topics=_array(_NOTE),
    outcomes=_array(_NOTE),
    positions=_array(_object(by=_TEXT, about=_TEXT, text=_TEXT, cites=_CITES)),
    disagreements=_array(_object(about=_TEXT, positions=_array({"type": "integer"}))),
)

#: What the prompt ``brief`` asks for.
BRIEF: Mapping[str, Any] = {
    **_object(headline=_NOTE, summary=_array(_NOTE), meetings=_array(_MEETING)),
    "$defs": _DEFINITIONS,
}

#: What the prompt ``repair`` asks for.
REPAIR: Mapping[str, Any] = _object(statements=_array(_object(id=_TEXT, text=_TEXT, cites=_array(_TEXT))))

#: What the prompt ``reduce`` asks for; ``from`` holds ids of notes.
REDUCE: Mapping[str, Any] = _object(
    headline=_object(**{"text": _TEXT, "from": _array(_TEXT)}),
    summary=_array(_object(**{"text": _TEXT, "from": _array(_TEXT)})),
)
