"""Chunks: they tile the text, fit the budget, and cut where it hurts least."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.draft import Document
from service.domain.quotation import Quotation
from service.domain.text import Article, Chunk, Furniture, Sentence, Span
from service.errors import ConfigurationError
from service.models.tokens import counter
from service.pipeline import read
from service.stages.chunks import split_chunks

COUNT = counter()
PIECES = [
    "The envoy left.",
    "He said “no”.",
    " ",
    "\n\n",
    "  \n",
    "/x.",
    "A b c.",
    "\r\n",
    "…",
    "中文。",
    "\u0301",
    "\x1c",
    "\u2028",
    "\xa0",
]


def document(text: str, quotations: tuple[tuple[int, int], ...] = ()) -> Document:
    """A document cut by a plain rule, for texts that no reader needs to understand."""
    spans = [m.span() for m in re.finditer(r"\S.*?(?:[.!?][\"”]?(?=\s)|\n|\Z)", text)]
    sentences = tuple(Sentence(f"s{i}", Span.of(text, a, b), 0) for i, (a, b) in enumerate(spans, 1))
    held = tuple(
        Quotation(f"q{i}", "direct", (Span.of(text, a, b),), text[a:b], None, None) for i, (a, b) in enumerate(quotations, 1)
    )
    return Document(Article(text), (), sentences, held, ())


def check(text: str, chunks: tuple[Chunk, ...], budget: int, count: Callable[[str], int] = COUNT) -> None:
    """What holds of all chunks: they tile the text, slice back, count right and keep to the budget."""
    assert "".join(c.span.text for c in chunks) == text
    at = 0
    for number, chunk in enumerate(chunks, 1):
        assert chunk.id == f"c{number}"
        assert chunk.span.start == at < chunk.span.end
        assert text[chunk.span.start : chunk.span.end] == chunk.span.text
        assert chunk.tokens == count(chunk.span.text)
        at = chunk.span.end
        assert chunk.tokens <= budget


def test_an_article_that_fits_is_one_chunk(seeds: dict[str, str]) -> None:
    """Most articles are drafted in one call."""
    for text in seeds.values():
        (chunk,) = split_chunks(read(Article(text)), 4000, COUNT)
        assert chunk.span.text == text
        assert chunk.tokens == COUNT(text)


@pytest.mark.parametrize("budget", [64, 100, 300])
def test_real_articles_are_cut_between_sentences_and_outside_quotations(seeds: dict[str, str], budget: int) -> None:
    """At any budget the chunks tile the text exactly, and no cut falls inside a quotation that fits."""
    for text in seeds.values():
        doc = read(Article(text))
        chunks = split_chunks(doc, budget, COUNT)
        check(text, chunks, budget)
        starts = {s.span.start for s in doc.sentences} | {f.span.start for f in doc.furniture}
        longest = max((COUNT(s.span.text) for s in doc.sentences), default=0)
        for cut in (c.span.start for c in chunks[1:]):
            if longest <= budget:
                assert cut in starts
            inside = [q for q in doc.quotations if q.spans[0].start < cut < q.spans[-1].end]
            assert all(COUNT(text[q.spans[0].start : q.spans[-1].end]) > budget // 2 for q in inside)


def test_a_quotation_is_not_cut_unless_it_is_over_the_budget() -> None:
    """Three sentences in one pair of marks stay together; ten times as many can't."""
    one = "“We will go on. We will not stop. We shall see.”"
    text = f"The session began on Monday in the old town hall of the city. {one} He left. " * 6
    marks = tuple(m.span() for m in re.finditer(r"“[^”]*”", text))
    doc = document(text, tuple((a + 1, b - 1) for a, b in marks))
    for budget in (40, 60, 90):
        chunks = split_chunks(doc, budget, COUNT)
        check(text, chunks, budget)
        assert not [c for c in chunks[1:] if any(a < c.span.start < b for a, b in marks)]
    long = "“" + "We will go on and on. " * 40 + "”"
    check(long, split_chunks(document(long, ((1, len(long) - 1),)), 50, COUNT), 50)


def test_a_paragraph_end_near_by_is_preferred() -> None:
    """A cut goes to the paragraph's end rather than to the sentence after it."""
    paragraph = "The council met on Monday. It spoke of water. It adjourned early.\n\n"
    text = paragraph * 10
    chunks = split_chunks(document(text), 55, COUNT)
    check(text, chunks, 55)
    assert all(c.span.text.endswith("\n\n") for c in chunks)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 5000,
        "word " * 3000,
        "👩‍👩‍👧🇺🇳" * 300,
        "e\u0301" * 800,
        " " * 3000 + "end.",
        "\n\n\n" * 400 + "A. B.",
        "a/b/c\n/d/e\n" * 200,
    ],
)
def test_text_without_sentences_is_still_cut_to_the_budget(text: str) -> None:
    """One word of thousands of letters, endless white space, emoji: in budget, and joined it is the text."""
    check(text, split_chunks(document(text), 40, COUNT), 40)


def test_graphemes_and_surrogate_pairs_stay_whole() -> None:
    """A cut in a run of emoji families falls between families, never in one."""
    family = "👩‍👩‍👧"
    chunks = split_chunks(document(family * 200), 40, COUNT)
    assert all(len(c.span.text) % len(family) == 0 for c in chunks)
    pairs = "\ud83d\ude00" * 400
    assert all(len(c.span.text) % 2 == 0 for c in split_chunks(document(pairs), 40, COUNT))


@given(
    st.lists(st.sampled_from(PIECES), max_size=120),
    st.integers(min_value=16, max_value=80),
)
@settings(max_examples=150, deadline=None)
def test_counts_that_are_added_up_are_exact(pieces: list[str], budget: int) -> None:
    """Counting each sentence once gives the same figure as counting the whole chunk, whatever white space lies between."""
    text = "".join(pieces)
    check(text, split_chunks(document(text), budget, COUNT), budget)


@given(st.text(max_size=400), st.integers(min_value=16, max_value=60))
@settings(max_examples=100, deadline=None)
def test_any_text_and_any_counter_tile(text: str, budget: int) -> None:
    """A counter that is not additive (here: characters) is asked about whole chunks, with the same promises."""
    check(text, split_chunks(document(text), budget, len), budget, len)


def test_every_sentence_is_counted_about_once() -> None:
    """The counter sees little more text than the article holds: the speed of chunking is that of one encode."""
    seen = 0

    class Counting:
        additive = True

        def __call__(self, text: str) -> int:
            nonlocal seen
            seen += len(text)
            return COUNT(text)

    text = "The council met on Monday to speak of the water supply, said Anna Berg of the city. " * 2000
    split_chunks(document(text), 512, Counting())
    assert seen < 1.25 * len(text)


def test_furniture_begins_a_piece_of_its_own() -> None:
    """A cut may fall where page furniture begins, so that furniture can make a chunk of its own and be skipped."""
    story, rest = "The council met on Monday. " * 6, "Share this article. " * 60
    text = story + rest
    doc = Document(
        Article(text), (Furniture(Span.of(text, len(story), len(text)), "share"),), document(story).sentences, (), ()
    )
    chunks = split_chunks(doc, 120, COUNT)
    check(text, chunks, 120)
    assert chunks[0].span.end == len(story)


def test_a_budget_too_small_for_anything_is_refused_and_no_text_has_no_chunks() -> None:
    """The error names the least that makes sense."""
    with pytest.raises(ConfigurationError, match="16"):
        split_chunks(document("A."), 3, COUNT)
    assert split_chunks(document(""), 100, COUNT) == ()
