"""Builds everything from the settings; the only place that does. Plain values go down, never the settings object."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from service.archive import Archive
from service.computing import computed
from service.contract.requests import Options
from service.domain.brief import ArticleInfo, Brief, EngineName, Notice
from service.domain.dossier import Dossier
from service.domain.draft import Document
from service.domain.text import Article, Chunk
from service.domain.verdict import CheckedSummary
from service.errors import ConfigurationError, TooLarge
from service.models.base import Drafter, Wanted
from service.models.calling import Patience, ServedModel, Server
from service.models.extractive import ExtractiveDrafter
from service.models.ledger import Ledger
from service.models.limits import Budget, Limiter
from service.models.openai import OpenAIWire
from service.models.pricing import PriceTable, load_prices
from service.models.tokens import counter
from service.pipeline import Told, Tools, check, check_with_judge, describe, make_brief, make_dossier, read, segment
from service.settings import Settings
from service.stages.chunks import split_chunks
from service.stages.drafting import Bounds, ModelDrafter, article_room
from service.stages.verification import Judge
from service.store import Store
from service.store.engine import sqlite_url


@dataclass(frozen=True, slots=True)
class Readout:
    """The service in a process: what the API, the command line and the evaluation call."""

    settings: Settings
    _servers: list[Server] = field(default_factory=list, repr=False, compare=False)

    async def brief(self, article: Article, options: Options, tell: Callable[[Told], None] | None = None) -> Brief:
        """One article's brief; ``tell`` hears of its parts as they are made. Raises ``ReadoutError`` and its kin."""
        most = self.settings.max_brief_chars
        if len(article.text) > most:
            raise TooLarge(
                f"The article has {len(article.text):,} characters; a brief is made of up to {most:,}. Submit its parts one "
                "by one, or raise READOUT_MAX_BRIEF_CHARS (ten million characters take some minutes)."
            )
        tools = replace(self._tools(options), tell=tell)
        brief = await make_brief(article, _wanted(options), options.on_unsupported, tools)
        if options.model is None or options.judge or self.engine(options) == "openai":
            return brief
        detail = (
            f"{options.model} was not asked: the embedded engine wrote this. Set OPENAI_API_KEY (or OPENAI_BASE_URL for a "
            "server of your own), and ask for the openai engine."
        )
        return replace(brief, warnings=(*brief.warnings, Notice("model_ignored", detail)))

    def read(self, article: Article) -> Document:
        """An article with its furniture, sentences, quotations and people; no model is asked."""
        return read(article)

    def describe(self, article: Article) -> ArticleInfo:
        """An article as answers carry it, with its size in tokens of the configured model."""
        return describe(article, counter(self.settings.model))

    async def check(self, articles: Sequence[Article], summary: str, judge: bool = False) -> CheckedSummary:
        """A summary by anyone, held against articles; ``judge``: a language model is asked where the rules can't tell."""
        if judge:
            self._refuse_judge()
            return await check_with_judge(articles, summary, Judge(self._model(None), self.settings.call_seconds))
        return await computed(check, articles, summary)

    async def dossier(self, briefs: Sequence[Brief]) -> Dossier:
        """Briefs (in code points) as one dossier."""
        return await computed(make_dossier, briefs, _new_id)

    def chunk(self, article: Article, budget: int, model: str | None = None) -> tuple[Chunk, ...]:
        """The article cut into chunks of at most ``budget`` tokens of ``model`` (default: the configured one)."""
        return split_chunks(segment(article), budget, counter(model or self.settings.model))

    def engine(self, options: Options) -> EngineName:
        """The engine that a request with these options gets."""
        return options.engine or self.settings.chosen_engine()

    async def close(self) -> None:
        """Closes the connections to the model's server that this event loop holds, and the ledger. What is asked later opens
        them anew."""
        while self._servers:
            server = self._servers.pop()
            if isinstance(server.wire, OpenAIWire):
                await server.wire.close()
            server.ledger.close()

    def _tools(self, options: Options) -> Tools:
        extractive = ExtractiveDrafter()
        by_model = self.engine(options) == "openai"
        if options.judge and not by_model:
            self._refuse_judge()
        model = self._model(options.model, options.store) if by_model or options.judge else None
        drafter: Drafter = self._model_drafter(model) if by_model and model else extractive
        return Tools(
            drafter=drafter,
            fallback=extractive if options.fallback == "extractive" else None,
            count=counter(options.model or self.settings.model),
            chunk_tokens=min(self.settings.chunk_tokens, article_room(self.settings.context_tokens)),
            new_id=_new_id,
            judge=Judge(model, self.settings.call_seconds) if options.judge and model else None,
        )

    def _refuse_judge(self) -> None:
        """Raises ``ConfigurationError`` where no model is configured that could judge."""
        if self.settings.openai_api_key is None and self.settings.openai_base_url is None:
            raise ConfigurationError(
                "A judge is a language model, and none is configured: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server "
                "of your own, or leave the judge out."
            )

    def _model_drafter(self, model: ServedModel) -> Drafter:
        set_ = self.settings
        bounds = Bounds(set_.context_tokens, set_.call_seconds, set_.concurrency)
        return ModelDrafter(model, counter(model.model), bounds, set_.prompt)

    def _model(self, name: str | None, keep: bool = True) -> ServedModel:
        """A model for one request, with the request's budget and deadline, over the server that all requests share."""
        set_ = self.settings
        if not self._servers:
            self._servers.append(_server(set_))
        server = self._servers[0]
        budget = Budget(
            server.ledger,
            set_.budget_tokens_per_request,
            set_.budget_usd_per_request,
            set_.budget_tokens_per_day,
            set_.budget_usd_per_day,
        )
        return ServedModel(server, name or set_.model, budget, time.monotonic() + set_.request_seconds, keep)


def build(settings: Settings | None = None) -> Readout:
    """The service as configured: by ``settings``, or by environment and ``.env``."""
    return Readout(settings or Settings())


def build_archive(settings: Settings) -> Archive:
    """The store as configured. Nothing is opened before it is used."""
    stated = settings.database_url
    return Archive(Store(stated.get_secret_value() if stated else sqlite_url(settings.data_dir / "readout.db")), _new_id)


def _server(settings: Settings) -> Server:
    key = settings.openai_api_key
    wire = OpenAIWire(settings.openai_base_url, key.get_secret_value() if key else None)
    # the carried prices are OpenAI's: what another host takes for a model of the same name is not known
    known = settings.prices is not None or f".{wire.endpoint}".endswith(".api.openai.com")
    return Server(
        wire=wire,
        ledger=Ledger(settings.data_dir / "ledger.sqlite"),
        limiter=Limiter(settings.requests_per_minute, settings.tokens_per_minute, settings.concurrency),
        prices=load_prices(settings.prices) if known else PriceTable("", {}),
        patience=Patience(settings.attempts),
    )


def _new_id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(10)}"


def _wanted(options: Options) -> Wanted:
    return Wanted(options.length, options.style, options.output_language, options.fresh)
