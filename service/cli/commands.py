"""What each command does: read, ask the desk, show. The desk is this process or, with a server named, that server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from service.cli.bulk import Tally
from service.cli.ending import BAD_INPUT, DONE, FINDINGS, complain
from service.cli.reading import open_lines, read_article, read_bytes
from service.cli.running import (
    Form,
    Stated,
    all_lines,
    articles_of,
    asked_desk,
    at_once,
    count,
    each_file,
    emit,
    end,
    is_bulk,
    line_article,
    local_desk,
    options_of,
    progress,
    refuse_html,
    usage_error,
    write_page,
)
from service.contract import ArticleIn, CheckLine, CheckOptions, Options, encode
from service.desk import Desk
from service.domain.brief import Brief, Notice
from service.domain.dossier import Dossier
from service.domain.meeting import MeetingRecord
from service.intake import decode


def brief(
    files: Sequence[str], jsonl: str | None, stated: Stated, wanted: Mapping[str, Any], form: Form, server: str | None,
    concurrency: int | None,
) -> None:  # fmt: skip
    """``readout brief``."""
    options = options_of(wanted)
    if is_bulk(files, jsonl, "brief"):
        refuse_html(form)

        async def work(values: Mapping[str, Any], desk: Desk) -> Mapping[str, Any]:
            made = await desk.brief(line_article(values), options)
            return {"brief": await asyncio.to_thread(encode, made, options.offset_unit)}

        all_lines(jsonl or "-", work, server, at_once(concurrency, server, options), "briefs")
        return
    made: list[Brief] = []

    async def one(name: str, desk: Desk) -> None:
        given, notices = read_article(name, **stated)
        answer = await desk.brief(given, options)
        answer = replace(answer, warnings=(*notices, *answer.warnings)) if notices else answer
        made.append(answer)
        if form.json:
            emit(encode(answer, options.offset_unit))
        else:
            from service.cli.terminal import console, show_brief

            show_brief(console(), answer, name)

    failure = each_file(files, one, server)
    if form.html is not None and made:
        from service.web import brief_page

        write_page(form.html, brief_page(made))
    end(failure)


def quotations(files: Sequence[str], jsonl: str | None, form: Form, server: str | None, concurrency: int | None) -> None:
    """``readout quotations``."""
    if is_bulk(files, jsonl, "quotations"):

        async def work(values: Mapping[str, Any], desk: Desk) -> Mapping[str, Any]:
            given = line_article(values)
            answer = encode(await desk.quotations(given), form.offset_unit)
            kept = ("offset_unit", "quotations", "people", "warnings", *(["article"] if given.text is None else []))
            return {key: answer[key] for key in kept}

        all_lines(jsonl or "-", work, server, at_once(concurrency, server), "articles")
        return

    async def one(name: str, desk: Desk) -> None:
        given, notices = read_article(name)
        answer = await desk.quotations(given)
        answer = replace(answer, warnings=(*notices, *answer.warnings))
        if form.json:
            emit(encode(answer, form.offset_unit))
        else:
            from service.cli.terminal import console, show_answer

            show_answer(console(), answer, name)

    end(each_file(files, one, server))


def check(
    sources: Sequence[str], summary: str | None, jsonl: str | None, judge: bool, form: Form, server: str | None,
    concurrency: int | None,
) -> None:  # fmt: skip
    """``readout check``."""
    options = CheckOptions(judge=judge, offset_unit=form.offset_unit)
    if jsonl is not None:
        if sources or summary is not None:
            usage_error("give either --jsonl or --article and --summary, not both")

        async def work(values: Mapping[str, Any], desk: Desk) -> Mapping[str, Any]:
            line = CheckLine.model_validate(values)
            answer = encode(await desk.check(line.sources(), line.summary, options), form.offset_unit)
            return {key: answer[key] for key in ("verdict", "score", "offset_unit", "statements", "warnings")}

        all_lines(jsonl, work, server, at_once(concurrency, server, Options(engine="extractive", judge=judge)), "summaries")
        return
    if not sources or summary is None:
        usage_error("give at least one --article and a --summary (files, or - for standard input), or --jsonl")
    if [*sources, summary].count("-") > 1:
        usage_error("standard input (-) can be read only once")
    read = [read_article(name) for name in sources]
    text, notices = decode(read_bytes(summary))
    notices = (*(notice for _, found in read for notice in found), *notices)

    async def ask() -> Any:
        async with asked_desk(server) as desk:
            return await desk.check([given for given, _ in read], text, options)

    answer = asyncio.run(ask())
    answer = replace(answer, warnings=(*notices, *answer.warnings))
    if form.json:
        emit(encode(answer, form.offset_unit))
    else:
        from service.cli.terminal import console, show_check

        show_check(console(), answer)
    end(DONE if answer.verdict == "supported" else FINDINGS)


def dossier(
    files: Sequence[str], jsonl: str | None, wanted: Mapping[str, Any], form: Form, server: str | None,
    concurrency: int | None,
) -> None:  # fmt: skip
    """``readout dossier``. What fails is left out, and the dossier's warnings say so."""
    options = options_of(wanted)
    given: list[tuple[str | None, ArticleIn]] = []
    notices: list[Notice] = []
    if is_bulk(files, jsonl, "dossier"):
        given, notices = articles_of(jsonl or "-")
    else:
        for name in files:
            article, found = read_article(name)
            given.append((None, article))
            notices.extend(found)

    async def ask() -> Dossier:
        async with asked_desk(server) as desk:
            return await desk.dossier([article for _, article in given], (), options)

    answer = asyncio.run(ask())
    answer = replace(answer, briefs=_identified(answer.briefs, given), warnings=(*notices, *answer.warnings))
    for notice in answer.warnings:
        if notice.code == "article_failed":
            complain(notice.detail)
    if form.html is not None:
        from service.web import dossier_page

        write_page(form.html, dossier_page(answer))
    if form.json or jsonl is not None:
        emit(encode(answer, options.offset_unit))
    else:
        from service.cli.terminal import console, show_dossier

        show_dossier(console(), answer)


def _identified(briefs: Sequence[Brief], given: Sequence[tuple[str | None, ArticleIn]]) -> tuple[Brief, ...]:
    """The briefs with the ids of their lines as the ids of their articles: who sent twenty lines must be able to tell which
    brief is of which, also where one of them failed."""
    waiting = list(given)
    named = []
    for brief in briefs:
        while len(waiting) > 1 and waiting[0][1].text not in (None, brief.article.text):
            waiting.pop(0)
        identity = waiting.pop(0)[0] if waiting else None
        named.append(brief if identity is None else replace(brief, article=replace(brief.article, id=identity)))
    return tuple(named)


def meetings(
    files: Sequence[str], jsonl: str | None, stated: Stated, wanted: Mapping[str, Any], form: Form, server: str | None,
    concurrency: int | None,
) -> None:  # fmt: skip
    """``readout meetings``."""
    options = options_of(wanted)
    if form.csv:
        _meetings_csv(files, jsonl, stated, options, server, concurrency)
        return
    if is_bulk(files, jsonl, "meetings"):

        async def work(values: Mapping[str, Any], desk: Desk) -> Mapping[str, Any]:
            given = line_article(values)
            answer = encode(await desk.brief(given, options), options.offset_unit)
            kept = ("offset_unit", "meetings", "warnings", *(["article"] if given.text is None else []))
            return {key: answer[key] for key in kept}

        all_lines(jsonl or "-", work, server, at_once(concurrency, server, options), "articles")
        return

    async def one(name: str, desk: Desk) -> None:
        given, _ = read_article(name, **stated)
        answer = await desk.brief(given, options)
        if form.json:
            encoded = encode(answer, options.offset_unit)
            emit({key: encoded[key] for key in ("offset_unit", "article", "meetings", "warnings")})
        else:
            _show_meetings(name, answer.meetings)

    end(each_file(files, one, server))


def _meetings_csv(
    files: Sequence[str], jsonl: str | None, stated: Stated, options: Options, server: str | None, concurrency: int | None
) -> None:
    from service.cli import table

    bulk = is_bulk(files, jsonl, "meetings")
    table.write_head()

    async def one(name: str, desk: Desk) -> None:
        given, _ = read_article(name, **stated)
        table.write_rows(name, await desk.brief(given, options))

    async def lines() -> Tally:
        with open_lines(jsonl or "-") as source:
            async with asked_desk(server) as desk:

                async def brief(values: Mapping[str, Any]) -> Brief:
                    return await desk.brief(line_article(values), options)

                return await table.write_lines(
                    source, brief, at_once(concurrency, server, options), lambda tally: count(tally, "articles")
                )

    if not bulk:
        end(each_file(files, one, server))
        return
    tally = asyncio.run(lines())
    progress("")
    end(DONE if tally.worked else BAD_INPUT)


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
        return await local_desk().chunk(given, budget)

    chunks = asyncio.run(ask())
    if form.json:
        text = "".join(one.span.text for one in chunks)
        for line in encode(list(chunks), form.offset_unit, [text]):
            emit(line)
    else:
        from service.cli.terminal import console, show_chunks

        show_chunks(console(), chunks)
