"""Who is somebody, and who belongs to a meeting."""

from __future__ import annotations

import pytest

from service.domain.text import Article
from service.models.extractive.meetings import draft_meetings
from service.models.extractive.meetings.people import Cast
from service.pipeline import read


def _who(text: str) -> set[str]:
    return {one.name for meeting in draft_meetings(read(Article(text))) for one in meeting.participants}


def test_a_capitalised_thing_is_nobody() -> None:
    """A hotel or a company beside a name is not one of those who meet."""
    text = "President Aurelio Quispe met Ignacio Larrain, the Chilean president, at the Harbor Inn in Arica on Friday."
    assert _who(text) == {"Aurelio Quispe", "Ignacio Larrain"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Chief Risk Officer Farah Iskandar resigned. Iskandar said that she was tired.", "Farah Iskandar"),
        ("President Abdirahman Sheikh Warsame flew home. Mr Warsame was silent.", "Abdirahman Sheikh Warsame"),
    ],
)
def test_a_name_begins_and_ends_where_it_should(text: str, name: str) -> None:
    """An office is no part of a name; a style of address in its middle is."""
    cast = Cast(read(Article(text)))
    assert [one.name for one in cast.entities if one.kind == "person"] == [name]


def test_those_who_came_along_are_found_in_the_next_sentence() -> None:
    """ "Also present were …": attendees, though the mention of the meeting does not name them."""
    text = (
        "Prime Minister Marek Hudak met Chancellor Zoltan Beres in Vienna on Friday for three hours of talks. "
        "Also present were Transport Minister Gabor Szentes and the ambassador, Lucia Vrbova."
    )
    assert _who(text) == {"Marek Hudak", "Zoltan Beres", "Gabor Szentes", "Lucia Vrbova"}
