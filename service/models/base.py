"""The protocols between the staircase and whoever writes a draft.

Two of them, one inside the other. ``Drafter`` is what the pipeline knows: a read article in, a draft out.
``ChatModel`` is what a drafter that asks a language model knows: messages in, an answer out. ``models/extractive`` is a
``Drafter`` by itself; ``stages/drafting.py`` makes one from a ``ChatModel``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from service.domain.brief import ChunkOutcome, Engine, Length, Notice, Style, Usage
from service.domain.draft import Document, Draft, DraftStatement
from service.domain.text import Chunk
from service.domain.verdict import Statement

FinishReason = Literal["stop", "length", "content_filter", "refusal", "error"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the request asks of a draft."""

    length: Length = "medium"
    style: Style = "sentences"
    output_language: str | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft with how it came about: one outcome for every chunk, and everything it cost."""

    draft: Draft
    outcomes: tuple[ChunkOutcome, ...]
    usage: Usage
    engine: Engine
    notices: tuple[Notice, ...] = ()


class Drafter(Protocol):
    """Writes drafts of briefs."""

    async def draft(self, document: Document, chunks: Sequence[Chunk], wanted: Wanted) -> Drafted:
        """A draft of the whole article. Raises ``ModelError`` only when nothing at all could be had."""
        ...

    async def repair(
        self, document: Document, failed: Sequence[Statement], wanted: Wanted
    ) -> tuple[Mapping[str, DraftStatement], Usage]:
        """One further try at the statements that failed, with their reasons: statement id → its replacement. An engine
        that has nothing better leaves the id out."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class CompletionRequest:
    """What a model is asked. ``schema``: JSON Schema of the answer; ``max_tokens`` caps the answer; ``purpose`` names the
    prompt for ledger and logs ("brief@1:3f2a9c"); ``deadline`` is in seconds from now; ``fresh``: not from the ledger."""

    messages: tuple[Message, ...]
    schema_name: str
    schema: Mapping[str, Any]
    max_tokens: int
    purpose: str
    deadline: float = 120.0
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Completion:
    """What came back. ``usage`` covers every attempt that it took; ``replayed`` answers came from the ledger."""

    text: str
    finish: FinishReason
    refusal: str | None
    usage: Usage
    attempts: int
    replayed: bool = False


class ChatModel(Protocol):
    """A language model that can be asked. Implementations raise ``ModelError`` and its kin, nothing else."""

    @property
    def model(self) -> str:
        """The model's name as the server knows it."""
        ...

    @property
    def endpoint(self) -> str:
        """The host (and port) that the text is sent to."""
        ...

    async def complete(self, request: CompletionRequest) -> Completion:
        """Ask once, with the retries that the adapter sees fit."""
        ...
