"""``readout meetings --format csv``: a row a meeting on standard output; what fails is said on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, BinaryIO

from service.cli.bulk import Tally, run_lines
from service.cli.ending import complain
from service.contract.tables import csv_head, csv_rows
from service.domain.brief import Brief

#: A line's values to its brief.
Briefed = Callable[[Mapping[str, Any]], Awaitable[Brief]]


def write_head() -> None:
    """The line of column names."""
    _write(csv_head())


def write_rows(article: str, brief: Brief) -> None:
    """The rows of one article's meetings."""
    _write(csv_rows(article, brief))


async def write_lines(
    source: BinaryIO, brief: Briefed, concurrency: int, on_line: Callable[[Tally], None] | None = None
) -> Tally:
    """Every line of ``source``, briefed by ``brief``; its meetings as rows in input order, its failure as a complaint."""

    async def work(values: Mapping[str, Any]) -> Mapping[str, Any]:
        made = await brief(values)
        name = values.get("id")
        return {"rows": csv_rows("" if name is None else str(name), made)}

    def write(answer: str) -> None:
        values = json.loads(answer)
        if "error" in values:
            name = f"{values['id']}: " if values["id"] is not None else ""  # without an id the detail names the line
            complain(f"{name}{values['error']['detail']} ({values['error']['code']})")
        else:
            _write(values["rows"])

    return await run_lines(source, work, write, concurrency, on_line)


def _write(text: str) -> None:
    """UTF-8 whatever the locale, line ends as they are."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
