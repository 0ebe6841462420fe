"""What the harness's tests share: a task, cases and a maker of briefs that counts."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from evals import run as running
from evals.base import Task
from evals.cases import FOLDER
from evals.plan import Plan, Selection, plan
from evals.run import Progress, Terms
from evals.system import Combination, Maker, wired
from service.contract.requests import Options
from service.domain.brief import Brief
from service.domain.dossier import Dossier
from service.domain.text import Article

EXTRACTIVE = Combination("extractive")
CASES = FOLDER


class Counting:
    """Makes real briefs with the embedded engine, counts them, and fails or stops where it is told to."""

    def __init__(self, stop_after: int | None = None, error: Exception | None = None) -> None:
        self.asked: list[str] = []
        self._inner = wired(EXTRACTIVE)
        self._stop_after = stop_after
        self._error = error

    async def brief(self, article: Article, options: Options) -> Brief:
        """One brief."""
        if self._error is not None:
            raise self._error
        if self._stop_after is not None and len(self.asked) >= self._stop_after:
            raise KeyboardInterrupt
        self.asked.append(article.text)
        return await self._inner.brief(article, options)

    async def dossier(self, briefs: Sequence[Brief]) -> Dossier:
        """Briefs merged."""
        return await self._inner.dossier(briefs)


def small_plan(*tasks: str, limit: int | None = 3) -> Plan:
    """A few cases of our own."""
    return plan(Selection(tasks or ("cost",), "all", None, limit))


def run(out: Path, maker: Maker, chosen: Plan, name: str = "run", **terms: object) -> tuple[Path, Progress]:
    """A run in ``out``, as the command makes it."""
    wanted = Terms(**terms)  # type: ignore[arg-type]
    path, _ = running.open_run(out, name, EXTRACTIVE, chosen, wanted)
    progress = asyncio.run(running.execute(path, EXTRACTIVE, maker, chosen, wanted, lambda _: None))
    return path, progress


__all__ = ["CASES", "EXTRACTIVE", "Counting", "Task", "run", "small_plan"]
