"""Places that news names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.language.places import capital_code, country_code, find_places, is_demonym, look_up


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in the German city of Hamburg on July 7", [("Hamburg", "city", "DE")]),
        ("in the Vietnamese city of Danang, Vietnam", [("Danang", "city", "VN"), ("Vietnam", "country", "VN")]),
        ("at the Élysée Palace in Paris", [("Élysée Palace", "venue", None), ("Paris", "capital", "FR")]),
        ("They met at the White House.", [("White House", "venue", None)]),
        ("They met in New York.", [("New York", "city", "US")]),
        ("They dined in a lakeside hotel.", [("lakeside hotel", "venue", None)]),
        ("talks in the U.S. on Friday", [("U.S.", "country", "US")]),
    ],
)
def test_places_are_found_with_their_kind(text: str, found: list[tuple[str, str, str | None]]) -> None:
    """Cities, countries and venues, without their articles."""
    assert [(place.text, place.kind, place.code) for place in find_places(text)] == found


@pytest.mark.parametrize("text", ["Michael Jordan met Charlotte Lincoln.", "Victoria said no.", "Kate Washington Post"])
def test_names_of_people_are_no_places(text: str) -> None:
    """A place's name that may be a person's counts only behind a preposition of place."""
    assert find_places(text) == ()


def test_countries_are_known_by_name_adjective_and_capital() -> None:
    """What compares "Russian", "Russia" and "Moscow"."""
    assert country_code("Russian") == country_code("Russia") == capital_code("Moscow") == "RU"
    assert country_code("North Korean") == "KP"
    assert is_demonym("French")
    assert not is_demonym("France")
    assert look_up("Atlantis") is None


@given(st.text())
def test_any_text_gives_spans_that_slice_back(text: str) -> None:
    """No text breaks it, and no two places overlap."""
    places = find_places(text)
    assert all(text[place.start : place.end] == place.text for place in places)
