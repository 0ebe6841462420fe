"""Which faults happen when: the JSON file that ``readout simulate --faults`` takes.

    {"latency": 0.2, "mode": "honest", "rules": [{"fault": "429", "retry_after": 1, "first": 2},
                                                 {"fault": "stall", "share": 0.01, "contains": "Vienna"}]}

``mode``: honest | lies | obeys. ``latency``: seconds before an answer, ``per_token``: seconds for each of its tokens.
A rule fires on the requests that it matches (``purpose``: brief, repair, reduce or judge; ``contains``: words in the
request), counted among those: the ``first`` n, those ``on`` a list of numbers, ``every`` nth, or a ``share`` of them by
seed; without any of these, always. The first rule that fires wins. ``lacks``: features that the server refuses
(json_schema, json_object, temperature, max_tokens, max_completion_tokens, stream); ``ignores_schema``: it answers in prose
unless the schema stands in the prompt; ``context``: tokens of its context.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from service.errors import ConfigurationError

Fault = Literal[
    "429", "500", "502", "503", "401", "quota", "context",
    "reset_before", "reset_middle", "reset_after", "drip", "stall", "html", "error_200",
    "truncated_json", "wrong_schema", "extra_keys", "unknown_ids", "invented_quotations", "wrong_numbers", "prose", "blank",
    "loop_blank", "loop_words", "refusal", "content_filter", "wrong_usage", "no_usage",
]  # fmt: skip
Mode = Literal["honest", "lies", "obeys"]


@dataclass(frozen=True, slots=True)
class Rule:
    """When one fault happens."""

    fault: Fault
    purpose: str | None = None
    contains: str | None = None
    first: int | None = None
    on: tuple[int, ...] | None = None
    every: int | None = None
    share: float | None = None
    retry_after: float | None = None
    seconds: float = 30.0

    def matches(self, purpose: str, prompt: str) -> bool:
        """Whether this kind of request is meant."""
        return self.purpose in (None, purpose) and (self.contains is None or self.contains in prompt)

    def fires(self, number: int, seed: int) -> bool:
        """Whether it happens on the ``number``-th (from 1) request of those that match."""
        if self.on is not None:
            return number in self.on
        if self.first is not None:
            return number <= self.first
        if self.every is not None:
            return number % self.every == 0
        if self.share is not None:
            digest = hashlib.sha256(f"{seed}:{self.fault}:{number}".encode()).digest()
            return int.from_bytes(digest[:4], "big") / 2**32 < self.share
        return True


@dataclass(frozen=True, slots=True)
class Script:
    """How the provider behaves. ``keep``: whole requests are kept in the log."""

    rules: tuple[Rule, ...] = ()
    mode: Mode = "honest"
    latency: float = 0.0
    per_token: float = 0.0
    lacks: frozenset[str] = field(default_factory=frozenset)
    ignores_schema: bool = False
    context: int | None = None
    keep: bool = False

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> Script:
        """A script from its JSON. Raises ``ConfigurationError`` naming what is unknown or of the wrong kind."""
        known = dict(value)
        try:
            rules = tuple(_rule(dict(rule)) for rule in known.pop("rules", ()))
            lacks = frozenset(known.pop("lacks", ()))
            script = cls(rules=rules, lacks=lacks, **known)
        except (TypeError, ValueError) as error:
            raise ConfigurationError(f"the fault script can't be used: {error}") from error
        if script.mode not in get_args(Mode):
            raise ConfigurationError(f"the fault script has an unknown mode {script.mode!r}")
        return script


def _rule(value: dict[str, Any]) -> Rule:
    if value.get("fault") not in get_args(Fault):
        raise ValueError(f"unknown fault {value.get('fault')!r}; known are {', '.join(get_args(Fault))}")
    if value.get("on") is not None:
        value["on"] = tuple(int(n) for n in value["on"])
    return Rule(**value)


def load_script(path: Path | None) -> Script:
    """The script in a file; an honest, fault-free one for None. Raises ``ConfigurationError``."""
    if path is None:
        return Script()
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"the fault script {path} can't be read: {error}") from error
    if not isinstance(value, dict):
        raise ConfigurationError(f"the fault script {path} is no JSON object")
    return Script.of(value)
