"""Which of an article's dates is a meeting's."""

from __future__ import annotations

import pytest

from service.domain.text import Article
from service.models.extractive.meetings import draft_meetings
from service.pipeline import read


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("President Jon Krastev met Prime Minister Ana Lopes in Oslo on Tuesday, her office said on Thursday.", "Tuesday"),
        ("Last May there was a flood. President Jon Krastev met Prime Minister Ana Lopes in Oslo on Tuesday.", "Tuesday"),
        ("President Jon Krastev met Prime Minister Ana Lopes in Oslo.", None),
        ("President Jon Krastev will meet Prime Minister Ana Lopes in Oslo on June 3, her office said on Monday.", "June 3"),
    ],
)
def test_the_day_of_the_meeting_is_not_that_of_the_words_on_it(text: str, date: str | None) -> None:
    """The date that hangs on the meeting is taken; none, where there is none."""
    (draft,) = draft_meetings(read(Article(text, published="2022-05-20")))
    assert (draft.date.text if draft.date else None) == date
