"""Finding a noisy quotation again: ours beside rapidfuzz and difflib.

    python -m benchmarks.quotation_search [ARTICLES.jsonl] [--pairs 1200] [--seed 1]

``ARTICLES.jsonl`` has an article a line under "text" or "article" (default: the seeds). From each, runs of 6 to 40 words are
taken as quotations, and looked for again: with typographic noise, with one or two words edited, and in another article,
where they are fabricated. A place counts as found only where both ends are exact. One core; the article is cached.
"""

from __future__ import annotations

import argparse
import difflib
import json
import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from rapidfuzz import fuzz

from service.stages.verification.quoting import QuotationIndex

Place = tuple[int, int] | None
Case = tuple[int, str, Place]
_WORD = re.compile(r"\S+")


def articles(path: Path | None) -> list[str]:
    """The texts to work on."""
    if path is None:
        return [p.read_text("utf-8") for p in sorted(Path("seeds").glob("*.txt"))]
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return list(dict.fromkeys(row.get("text") or row.get("article") or row["doc"] for row in rows))


def runs(texts: Sequence[str], count: int, rng: random.Random, fewest: int) -> list[tuple[int, int, int]]:
    """Places of whole words to be quoted: (text, start, end), unique in their article."""
    found = []
    while len(found) < count:
        number = rng.randrange(len(texts))
        words = [m.span() for m in _WORD.finditer(texts[number])]
        length = rng.randint(fewest, 40)
        if len(words) <= length:
            continue
        first = rng.randrange(len(words) - length)
        a, b = words[first][0], words[first + length - 1][1]
        a, b = _trim(texts[number], a, b)
        if texts[number].count(texts[number][a:b]) == 1 and len(texts[number][a:b].split()) >= fewest:
            found.append((number, a, b))
    return found


def _trim(text: str, a: int, b: int) -> tuple[int, int]:
    """Without marks at the ends: quotations begin and end with a word here."""
    while a < b and not text[a].isalnum():
        a += 1
    while b > a and not text[b - 1].isalnum():
        b -= 1
    return a, b


def noisy(quotation: str, rng: random.Random) -> str:
    """Other typography, same words."""
    table = {"'": "’’'", '"': '“”"', "-": "–—-", " ": "   \u00a0", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
    out = "".join(rng.choice(table[c]) if c in table and rng.random() < 0.7 else c for c in quotation)
    if rng.random() < 0.5:
        at = rng.choice([m.start() for m in re.finditer(" ", out)] or [0])
        out = out[:at] + rng.choice(("  ", "\n", " \u200b", "\t")) + out[at + 1 :]
    return out.replace("...", "…") if rng.random() < 0.5 else out


def edited(quotation: str, rng: random.Random) -> str:
    """One or two words, not the outermost, changed, left out or put in."""
    words = quotation.split(" ")
    for _ in range(rng.randint(1, 2)):
        at = rng.randrange(1, len(words) - 1)
        how = rng.random()
        if how < 0.6:
            words[at] = rng.choice(("government", "never", "quickly", "people", "seven", "could", "markets"))
        elif how < 0.8:
            del words[at]
        else:
            words.insert(at, rng.choice(("very", "always", "not", "almost")))
    return " ".join(words)


def fabricated(texts: Sequence[str], places: Sequence[tuple[int, int, int]]) -> list[tuple[int, str]]:
    """Quotations beside an article that has nothing of them: where it shares a third of their pairs of words, both are
    reports of the same wire, and the pair is left out."""
    found = []
    for number, a, b in places:
        other = (number + 1) % len(texts)
        words = re.findall(r"\w+", texts[number][a:b].lower())
        theirs = " ".join(re.findall(r"\w+", texts[other].lower()))
        shared = sum(f" {x} {y} " in theirs for x, y in pairwise(words))
        if shared < len(words) / 3:
            found.append((other, texts[number][a:b]))
    return found


def ours(texts: Sequence[str]) -> Callable[[int, str], Place]:
    """Our search, each article indexed once."""
    known: dict[int, QuotationIndex] = {}

    def find(number: int, quotation: str) -> Place:
        if number not in known:
            known[number] = QuotationIndex(texts[number])
        found = known[number].find(quotation)
        return (found.start, found.end) if found else None

    return find


def by_rapidfuzz(texts: Sequence[str]) -> Callable[[int, str], Place]:
    """rapidfuzz's partial ratio at 80."""

    def find(number: int, quotation: str) -> Place:
        found = fuzz.partial_ratio_alignment(quotation, texts[number], score_cutoff=80)
        return (found.dest_start, found.dest_end) if found else None

    return find


def by_difflib(texts: Sequence[str]) -> Callable[[int, str], Place]:
    """difflib's matching blocks, accepted where they cover 80 % of the quotation."""

    def find(number: int, quotation: str) -> Place:
        matcher = difflib.SequenceMatcher(None, texts[number], quotation, autojunk=False)
        blocks = [b for b in matcher.get_matching_blocks() if b.size > 2]
        if sum(b.size for b in blocks) < 0.8 * len(quotation):
            return None
        return blocks[0].a, blocks[-1].a + blocks[-1].size

    return find


def measure(find: Callable[[int, str], Place], cases: Sequence[Case]) -> tuple[float, float]:
    """(share right, pairs a second); right is the exact place, or none where there is none."""
    for number in {number for number, _, _ in cases}:
        find(number, "warm the cache of this article")
    start = time.perf_counter()
    right = sum(find(number, quotation) == place for number, quotation, place in cases)
    return right / len(cases), len(cases) / (time.perf_counter() - start)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="?", type=Path)
    parser.add_argument("--pairs", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    rng = random.Random(chosen.seed)
    texts = articles(chosen.articles)
    places = runs(texts, chosen.pairs, rng, 6)
    sets: dict[str, list[Case]] = {
        "typography": [(n, noisy(texts[n][a:b], rng), (a, b)) for n, a, b in places],
        "edited": [(n, edited(texts[n][a:b], rng), (a, b)) for n, a, b in runs(texts, chosen.pairs, rng, 8)],
        "fabricated": [(m, q, None) for m, q in fabricated(texts, places)],
    }
    engines = {"readout": ours(texts), "rapidfuzz": by_rapidfuzz(texts), "difflib": by_difflib(texts)}
    head = " | ".join(f"{name}: right, pairs/s" for name in sets)
    sys.stdout.write(f"| | {head} |\n|---|{'---|' * len(sets)}\n")
    for name, engine in engines.items():
        limit = 60 if name == "difflib" else chosen.pairs
        figures = [measure(engine, cases[:limit]) for cases in sets.values()]
        cells = " | ".join(f"{100 * right:.1f} %, {speed:,.0f}" for right, speed in figures)
        sys.stdout.write(f"| {name} | {cells} |\n")


if __name__ == "__main__":
    main()
