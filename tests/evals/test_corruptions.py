"""Corruptions: the same for the same seed, always a change, and the change where it is said to be."""

from __future__ import annotations

import json
import re

import pytest

from evals.cases import own, rows
from evals.corruptions import COUNTED, corrupt, kinds

ARTICLE = (
    "President Elena Kostova of Varnia met Marek Dolan in Geneva on Tuesday. The 19 soldiers died in 2018, officials said. "
    "Swiss envoy Claudine Favre acted as mediator. Dolan invited Kostova to visit Ostrel before 30 June."
)
STATEMENTS = {
    "name_swapped": "Dolan invited Kostova to visit Ostrel.",
    "number_changed": "The 19 soldiers died in 2018.",
    "date_changed": "Kostova met Dolan on Tuesday.",
    "quotation_word": 'Kostova said "the talks were useful".',
    "negated": "The meeting was held in Geneva.",
    "agent_object": "Dolan invited Kostova to Ostrel.",
    "role_swapped": "President Elena Kostova met Marek Dolan.",
    "source_dropped": "Officials said the soldiers died in the fighting of 2018.",
    "modality_hardened": "Kostova may visit Ostrel.",
    "order_changed": "He will come before June.",
}


def test_there_are_at_least_fifteen_kinds() -> None:
    """The promise of the evaluation, and no kind twice."""
    assert len(COUNTED) >= 15
    assert len(set(kinds())) == len(kinds())


@pytest.mark.parametrize("kind", STATEMENTS)
def test_each_kind_changes_what_its_name_says(kind: str) -> None:
    """A corruption differs from the statement exactly within its edits, and a second run makes the same one."""
    statement = STATEMENTS[kind]
    made = corrupt(statement, ARTICLE, kind, 7)
    assert made is not None
    assert made.text != statement
    assert made == corrupt(statement, ARTICLE, kind, 7)
    assert all(0 <= a < b <= len(made.text) for a, b in made.edits)


def test_what_stands_in_quotation_marks_is_left_to_its_own_kind() -> None:
    """Other kinds do not touch a quotation."""
    statement = 'Kostova said "19 soldiers may die before June in Geneva".'
    for kind in COUNTED:
        made = corrupt(statement, ARTICLE, kind, 3)
        if made and kind not in {"quotation_word", "invented", "circumstance_added"}:
            assert '"19 soldiers may die before June in Geneva"' in made.text, kind


def test_a_changed_number_is_none_of_the_articles() -> None:
    """A new figure must be false: the article may not have it."""
    for seed in range(20):
        made = corrupt("The 19 soldiers died.", ARTICLE, "number_changed", seed)
        assert made
        assert not set(re.findall(r"\d+", made.text)) & set(re.findall(r"\d+", ARTICLE))


def test_our_true_statements_are_enough_and_differ() -> None:
    """At least 150 of them, each once, half for development."""
    splits = [(row["split"], s["text"]) for _, row in rows(own("verification")) for s in row["gold"]["statements"]]
    assert len(splits) >= 150
    assert len({text for _, text in splits}) == len(splits)
    dev = sum(split == "dev" for split, _ in splits)
    assert 0.4 < dev / len(splits) < 0.6
    assert json.dumps(splits)
