"""What the score of verification is trained on: summaries with labels and pairs without, and their statements' measures.

``labelled`` and ``unlabelled`` say where they come from; ``measure_all`` takes them through the stages that a brief's
statements go through.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.cases import own, rows
from evals.corruptions import COUNTED, corrupt
from evals.training.pairs import pairs, twins
from service.domain.text import Article
from service.pipeline import read
from service.stages.verification.alignment import align
from service.stages.verification.checks import run_checks
from service.stages.verification.measures import measures
from service.stages.verification.source import Source
from service.stages.verification.statements import split_statements
from service.stages.verification.tokens import Token


@dataclass(slots=True)
class Item:
    """A summary: its set, label (None: partly true), place of its true twin (pairs), and its statements' measures."""

    set: str
    article: str
    summary: str
    true: bool | None
    share: float = 1.0
    twin: int | None = None
    split: str = "dev"
    published: str | None = None
    whole: bool = False
    story: str = ""
    texts: list[str] = field(default_factory=list)
    measured: list[list[float]] = field(default_factory=list)
    failed: list[bool] = field(default_factory=list)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [row for _, row in rows(path)]


def labelled(data: Path) -> list[Item]:
    """The outside sets and our own statements."""
    items: list[Item] = []
    for row in _lines(data / "frank" / "valid.jsonl"):
        factual = row["factuality"]
        true = True if factual == 1 else False if factual == 0 else None
        items.append(Item(row["dataset"], row["article"], row["summary"], true, share=factual))
    for row in _lines(data / "bump" / "task1_dev.jsonl"):
        items.append(Item("bump", row["article"], row["reference_summary"], True))
        items.append(Item("bump", row["article"], row["edited_summary"], False, twin=len(items) - 1))
    for row in _lines(data / "summedits" / "news_dev.jsonl"):
        items.append(Item("summedits", row["doc"], row["summary"], bool(row["label"])))
    for row in _lines(own("verification")):
        article = row["article"]
        for statement in row["gold"]["statements"]:
            fixed = {"split": row["split"], "published": article.get("published"), "whole": True, "story": row["story"]}
            items.append(Item("own", article["text"], statement["text"], True, **fixed))
            at = len(items) - 1
            for kind in COUNTED:
                made = corrupt(statement["text"], article["text"], kind, 1)
                if made:
                    items.append(Item("own", article["text"], made.text, False, twin=at, **fixed))
    return items


def unlabelled(data: Path, known: Sequence[Item]) -> list[Item]:
    """Pairs from articles alone, and false twins of summaries that are true."""
    political = [row["text"][:6000] for row in _lines(data / "polnear" / "train.jsonl")]
    random.Random(0).shuffle(political)
    news = sorted({i.article for i in known if i.set in {"cnndm", "bbc", "bump"}})
    articles = political[:250] + news
    found: list[Item] = []

    def add(kind: str, article: str, true: str, false: str, story: str) -> None:
        fixed: dict[str, Any] = {"whole": True, "story": story}
        found.append(Item(kind, article, true, True, **fixed))
        found.append(Item(kind, article, false, False, twin=len(known) + len(found) - 1, **fixed))

    for pair in pairs(articles, 2, 1):
        add("self", pair.article, pair.true, pair.false, articles[pair.number])
    seen: set[str] = set()
    for item in known:
        if item.set in {"bump", "cnndm"} and item.true and item.summary not in seen:
            seen.add(item.summary)
            for a, b in split_statements(item.summary):
                text = item.summary[a:b]
                for made in twins(text, item.article, news, 1 if item.set == "cnndm" else 4, 5):
                    add("twin", item.article, text, made.text, item.article)
    return found


def measure_all(items: Sequence[Item]) -> None:
    """Fill in the statements' measures, an article's source made once."""
    sources: dict[str, Source] = {}
    for item in items:
        if item.article not in sources:
            if item.set == "self":
                sources = {}
            sources[item.article] = Source.of(read(Article(text=item.article, published=item.published)))
        source = sources[item.article]
        places = [(0, len(item.summary))] if item.whole else split_statements(item.summary)
        before: list[Token] = []
        for a, b in places:
            aligned = align(item.summary[a:b], source)
            checks = run_checks(aligned)
            item.texts.append(item.summary[a:b])
            item.measured.append(measures(aligned, checks, before))
            item.failed.append(any(c.verdict in {"contradicted", "unsupported"} for c in checks))
            before += aligned.tokens
