"""What servers and models differ in: one small table, and what is learnt from their own refusals.

Remembered per server and model, in the ledger's file where there is one, so that nothing is learnt twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal

Rung = Literal["json_schema", "json_object", "text"]

#: The structured output ladder, best first.
RUNGS: tuple[Rung, ...] = ("json_schema", "json_object", "text")


@dataclass(frozen=True, slots=True)
class Capabilities:
    """``rung``: best structured output known to work; ``cap_name``: what the cap on the answer is called;
    ``temperature``: whether it may be set; ``thinks``: reasoning tokens count against the cap."""

    rung: Rung = "json_schema"
    cap_name: Literal["max_completion_tokens", "max_tokens"] = "max_tokens"
    temperature: bool = True
    thinks: bool = False


_TABLE: tuple[tuple[re.Pattern[str], Capabilities], ...] = (
    (
        re.compile(r"^(o\d|gpt-[5-9](?!.*chat)|gpt-oss)"),
        Capabilities(cap_name="max_completion_tokens", temperature=False, thinks=True),
    ),
    (re.compile(r"^(gpt-|chatgpt-)"), Capabilities(cap_name="max_completion_tokens")),
)

#: Room for reasoning above the answer's own cap. Of reasoning models' answers to short tasks few think longer than this.
THINKING_ROOM = 4000


def known_of(model: str) -> Capabilities:
    """What the table says of a model by its name; an unknown one is taken for a server of the plain kind."""
    name = model.rsplit("/", 1)[-1].lower().removeprefix("ft:")
    return next((known for pattern, known in _TABLE if pattern.match(name)), Capabilities())


def learn(known: Capabilities, complaint: str) -> Capabilities | None:
    """What a server's refusal of a request (status 400 or 422) teaches, from its words; None when it teaches nothing."""
    words = complaint.lower()
    if "response_format" in words or "json_schema" in words or "json_object" in words or "structured output" in words:
        lower = RUNGS[RUNGS.index(known.rung) + 1 :]
        return replace(known, rung=lower[0]) if lower else None
    if "temperature" in words and known.temperature:
        return replace(known, temperature=False)
    if "max_completion_tokens" in words and "max_tokens" in words.replace("max_completion_tokens", ""):
        # "Unsupported parameter: 'max_tokens' … Use 'max_completion_tokens' instead": take the other one
        other: Literal["max_completion_tokens", "max_tokens"]
        other = "max_tokens" if known.cap_name == "max_completion_tokens" else "max_completion_tokens"
        return replace(known, cap_name=other)
    if known.cap_name in words and known.cap_name == "max_completion_tokens":
        return replace(known, cap_name="max_tokens")
    return None


def to_json(known: Capabilities) -> dict[str, Any]:
    """For keeping."""
    return {name: getattr(known, name) for name in Capabilities.__slots__}


def from_json(value: dict[str, Any]) -> Capabilities | None:
    """From what was kept; None when it is of another version."""
    try:
        return Capabilities(**value)
    except TypeError:
        return None
