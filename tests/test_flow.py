"""The whole staircase, with the embedded engine: seeds down to briefs and a dossier, and any text at all."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.contract.requests import Options
from service.domain.brief import Brief
from service.domain.text import Article, Span
from service.errors import EmptyArticle, TooLarge
from service.settings import Settings
from service.wiring import Readout, build

SEEDS = {path.name: path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))}
OPTIONS = Options(engine="extractive", store=False)


@pytest.fixture(scope="module")
def readout(tmp_path_factory: pytest.TempPathFactory) -> Readout:
    """The service with the embedded engine and a data folder of its own."""
    return build(Settings(_env_file=None, engine="extractive", data_dir=tmp_path_factory.mktemp("data")))


def spans_in(value: Any) -> Iterator[Span]:
    """Every Span anywhere inside a value of the domain."""
    if isinstance(value, Span):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from spans_in(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from spans_in(one)


def assert_slices_back(brief: Brief) -> int:
    """Every span of a brief is its own place in the article's text; how many there were."""
    count = 0
    for span in spans_in(brief):
        assert brief.article.text[span.start : span.end] == span.text
        count += 1
    return count


@pytest.mark.parametrize("text", SEEDS.values(), ids=[name[:3] for name in SEEDS])
async def test_a_seed_becomes_a_brief_whose_every_statement_is_supported(readout: Readout, text: str) -> None:
    """The embedded engine only says what the article says, points at it, and says that it is no language model."""
    brief = await readout.brief(Article(text), OPTIONS)
    assert assert_slices_back(brief) > 20
    assert brief.engine.name == "extractive"
    assert brief.engine.endpoint is None
    assert "embedded_engine" in {notice.code for notice in brief.warnings}
    assert 1 <= len(brief.summary) <= 4
    for statement in (brief.headline, *brief.summary):
        assert statement.verdict == "supported"
        assert statement.evidence
    furniture = [piece.span for piece in brief.furniture]
    for statement in brief.summary:
        assert not any(span.overlaps(piece) for span in statement.evidence for piece in furniture)


async def test_chunks_of_a_brief_tile_its_article(readout: Readout) -> None:
    """The coverage ledger accounts for every character."""
    for text in SEEDS.values():
        brief = await readout.brief(Article(text), OPTIONS)
        assert "".join(outcome.span.text for outcome in brief.coverage) == brief.article.text


async def test_father_and_son_and_two_spellings(readout: Readout) -> None:
    """Donald Trump Jr is a person of his own; Sergei and Sergey Lavrov are one man over two articles."""
    briefs = [await readout.brief(Article(text), OPTIONS) for text in SEEDS.values()]
    names = {person.name for person in briefs[0].people}
    assert any(name.endswith(("Jr", "Jr.")) for name in names)
    dossier = await readout.dossier(briefs)
    lavrovs = [person for person in dossier.people if "Lavrov" in person.name]
    assert len(lavrovs) == 1
    assert len(lavrovs[0].briefs) >= 2


async def test_text_without_a_sentence_is_refused(readout: Readout) -> None:
    """A text that holds no sentence gets a clear error, not an empty brief."""
    with pytest.raises(EmptyArticle):
        await readout.brief(Article("…\n***\n— —"), OPTIONS)


async def test_a_book_is_refused_at_once(tmp_path: Path) -> None:
    """More text than a brief is made of gets a clear error before any work, not minutes of silence."""
    small = build(Settings(_env_file=None, engine="extractive", data_dir=tmp_path, max_brief_chars=100))
    with pytest.raises(TooLarge, match="READOUT_MAX_BRIEF_CHARS"):
        await small.brief(Article("The two ministers met in Geneva on Friday. " * 3), OPTIONS)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.text(alphabet=st.characters(exclude_categories=("Cs",)), min_size=1, max_size=600))
async def test_every_span_slices_back_for_any_text(readout: Readout, text: str) -> None:
    """For any Unicode text the answer's spans are places of that text."""
    try:
        brief = await readout.brief(Article(text), OPTIONS)
    except EmptyArticle:
        return
    assert_slices_back(brief)


PIECES = [
    "Okello met Ruiz in Geneva on Friday. ", "“We agreed,” said Okello. ", '"No," he said, "never."\n',
    "«Да», сказал он. ", "They were due to sit down\u2028", "The Kremlin ruled out talks. ", "\n\n",
    "‘Fine’ — Dr. Roux’s aides’ view. ", "👩‍👩‍👧 ", "Image\n", "Donald Trump Jr. ", "on July 7 ", "two hours ", "\t", "\x00",
    "e\u0301", "“", '"', "’", "(AP) — ", "Subscribe\n", "\ufeff",
]  # fmt: skip
NEWSY = st.lists(st.sampled_from(PIECES), max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(pieces=NEWSY)
async def test_every_span_slices_back_for_scrambled_news(readout: Readout, pieces: list[str]) -> None:
    """Pieces of news in any order, with odd marks between them, keep all spans true."""
    try:
        brief = await readout.brief(Article("".join(pieces), published="2022-08-15"), OPTIONS)
    except EmptyArticle:
        return
    assert_slices_back(brief)
