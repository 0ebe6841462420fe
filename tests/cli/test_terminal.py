"""Answers on a terminal: coloured by verdict and speaker, wrapped, without colours where nobody wants them."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from service.cli.terminal import show_check, show_quotations, visible
from service.contract import CheckAnswer
from service.domain.quotation import Quotation, Speaker
from service.domain.text import Article, Span
from service.domain.verdict import Check, Statement
from tests.cli.conftest import SEEDS

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def shown(show: object, *values: object, width: int = 60) -> str:
    """What a function prints on a terminal of this width."""
    out = Console(
        file=io.StringIO(), force_terminal=True, width=width, highlight=False, color_system="standard", no_color=False
    )
    show(out, *values)  # type: ignore[operator]
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


def test_a_check_underlines_what_is_wrong_and_says_why() -> None:
    """The statement in its verdict's colour, the wrong words underlined, the reason and the evidence beneath."""
    text = "Trump met Obama in Danang after a long day of talks and many speeches by other guests."
    check = Check("name", "contradicted", "EntE", "Obama is not in the article", (10, 15))
    statement = Statement("st1", text, (Span(0, 9, "Trump met", 0),), (), "contradicted", 0.2, (check,))
    answer = CheckAnswer("check", "codepoint", (Article("Trump met"),), "contradicted", 0.2, (statement,), ())
    printed = shown(show_check, answer)
    assert re.search(r"\x1b\[[0-9;]*4[0-9;]*mObama\x1b", printed), "the wrong word is underlined"
    plain = ESCAPES.sub("", printed)
    assert "name [EntE]: Obama is not in the article" in plain
    assert "“Trump met”  0–9" in plain
    assert all(len(line.rstrip()) <= 60 for line in plain.splitlines())
    assert "0 of 1 statements supported" in plain


def test_each_speaker_has_a_colour_and_words_without_one_are_quiet() -> None:
    """Two quotations of one speaker look alike, another's differ; scare quotes are nobody's."""

    def said(id: str, words: str, name: str | None) -> Quotation:
        span = Span(0, len(words), words)
        speaker = Speaker(name, span, None, None, None, None, 1.0, "cue") if name else None
        return Quotation(
            id, "mixed" if name is None else "direct", (span,), words, speaker, None, () if name else ("scare",)
        )

    quotations = [said("q1", "one", "Ann"), said("q2", "two", "Bob"), said("q3", "three", "Ann"), said("q4", "four", None)]
    lines = shown(show_quotations, quotations, width=200).splitlines()
    colours = [re.findall(r"\x1b\[([0-9;]+)m“", line) for line in lines]
    assert colours[0] == colours[2] != colours[1]
    assert "scare" in lines[3]


def test_nothing_of_an_article_moves_a_cursor_or_turns_the_text_round() -> None:
    """Control characters, C1 controls and bidirectional overrides become visible."""
    assert visible("a\x1b[2Jb\x9bc\u202ed\ne\tf") == "a\ufffd[2Jb\ufffdc\ufffdd e f"


@pytest.mark.slow
@pytest.mark.parametrize("no_color", [False, True])
def test_a_real_terminal(no_color: bool, tmp_path: Path) -> None:
    """Colours and a line of progress for a person; NO_COLOR takes the colours away."""
    main_end, other_end = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("READOUT_", "OPENAI_", "NO_COLOR"))}
    environment = {**kept, "TERM": "xterm-256color", "COLUMNS": "80", **({"NO_COLOR": "1"} if no_color else {})}
    command = [
        sys.executable,
        "-c",
        "from service.cli import main; main()",
        "quotations",
        str(sorted(SEEDS.glob("*.txt"))[0]),
    ]
    process = subprocess.Popen(command, stdout=other_end, stderr=other_end, stdin=other_end, cwd=tmp_path, env=environment)
    os.close(other_end)
    printed = b""
    while True:
        try:
            piece = os.read(main_end, 65536)
        except OSError:  # the other end is closed: that is how a terminal ends
            break
        if not piece:
            break
        printed += piece
    os.close(main_end)
    assert process.wait(60) == 0
    text = printed.decode()
    assert "Michael Anton" in ESCAPES.sub("", text)
    assert "1 of 1" in text
    assert bool(re.search(r"\x1b\[[0-9;]*3[0-7]m", text)) is not no_color
