"""Values to JSON and back: the shape that the contract promises, in every offset unit."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.contract import CheckAnswer, Options, decode_brief, encode
from service.domain.brief import Brief
from service.domain.text import Article, Span
from service.domain.verdict import Check, Statement
from service.settings import Settings
from service.wiring import build

WORDS = "“Café” 😀 said it — 𝒜"


def sliced(text: str, unit: str, start: int, end: int) -> str:
    """What a program that counts in ``unit`` reads at ``start``..``end``."""
    if unit == "utf16":
        return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
    return text.encode()[start:end].decode() if unit == "byte" else text[start:end]


def spans_of(value: Any) -> list[dict[str, Any]]:
    """Every span in an answer, as JSON."""
    if isinstance(value, list):
        return [span for one in value for span in spans_of(one)]
    if isinstance(value, dict):
        found = [value] if {"start", "end", "text"} <= set(value) else []
        return found + [span for one in value.values() for span in spans_of(one)]
    return []


@pytest.fixture(scope="module")
def brief(seeds: dict[str, str]) -> Brief:
    """A brief of a seed, with characters in front that are wide in every unit."""
    article = Article(f"{WORDS}.\n\n{next(iter(seeds.values()))}", published="2017-07-19", outlet="A")
    return asyncio.run(build(Settings(engine="extractive")).brief(article, Options(engine="extractive", store=False)))


@pytest.mark.parametrize("unit", ["codepoint", "utf16", "byte"])
def test_every_span_slices_back_in_the_unit_asked_for(brief: Brief, unit: Any) -> None:
    """An answer in UTF-16 units or bytes points at the same words as one in code points."""
    answer = encode(brief, unit)
    assert answer["offset_unit"] == unit
    found = spans_of(answer)
    assert len(found) > 30
    for span in found:
        assert sliced(brief.article.text, unit, span["start"], span["end"]) == span["text"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1), st.data())
def test_any_text_any_span_any_unit(text: str, data: st.DataObject) -> None:
    """Conversion holds for any Unicode text, not only for news."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for unit in ("utf16", "byte"):
        span = encode(Span.of(text, start, end), unit, [text])
        assert sliced(text, unit, span["start"], span["end"]) == text[start:end]


def test_a_brief_reads_back_as_it_was_written(brief: Brief) -> None:
    """What a server writes, a client reads: nothing is lost on the way."""
    assert decode_brief(json.dumps(encode(brief))) == brief
    with pytest.raises(ValueError, match="offset"):
        decode_brief(json.dumps(encode(brief, "byte")))


def test_lists_are_there_and_unknown_values_are_null(brief: Brief) -> None:
    """A program never has to ask whether a key is there; only ``source`` is left out where there is one text."""
    answer = encode(brief)
    assert answer["article"]["title"] is None
    assert isinstance(answer["warnings"], list)
    assert all("source" not in span for span in spans_of(answer))


def test_places_in_a_statement_and_in_several_sources_are_converted_by_their_own_text() -> None:
    """``at`` counts in the statement; a span with a source counts in that source."""
    at = Check("names", "contradicted", "EntE", "not in the article", (2, 5))
    evidence = (Span.of("plain", 0, 5), Span("😀 wide".index("wide"), 6, "wide", 1))
    statement = Statement("st1", "😀 Bob", evidence, (), "contradicted", 0.1, (at,))
    sources = (Article("plain"), Article("😀 wide"))
    answer = encode(CheckAnswer("check", "codepoint", sources, "contradicted", 0.1, (statement,), ()), "byte")
    assert answer["statements"][0]["checks"][0]["at"] == [5, 8]
    assert [(span["start"], span["end"]) for span in answer["statements"][0]["evidence"]] == [(0, 5), (5, 9)]
    assert answer["statements"][0]["evidence"][1]["source"] == 1
