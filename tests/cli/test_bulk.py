"""JSONL in bulk: in order, side by side, in bounded memory; a line that fails takes no other with it."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Mapping
from pathlib import Path
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


def test_only_the_keys_of_a_line_count(run: Run) -> None:
    """A key that belongs to somebody else can hold anything; one of ours can't."""
    foreign = {"id": "a", "text": NEWS, "published": "nope", "title": 5, "html": [1], "url": 5, "tags": None}
    ran = run("quotations", "--jsonl", "-", stdin=lines(foreign))
    assert json.loads(ran.out)["quotations"]
    for command in ("brief", "meetings"):
        ran = run(command, "--jsonl", "-", stdin=lines({"id": "a", "text": NEWS, "url": 5, "language": [], "summary": 1}))
        assert (ran.code, "error" in json.loads(ran.out)) == (0, False)
        ran = run(command, "--jsonl", "-", stdin=lines({"id": "a", "text": NEWS, "published": "nope"}))
        assert "YYYY-MM-DD" in json.loads(ran.out)["error"]["detail"]
    row = {"id": 1, "article": NEWS, "articles": None, "summary": "They met.", "published": "nope", "text": 5, "html": 1}
    assert "verdict" in json.loads(run("check", "--jsonl", "-", stdin=lines(row)).out)


def test_a_line_without_an_id_says_its_number(run: Run) -> None:
    """Whoever sends lines without ids can still find the bad one."""
    ran = run("quotations", "--jsonl", "-", stdin=lines({"text": NEWS}, {"text": ""}, {"txt": NEWS}, {"id": 7, "text": ""}))
    details = [json.loads(line).get("error", {}).get("detail") for line in ran.out.splitlines()]
    assert details[0] is None
    assert details[1].startswith("Line 2: ")
    assert details[2].startswith("Line 3: ")
    assert not details[3].startswith("Line")


def test_odd_values_of_a_line(run: Run) -> None:
    """NaN, which is no JSON, counts as absent; what can't be written and what stands twice fail alone."""
    good = b'{"id": NaN, "text": "The minister met the envoy.", "title": NaN}\n'
    bad = b'{"id": 1e999, "text": "x"}\n{"id": 1, "text": "a", "text": "b"}\n'
    ran = run("meetings", "--jsonl", "-", stdin=good + bad)
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert ["error" in one for one in answers] == [False, True, True]
    assert "twice" in answers[2]["error"]["detail"]


def test_a_dossier_names_what_failed(run: Run, tmp_path: Path) -> None:
    """By its file, its id, or its line; never by a number that nobody gave."""
    for number, text in enumerate((NEWS, "", "...")):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    ran = run("dossier", *(tmp_path / f"{number}.txt" for number in range(3)), "--json")
    details = [one["detail"] for one in json.loads(ran.out)["warnings"] if one["code"] == "article_failed"]
    assert [detail.split(": ")[0] for detail in details] == [str(tmp_path / "1.txt"), str(tmp_path / "2.txt")]
    ran = run("dossier", tmp_path / "1.txt", tmp_path / "2.txt")
    assert ran.code == 2
    assert "1.txt: The article is empty." in ran.err
    assert "2.txt: There is no" in ran.err
    rows = ({"id": "a", "text": NEWS}, {"id": "b", "text": ""}, {"text": "..."}, {"id": "c", "text": 5})
    ran = run("dossier", "--jsonl", "-", stdin=lines(*rows))
    details = [one["detail"] for one in json.loads(ran.out)["warnings"] if one["code"] == "article_failed"]
    assert {detail.split(": ")[0] for detail in details} == {"b", "Line 3", "c"}


def test_a_check_names_the_file_that_failed(run: Run, tmp_path: Path) -> None:
    """Of several sources and a summary."""
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text(NEWS, encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    assert "empty.txt: The article is empty." in run("check", "--article", good, empty, "--summary", good).err
    assert "empty.txt: The summary" in run("check", "--article", good, "--summary", empty).err


@pytest.mark.loopback
def test_a_server_that_is_not_there_is_asked_no_thousand_times(run: Run) -> None:
    """The run is given up after a few lines, with exit code 3."""
    source = lines(*({"id": number, "text": NEWS} for number in range(500)))
    ran = run("quotations", "--jsonl", "-", "--server", "http://127.0.0.1:9", stdin=source)
    assert ran.code == 3
    assert len(ran.out.splitlines()) == 3
    assert "given up after 3 lines" in ran.err
    assert run("quotations", "--jsonl", "-", "--server", "http://127.0.0.1:9", stdin=lines({"text": NEWS})).code == 3


def test_a_model_that_is_not_configured_is_asked_for_no_thousand_times(run: Run) -> None:
    """What is missing is missing for every line; the code is 2, for it is the user's to mend."""
    source = lines(*({"id": number, "text": NEWS} for number in range(500)))
    ran = run("brief", "--jsonl", "-", "--engine", "openai", stdin=source)
    assert (ran.code, len(ran.out.splitlines())) == (2, 3)
    assert "OPENAI_API_KEY" in ran.err
