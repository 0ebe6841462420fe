"""The fault matrix: every fault × whole, streamed and batch; outcome, attempts, usage and ledger are asserted."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from service.contract.requests import Options
from service.domain.brief import Usage
from service.domain.text import Article
from service.errors import (
    ModelContextExceeded,
    ModelError,
    ModelOutputInvalid,
    ModelRateLimited,
    ModelRefused,
    ModelRejected,
    ModelTimeout,
    ModelUnreachable,
)
from service.models.base import Drafted
from service.models.simulated import Script, Simulated
from service.settings import Settings
from service.wiring import build
from tests.reliability.setting import ARTICLE, Setting, setting

pytestmark = pytest.mark.loopback

MODES = ("whole", "streamed", "batch")

#: (fault, further keys of the rule) → what a fault on the first call leads to: outcome, attempts; the second answers.
RECOVERS: list[tuple[str, dict[str, Any], str, int]] = [
    ("429", {"retry_after": 0.05}, "ok", 2),
    ("429", {}, "ok", 2),
    ("500", {}, "ok", 2),
    ("502", {}, "ok", 2),
    ("503", {"retry_after": 0.02}, "ok", 2),
    ("reset_before", {}, "ok", 2),
    ("reset_middle", {}, "ok", 2),
    ("html", {}, "ok", 2),
    ("error_200", {}, "ok", 2),
    ("reset_after", {}, "ok", 1),
    ("drip", {"seconds": 0.3}, "ok", 1),
    ("wrong_usage", {}, "ok", 1),
    ("no_usage", {}, "ok", 1),
    ("extra_keys", {}, "ok", 1),
    ("wrong_numbers", {}, "ok", 2),  # not in the sentences cited
    ("truncated_json", {}, "ok", 2),  # the rest is asked for again
    ("unknown_ids", {}, "ok", 2),
    ("invented_quotations", {}, "ok", 2),
    ("wrong_schema", {}, "ok", 2),  # down the ladder
    ("prose", {}, "ok", 2),
    ("blank", {}, "ok", 2),
    ("loop_blank", {}, "salvaged", 1),
    ("loop_words", {}, "salvaged", 1),
]

#: A fault on every call: the error, attempts, and how many of them the provider took for failed.
FAILS: list[tuple[str, dict[str, Any], type[ModelError], int]] = [
    ("429", {}, ModelRateLimited, 4),
    ("429", {"retry_after": 600}, ModelRateLimited, 1),
    ("quota", {}, ModelRejected, 1),
    ("401", {}, ModelRejected, 1),
    ("500", {}, ModelUnreachable, 4),
    ("502", {}, ModelUnreachable, 4),
    ("503", {}, ModelUnreachable, 4),
    ("reset_before", {}, ModelUnreachable, 4),
    ("reset_middle", {}, ModelUnreachable, 4),
    ("html", {}, ModelOutputInvalid, 4),
    ("error_200", {}, ModelOutputInvalid, 4),
    ("refusal", {}, ModelRefused, 1),
    ("prose", {}, ModelOutputInvalid, 6),  # three rungs, and three again with the error told
    ("blank", {}, ModelOutputInvalid, 6),
    ("wrong_schema", {}, ModelOutputInvalid, 6),
]


async def drafts(place: Setting, mode: str) -> list[Drafted | BaseException]:
    """One article, or three at once."""
    texts = [ARTICLE] if mode != "batch" else [f"{ARTICLE}\nNumber {i} said so.\n" for i in range(3)]
    return await asyncio.gather(*(place.draft(text) for text in texts), return_exceptions=True)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("fault", "more", "outcome", "attempts"), RECOVERS)
async def test_a_passing_fault_is_overcome(fault: str, more: dict[str, Any], outcome: str, attempts: int, mode: str) -> None:
    """A fault on the first call (of each article) costs what it costs, and a draft comes all the same; the provider counts
    the same calls and tokens, and the ledger holds every answer that arrived."""
    if mode == "batch":
        rules = [{"fault": fault, "contains": f"Number {i} said", "first": 1, **more} for i in range(3)]
    else:
        rules = [{"fault": fault, "first": 1, **more}]
    async with setting({"rules": rules}, stream=mode == "streamed") as place:
        drafted = await drafts(place, mode)
        for one in drafted:
            assert isinstance(one, Drafted), repr(one)
            (ledger,) = one.outcomes
            assert (ledger.outcome, ledger.attempts) == (outcome, attempts), ledger
            assert one.usage.calls == attempts
            assert one.draft.summary
        place.agrees(*(one.usage for one in drafted if isinstance(one, Drafted)))
        again = await drafts(place, mode)
        assert all(isinstance(one, Drafted) and one.usage.calls == 0 and one.usage.replayed >= 1 for one in again)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("fault", "more", "error", "attempts"), FAILS)
async def test_a_lasting_fault_ends_in_its_own_error(
    fault: str, more: dict[str, Any], error: type[ModelError], attempts: int, mode: str
) -> None:
    """A fault on every call ends after a bounded number of attempts in an error that says what and carries the cost."""
    async with setting({"rules": [{"fault": fault, **more}]}, stream=mode == "streamed") as place:
        ended = await drafts(place, mode)
        usages = []
        for one in ended:
            assert type(one) is error, repr(one)
            assert one.attempts == attempts
            assert isinstance(one.usage, Usage)
            assert one.usage.calls == attempts
            usages.append(one.usage)
        place.agrees(*usages)


@pytest.mark.parametrize("mode", MODES)
async def test_what_came_before_a_content_filter_is_kept_and_the_filter_is_told(mode: str) -> None:
    """Whole statements are salvaged, and the coverage ledger says why there are no more."""
    async with setting({"rules": [{"fault": "content_filter"}]}, stream=mode == "streamed") as place:
        drafted = await drafts(place, mode)
        for one in drafted:
            assert isinstance(one, Drafted)
            assert one.outcomes[0].outcome == "salvaged"
            assert "content filter" in str(one.outcomes[0].detail)
        place.agrees(*(one.usage for one in drafted if isinstance(one, Drafted)))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("fault", ["stall", "drip"])
async def test_a_server_that_hangs_is_given_up_at_the_deadline(fault: str, mode: str) -> None:
    """The deadline of a call holds, the connection is closed (the provider sees it), and the prompt is counted."""
    async with setting({"rules": [{"fault": fault, "seconds": 30}]}, stream=mode == "streamed", deadline=0.4) as place:
        (first, *_) = await drafts(place, mode)
        assert isinstance(first, ModelTimeout)
        assert isinstance(first.usage, Usage)
        assert first.usage.calls == first.usage.failed_calls == 1
        assert first.usage.input_tokens == place.provider.log[0].prompt_tokens
        assert first.usage.seconds < 2
        if fault == "stall":
            await asyncio.sleep(0.2)
            assert all(entry.gone for entry in place.provider.log)


@pytest.mark.parametrize("mode", ["whole", "streamed"])
async def test_the_token_limit_raises_the_cap_and_then_splits(mode: str) -> None:
    """An article whose answer is cut off twice is halved, and every half is in the ledger of coverage."""
    script = {"rules": [{"fault": "context", "on": [1]}]}
    async with setting(script, stream=mode == "streamed") as place:
        drafted = await place.draft()
        assert [(o.chunk, o.outcome) for o in drafted.outcomes] == [("c1", "split"), ("c1a", "ok"), ("c1b", "ok")]
        whole, first, second = (o.span for o in drafted.outcomes)
        assert (whole.start, whole.end) == (first.start, second.end)
        assert first.end == second.start
        place.agrees(drafted.usage)


async def test_a_context_too_small_for_anything_fails_and_says_so() -> None:
    """Halving ends."""
    async with setting({"context": 900}) as place:
        with pytest.raises(ModelContextExceeded):
            await place.draft()
        assert len(place.provider.log) <= 7


async def test_cancelling_closes_the_connection() -> None:
    """Whoever goes away takes the call along; nothing runs on."""
    async with setting({"latency": 20}) as place:
        task = asyncio.create_task(place.draft())
        for _ in range(200):
            await asyncio.sleep(0.05)
            if place.provider.log:
                break
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.sleep(0.2)
        assert place.provider.log[0].gone


async def test_a_long_article_stays_inside_a_small_context(tmp_path: Path) -> None:
    """The whole service on a model of 4,096 tokens: no request is over it, every chunk is in the ledger, the chunks tile the
    article, and the summary has the length asked for."""
    text = "\n\n".join(ARTICLE.replace("Berg", f"Berg{n}").replace("14", str(30 + n)) for n in range(12))
    async with Simulated(Script.of({"context": 4096})) as provider:
        settings = Settings(
            openai_base_url=provider.base_url, model="simulated", data_dir=tmp_path, engine="openai", context_tokens=4096
        )
        brief = await build(settings).brief(Article(text), Options(length="short"))
        assert all(entry.status == 200 for entry in provider.log)
        assert len(brief.coverage) > 3
        assert {o.outcome for o in brief.coverage} == {"ok"}
        assert brief.coverage[0].span.start == 0
        assert brief.coverage[-1].span.end == len(text)
        assert all(a.span.end == b.span.start for a, b in pairwise(brief.coverage))
        assert 1 <= len(brief.summary) <= 3
        assert brief.usage.calls == len(provider.log)
        assert brief.usage.input_tokens == provider.totals()["prompt_tokens"]
