"""Train the three models of reported speech on PolNeAR's training part.

Usage: ``python -m evals.training.reported PATH/polnear/train.jsonl > service/stages/speakers/reported.tsv``
"""

from __future__ import annotations

import json
import sys
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from evals.training.logistic import Example, train
from service.domain.text import Article
from service.language.reporting import reports
from service.pipeline import read
from service.stages.speakers.reading import Reading, read_words
from service.stages.speakers.reported import (
    CUE,
    END,
    ENDS,
    LONGEST,
    SIDE,
    Scene,
    candidates,
    cue_features,
    end_features,
    side_features,
)


def named(families: tuple[str, ...], keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """The keys of one example with their families."""
    return list(zip(families, keys, strict=True))


def reading_of(text: str) -> Reading:
    """The words of an article as ``attribute`` sees them."""
    document = read(Article(text=text))
    marked = [q for q in document.quotations if q.kind != "indirect"]
    return read_words(text, document.sentences, marked)


def head_of(reading: Reading, cue: Sequence[Sequence[int]]) -> int | None:
    """The word of a gold cue that reports most often."""
    table = reports()
    best: tuple[float, int] | None = None
    for start, end in cue:
        for index in range(bisect_left(reading.starts, start), bisect_left(reading.starts, end)):
            row = table.get(reading.lows[index])
            share = row.share if row else 0.0
            if share > 0 and (best is None or share > best[0]):
                best = (share, index)
    return best[1] if best else None


def examples_of(row: dict[str, Any]) -> tuple[list[Example], list[Example], list[Example]]:
    """Examples for cue, side and end from one article."""
    reading = reading_of(row["text"])
    scene = Scene.of(reading)
    heads: dict[int, dict[str, Any]] = {}
    ignored: set[int] = set()
    for attribution in row["attributions"]:
        head = head_of(reading, attribution["cue"])
        for start, end in attribution["cue"]:
            ignored.update(range(bisect_left(reading.starts, start), bisect_left(reading.starts, end)))
        if head is None:
            continue
        if attribution["kind"] != "direct" or head not in heads:
            heads[head] = attribution
    cues: list[Example] = []
    sides: list[Example] = []
    ends: list[Example] = []
    for index in candidates(reading):
        gold = heads.get(index)
        if gold is None and index in ignored:
            continue
        first, last = reading.bounds(index)
        first, last = max(first, index - LONGEST), min(last, index + LONGEST)
        label = gold is not None and gold["kind"] != "direct"
        cues.append((named(CUE, cue_features(scene, index, first, last)), label))
        if gold is None or not label:
            continue
        before = min(a for a, _ in gold["content"]) < gold["cue"][0][0]
        sides.append((named(SIDE, side_features(scene, index, first, last)), before))
        if not before:
            ends.extend(_end_examples(scene, index, gold["content"], last))
    return cues, sides, ends


def _end_examples(scene: Scene, index: int, content: list[list[int]], last: int) -> list[Example]:
    """At each boundary from the cue on: does the content end there? Boundaries behind its end are not looked at."""
    reading = scene.reading
    start, stop = content[0]
    at = bisect_left(reading.starts, start)
    end = bisect_left(reading.starts, stop)
    if not index < at < last:
        return []
    answer: list[Example] = []
    for position in range(at + 2, min(last, end + 1)):
        if reading.lows[position] in ENDS:
            answer.append((named(END, end_features(scene, index, position, last)), position == end))
    return answer


def fit(rows: list[dict[str, Any]]) -> dict[tuple[str, str], float]:
    """The weights of all three models over these articles."""
    cues: list[Example] = []
    sides: list[Example] = []
    ends: list[Example] = []
    for row in rows:
        a, b, c = examples_of(row)
        cues += a
        sides += b
        ends += c
    table: dict[tuple[str, str], float] = {}
    for examples in (cues, sides, ends):
        print(len(examples), sum(label for _, label in examples), file=sys.stderr)  # noqa: T201
        table.update(train(examples))
    return table


def main() -> None:
    """Read the file named on the command line, write the weights to standard output."""
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    out = sys.stdout
    out.write("# family\tkey\tweight; trained on PolNeAR 1.0, training part, by evals/training/reported.py\n")
    for (family, key), value in sorted(fit(rows).items()):
        out.write(f"{family}\t{key}\t{value:.3f}\n")


if __name__ == "__main__":
    main()
