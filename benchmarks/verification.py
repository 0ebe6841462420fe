"""How fast statements are held against an article.

    python -m benchmarks.verification [ARTICLES.jsonl]

Two figures, both of one core (CPU time): statements a second against articles of about 1,000 words, prepared once; and
1,000 statements against an article of 1 MB beside the same against 100 kB: without quadratic growth, the first costs far
less than ten times the second. Statements are sentences of the articles with a word left out; the articles are PolNeAR's or
FRANK's (an article a line under "text" or "article"; default: the seeds, repeated).
"""

from __future__ import annotations

import json
import re
import sys
import time
from itertools import cycle
from pathlib import Path

from service.domain.text import Article
from service.pipeline import read
from service.stages.verification import Source, check_statement


def articles(path: Path | None) -> list[str]:
    """Texts of 900 words and more, cut to 1,000."""
    if path is None:
        texts = [" ".join(p.read_text("utf-8") for p in sorted(Path("seeds").glob("*.txt")))]
    else:
        texts = [row.get("text") or row.get("article") for row in map(json.loads, path.read_text("utf-8").splitlines())]
    long = [t for t in dict.fromkeys(texts) if len(t.split()) >= 900]
    return [re.match(r"(?:\S+\s*){1,1000}", t).group() for t in long[:20]]  # type: ignore[union-attr]


def statements(text: str, count: int) -> list[str]:
    """Sentences with a word left out."""
    found = [s for s in re.split(r"(?<=[.!?])\s+", text) if 8 <= len(s.split()) <= 40]
    shorter = [" ".join(w for i, w in enumerate(s.split()) if i != n % 5 + 2) for n, s in enumerate(found)]
    return [s for s, _ in zip(cycle(shorter), range(count), strict=False)]


def measure(source: Source, wanted: list[str]) -> float:
    """CPU seconds for all statements."""
    start = time.process_time()
    for n, text in enumerate(wanted):
        check_statement(f"st{n}", text, [source], None, ())
    return time.process_time() - start


def main() -> None:
    """Print the figures."""
    texts = articles(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    check_statement("warm", "Nobody was hurt.", [Source.of(read(Article(text=texts[0])))], None, ())
    done, spent, prepared = 0, 0.0, 0.0
    for text in texts:
        document = read(Article(text=text))
        start = time.process_time()
        source = Source.of(document)
        prepared += time.process_time() - start
        wanted = statements(text, 40)
        spent += measure(source, wanted)
        done += len(wanted)
    sys.stdout.write(
        f"1,000 words: {done / spent:,.0f} statements/s, an article prepared in {1000 * prepared / len(texts):.1f} ms\n"
    )
    for size in (100_000, 1_000_000):
        pieces, total = [], 0
        for n, text in enumerate(cycle(texts)):
            pieces.append(
                re.sub(r"\b[A-Z][a-z]+\b", lambda m, n=n: m.group() + "aeiou"[n // len(texts) % 5] * (n >= len(texts)), text)
            )
            total += len(text)
            if total >= size:
                break
        long = "\n\n".join(pieces)[:size]
        source = Source.of(read(Article(text=long)))
        seconds = measure(source, statements(texts[0], 1000))
        sys.stdout.write(f"{size:,} characters: 1,000 statements in {seconds:.1f} s\n")


if __name__ == "__main__":
    main()
