"""How the embedded engine's choice of summary sentences compares with the first sentences of the article.

    python -m evals.training.summary --data DIR      (DIR holds bump/task1_dev.jsonl)

Prints ROUGE-1 and ROUGE-2 (recall and F1 against the reference summaries of BUMP's dev articles, one a story) of the lead
and of ``choose_summary``, at the same number of sentences. Used to choose the two constants of
``service.models.extractive.summary``; no figure of ours is reported on these articles as a test.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from service.domain.brief import Length
from service.domain.draft import Document
from service.domain.text import Article
from service.models.extractive import summary
from service.pipeline import read

_WORD = re.compile(r"[a-z0-9]+")


def _grams(text: str, size: int) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return Counter(tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def rouge(candidate: str, reference: str, size: int) -> tuple[float, float]:
    """(recall, F1) of the n-grams that the two share; 0 where either has none."""
    ours, theirs = _grams(candidate, size), _grams(reference, size)
    shared = sum((ours & theirs).values())
    if not shared:
        return 0.0, 0.0
    recall, precision = shared / sum(theirs.values()), shared / sum(ours.values())
    return recall, 2 * recall * precision / (recall + precision)


def _documents(data: Path) -> Iterator[tuple[Document, str]]:
    seen: set[int] = set()
    for line in (data / "bump" / "task1_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["article_id"] not in seen:
            seen.add(row["article_id"])
            yield read(Article(row["article"])), row["reference_summary"]


def _figures(pairs: Sequence[tuple[str, str]]) -> str:
    cells = []
    for size in (1, 2):
        scores = [rouge(candidate, reference, size) for candidate, reference in pairs]
        recall, f1 = (sum(column) / len(scores) for column in zip(*scores, strict=True))
        cells.append(f"ROUGE-{size} R {recall:.3f} F1 {f1:.3f}")
    return "  ".join(cells)


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    documents = list(_documents(parser.parse_args().data))
    sys.stdout.write(f"{len(documents)} articles\n")
    sizes: tuple[tuple[Length, int], ...] = (("short", 2), ("medium", 4))
    for name, count in sizes:
        lead = [(" ".join(s.span.text for s in d.sentences[:count]), reference) for d, reference in documents]
        ours = [(" ".join(s.text for s in summary.choose_summary(d, name)), reference) for d, reference in documents]
        sys.stdout.write(f"{count} sentences  lead      {_figures(lead)}\n{count} sentences  embedded  {_figures(ours)}\n")


if __name__ == "__main__":
    main()
