"""From the statements of many chunks to the summary of one article, by calls that see statements and ids only.

A round packs notes into groups that fit the room, and each group comes back as at most half its notes; so every round
leaves at most three quarters of them, and after a few rounds they fit one last call. Where a call fails, notes spread
evenly over the group stand in. Cites are never written by the model here: a reduced statement has those of the notes that
it was made of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from service.domain.brief import Notice, Usage
from service.domain.draft import DraftStatement
from service.errors import BudgetExceeded, ModelError
from service.models.base import ChatModel, CompletionRequest, Message, Wanted
from service.prompts import Prompt, tame
from service.stages.drafting.asking import CAPS
from service.stages.drafting.rendering import STATEMENTS, STYLES, language_name
from service.stages.drafting.salvage import read_object
from service.stages.drafting.schema import REDUCE

#: Most notes that one call sees, whatever the room: more than that and models forget the middle.
FAN_IN = 60
_ID = re.compile(r"(?<![A-Za-z0-9])d(\d{1,6})(?![A-Za-z0-9])", re.IGNORECASE)
_MOST_CITES = 12


@dataclass
class Reduced:
    """The summary and headline of a long article, and what they cost."""

    headline: DraftStatement | None = None
    summary: list[DraftStatement] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    notices: list[Notice] = field(default_factory=list)
    calls: int = 0


@dataclass(frozen=True)
class Reducer:
    """Reduces with ``prompt``; ``room``: tokens that the notes of one call may take; ``deadline``: seconds a call."""

    model: ChatModel
    prompt: Prompt
    count: Callable[[str], int]
    room: int
    deadline: float

    async def reduce(self, notes: Sequence[DraftStatement], wanted: Wanted, language: str | None) -> Reduced:
        """At most as many statements as the length asked for, best first. Never raises: where the model fails, notes
        spread evenly over the article stand in, and a notice says so."""
        out = Reduced()
        notes = list(notes)
        goal = STATEMENTS[wanted.length]
        while len(notes) > goal:
            groups = self._groups(notes)
            if len(groups) == 1:
                out.summary, out.headline = await self._one(out, groups[0], goal, wanted, language)
                return out
            kept: list[DraftStatement] = []
            for group in groups:
                half = len(group) // 2
                kept += (await self._one(out, group, half, wanted, language))[0] if half else group
            if len(kept) > 0.75 * len(notes):  # hardly two notes fit one call: choosing by place ends it
                kept = _spread(kept, max(goal, len(notes) // 2))
            notes = kept
        out.summary = notes
        return out

    def _groups(self, notes: Sequence[DraftStatement]) -> list[list[DraftStatement]]:
        groups: list[list[DraftStatement]] = [[]]
        used = 0
        for note in notes:
            size = self.count(_line(len(groups[-1]) + 1, note)) + 2
            if groups[-1] and (used + size > self.room or len(groups[-1]) >= FAN_IN):
                groups.append([])
                used = 0
            groups[-1].append(note)
            used += size
        return groups

    async def _one(
        self, out: Reduced, notes: Sequence[DraftStatement], goal: int, wanted: Wanted, language: str | None
    ) -> tuple[list[DraftStatement], DraftStatement | None]:
        values = {
            "amount": str(goal),
            "style": STYLES[wanted.style],
            "language": language_name(wanted.output_language or language),
            "notes": "\n".join(_line(number, note) for number, note in enumerate(notes, 1)),
        }
        messages = tuple(Message(role, text) for role, text in self.prompt.render(values))
        cap = max(CAPS[wanted.length], 60 * goal)
        request = CompletionRequest(messages, "reduce", REDUCE, cap, self.prompt.id, self.deadline, wanted.fresh)
        out.calls += 1
        try:
            completion = await self.model.complete(request)
        except (ModelError, BudgetExceeded) as error:
            out.usage += error.usage if isinstance(error.usage, Usage) else Usage()
            out.notices.append(Notice("reduce_failed", f"statements were chosen by place, not by the model: {error.detail}"))
            return _spread(notes, goal), None
        out.usage += completion.usage
        value, _ = read_object(completion.text, frozenset({"headline", "summary"}))
        items = (value or {}).get("summary")
        read = [_read(item, notes) for item in items[:goal]] if isinstance(items, list) else []
        summary = list(dict.fromkeys(s for s in read if s is not None))
        if not summary:
            out.notices.append(Notice("reduce_failed", "statements were chosen by place: the model's answer can't be used"))
            return _spread(notes, goal), None
        return summary, _read((value or {}).get("headline"), notes)


def _line(number: int, note: DraftStatement) -> str:
    return f"[d{number}] {tame(note.text)}"


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _read(item: object, notes: Sequence[DraftStatement]) -> DraftStatement | None:
    if not isinstance(item, dict) or not isinstance(item.get("text"), str) or not item["text"].strip():
        return None
    listed = item.get("from")
    numbers = [int(n) for one in _list(listed) if isinstance(one, str) for n in _ID.findall(one)]
    origin = [notes[n - 1] for n in dict.fromkeys(numbers) if 1 <= n <= len(notes)][:3]
    text = " ".join(item["text"].split())[:600]
    if not origin or (any(mark in text for mark in '"“”„«»') and text not in {note.text for note in origin}):
        return None
    cites = tuple(dict.fromkeys(c for note in origin for c in note.cites))[:_MOST_CITES]
    return DraftStatement(text, cites, tuple(dict.fromkeys(q for note in origin for q in note.quotations)))


def _spread(notes: Sequence[DraftStatement], goal: int) -> list[DraftStatement]:
    """``goal`` notes spread evenly, the first always among them (news tells the main thing first)."""
    if len(notes) <= goal:
        return list(notes)
    return [notes[i * len(notes) // goal] for i in range(goal)]
