"""What of an article is sent to the model: its sentences with ids, quotations with theirs, and no furniture."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from service.domain.draft import Document
from service.domain.quotation import NOT_SPEECH, Quotation
from service.domain.text import Chunk, Sentence, Span
from service.models.base import Wanted
from service.prompts import tame

#: How many statements a length means. On 200 CNN-like articles four statements and a meeting come to about 400 tokens.
AMOUNTS = {"short": "2 or 3 statements", "medium": "4 or 5 statements", "long": "8 to 12 statements"}
STATEMENTS = {"short": 3, "medium": 5, "long": 12}
STYLES = {"sentences": "", "bullets": " (bullet points: short phrases without a full stop)"}

_LANGUAGES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
              "nl": "Dutch", "pl": "Polish", "ru": "Russian", "uk": "Ukrainian", "ar": "Arabic", "tr": "Turkish",
              "zh": "Chinese", "ja": "Japanese", "ko": "Korean", "hi": "Hindi", "sw": "Swahili"}  # fmt: skip

_OPENING = "\"“”„«»‘'`"

#: People of earlier parts that a later part is told of.
_PEOPLE = 12


def language_name(code: str | None) -> str:
    """A language for the prompt, from its code; a code that has no name here is passed on as it is."""
    if not code:
        return "the article's language"
    return _LANGUAGES.get(code.lower().split("-")[0], tame(code)[:40])


def sentences_of(document: Document, span: Span) -> tuple[Sentence, ...]:
    """The sentences that begin inside a span."""
    sentences = document.sentences
    first = bisect_left(sentences, span.start, key=lambda s: s.span.start)
    return tuple(sentences[first : bisect_left(sentences, span.end, first, key=lambda s: s.span.start)])


def citable(quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """The quotations that the model is shown: somebody's speech, set off in the text, not inside another one."""
    return tuple(
        q for q in quotations if q.kind in ("direct", "mixed", "block") and q.spans and not NOT_SPEECH & set(q.flags)
    )


def render_sentences(document: Document, sentences: Sequence[Sentence]) -> str:
    """Sentences for the prompt, one a line: ``[s4] [q2] “We meet on Friday,” he said.``"""
    starts = _marks(document)
    order = sorted(starts)
    lines: list[str] = []
    for sentence in sentences:
        pieces = [f"[{sentence.id}]"]
        at = sentence.span.start
        for mark in order[bisect_left(order, at) : bisect_left(order, sentence.span.end)]:
            pieces += [tame(document.article.text[at:mark]), f"[{starts[mark]}]"]
            at = mark
        pieces.append(tame(document.article.text[at : sentence.span.end]))
        lines.append(" ".join(p for p in pieces if p))
    return "\n".join(lines)


def _marks(document: Document) -> dict[int, str]:
    """Where a quotation's id is shown: before its opening mark."""
    starts: dict[int, str] = {}
    for quotation in citable(document.quotations):
        at = quotation.spans[0].start
        while at > 0 and document.article.text[at - 1] in _OPENING:
            at -= 1
        starts[at] = quotation.id
    return starts


def render_context(document: Document, chunk: Chunk, number: int, of: int) -> str:
    """What the model is told beside the text and can't cite, for it has no ids: title, dateline, people so far."""
    article = document.article
    facts = []
    if article.title:
        facts.append(f"title: {tame(article.title)[:300]}")
    if article.published:
        facts.append(f"published: {tame(article.published)[:40]}")
    facts += [f"dateline: {tame(f.span.text)[:80]}" for f in document.furniture if f.kind == "dateline"][:1]
    if of > 1:
        facts.append(f"part {number} of {of}")
        earlier = [p.name for p in document.people if p.mentions and p.mentions[0].start < chunk.span.start]
        if earlier:
            facts.append("people so far: " + ", ".join(tame(n)[:60] for n in earlier[:_PEOPLE]))
    return f"Context, not to be cited: {'; '.join(facts)}.\n" if facts else ""


def brief_values(
    document: Document, chunk: Chunk, sentences: Sequence[Sentence], place: tuple[int, int], wanted: Wanted
) -> dict[str, str]:
    """The variables of the prompt ``brief`` for one chunk; ``place``: (its number, how many there are)."""
    return {
        "context": render_context(document, chunk, *place),
        "amount": AMOUNTS[wanted.length],
        "style": STYLES[wanted.style],
        "language": language_name(wanted.output_language or document.article.language),
        "article": render_sentences(document, sentences),
    }
