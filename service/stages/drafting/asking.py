"""Asking the model about one chunk until something can be used, within bounds.

Every way through ends: at most one further call with a higher cap, one for broken parts, and a chunk is halved at most
``DEPTH`` times. What became of the chunk is one of ok, empty, salvaged, split, failed (or skipped: furniture alone).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from service.domain.brief import ChunkOutcome, Outcome, Usage
from service.domain.draft import Document
from service.domain.text import Chunk, Span
from service.errors import BudgetExceeded, ModelContextExceeded, ModelError, ModelOutputInvalid, ModelRefused
from service.models.answers import loops
from service.models.base import ChatModel, Completion, CompletionRequest, Message, Wanted
from service.prompts import Prompt
from service.stages.drafting.reading import Answer, read_answer
from service.stages.drafting.rendering import brief_values, sentences_of
from service.stages.drafting.schema import BRIEF

#: Cap of an answer by length asked for. A medium brief of a CNN-like article with a meeting takes about 400 tokens; the
#: cap is there to end loops, not to shorten answers.
CAPS = {"short": 1000, "medium": 1600, "long": 3200}
HIGHER = 2.5
DEPTH = 2
_ANSWER_SHOWN = 6000


@dataclass
class Asked:
    """What came of one chunk, its halves included. ``error``: why nothing came, where nothing did."""

    answer: Answer = field(default_factory=Answer)
    outcomes: list[ChunkOutcome] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    error: ModelError | BudgetExceeded | None = None


@dataclass(frozen=True)
class Asker:
    """Asks ``model`` with ``prompt``. ``deadline``: seconds for one call; ``most``: tokens that no answer may pass;
    ``splits``: how often a chunk may be halved."""

    model: ChatModel
    prompt: Prompt
    deadline: float
    most: int = 8000
    splits: int = DEPTH

    async def ask(self, document: Document, chunk: Chunk, place: tuple[int, int], wanted: Wanted, depth: int = 0) -> Asked:
        """Everything that could be had for a chunk. ``place``: (its number, how many). Raises nothing of the model's."""
        sentences = sentences_of(document, chunk.span)
        if not sentences:
            return Asked(
                outcomes=[_outcome(chunk, "skipped", 0, _furniture(document, chunk.span) or "no sentence begins in it")]
            )
        values = brief_values(document, chunk, sentences, place, wanted)
        messages = tuple(Message(role, text) for role, text in self.prompt.render(values))
        cap = min(CAPS[wanted.length], self.most)
        request = CompletionRequest(messages, "brief", BRIEF, cap, self.prompt.id, self.deadline, wanted.fresh)
        run = _Run(self.model)
        try:
            completion = await run.complete(request)
            if completion.finish == "length" and not loops(completion.text):
                completion = await self._with_more_room(run, request, completion)
        except ModelContextExceeded as error:
            return await self._split(document, chunk, place, wanted, depth, run, str(error))
        except (ModelError, BudgetExceeded) as error:
            return self._failed(document, chunk, run, error)
        language = wanted.output_language or document.article.language
        told, figures = request.messages[0].content, language == document.article.language

        def read(text: str) -> Answer:
            return read_answer(text, document, sentences, told, figures)

        answer = read(completion.text)
        if completion.finish == "length" and not loops(completion.text) and depth < self.splits and len(sentences) > 1:
            return await self._split(document, chunk, place, wanted, depth, run, "cut off at the token limit twice", answer)
        detail = _refusal(completion)
        if completion.finish == "stop" and answer.broken:
            detail = await self._ask_again(run, request, completion, answer, read)
        elif completion.finish == "length":
            detail = "a loop, cut at the token limit" if loops(completion.text) else "cut off at the token limit"
        if answer.take_uncited():
            detail = f"{detail}; " if detail else ""
            detail += "no statement cites anything, so evidence was sought for them"
        return self._done(document, chunk, run, answer, detail)

    async def _with_more_room(self, run: _Run, request: CompletionRequest, first: Completion) -> Completion:
        """Once more with a higher cap; the first answer stands where that fails."""
        try:
            higher = min(int(request.max_tokens * HIGHER), self.most)
            return await run.complete(replace(request, max_tokens=higher)) if higher > request.max_tokens else first
        except (ModelError, BudgetExceeded):
            return first

    async def _ask_again(
        self,
        run: _Run,
        request: CompletionRequest,
        first: Completion,
        answer: Answer,
        read: Callable[[str], Answer],
    ) -> str | None:
        """The broken parts once more, alone; the reason that remains, or None when all is mended."""
        why = "; ".join(answer.broken[:6])[:600]
        if answer.shaped:
            say = f"These parts can't be used: {why}. Give them again, corrected, in the same form; leave the others empty."
        else:
            say = f"That can't be used: {why}. Give the whole brief as one JSON object."
        messages = (*request.messages, Message("assistant", first.text[:_ANSWER_SHOWN] or "{}"), Message("user", say))
        try:
            completion = await run.complete(replace(request, messages=messages))
        except (ModelError, BudgetExceeded) as error:
            return f"{why}; asking again failed: {error.detail}"
        second = read(completion.text)
        answer.add(second)
        answer.shaped = answer.shaped or second.shaped
        still = [b for b in second.broken if not b.endswith(": missing")]
        gained = not second.empty or not answer.empty
        return None if gained and not still and completion.finish == "stop" else why

    async def _split(
        self, document: Document, chunk: Chunk, place: tuple[int, int], wanted: Wanted, depth: int, run: _Run, why: str,
        had: Answer | None = None,
    ) -> Asked:  # fmt: skip
        """Both halves for themselves, and what was had already."""
        sentences = sentences_of(document, chunk.span)
        if depth >= self.splits or len(sentences) < 2:
            return self._failed(document, chunk, run, ModelContextExceeded(f"{why}; it can't be split further"))
        text = document.article.text
        middle = sentences[len(sentences) // 2].span.start
        out = Asked(outcomes=[_outcome(chunk, "split", run.attempts, why)], usage=run.usage)
        for letter, start, end in (("a", chunk.span.start, middle), ("b", middle, chunk.span.end)):
            share = round(chunk.tokens * (end - start) / max(1, chunk.span.end - chunk.span.start))
            half = Chunk(f"{chunk.id}{letter}", Span.of(text, start, end), share)
            asked = await self.ask(document, half, place, wanted, depth + 1)
            out.answer.add(asked.answer)
            out.outcomes += asked.outcomes
            out.usage += asked.usage
            out.error = out.error or asked.error
        if had is not None and out.answer.empty:
            out.answer.add(had)
        if not out.answer.empty:
            out.error = None
        return out

    def _failed(self, document: Document, chunk: Chunk, run: _Run, error: ModelError | BudgetExceeded) -> Asked:
        detail = _with_furniture(document, chunk, f"{error.code}: {error.detail}")
        return Asked(outcomes=[_outcome(chunk, "failed", run.attempts, detail)], usage=run.usage, error=error)

    def _done(self, document: Document, chunk: Chunk, run: _Run, answer: Answer, detail: str | None) -> Asked:
        outcome: Outcome
        error: ModelError | None = None
        if answer.empty:
            outcome = "failed" if detail else "empty"
            error = run.refused or (run.invalid(detail) if detail else None)
        else:
            outcome = "salvaged" if detail else "ok"
        ledger = [_outcome(chunk, outcome, run.attempts, _with_furniture(document, chunk, detail))]
        return Asked(answer, ledger, run.usage, error)


class _Run:
    """The calls for one chunk: counts attempts and what they cost, failed ones too."""

    def __init__(self, model: ChatModel) -> None:
        self.model = model
        self.usage = Usage()
        self.attempts = 0
        self.refused: ModelError | None = None

    async def complete(self, request: CompletionRequest) -> Completion:
        """One call (the adapter may need several attempts)."""
        try:
            completion = await self.model.complete(request)
        except (ModelError, BudgetExceeded) as error:
            self.usage += error.usage if isinstance(error.usage, Usage) else Usage()
            self.attempts += error.attempts
            raise
        self.usage += completion.usage
        self.attempts += completion.attempts
        if completion.finish in ("refusal", "content_filter"):
            self.refused = ModelRefused(_refusal(completion) or "the model declined")
        return completion

    def invalid(self, detail: str) -> ModelError:
        """The error for a chunk from which nothing could be used."""
        return ModelOutputInvalid(f"nothing in the model's answer could be used: {detail}")


def _outcome(chunk: Chunk, outcome: Outcome, attempts: int, detail: str | None) -> ChunkOutcome:
    return ChunkOutcome(chunk.id, chunk.span, chunk.tokens, outcome, attempts, detail)


def _refusal(completion: Completion) -> str | None:
    if completion.finish == "content_filter":
        return "a content filter stopped the answer"
    if completion.finish == "refusal":
        return f"the model declined: {(completion.refusal or '').strip()[:200] or 'no reason given'}"
    return None


def _furniture(document: Document, span: Span) -> str | None:
    kinds = [f.kind for f in document.furniture if f.span.overlaps(span)]
    if not kinds:
        return None
    return f"furniture not sent: {', '.join(dict.fromkeys(kinds))} ({len(kinds)})"


def _with_furniture(document: Document, chunk: Chunk, detail: str | None) -> str | None:
    return "; ".join(d for d in (detail, _furniture(document, chunk.span)) if d) or None
