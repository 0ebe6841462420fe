"""What the simulated provider answers to a request: honest words, or what the script makes of them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from service.models.simulated.lying import lie, obey
from service.models.simulated.reading import Request, read_request
from service.models.simulated.script import Rule, Script
from service.models.simulated.writing import as_text, write_answer
from service.models.tokens import TokenCounter, counter, prompt_tokens

#: As OpenAI's prompt cache: prefixes from 1,024 tokens on, in steps of 128.
_CACHE_FROM, _CACHE_STEP = 1024, 128
_STATUSES = {"429": 429, "500": 500, "502": 502, "503": 503, "401": 401, "quota": 429, "context": 400}
_REFUSED = "I'm sorry, but I can't help with that."


@dataclass
class Turn:
    """One request and the answer to it, before it goes over the wire."""

    number: int
    purpose: str
    model: str
    fault: str | None
    text: str = ""
    finish: str = "stop"
    status: int = 200
    error: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    cap: int | None = None
    seconds: float = 30.0
    lies: list[dict[str, Any]] = field(default_factory=list)

    def usage(self) -> dict[str, Any] | None:
        """The ``usage`` object, false or missing where the script says so."""
        if self.fault == "no_usage":
            return None
        if self.fault == "wrong_usage":
            return {"prompt_tokens": 999_999_999, "completion_tokens": -5, "total_tokens": 7}
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "total_tokens": self.prompt_tokens + self.completion_tokens,
            "prompt_tokens_details": {"cached_tokens": self.cached_tokens},
        }

    def cached_told(self) -> int:
        """Cached tokens as far as the answer tells of them."""
        return 0 if self.fault in ("no_usage", "wrong_usage") else self.cached_tokens

    def completion(self) -> dict[str, Any]:
        """The whole ``chat.completion`` object."""
        refused = self.finish == "refusal"
        message = {"role": "assistant", "content": None if refused else self.text, "refusal": self.text if refused else None}
        choice = {"index": 0, "message": message, "finish_reason": "stop" if refused else self.finish}
        out: dict[str, Any] = {**self._frame("chat.completion"), "choices": [choice]}
        usage = self.usage()
        if usage is not None:
            out["usage"] = usage
        return out

    def chunk(self, delta: Mapping[str, Any], finish: str | None) -> dict[str, Any]:
        """One ``chat.completion.chunk``."""
        return {**self._frame("chat.completion.chunk"), "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}

    def _frame(self, kind: str) -> dict[str, Any]:
        return {"id": f"chatcmpl-sim-{self.number}", "object": kind, "created": 1_700_000_000, "model": self.model}


class Behaviour:
    """Takes requests in turn. ``count`` counts tokens as the provider charges them (o200k_base)."""

    def __init__(self, script: Script, seed: int) -> None:
        self.script = script
        self.seed = seed
        self.count: TokenCounter = counter(None)
        self.reset()

    def reset(self) -> None:
        """Forget all requests so far."""
        self.number = 0
        self._matched: dict[int, int] = {}
        self._prefixes: set[str] = set()

    def take(self, body: Mapping[str, Any]) -> Turn:
        """The answer to one request body. Raises ``KeyError`` or ``TypeError`` for a body that is no chat request."""
        self.number += 1
        messages = body["messages"]
        request = read_request(messages)
        rule = self._rule(request)
        turn = Turn(self.number, request.purpose, str(body.get("model") or ""), rule.fault if rule else None)
        turn.cap = body.get("max_completion_tokens") or body.get("max_tokens")
        turn.seconds = rule.seconds if rule else 30.0
        if self._lacking(turn, body) or self._failing(turn, rule):
            return turn
        shape = body.get("response_format") or {}
        schema = json.dumps(shape["json_schema"]["schema"], separators=(",", ":")) if "json_schema" in shape else ""
        turn.prompt_tokens = prompt_tokens([str(m["content"]) for m in messages], schema, self.count)
        if self.script.context and turn.prompt_tokens + (turn.cap or 0) > self.script.context:
            return self._too_long(turn)
        if turn.fault in ("html", "error_200"):
            turn.prompt_tokens = 0
            return turn
        turn.cached_tokens = self._cached(str(messages[0]["content"]), schema)
        in_words = "JSON Schema:" in request.prompt
        if turn.fault == "prose" or (self.script.ignores_schema and not in_words):
            turn.text = "Here is what the article says. " + " ".join(line.text for line in request.lines[:3])
        else:
            turn.text = self._words(request, turn)
        self._cut(turn)
        return turn

    def _rule(self, request: Request) -> Rule | None:
        fired = None
        for index, rule in enumerate(self.script.rules):
            if rule.matches(request.purpose, request.prompt):
                self._matched[index] = self._matched.get(index, 0) + 1
                if fired is None and rule.fires(self._matched[index], self.seed):
                    fired = rule
        return fired

    def _lacking(self, turn: Turn, body: Mapping[str, Any]) -> bool:
        kind = (body.get("response_format") or {}).get("type")
        present = {name for name in ("temperature", "max_tokens", "max_completion_tokens", "stream") if name in body}
        present |= {kind} if kind else set()
        for name in sorted(present & self.script.lacks):
            what = f"response_format of type {name}" if name.startswith("json_") else f"parameter: '{name}'"
            hint = " Use 'max_completion_tokens' instead." if name == "max_tokens" else ""
            hint = " Use 'max_tokens' instead." if name == "max_completion_tokens" else hint
            turn.status = 400
            turn.error = {"error": {"message": f"Unsupported {what}.{hint}", "type": "invalid_request_error", "param": name}}
            return True
        return False

    def _failing(self, turn: Turn, rule: Rule | None) -> bool:
        if rule is None or rule.fault not in _STATUSES:
            return False
        turn.status = _STATUSES[rule.fault]
        kinds = {"429": "rate_limit_exceeded", "quota": "insufficient_quota", "401": "invalid_api_key"}
        if rule.fault == "context":
            self._too_long(turn)
            return True
        turn.error = {"error": {"message": f"simulated {rule.fault}", "type": "error", "code": kinds.get(rule.fault)}}
        if rule.retry_after is not None:
            turn.headers["retry-after"] = f"{rule.retry_after:g}"
        return True

    def _too_long(self, turn: Turn) -> Turn:
        message = f"This model's maximum context length is {self.script.context or 0} tokens."
        turn.status = 400
        turn.prompt_tokens = 0
        turn.error = {"error": {"message": message, "type": "invalid_request_error", "code": "context_length_exceeded"}}
        return turn

    def _cached(self, first: str, schema: str) -> int:
        size = self.count(first) + 4 + (self.count(schema) if schema else 0)
        key = hashlib.sha256(f"{first}\0{schema}".encode()).hexdigest()
        seen = key in self._prefixes
        self._prefixes.add(key)
        return size // _CACHE_STEP * _CACHE_STEP if seen and size >= _CACHE_FROM else 0

    def _words(self, request: Request, turn: Turn) -> str:
        answer = write_answer(request, self.seed)
        if self.script.mode == "lies":
            turn.lies = lie(answer, request, self.seed)
        elif self.script.mode == "obeys":
            turn.lies = obey(answer, request)
        return _spoil(answer, turn)

    def _cut(self, turn: Turn) -> None:
        """Cut at the cap, as providers do."""
        if turn.fault in ("refusal", "content_filter"):
            turn.finish = turn.fault
            turn.text = _REFUSED if turn.fault == "refusal" else turn.text[: len(turn.text) // 3]
        encode = self.count._encode
        tokens = encode(turn.text)
        if turn.cap is not None and len(tokens) > turn.cap:
            from service.models.tokens import encoding

            turn.text = encoding(self.count.name).decode(tokens[: turn.cap], errors="ignore")
            turn.finish = "length"
            tokens = encode(turn.text)
        turn.completion_tokens = len(tokens)


_NUMBER = re.compile(r"\d+")


def _spoil(answer: dict[str, Any], turn: Turn) -> str:
    """An answer's text with the scripted fault in it."""
    text = as_text(answer)
    items = answer.get("summary") or answer.get("statements") or []
    if turn.fault == "truncated_json":
        return text[: len(text) * 2 // 3]
    if turn.fault == "wrong_schema":
        return as_text({"title": "A brief", "sentences": [item.get("text") for item in items]})
    if turn.fault == "extra_keys":
        return as_text({**answer, "confidence": 0.97, "notes": {"model": "simulated"}})
    if turn.fault == "unknown_ids":
        for item in items[:1]:
            item["cites"] = ["s9999", "q777"]
    if turn.fault == "invented_quotations":
        for item in items[:1]:
            item["text"] = item["text"].rstrip(".") + ", adding: “We shall paint the moon green by Tuesday.”"
            turn.lies.append(
                {"kind": "quotation", "text": item["text"], "said": "We shall paint the moon green by Tuesday."}
            )
    if turn.fault == "wrong_numbers":
        for item in items:
            changed = _NUMBER.sub(lambda m: str(int(m.group()) + 7), item["text"])
            if changed != item["text"]:
                item["text"] = changed
                turn.lies.append({"kind": "number", "text": changed})
    if turn.fault == "blank":
        return ""
    if turn.fault == "loop_blank":
        return text[: len(text) // 3] + " \n" * 20_000
    if turn.fault == "loop_words":
        return text[: len(text) // 3] + " and then they met again" * 4_000
    return as_text(answer)
