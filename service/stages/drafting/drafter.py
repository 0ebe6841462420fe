"""The drafter that asks a language model: chunks in, one draft out, and a mended statement for one that failed."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from service.domain.brief import Engine, Notice, Usage
from service.domain.draft import Document, Draft, DraftStatement
from service.domain.text import Chunk, Sentence
from service.domain.verdict import Statement
from service.errors import BudgetExceeded, ModelError, ModelOutputInvalid
from service.models.base import ChatModel, CompletionRequest, Drafted, Message, Wanted
from service.prompts import Prompt, load, pinned, tame
from service.stages.drafting.asking import CAPS, DEPTH, Asked, Asker
from service.stages.drafting.merging import merge_meetings
from service.stages.drafting.reading import read_statements
from service.stages.drafting.reducing import Reducer
from service.stages.drafting.rendering import STATEMENTS, language_name, render_sentences
from service.stages.drafting.salvage import read_object
from service.stages.drafting.schema import REPAIR

#: What the code fills in each prompt (``service.prompts`` refuses any other set).
VARIABLES: Mapping[str, frozenset[str]] = {
    "brief": frozenset({"context", "amount", "style", "language", "article"}),
    "repair": frozenset({"article", "statements", "language"}),
    "reduce": frozenset({"amount", "style", "language", "notes"}),
}

#: Statements that one repair call takes, and sentences on either side of the evidence that it shows.
_REPAIR_BATCH, _REPAIR_AROUND = 10, 2

#: Tokens of instructions, schema and context lines, at most.
_FIXED = 1500


@dataclass(frozen=True)
class Bounds:
    """``context``: tokens of the model's context; ``deadline``: seconds for one call; ``concurrency``: chunks at once;
    ``answer``: tokens that no answer may pass; ``splits``: how often a chunk may be halved."""

    context: int = 32_000
    deadline: float = 120.0
    concurrency: int = 4
    answer: int = 8000
    splits: int = DEPTH


def article_room(context: int) -> int:
    """Most tokens of article text that one call can take in a context of so many tokens: what the fixed part and the longest
    answer leave, divided by what ids add (a sixth on news; a third to be safe). At least 128."""
    return max(128, int((context - _FIXED - CAPS["long"]) / 1.33))


class ModelDrafter:
    """A ``Drafter`` over a ``ChatModel``. ``count``: tokens of a text, for the room that the reduce step has; ``prompt``:
    a version to use in place of the live one ("brief@2")."""

    def __init__(
        self, model: ChatModel, count: Callable[[str], int], bounds: Bounds | None = None, prompt: str | None = None
    ) -> None:
        self.model = model
        self.count = count
        self.bounds = bounds or Bounds()
        versions = dict([pinned(prompt)]) if prompt else {}
        self.prompts: dict[str, Prompt] = {
            name: load(name, variables, version=versions.get(name)) for name, variables in VARIABLES.items()
        }

    async def draft(self, document: Document, chunks: Sequence[Chunk], wanted: Wanted) -> Drafted:
        """A draft of the whole article, every chunk in the outcomes. Raises ``ModelError`` or ``BudgetExceeded`` only
        when no chunk gave anything; the error then carries usage and attempts of all."""
        bounds = self.bounds
        asker = Asker(self.model, self.prompts["brief"], bounds.deadline, bounds.answer, bounds.splits)
        slots = asyncio.Semaphore(self.bounds.concurrency)

        async def one(number: int, chunk: Chunk) -> Asked:
            async with slots:
                return await asker.ask(document, chunk, (number, len(chunks)), wanted)

        asked = await asyncio.gather(*(one(number, chunk) for number, chunk in enumerate(chunks, 1)))
        usage = sum((a.usage for a in asked), Usage())
        outcomes = tuple(o for a in asked for o in a.outcomes)
        useful = [a.answer for a in asked if not a.answer.empty]
        if not useful:
            self._raise(asked, usage)
        engine = Engine("openai", self.model.model, self.model.endpoint, self.prompts["brief"].id)
        notices = [
            Notice("chunk_" + o.outcome, f"{o.chunk}: {o.detail}") for o in outcomes if o.outcome in ("failed", "salvaged")
        ]
        meetings = merge_meetings([m for answer in useful for m in answer.meetings])
        headline, summary = next((a.headline for a in useful if a.headline), None), [s for a in useful for s in a.summary]
        if len(chunks) > 1 and len(summary) > STATEMENTS[wanted.length]:
            reduced = await self._reducer().reduce(summary, wanted, document.article.language)
            headline, summary = reduced.headline or headline, reduced.summary
            usage += reduced.usage
            notices += reduced.notices
        return Drafted(Draft(headline, tuple(summary), meetings), outcomes, usage, engine, tuple(notices))

    async def repair(
        self, document: Document, failed: Sequence[Statement], wanted: Wanted
    ) -> tuple[Mapping[str, DraftStatement], Usage]:
        """One further try at failed statements, ten in a call; ids that the model leaves out are left out. Raises
        ``ModelError`` or ``BudgetExceeded``, with the usage of all calls, only when nothing could be mended."""
        mended: dict[str, DraftStatement] = {}
        usage = Usage()
        rest = iter(failed)
        while batch := list(islice(rest, _REPAIR_BATCH)):
            shown = self._around(document, batch)
            try:
                completion = await self.model.complete(self._repair_request(document, batch, shown, wanted))
            except (ModelError, BudgetExceeded) as error:
                usage += error.usage if isinstance(error.usage, Usage) else Usage()
                error.usage = usage
                if mended:
                    break
                raise
            usage += completion.usage
            language = wanted.output_language or document.article.language
            figures = language == document.article.language
            mended.update(read_repair(completion.text, document, (batch, shown), figures))
        return mended, usage

    def _raise(self, asked: Sequence[Asked], usage: Usage) -> None:
        errors = [a.error for a in asked if a.error is not None]
        if not errors and all(o.outcome in ("skipped", "empty") for a in asked for o in a.outcomes):
            errors = [ModelOutputInvalid("the model found nothing to tell in this article")]
        error = errors[0] if errors else ModelOutputInvalid("the model's answers could not be used")
        error.usage = usage
        error.attempts = sum(o.attempts for a in asked for o in a.outcomes)
        raise error

    def _reducer(self) -> Reducer:
        room = max(256, self.bounds.context // 2)
        return Reducer(self.model, self.prompts["reduce"], self.count, room, self.bounds.deadline)

    def _around(self, document: Document, batch: Sequence[Statement]) -> list[Sentence]:
        """The sentences of the statements' evidence, with their neighbours; the first twelve where there is none."""
        sentences = document.sentences
        wanted: set[int] = set()
        for span in (span for statement in batch for span in statement.evidence):
            first = max(0, bisect_left(sentences, span.start, key=lambda s: s.span.end) - _REPAIR_AROUND)
            last = bisect_left(sentences, span.end, key=lambda s: s.span.start) + _REPAIR_AROUND
            wanted.update(range(first, min(last, len(sentences))))
        return [sentences[i] for i in sorted(wanted)] or list(sentences[:12])

    def _repair_request(
        self, document: Document, batch: Sequence[Statement], shown: Sequence[Sentence], wanted: Wanted
    ) -> CompletionRequest:
        lines = []
        for statement in batch:
            reasons = [c.detail for c in statement.checks if c.verdict in ("unsupported", "contradicted")]
            lines.append(
                f"[{statement.id}] {tame(statement.text)} (failed: {tame('; '.join(reasons))[:300] or statement.verdict})"
            )
        values = {
            "article": render_sentences(document, shown),
            "statements": "\n".join(lines),
            "language": language_name(wanted.output_language or document.article.language),
        }
        prompt = self.prompts["repair"]
        messages = tuple(Message(role, text) for role, text in prompt.render(values))
        return CompletionRequest(
            messages, "repair", REPAIR, 120 * len(batch) + 200, prompt.id, self.bounds.deadline, wanted.fresh
        )


def read_repair(
    text: str, document: Document, asked: tuple[Sequence[Statement], Sequence[Sentence]], figures: bool
) -> dict[str, DraftStatement]:
    """Replacements by id from an answer to the prompt ``repair``. ``asked``: (the statements, the sentences shown)."""
    value, _ = read_object(text, frozenset({"statements"}))
    items = (value or {}).get("statements")
    known = {s.id for s in asked[0]}
    by_id = {
        item["id"]: item
        for item in (items if isinstance(items, list) else ())
        if isinstance(item, dict) and isinstance(item.get("id"), str) and item["id"] in known
    }
    return read_statements(by_id, document, asked[1], figures)
