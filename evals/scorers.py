"""The field's measures, each from its own definition. None stands for an undefined figure, never 0 or NaN.

Clusters (``muc``, ``b_cubed``, ``ceaf_e``) are scored as counts that add up over cases: precision and recall, each as
numerator and denominator, so that a figure over many cases is the ratio of the sums (as the reference scorer of the
CoNLL shared tasks does), and a bootstrap can draw cases again.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor

Cluster = frozenset[Hashable]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Counts of a precision and a recall. They add up."""

    right_predicted: float = 0.0
    predicted: float = 0.0
    right_gold: float = 0.0
    gold: float = 0.0

    def __add__(self, other: Ratio) -> Ratio:
        """Both together."""
        return Ratio(
            self.right_predicted + other.right_predicted,
            self.predicted + other.predicted,
            self.right_gold + other.right_gold,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float | None:
        """Share of what was predicted that is right; None where nothing was predicted."""
        return divided(self.right_predicted, self.predicted)

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found; None where there is no gold."""
        return divided(self.right_gold, self.gold)

    @property
    def f1(self) -> float | None:
        """See ``f1``."""
        return f1(self.precision, self.recall)


def divided(part: float, whole: float) -> float | None:
    """part / whole, None where there is no whole."""
    return part / whole if whole else None


def f1(precision: float | None, recall: float | None) -> float | None:
    """The harmonic mean. Undefined where both are; where one alone is (nothing predicted though there is gold, or the
    other way about) nothing was right: 0."""
    if precision is None and recall is None:
        return None
    if not precision or not recall:
        return 0.0
    return 2 * precision * recall / (precision + recall)


def mean(values: Iterable[float]) -> float | None:
    """The mean, None of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else None


def percentile(values: Iterable[float], share: float) -> float | None:
    """The percentile (``share`` in 0..1) with linear interpolation, None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    place = share * (len(ordered) - 1)
    low, high = floor(place), ceil(place)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def auc(scored: Sequence[tuple[float, int]]) -> float | None:
    """Area under the ROC curve over (score, 1 true or 0 false): the chance that a true one scores above a false one, ties
    counted half (Mann and Whitney). None without both. By ranks."""
    ordered = sorted(scored)
    positives = sum(y for _, y in ordered)
    negatives = len(ordered) - positives
    if not positives or not negatives:
        return None
    ranks = place = 0.0
    for _, tied in groupby(ordered, key=lambda pair: pair[0]):
        group = [y for _, y in tied]
        ranks += sum(group) * (place + (len(group) + 1) / 2)
        place += len(group)
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives)


def balanced(scored: Sequence[tuple[float, int]], threshold: float) -> float | None:
    """Balanced accuracy over (score, 1 true or 0 false): the mean of the shares of true ones at or above the threshold and
    of false ones below it. None without both."""
    true = divided(sum(s >= threshold for s, y in scored if y), sum(y for _, y in scored))
    false = divided(sum(s < threshold for s, y in scored if not y), sum(1 - y for _, y in scored))
    return None if true is None or false is None else (true + false) / 2


def best_balanced(scored: Sequence[tuple[float, int]]) -> float | None:
    """``balanced`` at the best of all thresholds, by one pass over the scores."""
    positives = sum(y for _, y in scored)
    negatives = len(scored) - positives
    if not positives or not negatives:
        return None
    best, above, below = 0.5, float(positives), 0.0
    for _, tied in groupby(sorted(scored), key=lambda pair: pair[0]):
        for _, y in tied:
            above -= y
            below += 1 - y
        best = max(best, (above / positives + below / negatives) / 2)
    return best


def _links(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> tuple[float, float]:
    """MUC's links: of those that hold ``clusters`` together, how many ``others`` keep."""
    home = {mention: index for index, cluster in enumerate(others) for mention in cluster}
    kept = all_links = 0
    for cluster in clusters:
        parts = {home[m] for m in cluster if m in home}
        strays = sum(m not in home for m in cluster)
        kept += len(cluster) - len(parts) - strays
        all_links += len(cluster) - 1
    return float(kept), float(all_links)


def muc(gold: Sequence[Cluster], predicted: Sequence[Cluster]) -> Ratio:
    """MUC (Vilain et al., 1995): links kept. Singletons have no links and count for nothing."""
    kept_gold, gold_links = _links(gold, predicted)
    kept_predicted, predicted_links = _links(predicted, gold)
    return Ratio(kept_predicted, predicted_links, kept_gold, gold_links)


def _shares(clusters: Sequence[Cluster], others: Sequence[Cluster]) -> tuple[float, float]:
    """B³ of one side: for every mention, the share of its cluster that its other cluster has too."""
    home = {mention: cluster for cluster in others for mention in cluster}
    total = 0.0
    count = 0
    for cluster in clusters:
        for mention in cluster:
            count += 1
            other = home.get(mention)
            total += len(cluster & other) / len(cluster) if other else 0.0
    return total, float(count)


def b_cubed(gold: Sequence[Cluster], predicted: Sequence[Cluster]) -> Ratio:
    """B³ (Bagga and Baldwin, 1998): the mean over mentions; a mention that the other side lacks scores 0."""
    right_gold, golds = _shares(gold, predicted)
    right_predicted, predictions = _shares(predicted, gold)
    return Ratio(right_predicted, predictions, right_gold, golds)


def ceaf_e(gold: Sequence[Cluster], predicted: Sequence[Cluster]) -> Ratio:
    """CEAFe (Luo, 2005): clusters aligned one to one so that the sum of φ4 = 2·|G∩P| / (|G|+|P|) is greatest."""
    weights = [[2 * len(g & p) / (len(g) + len(p)) for p in predicted] for g in gold]
    best = best_matching(weights)
    return Ratio(best, float(len(predicted)), best, float(len(gold)))


def conll(ratios: Sequence[Ratio]) -> float | None:
    """CoNLL F1: the mean of the F1 of MUC, B³ and CEAFe. MUC is undefined where neither side joins anything; the mean
    is then over the others."""
    return mean(score for ratio in ratios if (score := ratio.f1) is not None)


def best_matching(weights: Sequence[Sequence[float]]) -> float:
    """The greatest sum of weights with each row and each column taken once at most."""
    return sum(weights[row][column] for row, column in best_pairs(weights))


def best_pairs(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs (row, column) of the matching with the greatest sum; pairs of weight 0 are left out.

    The Hungarian method with potentials (Kuhn 1955, Munkres 1957; O(n²·m)), for we don't want scipy for one function.
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        turned = [list(column) for column in zip(*weights, strict=True)]
        return sorted((row, column) for column, row in best_pairs(turned))
    rows, columns = len(weights), len(weights[0])
    infinite = float("inf")
    row_potential = [0.0] * (rows + 1)
    column_potential = [0.0] * (columns + 1)
    matched = [0] * (columns + 1)
    for row in range(1, rows + 1):
        matched[0] = row
        least = [infinite] * (columns + 1)
        came_from = [0] * (columns + 1)
        seen = [False] * (columns + 1)
        here = 0
        while matched[here]:
            seen[here] = True
            current, delta, following = matched[here], infinite, 0
            for column in range(1, columns + 1):
                if seen[column]:
                    continue
                cost = -weights[current - 1][column - 1] - row_potential[current] - column_potential[column]
                if cost < least[column]:
                    least[column], came_from[column] = cost, here
                if least[column] < delta:
                    delta, following = least[column], column
            for column in range(columns + 1):
                if seen[column]:
                    row_potential[matched[column]] += delta
                    column_potential[column] -= delta
                else:
                    least[column] -= delta
            here = following
        while here:
            matched[here] = matched[came_from[here]]
            here = came_from[here]
    return sorted(
        (matched[column] - 1, column - 1)
        for column in range(1, columns + 1)
        if matched[column] and weights[matched[column] - 1][column - 1] > 0
    )
