"""Quotations found again: as they stand, in other typography, altered, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.stages.verification.quoting import QuotationIndex

TEXT = (
    "“I do not know what the rest of his penpushers are saying — I can’t answer that,” Lavrov said.\n"
    "He added: “We’re going to\u00a0have a talk now and obviously that will continue…” A well-known co-operation deal."
)
INDEX = QuotationIndex(TEXT)


@pytest.mark.parametrize(
    ("quotation", "fidelity", "place"),
    [
        (
            "I do not know what the rest of his penpushers are saying",
            "verbatim",
            "I do not know what the rest of his penpushers are saying",
        ),
        ("are saying - I can't answer that", "verbatim", "are saying — I can’t answer that"),
        ("We're going to have a talk now", "verbatim", "We’re going to\u00a0have a talk now"),
        ("that will continue...", "verbatim", "that will continue…"),
        ("WE'RE GOING TO HAVE A TALK", "typography", "We’re going to\u00a0have a talk"),
        ("wellknown cooperation deal", "typography", "well-known co-operation deal"),
        (
            "I do not know what the rest of his soldiers are saying",
            "altered",
            "I do not know what the rest of his penpushers are saying",
        ),
        (
            "I do not know what the rest of his are saying",
            "altered",
            "I do not know what the rest of his penpushers are saying",
        ),
    ],
)
def test_a_quotation_is_found_where_it_stands(quotation: str, fidelity: str, place: str) -> None:
    """The place slices back to the article's own words, both ends exact."""
    found = INDEX.find(quotation)
    assert found is not None
    assert (found.fidelity, TEXT[found.start : found.end]) == (fidelity, place)


@pytest.mark.parametrize(
    "quotation",
    [
        "We have reached a historic agreement with our neighbours on trade",
        "I do know nothing of any talk with the rest of them now",
        "penpushers of Moscow",
        "ow what the re",
        "",
        "—",
    ],
)
def test_what_nobody_said_is_not_found(quotation: str) -> None:
    """Fabricated words, parts of words and empty ones have no place."""
    assert INDEX.find(quotation) is None


def test_changes_are_told_word_by_word() -> None:
    """An altered quotation comes with what stands in place of what."""
    found = INDEX.find("I do not know what most of his soldiers are saying")
    assert found is not None
    assert ("replace", "soldiers", "penpushers") in found.changes


@given(st.text(max_size=60), st.text(max_size=120))
def test_places_are_inside_any_text(quotation: str, text: str) -> None:
    """Hostile input gives a place inside the text or none; what is called verbatim begins and ends where it says."""
    found = QuotationIndex(text).find(quotation)
    assert found is None or 0 <= found.start <= found.end <= len(text)
