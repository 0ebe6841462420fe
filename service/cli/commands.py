"""What the commands do: read, ask the desk, show. The desk is this process or, with a server named, that server."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

import typer

from service.cli.bulk import Tally, Work, run_lines
from service.cli.ending import BAD_INPUT, DONE, FINDINGS, complain, exit_code
from service.cli.reading import open_lines, read_article, read_bytes
from service.contract import ArticleIn, CheckLine, CheckOptions, Options, encode
from service.desk import Desk, LocalDesk
from service.domain.brief import Brief, Notice, OffsetUnit
from service.domain.meeting import MeetingRecord
from service.errors import InputError, ReadoutError
from service.intake import decode

Stated = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Form:
    """The form in which an answer is wanted."""

    json: bool = False
    html: Path | None = None
    csv: bool = False
    offset_unit: OffsetUnit = "codepoint"


# ------------------------------------------------------------------------------------------------------------ commands


def brief(
    files: Sequence[str], jsonl: str | None, stated: Stated, wanted: Mapping[str, Any], form: Form, server: str | None,
    concurrency: int | None,
) -> None:  # fmt: skip
    """``readout brief``."""
    options = _options(wanted)
    if _is_bulk(files, jsonl, "brief"):
        _refuse_html(form)

        async def work(values: Mapping[str, Any], desk: Desk) -> Mapping[str, Any]:
            made = await desk.brief(_line_article(values), options)
            return {"brief": await asyncio.to_thread(encode, made, options.offset_unit)}

        _bulk(jsonl or "-", work, server, concurrency, "briefs")
        return
    made: list[Brief] = []

    async def one(name: str, desk: Desk) -> None:
        given, notices = read_article(name, **stated)
        answer = await desk.brief(given, options)
        answer = replace(answer, warnings=(*notices, *answer.warnings)) if notices else answer
        made.append(answer)
        if form.json:
            _emit(encode(answer, options.offset_unit))
        else:
            from service.cli.terminal import console, show_brief

            show_brief(console(), answer, name)

    failure = _each(files, one, server)
    if form.html is not None and made:
        from service.web import brief_page

        _write(form.html, brief_page(made))
    _end(failure)


def quotations(files: Sequence[str], jsonl: str | None, form: Form, server: str | None, concurrency: int | None) -> None:
    """``readout quotations``."""
    if _is_bulk(files, jsonl, "quotations"):

        async def work(values: Mapping[str, Any], desk: Desk) -> Mapping[str, Any]:
            given = _line_article(values)
            answer = encode(await desk.quotations(given), form.offset_unit)
            kept = ("offset_unit", "quotations", "people", "warnings", *(["article"] if given.text is None else []))
            return {key: answer[key] for key in kept}

        _bulk(jsonl or "-", work, server, concurrency, "articles")
        return

    async def one(name: str, desk: Desk) -> None:
        given, notices = read_article(name)
        answer = await desk.quotations(given)
        answer = replace(answer, warnings=(*notices, *answer.warnings))
        if form.json:
            _emit(encode(answer, form.offset_unit))
        else:
            from service.cli.terminal import console, show_answer

            show_answer(console(), answer, name)

    _end(_each(files, one, server))


def check(
    sources: Sequence[str], summary: str | None, jsonl: str | None, judge: bool, form: Form, server: str | None,
    concurrency: int | None,
) -> None:  # fmt: skip
    """``readout check``."""
    options = CheckOptions(judge=judge, offset_unit=form.offset_unit)
    if jsonl is not None:
        if sources or summary is not None:
            _usage("give either --jsonl or --article and --summary, not both")

        async def work(values: Mapping[str, Any], desk: Desk) -> Mapping[str, Any]:
            line = CheckLine.model_validate(values)
            answer = encode(await desk.check(line.sources(), line.summary, options), form.offset_unit)
            return {key: answer[key] for key in ("verdict", "score", "offset_unit", "statements", "warnings")}

        _bulk(jsonl, work, server, concurrency, "summaries")
        return
    if not sources or summary is None:
        _usage("give at least one --article and a --summary (files, or - for standard input), or --jsonl")
    if [*sources, summary].count("-") > 1:
        _usage("standard input (-) can be read only once")
    read = [read_article(name) for name in sources]
    text, notices = decode(read_bytes(summary))
    notices = (*(notice for _, found in read for notice in found), *notices)

    async def ask() -> Any:
        async with _desk(server) as desk:
            return await desk.check([given for given, _ in read], text, options)

    answer = asyncio.run(ask())
    answer = replace(answer, warnings=(*notices, *answer.warnings))
    if form.json:
        _emit(encode(answer, form.offset_unit))
    else:
        from service.cli.terminal import console, show_check

        show_check(console(), answer)
    _end(DONE if answer.verdict == "supported" else FINDINGS)


def dossier(
    files: Sequence[str], jsonl: str | None, wanted: Mapping[str, Any], form: Form, server: str | None,
    concurrency: int | None,
) -> None:  # fmt: skip
    """``readout dossier``. Every article must work: a dossier that silently lacks one would mislead."""
    options = _options(wanted)
    if _is_bulk(files, jsonl, "dossier"):
        given = _lines_as_articles(jsonl or "-")
        notices: tuple[Notice, ...] = ()
    else:
        read = [read_article(name) for name in files]
        given, notices = [one for one, _ in read], tuple(notice for _, found in read for notice in found)

    async def ask() -> Any:
        async with _desk(server) as desk:
            return await desk.dossier(given, (), options)

    answer = asyncio.run(ask())
    answer = replace(answer, warnings=(*notices, *answer.warnings))
    if form.html is not None:
        from service.web import dossier_page

        _write(form.html, dossier_page(answer))
    if form.json or jsonl is not None:
        _emit(encode(answer, options.offset_unit))
    else:
        from service.cli.terminal import console, show_dossier

        show_dossier(console(), answer)


def meetings(
    files: Sequence[str], jsonl: str | None, stated: Stated, wanted: Mapping[str, Any], form: Form, server: str | None,
    concurrency: int | None,
) -> None:  # fmt: skip
    """``readout meetings``."""
    options = _options(wanted)
    if form.csv:
        _meetings_csv(files, jsonl, stated, options, server, concurrency)
        return
    if _is_bulk(files, jsonl, "meetings"):

        async def work(values: Mapping[str, Any], desk: Desk) -> Mapping[str, Any]:
            given = _line_article(values)
            answer = encode(await desk.brief(given, options), options.offset_unit)
            kept = ("offset_unit", "meetings", "warnings", *(["article"] if given.text is None else []))
            return {key: answer[key] for key in kept}

        _bulk(jsonl or "-", work, server, concurrency, "articles")
        return

    async def one(name: str, desk: Desk) -> None:
        given, _ = read_article(name, **stated)
        answer = await desk.brief(given, options)
        if form.json:
            encoded = encode(answer, options.offset_unit)
            _emit({key: encoded[key] for key in ("offset_unit", "article", "meetings", "warnings")})
        else:
            _show_meetings(name, answer.meetings)

    _end(_each(files, one, server))


def _meetings_csv(
    files: Sequence[str], jsonl: str | None, stated: Stated, options: Options, server: str | None, concurrency: int | None
) -> None:
    from service.cli import table

    bulk = _is_bulk(files, jsonl, "meetings")
    table.write_head()

    async def one(name: str, desk: Desk) -> None:
        given, _ = read_article(name, **stated)
        table.write_rows(name, await desk.brief(given, options))

    async def lines() -> Tally:
        with open_lines(jsonl or "-") as source:
            async with _desk(server) as desk:

                async def brief(values: Mapping[str, Any]) -> Brief:
                    return await desk.brief(_line_article(values), options)

                return await table.write_lines(source, brief, concurrency or 8, lambda tally: _count(tally, "articles"))

    if not bulk:
        _end(_each(files, one, server))
        return
    tally = asyncio.run(lines())
    _progress("")
    _end(DONE if tally.worked else BAD_INPUT)


def _show_meetings(name: str, found: Sequence[MeetingRecord]) -> None:
    from service.cli.terminal import console, show_meetings

    out = console()
    out.print(name)
    show_meetings(out, found)
    out.print()


def chunk(file: str, budget: int, form: Form) -> None:
    """``readout chunk``; always in this process, for nothing of it needs a server."""
    given, _ = read_article(file)

    async def ask() -> Any:
        return await _local().chunk(given, budget)

    chunks = asyncio.run(ask())
    if form.json:
        text = "".join(one.span.text for one in chunks)
        for line in encode(list(chunks), form.offset_unit, [text]):
            _emit(line)
    else:
        from service.cli.terminal import console, show_chunks

        show_chunks(console(), chunks)


# --------------------------------------------------------------------------------------------------------------- desks


def _local() -> LocalDesk:
    from service.cli.configured import configured
    from service.wiring import build

    settings = configured()
    return LocalDesk(build(settings), settings.max_chars)


@contextlib.asynccontextmanager
async def _desk(server: str | None) -> AsyncIterator[Desk]:
    """The server at ``server``, or this process."""
    if server is None:
        yield _local()
        return
    from service.client import Client

    async with Client(server) as client:
        yield client


# --------------------------------------------------------------------------------------------------------- many inputs


def _each(files: Sequence[str], one: Callable[[str, Desk], Awaitable[None]], server: str | None) -> int:
    """``one`` on each file in turn. A file that fails is complained about and the others go on; the exit code is the
    worst that was met."""

    async def run() -> int:
        worst = DONE
        async with _desk(server) as desk:
            for number, name in enumerate(files, 1):
                if len(files) > 1:
                    _progress(f"{number} of {len(files)}: {name}")
                try:
                    await one(name, desk)
                except ReadoutError as error:
                    complain(f"{name}: {error.detail} ({error.code})")
                    worst = max(worst, exit_code(error))
        _progress("")
        return worst

    return asyncio.run(run())


def _bulk(
    name: str, work: Callable[[Mapping[str, Any], Desk], Awaitable[Mapping[str, Any]]], server: str | None,
    concurrency: int | None, what: str,
) -> None:  # fmt: skip
    """Every line of the file ``name`` through ``work``; ends the command: 0 if any line worked, 2 if none did."""

    async def run() -> Tally:
        with open_lines(name) as source:
            async with _desk(server) as desk:

                async def with_desk(values: Mapping[str, Any]) -> Mapping[str, Any]:
                    return await work(values, desk)

                bound: Work = with_desk
                return await run_lines(source, bound, _line, concurrency or 8, lambda tally: _count(tally, what))

    tally = asyncio.run(run())
    _progress("")
    if tally.failed:
        complain(f"{tally.failed} of {tally.worked + tally.failed} lines failed; each says why in its error.")
    elif not tally.worked:
        complain("there was no line to work on.")
    _end(DONE if tally.worked else BAD_INPUT)


def _count(tally: Tally, what: str) -> None:
    _progress(f"{tally.worked} {what}" + (f", {tally.failed} failed" if tally.failed else ""))


def _line_article(values: Mapping[str, Any]) -> ArticleIn:
    return ArticleIn.model_validate(values)


def _lines_as_articles(name: str) -> list[ArticleIn]:
    """All lines of a JSONL file as articles, for an answer that needs them all. Raises ``InputError`` with the line."""
    from pydantic import ValidationError

    given = []
    with open_lines(name) as source:
        for number, line in enumerate(source, 1):
            if not line.strip():
                continue
            try:
                given.append(ArticleIn.model_validate(json.loads(line.decode("utf-8-sig"))))
            except ValidationError as error:
                raise InputError(f"Line {number}: {error.errors()[0]['msg']}.") from error
            except (ValueError, RecursionError) as error:
                raise InputError(f"Line {number} is not a JSON object in UTF-8.") from error
    if not given:
        raise InputError("There was no line to work on.")
    return given


# -------------------------------------------------------------------------------------------------------------- output


def _emit(value: Any) -> None:
    _line(json.dumps(value, ensure_ascii=False, allow_nan=False))


def _line(text: str) -> None:
    """One line of JSON: UTF-8 whatever the locale, and at once, for whoever reads along."""
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass") + b"\n")
    sys.stdout.buffer.flush()


def _write(path: Path, page: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} can't be written: {(error.strerror or str(error)).lower()}.") from error
    sys.stderr.write(f"The page is in {path}\n")


def _progress(text: str) -> None:
    """Progress on standard error, on one line that is overwritten, and only where a person is looking."""
    if sys.stderr.isatty():
        shown = "".join(char if char.isprintable() else " " for char in text)[:78]
        sys.stderr.write(f"\r\x1b[2K{shown}")
        sys.stderr.flush()


# --------------------------------------------------------------------------------------------------------------- usage


def _options(wanted: Mapping[str, Any]) -> Options:
    from pydantic import ValidationError

    try:
        return Options.model_validate(dict(wanted))
    except ValidationError as error:
        raise InputError(f"An option is not valid: {error.errors()[0]['msg']}.") from error


def _is_bulk(files: Sequence[str], jsonl: str | None, command: str) -> bool:
    if jsonl is not None and files:
        _usage("give either files or --jsonl, not both")
    if jsonl is None and not files:
        _usage(f"give at least one FILE (or - for standard input), or --jsonl; readout {command} --help says more")
    return jsonl is not None


def _refuse_html(form: Form) -> None:
    if form.html is not None:
        _usage("--html takes files, not --jsonl")


def _usage(sentence: str) -> NoReturn:
    complain(sentence)
    raise typer.Exit(BAD_INPUT)


def _end(code: int) -> None:
    if code != DONE:
        raise typer.Exit(code)
