"""The front desk: what can be asked of Readout, in the words of the contract.

``Desk`` is the protocol; ``LocalDesk`` answers in this process, ``service.client.Client`` asks a server. The API and the
command line know nothing else, so that both give the same answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol, TypeVar

from service.archive import Archive
from service.computing import computed
from service.contract.answers import CheckAnswer, QuotationsAnswer
from service.contract.requests import ArticleIn, CheckOptions, Options
from service.domain.brief import Brief, Notice
from service.domain.dossier import Dossier
from service.domain.text import Article, Chunk
from service.errors import EmptyArticle, InputError, NotFound, ReadoutError, StoreUnavailable, TooLarge
from service.intake import Taken, oddities, take
from service.language.identify import identify
from service.pipeline import Told, language_notices
from service.wiring import Readout

_T = TypeVar("_T")
#: Articles of one dossier that are briefed at once; the adapter's own limits hold the model calls.
_SIDE_BY_SIDE = 8


class Desk(Protocol):
    """What can be asked. All raise ``ReadoutError`` and its kin, nothing else."""

    async def brief(self, given: ArticleIn, options: Options) -> Brief:
        """The brief of one article."""
        ...

    async def quotations(self, given: ArticleIn) -> QuotationsAnswer:
        """The quotations of one article; no model takes part."""
        ...

    async def check(self, sources: Sequence[ArticleIn], summary: str, options: CheckOptions) -> CheckAnswer:
        """A summary held against its sources."""
        ...

    async def dossier(self, articles: Sequence[ArticleIn], briefs: Sequence[str], options: Options) -> Dossier:
        """The meetings of several articles, merged. ``briefs``: ids of stored briefs."""
        ...


class LocalDesk:
    """Answers in this process. Work that needs the processor runs in a thread, so that an event loop stays free."""

    def __init__(self, readout: Readout, max_chars: int, archive: Archive | None = None) -> None:
        self._readout = readout
        self._max_chars = max_chars
        self._archive = archive

    async def close(self) -> None:
        """Closes what was opened to answer."""
        await self._readout.close()
        if self._archive is not None:
            self._archive.store.close()

    async def brief(self, given: ArticleIn, options: Options, tell: Callable[[Told], None] | None = None) -> Brief:
        """The brief of one article, stored where the options do not say otherwise and there is a store; ``tell`` hears of
        its parts as they are made."""
        with _about("#/article"):
            taken = await self._take(given)
            brief = await self._readout.brief(taken.article, options, tell)
        brief = replace(brief, warnings=(*taken.notices, *brief.warnings)) if taken.notices else brief
        if self._archive is None or not options.store:
            return brief
        lost = await _kept(self._archive.keep_brief, brief)
        return replace(brief, warnings=(*brief.warnings, lost)) if lost else brief

    async def quotations(self, given: ArticleIn) -> QuotationsAnswer:
        """The quotations of one article."""
        with _about("#/article"):
            taken = await self._take(given)
            document = await computed(self._readout.read, taken.article)
        article = await computed(self._readout.describe, document.article)
        warnings = (*taken.notices, *language_notices(article.language))
        return QuotationsAnswer("quotations", "codepoint", article, document.quotations, document.people, warnings)

    async def check(self, sources: Sequence[ArticleIn], summary: str, options: CheckOptions) -> CheckAnswer:
        """A summary held against its sources; evidence carries the index of its source."""
        with _about("#/summary"):
            if not summary.strip():
                raise EmptyArticle("The summary to check is empty.")
            if len(summary) > self._max_chars:
                length, most = len(summary), self._max_chars
                raise TooLarge(f"The summary has {length:,} characters; this service takes up to {most:,}.")
        taken = []
        for index, one in enumerate(sources):
            with _about(f"#/sources/{index}"):
                taken.append(await self._take(one))
        articles = tuple([await computed(_with_language, one.article) for one in taken])
        checked = await self._readout.check(articles, summary, options.judge)
        if not checked.statements:
            with _about("#/summary"):
                raise EmptyArticle("There is no sentence in the summary to check.")
        languages = [
            *(language_notices(one.language, _source(index, articles)) for index, one in enumerate(articles)),
            language_notices(await computed(identify, summary), "The summary"),
        ]
        odd = (*(notice for one in taken for notice in one.notices), *oddities(summary, "summary"))
        notices = (*odd, *(notice for some in languages for notice in some))
        described = tuple([await computed(self._readout.describe, one) for one in articles])
        return CheckAnswer("check", "codepoint", described, checked.verdict, checked.score, checked.statements, notices)

    async def dossier(self, articles: Sequence[ArticleIn], briefs: Sequence[str], options: Options) -> Dossier:
        """The meetings of several articles, merged. An article that fails is left out, and the warnings say so; where all
        fail, the first one's error is raised."""
        if briefs and self._archive is None:
            raise NotFound(f"There is no stored brief {briefs[0]}: this process stores none.")
        stored = await asyncio.to_thread(self._archive.briefs_of, briefs) if briefs and self._archive else []
        made, failed = await self._side_by_side(articles, options)
        made += stored
        if not made:
            error = failed[0][1]
            error.parts = tuple((f"#/articles/{number - 1}", one.detail) for number, one in failed)
            raise error
        dossier = await self._readout.dossier(made)
        lost = [Notice("article_failed", f"Article {number}: {error.detail} ({error.code})") for number, error in failed]
        dossier = replace(dossier, warnings=(*lost, *dossier.warnings)) if lost else dossier
        if self._archive is None or not options.store:
            return dossier
        unkept = await _kept(self._archive.keep_dossier, dossier)
        return replace(dossier, warnings=(*dossier.warnings, unkept)) if unkept else dossier

    async def _side_by_side(
        self, articles: Sequence[ArticleIn], options: Options
    ) -> tuple[list[Brief], list[tuple[int, ReadoutError]]]:
        """Briefs in the articles' order, and the articles (counted from 1) that failed, with why."""
        slots = asyncio.Semaphore(_SIDE_BY_SIDE)

        async def one_brief(given: ArticleIn) -> Brief | ReadoutError:
            async with slots:
                try:
                    return await self.brief(given, options)
                except ReadoutError as error:
                    return error

        tasks = [asyncio.create_task(one_brief(one)) for one in articles]
        try:
            results = [await task for task in tasks]
        finally:
            for task in tasks:
                task.cancel()
        made = [one for one in results if isinstance(one, Brief)]
        return made, [(number, one) for number, one in enumerate(results, 1) if isinstance(one, ReadoutError)]

    async def chunk(self, given: ArticleIn, budget: int) -> tuple[Chunk, ...]:
        """The article in pieces of at most ``budget`` tokens, that tile its text."""
        taken = await self._take(given)
        return await computed(self._readout.chunk, taken.article, budget)

    async def _take(self, given: ArticleIn) -> Taken:
        return await computed(take, given, self._max_chars)


@contextmanager
def _about(place: str) -> Iterator[None]:
    """Input errors in here are about ``place`` in the request (a JSON pointer)."""
    try:
        yield
    except InputError as error:
        error.parts = error.parts or ((place, error.detail),)
        raise


def _with_language(article: Article) -> Article:
    return article if article.language else replace(article, language=identify(article.text))


def _source(index: int, sources: Sequence[Article]) -> str:
    return "The source" if len(sources) == 1 else f"Source {index + 1}"


async def _kept(keep: Callable[[_T], None], made: _T) -> Notice | None:
    """Stores ``made``. Where the store can't be used the answer is given all the same: it may have cost money."""
    try:
        await asyncio.to_thread(keep, made)
    except StoreUnavailable as error:
        return Notice("not_stored", error.detail)
    return None
