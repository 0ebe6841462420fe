"""A language model's second opinion, where the rules can't tell.

Up to twenty statements with their evidence go into one call; a verdict and the deciding sentences come back for each. The
opinion counts only where no rule found a fault and the score is near the middle: a model is never believed against a
number, a name or a quotation that the article does not have. Where the judge fails, its check says ``unchecked`` and
nothing else changes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from service.domain.brief import Usage
from service.domain.draft import Document
from service.domain.text import Sentence
from service.domain.verdict import Check, Statement, Verdict
from service.errors import BudgetExceeded, ModelError
from service.models.base import ChatModel, CompletionRequest, Message
from service.prompts import load, tame

#: Statements in one call.
BATCH = 20
#: Scores between which the rules can't tell.
UNSURE = (0.25, 0.75)
_AROUND = 1
_MOST_SENTENCES = 8

_ITEM = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "verdict": {"type": "string", "enum": ["supported", "contradicted", "unsupported"]},
        "cites": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["id", "verdict", "cites"],
    "additionalProperties": False,
}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"verdicts": {"type": "array", "items": _ITEM}},
    "required": ["verdicts"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the judge says of a statement; ``cites`` are ids of sentences that it was shown."""

    verdict: Verdict
    cites: tuple[str, ...]
    detail: str


class Judge:
    """Judges with ``model``; ``deadline`` in seconds for one call."""

    def __init__(self, model: ChatModel, deadline: float = 60.0) -> None:
        self.model = model
        self.deadline = deadline
        self.prompt = load("judge", frozenset({"items"}))

    async def review(self, statements: Sequence[Statement], document: Document) -> tuple[list[Statement], Usage]:
        """The statements, those that the rules can't tell judged anew. Raises nothing of the model's."""
        unsure = [s for s in statements if _unsure(s)]
        opinions: dict[str, Opinion] = {}
        usage = Usage()
        for at in range(0, len(unsure), BATCH):
            found, cost = await self.opinions(unsure[at : at + BATCH], document)
            opinions.update(found)
            usage += cost
        return [weigh(s, opinions[s.id]) if s.id in opinions else s for s in statements], usage

    async def opinions(self, statements: Sequence[Statement], document: Document) -> tuple[dict[str, Opinion], Usage]:
        """One call: an opinion on each of at most twenty statements, ``unchecked`` where the judge failed."""
        shown = {s.id: _evidence(s, document) for s in statements}
        items = "\n".join(_item(s, shown[s.id]) for s in statements)
        messages = tuple(Message(role, text) for role, text in self.prompt.render({"items": items}))
        cap = 60 * len(statements) + 100
        request = CompletionRequest(messages, "judge", SCHEMA, cap, self.prompt.id, self.deadline)
        try:
            completion = await self.model.complete(request)
        except (ModelError, BudgetExceeded) as error:
            failed = Opinion("unchecked", (), f"the judge failed: {error.detail}")
            return {s.id: failed for s in statements}, error.usage if isinstance(error.usage, Usage) else Usage()
        read = _read(completion.text, {i: {x.id for x in sentences} for i, sentences in shown.items()})
        silent = Opinion("unchecked", (), "the judge gave no verdict that can be read")
        return {s.id: read.get(s.id, silent) for s in statements}, completion.usage


def weigh(statement: Statement, opinion: Opinion) -> Statement:
    """A statement with the judge's check beside the rules'. Its verdict and score follow the opinion, which is asked for
    only where the rules can't tell; an opinion that is ``unchecked`` changes neither."""
    check = Check("judge", opinion.verdict, None, opinion.detail)
    checks = (*statement.checks, check)
    if opinion.verdict == "unchecked":
        return replace(statement, checks=checks)
    if opinion.verdict == "supported":
        return replace(statement, verdict="supported", score=max(statement.score, 0.6), checks=checks)
    return replace(statement, verdict=opinion.verdict, score=min(statement.score, 0.3), checks=checks)


def _unsure(statement: Statement) -> bool:
    if any(c.verdict in ("contradicted", "unsupported") for c in statement.checks):
        return False
    return statement.verdict == "unchecked" or UNSURE[0] <= statement.score <= UNSURE[1]


def _evidence(statement: Statement, document: Document) -> list[Sentence]:
    """The sentences of its evidence with their neighbours, at most eight."""
    sentences = document.sentences
    hits = [i for i, s in enumerate(sentences) if any(s.span.overlaps(e) for e in statement.evidence)]
    wanted = sorted({j for i in hits for j in range(i - _AROUND, i + _AROUND + 1) if 0 <= j < len(sentences)})
    return [sentences[j] for j in wanted or range(min(_MOST_SENTENCES, len(sentences)))][:_MOST_SENTENCES]


def _item(statement: Statement, sentences: Sequence[Sentence]) -> str:
    lines = [f"<item>\n[{statement.id}] {tame(statement.text)}", *(f"[{s.id}] {tame(s.span.text)}" for s in sentences)]
    return "\n".join(lines) + "\n</item>"


def _read(text: str, known: Mapping[str, set[str]]) -> dict[str, Opinion]:
    """Opinions that can be used: of a known statement, with a known verdict, citing a sentence that was shown."""
    start, end = text.find("{"), text.rfind("}")
    try:
        items = json.loads(text[start : end + 1], strict=False)["verdicts"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    out: dict[str, Opinion] = {}
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict) or item.get("id") not in known or item["id"] in out:
            continue
        verdict = item.get("verdict")
        listed = item.get("cites")
        cites = tuple(c for c in listed if c in known[item["id"]]) if isinstance(listed, list) else ()
        if verdict not in ("supported", "contradicted", "unsupported") or (verdict != "unsupported" and not cites):
            continue
        out[item["id"]] = Opinion(
            verdict, cites, f"the judge says {verdict}" + (f", by {', '.join(cites)}" if cites else "")
        )
    return out
