"""Derive how rare each lemma is in news (service/language/rarity.txt.gz) from the articles of the outside sets.

    python -m evals.training.rarity DATA service/language/rarity.txt.gz

Counts articles, no labels: PolNeAR train, FRANK valid, BUMP dev, SummEdits dev. A line is "lemma count"; the first line is
the number of articles. Lemmas of fewer than three articles are left out: what is not listed is rare.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

from service.stages.verification.tokens import NUMBER, tokenise

_FILES = ("polnear/train.jsonl", "frank/valid.jsonl", "bump/task1_dev.jsonl", "summedits/news_dev.jsonl")


def main(data: str, out: str) -> None:
    """Count and write; the same input gives the same bytes."""
    articles = set()
    for name in _FILES:
        for line in (Path(data) / name).read_text("utf-8").splitlines():
            row = json.loads(line)
            articles.add(next(row[k] for k in ("text", "article", "doc") if k in row))
    counts: Counter[str] = Counter()
    for article in articles:
        counts.update({t.lemma for t in tokenise(article)[0] if t.lemma.isalpha() or t.kind == NUMBER})
    lines = [str(len(articles))] + [f"{w} {n}" for w, n in sorted(counts.items()) if n >= 3]
    Path(out).write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
