"""JSONL in, JSONL out: lines are worked on side by side, answers come in input order, and memory stays bounded.

A line that fails becomes ``{"id", "error": {problem}}`` and the others go on.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from pydantic import ValidationError

from service.contract import Problem, encode, problem_of, problem_of_validation
from service.errors import InputError, ReadoutError, TooLarge

#: What becomes of one line: its values in, the keys of its answer (without "id") out.
Work = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any]]]

#: Most bytes of one line; a longer one fails alone, without being held in memory.
MOST_LINE_BYTES = 128_000_000


@dataclass(slots=True)
class Tally:
    """How many lines worked and how many did not."""

    worked: int = 0
    failed: int = 0


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
    """
    window: asyncio.Queue[asyncio.Task[tuple[str, bool]] | None] = asyncio.Queue(maxsize=2 * concurrency)
    slots = asyncio.Semaphore(concurrency)

    async def handle(number: int, line: bytes | None) -> tuple[str, bool]:
        async with slots:
            return await _answered(number, line, work)

    async def feed() -> None:
        number = 0
        while True:
            line = await asyncio.to_thread(_next_line, source)
            if line == b"":
                break
            number += 1
            if line is not None and not line.strip():
                continue
            await window.put(asyncio.create_task(handle(number, line)))
        await window.put(None)

    tally = Tally()
    feeder = asyncio.create_task(feed())
    try:
        while (task := await window.get()) is not None:
            answer, worked = await task
            tally.worked += worked
            tally.failed += not worked
            write(answer)
            if on_line is not None:
                on_line(tally)
        await feeder
    finally:
        feeder.cancel()
    return tally


def _next_line(source: BinaryIO) -> bytes | None:
    """The next line, b"" at the end, None for a line that is too long (it is read past)."""
    line = source.readline(MOST_LINE_BYTES)
    if len(line) < MOST_LINE_BYTES or line.endswith(b"\n"):
        return line
    while line and not line.endswith(b"\n"):
        line = source.readline(1_000_000)
    return None


async def _answered(number: int, line: bytes | None, work: Work) -> tuple[str, bool]:
    identity: Any = None
    try:
        values = await asyncio.to_thread(_parsed, number, line)
        identity = values.get("id")
        answer = await work(values)
        return await asyncio.to_thread(_written, {"id": identity, **answer}), True
    except ReadoutError as error:
        problem = problem_of(error)
    except ValidationError as error:
        problem = problem_of_validation(error.errors(include_url=False, include_input=False, include_context=False))
    except Exception as error:  # one line must never take the others with it
        problem = problem_of(ReadoutError(f"Line {number} failed inside Readout: {type(error).__name__}: {error}"))
    return _failed(identity, problem), False


def _parsed(number: int, line: bytes | None) -> Mapping[str, Any]:
    if line is None:
        raise TooLarge(f"Line {number} is over {MOST_LINE_BYTES:,} bytes.")
    try:
        values = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"Line {number} is not UTF-8 (byte {error.start}).") from error
    except json.JSONDecodeError as error:
        raise InputError(f"Line {number} is not JSON: {error.msg} at column {error.colno}.") from error
    except RecursionError as error:
        raise InputError(f"Line {number} is nested too deeply.") from error
    except ValueError as error:  # a number with thousands of digits
        raise InputError(f"Line {number} can't be read: {error}.") from error
    if not isinstance(values, dict):
        raise InputError(f"Line {number} is not a JSON object.")
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
