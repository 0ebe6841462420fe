"""What each command prints, for people and for programs, and how it ends."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from service.contract import decode_brief
from tests.cli.conftest import SEEDS, Run

FILES = sorted(SEEDS.glob("*.txt"))


def test_briefs_for_programs_are_one_object_a_line(run: Run) -> None:
    """Four files, four lines, each a brief of its file and nothing else on standard output."""
    ran = run("brief", *FILES, "--json", "--engine", "extractive")
    assert ran.code == 0
    briefs = [decode_brief(line) for line in ran.out.splitlines()]
    assert [brief.article.text for brief in briefs] == [path.read_text(encoding="utf-8") for path in FILES]


def test_a_brief_for_people_says_what_and_by_whom(run: Run) -> None:
    """Summary, quotations with speakers, and who wrote it; no escape codes where nobody looks at a terminal."""
    ran = run("brief", FILES[0])
    assert ran.code == 0
    for part in ("Summary", "Quotations", "Meetings", "Michael Anton", "sent nowhere"):
        assert part in ran.out
    assert "\x1b" not in ran.out
    assert ran.err == ""


def test_what_is_stated_of_an_article_is_in_its_brief(run: Run) -> None:
    """Title, outlet and date of publication come from the command line."""
    stated = ("--published", "2017-07-19", "--outlet", "Xinhua", "--title", "A second meeting")
    answer = decode_brief(run("brief", FILES[0], "--json", *stated).out)
    assert (answer.article.published, answer.article.outlet, answer.article.title) == stated[1::2]


def test_standard_input_is_an_article_or_a_page(run: Run) -> None:
    """``-`` reads standard input; what begins like a page is HTML."""
    text = FILES[0].read_bytes()
    assert decode_brief(run("brief", "-", "--json", stdin=text).out).article.text == text.decode()
    paragraph = b"<p>The minister met the envoy in Geneva on Friday, and they spoke for two hours about the harbour.</p>"
    page = b"<!doctype html><html><body><article>" + paragraph * 3 + b"</article></body></html>"
    answer = decode_brief(run("brief", "-", "--json", stdin=page).out)
    assert "<p>" not in answer.article.text


def test_offsets_in_the_unit_asked_for(run: Run, tmp_path: Path) -> None:
    """A program that counts bytes gets bytes."""
    text = "“Naïve,” said the minister. “We will meet in Geneva on Friday.”"
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    answer = json.loads(run("quotations", path, "--json", "--offset-unit", "byte").out)
    assert answer["offset_unit"] == "byte"
    for quotation in answer["quotations"]:
        for span in quotation["spans"]:
            assert text.encode()[span["start"] : span["end"]].decode() == span["text"]


def test_a_check_ends_with_what_it_found(run: Run, tmp_path: Path) -> None:
    """0 where all is supported, 1 where anything is not; each statement with its evidence, each objection with a reason."""
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("Donald Trump and Vladimir Putin briefly shook hands at a gala dinner.", encoding="utf-8")
    bad.write_text("Donald Trump and Angela Merkel signed a treaty in Oslo in 1987.", encoding="utf-8")
    supported = run("check", "--article", FILES[3], "--summary", good)
    assert (supported.code, "✓ supported" in supported.out) == (0, True)
    assert "briefly shook hands at a gala dinner" in supported.out.split("\n", 1)[1]
    objected = run("check", "--article", FILES[3], "--summary", bad)
    assert objected.code == 1
    assert "merkel" in objected.out.lower().split("\n", 1)[1]
    several = json.loads(run("check", "--article", FILES[0], "--article", FILES[3], "--summary", good, "--json").out)
    assert 1 in {span["source"] for span in several["statements"][0]["evidence"]}


def test_chunks_tile_the_article(run: Run) -> None:
    """Put together, the chunks are the article, and none is over the budget."""
    ran = run("chunk", FILES[3], "--budget", "120", "--json")
    chunks = [json.loads(line) for line in ran.out.splitlines()]
    assert "".join(one["span"]["text"] for one in chunks) == FILES[3].read_text(encoding="utf-8")
    assert all(one["tokens"] <= 120 for one in chunks)
    assert [one["id"] for one in chunks[:2]] == ["c1", "c2"]


def test_meetings_as_rows(run: Run) -> None:
    """A spreadsheet gets a header and a row a meeting."""
    ran = run("meetings", *FILES, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out, newline="")))
    assert ran.code == 0
    assert {row["article"] for row in rows} <= {str(path) for path in FILES}
    assert rows
    assert all(row["status"] for row in rows)


def test_a_dossier_of_files(run: Run, tmp_path: Path) -> None:
    """One object of all articles; the page is written where it was asked for."""
    page = tmp_path / "dossier.html"
    ran = run("dossier", *FILES, "--json", "--html", page)
    answer = json.loads(ran.out)
    assert (ran.code, len(answer["briefs"])) == (0, 4)
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert str(page) in ran.err


@pytest.mark.parametrize("command", ["brief", "dossier"])
def test_a_page_makes_no_folders(run: Run, tmp_path: Path, command: str) -> None:
    """A mistyped path is told before any work is done, and no folder is left behind."""
    ran = run(command, FILES[0], "--html", tmp_path / "new" / "page.html")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no folder" in ran.err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "command", ["brief", "quotations", "meetings", "dossier", "check", "chunk", "serve", "simulate", "doctor"]
)
def test_every_command_explains_itself(run: Run, command: str) -> None:
    """--help answers for each."""
    ran = run(command, "--help")
    assert ran.code == 0
    assert "Usage: readout" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("brief",),
        ("brief", "a.txt", "--jsonl", "b"),
        ("brief", "--engine", "gpt", "a.txt"),
        ("brief", "--jsonl", "-", "--html", "x.html"),
        ("check", "--summary", "s"),
        ("check", "--article", "-", "--summary", "-"),
        ("chunk", "a.txt", "--budget", "0"),
        ("nonsense",),
    ],
)
def test_wrong_usage_is_two(run: Run, arguments: tuple[str, ...]) -> None:
    """A command that was called wrongly says so and ends with 2."""
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.strip()


def test_meetings_speak_of_no_summary(run: Run) -> None:
    """The answer has an object's name and no warning about what it does not hold."""
    answer = json.loads(run("meetings", FILES[3], "--json").out)
    assert answer["object"] == "meetings"
    assert {one["code"] for one in answer["warnings"]} == {"embedded_engine"}
    assert "summary" not in str(answer["warnings"])


def test_a_model_that_is_not_asked_is_said(run: Run) -> None:
    """Whoever names a model expects it to write: without a key the embedded engine does, and the answer says so."""
    answer = json.loads(run("brief", FILES[3], "--json", "--model", "gpt-9").out)
    assert "gpt-9 was not asked" in next(one["detail"] for one in answer["warnings"] if one["code"] == "model_ignored")
    assert "model_ignored" not in run("brief", FILES[3], "--json").out


def test_a_judge_needs_a_model(run: Run) -> None:
    """The error speaks of the judge that was asked for."""
    for arguments in (("brief", FILES[3], "--judge"), ("check", "--article", FILES[3], "--summary", FILES[3], "--judge")):
        ran = run(*arguments)
        assert ran.code == 2
        assert "A judge is a language model" in ran.err


def test_one_is_no_plural(run: Run) -> None:
    """One article is one article."""
    assert "1 articles" not in run("dossier", FILES[3]).out
