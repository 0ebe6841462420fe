"""JSON as it is submitted: UTF-8, no key twice, and mistakes told in words of its own."""

from __future__ import annotations

import json
from typing import Any


class NotJson(ValueError):
    """What was submitted is no JSON that can be worked on; says why."""


def parsed(data: bytes, lenient: bool = False) -> Any:
    """The value that ``data`` holds (UTF-8, a byte order mark is let pass). Raises ``NotJson``, as the end of a
    sentence that begins with what it is about: "is not UTF-8 …".

    A key that stands twice in an object is refused: which of the two is meant can't be known. ``lenient``: NaN and Infinity,
    which are no JSON but are written by many tools for what is missing, are null.
    """
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_constant=_nothing if lenient else _no_constant,
        )
    except UnicodeDecodeError as error:
        raise NotJson(f"is not UTF-8 (byte {error.start} does not fit)") from None
    except json.JSONDecodeError as error:
        raise NotJson(f"is not JSON: {error.msg[:1].lower()}{error.msg[1:]} at character {error.pos}") from None
    except RecursionError:
        raise NotJson("is nested too deeply") from None
    except NotJson:
        raise
    except ValueError:
        raise NotJson("holds a whole number with thousands of digits") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise NotJson(f"has the key {twice[:80]!r} twice in one object")
    return made


def _no_constant(name: str) -> None:
    raise NotJson(f"is not JSON: {name} is no JSON value")


def _nothing(name: str) -> None:
    return None
