"""What the commands share: which desk answers, many inputs in turn or side by side, and how answers are written."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import typer
from pydantic import ValidationError

from service.cli.bulk import Tally, Work, run_lines
from service.cli.ending import BAD_INPUT, DONE, UNREACHABLE, clear_progress, complain, exit_code, told
from service.cli.reading import open_lines
from service.contract import ArticleIn, Options, article_of_line, said
from service.contract.parsing import NotJson, parsed
from service.desk import Desk, LocalDesk
from service.domain.brief import Notice, OffsetUnit
from service.errors import InputError, ReadoutError

Stated = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Form:
    """The form in which an answer is wanted."""

    json: bool = False
    html: Path | None = None
    csv: bool = False
    offset_unit: OffsetUnit = "codepoint"


def local_desk() -> LocalDesk:
    """The desk in this process, as configured."""
    from service.cli.configured import configured
    from service.wiring import build

    settings = configured()
    return LocalDesk(build(settings), settings.max_chars)


@contextlib.asynccontextmanager
async def asked_desk(server: str | None) -> AsyncIterator[Desk]:
    """The server at ``server``, or this process."""
    if server is None:
        desk = local_desk()
        try:
            yield desk
        finally:
            await desk.close()
        return
    from service.client import Client

    async with Client(server) as client:
        yield client


def each_file(files: Sequence[str], one: Callable[[str, Desk], Awaitable[None]], server: str | None) -> int:
    """``one`` on each file in turn. A file that fails is complained about and the others go on; the exit code is the
    worst that was met."""

    async def run() -> int:
        worst = DONE
        async with asked_desk(server) as desk:
            for number, name in enumerate(files, 1):
                try:
                    async with at_work(f"{number} of {len(files)}: {name}"):
                        await one(name, desk)
                except ReadoutError as error:
                    complain(told(error) if error.detail.startswith(name) else f"{name}: {told(error)}")
                    worst = max(worst, exit_code(error))
        progress("")
        return worst

    return asyncio.run(run())


def all_lines(
    name: str, work: Callable[[Mapping[str, Any], Desk], Awaitable[Mapping[str, Any]]], server: str | None,
    concurrency: int, what: str,
) -> None:  # fmt: skip
    """Every line of the file ``name`` through ``work``; ends the command: 0 if any line worked, 2 if none did, and 3 if none
    did because a server or a model did not answer."""

    async def run() -> Tally:
        with open_lines(name) as source:
            async with asked_desk(server) as desk:

                async def with_desk(values: Mapping[str, Any]) -> Mapping[str, Any]:
                    return await work(values, desk)

                bound: Work = with_desk
                count(Tally(), what)
                return await run_lines(source, bound, write_line, concurrency, lambda tally: count(tally, what))

    end_of_lines(asyncio.run(run()))


def end_of_lines(tally: Tally) -> None:
    """Says how a bulk run went, and ends the command."""
    progress("")
    if tally.given_up is not None:
        complain(f"given up after {tally.failed} lines, the others were not tried: {tally.given_up}")
    elif tally.failed:
        complain(f"{tally.failed} of {tally.worked + tally.failed} lines failed; each says why in its error.")
    elif not tally.worked:
        complain("there was no line to work on.")
    nobody_there = tally.failed > 0 and tally.unreachable == tally.failed
    end(DONE if tally.worked else UNREACHABLE if nobody_there else BAD_INPUT)


@contextlib.contextmanager
def naming(names: Mapping[str, str]) -> Iterator[None]:
    """Errors in here that are about parts of the request (JSON pointers, the keys of ``names``) name what the user gave."""
    try:
        yield
    except ReadoutError as error:
        about = [f"{names[pointer]}: {detail}" for pointer, detail in error.parts if pointer in names]
        if about:
            error.detail = " ".join(about)
        raise


def at_once(stated: int | None, server: str | None, options: Options | None = None) -> int:
    """How many lines are worked on side by side where nobody said: as many as the model's adapter takes, or a server, that
    wait for somebody else; two where this process does the work itself, for more only cost memory (40 articles of PolNeAR:
    1 199 MB 18.9 s, 2 225 MB 17.3 s, 8 360 MB 23.1 s, on two busy cores)."""
    if stated is not None:
        return stated
    if server is not None:
        return 8
    from service.cli.configured import configured

    settings = configured()
    engine = (options.engine if options else "extractive") or settings.chosen_engine()
    return settings.concurrency if engine == "openai" or (options is not None and options.judge) else 2


def count(tally: Tally, what: str) -> None:
    """Tells how far a bulk run is."""
    progress(f"{tally.worked} {what}" + (f", {tally.failed} failed" if tally.failed else ""))


@dataclass(frozen=True, slots=True)
class Given:
    """An article as it was given: ``name`` is what the user knows it by (its file, its id, its line); ``id`` its line's."""

    name: str
    article: ArticleIn
    id: str | None = None


def articles_of(name: str) -> tuple[list[Given], list[Notice]]:
    """All lines of a JSONL file as articles, for an answer that needs them all, and what was wrong with the lines that are
    none. Raises ``InputError`` where no line is one."""
    given: list[Given] = []
    lost: list[Notice] = []
    with open_lines(name) as source:
        for number, line in enumerate(source, 1):
            if not line.strip():
                continue
            try:
                values = parsed(line, lenient=True)
                if not isinstance(values, dict):
                    raise NotJson("is not a JSON object")
                identity = None if values.get("id") is None else str(values["id"])
                known = f"Line {number}" if identity is None else identity
                given.append(Given(known, article_of_line(values), identity))
            except ValidationError as error:
                lost.append(Notice("article_failed", f"{known}: {said(error.errors()[0])}"))
            except NotJson as error:
                lost.append(Notice("article_failed", f"Line {number} {error}."))
    if not given:
        raise InputError(lost[0].detail if lost else "There was no line to work on.")
    return given, lost


def emit(value: Any) -> None:
    """One JSON value as one line."""
    write_line(json.dumps(value, ensure_ascii=False, allow_nan=False))


def write_line(text: str) -> None:
    """One line of JSON: UTF-8 whatever the locale, and at once, for whoever reads along."""
    clear_progress()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass") + b"\n")
    sys.stdout.buffer.flush()


def page_refused(form: Form) -> None:
    """Ends the command before any work is done where the page could not be written."""
    if form.html is not None and not form.html.absolute().parent.is_dir():
        raise InputError(f"{form.html} can't be written: there is no folder {form.html.parent}.")


def write_page(path: Path, page: str) -> None:
    """Writes an HTML page and says where. Raises ``InputError`` where that can't be done."""
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} can't be written: {(error.strerror or str(error)).lower()}.") from error
    clear_progress()
    sys.stderr.write(f"The page is in {path}\n")


#: Progress is shown anew this often, in seconds.
_TICK = 0.2
_SPINNER = "|/-\\"


@contextlib.asynccontextmanager
async def at_work(text: str) -> AsyncIterator[None]:
    """Shows on a terminal that work goes on, and for how long, until the block ends."""
    if not sys.stderr.isatty():
        yield
        return

    async def turn() -> None:
        begun = time.monotonic()
        while True:
            seconds = time.monotonic() - begun
            sign = _SPINNER[int(seconds / _TICK) % len(_SPINNER)]
            progress(f"{sign} {text}" + (f" {seconds:.0f} s" if seconds > 2 else ""))
            await asyncio.sleep(_TICK)

    turning = asyncio.create_task(turn())
    await asyncio.sleep(0)
    try:
        yield
    finally:
        turning.cancel()
        progress("")


def progress(text: str) -> None:
    """Progress on standard error, on one line that is overwritten, and only where a person is looking."""
    clear_progress()
    if text and sys.stderr.isatty():
        sys.stderr.write("".join(char if char.isprintable() else " " for char in text)[:78])
        sys.stderr.flush()


def options_of(wanted: Mapping[str, Any]) -> Options:
    """The options of the command line, checked as the API checks them."""
    try:
        return Options.model_validate(dict(wanted))
    except ValidationError as error:
        raise InputError(f"An option is not valid: {said(error.errors()[0])}") from error


def is_bulk(files: Sequence[str], jsonl: str | None, command: str) -> bool:
    """Whether JSONL is asked for; ends the command where both or nothing is."""
    if jsonl is not None and files:
        usage_error("give either files or --jsonl, not both")
    if jsonl is None and not files:
        usage_error(f"give at least one FILE (or - for standard input), or --jsonl; readout {command} --help says more")
    return jsonl is not None


def refuse_html(form: Form) -> None:
    """A page of a million articles helps nobody."""
    if form.html is not None:
        usage_error("--html takes files, not --jsonl")


def usage_error(sentence: str) -> NoReturn:
    """Ends the command: it was called wrongly."""
    complain(sentence)
    raise typer.Exit(BAD_INPUT)


def end(code: int) -> None:
    """Ends the command with ``code``."""
    if code != DONE:
        raise typer.Exit(code)
