"""Bad input: a sentence, an exit code, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.contract import decode_brief
from tests.cli.conftest import SEEDS, Run

TEXT = sorted(SEEDS.glob("*.txt"))[1].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", "empty_article"),
        ("blank.txt", b" \r\n\t", "empty_article"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00", "not_text"),
        ("program", bytes(range(256)) * 20, "not_text"),
        ("paper.pdf", b"%PDF-1.7\nwords", "not_text"),
        ("menu.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no_article_in_page"),
    ],
)
def test_files_that_are_no_article(run: Run, tmp_path: Path, name: str, data: bytes, code: str) -> None:
    """The sentence names the file and says what is wrong with it; the exit code is 2."""
    path = tmp_path / name
    path.write_bytes(data)
    ran = run("brief", path, "--json")
    assert (ran.code, ran.out) == (2, "")
    assert str(path) in ran.err
    assert f"({code})" in ran.err


def test_files_that_can_t_be_read(run: Run, tmp_path: Path) -> None:
    """A missing file, a folder."""
    for path, words in ((tmp_path / "nowhere.txt", "no such file"), (tmp_path, "directory")):
        ran = run("brief", path)
        assert ran.code == 2
        assert words in ran.err


def test_one_bad_file_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    """The good ones are answered, the bad one is complained about, and the exit code says that something was wrong."""
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(TEXT, encoding="utf-8")
    bad.write_bytes(b"")
    ran = run("brief", bad, good, "--json")
    assert ran.code == 2
    assert decode_brief(ran.out).article.text == TEXT
    assert "bad.txt" in ran.err


@pytest.mark.parametrize(
    ("data", "warning"),
    [
        (TEXT.encode("utf-16"), None),
        (b"\xef\xbb\xbf" + TEXT.encode(), None),
        (TEXT.encode("cp1252"), "encoding_guessed"),
        (TEXT.replace(" ", "\x07 ", 3).encode(), "control_characters"),
        (TEXT.replace("Putin", "Put\ufffdn", 1).encode(), "unreadable_characters"),
    ],
    ids=["utf-16", "utf-8 with mark", "windows-1252", "control characters", "unreadable characters"],
)
def test_odd_text_is_worked_on_and_labelled(run: Run, tmp_path: Path, data: bytes, warning: str | None) -> None:
    """What can be read is read; what was odd about it stands in the warnings."""
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    ran = run("brief", path, "--json")
    assert ran.code == 0
    codes = {notice["code"] for notice in json.loads(ran.out)["warnings"]}
    assert warning is None or warning in codes


def test_another_language_is_said(run: Run, tmp_path: Path) -> None:
    """A French article gets an answer that says how little it can be trusted."""
    path = tmp_path / "fr.txt"
    path.write_text(
        "Le président Emmanuel Macron a rencontré vendredi la chancelière allemande à Berlin. Ils ont parlé de l'avenir de "
        "l'Union européenne et de la guerre. La réunion a duré deux heures, selon un porte-parole du gouvernement.",
        encoding="utf-8",
    )
    answer = json.loads(run("brief", path, "--json").out)
    assert answer["article"]["language"] == "fr"
    assert "language" in {notice["code"] for notice in answer["warnings"]}


def test_what_an_article_says_is_never_obeyed_by_a_terminal(run: Run, tmp_path: Path) -> None:
    """Escape sequences in an article are shown as unreadable characters: they could rewrite what a reader sees."""
    path = tmp_path / "a.txt"
    path.write_text(
        "\x1b]0;owned\x07The \x1b[2Jminister said: “We \x9b31m will meet in Geneva on Friday.”", encoding="utf-8"
    )
    for command in ("brief", "quotations", "meetings"):
        ran = run(command, path)
        assert ran.code == 0
        assert not {"\x1b", "\x07", "\x9b"} & set(ran.out)


def test_a_date_that_is_none_is_refused(run: Run) -> None:
    """A date of publication that would be misread is not taken."""
    ran = run("brief", sorted(SEEDS.glob("*.txt"))[0], "--published", "last July")
    assert ran.code == 2
    assert "YYYY-MM-DD" in ran.err


def test_a_setting_that_is_wrong_is_named_and_not_shown(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable's name helps; its value may be a secret that slipped into the wrong place."""
    monkeypatch.setenv("READOUT_CHUNK_TOKENS", "sk-secret")
    ran = run("brief", sorted(SEEDS.glob("*.txt"))[0])
    assert ran.code == 2
    assert "READOUT_CHUNK_TOKENS" in ran.err
    assert "sk-secret" not in ran.err


@pytest.mark.loopback
def test_a_model_that_is_not_there_is_three(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Exit code 3 tells a script to try again later, and the embedded engine stands in where that was asked for."""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("READOUT_ATTEMPTS", "1")
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    ran = run("brief", path, "--engine", "openai")
    assert ran.code == 3
    assert "model_unreachable" in ran.err
    stood_in = json.loads(run("brief", path, "--engine", "openai", "--fallback", "extractive", "--json").out)
    assert stood_in["engine"]["fell_back"] is True


@pytest.mark.loopback
def test_a_server_that_is_not_there_is_three(run: Run, tmp_path: Path) -> None:
    """The address of a Readout server at which nobody answers."""
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    ran = run("brief", path, "--server", "http://127.0.0.1:9")
    assert ran.code == 3
    assert "service_unreachable" in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("brief", "--engine", "foo", "a"), "'foo' is not one of 'openai', 'extractive'"),
        (("chunk", "a", "--budget", "5"), "it must be greater than or equal to 16"),
        (("brief", "a", "--published", "nope"), "a date must be YYYY-MM-DD"),
    ],
)
def test_wrong_options_are_told_in_words_of_our_own(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    """No word of the library that reads them."""
    (tmp_path / "a").write_text(TEXT, encoding="utf-8")
    ran = run(*arguments)
    assert ran.code == 2
    assert words in ran.err
    assert "Value error" not in ran.err
    assert "Input should" not in ran.err


def test_a_missing_file_is_named_once(run: Run) -> None:
    """The sentence begins with the file."""
    assert run("quotations", "nofile.txt").err.count("nofile.txt") == 1


@pytest.mark.loopback
def test_a_model_that_can_t_be_reached_is_told_with_what_to_do(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Which variable to look at, what to ask, what would work without it."""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("READOUT_ATTEMPTS", "1")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    said = run("brief", "a.txt", "--engine", "openai").err
    assert all(words in said for words in ("OPENAI_BASE_URL", "readout doctor", "--fallback extractive"))
