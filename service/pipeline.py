"""The staircase: an article walks down, a stage at a time, and comes out as a Brief.

    text → furniture → sentences → quotations → speakers → chunks → drafting → verification ⇄ repair → assembly → Brief

Several briefs become one Dossier. Work that only computes runs in a thread, so that an event loop is never held up by it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from service.computing import computed
from service.domain.brief import ArticleInfo, Brief, Notice, Usage
from service.domain.dossier import Dossier
from service.domain.draft import Document, Draft, DraftStatement
from service.domain.meeting import MeetingRecord
from service.domain.text import Article, Chunk, Span
from service.domain.verdict import CheckedSummary, Statement, Verdict
from service.errors import BudgetExceeded, EmptyArticle, ModelError
from service.language.identify import identify
from service.models.base import Drafted, Drafter, Wanted
from service.models.extractive.summary import choose_headline
from service.stages.assembly import assemble_meetings
from service.stages.chunks import split_chunks
from service.stages.dossier import Ref, build_dossier
from service.stages.furniture import label_furniture
from service.stages.quotations import find_quotations
from service.stages.sentences import split_sentences
from service.stages.speakers import attribute
from service.stages.verification import Judge, Source, check_statement, check_summary, checked_summary

OnUnsupported = Literal["flag", "drop"]
#: What a brief in the making can tell, in this order: the article read, its draft (nothing of it believed), and headline and
#: summary verified.
Told = Document | Draft | tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Tools:
    """What a brief is made with. ``fallback`` stands in when ``drafter`` fails; ``count`` counts tokens; ``chunk_tokens`` is
    the most that one chunk may have; ``new_id`` makes an id from a prefix;
    ``judge`` gives a second opinion where the rules can't tell; ``tell`` hears what is there as soon as it is."""

    drafter: Drafter
    fallback: Drafter | None
    count: Callable[[str], int]
    chunk_tokens: int
    new_id: Callable[[str], str]
    judge: Judge | None = None
    tell: Callable[[Told], None] | None = None

    def told(self, what: Told) -> None:
        """Passes on what is there, where somebody listens."""
        if self.tell is not None:
            self.tell(what)


async def make_brief(article: Article, wanted: Wanted, on_unsupported: OnUnsupported, tools: Tools) -> Brief:
    """The whole way down. Raises ``EmptyArticle``, or ``ModelError`` where no draft could be had and nothing stands in."""
    started = time.perf_counter()
    document = await computed(read, article)
    tools.told(document)
    chunks = await computed(split_chunks, document, tools.chunk_tokens, tools.count)
    drafted = await _drafted(document, chunks, wanted, tools)
    tools.told(drafted.draft)
    source = await computed(Source.of, document)
    statements = await computed(_verify, drafted, document, source)
    statements, repair_usage, repair_notices = await _repair(statements, document, source, wanted, tools)
    if tools.judge is not None:
        statements, judge_usage = await tools.judge.review(statements, document)
        repair_usage += judge_usage
    kept, drop_notices = _keep(statements, on_unsupported, document, source)
    tools.told(tuple(kept))
    meetings = await computed(_meetings, document, drafted, source)
    info = await computed(describe, document.article, tools.count)
    return Brief(
        id=tools.new_id("brf"),
        object="brief",
        created=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        offset_unit="codepoint",
        article=info,
        headline=kept[0],
        summary=tuple(kept[1:]),
        meetings=meetings,
        quotations=document.quotations,
        people=document.people,
        furniture=document.furniture,
        coverage=drafted.outcomes,
        engine=drafted.engine,
        usage=replace(drafted.usage + repair_usage, seconds=round(time.perf_counter() - started, 4)),
        warnings=(*language_notices(document.article.language), *drafted.notices, *repair_notices, *drop_notices),
    )


def read(article: Article) -> Document:
    """Everything that is known of an article before anybody drafts: furniture, sentences, quotations, speakers, people.

    Raises ``EmptyArticle`` where there is no sentence to work on.
    """
    parts = segment(article)
    attribution = attribute(article.text, parts.sentences, parts.quotations)
    known = replace(article, language=article.language or identify(article.text))
    return Document(known, parts.furniture, parts.sentences, attribution.quotations, attribution.people)


def segment(article: Article) -> Document:
    """What cutting an article needs to know of it, and no more: furniture, sentences, quotations without their speakers.

    Raises ``EmptyArticle`` where there is no sentence to work on.
    """
    furniture = label_furniture(article.text)
    sentences = split_sentences(article.text, furniture)
    if not sentences:
        raise EmptyArticle("There is no sentence in this text (beside page furniture). Submit the article's own words.")
    return Document(article, furniture, sentences, find_quotations(article.text, sentences), ())


def make_dossier(
    briefs: Sequence[Brief],
    new_id: Callable[[str], str],
    together: Sequence[Sequence[Ref]] = (),
    apart: Sequence[Sequence[Ref]] = (),
) -> Dossier:
    """The last step down: several briefs become one record for each real meeting. ``together`` and ``apart`` are what people
    have decided about records, see ``service.stages.dossier``."""
    return build_dossier(briefs, new_id, together, apart)


def check(articles: Sequence[Article], summary: str) -> CheckedSummary:
    """A summary by anyone held against one article or several; evidence says which by its ``source``."""
    return check_summary(summary, [Source.of(document, index) for index, document in enumerate(_sources(articles))])


def _sources(articles: Sequence[Article]) -> list[Document]:
    """The sources of a check, read; an error says which of them it is about."""
    documents = []
    for index, article in enumerate(articles):
        try:
            documents.append(read(article))
        except EmptyArticle as error:
            error.parts = ((f"#/sources/{index}", error.detail),)
            raise
    return documents


async def check_with_judge(articles: Sequence[Article], summary: str, judge: Judge) -> CheckedSummary:
    """As ``check``, with a language model's opinion where the rules can't tell."""
    documents = await computed(_sources, articles)
    sources = [Source.of(document, index) for index, document in enumerate(documents)]
    checked = await computed(check_summary, summary, sources)
    by_id: dict[str, Statement] = {}
    for index, document in enumerate(documents):
        mine = [one for one in checked.statements if (one.evidence[0].source or 0 if one.evidence else 0) == index]
        reviewed, _ = await judge.review(mine, document)
        by_id.update({one.id: one for one in reviewed})
    return checked_summary([by_id[one.id] for one in checked.statements])


async def _drafted(document: Document, chunks: Sequence[Chunk], wanted: Wanted, tools: Tools) -> Drafted:
    try:
        return await tools.drafter.draft(document, chunks, wanted)
    except (ModelError, BudgetExceeded) as error:
        if tools.fallback is None:
            raise
        stand_in = await tools.fallback.draft(document, chunks, wanted)
        if isinstance(error.usage, Usage):
            stand_in = replace(stand_in, usage=error.usage + stand_in.usage)
        detail = f"The model could not be used ({error.code}); the embedded engine stood in. {error.detail}"
        notice = Notice("fell_back", detail)
        return replace(stand_in, engine=replace(stand_in.engine, fell_back=True), notices=(notice, *stand_in.notices))


def _verify(drafted: Drafted, document: Document, source: Source) -> list[Statement]:
    """The headline (first, "st1") and the summary's statements, each held against the article."""
    headline = drafted.draft.headline or next(iter(drafted.draft.summary), None) or choose_headline(document)
    assert headline is not None, "a document has sentences, so it has a headline"
    drafts = [headline, *drafted.draft.summary]
    return [_checked(f"st{number}", draft, document, source) for number, draft in enumerate(drafts, 1)]


def _checked(id: str, draft: DraftStatement, document: Document, source: Source) -> Statement:
    cited = set(draft.cites)
    places = [sentence.span for sentence in document.sentences if sentence.id in cited]
    known = {quotation.id for quotation in document.quotations}
    return check_statement(id, draft.text, [source], places or None, [one for one in draft.quotations if one in known])


async def _repair(
    statements: list[Statement], document: Document, source: Source, wanted: Wanted, tools: Tools
) -> tuple[list[Statement], Usage, list[Notice]]:
    """One further try at what failed; a replacement counts only if it is supported."""
    failed = [statement for statement in statements if statement.verdict in ("unsupported", "contradicted")]
    if not failed:
        return statements, Usage(), []
    replacements: Mapping[str, DraftStatement]
    try:
        replacements, usage = await tools.drafter.repair(document, failed, wanted)
    except (ModelError, BudgetExceeded) as error:
        notice = Notice("repair_failed", f"Failed statements could not be asked for again: {error.detail}")
        return statements, error.usage if isinstance(error.usage, Usage) else Usage(), [notice]
    repaired: list[Statement] = []
    notices: list[Notice] = []
    for statement in statements:
        draft = replacements.get(statement.id)
        second = _checked(statement.id, draft, document, source) if draft is not None else statement
        if draft is not None and second.verdict == "supported":
            notices.append(Notice("statement_repaired", f"{statement.id} read “{statement.text}” ({_why(statement)})."))
            repaired.append(second)
        else:
            repaired.append(statement)
    return repaired, usage, notices


def _keep(
    statements: Sequence[Statement], on_unsupported: OnUnsupported, document: Document, source: Source
) -> tuple[list[Statement], list[Notice]]:
    """What stays in the brief: everything, flagged by its verdict, or only what was not found wanting."""
    if on_unsupported == "flag":
        return list(statements), []
    headline, *summary = statements
    notices = []
    kept = []
    for statement in summary:
        if statement.verdict in ("unsupported", "contradicted"):
            notices.append(Notice("statement_dropped", f"{statement.id} read “{statement.text}” ({_why(statement)})."))
        else:
            kept.append(statement)
    if headline.verdict in ("unsupported", "contradicted"):
        chosen = choose_headline(document)
        assert chosen is not None, "a document has sentences, so it has a headline"
        notices.append(Notice("headline_replaced", f"The drafted headline read “{headline.text}” ({_why(headline)})."))
        headline = _checked(headline.id, chosen, document, source)
    return [headline, *kept], notices


def _why(statement: Statement) -> str:
    reasons = [check.detail for check in statement.checks if check.verdict in ("unsupported", "contradicted")]
    return f"{statement.verdict}: {reasons[0]}" if reasons else statement.verdict


def _meetings(document: Document, drafted: Drafted, source: Source) -> tuple[MeetingRecord, ...]:
    def judged(text: str, evidence: Sequence[Span]) -> Verdict:
        return check_statement("field", text, [source], evidence, ()).verdict

    return assemble_meetings(document, drafted.draft.meetings, judged)


def describe(article: Article, count: Callable[[str], int]) -> ArticleInfo:
    """An article as answers carry it; ``count`` counts tokens."""
    digest = hashlib.sha256(article.text.encode("utf-8")).hexdigest()
    return ArticleInfo(
        id=f"art_{digest[:16]}",
        title=article.title,
        url=article.url,
        outlet=article.outlet,
        published=article.published,
        language=article.language,
        sha256=digest,
        chars=len(article.text),
        tokens=count(article.text),
        text=article.text,
    )


def language_notices(language: str | None, which: str = "The article") -> list[Notice]:
    """What has to be said of an article (or another text, by its name) in ``language``; None is unknown."""
    if language is None or language.lower().startswith("en"):
        return []
    detail = (
        f"{which} is in another language ({language}); the rules know English, so quotations, meetings and verdicts "
        "are partial at best."
    )
    return [Notice("language", detail)]
