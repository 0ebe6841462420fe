"""Whether two spellings are one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.language.spelling import is_title, same_name, surname_keys

ONE = [
    ("Sergei Lavrov", "Sergey Lavrov"),
    ("Sergey V. Lavrov", "Mr. Lavrov"),
    ("Mohammed el-Fituri", "Muhammad al-Fitouri"),
    ("Khaled Ben Sassi", "Khaled Bensassi"),
    ("Ben Sassi", "Khaled Ben Sassi"),
    ("Ben Sassi", "Bensassi"),
    ("Annegret Müller-Haas", "Annegret Mueller-Haas"),
    ("Müller-Haas", "Annegret Muller-Haas"),
    ("Jürgen Köhler", "Juergen Koehler"),
    ("Zoltán Béres", "Zoltan Beres"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
    ("Enrique Peña Nieto", "Pena Nieto"),
    ("Mohammed bin Salman", "Mohammed bin Salman Al Saud"),
    ("Ursula von der Leyen", "Von der Leyen"),
    ("Bill de Blasio", "De Blasio"),
    ("Xi Jinping", "Xi"),
    ("Kim Jong Un", "Kim Jong-un"),
    ("Bill Clinton", "William Clinton"),
    ("Donald J. Trump", "Donald Trump"),
    ("George W. Bush", "George Walker Bush"),
    ("President Donald Trump", "Donald Trump’s"),
    ("Dale Whitcomb Jr.", "Dale Jr."),
]
TWO = [
    ("Donald Trump", "Donald Trump Jr"),
    ("Dale Whitcomb", "Dale Jr."),
    ("Bill Clinton", "Hillary Clinton"),
    ("Ben Carson", "Candy Carson"),
    ("Ben Carson", "Ben Cardin"),
    ("John Brennan", "John Bresnahan"),
    ("George W. Bush", "George H.W. Bush"),
    ("Sergei Lavrov", "Sergei Lavrenko"),
    ("Angela Merkel", "Emmanuel Macron"),
    ("Ben Jealous", "Roger Ailes"),
    ("Kim Jong Un", "Kim Yo Jong"),
    ("Ivan Petrov", "Igor Petrov"),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_spellings_of_one_name(one: str, other: str) -> None:
    """They are the same, whichever comes first, and share a key by which they are found."""
    assert same_name(one, other)
    assert same_name(other, one)
    assert surname_keys(one) & surname_keys(other)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_names_of_two(one: str, other: str) -> None:
    """They are never taken for one."""
    assert not same_name(one, other)
    assert not same_name(other, one)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_can_be_asked_about(one: str, other: str) -> None:
    """Nothing fails, the answer does not depend on the order, and every name that has a letter is its own."""
    assert same_name(one, other) == same_name(other, one)
    assert same_name(one, one)


def test_titles_are_no_names() -> None:
    """An office alone is nobody's name."""
    assert is_title("the Prime Minister")
    assert not is_title("Prime Minister Beres")
