"""What pydantic finds wrong, in words for whoever sent it: which value, and what it should be. One place for all faces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: pydantic's type of error → what the value must be; {} are filled from the error's context.
_MUST: Mapping[str, str] = {
    "string_type": "must be a string",
    "string_too_long": "must have at most {max_length:,} characters",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "list_type": "must be a list",
    "too_short": "must have at least {min_length}, and has {actual_length}",
    "too_long": "must have at most {max_length}, and has {actual_length}",
    "literal_error": "must be {expected}",
    "path_type": "must be a path",
}
_OBJECTS = frozenset({"model_type", "model_attributes_type", "dict_type", "dataclass_type", "mapping_type"})


def said(found: Mapping[str, Any]) -> str:
    """One error of pydantic's list as a sentence. The value itself is not repeated: it may be long, or a secret."""
    place = [one for one in found.get("loc", ()) if one != "body"]
    kind, context = str(found.get("type", "")), found.get("ctx") or {}
    name = _named(place)
    if kind in _OBJECTS:
        return f"{name} must be a JSON object."
    if kind == "missing":
        return f"{name} is missing."
    if kind in _MUST:
        return f"{name} {_filled(_MUST[kind], context)}."
    words = str(found.get("msg", "not valid")).removeprefix("Value error, ").removesuffix(".")
    words = words.replace("Input should be", "must be").replace("String should", "must")
    joined = " " if words.startswith("must ") else ": "
    return f"{name}{joined}{words}." if place else f"{words[:1].upper()}{words[1:]}."


def _named(place: list[Any]) -> str:
    """The value by its name; a place in a list keeps the list's name."""
    if not place:
        return "The body"
    if isinstance(place[-1], int):
        return f"`{place[-2] if len(place) > 1 else 'item'}[{place[-1]}]`"
    return f"`{place[-1]}`"


def _filled(words: str, context: Mapping[str, Any]) -> str:
    try:
        return words.format(**context)
    except (KeyError, IndexError, ValueError):
        return words.split("{", 1)[0].rstrip() + " something else"
