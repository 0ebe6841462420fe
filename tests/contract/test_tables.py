"""Meetings as CSV: what a spreadsheet or a data tool reads back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.cases import own
from evals.tasks.gold_records import brief_of
from service.contract.tables import COLUMNS, csv_head, csv_rows
from service.domain.brief import Brief


@cache
def seeds() -> tuple[Brief, ...]:
    rows = [json.loads(line) for line in own("seeds").read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(brief_of(row["id"], row["article"], row["gold"]["meetings"]) for row in rows)


def table() -> str:
    return csv_head() + "".join(csv_rows(brief.id, brief) for brief in seeds())


def with_title(title: str) -> str:
    brief = seeds()[3]
    return csv_rows("a", replace(brief, meetings=(replace(brief.meetings[0], title=title),)))


def test_one_row_a_meeting_with_all_columns() -> None:
    """Python's own reader finds a row for each record, and its fields under their names."""
    rows = list(csv.DictReader(io.StringIO(table(), newline=""), strict=True))
    assert len(rows) == sum(len(brief.meetings) for brief in seeds())
    assert list(rows[0]) == list(COLUMNS)
    talks = next(row for row in rows if row["meeting"] == "danang-talks")
    assert talks["status"] == "planned"
    assert "cancelled (Sarah Sanders)" in talks["status_claims"]
    assert talks["participants"] == "Donald Trump; Vladimir Putin"
    assert talks["country"] == "Vietnam"


def test_an_analytical_database_reads_it(tmp_path: Path) -> None:
    """DuckDB finds out dialect, header and columns by itself, and counts what Python counts."""
    duckdb = pytest.importorskip("duckdb", reason="duckdb is a development dependency")
    path = tmp_path / "meetings.csv"
    path.write_bytes(table().encode("utf-8"))
    read = duckdb.sql(f"select * from read_csv('{path}')")
    assert tuple(read.columns) == COLUMNS
    happened = duckdb.sql(f"select count(*) from read_csv('{path}') where status = 'happened'").fetchall()
    assert happened == [(sum(one.status == "happened" for brief in seeds() for one in brief.meetings),)]


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "＝", "  =", "\t=", "\r\n="])
def test_no_cell_is_a_formula(lead: str) -> None:
    """A cell that a spreadsheet would run is led by an apostrophe, white space before it or not."""
    row = next(csv.reader([with_title(f"{lead}HYPERLINK(1)")]))
    assert row[COLUMNS.index("title")].startswith("'")


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_any_text_stays_one_line_and_one_cell(title: str) -> None:
    """Quotes, commas, line ends, NUL, lone surrogates: still one line that reads back as one row of the same width."""
    written = with_title(title)
    assert written.endswith("\r\n")
    assert len(written.splitlines()) == 1
    rows = list(csv.reader([written], strict=True))
    assert len(rows) == 1
    assert len(rows[0]) == len(COLUMNS)
    assert not rows[0][COLUMNS.index("title")].startswith(("=", "+", "-", "@"))
    written.encode("utf-8")


def test_doubts_are_in_the_row() -> None:
    """A field whose verdict is not "supported" is named, so that a filter can find it."""
    brief = seeds()[3]
    record = brief.meetings[0]
    assert record.place is not None
    doubted = replace(record, place=replace(record.place, verdict="unsupported"))
    row = next(csv.reader([csv_rows("a", replace(brief, meetings=(doubted,)))]))
    assert row[COLUMNS.index("verdicts")] == "place: unsupported"
