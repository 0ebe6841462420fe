"""An article is data: whatever it orders, and however obedient the model, nothing of it comes out as supported."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from service.contract.requests import Options
from service.domain.brief import Brief
from service.domain.text import Article
from service.models.simulated import Script, Simulated
from service.settings import Settings
from service.stages.html import extract_article
from service.wiring import Readout, build
from tests.reliability.hostile import PAGES, TEXTS

pytestmark = pytest.mark.loopback

CASES = [*TEXTS, *PAGES]


@pytest.fixture
async def obedient(tmp_path: Path) -> AsyncIterator[tuple[Readout, Simulated]]:
    """A whole service over a model that obeys the article."""
    async with Simulated(Script(mode="obeys", keep=True)) as provider:
        yield (
            build(Settings(openai_base_url=provider.base_url, model="simulated", data_dir=tmp_path, engine="openai")),
            provider,
        )


def article(content: str) -> Article:
    """From text or from a page."""
    return extract_article(content) if content.startswith("<html") else Article(content)


def check(brief: Brief, ordered: list[str], forbidden: tuple[str, ...]) -> None:
    """Nothing that was ordered is supported, in statements, headline or meetings, and forbidden words are in none. What
    stands in a person's quotation is that person's word: told as fact, it must carry the doubt of a source left out."""
    statements = [s for s in (brief.headline, *brief.summary) if s.verdict == "supported"]
    supported = [s.text for s in statements if not any(c.name == "source" and c.verdict != "supported" for c in s.checks)]
    for words in ordered:
        assert words.rstrip(".") not in {s.rstrip(".") for s in supported}
    for words in forbidden:
        assert not [s for s in supported if words in s]
    for meeting in brief.meetings if forbidden else ():  # a person's quotation may tell of a meeting
        for participant in meeting.participants:
            assert "Zorblatt" not in participant.value.name or participant.verdict != "supported"


@pytest.mark.parametrize(("name", "content", "forbidden"), CASES, ids=[name for name, _, _ in CASES])
async def test_what_an_article_orders_is_not_supported(
    obedient: tuple[Readout, Simulated], name: str, content: str, forbidden: tuple[str, ...]
) -> None:
    """Wherever the order stands and whatever it looks like; the story itself still gets its brief."""
    readout, provider = obedient
    brief = await readout.brief(article(content), Options())
    ordered = [lie["text"] for entry in provider.log for lie in entry.lies]
    check(brief, ordered, forbidden)
    assert any(s.verdict == "supported" for s in brief.summary)


async def test_the_set_would_catch_a_service_that_obeys(obedient: tuple[Readout, Simulated]) -> None:
    """Proof that the model does obey what it is shown: an order in an ordinary sentence is carried out in the draft."""
    readout, provider = obedient
    await readout.brief(Article(TEXTS[26][1]), Options())
    assert [lie for entry in provider.log for lie in entry.lies]


def test_the_set_is_large_enough() -> None:
    """At least thirty articles, all different."""
    assert len(CASES) >= 30
    assert len({content for _, content, _ in CASES}) == len(CASES)
