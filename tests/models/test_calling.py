"""Asking a model: the ladder and what is learnt, the ledger, limits, budgets, and figures that are exact."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from service.domain.brief import Usage
from service.errors import BudgetExceeded, ConfigurationError, ModelOutputInvalid, ModelRateLimited, ModelTimeout
from service.models.answers import heeds, loops
from service.models.base import CompletionRequest, Message
from service.models.calling import Patience, ServedModel, Server
from service.models.capabilities import Capabilities, known_of, learn
from service.models.ledger import Answer, Ledger, request_key
from service.models.limits import Budget, Limiter, seconds_of
from service.models.pricing import Price, PriceTable, load_prices
from service.models.wire import Reply, WireFault

SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}
GOOD = '{"a":"b"}'
USAGE = {"prompt_tokens": 40, "completion_tokens": 5, "prompt_tokens_details": {"cached_tokens": 8}}


class Scripted:
    """A wire that answers from a list; an exception in it is raised."""

    endpoint = "model.test"

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.bodies: list[dict[str, Any]] = []

    async def send(self, body: Any, seconds: float) -> Reply:
        """The next answer."""
        self.bodies.append(body)
        await asyncio.sleep(0.005)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if callable(answer):
            answer = answer(body)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Reply):
            return answer
        return Reply(answer, "stop", None, USAGE, {})


def served(wire: Any, model: str = "local", budget: Budget | None = None, **more: Any) -> ServedModel:
    """A model on a scripted wire."""
    more.setdefault("ledger", Ledger(None))
    more.setdefault("patience", Patience(base=0.001, most=0.002))
    return ServedModel(Server(wire, **more), model, budget)


def request(text: str = "hello", fresh: bool = False, deadline: float = 5.0) -> CompletionRequest:
    """A question."""
    return CompletionRequest(
        (Message("system", "be brief"), Message("user", text)), "x", SCHEMA, 50, "x@1:0", deadline, fresh
    )


def complaint(words: str) -> WireFault:
    """A server that does not take a request."""
    return WireFault(ModelOutputInvalid(words), retry=False, complaint=words)


async def test_the_ladder_goes_down_where_a_server_says_so_and_remembers() -> None:
    """A server without json_schema gets json_object with the schema in words, at once the next time."""
    wire = Scripted(complaint("response_format json_schema is not supported"), GOOD)
    model = served(wire)
    first = await model.complete(request())
    assert first.text == GOOD
    assert (first.attempts, first.usage.calls, first.usage.failed_calls) == (2, 2, 1)
    assert wire.bodies[0]["response_format"]["json_schema"]["strict"] is True
    assert wire.bodies[1]["response_format"] == {"type": "json_object"}
    assert "JSON Schema" in wire.bodies[1]["messages"][0]["content"]
    await model.complete(request("again"))
    assert wire.bodies[2]["response_format"] == {"type": "json_object"}


async def test_a_server_that_ignores_the_schema_in_silence_is_noticed() -> None:
    """Prose where the schema is only sent beside the prompt: the rung below is tried, and remembered once it is sure."""
    wire = Scripted(lambda body: GOOD if "JSON Schema" in body["messages"][0]["content"] else "I think that b.")
    model = served(wire)
    assert [(await model.complete(request(str(i)))).text for i in range(3)] == [GOOD] * 3
    assert [(b.get("response_format") or {}).get("type") for b in wire.bodies] == [
        "json_schema", "json_object", "json_schema", "json_object", "json_object",
    ]  # fmt: skip


async def test_a_model_that_never_heeds_the_schema_ends_the_ladder() -> None:
    """Three rungs and no more; the answer is handed up for what can be salvaged."""
    wire = Scripted("prose")
    completion = await served(wire).complete(request())
    assert completion.text == "prose"
    assert len(wire.bodies) == completion.usage.calls == 3


async def test_the_name_of_the_cap_and_the_temperature_are_learnt() -> None:
    """Two refusals, two lessons, and the next request is right at once."""
    wire = Scripted(
        complaint("Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead."),
        complaint("Unsupported value: 'temperature' does not support 0"),
        GOOD,
    )
    model = served(wire)
    await model.complete(request())
    assert "max_completion_tokens" in wire.bodies[2]
    assert "temperature" not in wire.bodies[2]
    await model.complete(request("next"))
    assert len(wire.bodies) == 4


def test_the_table_knows_reasoning_models() -> None:
    """They take no temperature, and their thoughts count against the cap."""
    assert (
        known_of("gpt-5-mini")
        == known_of("openai/o4-mini")
        == Capabilities("json_schema", "max_completion_tokens", False, True)
    )
    assert known_of("gpt-4o").temperature
    assert known_of("qwen3-8b").cap_name == "max_tokens"
    assert learn(Capabilities(rung="text"), "response_format") is None
    assert learn(Capabilities(), "the moon is full") is None


async def test_what_was_answered_is_never_asked_again(tmp_path: Path) -> None:
    """Across processes that share the file, an answer is served from the ledger: no call, and counted as replayed."""
    wire = Scripted(GOOD)
    first = await served(wire, ledger=Ledger(tmp_path / "l.sqlite")).complete(request())
    second = await served(wire, ledger=Ledger(tmp_path / "l.sqlite")).complete(request())
    assert (first.replayed, second.replayed) == (False, True)
    assert second.text == first.text
    assert second.usage == Usage(replayed=1, seconds=second.usage.seconds)
    assert len(wire.bodies) == 1
    fresh = await served(wire, ledger=Ledger(tmp_path / "l.sqlite")).complete(request(fresh=True))
    assert fresh.usage.calls == 1
    other = await served(wire, ledger=Ledger(tmp_path / "l.sqlite")).complete(request("another"))
    assert other.usage.calls == 1


async def test_nothing_is_kept_of_a_request_that_wants_nothing_kept(tmp_path: Path) -> None:
    """Not the answer; what it cost still counts for the day."""
    ledger = Ledger(tmp_path / "l.sqlite")
    wire = Scripted('{"a":"a secret"}')
    for _ in range(2):
        done = await ServedModel(Server(wire, ledger), "local", keep=False).complete(request("the article"))
        assert done.usage.calls == 1
    assert ledger.spent_today()[0] == 90
    ledger.close()
    assert b"secret" not in (tmp_path / "l.sqlite").read_bytes()


async def test_an_answer_that_can_not_be_used_is_kept_as_well() -> None:
    """It was paid for: a replay walks the same ladder without a call."""
    wire = Scripted("prose")
    model = served(wire)
    await model.complete(request())
    again = await model.complete(request())
    assert (again.usage.calls, again.usage.replayed) == (0, 3)


async def test_the_same_question_asked_twice_at_once_is_one_call() -> None:
    """Two articles alike in a batch cost one."""
    wire = Scripted(GOOD)
    model = served(wire)
    both = await asyncio.gather(model.complete(request()), model.complete(request()))
    assert len(wire.bodies) == 1
    assert sorted(c.usage.calls for c in both) == [0, 1]


def test_a_request_has_one_name() -> None:
    """The key does not depend on the order of members, and does on server and body."""
    assert request_key("h", {"a": 1, "b": 2}) == request_key("h", {"b": 2, "a": 1})
    assert len({request_key("h", {"a": 1}), request_key("g", {"a": 1}), request_key("h", {"a": 2})}) == 3


def test_the_ledger_survives_odd_text(tmp_path: Path) -> None:
    """Lone surrogates and NULs in an answer do not break it."""
    ledger = Ledger(tmp_path / "deep" / "l.sqlite")
    ledger.put("k", Answer("a\ud83d\x00b", "stop", None, Usage(calls=1)), ("m", "h", "p"))
    kept = ledger.get("k")
    assert kept is not None
    assert kept.text.startswith("a")
    assert kept.usage.calls == 1
    ledger.close()
    (tmp_path / "not").write_text("a file")
    with pytest.raises(ConfigurationError, match="can't be opened"):
        Ledger(tmp_path / "not" / "l.sqlite")


async def test_usage_is_the_servers_where_it_can_be_true_and_ours_where_not() -> None:
    """Wild figures are not believed, missing ones are counted; cached tokens and reasoning are read."""
    for usage in (
        None,
        {},
        {"prompt_tokens": 10**9, "completion_tokens": -5},
        {"prompt_tokens": "many"},
        {"prompt_tokens": True},
    ):
        done = await served(Scripted(Reply(GOOD, "stop", None, usage, {}))).complete(request())
        assert 20 <= done.usage.input_tokens <= 80
        assert 3 <= done.usage.output_tokens <= 8
    thought = {**USAGE, "completion_tokens": 45, "completion_tokens_details": {"reasoning_tokens": 40}}
    done = await served(Scripted(Reply(GOOD, "stop", None, thought, {}))).complete(request())
    assert (done.usage.input_tokens, done.usage.cached_input_tokens) == (40, 8)
    assert (done.usage.output_tokens, done.usage.reasoning_tokens) == (45, 40)


async def test_retry_after_longer_than_the_deadline_is_told_not_waited_for() -> None:
    """The caller learns how long to wait, at once."""
    fault = WireFault(ModelRateLimited("wait", 60.0), retry=True, after=60.0)
    started = time.monotonic()
    with pytest.raises(ModelRateLimited) as caught:
        await served(Scripted(fault)).complete(request(deadline=1.0))
    assert time.monotonic() - started < 0.5
    assert caught.value.retry_after == 60.0


async def test_a_request_has_one_deadline_for_all_its_calls() -> None:
    """A model made for a request that is over asks nothing more."""
    wire = Scripted(GOOD)
    model = ServedModel(Server(wire, Ledger(None)), "local", until=time.monotonic() - 1)
    with pytest.raises(ModelTimeout):
        await model.complete(request())
    assert not wire.bodies


async def test_budgets_hold_before_the_call() -> None:
    """Tokens or money, of a request or a day: the call that could pass the limit is not made."""
    prices = PriceTable("2026-01-01", {"local": Price(1.0, 0.1, 10.0)})
    for limit in ({"request_tokens": 60}, {"request_usd": 1e-5}, {"day_tokens": 60}, {"day_usd": 1e-5}):
        wire, ledger = Scripted(GOOD), Ledger(None)
        with pytest.raises(BudgetExceeded):
            await served(wire, ledger=ledger, budget=Budget(ledger, **limit), prices=prices).complete(request())  # type: ignore[arg-type]
        assert not wire.bodies


async def test_a_days_budget_is_shared_and_counts_what_was_spent(tmp_path: Path) -> None:
    """Two processes draw on the same day; a replayed answer costs nothing."""
    ledger = Ledger(tmp_path / "l.sqlite")
    for text in ("a", "b"):
        await served(Scripted(GOOD), ledger=ledger, budget=Budget(ledger, day_tokens=190)).complete(request(text))
    assert ledger.spent_today() == (90, 0.0)
    other = Ledger(tmp_path / "l.sqlite")
    await served(Scripted(GOOD), ledger=other, budget=Budget(other, day_tokens=190)).complete(request("a"))
    with pytest.raises(BudgetExceeded, match="190 tokens for a day"):
        await served(Scripted(GOOD), ledger=other, budget=Budget(other, day_tokens=190)).complete(request("long " * 100))


async def test_money_can_not_be_budgeted_without_a_price() -> None:
    """An unknown price is not 0."""
    ledger = Ledger(None)
    with pytest.raises(BudgetExceeded, match="no price"):
        await served(Scripted(GOOD), ledger=ledger, budget=Budget(ledger, request_usd=5.0)).complete(request())


async def test_cost_is_known_or_null() -> None:
    """A known model costs what the table says, cached tokens at their own price; an unknown one costs null."""
    prices = PriceTable("2026-01-01", {"local": Price(1.0, 0.1, 10.0)})
    known = await served(Scripted(GOOD), prices=prices).complete(request())
    assert known.usage.cost_usd == pytest.approx((32 * 1.0 + 8 * 0.1 + 5 * 10.0) / 1e6)
    assert (await served(Scripted(GOOD), model="other", prices=prices).complete(request())).usage.cost_usd is None


def test_the_price_table_can_be_replaced(tmp_path: Path) -> None:
    """A dated snapshot has its model's price; a table of one's own is read, and its faults are named."""
    carried = load_prices()
    assert carried.date
    assert carried.price("gpt-5-mini-2026-08-07") == carried.price("gpt-5-mini") is not None
    assert carried.price("no-such-model") is None
    mine = tmp_path / "p.toml"
    mine.write_text('date = "2026-02-02"\n[models."my-model"]\ninput = 1\noutput = 2\n')
    assert load_prices(mine).cost("my-model", 1_000_000, 500_000, 0) == 1.0
    mine.write_text('[models."my-model"]\ninput = 1\n')
    with pytest.raises(ConfigurationError, match="my-model"):
        load_prices(mine)
    with pytest.raises(ConfigurationError, match="can't be read"):
        load_prices(tmp_path / "none.toml")


async def test_limits_hold_calls_back() -> None:
    """Concurrency, requests a minute, tokens a minute and the provider's own headers make calls wait."""
    limiter = Limiter(concurrency=2)
    at_once = most = 0

    async def call() -> None:
        nonlocal at_once, most
        async with limiter.slot(10):
            at_once += 1
            most = max(most, at_once)
            await asyncio.sleep(0.01)
            at_once -= 1

    await asyncio.gather(*(call() for _ in range(6)))
    assert most == 2
    for slow, headers in (
        (Limiter(requests=1), {}),
        (Limiter(tokens=100), {}),
        (Limiter(), {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1m0s"}),
        (Limiter(), {"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "900ms"}),
    ):
        async with slow.slot(90):
            slow.heed(headers)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1), slow.slot(90):
                pass


async def test_a_cancelled_wait_leaves_no_trace() -> None:
    """A place that nobody took is free."""
    limiter = Limiter(concurrency=1)
    async with limiter.slot(1):
        waiting = asyncio.create_task(limiter.slot(1).__aenter__())
        await asyncio.sleep(0.05)
        waiting.cancel()
    async with asyncio.timeout(1), limiter.slot(1):
        pass


@pytest.mark.parametrize(
    ("text", "seconds"), [("20", 20.0), ("6m0s", 360.0), ("120ms", 0.12), ("1h2m", 3720.0), ("soon", None), (None, None)]
)
def test_durations_in_headers_are_read(text: str | None, seconds: float | None) -> None:
    """As providers write them."""
    assert seconds_of(text) == seconds


@pytest.mark.parametrize(
    ("text", "is_loop"),
    [
        ('{"a": 1}' + " " * 300, True),
        ("and then they met again " * 30, True),
        ("x" * 400, True),
        ('{"summary":[{"text":"The council met.","cites":["s1"]},{"text":"It spoke of water.","cites":["s2"]}]}' * 1, False),
        ("[s1] one [s2] two [s3] three " * 2, False),
    ],
)
def test_loops_are_told_from_answers(text: str, is_loop: bool) -> None:
    """White space without end and words over and over, but no honest list."""
    assert loops(text) is is_loop


def test_an_answer_heeds_the_schema_when_it_has_a_member_of_it() -> None:
    """Whole or cut off, but not prose and not members of its own."""
    assert heeds('{"a": "cut', SCHEMA)
    assert not heeds('{"title": 1}', SCHEMA)
    assert not heeds("a, b and c", SCHEMA)
