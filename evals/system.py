"""The system under test, built from ``service.wiring`` as any caller would.

What a case costs is booked on that case: ``booked()`` opens an account, and each brief made while it is open is put on
it. Tasks of one run share their briefs, so an article is asked for once a repeat however many tasks look at it.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from random import Random
from typing import Protocol, TypeVar

from service.contract.requests import Options
from service.domain.brief import Brief, Usage
from service.domain.dossier import Dossier
from service.domain.draft import Document
from service.domain.text import Article
from service.domain.verdict import CheckedSummary
from service.pipeline import check, read
from service.prompts import pinned
from service.settings import Settings
from service.wiring import Readout, build

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Combination:
    """One run's system. ``weaken`` > 0 damages its answers by that share, to try the harness itself."""

    engine: str
    model: str | None = None
    prompt: str | None = None
    weaken: float = 0.0


@dataclass
class Account:
    """What one case has cost so far."""

    usage: Usage = field(default_factory=Usage)


_account: ContextVar[Account | None] = ContextVar("account", default=None)


@contextmanager
def booked() -> Iterator[Account]:
    """An account for the case that is run inside the block."""
    account = Account()
    token = _account.set(account)
    try:
        yield account
    finally:
        _account.reset(token)


class Maker(Protocol):
    """What the system asks: ``service.wiring.Readout``, or a scripted stand-in in tests."""

    async def brief(self, article: Article, options: Options) -> Brief:
        """One article's brief."""
        ...

    async def dossier(self, briefs: Sequence[Brief]) -> Dossier:
        """Briefs merged."""
        ...


class WiredSystem:
    """``evals.base.System`` over the service. ``repeat`` counts from 0: a repeat never takes another's answers."""

    def __init__(self, combination: Combination, maker: Maker, repeat: int = 0) -> None:
        self._combination = combination
        self._maker = maker
        self._repeat = repeat
        self._made: dict[str, asyncio.Task[Brief]] = {}
        self._read: dict[str, Document] = {}

    @property
    def engine(self) -> str:
        """ "extractive" or "openai"."""
        return self._combination.engine

    @property
    def model(self) -> str | None:
        """The model's name, None for the embedded engine."""
        return self._combination.model

    @property
    def prompt(self) -> str | None:
        """The prompt asked for, None for the live one."""
        return self._combination.prompt

    def read(self, article: Article) -> Document:
        """Furniture, sentences, quotations and people; no model is asked."""
        name = _identity(article)
        if name not in self._read:
            self._read[name] = self._damaged_document(read(article))
        return self._read[name]

    async def brief(self, article: Article) -> Brief:
        """The whole staircase; the second to ask for the same article gets the same brief, and is not charged."""
        name = _identity(article)
        making = self._made.get(name)
        if making is not None:
            return await making
        making = asyncio.ensure_future(self._make(article))
        self._made[name] = making
        brief = await making
        account = _account.get()
        if account is not None:
            account.usage = account.usage + brief.usage
        return brief

    def check(self, sources: Sequence[Article], summary: str) -> CheckedSummary:
        """A summary by anyone, held against its sources; no model is asked."""
        checked = check(sources, summary)
        if not self._combination.weaken:
            return checked
        chance = self._chance(summary)
        flipped = tuple(
            replace(one, score=1 - one.score) if chance.random() < self._combination.weaken else one
            for one in checked.statements
        )
        score = 1 - checked.score if chance.random() < self._combination.weaken else checked.score
        return replace(checked, statements=flipped, score=score)

    async def dossier(self, articles: Sequence[Article]) -> Dossier:
        """Briefs of all articles, merged."""
        return await self._maker.dossier([await self.brief(article) for article in articles])

    async def _make(self, article: Article) -> Brief:
        options = Options(
            engine="openai" if self.engine == "openai" else "extractive",
            model=self.model,
            fallback="none",
            store=False,
            fresh=self._repeat > 0,
        )
        return self._damaged_brief(await self._maker.brief(article, options))

    def _chance(self, text: str) -> Random:
        return Random(hashlib.sha256(f"{self._combination.weaken}{text}".encode("utf-8", "surrogatepass")).digest())

    def _damaged_document(self, document: Document) -> Document:
        if not self._combination.weaken:
            return document
        keep = self._keeper(document.article.text)
        return replace(document, furniture=keep(document.furniture), quotations=keep(document.quotations))

    def _damaged_brief(self, brief: Brief) -> Brief:
        if not self._combination.weaken:
            return brief
        keep = self._keeper(brief.article.text)
        return replace(
            brief,
            summary=keep(brief.summary),
            meetings=keep(brief.meetings),
            quotations=keep(brief.quotations),
            furniture=keep(brief.furniture),
        )

    def _keeper(self, text: str) -> Callable[[tuple[T, ...]], tuple[T, ...]]:
        chance = self._chance(text)

        def keep(values: tuple[T, ...]) -> tuple[T, ...]:
            return tuple(value for value in values if chance.random() >= self._combination.weaken)

        return keep


def wired(combination: Combination) -> Readout:
    """The service as this combination wants it. Raises ``ConfigurationError`` where it can't be had."""
    settings = Settings()
    if combination.prompt:
        settings = settings.model_copy(update={"prompt": combination.prompt})
    return build(settings)


def resolved(combination: Combination) -> Combination:
    """The combination with the default model filled in. Raises ``ConfigurationError`` for a prompt that isn't there."""
    if combination.prompt:
        pinned(combination.prompt)
    if combination.engine == "openai" and combination.model is None:
        return replace(combination, model=Settings().model)
    return combination


def _identity(article: Article) -> str:
    parts = "\0".join((article.text, article.title or "", article.published or "", article.outlet or ""))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()
