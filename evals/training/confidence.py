"""Count how often each rule that names speakers is right, on PolNeAR's training part.

Usage: ``python -m evals.training.confidence PATH/polnear/train.jsonl > service/stages/speakers/confidence.tsv``
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from evals.base import Case
from evals.tasks.quotation_scores import right_speaker
from evals.tasks.quotations import polnear
from service.domain.text import Article
from service.pipeline import read


def count(cases: Iterable[Case]) -> dict[str, list[int]]:
    """Rule → [right, all], over attributions of which at least half of the gold content was found by one quotation."""
    table: dict[str, list[int]] = {}
    for case in cases:
        text = case.input["text"]
        found = [
            (q.speaker, {i for s in q.spans for i in range(s.start, s.end)}, q.kind == "indirect")
            for q in read(Article(text=text)).quotations
            if q.speaker is not None and q.kind != "nested"
        ]
        for gold in case.gold["attributions"]:
            if not gold["source"]:
                continue
            words = {i for a, b in gold["spans"] for i in range(a, b)}
            for indirect in (False, True):
                best = max(
                    (f for f in found if f[2] == indirect), key=lambda f: (len(f[1] & words), -len(f[1])), default=None
                )
                # quotations in marks are part of a longer gold content as often as not: half of either will do
                if best is None or 2 * len(best[1] & words) < (len(words) if indirect else min(len(words), len(best[1]))):
                    continue
                speaker = best[0]
                if speaker is None or not words or (gold["kind"] == "direct" and indirect):
                    continue
                row = table.setdefault(speaker.method, [0, 0])
                row[0] += right_speaker(text, {"mention": [speaker.mention.start, speaker.mention.end]}, gold["source"])
                row[1] += 1
    return table


def main() -> None:
    """Read the file named on the command line, write the table to standard output."""
    table = count(polnear(Path(sys.argv[1]), "dev"))
    out = sys.stdout
    out.write("# rule\tright\tall; counted on PolNeAR 1.0, training part, by evals/training/confidence.py\n")
    for rule, (right, total) in sorted(table.items(), key=lambda item: -item[1][1]):
        out.write(f"{rule}\t{right}\t{total}\n")


if __name__ == "__main__":
    main()
