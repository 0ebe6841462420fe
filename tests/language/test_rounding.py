"""A number may be said more roughly than the article has it, never more exactly."""

from __future__ import annotations

import pytest

from service.language.numbers import find_numbers


@pytest.mark.parametrize(
    ("said", "article", "may"),
    [
        ("412 million", "412.3 million", True),
        ("5,800 children", "5,812 children", True),
        ("5,812 children", "5,812 children", True),
        ("412.3 million", "412 million", False),
        ("5,823 children", "5,812 children", False),
        ("3,111 metres", "3,100 metres", False),
        ("20 people", "19 people", False),
        ("1,000 people", "600 people", False),
        ("2,020 boats", "2,016 boats", False),
    ],
)
def test_rounding_goes_one_way(said: str, article: str, may: bool) -> None:
    """The statement's number beside the article's."""
    (one,), (other,) = find_numbers(said), find_numbers(article)
    assert one.agrees(other) is may
