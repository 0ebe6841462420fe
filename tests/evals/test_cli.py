"""``readout eval`` as users call it: exit codes, words on what to do, and a kill in the middle of a run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner, Result

from evals.cli import app
from evals.gate import Baseline, load, save

_RUNNER = CliRunner()
_READOUT = (sys.executable, "-c", "from service.cli import main; main()")


def call(*arguments: object) -> Result:
    """The command in this process."""
    return _RUNNER.invoke(app, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two runs: ``whole``, and ``weak`` with six in ten answers damaged."""
    folder = tmp_path_factory.mktemp("runs")
    for name, weaken in (("whole", 0), ("weak", 0.6)):
        done = call(
            *("run", "--task", "furniture", "--split", "all", "--out", folder, "--name", name),
            *("--weaken", weaken, "--draws", 50),
        )
        assert done.exit_code == 0, done.output
    return folder


def test_a_run_prints_its_figures_as_a_table_and_as_json(out: Path) -> None:
    """For people with the interval; for programs one object a line."""
    shown = call("run", "--task", "sentences", "--out", out, "--draws", 50)
    assert shown.exit_code == 0
    assert "sentences / own" in shown.stdout
    assert "95 % interval" in shown.stdout
    lines = call("run", "--task", "sentences", "--out", out, "--draws", 50, "--json").stdout.splitlines()
    figures = [json.loads(line) for line in lines]
    assert {one["metric"] for one in figures[:-1]} >= {"f1", "wrong_cuts"}
    assert figures[-1]["run"]


def test_worse_exits_with_1_and_not_worse_with_0(out: Path) -> None:
    """``compare`` is a check: a finding is an exit code."""
    worse = call("compare", "whole", "weak", "--out", out, "--draws", 200)
    assert worse.exit_code == 1
    assert "B is worse than A" in worse.stdout
    same = call("compare", "whole", "whole", "--out", out, "--draws", 200)
    assert same.exit_code == 0
    assert "can't tell" in same.stdout
    better = call("compare", "weak", "whole", "--out", out, "--draws", 200, "--json")
    assert better.exit_code == 0
    assert json.loads(better.stdout.splitlines()[-1])["verdict"] == "better"


def test_the_gate_exits_with_1_where_a_floor_does_not_hold(tmp_path: Path) -> None:
    """On floors of its own: holds as it is, fails for a weakened system, fails for floors that are too high, and the
    file isn't touched by either."""
    path = tmp_path / "baseline.json"
    chosen = ("gate", "--task", "furniture", "--baseline", path)
    assert call(*chosen, "--raise").exit_code == 0
    before = path.read_text()
    assert call(*chosen).exit_code == 0
    weak = call(*chosen, "--weaken", 0.5)
    assert weak.exit_code == 1
    assert "does not hold" in weak.stdout
    assert path.read_text() == before
    floors = load(path).floors
    floors["furniture/own"]["floors"]["f1"] = 0.9999
    save(Baseline(floors), path)
    raised = call(*chosen, "--raise")
    assert raised.exit_code == 1
    assert load(path).floors["furniture/own"]["floors"]["f1"] == 0.9999
    assert call(*chosen, "--lower", "furniture/own").exit_code == 2
    lowered = call(*chosen, "--lower", "furniture/own", "--reason", "harder cases")
    assert lowered.exit_code == 0
    assert load(path).lowered[0]["reason"] == "harder cases"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "--task", "furnitur"), "The tasks are"),
        (("run", "--split", "train"), "dev, test or all"),
        (("run", "--data", "/nowhere/at/all"), "no such folder"),
        (("run", "--engine", "extractive", "--model", "m"), "Add --engine openai"),
        (("run", "--task", "brief", "--engine", "openai"), "Say --yes"),
        (("run", "--task", "brief", "--model", "gpt-5-mini", "--budget", "0.0001"), "over the budget"),
        (("run", "--task", "brief", "--model", "nobody-knows", "--budget", "1"), "READOUT_PRICES"),
        (("run", "--task", "brief", "--prompt", "brief@99"), "The prompts are: brief@1"),
        (("run", "--task", "brief", "--prompt", "brief"), "The prompts are: brief@1"),
        (("compare", "nothing", "weak"), "there are:"),
        (("report", "nothing"), "there are:"),
        (("gate", "--baseline", "/nowhere/b.json"), "--raise"),
        (("gate", "--reason", "why"), "--lower"),
        (("gate", "--raise", "--weaken", "0.5"), "self-test"),
        (("lint", "/nowhere/at/all"), "Name a folder of cases"),
    ],
)
def test_bad_input_exits_with_2_and_says_what_to_do(out: Path, arguments: tuple[str, ...], words: str) -> None:
    """One sentence, no traceback."""
    more = ("--out", out) if arguments[0] in ("run", "compare", "report") else ()
    done = call(*arguments, *more)
    assert done.exit_code == 2, done.output
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.output


def test_a_half_written_run_directory_is_told(out: Path, tmp_path: Path) -> None:
    """A folder without a manifest is no run; it says so and what to do."""
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "results.jsonl").write_text('{"case": ')
    done = call("report", tmp_path / "half")
    assert done.exit_code == 2
    assert "Run it again" in done.stderr


def test_runs_on_other_cases_are_not_compared(out: Path) -> None:
    """Exit 2, with the sets that differ."""
    assert call("run", "--task", "furniture", "--limit", 2, "--out", out, "--name", "fewer", "--draws", 0).exit_code == 0
    done = call("compare", "whole", "fewer", "--out", out)
    assert done.exit_code == 2
    assert "furniture/own" in done.stderr


def test_a_wrong_span_in_a_file_of_ones_own_is_told(tmp_path: Path) -> None:
    """The linter names file, line, case and the right place; exit 2."""
    case = {
        **{"id": "a", "split": "dev", "story": "a", "group": "mine", "licence": "x", "origin": "me"},
        "article": {"text": "It rained. Then it stopped."},
        "gold": {"sentences": [{"start": 1, "end": 10, "text": "It rained."}]},
    }
    (tmp_path / "mine.jsonl").write_text(json.dumps(case) + "\n")
    done = call("lint", tmp_path)
    assert done.exit_code == 2
    assert "mine.jsonl:1 (a)" in done.stdout
    assert "0..10" in " ".join(done.stdout.split())


def test_a_report_is_written_where_asked(out: Path, tmp_path: Path) -> None:
    """HTML and Markdown as files; with neither, Markdown on stdout."""
    html, text = tmp_path / "a" / "r.html", tmp_path / "r.md"
    assert call("report", "whole", "weak", "--out", out, "--html", html, "--markdown", text, "--draws", 20).exit_code == 0
    assert html.read_text().startswith("<!doctype html>")
    assert text.read_text().startswith("# Evaluation")
    assert "## furniture / own" in call("report", "whole", "--out", out, "--draws", 20).stdout


def _eval(*arguments: object, out: Path, url: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "OPENAI_BASE_URL": url, "OPENAI_API_KEY": "x", "READOUT_DATA_DIR": str(out / "data")}
    command = [*_READOUT, "eval", "run", *map(str, arguments)]
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.loopback
def test_a_killed_run_asks_nothing_twice(tmp_path: Path) -> None:
    """A real process against the simulated provider, killed with SIGKILL in the middle and started again: the provider
    counts one answered request for every article, and the figures are of all cases."""
    script = tmp_path / "script.json"
    script.write_text('{"latency": 0.15, "keep": true}')
    provider = subprocess.Popen(
        [*_READOUT, "simulate", "--port", "0", "--faults", str(script)],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert provider.stderr is not None
        url = provider.stderr.readline().split("listens on ")[1].split()[0]
        wishes = (
            "--task",
            "cost",
            "--split",
            "all",
            "--limit",
            6,
            "--model",
            "gpt-5-mini",
            "--concurrency",
            1,
            "--yes",
            "--draws",
            0,
        )
        first = _eval(*wishes, "--out", tmp_path / "runs", out=tmp_path, url=url)
        finished = _wait_for_lines(tmp_path / "runs", 3, first)
        first.send_signal(signal.SIGKILL)
        first.wait(10)
        for stream in (first.stdout, first.stderr):
            assert stream is not None
            stream.close()
        second = _eval(*wishes, "--out", tmp_path / "runs", out=tmp_path, url=url)
        _, told = second.communicate(timeout=60)
        assert second.returncode == 0, told
        with urlopen(url.removesuffix("/v1") + "/__log") as answer:
            log = json.load(answer)
    finally:
        provider.terminate()
        provider.wait(10)
        if provider.stderr is not None:
            provider.stderr.close()
    assert finished >= 3
    asked = [json.dumps(entry["request"], sort_keys=True) for entry in log["requests"]]
    assert len(set(asked)) >= 10
    # the one request that was on its way when the process died may have been answered to nobody
    assert len(asked) - len(set(asked)) <= 1


def _wait_for_lines(runs: Path, number: int, process: subprocess.Popen[str]) -> int:
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        lines = sum(path.read_bytes().count(b"\n") for path in runs.glob("*/results.jsonl"))
        if lines >= number:
            return lines
        assert process.poll() is None, "the run ended before it could be killed"
        time.sleep(0.05)
    raise AssertionError("the run did not get going")


def test_a_case_file_of_ones_own_takes_the_place_of_ours(out: Path, tmp_path: Path) -> None:
    """Only its cases are run, by the tasks whose gold it has; a file with no such gold is an error."""
    text = "Mr Smith met Ms Jones. They talked."
    case = {
        **{"id": "a", "split": "dev", "story": "a", "group": "mine", "licence": "x", "origin": "me"},
        "article": {"text": text},
        "gold": {"sentences": [{"start": 0, "end": 22, "text": text[:22]}, {"start": 23, "end": 35, "text": text[23:]}]},
    }
    path = tmp_path / "mine.jsonl"
    path.write_text(json.dumps(case) + "\n")
    done = call("run", "--cases", path, "--out", out, "--draws", 0, "--json")
    assert done.exit_code == 0, done.output
    figures = [json.loads(line) for line in done.stdout.splitlines()][:-1]
    assert {(one["task"], one["set"]) for one in figures} == {("sentences", "mine")}
    assert {one["value"] for one in figures if one["metric"] == "f1"} == {1.0}
    assert call("run", "--cases", path, "--task", "meetings", "--out", out).exit_code == 2


def test_summaries_of_ones_own_are_verified(out: Path, tmp_path: Path) -> None:
    """Article and labelled summaries in, balanced accuracy and AUC out."""
    text = "A ferry with 212 people on board turned back to Skarvik after a fire in its engine room. Nobody was hurt."
    case = {
        **{"id": "a", "split": "dev", "story": "a", "group": "mine", "licence": "x", "origin": "me"},
        "article": {"text": text},
        "gold": {
            "summaries": [
                {"text": "Nobody was hurt in a fire on a ferry with 212 people on board.", "supported": True},
                {"text": "Nine people were hurt in a fire on a ferry to Bergen.", "supported": False, "errors": ["OutE"]},
            ]
        },
    }
    path = tmp_path / "mine.jsonl"
    path.write_text(json.dumps(case) + "\n")
    assert call("lint", tmp_path).exit_code == 0
    done = call("run", "--cases", path, "--task", "verification", "--out", out, "--draws", 0, "--json")
    assert done.exit_code == 0, done.output
    figures = {one["metric"]: one["value"] for one in map(json.loads, done.stdout.splitlines()[:-1])}
    assert figures["auc"] == 1.0
