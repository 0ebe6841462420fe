"""Where the meetings found without a model were: whole phrases, towns named a sentence earlier, and nowhere."""

from __future__ import annotations

import re

import pytest

from service.domain.text import Article
from service.models.extractive.meetings import draft_meetings, meetings_of
from service.models.extractive.meetings.spots import Spots
from service.models.extractive.meetings.weights import weights_of
from service.pipeline import read


def spots(text: str) -> list[str]:
    """The words of every spot of the first sentence."""
    facts, _ = meetings_of(read(Article(text)))
    return [spot.text for spot in Spots(facts).of(0)]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Jon Krastev met Ana Lopes at a private club in Düsseldorf on Monday.", "a private club in Düsseldorf"),
        ("Jon Krastev lunched with Ana Lopes at the offices of the central bank.", "the offices of the central bank"),
        ("Jon Krastev received Ana Lopes in Danang, Vietnam, on Friday.", "Danang, Vietnam"),
    ],
)
def test_a_place_is_the_whole_phrase(text: str, phrase: str) -> None:
    """What a place is in or of belongs to it; the day behind it does not."""
    assert phrase in spots(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("President Jon Krastev met Prime Minister Ana Lopes in Rome on Friday.", "Rome"),
        ("President Jon Krastev dined with Prime Minister Ana Lopes at a hotel in Vienna on Friday.", "a hotel in Vienna"),
        ("President Jon Krastev spoke by phone with Prime Minister Ana Lopes on Friday.", None),
    ],
)
def test_where_they_met(text: str, place: str | None) -> None:
    """The place in the clause is the meeting's; a telephone call has none."""
    (draft,) = draft_meetings(read(Article(text, published="2024-05-06")))
    assert (draft.place.text if draft.place else None) == place


def test_weights_are_named_on_one_line_each() -> None:
    """No feature carries a break, which the file of weights could not hold."""
    assert all(re.fullmatch(r"[^\t\n]+", name) for name in weights_of("siting"))
