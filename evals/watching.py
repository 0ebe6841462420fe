"""The progress bar, on stderr, with the running cost."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from evals.run import Progress, Watcher


@contextmanager
def watching(label: str) -> Iterator[Watcher]:
    """A bar where stderr is a terminal, else a line now and then. Yields what is to be called with the progress."""
    if not sys.stderr.isatty():
        yield _lines(label)
        return
    bar = Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[cost]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    with bar:
        line = bar.add_task(label, total=None, cost="")
        yield lambda p: bar.update(line, completed=p.done, total=p.total, cost=spent(p))


def _lines(label: str) -> Watcher:
    told = [time.monotonic()]

    def tell(progress: Progress) -> None:
        if progress.done == progress.total or time.monotonic() - told[0] > 15:
            told[0] = time.monotonic()
            sys.stderr.write(f"{label}: {progress.done}/{progress.total} cases{spent(progress)}\n")

    return tell


def spent(progress: Progress) -> str:
    """The running cost and what went wrong, in a few words; nothing where nothing was asked."""
    words = ""
    if progress.calls or progress.replayed:
        cost = "price not known" if progress.cost_usd is None else f"${progress.cost_usd:.4f}"
        words = f" {progress.calls} calls, {progress.replayed} replayed, {cost}"
    return words + (f" {progress.failed} failed" if progress.failed else "")
