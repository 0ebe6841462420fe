"""Train the score of verification (service/stages/verification/weights.txt), and say by cross-validation what it is worth.

    python -m evals.training.verification DATA [--out service/stages/verification/weights.txt] [--cross-validate]

``DATA`` holds frank/valid.jsonl, bump/task1_dev.jsonl, summedits/news_dev.jsonl and polnear/train.jsonl; our own statements
(split dev) and their corruptions are added. What is learned from:

- statements with a label: FRANK's (where a summary is partly factual, as many statements as that says are taken as false,
  those that the former round scored lowest), BUMP's references (true) and edited statements (false), SummEdits', our own;
- pairs of which one is the true one: BUMP's, our own with their corruptions, and, without any label, sentences of articles
  held against the rest of the article beside a false twin (evals/training/pairs.py).

A straight line (L2) learns from the labels and BUMP's pairs; small trees, which keep to the measures' directions, learn
from the unlabelled pairs as well. Folds are by article, over all sets. Needs scikit-learn and lightgbm (extra ``train``).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from evals.scorers import auc, balanced, best_balanced
from evals.training.statements import Item, labelled, measure_all, unlabelled
from service.stages.verification.measures import MEASURES, NAMES
from service.stages.verification.score import CLIP, held_down, whole

Array = Any

#: How much each set weighs with its labels, and with each of its pairs. Chosen by cross-validation; BUMP's labels weigh
#: little (its references are often not carried by the article) and its pairs much.
LABELS: Mapping[str, float] = {"cnndm": 1.3, "bbc": 1.2, "bump": 0.4, "summedits": 0.8, "own": 0.5, "twin": 0.1}
PAIRS: Mapping[str, float] = {"bump": 2.5, "own": 0.15, "self": 0.2, "twin": 0.2}
#: Strength of the line's L2 penalty, its share of the odds, and the trees' shape.
PENALTY, LINE = 0.003, 0.5
ROUNDS, LEAVES = 250, 6
#: Added to the odds of the written weights: on our own dev statements it catches 1.4 % more of the false ones for one more
#: false alarm (3 of 85).
SHIFT = -0.2
#: Measures that the trees see: those of the whole statement and of the checks.
_OF_WORDS = ("names_", "numbers_", "verbs_", "words_")
TREE_COLUMNS = [
    i for i, n in enumerate(NAMES) if not n.startswith(_OF_WORDS) or n in {"names_outside", "numbers_outside"}
]  # fmt: skip


@dataclass(slots=True)
class Table:
    """The statements as a matrix, with labels (-1: to be told), weights, pairs (true, false, weight), each one's item."""

    items: Sequence[Item]
    x: Array
    item: Array
    y: Array
    w: Array
    pairs: list[tuple[int, int, float]]
    of: dict[int, list[int]]

    def told(self, odds: Array) -> Array:
        """The labels, those of partly true summaries told by the odds: the lowest are the false ones."""
        y = self.y.copy()
        for n, item in enumerate(self.items):
            if item.true is None:
                mine = sorted(self.of[n], key=lambda k: odds[k])
                false = max(1, round((1 - item.share) * len(mine)))
                for rank, k in enumerate(mine):
                    y[k] = 0.0 if rank < false else 1.0
        return y


def _plain(text: str) -> str:
    return " ".join(text.replace(".", " ").split())


def table(items: Sequence[Item]) -> Table:
    """The matrix of all statements."""
    of: dict[int, list[int]] = defaultdict(list)
    of_item = [n for n, item in enumerate(items) for _ in item.texts]
    for k, n in enumerate(of_item):
        of[n].append(k)
    x = np.array([m for item in items for m in item.measured])
    texts = [t for item in items for t in item.texts]
    y, w = np.full(len(x), -1.0), np.ones(len(x))
    found: list[tuple[int, int, float]] = []
    copies: dict[str, int] = defaultdict(int)
    for n, item in enumerate(items):
        mine = of[n]
        if item.true is not None:
            y[mine] = float(item.true)
        if item.set == "bump" and item.true:
            for k in mine:
                copies[texts[k]] += 1
        elif item.set == "bump" and item.twin is not None:
            theirs = of[item.twin]
            kept = {_plain(texts[k]) for k in theirs} & {_plain(texts[k]) for k in mine}
            changed = [k for k in mine if _plain(texts[k]) not in kept]
            before = [k for k in theirs if _plain(texts[k]) not in kept]
            for k in mine:
                if k not in changed:
                    y[k], w[k] = 1.0, 0.0
            if len(changed) == len(before):
                found += [(a, b, PAIRS["bump"]) for a, b in zip(before, changed, strict=True)]
        elif item.twin is not None and mine and of[item.twin] and item.split == "dev":
            found.append((of[item.twin][0], mine[0], PAIRS[item.set]))
        if item.split == "test" or item.set == "self":
            w[mine] = 0.0
        elif item.set == "twin":
            w[mine] = LABELS["twin"]
    _balance(items, of_item, texts, y, w, copies)
    return Table(items, x, np.array(of_item), y, w, found, of)


def _balance(
    items: Sequence[Item], of_item: list[int], texts: list[str], y: Array, w: Array, copies: dict[str, int]
) -> None:
    """Give each set the weight that it shall have, whatever its size."""
    sets = np.array([items[n].set for n in of_item])
    for k, n in enumerate(of_item):
        if items[n].set == "bump" and items[n].true:
            w[k] /= copies[texts[k]]
    for name in ("cnndm", "bbc", "bump", "summedits"):
        mask = sets == name
        if mask.any():
            w[mask] *= LABELS[name] * 600 / w[mask].sum()
    for label in (0.0, 1.0):
        mask = (sets == "own") & (y == label) & (w > 0)
        if mask.any():
            w[mask] *= LABELS["own"] * 300 * (1.6 if label else 1.0) / w[mask].sum()


def fit_line(part: Table, y: Array, chosen: Array) -> tuple[Array, Array, Array, float]:
    """(mean, scale, weights, bias) of the line on the chosen rows; pairs of unlabelled articles are left out."""
    mask = chosen & (part.w > 0)
    scaler = StandardScaler().fit(part.x[mask])
    z = np.clip(scaler.transform(part.x), -CLIP, CLIP)
    kept = [
        (a, b, c) for a, b, c in part.pairs if chosen[a] and chosen[b] and part.items[part.item[a]].set in {"bump", "own"}
    ]
    apart = np.array([z[a] - z[b] for a, b, _ in kept])
    strength = np.array([c for *_, c in kept]) * 0.7
    ones, none = np.full((int(mask.sum()), 1), 3.0), np.zeros((len(apart), 1))
    design = np.vstack([np.hstack([z[mask], ones]), np.hstack([apart, none]), np.hstack([-apart, none])])
    target = np.concatenate([y[mask], np.ones(len(apart)), np.zeros(len(apart))])
    line = LogisticRegression(C=PENALTY, max_iter=400, fit_intercept=False)
    line.fit(design, target, sample_weight=np.concatenate([part.w[mask], strength, strength]))
    return scaler.mean_, scaler.scale_, line.coef_[0][:-1], float(line.coef_[0][-1] * 3.0)


def fit_trees(part: Table, y: Array, chosen: Array) -> Any:
    """The trees on the chosen rows, by labels and pairs."""
    places = np.where(chosen)[0]
    back = {k: n for n, k in enumerate(places)}
    kept = [(back[a], back[b], c) for a, b, c in part.pairs if a in back and b in back]
    first, second = np.array([a for a, _, _ in kept]), np.array([b for _, b, _ in kept])
    strength = np.array([c for *_, c in kept])
    labels, weights = y[places], part.w[places]

    def objective(odds: Array, _: Any) -> tuple[Array, Array]:
        chance = 1 / (1 + np.exp(-odds))
        slope, bend = weights * (chance - labels), weights * chance * (1 - chance)
        wrong = 1 / (1 + np.exp(odds[first] - odds[second]))
        np.add.at(slope, first, -strength * wrong)
        np.add.at(slope, second, strength * wrong)
        for side in (first, second):
            np.add.at(bend, side, strength * wrong * (1 - wrong))
        return slope, np.maximum(bend, 1e-6)

    settings = {
        "objective": objective, "learning_rate": 0.04, "num_leaves": LEAVES, "min_data_in_leaf": 15, "feature_fraction": 0.5,
        "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5, "verbosity": -1, "num_threads": 1, "seed": 0,
        "monotone_constraints": [MEASURES[NAMES[c]] for c in TREE_COLUMNS], "monotone_constraints_method": "advanced",
        "deterministic": True,
    }  # fmt: skip
    rows_in = lightgbm.Dataset(part.x[places][:, TREE_COLUMNS], label=np.clip(labels, 0, 1))
    return lightgbm.train(settings, rows_in, num_boost_round=ROUNDS)


@dataclass(slots=True)
class Model:
    """A fitted line and trees."""

    line: tuple[Array, Array, Array, float]
    trees: Any

    def odds(self, x: Array) -> Array:
        """Log odds of the rows."""
        mean, scale, weights, bias = self.line
        line = np.clip((x - mean) / scale, -CLIP, CLIP) @ weights + bias
        return LINE * line + (1 - LINE) * self.trees.predict(x[:, TREE_COLUMNS], raw_score=True)


def fit(part: Table, chosen: Array) -> Model:
    """Two rounds: the second with the labels that the first tells of partly true summaries."""
    cover, density = NAMES.index("cover1"), NAMES.index("density")
    y = part.told(part.x[:, cover] + 0.2 * part.x[:, density])
    for _ in range(2):
        model = Model(fit_line(part, y, chosen), fit_trees(part, y, chosen))
        y = part.told(model.odds(part.x))
    return model


def folds(items: Sequence[Item], count: int = 5, seed: int = 0) -> list[int]:
    """The fold of each item: by article, over all sets (an article of two sets has one fold)."""
    keys: dict[str, int] = {}
    of = []
    for item in items:
        letters = re.sub(r"[\W_]", "", (item.story or item.article).lower())
        of.append(keys.setdefault(letters[200:400] if len(letters) >= 200 else letters, len(keys)))
    order = list(range(len(keys)))
    random.Random(seed).shuffle(order)
    fold = {key: n % count for n, key in enumerate(order)}
    return [fold[key] for key in of]


def cross_validate(part: Table) -> dict[str, float | None]:
    """The figures of five folds, each scored by a model that saw none of its articles."""
    fold = np.array(folds(part.items))[part.item]
    test = np.array([part.items[n].split == "test" for n in part.item])
    odds = np.zeros(len(part.x))
    for number in range(5):
        model = fit(part, (fold != number) & ~test)
        odds[fold == number] = model.odds(part.x[fold == number])
    failed = np.array([f for item in part.items for f in item.failed])
    odds = np.array([held_down(z) if f else z for z, f in zip(odds + SHIFT, failed, strict=True)])
    scores = [whole([float(odds[k]) for k in part.of[n]]) if part.of[n] else -1.0 for n in range(len(part.items))]
    out: dict[str, float | None] = {}
    for name in ("cnndm", "bbc", "summedits"):
        scored = [(s, int(i.true is True)) for s, i in zip(scores, part.items, strict=True) if i.set == name]
        out[f"{name} auc"] = auc(scored)
        out[f"{name} balanced accuracy"] = balanced(scored, 0.0)
        out[f"{name} balanced accuracy, best threshold"] = best_balanced(scored)
    two = [(scores[i.twin], s) for s, i in zip(scores, part.items, strict=True) if i.set == "bump" and i.twin is not None]
    out["bump consistency"] = float(np.mean([a > b for a, b in two]))
    out["bump ties"] = float(np.mean([a == b for a, b in two]))
    for split in ("dev", "test"):
        mine = [(s, i.true) for s, i in zip(scores, part.items, strict=True) if i.set == "own" and i.split == split]
        out[f"own {split} false alarms"] = float(np.mean([s < 0 for s, true in mine if true]))
        out[f"own {split} detected"] = float(np.mean([s < 0 for s, true in mine if not true]))
    return out


def written(model: Model) -> str:
    """The model as the text of weights.txt."""
    mean, scale, weights, bias = model.line
    lines = [
        "# Written by evals/training/verification.py; read by service/stages/verification/score.py.",
        f"bias {LINE * bias + SHIFT:.6g}",
    ]
    for name, m, s, w in zip(NAMES, mean, scale, weights, strict=True):
        if abs(w) > 1e-6:
            lines.append(f"linear {name} {m:.6g} {s:.6g} {LINE * w:.6g}")
    for tree in model.trees.dump_model()["tree_info"]:
        nodes: list[str] = []
        _node(tree["tree_structure"], nodes)
        lines += ["tree", *nodes]
    return "\n".join(lines) + "\n"


def _node(node: Mapping[str, Any], nodes: list[str]) -> int:
    """Write a node and what is under it; gives its number."""
    at = len(nodes)
    nodes.append("")
    if "leaf_value" in node:
        nodes[at] = f"leaf {(1 - LINE) * node['leaf_value']:.6g}"
        return at
    low, high = _node(node["left_child"], nodes), _node(node["right_child"], nodes)
    nodes[at] = f"{NAMES[TREE_COLUMNS[node['split_feature']]]} {node['threshold']:.9g} {low} {high}"
    return at


def main() -> None:
    """Train, or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--cross-validate", action="store_true")
    chosen = parser.parse_args()
    items = labelled(chosen.data)
    items += unlabelled(chosen.data, items)
    measure_all(items)
    part = table(items)
    if chosen.cross_validate:
        sys.stdout.write(json.dumps(cross_validate(part), indent=2) + "\n")
    if chosen.out:
        everything = np.array([items[n].split != "test" for n in part.item])
        chosen.out.write_text(written(fit(part, everything)), "utf-8")


if __name__ == "__main__":
    main()
