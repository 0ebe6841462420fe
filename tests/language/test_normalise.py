"""The declared normalisation: typography and white space, and the way back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.language.normalise import normalise, untokenise

_MARKS = "“”‘’–—…\u00a0\u200b\u00ad\n\t \"'-ﬁaB3é."


def test_typography_is_made_one() -> None:
    """Curly and straight marks, dashes, ellipses, ligatures and runs of white space come out alike."""
    assert normalise("“A\u00a0\n b”…\u200b c—d ﬁn").text == '"A b"... c-d fin'


def test_letters_digits_and_case_are_never_changed() -> None:
    """What was said stays what was said."""
    text = "Über 3,5 % of the US"
    assert normalise(text).text == text


@given(st.text(alphabet=_MARKS, max_size=80))
def test_each_character_leads_back_to_where_it_came_from(text: str) -> None:
    """Every offset of the normalised text maps into the original, in order; letters and digits to themselves."""
    found = normalise(text)
    places = [found.back(i) for i in range(len(found.text))]
    assert places == sorted(places)
    assert all(0 <= p < len(text) for p in places)
    for character, place in zip(found.text, places, strict=True):
        if character.isalnum() and text[place] != "ﬁ":
            assert text[place] == character


def test_treebank_spellings_keep_their_places() -> None:
    """Brackets and marks of tokenised text are put back without moving a word."""
    text = "he -lrb- left -rrb- said ``no''"
    found = untokenise(text)
    assert len(found) == len(text)
    assert found.index("left") == text.index("left")
    assert "(" in found
    assert '"' in found
