"""Which sentences of an article are its summary.

News is written with the weight in front, and on it the first sentences are a baseline that graph methods hardly beat
(docs/decisions/0003 has the figures). So the lead comes first, corrected by how central a sentence's words are to the whole
article, and by what was already chosen: a sentence that repeats one is passed over. Sentences that can't stand alone (half
a quotation, "He added …") lose.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from service.domain.brief import Length
from service.domain.draft import Document, DraftStatement
from service.domain.text import Sentence

_SENTENCES: dict[Length, int] = {"short": 2, "medium": 4, "long": 7}
#: Weight of being central beside being in front, and how fast the weight of the front decays; chosen on the references
#: of BUMP's dev articles by ROUGE-2 (evals/training/summary.py): .162 → .180 at four sentences.
_CENTRAL = 0.9
_DECAY = 4.0
_REPEATS = 0.55
_HEADLINE_WORDS = 22

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_TERMINAL = re.compile(r"""[.!?…]["'”’»)\]]*$""")
_LEANS = re.compile(
    r"""["'“‘]?(?:he|she|it|they|but|and|so|yet|however|also|that|this|these|those|his|her|their|there|then|instead"""
    r"""|meanwhile)\b""",
    re.IGNORECASE,
)
_STOP = frozenset(
    """a about after all also an and any are as at be been before being but by can could did do does for from had has
    have he her him his how i if in into is it its just may me might more most my no nor not now of off on one only
    or other our out over own said same say says she should so some such than that the their them then there these
    they this those through to too under until up very was we were what when where which while who whom why will
    with would you your""".split()
)


def choose_headline(document: Document) -> DraftStatement | None:
    """The article's own headline where its first line is one, else its strongest sentence; None without sentences."""
    if not document.sentences:
        return None
    first = document.sentences[0]
    if _is_headline(first):
        return _cited(document, first)
    chosen = _ranked(document, 1)
    return _cited(document, chosen[0]) if chosen else None


def choose_summary(document: Document, length: Length) -> tuple[DraftStatement, ...]:
    """Two, four or seven sentences of the article, at most half of them all, in the article's order."""
    body = len(document.sentences)
    count = max(1, min(_SENTENCES[length], math.ceil(body / 2)))
    return tuple(_cited(document, sentence) for sentence in _ranked(document, count))


def _cited(document: Document, sentence: Sentence) -> DraftStatement:
    carried = tuple(
        quotation.id
        for quotation in document.quotations
        if quotation.kind != "indirect" and any(sentence.span.covers(span) for span in quotation.spans)
    )
    return DraftStatement(" ".join(sentence.span.text.split()), (sentence.id,), carried)


def _is_headline(sentence: Sentence) -> bool:
    return not _TERMINAL.search(sentence.span.text) and len(sentence.span.text.split()) <= _HEADLINE_WORDS


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if word not in _STOP]


def _ranked(document: Document, count: int) -> list[Sentence]:
    """The ``count`` best sentences, in the article's order."""
    body = [s for i, s in enumerate(document.sentences) if not (i == 0 and _is_headline(s))] or list(document.sentences)
    bags = [_words(sentence.span.text) for sentence in body]
    frequency = Counter(word for bag in bags for word in set(bag))
    half_quoted = _quoted_places(document)
    scores = []
    for index, (sentence, bag) in enumerate(zip(body, bags, strict=True)):
        front = math.exp(-index / _DECAY)
        central = sum(frequency[word] for word in set(bag)) / (len(set(bag)) or 1) / (math.sqrt(len(body)) + 1)
        fit = _fit(sentence, bag, half_quoted)
        scores.append((front + _CENTRAL * min(central, 1.0)) * fit)
    order = sorted(range(len(body)), key=lambda i: (-scores[i], i))
    chosen: list[int] = []
    for index in order:
        if len(chosen) == count:
            break
        if not _repeats(bags[index], [bags[other] for other in chosen]):
            chosen.append(index)
    return [body[index] for index in sorted(chosen)]


def _fit(sentence: Sentence, bag: Sequence[str], quoted: Sequence[tuple[int, int]]) -> float:
    """Between 0 and 1: how well a sentence stands alone."""
    fit = 1.0
    if len(bag) < 5:
        fit *= 0.5
    if _LEANS.match(sentence.span.text):
        fit *= 0.6
    if not _TERMINAL.search(sentence.span.text) or sentence.span.text.endswith("?"):
        fit *= 0.5
    inside = any(start <= sentence.span.start + 1 and sentence.span.end - 1 <= end for start, end in quoted)
    return fit * (0.4 if inside else 1.0)


def _quoted_places(document: Document) -> list[tuple[int, int]]:
    return [
        (span.start, span.end)
        for quotation in document.quotations
        if quotation.kind in ("direct", "block")
        for span in quotation.spans
    ]


def _repeats(bag: Sequence[str], chosen: Sequence[Sequence[str]]) -> bool:
    words = set(bag)
    return any(len(words & set(other)) > _REPEATS * max(1, min(len(words), len(set(other)))) for other in chosen)
