"""How commands end when their output finds no room, when they are interrupted, and what they say of it."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import SEEDS

pytestmark = pytest.mark.slow
READOUT = [sys.executable, "-c", "from service.cli import main; main()"]
ARTICLE = str(sorted(SEEDS.glob("*.txt"))[3])


def environment(folder: Path) -> dict[str, str]:
    """The embedded engine, and nothing of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("READOUT_", "OPENAI_"))}
    return {**kept, "READOUT_ENGINE": "extractive", "READOUT_DATA_DIR": str(folder)}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["--help"], ["quotations", ARTICLE], ["quotations", ARTICLE, "--json"], ["doctor", "--offline"]],
)
def test_output_without_room(tmp_path: Path, arguments: list[str]) -> None:
    """A full disk is one sentence and exit code 2, whoever was writing."""
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [*READOUT, *arguments], stdout=full, stderr=subprocess.PIPE, env=environment(tmp_path), check=False, timeout=60
        )
    assert ran.stderr.decode() == "readout: can't write the output: no space left on the device\n"
    assert ran.returncode == 2


@pytest.mark.parametrize("wait", [0.02, 0.15, 0.4, 3.0])
@pytest.mark.parametrize("arguments", [["brief", "--jsonl", "-"], ["brief", "-"]])
def test_an_interrupt_is_one_word(tmp_path: Path, arguments: list[str], wait: float) -> None:
    """Ctrl-C, whether while modules are imported or while input is waited for: 130, no traceback, no second Ctrl-C."""
    process = subprocess.Popen(
        ["sh", "-c", 'echo begun >&2; exec "$@"', "sh", *READOUT, *arguments],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
    )
    try:
        assert process.stderr is not None
        process.stderr.readline()
        time.sleep(wait + 0.1)
        process.send_signal(signal.SIGINT)
        code = process.wait(20)
        said = process.stderr.read().decode()
    finally:
        process.kill()
    if wait > 1:
        assert (code, said) == (130, "readout: interrupted\n")
    else:  # before our first line runs the interpreter itself answers, with a traceback that is not ours
        assert code in (130, 1, -signal.SIGINT)
        assert "service/" not in said


def test_a_terminal_shows_that_work_goes_on(tmp_path: Path) -> None:
    """On a terminal standard error shows which file is worked on, and is clean in the end."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*READOUT, "brief", ARTICLE], stdout=subprocess.DEVNULL, stderr=theirs, env=environment(tmp_path)
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            some = os.read(ours, 1000)
        except OSError:
            break
        if not some:
            break
        shown += some
    os.close(ours)
    assert process.wait(60) == 0
    assert b"1 of 1" in shown
    assert shown.endswith(b"\x1b[2K")
