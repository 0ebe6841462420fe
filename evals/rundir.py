"""A run on disk: what was asked (manifest), on which cases, and every finished case, one line each.

    RUN/manifest.json   what, with which code, on which cases (digests), by which command; written whole or not at all
    RUN/cases.jsonl     the cases themselves, so that a report can be made where the data no longer is
    RUN/results.jsonl   a line for each finished case, appended in one write; a last line cut off by a kill is dropped

A run that was killed goes on where it stopped: finished cases are not asked again.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from evals.base import Case, Observation
from evals.cases import case_digest, digest
from service.errors import InputError

FORMAT = 1


class RunError(InputError):
    """A run directory that can't be used. The detail says why and what to do."""

    code = "invalid_run"


@dataclass(frozen=True, slots=True)
class Result:
    """One finished case. ``error``: the system failed on it (code and detail), and then there is no output."""

    case: str
    task: str
    repeat: int
    seconds: float
    usage: dict[str, Any] = field(default_factory=dict)
    output: dict[str, Any] | None = None
    observation: Observation | None = None
    error: dict[str, str] | None = None

    @property
    def key(self) -> tuple[str, int]:
        """Case and repeat: what makes it one item."""
        return self.case, self.repeat


@dataclass(frozen=True, slots=True)
class Run:
    """A run as read from disk."""

    path: Path
    manifest: dict[str, Any]
    cases: dict[str, Case]
    results: list[Result]

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.path.name

    @property
    def label(self) -> str:
        """Engine, model and prompt in a few words."""
        return combination_label(self.manifest["combination"])


def combination_label(combination: dict[str, Any]) -> str:
    """ "extractive", "gpt-x" or "gpt-x, brief@2"; a deliberately damaged one says so."""
    label = combination.get("model") or combination["engine"]
    if combination.get("weaken"):
        label = f"{label} weakened by {combination['weaken']:.0%}"
    return f"{label}, {combination['prompt']}" if combination.get("prompt") else str(label)


def create(path: Path, manifest: dict[str, Any], cases: Iterable[Case]) -> None:
    """A new run directory. Raises ``RunError`` where one is there already."""
    if (path / "manifest.json").exists():
        raise RunError(f"{path} holds a run already. Give another --name, or leave it out.")
    path.mkdir(parents=True, exist_ok=True)
    with (path / "cases.jsonl").open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
        for case in cases:
            file.write(json.dumps(asdict(case), ensure_ascii=False) + "\n")
    (path / "results.jsonl").touch()
    write_manifest(path, {"format": FORMAT, **manifest})


def write_manifest(path: Path, manifest: dict[str, Any]) -> None:
    """Replace the manifest in one step: a reader sees the old one or the new one, never half."""
    waiting = path / "manifest.json.new"
    waiting.write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    os.replace(waiting, path / "manifest.json")


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest of a run. Raises ``RunError`` where there is none, or one that can't be read."""
    if not path.is_dir():
        raise RunError(f"{path}: there is no such run. `readout eval run` prints where it puts its runs.")
    try:
        manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RunError(f"{path} has no manifest.json: not a run, or one cut off before it began. Run it again.") from None
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise RunError(f"{path}/manifest.json can't be read. Delete the folder and run again.") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise RunError(f"{path} was written by another version of the harness. Run it again with this one.")
    return manifest


def read(path: Path) -> Run:
    """A whole run, finished or not. Raises ``RunError``; a last line that was cut off is left out."""
    manifest = read_manifest(path)
    try:
        cases = {}
        # split by line feeds alone: an article may hold other characters that end a line (U+2028)
        for line in (path / "cases.jsonl").read_bytes().split(b"\n")[:-1]:
            case = Case(**json.loads(line))
            cases[case.id] = case
    except (FileNotFoundError, ValueError, TypeError):
        raise RunError(f"{path}/cases.jsonl is missing or damaged. Delete the folder and run again.") from None
    if digest(cases.values()) != manifest["digest"]:
        raise RunError(f"{path}/cases.jsonl is not what the manifest says (digest). Delete the folder and run again.")
    results = list(_results(path))
    stray = next((result.case for result in results if result.case not in cases), None)
    if stray is not None:
        raise RunError(f"{path}/results.jsonl holds a case of another run ({stray}). Delete the folder and run again.")
    return Run(path, manifest, cases, results)


def _results(path: Path) -> Iterator[Result]:
    """Finished cases; of a case written twice (a failure, then a success on resuming) the last counts."""
    try:
        lines = (path / "results.jsonl").read_bytes().split(b"\n")
    except FileNotFoundError:
        raise RunError(f"{path} has no results.jsonl. Delete the folder and run again.") from None
    latest: dict[tuple[str, int], Result] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            if value["observation"] is not None:
                value["observation"] = Observation(**value["observation"])
            result = Result(**value)
        except (ValueError, TypeError, KeyError):
            if number == len(lines):
                continue
            where = f"{path}/results.jsonl, line {number}"
            raise RunError(f"{where}, is damaged. Delete that line: its case is asked again.") from None
        latest[result.key] = result
    yield from latest.values()


@contextmanager
def appending(path: Path) -> Iterator[Appender]:
    """Open a run's results for appending. A last line cut off by a kill is removed first.

    Raises ``RunError`` where another process is writing to the run.
    """
    descriptor = os.open(path / "results.jsonl", os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise RunError(f"{path}: another process is writing to this run. Wait for it, or give another --name.") from None
        _drop_cut_line(descriptor)
        yield Appender(descriptor)
    finally:
        os.close(descriptor)


def _drop_cut_line(descriptor: int) -> None:
    size = os.fstat(descriptor).st_size
    content = os.pread(descriptor, size, 0)
    whole = content.rfind(b"\n") + 1
    if whole < size:
        os.ftruncate(descriptor, whole)


class Appender:
    """Writes finished cases: each line in one write, on disk before the next case is reported as done."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def add(self, result: Result) -> None:
        """Append a finished case."""
        line = json.dumps(asdict(result), ensure_ascii=False, allow_nan=False).encode("utf-8", "surrogatepass") + b"\n"
        os.write(self._descriptor, line)
        os.fsync(self._descriptor)


def digests(cases: Iterable[Case]) -> dict[str, dict[str, Any]]:
    """Per set (``task/group``): digest and number of its cases."""
    sets: dict[str, list[Case]] = {}
    for case in cases:
        sets.setdefault(f"{case.task}/{case.group}", []).append(case)
    return {name: {"digest": digest(members), "cases": len(members)} for name, members in sorted(sets.items())}


def same_case(first: Case, second: Case) -> bool:
    """Whether two cases are one and the same: id, article and gold."""
    return case_digest(first) == case_digest(second)
