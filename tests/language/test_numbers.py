"""Numbers as values: what is the same number, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.language.numbers import Number, find_numbers


def one(text: str) -> Number:
    """The only number of a text."""
    found = find_numbers(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("two dogs", "2 dogs"),
        ("412 million people", "412,000,000 people"),
        ("412m people", "412 million people"),
        ("3.2 percent", "3.2 %"),
        ("3.2 per cent", "3.2%"),
        ("twenty-five", "25"),
        ("two hundred and five thousand", "205,000"),
        ("£1.2bn", "1.2 billion pounds"),
        ("five dozen eggs", "60 eggs"),
        ("the 27th", "27"),
        ("# 1million", "£1 million"),
        ("a 4-1 win", "lost 1-4"),
        ("8pm", "8:00 PM"),
    ],
)
def test_one_number_written_in_two_ways_agrees(a: str, b: str) -> None:
    """Words, figures, scales and signs of one value are one number."""
    assert one(a).agrees(one(b))
    assert one(b).agrees(one(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("19 pickups", "39 pickups"),
        ("86 million", "86 billion"),
        ("3.2 percent", "3.2"),
        ("2015", "2016"),
        ("4-1", "4-2"),
        ("8pm", "8am"),
        ("£550bn", "£570bn"),
        ("1,311", "1,312"),
    ],
)
def test_different_numbers_do_not_agree(a: str, b: str) -> None:
    """Near values, other scales, a share and a count are different numbers."""
    assert not one(a).agrees(one(b))


def test_dozens_takes_any_number_of_dozens() -> None:
    """A vague number agrees with a plain one of its size, and with no small one."""
    assert one("dozens of homes").agrees(one("48 homes"))
    assert not one("dozens of homes").agrees(one("7 homes"))


@given(st.text(alphabet="0123456789.,-$£%# abcdefghijklmno\n", max_size=60))
def test_every_number_slices_back_to_its_text(text: str) -> None:
    """Places are exact on any input, in order, and do not overlap."""
    last = 0
    for number in find_numbers(text):
        assert text[number.start : number.end] == number.text
        assert number.start >= last
        last = number.end
