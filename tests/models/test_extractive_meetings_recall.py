"""Meetings that are told without a plain "X met Y", and what is told in the same words and is none."""

from __future__ import annotations

import pytest

from service.domain.meeting import MeetingRecord
from service.domain.text import Article
from service.models.extractive.meetings import draft_meetings
from service.pipeline import read
from service.stages.assembly import assemble_meetings


def records(text: str) -> tuple[MeetingRecord, ...]:
    document = read(Article(text, published="2022-08-15"))
    return assemble_meetings(document, draft_meetings(document), lambda statement, spans: "unchecked")


def sides(text: str) -> list[set[str]]:
    return [{one.value.name for one in record.participants} for record in records(text)]


BOTH = {"Jon Krastev", "Ana Lopes"}


@pytest.mark.parametrize(
    "told",
    [
        "supped with",
        "compared notes with",
        "took a stroll with",
        "was closeted with",
        "was seen dining with",
        "found himself next to",
        "spent two hours across the table from",
        "met face to face with",
        "held discussions with",
        "had a private word with",
        "got a call from",
        "was granted an audience by",
    ],
)
def test_what_two_people_do_together(told: str) -> None:
    """Turns of phrase in which two people are at it together give one record with both."""
    assert sides(f"Jon Krastev {told} Ana Lopes in Rome on Friday.") == [BOTH]


@pytest.mark.parametrize(
    "text",
    [
        "Jon Krastev flew to Cairo on Friday for talks with Ana Lopes.",
        "Following talks with Ana Lopes in Rome on Friday, Jon Krastev said he was pleased.",
        "Jon Krastev told Ana Lopes in a telephone call on Friday that he would help.",
        "Jon Krastev granted Ana Lopes a half-hour meeting on Friday.",
        "Jon Krastev, who had welcomed farmers to the White House, met Ana Lopes on Friday.",
        "Jon Krastev met with half a dozen senators, including Ana Lopes (D-Calif.), on Friday.",
        "Two presidents sat down on Friday. President Jon Krastev and President Ana Lopes met on Friday in Rome.",
    ],
)
def test_who_meets_stands_further_off(text: str) -> None:
    """The one who meets is found behind a journey, a relative clause, a crowd, or names that come later."""
    assert sides(text) == [BOTH]


@pytest.mark.parametrize(
    "text",
    [
        "Jon Krastev held separate meetings with Ana Lopes and Samir Nabil on Friday.",
        "Jon Krastev met Ana Lopes on Monday and Samir Nabil on Tuesday.",
        "Jon Krastev met with Ana Lopes last week, and this week with Samir Nabil.",
    ],
)
def test_one_verb_tells_of_two_meetings(text: str) -> None:
    """Each of those met apart is a record of its own."""
    assert sides(text) == [BOTH, {"Jon Krastev", "Samir Nabil"}]


def test_a_round_to_come_is_of_the_same_people() -> None:
    """Nobody is named with the second round; it is a record beside the first, planned."""
    first, second = records("Jon Krastev met Ana Lopes in Rome on Friday. A second round is expected in Tunis next week.")
    assert {one.value.name for one in second.participants} == {one.value.name for one in first.participants} == BOTH
    assert (first.status, second.status) == ("happened", "planned")


def test_mr_and_mrs_are_two() -> None:
    """A title tells which of two people of one surname is meant."""
    text = "Michelle Okello spoke first. Mr. Okello met Ana Lopes in Rome on Friday."
    assert all("Michelle Okello" not in one for one in sides(text))


@pytest.mark.parametrize(
    "text",
    [
        "Jon Krastev and Ana Lopes have not met since 2012.",
        "Jon Krastev wrote his book in coffee shops, and Ana Lopes in a tea house.",
        "The party spent more money with Jon Krastev than with Ana Lopes.",
        "Jon Krastev gave Ana Lopes time to confer with her lawyers.",
        "Jon Krastev visits his mother three days a week, Ana Lopes said.",
        "Jon Krastev and Ana Lopes asked the voters they met what they wanted.",
        "Jon Krastev went on a reunion tour with Ana Lopes in mind.",
    ],
)
def test_the_same_words_and_no_meeting(text: str) -> None:
    """Coffee shops, money, time given, kin and voters make no record."""
    assert sides(text) == []
