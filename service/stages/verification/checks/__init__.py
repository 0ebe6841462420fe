"""Named checks: what is wrong with a statement, in plain words, and where in it.

A check that finds something says ``contradicted`` (the article has it otherwise) or ``unsupported`` (it has nothing of it);
such a statement can't be supported. ``unchecked`` is a doubt that weighs in the score alone.
"""

from __future__ import annotations

from service.domain.verdict import Check
from service.stages.verification.alignment import Alignment
from service.stages.verification.checks import deeds, facts, quoted, relations
from service.stages.verification.checks.view import view_of

_ALL = (
    quoted.reported,
    facts.numbers, facts.swapped_numbers, facts.dates, facts.names, facts.full_names, facts.misplaced, facts.roles,
    relations.polarity, relations.contraries, relations.modality, relations.extremes, relations.bounds, relations.order,
    relations.quantities, deeds.who, deeds.somebody_else, deeds.another_deed,
    deeds.company, deeds.claims,
)  # fmt: skip


def run_checks(a: Alignment) -> tuple[Check, ...]:
    """Every check that has something to look at in this statement."""
    view = view_of(a)
    found = list(quoted.quotations(view))
    inside = quoted.places(a.text)
    for check in _ALL:
        # What stands in quotation marks is the quotation check's alone.
        found += [c for c in check(view) if c.at is None or not any(x <= c.at[0] and c.at[1] <= y for x, y in inside)]
    return tuple(found)
