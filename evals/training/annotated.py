"""What the trainings of the finder of meetings share: the annotated articles, and the way to carried weights."""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from evals.tasks.meetings import TASK
from service.domain.text import Article

#: Where the weights of the finder's judges are carried.
WEIGHTS = Path("service/models/extractive/meetings")
T = TypeVar("T")
Gold = Sequence[Mapping[str, Any]]


def articles(more: Sequence[Path]) -> Iterator[tuple[str, Article, list[Mapping[str, Any]]]]:
    """Every annotated article: its id, the article, its gold meetings. ``more``: folders beside our own dev cases, with
    articles/*.json (``text``, ``published``) and gold/*.json of the same names (``meetings``, as in the cases)."""
    for case in TASK.cases("dev", None):
        yield case.id, _article(case.input), case.gold["meetings"]
    for folder in more:
        for path in sorted((folder / "articles").glob("*.json")):
            gold = json.loads((folder / "gold" / path.name).read_text("utf-8"))["meetings"]
            yield f"{folder.name}/{path.stem}", _article(json.loads(path.read_text("utf-8"))), gold


def _article(given: Mapping[str, Any]) -> Article:
    return Article(given["text"], title=given.get("title"), published=given.get("published"))


def spans_of(text: str, meeting: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """Where the evidence of a gold record and the words of its claims stand."""
    quotes = [*(meeting.get("evidence") or ()), *(claim.get("quote") for claim in meeting["status_claims"])]
    for quote in quotes:
        at = text.find(quote) if quote else -1
        if at >= 0:
            yield at, at + len(quote)


def carry(weights: Mapping[str, float], out: Path) -> None:
    """Write weights as ``weights_of`` reads them, and say how many."""
    lines = "".join(f"{name}\t{weight:.3f}\n" for name, weight in sorted(weights.items()))
    out.write_bytes(gzip.compress(lines.encode("utf-8"), 9, mtime=0))
    sys.stdout.write(f"{len(weights)} weights, {out.stat().st_size} bytes\n")


def trained(
    arguments: Sequence[str],
    judge: str,
    examples_of: Callable[[str, Article, Gold], Iterable[T]],
    fit: Callable[[Sequence[T]], Mapping[str, float]],
    cross_validate: Callable[[Sequence[T]], None] | None = None,
) -> int:
    """The command of a training: learn the weights of ``judge`` from every annotated article, or cross-validate them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("more", nargs="*", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS / f"{judge}.txt.gz")
    if cross_validate is not None:
        parser.add_argument("--cross-validate", action="store_true")
    given = parser.parse_args(arguments)
    examples = [one for name, article, gold in articles(given.more) for one in examples_of(name, article, gold)]
    if cross_validate is not None and given.cross_validate:
        cross_validate(examples)
        return 0
    sys.stdout.write(f"{len(examples)} examples, ")
    carry(fit(examples), given.out)
    return 0
