"""JSONL in, JSONL out: lines are worked on side by side, answers come in input order, and memory stays bounded.

A line that fails becomes ``{"id", "error": {problem}}`` and the others go on.
"""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from pydantic import ValidationError

from service.cli.ending import is_hopeless, is_unreachable
from service.computing import computed
from service.contract import Problem, encode, problem_of, problem_of_validation
from service.contract.parsing import NotJson, parsed
from service.errors import InputError, ReadoutError, TooLarge

#: What becomes of one line: its values in, the keys of its answer (without "id") out.
Work = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any]]]

#: Most bytes of one line; a longer one fails alone, without being held in memory.
MOST_LINE_BYTES = 128_000_000


#: So many lines that fail one after the other, before any has worked, because nobody can be asked, are taken for what all
#: the others would come to as well.
HOPELESS_LINES = 3


@dataclass(slots=True)
class Tally:
    """How many lines worked and how many did not; ``unreachable``: how many of these because a server or a model did not
    answer; ``hopeless``: how many because nobody could be asked, whatever the reason; ``given_up``: why the rest was not
    tried, where it was not."""

    worked: int = 0
    failed: int = 0
    unreachable: int = 0
    hopeless: int = 0
    given_up: str | None = None


@dataclass(frozen=True, slots=True)
class _Done:
    """A line's answer, and the error that it tells of."""

    answer: str
    error: Exception | None = None


async def run_lines(
    source: BinaryIO,
    work: Work,
    write: Callable[[str], None],
    concurrency: int,
    on_line: Callable[[Tally], None] | None = None,
) -> Tally:
    """Every line of ``source`` through ``work``, answers to ``write`` in input order.

    At most ``concurrency`` lines are in work, and twice as many wait for their turn to be written, however long the input
    is. A line's answer is written as soon as it and all before it are there, also while the input is still open.
    Where the first lines find nobody to ask, the others are not tried.
    """
    window: asyncio.Queue[asyncio.Task[_Done] | None] = asyncio.Queue(maxsize=2 * concurrency)
    slots = asyncio.Semaphore(concurrency)

    async def handle(number: int, line: bytes | None) -> _Done:
        async with slots:
            return await _answered(number, line, work)

    async def feed() -> None:
        number = 0
        try:
            # not to_thread: who interrupts the command doesn't want to wait for the next line of a pipe
            while (line := await computed(_next_line, source)) != b"":
                number += 1
                if line is None or line.strip():
                    await window.put(asyncio.create_task(handle(number, line)))
        except Exception:
            await window.put(None)
            raise
        await window.put(None)

    tally = Tally()
    feeder = asyncio.create_task(feed())
    try:
        while (task := await window.get()) is not None:
            done = await task
            _note(tally, done.error)
            write(done.answer)
            if on_line is not None:
                on_line(tally)
            if tally.given_up is not None:
                return tally
        await feeder
    finally:
        feeder.cancel()
        while not window.empty():
            waiting = window.get_nowait()
            if waiting is not None:
                waiting.cancel()
    return tally


def _note(tally: Tally, error: Exception | None) -> None:
    if error is None:
        tally.worked += 1
        return
    tally.failed += 1
    tally.unreachable += is_unreachable(error)
    tally.hopeless += is_hopeless(error)
    if tally.worked == 0 and tally.hopeless == tally.failed == HOPELESS_LINES:
        tally.given_up = str(error)


def _next_line(source: BinaryIO) -> bytes | None:
    """The next line, b"" at the end, None for a line that is too long (it is read past)."""
    line = source.readline(MOST_LINE_BYTES)
    if len(line) < MOST_LINE_BYTES or line.endswith(b"\n"):
        return line
    while line and not line.endswith(b"\n"):
        line = source.readline(1_000_000)
    return None


async def _answered(number: int, line: bytes | None, work: Work) -> _Done:
    identity: Any = None
    failure: Exception
    try:
        values = await asyncio.to_thread(_parsed, number, line)
        identity = values.get("id")
        answer = await work(values)
        return _Done(await asyncio.to_thread(_written, {"id": identity, **answer}))
    except ReadoutError as error:
        failure, problem = error, replace(problem_of(error), errors=())
    except ValidationError as error:
        failure, problem = error, problem_of_validation(error.errors(include_url=False, include_input=False))
    except Exception as error:  # one line must never take the others with it
        failure = ReadoutError(f"It failed inside Readout: {type(error).__name__}: {error}")
        problem = problem_of(failure)
    if identity is None and not problem.detail.startswith(f"Line {number} "):
        problem = replace(problem, detail=f"Line {number}: {problem.detail}")
    return _Done(_failed(identity, problem), failure)


def _parsed(number: int, line: bytes | None) -> Mapping[str, Any]:
    if line is None:
        raise TooLarge(f"Line {number} is over {MOST_LINE_BYTES:,} bytes.")
    try:
        values = parsed(line, lenient=True)
    except NotJson as error:
        raise InputError(f"Line {number} {error}.") from error
    if not isinstance(values, dict):
        raise InputError(f"Line {number} is not a JSON object.")
    identity = values.get("id")
    if isinstance(identity, float) and not math.isfinite(identity):
        raise InputError(f"Line {number} has an id that is no number in JSON.")
    return values


def _failed(identity: Any, problem: Problem) -> str:
    return _written({"id": identity, "error": encode(problem)})


def _written(answer: Mapping[str, Any]) -> str:
    """One line. A lone surrogate in an id comes back as the escape that it was sent as."""
    try:
        text = json.dumps(answer, ensure_ascii=False, allow_nan=False)
        text.encode("utf-8")
        return text
    except UnicodeEncodeError:
        return json.dumps(answer, allow_nan=False)
