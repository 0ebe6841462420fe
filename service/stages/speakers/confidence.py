"""How often each rule that names speakers is right, counted; a speaker's confidence is that share.

``confidence.tsv`` (rule, right, all) is counted on PolNeAR's training part by ``evals/training/confidence.py``: of the
attributions a rule made there, how many have the speaker whom the annotators marked (the mention overlaps theirs, or
ends with the same word). It speaks of the mention; that a pronoun or role was also resolved to the right name is not in it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

#: What a rule that was never counted is given: two right of three.
_PRIOR_RIGHT, _PRIOR_ALL = 2.0, 3.0


@cache
def _counted() -> dict[str, tuple[int, int]]:
    table: dict[str, tuple[int, int]] = {}
    text = files("service.stages.speakers").joinpath("confidence.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            rule, right, total = line.split("\t")
            table[rule] = (int(right), int(total))
    return table


@cache
def confidence(rule: str) -> float:
    """The share of the rule's attributions that are right, 0..1, smoothed towards two thirds where it was rarely seen."""
    right, total = _counted().get(rule, (0, 0))
    return round((right + _PRIOR_RIGHT) / (total + _PRIOR_ALL), 3)
