"""The embedded engine: no network and no language model. It chooses sentences of the article and never writes one.

The default where no model is configured, the stand-in when one fails, and the baseline that a model has to beat.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from service.computing import computed
from service.domain.brief import ChunkOutcome, Engine, Notice, Usage
from service.domain.draft import Document, Draft, DraftStatement
from service.domain.text import Chunk
from service.domain.verdict import Statement
from service.models.base import Drafted, Wanted
from service.models.extractive.meetings import draft_meetings
from service.models.extractive.summary import choose_headline, choose_summary

_NOTICE = Notice(
    "embedded_engine",
    "Written by the embedded extractive engine, which is not a language model: the summary consists of sentences of the "
    "article, and the meeting records were found by rules.",
)


class ExtractiveDrafter:
    """A ``Drafter`` that chooses what the article itself says."""

    async def draft(self, document: Document, chunks: Sequence[Chunk], wanted: Wanted) -> Drafted:
        """A draft of the whole article; it can't fail on any text, and costs nothing but time."""
        started = time.perf_counter()
        draft = await computed(_drafted, document, wanted)
        notices = [_NOTICE]
        if wanted.output_language and wanted.output_language != (document.article.language or "en"):
            notices.append(
                Notice("output_language", "The embedded engine can't translate: the summary is in the article's language.")
            )
        return Drafted(
            draft=draft,
            outcomes=tuple(_outcome(document, chunk) for chunk in chunks),
            usage=Usage(seconds=time.perf_counter() - started),
            engine=Engine("extractive", None, None, None),
            notices=tuple(notices),
        )

    async def repair(
        self, document: Document, failed: Sequence[Statement], wanted: Wanted
    ) -> tuple[Mapping[str, DraftStatement], Usage]:
        """Nothing: what was chosen from the article can't be chosen better the second time."""
        return {}, Usage()


def _drafted(document: Document, wanted: Wanted) -> Draft:
    return Draft(
        headline=choose_headline(document),
        summary=choose_summary(document, wanted.length),
        meetings=draft_meetings(document),
    )


def _outcome(document: Document, chunk: Chunk) -> ChunkOutcome:
    read = any(chunk.span.overlaps(sentence.span) for sentence in document.sentences)
    if read:
        return ChunkOutcome(chunk.id, chunk.span, chunk.tokens, "ok", 1, None)
    furniture = any(chunk.span.overlaps(piece.span) for piece in document.furniture)
    detail = "furniture only" if furniture else "no sentence"
    return ChunkOutcome(chunk.id, chunk.span, chunk.tokens, "skipped" if furniture else "empty", 0, detail)
