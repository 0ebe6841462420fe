"""JSONL in bulk: in order, side by side, in bounded memory; a line that fails takes no other with it."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.cli.bulk import Tally, run_lines
from service.errors import EmptyArticle
from tests.cli.conftest import Run

NEWS = "The minister met the envoy in Geneva on Friday. “We spoke for two hours,” the minister said."


def lines(*values: Any) -> bytes:
    """Values as JSONL."""
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


def through(source: bytes, work: Any, concurrency: int = 4) -> tuple[list[dict[str, Any]], Tally]:
    """The answers and the tally of a run."""
    written: list[str] = []
    tally = asyncio.run(run_lines(io.BytesIO(source), work, written.append, concurrency))
    return [json.loads(one) for one in written], tally


def test_answers_come_in_input_order() -> None:
    """However long each line takes, the first answer is of the first line."""

    async def work(values: Mapping[str, Any]) -> Mapping[str, Any]:
        await asyncio.sleep(values["wait"])
        return {"done": True}

    source = lines(*({"id": number, "wait": 0.02 * (number % 5 == 0)} for number in range(40)))
    answers, tally = through(source, work)
    assert [one["id"] for one in answers] == list(range(40))
    assert (tally.worked, tally.failed) == (40, 0)


def test_no_more_than_a_window_is_read_ahead() -> None:
    """A slow first line holds up the reading: a million lines don't pile up in memory behind it."""
    running = most = begun = 0
    release = asyncio.Event()

    async def work(values: Mapping[str, Any]) -> Mapping[str, Any]:
        nonlocal running, most, begun
        running, begun = running + 1, begun + 1
        most = max(most, running)
        if values["id"] == 0:
            await asyncio.sleep(0.2)
            assert begun <= 13, "lines are worked on far ahead of the one that is waited for"
            release.set()
        running -= 1
        return {}

    answers, _ = through(lines(*({"id": number} for number in range(200))), work)
    assert len(answers) == 200
    assert most <= 4


def test_a_failing_line_is_a_problem_in_its_place() -> None:
    """Errors of ours, a wrong shape, broken JSON, a bug: each is one line with the id that it came with."""

    async def work(values: Mapping[str, Any]) -> Mapping[str, Any]:
        if values["id"] == "ours":
            raise EmptyArticle("The article is empty.")
        if values["id"] == "bug":
            raise ZeroDivisionError
        return {"fine": True}

    source = lines({"id": "a"}, {"id": "ours"}, {"id": "bug"}, [1], {"id": "z"}) + b'{"id": "cut\n\n\xff\n{"id": 1}'
    answers, tally = through(source, work)
    codes = [one.get("error", {}).get("code") for one in answers]
    assert codes == [None, "empty_article", "readout_error", "invalid_input", None, "invalid_input", "invalid_input", None]
    assert [one["id"] for one in answers] == ["a", "ours", "bug", None, "z", None, None, 1]
    assert (tally.worked, tally.failed) == (3, 5)
    assert {"type", "title", "status", "detail", "code"} <= set(answers[1]["error"])


@settings(deadline=None, max_examples=50)
@given(st.lists(st.binary(max_size=40), max_size=8))
def test_any_bytes_give_an_answer_a_line(rows: list[bytes]) -> None:
    """Each line that is not blank gets exactly one answer, whatever it holds."""

    async def work(values: Mapping[str, Any]) -> Mapping[str, Any]:
        return {}

    source = b"\n".join(rows)
    answers, tally = through(source, work)
    assert len(answers) == sum(1 for line in source.split(b"\n") if line.strip()) == tally.worked + tally.failed


def test_the_forms_of_the_contract(run: Run) -> None:
    """Each bulk command answers with the keys that the contract names; unknown keys are ignored, null is as absent."""
    article = {"id": "a", "text": NEWS, "html": None, "title": None, "section": "world"}
    brief = json.loads(run("brief", "--jsonl", "-", stdin=lines(article)).out)
    assert set(brief) == {"id", "brief"}
    assert brief["brief"]["article"]["text"] == NEWS
    quotations = json.loads(run("quotations", "--jsonl", "-", stdin=lines(article)).out)
    assert quotations["id"] == "a"
    assert quotations["quotations"][0]["text"] == "We spoke for two hours,"
    meetings = json.loads(run("meetings", "--jsonl", "-", stdin=lines(article)).out)
    assert isinstance(meetings["meetings"], list)
    dossier = json.loads(run("dossier", "--jsonl", "-", stdin=lines(article, {"id": "b", "text": ""})).out)
    assert [one["article"]["id"] for one in dossier["briefs"]] == ["a"]
    assert [one["code"] for one in dossier["warnings"]] == ["article_failed"]


def test_checks_in_bulk(run: Run) -> None:
    """One source or several, as text; the score is always a number."""
    rows = (
        {"id": 1, "article": NEWS, "summary": "The minister met the envoy in Geneva."},
        {"id": 2, "articles": ["Nothing of it.", NEWS], "summary": "The minister met the envoy in Geneva."},
        {"id": 3, "article": NEWS, "summary": "The envoy shot the minister in Paris."},
        {"id": 4, "summary": "x"},
    )
    ran = run("check", "--jsonl", "-", stdin=lines(*rows))
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0
    assert [one["id"] for one in answers] == [1, 2, 3, 4]
    assert answers[0]["verdict"] == "supported"
    assert answers[2]["verdict"] != "supported"
    assert all(isinstance(one["score"], float) for one in answers[:3])
    assert {span["source"] for span in answers[1]["statements"][0]["evidence"]} == {1}
    assert answers[3]["error"]["code"] == "invalid_input"


@pytest.mark.parametrize(("source", "code"), [(lines({"text": NEWS}, {}), 0), (lines({}, {}), 2), (b"", 2), (b"\n\n", 2)])
def test_the_exit_code_of_a_bulk_run(run: Run, source: bytes, code: int) -> None:
    """0 if any line worked, 2 if none did; an empty input has done nothing."""
    assert run("quotations", "--jsonl", "-", stdin=source).code == code
