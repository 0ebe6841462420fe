"""One question to a model, from the ladder of structured outputs down to single attempts.

    complete → ladder (json_schema → json_object → text) → ledger → attempts (limits, budget, retries with jitter) → wire

Every loop is bounded: three rungs, ``attempts`` a rung, one lesson for each thing that can be learnt. Every attempt is
counted, failed ones too.
"""

from __future__ import annotations

import asyncio
import json
import random
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from service.domain.brief import Usage
from service.errors import BudgetExceeded, ModelError, ModelRateLimited, ModelTimeout
from service.models.answers import heeds
from service.models.base import Completion, CompletionRequest
from service.models.capabilities import RUNGS, THINKING_ROOM, Capabilities, from_json, known_of, learn, to_json
from service.models.ledger import Answer, Ledger, request_key
from service.models.limits import Budget, Limiter
from service.models.pricing import PriceTable
from service.models.tokens import counter, prompt_tokens
from service.models.wire import Reply, Wire, WireFault

_SCHEMA_IN_WORDS = "Answer with one JSON object and nothing else, by this JSON Schema:\n"
#: Lessons that one call may learn: a rung down twice, cap name, temperature, stream usage.
_LESSONS = 6
_POLL = 0.02


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long. ``attempts``: most at one request; ``base`` and ``most``: seconds of the full-jitter back-off
    (a random time up to ``base`` doubled each time, at most ``most``)."""

    attempts: int = 4
    base: float = 0.5
    most: float = 20.0


@dataclass
class Server:
    """What all calls to one server share: the wire, the limits, the ledger, the prices and what was learnt."""

    wire: Wire
    ledger: Ledger
    limiter: Limiter = field(default_factory=Limiter)
    prices: PriceTable = field(default_factory=lambda: PriceTable("", {}))
    patience: Patience = field(default_factory=Patience)
    lock: threading.Lock = field(default_factory=threading.Lock)
    misses: dict[str, int] = field(default_factory=dict)
    asking: set[str] = field(default_factory=set)

    @asynccontextmanager
    async def alone(self, key: str) -> AsyncIterator[None]:
        """One at a time for one request: who asks the same meanwhile waits, and then finds the answer in the ledger."""
        while True:
            with self.lock:
                if key not in self.asking:
                    self.asking.add(key)
                    break
            await asyncio.sleep(_POLL)
        try:
            yield
        finally:
            with self.lock:
                self.asking.discard(key)

    def known(self, model: str) -> Capabilities:
        """What is known of a model here."""
        kept = self.ledger.recall(self.wire.endpoint, model)
        return (from_json(kept) if kept else None) or known_of(model)

    def learnt(self, model: str, known: Capabilities) -> None:
        """Keep it."""
        self.ledger.remember(self.wire.endpoint, model, to_json(known))


@dataclass
class Tally:
    """What a call has cost so far."""

    usage: Usage = field(default_factory=Usage)
    attempts: int = 0


class ServedModel:
    """A ``ChatModel`` on a server, for one request of a user (whose budget and deadline it keeps).

    ``until``: the time (``time.monotonic``) by which all calls of the request must be done; ``keep`` False: answers are not
    put in the ledger (what was spent still is).
    """

    def __init__(
        self, server: Server, model: str, budget: Budget | None = None, until: float | None = None, keep: bool = True
    ) -> None:
        self._keep = keep
        self._server = server
        self._model = model
        self._budget = budget or Budget(server.ledger)
        self._until = until
        self._count = counter(model)

    @property
    def model(self) -> str:
        """The model's name as the server knows it."""
        return self._model

    @property
    def endpoint(self) -> str:
        """Host and port."""
        return self._server.wire.endpoint

    async def complete(self, request: CompletionRequest) -> Completion:
        """Ask, by whichever rung works. Raises ``ModelError`` and ``BudgetExceeded``, with attempts and usage on them."""
        started = time.monotonic()
        seconds = request.deadline if self._until is None else min(request.deadline, self._until - started)
        tally = Tally()
        try:
            if seconds <= 0:
                raise ModelTimeout("the time for this request is used up")
            try:
                async with asyncio.timeout(seconds):
                    answer, replayed = await self._ladder(request, tally, started + seconds)
            except TimeoutError as error:
                raise ModelTimeout(f"no answer from {self.endpoint} within {seconds:.0f} s") from error
        except (ModelError, BudgetExceeded) as error:
            error.attempts = tally.attempts
            error.usage = replace(tally.usage, seconds=time.monotonic() - started)
            raise
        usage = replace(tally.usage, seconds=time.monotonic() - started)
        return Completion(answer.text, answer.finish, answer.refusal, usage, tally.attempts, replayed)

    async def _ladder(self, request: CompletionRequest, tally: Tally, until: float) -> tuple[Answer, bool]:
        known = self._server.known(self._model)
        answer, replayed, known = await self._learning(request, known, tally, until)
        if answer.finish != "stop" or heeds(answer.text, request.schema):
            return answer, replayed
        for rung in RUNGS[RUNGS.index(known.rung) + 1 :]:
            lower = replace(known, rung=rung)
            try:
                second, again, lower = await self._learning(request, lower, tally, until)
            except ModelError:
                return answer, replayed
            if second.finish != "stop" or heeds(second.text, request.schema):
                self._ignored(known, lower)
                return second, replayed and again
        return answer, replayed

    def _ignored(self, known: Capabilities, lower: Capabilities) -> None:
        """The server ignored the schema where a lower rung worked: remembered from the second time on, since once may
        be the model's whim."""
        key = f"{self._model}:{known.rung}"
        with self._server.lock:
            self._server.misses[key] = self._server.misses.get(key, 0) + 1
            sure = self._server.misses[key] >= 2
        if sure:
            self._server.learnt(self._model, lower)

    async def _learning(
        self, request: CompletionRequest, known: Capabilities, tally: Tally, until: float
    ) -> tuple[Answer, bool, Capabilities]:
        """An answer by one rung, or by a lower one where the server says that it doesn't take it."""
        for _ in range(_LESSONS):
            try:
                answer, replayed = await self._from_ledger_or_wire(request, known, tally, until)
                return answer, replayed, known
            except WireFault as fault:
                lesson = learn(known, fault.complaint) if fault.complaint else None
                if lesson is None:
                    raise fault.error from fault
                known = lesson
                self._server.learnt(self._model, known)
        raise ModelError(f"{self.endpoint} takes no form of this request")

    async def _from_ledger_or_wire(
        self, request: CompletionRequest, known: Capabilities, tally: Tally, until: float
    ) -> tuple[Answer, bool]:
        body, extra = _body(self._model, request, known)
        key = request_key(self.endpoint, body)
        async with self._server.alone(key):
            if not request.fresh:
                kept = self._server.ledger.get(key)
                if kept is not None:
                    tally.usage += Usage(replayed=1)
                    return kept, True
            asked = prompt_tokens([m["content"] for m in body["messages"]], extra, self._count)
            cap = int(body[known.cap_name])
            reply, usage = await self._attempts(body, (asked, cap), tally, until)
            answer = Answer(reply.text, reply.finish, reply.refusal, usage)
            if self._keep:
                self._server.ledger.put(key, answer, (self._model, self.endpoint, request.purpose))
            return answer, False

    async def _attempts(
        self, body: Mapping[str, Any], size: tuple[int, int], tally: Tally, until: float
    ) -> tuple[Reply, Usage]:
        """Attempts at one request until one brings an answer. ``size``: (prompt tokens, cap). Raises ``WireFault``."""
        server, patience = self._server, self._server.patience
        worst = size[0] + size[1]
        for attempt in range(1, patience.attempts + 1):
            reserved = (worst, server.prices.cost(self._model, size[0], 0, size[1]))
            self._budget.check(*reserved)
            spent = Usage()
            try:
                async with server.limiter.slot(worst):
                    spent, reply, fault = await self._attempt(body, size, tally, until)
            finally:
                used = spent.input_tokens + spent.output_tokens
                self._budget.book(reserved, used, spent.cost_usd)
                server.limiter.settle(worst, used)
            if reply is not None:
                return reply, spent
            assert fault is not None
            if not fault.retry or attempt == patience.attempts:
                raise fault
            pause = random.uniform(0, min(patience.most, patience.base * 2 ** (attempt - 1)))
            if fault.after is not None:
                pause += fault.after
                server.limiter.hold(fault.after)
            if time.monotonic() + pause >= until:
                if isinstance(fault.error, ModelRateLimited):
                    raise fault
                raise WireFault(ModelTimeout(f"{fault.error.detail} (no time is left for another attempt)"), retry=False)
            await asyncio.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    async def _attempt(
        self, body: Mapping[str, Any], size: tuple[int, int], tally: Tally, until: float
    ) -> tuple[Usage, Reply | None, WireFault | None]:
        """One attempt, counted whatever becomes of it: what it cost, and the answer or what went wrong."""
        tally.attempts += 1
        try:
            reply = await self._server.wire.send(body, max(0.1, until - time.monotonic()))
        except WireFault as fault:
            self._server.limiter.heed(fault.headers)
            spent = Usage(calls=1, failed_calls=1)
            if fault.charged == "prompt":
                spent += self._priced(size[0], 0, self._count(fault.arrived) if fault.arrived else 0, 0)
            tally.usage += spent
            return spent, None, fault
        except asyncio.CancelledError:  # the deadline, or the user went away: the prompt was sent and will be charged
            spent = Usage(calls=1, failed_calls=1) + self._priced(size[0], 0, 0, 0)
            tally.usage += spent
            self._budget.ledger.spend(spent.input_tokens, spent.cost_usd or 0.0)
            raise
        self._server.limiter.heed(reply.headers)
        spent = Usage(calls=1) + self._priced(*_reported(reply, size, self._count))
        tally.usage += spent
        return spent, reply, None

    def _priced(self, asked: int, cached: int, answered: int, thought: int) -> Usage:
        return Usage(
            input_tokens=asked,
            cached_input_tokens=cached,
            output_tokens=answered,
            reasoning_tokens=thought,
            cost_usd=self._server.prices.cost(self._model, asked, cached, answered),
        )


def _body(model: str, request: CompletionRequest, known: Capabilities) -> tuple[dict[str, Any], str]:
    """The request as sent, and what of it beside the messages costs tokens (the schema)."""
    messages = [{"role": m.role, "content": m.content} for m in request.messages]
    body: dict[str, Any] = {"model": model, "messages": messages}
    schema = json.dumps(request.schema, separators=(",", ":"))
    extra = ""
    if known.rung == "json_schema":
        shape = {"name": request.schema_name, "strict": True, "schema": request.schema}
        body["response_format"] = {"type": "json_schema", "json_schema": shape}
        extra = schema
    else:
        first = messages[0]
        messages[0] = {"role": first["role"], "content": f"{first['content']}\n\n{_SCHEMA_IN_WORDS}{schema}"}
        if known.rung == "json_object":
            body["response_format"] = {"type": "json_object"}
    body[known.cap_name] = request.max_tokens + (THINKING_ROOM if known.thinks else 0)
    if known.temperature:
        body["temperature"] = 0
    return body, extra


def _reported(reply: Reply, size: tuple[int, int], count: Callable[[str], int]) -> tuple[int, int, int, int]:
    """(prompt, cached, answer, reasoning) tokens: the server's own figures where they can be true, else our count.

    A prompt is believed within a factor of three of our count (tokenisers differ), an answer from a third of what we
    read up to the cap that we set (reasoning is not to be read).
    """
    own = count(reply.text)
    usage = reply.usage or {}
    asked, answered = _number(usage, "prompt_tokens"), _number(usage, "completion_tokens")
    if asked is None or not size[0] / 3 - 50 <= asked <= size[0] * 3 + 200:
        asked = size[0]
    if answered is None or not own / 3 - 20 <= answered <= max(size[1], own) + 20:
        answered = own
    cached = _number(_part(usage, "prompt_tokens_details"), "cached_tokens") or 0
    thought = _number(_part(usage, "completion_tokens_details"), "reasoning_tokens") or 0
    return asked, min(cached, asked), answered, min(thought, answered)


def _part(usage: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = usage.get(name)
    return part if isinstance(part, Mapping) else {}


def _number(usage: Mapping[str, Any], name: str) -> int | None:
    value = usage.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
