"""What the simulated model makes of a request: which prompt it is, and the sentences, notes or statements in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_LINE = re.compile(r"^\[(s\d+)\] (.*)$", re.MULTILINE)
_NOTE = re.compile(r"^\[(d\d+)\] (.*)$", re.MULTILINE)
_FAILED = re.compile(r"^\[(st\d+)\] (.*?)(?: \(failed: .*)?$", re.MULTILINE)
_QUOTATION = re.compile(r"\[(q\d+)\] ?")
_ITEM = re.compile(r"<item>\n\[(st\d+)\] (.*)\n((?:\[s\d+\] .*\n)*)</item>")
_AMOUNT = re.compile(r"Write (?:at most )?(\d+)(?: (?:or|to) (\d+))? statements")
_BROKEN = re.compile(r"These parts can't be used: (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as the model was shown it: without the quotation ids, which are listed apart."""

    id: str
    text: str
    quotations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """``purpose``: brief, repair, reduce, judge or other. ``amount``: most statements wanted. ``mend``: the reason why parts
    are asked for again, or None. ``context``: what was told beside the article. ``items``: statements to be judged, each
    with its sentences."""

    purpose: str
    prompt: str
    lines: tuple[Line, ...]
    notes: tuple[tuple[str, str], ...]
    failed: tuple[tuple[str, str], ...]
    amount: int
    mend: str | None
    context: str
    items: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]


def read_request(messages: Sequence[Mapping[str, Any]]) -> Request:
    """Reads the messages of a request."""
    users = [str(m.get("content") or "") for m in messages if m.get("role") == "user"]
    first = users[0] if users else ""
    article = _between(first, "article")
    context = first.split("\n", 1)[0] if first.startswith("Context") else ""
    lines = tuple(
        Line(m.group(1), _QUOTATION.sub("", m.group(2)), tuple(_QUOTATION.findall(m.group(2))))
        for m in _LINE.finditer(article)
    )
    notes = tuple(_NOTE.findall(_between(first, "notes")))
    rest = first.rpartition("</article>")[2]
    failed = tuple(_FAILED.findall(rest)) if "Statements that failed" in rest else ()
    amount = _AMOUNT.search(first)
    amounts = [int(n) for n in amount.groups() if n] if amount else []
    mend = _BROKEN.search(users[-1]) if len(users) > 1 else None
    if notes or "<notes>" in first:
        purpose = "reduce"
    elif failed:
        purpose = "repair"
    elif "<article>" in first:
        purpose = "brief"
    elif "<item>" in first:
        purpose = "judge"
    else:
        purpose = "other"
    prompt = "\n".join(str(m.get("content") or "") for m in messages)
    items = tuple((m.group(1), m.group(2), tuple(_LINE.findall(m.group(3)))) for m in _ITEM.finditer(first))
    return Request(
        purpose, prompt, lines, notes, failed, max(amounts, default=4), mend.group(1) if mend else None, context, items
    )


def _between(text: str, tag: str) -> str:
    start, end = text.find(f"<{tag}>"), text.rfind(f"</{tag}>")
    return text[start + len(tag) + 2 : end] if 0 <= start < end else ""
