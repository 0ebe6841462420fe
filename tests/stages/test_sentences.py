"""Sentence boundaries on real news, and spans that slice back whatever the text."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.stages.furniture import label_furniture
from service.stages.sentences import split_sentences

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def texts(text: str) -> list[str]:
    return [sentence.span.text for sentence in split_sentences(text, ())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Obama met Gen. Diaz. They talked.", ["Mr. Obama met Gen. Diaz.", "They talked."]),
        ("He lives in the U.S. The talks failed.", ["He lives in the U.S.", "The talks failed."]),
        ("The U.S. President spoke. It rained.", ["The U.S. President spoke.", "It rained."]),
        ("George W. Bush and J. K. Rowling met. Fine.", ["George W. Bush and J. K. Rowling met.", "Fine."]),
        ("They met at 10 a.m. on Jan. 5. Nobody came.", ["They met at 10 a.m. on Jan. 5.", "Nobody came."]),
        ("“Why?” Okello asked. “Because.”", ["“Why?” Okello asked.", "“Because.”"]),
        ('"We agreed." He left.', ['"We agreed."', "He left."]),
        ("It rose 3.2 percent. Shares of Acme Inc. fell.", ["It rose 3.2 percent.", "Shares of Acme Inc. fell."]),
        ("Visit kremlin.ru for more. Thanks.", ["Visit kremlin.ru for more.", "Thanks."]),
    ],
)
def test_boundaries_respect_abbreviations_initials_and_numbers(text: str, expected: list[str]) -> None:
    """A full stop that belongs to an abbreviation, an initial or a number ends nothing."""
    assert texts(text) == expected


def test_lines_are_paragraphs_unless_the_text_is_wrapped() -> None:
    """Single newlines end paragraphs, except where the whole text is wrapped at a fixed width."""
    assert [s.paragraph for s in split_sentences("One came.\nTwo went.\n\nThree stayed.", ())] == [0, 1, 2]
    wrapped = (
        "The two ministers sat down in the old town hall for talks that were\n"
        "expected to last until the early evening, an aide to one of them said\n"
        "before the doors closed. Reporters were kept in the square outside, in\n"
        "the rain, and saw nothing of the arrivals. The talks go on tomorrow at\n"
        "nine.\n\nNobody commented."
    )
    sentences = split_sentences(wrapped, ())
    assert [s.paragraph for s in sentences] == [0, 0, 0, 1]
    assert "until the early evening, an aide" in sentences[0].span.text


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_seed_sentences_stay_out_of_furniture(path: Path) -> None:
    """No sentence of a seed overlaps its furniture, and every one slices back."""
    text = path.read_text(encoding="utf-8")
    furniture = label_furniture(text)
    for sentence in split_sentences(text, furniture):
        assert text[sentence.span.start : sentence.span.end] == sentence.span.text
        assert not any(sentence.span.overlaps(piece.span) for piece in furniture)


@given(st.text(alphabet=st.characters(), max_size=400))
def test_spans_slice_back_for_any_text(text: str) -> None:
    """Whatever the characters, sentences and furniture slice back, are in order and do not overlap."""
    furniture = label_furniture(text)
    sentences = split_sentences(text, furniture)
    spans = sorted([s.span for s in sentences] + [f.span for f in furniture], key=lambda span: span.start)
    for span in spans:
        assert text[span.start : span.end] == span.text
    for left, right in itertools.pairwise(spans):
        assert left.end <= right.start
