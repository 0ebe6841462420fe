"""The measures, held against figures worked out by hand from their definitions."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import scorers
from evals.scorers import Ratio


def _clusters(*groups: str) -> list[frozenset[object]]:
    return [frozenset(group) for group in groups]


def test_cluster_scores_match_an_example_worked_by_hand() -> None:
    """Gold {a,b,c},{d,e,f,g}; answer {a,b},{c,d},{f,g,h,i}: twinless mentions on both sides."""
    gold, answer = _clusters("abc", "defg"), _clusters("ab", "cd", "fghi")
    muc, b3, ceaf = scorers.muc(gold, answer), scorers.b_cubed(gold, answer), scorers.ceaf_e(gold, answer)
    assert muc.recall == pytest.approx(2 / 5)
    assert muc.precision == pytest.approx(2 / 5)
    assert b3.recall == pytest.approx((5 / 3 + 5 / 4) / 7)
    assert b3.precision == pytest.approx((1 / 8) * (4 / 2 + 2 / 2 + 2 * 2 / 4))
    assert ceaf.precision == pytest.approx((4 / 5 + 1 / 2) / 3)
    assert ceaf.recall == pytest.approx((4 / 5 + 1 / 2) / 2)


def test_perfect_clusters_score_one_and_singletons_leave_muc_undefined() -> None:
    """Where nobody joins anything MUC has no links to count: undefined, and CoNLL is the mean of the two others."""
    same = _clusters("a", "b")
    assert scorers.muc(same, same).f1 is None
    assert scorers.conll([scorers.muc(same, same), scorers.b_cubed(same, same), scorers.ceaf_e(same, same)]) == 1.0
    joined = _clusters("abc", "d")
    assert scorers.muc(joined, joined).f1 == 1.0


def test_lumping_everything_together_keeps_recall_and_loses_precision() -> None:
    """One big cluster is no cheap win."""
    gold, lump = _clusters("ab", "cd", "e"), _clusters("abcde")
    assert scorers.b_cubed(gold, lump).recall == 1.0
    precision = scorers.b_cubed(gold, lump).precision
    assert precision is not None
    assert precision < 0.5
    ceaf = scorers.ceaf_e(gold, lump).f1
    assert ceaf is not None
    assert ceaf < 0.5


@given(st.lists(st.lists(st.floats(0, 1), min_size=4, max_size=4), min_size=1, max_size=4))
def test_the_best_matching_is_the_best_of_all(weights: list[list[float]]) -> None:
    """The Hungarian method finds what trying every assignment finds, for matrices wide, square or tall."""
    brute = max(sum(weights[r][c] for r, c in enumerate(columns)) for columns in permutations(range(4), len(weights)))
    assert scorers.best_matching(weights) == pytest.approx(brute)
    turned = [list(column) for column in zip(*weights, strict=True)]
    assert scorers.best_matching(turned) == pytest.approx(brute)


def test_what_can_not_be_counted_is_undefined() -> None:
    """No gold, no prediction, one class alone: None; predictions without gold are wrong, not undefined."""
    assert Ratio().f1 is None
    assert Ratio(predicted=3).f1 == 0.0
    assert scorers.auc([(0.4, 1), (0.5, 1)]) is None
    assert scorers.balanced([(0.5, 1)], 0.5) is None
    assert scorers.percentile([], 0.5) is None
    assert scorers.mean([]) is None


def test_auc_counts_ties_as_half() -> None:
    """Scores that say nothing give 0.5, a perfect order 1, a reversed one 0."""
    assert scorers.auc([(0.5, 1), (0.5, 0)]) == 0.5
    assert scorers.auc([(0.9, 1), (0.8, 1), (0.1, 0)]) == 1.0
    assert scorers.auc([(0.1, 1), (0.3, 0), (0.9, 0)]) == 0.0


def test_balanced_accuracy_at_a_threshold_and_at_the_best_one() -> None:
    """One of two true ones missed at 0.5 is a quarter lost; a threshold between the classes loses nothing."""
    scored = [(0.9, 1), (0.2, 1), (0.1, 0)]
    assert scorers.balanced(scored, 0.5) == 0.75
    assert scorers.best_balanced(scored) == 1.0


def test_percentiles_interpolate() -> None:
    """p50 of 1..4 is 2.5; the ends are the ends."""
    assert scorers.percentile([4, 1, 3, 2], 0.5) == 2.5
    assert scorers.percentile([4, 1, 3, 2], 1.0) == 4
