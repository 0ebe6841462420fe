"""Train what tells a person's name from other capitalised words (service/models/extractive/meetings/personhood.txt.gz).

    python -m evals.training.personhood LABELS [MORE …] [--out FILE] [--cross-validate]

LABELS has two files made by reading: things.txt, names that look like a person's and are none, and single.txt, single words
that are people (both separated by "~"); every other name of several words is a person, every other single word none, unless
it is a participant of a gold meeting. MORE as in evals.training.meetings. Folds are by article. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.model_selection import GroupKFold

from evals.tasks.meetings import same_participant
from evals.training.annotated import WEIGHTS, articles, carry
from evals.training.meetings import Example, fit
from service.models.extractive.meetings.people import Cast
from service.pipeline import read

OUT = WEIGHTS / "personhood.txt.gz"


def examples_of(labels: Path, more: Sequence[Path]) -> list[tuple[str, Example]]:
    """Every name that the cast of an article comes upon, with its label."""
    things, single = (set((labels / f).read_text("utf-8").strip().split("~")) for f in ("things.txt", "single.txt"))
    made = []
    for article, text, gold in articles(more):
        document = read(text)
        cast = Cast(document, weights={})
        names = set(cast.names_judged)
        for number in range(len(document.sentences)):
            cast.scan(number, None)
        wanted = [p["name"] for meeting in gold for p in meeting["participants"]]
        for name in sorted(names | set(cast.names_judged)):
            met = any(same_participant(one, name) for one in wanted)
            person = name not in things and (met or name in single or " " in name)
            made.append((name, Example(article, frozenset(cast.personhood.features_of(name)), int(person), None)))
    return made


def main(arguments: Sequence[str]) -> int:
    """See the module."""
    parser = argparse.ArgumentParser(prog="evals.training.personhood", description=__doc__)
    parser.add_argument("labels", type=Path)
    parser.add_argument("more", nargs="*", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--cross-validate", action="store_true")
    given = parser.parse_args(arguments)
    found = examples_of(given.labels, given.more)
    examples = [one for _, one in found]
    if given.cross_validate:
        right = 0
        for train, test in GroupKFold(5).split(examples, groups=[one.article for one in examples]):
            weights = fit([examples[i] for i in train])
            for i in test:
                odds = sum(weights.get(f, 0.0) for f in examples[i].features)
                good = (odds > 0) == bool(examples[i].label)
                right += good
                if not good:
                    sys.stdout.write(f"{found[i][0]} {examples[i].label} {1 / (1 + np.exp(-odds)):.2f}\n")
        sys.stdout.write(f"{right / len(examples):.3f} of {len(examples)}\n")
        return 0
    carry(fit(examples), given.out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
