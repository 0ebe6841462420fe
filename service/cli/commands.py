"""What each command does: read, ask the desk, show. The desk is this process or, with a server named, that server."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from service.cli.bulk import Tally
from service.cli.ending import DONE, FINDINGS, complain
from service.cli.reading import open_lines, read_article, read_bytes
from service.cli.running import (
    Form,
    Given,
    Stated,
    all_lines,
    articles_of,
    asked_desk,
    at_once,
    at_work,
    count,
    each_file,
    emit,
    end,
    end_of_lines,
    is_bulk,
    local_desk,
    naming,
    options_of,
    page_refused,
    refuse_html,
    usage_error,
    write_page,
)
from service.computing import computed
from service.contract import CheckAnswer, CheckLine, CheckOptions, Options, article_of_line, encode, text_of_line
from service.desk import Desk
from service.domain.brief import Brief, Notice
from service.domain.dossier import Dossier
from service.domain.meeting import MeetingRecord
from service.intake import decode

#: How the desk names an article that failed, counted from 1.
_ARTICLE_NUMBER = re.compile(r"Article (\d+): ")


def brief(
    files: Sequence[str], jsonl: str | None, stated: Stated, wanted: Mapping[str, Any], form: Form, server: str | None,
    concurrency: int | None,
) -> None:  # fmt: skip
    """``readout brief``."""
    options = options_of(wanted)
    if is_bulk(files, jsonl, "brief"):
        refuse_html(form)

        async def work(values: Mapping[str, Any], desk: Desk) -> Mapping[str, Any]:
            made = await desk.brief(article_of_line(values), options)
            return {"brief": await asyncio.to_thread(encode, made, options.offset_unit)}

        all_lines(jsonl or "-", work, server, at_once(concurrency, server, options), "briefs")
        return
    page_refused(form)
    made: list[Brief] = []

    async def one(name: str, desk: Desk) -> None:
        given, notices = await computed(read_article, name, **stated)
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
            given = text_of_line(values)
            answer = encode(await desk.quotations(given), form.offset_unit)
            kept = ("offset_unit", "quotations", "people", "warnings", *(["article"] if given.text is None else []))
            return {key: answer[key] for key in kept}

        all_lines(jsonl or "-", work, server, at_once(concurrency, server), "articles")
        return

    async def one(name: str, desk: Desk) -> None:
        given, notices = await computed(read_article, name)
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
    names = {"#/summary": summary, **{f"#/sources/{index}": name for index, name in enumerate(sources)}}

    async def ask() -> CheckAnswer:
        async with asked_desk(server) as desk, at_work("check"):
            read = [await computed(read_article, name) for name in sources]
            text, notices = await computed(decode, await computed(read_bytes, summary))
            with naming(names):
                found = await desk.check([given for given, _ in read], text, options)
            notices = (*(notice for _, some in read for notice in some), *notices)
            return replace(found, warnings=(*notices, *found.warnings))

    answer = asyncio.run(ask())
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
    page_refused(form)
    bulk = is_bulk(files, jsonl, "dossier")

    async def ask() -> Dossier:
        async with asked_desk(server) as desk, at_work("dossier"):
            given, notices = await computed(articles_of, jsonl or "-") if bulk else await computed(_files, files)
            with naming({f"#/articles/{index}": one.name for index, one in enumerate(given)}):
                made = await desk.dossier([one.article for one in given], (), options)
            warnings = (*notices, *(_with_name(notice, given) for notice in made.warnings))
            return replace(made, briefs=_identified(made.briefs, given), warnings=warnings)

    answer = asyncio.run(ask())
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


def _files(names: Sequence[str]) -> tuple[list[Given], list[Notice]]:
    """The articles in files, and what had to be guessed to read them."""
    given: list[Given] = []
    notices: list[Notice] = []
    for name in names:
        article, found = read_article(name)
        given.append(Given(name, article))
        notices.extend(found)
    return given, notices


def _with_name(notice: Notice, given: Sequence[Given]) -> Notice:
    """A notice about "Article 3" with the name that the user knows it by."""
    about = _ARTICLE_NUMBER.match(notice.detail) if notice.code == "article_failed" else None
    if about is None or not 0 < int(about.group(1)) <= len(given):
        return notice
    return replace(notice, detail=f"{given[int(about.group(1)) - 1].name}: {notice.detail[about.end() :]}")


def _identified(briefs: Sequence[Brief], given: Sequence[Given]) -> tuple[Brief, ...]:
    """The briefs with the ids of their lines as the ids of their articles: who sent twenty lines must be able to tell which
    brief is of which, also where one of them failed."""
    waiting = list(given)
    named = []
    for brief in briefs:
        while len(waiting) > 1 and waiting[0].article.text not in (None, brief.article.text):
            waiting.pop(0)
        identity = waiting.pop(0).id if waiting else None
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
            given = article_of_line(values)
            made = await desk.brief(given, options)
            answer = encode(replace(made, warnings=_of_records(made.warnings)), options.offset_unit)
            kept = ("offset_unit", "meetings", "warnings", *(["article"] if given.text is None else []))
            return {key: answer[key] for key in kept}

        all_lines(jsonl or "-", work, server, at_once(concurrency, server, options), "articles")
        return

    async def one(name: str, desk: Desk) -> None:
        given, notices = await computed(read_article, name, **stated)
        answer = await desk.brief(given, options)
        answer = replace(answer, warnings=(*notices, *_of_records(answer.warnings)))
        if form.json:
            encoded = encode(answer, options.offset_unit)
            emit({"object": "meetings", **{key: encoded[key] for key in ("offset_unit", "article", "meetings", "warnings")}})
        else:
            _show_meetings(name, answer.meetings)

    end(each_file(files, one, server))


#: What a brief's warnings say of its summary, which an answer with meetings alone has not.
_OF_SUMMARIES = frozenset({
    "statement_repaired", "statement_dropped", "headline_replaced", "repair_failed", "reduce_failed", "output_language",
})  # fmt: skip


def _of_records(notices: Sequence[Notice]) -> tuple[Notice, ...]:
    """The warnings of a brief that are about its meeting records, too."""
    rules = Notice(
        "embedded_engine", "The meeting records were found by rules of the embedded engine, not by a language model."
    )
    return tuple(rules if one.code == rules.code else one for one in notices if one.code not in _OF_SUMMARIES)


def _meetings_csv(
    files: Sequence[str], jsonl: str | None, stated: Stated, options: Options, server: str | None, concurrency: int | None
) -> None:
    from service.cli import table

    bulk = is_bulk(files, jsonl, "meetings")
    table.write_head()

    async def one(name: str, desk: Desk) -> None:
        given, _ = await computed(read_article, name, **stated)
        table.write_rows(name, await desk.brief(given, options))

    async def lines() -> Tally:
        with open_lines(jsonl or "-") as source:
            async with asked_desk(server) as desk:

                async def brief(values: Mapping[str, Any]) -> Brief:
                    return await desk.brief(article_of_line(values), options)

                return await table.write_lines(
                    source, brief, at_once(concurrency, server, options), lambda tally: count(tally, "articles")
                )

    if not bulk:
        end(each_file(files, one, server))
        return
    end_of_lines(asyncio.run(lines()))


def _show_meetings(name: str, found: Sequence[MeetingRecord]) -> None:
    from service.cli.terminal import console, show_meetings

    out = console()
    out.print(name)
    show_meetings(out, found)
    out.print()


def chunk(file: str, budget: int, form: Form) -> None:
    """``readout chunk``; always in this process, for nothing of it needs a server."""

    async def ask() -> Any:
        async with at_work(f"chunk: {file}"):
            given, _ = await computed(read_article, file)
            return await local_desk().chunk(given, budget)

    chunks = asyncio.run(ask())
    if form.json:
        text = "".join(one.span.text for one in chunks)
        for line in encode(list(chunks), form.offset_unit, [text]):
            emit(line)
    else:
        from service.cli.terminal import console, show_chunks

        show_chunks(console(), chunks)
