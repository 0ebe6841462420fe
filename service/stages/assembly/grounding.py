"""Finding the words of a draft in the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from service.domain.draft import Document
from service.domain.text import Span
from service.language.dates import DateMention, find_dates
from service.language.places import PlaceMention, find_places

#: Characters that writers, and models, use for one another.
_ALIKE = {
    "'": "['’‘`]",
    "’": "['’‘`]",
    "‘": "['’‘`]",
    '"': '["“”„]',
    "“": '["“”„]',
    "”": '["“”„]',
    "-": "[-–—‑]",
    "–": "[-–—‑]",
    "—": "[-–—‑]",
}


class Ground:
    """An article as the place where a draft's words must stand: the sentences of the body, and its dateline and title
    line."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.article.text
        self.quotations = {quotation.id: quotation for quotation in document.quotations}
        self._sentences = {sentence.id: sentence.span for sentence in document.sentences}
        self._datelines = [one.span for one in document.furniture if one.kind in ("dateline", "byline", "caption")]

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """All dates of the article."""
        return find_dates(self.text, self.document.article.published)

    @cached_property
    def places(self) -> tuple[PlaceMention, ...]:
        """All places of the article."""
        return find_places(self.text)

    def cited(self, ids: Sequence[str]) -> tuple[Span, ...]:
        """The sentences of those ids that exist, in the order given, once each."""
        return tuple(self._sentences[id] for id in dict.fromkeys(ids) if id in self._sentences)

    def find(self, words: str, cites: Sequence[str] = ()) -> Span | None:
        """Where ``words`` stand: in the cited sentences, else in any sentence, else in a dateline. Quotation marks, dashes
        and white space may differ; failing that, letter case. None: nowhere, so they are not the article's."""
        words = " ".join(words.split())
        if not words or not re.search(r"\w", words):
            return None
        cited = self.cited(cites)
        for span in cited:
            at = self.text.find(words, span.start, span.end)
            if at >= 0 and self._stands_alone(at, at + len(words)):
                return Span.of(self.text, at, at + len(words))
        others = [span for span in self._sentences.values() if span not in cited]
        for flags in (0, re.IGNORECASE):
            pattern = _pattern(words, flags)
            for span in (*cited, *others, *self._datelines):
                hit = pattern.search(self.text, span.start, span.end)
                if hit:
                    return Span.of(self.text, hit.start(), hit.end())
        return None

    def _stands_alone(self, start: int, end: int) -> bool:
        """Whether no word goes on at either end."""
        before, after = self.text[start - 1 : start], self.text[end : end + 1]
        return not (before.isalnum() and self.text[start].isalnum()) and not (
            after.isalnum() and self.text[end - 1].isalnum()
        )

    def all_of(self, words: str, within: Sequence[Span]) -> list[Span]:
        """Every place of ``words`` (exact) inside the given spans."""
        pattern = _pattern(words, 0)
        return [
            Span.of(self.text, hit.start(), hit.end())
            for span in within
            for hit in pattern.finditer(self.text, span.start, span.end)
        ]

    def date_at(self, start: int, end: int) -> DateMention | None:
        """The date that lies (mostly) in ``[start, end)``; the most exact one, if several do."""
        inside = [m for m in self.dates if m.start < end and start < m.end]
        order = ("time", "day", "week", "month", "season", "year", "unknown")
        return min(inside, key=lambda m: (m.edtf is None, order.index(m.granularity), m.start), default=None)

    def date_before(self, mention: DateMention) -> DateMention | None:
        """The last day named before ``mention``: what "three days later" is counted from."""
        earlier = [m for m in self.dates if m.end <= mention.start and m.edtf and m.granularity == "day"]
        return earlier[-1] if earlier else None


def _pattern(words: str, flags: int) -> re.Pattern[str]:
    parts = [_ALIKE.get(char) or (r"\s+" if char == " " else re.escape(char)) for char in words]
    left = r"(?<!\w)" if words[0].isalnum() else ""
    right = r"(?!\w)" if words[-1].isalnum() else ""
    return re.compile(left + "".join(parts) + right, flags)
