"""What was paid for once is never asked again: across crashes, replays, and processes."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from service.contract.requests import Options
from service.domain.text import Article
from service.errors import BudgetExceeded
from service.models.ledger import Ledger
from service.models.simulated import Script, Simulated
from service.settings import Settings
from service.wiring import build
from tests.reliability.setting import ARTICLE, setting

pytestmark = pytest.mark.loopback

_DRAFT = """
import asyncio, sys
from service.contract.requests import Options
from service.domain.text import Article
from service.settings import Settings
from service.wiring import build
from pathlib import Path
settings = Settings(openai_base_url=sys.argv[1], model="simulated", data_dir=Path(sys.argv[2]), engine="openai",
                    chunk_tokens=64, concurrency=1)
asyncio.run(build(settings).brief(Article(Path(sys.argv[3]).read_text()), Options()))
"""


async def test_a_process_that_is_killed_pays_nothing_twice(tmp_path: Path) -> None:
    """Killed with SIGKILL in the middle of an article, a second process asks only for what had not been answered."""
    (tmp_path / "a.txt").write_text(ARTICLE)
    async with Simulated(Script.of({"rules": [{"fault": "stall", "on": [3], "seconds": 60}]})) as provider:
        command = [sys.executable, "-c", _DRAFT, provider.base_url, str(tmp_path), str(tmp_path / "a.txt")]
        process = await asyncio.create_subprocess_exec(*command, stderr=subprocess.DEVNULL)
        for _ in range(600):
            await asyncio.sleep(0.05)
            if len(provider.log) == 3:
                break
        assert len(provider.log) == 3
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
        second = build(
            Settings(
                openai_base_url=provider.base_url, model="simulated", data_dir=tmp_path, engine="openai", chunk_tokens=64,
                concurrency=1,
            )
        )  # fmt: skip
        brief = await second.brief(Article(ARTICLE), Options())
        assert brief.usage.replayed == 2
        assert brief.usage.calls == len(provider.log) - 3
        assert all(o.outcome in ("ok", "skipped") for o in brief.coverage)


async def test_fresh_asks_anew_and_the_new_answer_stands() -> None:
    """And a replay after that serves the newer one."""
    async with setting() as place:
        await place.draft()
        from service.models.base import Wanted

        fresh = await place.draft(wanted=Wanted(fresh=True))
        assert (fresh.usage.calls, fresh.usage.replayed) == (1, 0)
        assert (await place.draft()).usage.replayed == 1


async def test_a_brief_that_was_made_before_costs_nothing(tmp_path: Path) -> None:
    """The whole service: same article, same options, no call; usage says how many answers were replayed."""
    async with Simulated() as provider:
        settings = Settings(openai_base_url=provider.base_url, model="simulated", data_dir=tmp_path, engine="openai")
        first = await build(settings).brief(Article(ARTICLE), Options())
        second = await build(settings).brief(Article(ARTICLE), Options())
        assert (first.usage.calls, second.usage.calls) == (1, 0)
        assert second.usage.replayed >= 1
        assert second.usage.input_tokens == second.usage.output_tokens == 0
        assert [s.text for s in second.summary] == [s.text for s in first.summary]
        assert (await build(settings).brief(Article(ARTICLE), Options(length="long"))).usage.calls == 1


async def test_a_budget_is_kept_by_the_whole_service(tmp_path: Path) -> None:
    """No call goes out that could pass it; with a fallback the brief is written all the same, and labelled."""
    async with Simulated() as provider:
        settings = Settings(
            openai_base_url=provider.base_url, model="simulated", data_dir=tmp_path, engine="openai",
            budget_tokens_per_request=500,
        )  # fmt: skip
        with pytest.raises(BudgetExceeded):
            await build(settings).brief(Article(ARTICLE), Options())
        brief = await build(settings).brief(Article(ARTICLE), Options(fallback="extractive"))
        assert brief.engine.fell_back
        assert brief.engine.name == "extractive"
        assert not provider.log


async def test_what_a_failed_model_cost_is_in_the_brief_of_the_one_that_stood_in(tmp_path: Path) -> None:
    """Falling back does not hide the bill."""
    async with Simulated(Script.of({"rules": [{"fault": "reset_before"}]})) as provider:
        settings = Settings(
            openai_base_url=provider.base_url, model="simulated", data_dir=tmp_path, engine="openai", attempts=2
        )
        brief = await build(settings).brief(Article(ARTICLE), Options(fallback="extractive"))
        assert brief.engine.fell_back
        assert brief.usage.calls == brief.usage.failed_calls == len(provider.log) == 2
        assert brief.usage.input_tokens == sum(e.prompt_tokens for e in provider.log) > 0
        assert any(w.code == "fell_back" for w in brief.warnings)


def test_the_ledger_is_one_small_file(tmp_path: Path) -> None:
    """Answers, spending and lessons; nothing else is written beside it but SQLite's own journal."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.spend(5, 0.1)
    ledger.close()
    assert {p.name for p in tmp_path.iterdir()} == {"ledger.sqlite"}
