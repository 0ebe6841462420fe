"""How long something lasted, as news says it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.language.durations import find_durations, read_duration


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("They spoke for over two hours.", "two hours", "PT2H"),
        ("instead of the originally scheduled 30-minutes", "30-minutes", "PT30M"),
        ("a 90-minute meeting", "90-minute", "PT90M"),
        ("It took an hour and a half.", "an hour and a half", "PT1H30M"),
        ("two and a half hours of talks", "two and a half hours", "PT2H30M"),
        ("two-and-a-half-hour talks", "two-and-a-half-hour", "PT2H30M"),
        ("They talked for half an hour.", "half an hour", "PT30M"),
        ("It ran to 2 hours and 16 minutes.", "2 hours and 16 minutes", "PT2H16M"),
        ("after nearly three days of talks", "three days", "P3D"),
        ("forty-five minutes", "forty-five minutes", "PT45M"),
    ],
)
def test_a_length_is_read(text: str, words: str, iso: str) -> None:
    """Figures, words, halves and mixed lengths."""
    (found,) = find_durations(text)
    assert (found.text, found.iso8601) == (words, iso)


@pytest.mark.parametrize(
    "text",
    [
        "They met two weeks ago.",
        "three days later",
        "a 34-year-old prince",
        "in the past two weeks",
        "a second meeting",
        "two hours earlier",
    ],
)
def test_what_says_when_or_how_old_is_no_length(text: str) -> None:
    """ "ago", "later", ages, stretches of time; and "second" is an ordinal."""
    assert find_durations(text) == ()


@given(st.text())
def test_any_text_gives_spans_that_slice_back(text: str) -> None:
    """No text breaks it."""
    read_duration(text)
    for found in find_durations(text):
        assert text[found.start : found.end] == found.text
