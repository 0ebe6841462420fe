"""What the reliability tests share: a simulated provider, a drafter that asks it, and articles to ask about."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from service.domain.brief import Usage
from service.domain.draft import Document
from service.domain.text import Article
from service.models.base import Drafted, Wanted
from service.models.calling import Patience, ServedModel, Server
from service.models.ledger import Ledger
from service.models.limits import Budget
from service.models.openai import OpenAIWire
from service.models.simulated import Script, Simulated
from service.models.tokens import counter
from service.pipeline import read
from service.stages.chunks import split_chunks
from service.stages.drafting import Bounds, ModelDrafter

COUNT = counter()

ARTICLE = "\n\n".join(
    [
        "VIENNA, July 14 - Foreign Minister Anna Berg met Trade Commissioner Paul Okello in Vienna on Monday to discuss"
        " grain exports.",
        "The two sides spoke for two hours at the Hofburg palace, according to a spokesman for the ministry. The talks had"
        " been put off twice because of the strike at the port.",
        "“We have agreed on 14 of the 20 chapters,” Berg said after the meeting. Okello said that 3 million tonnes of wheat"
        " were waiting in silos along the river.",
        "Farmers in the east of the country have blocked 12 border crossings since March. The government expects to lose 40"
        " million euros in taxes this year.",
        "The next round will be held in Nairobi in September, officials said. Neither side would say whether the president"
        " will attend.\n",
    ]
)


@dataclass
class Setting:
    """A provider and a drafter for it."""

    provider: Simulated
    server: Server
    drafter: ModelDrafter

    async def draft(self, text: str = ARTICLE, budget: int = 4000, wanted: Wanted | None = None) -> Drafted:
        """A draft of an article."""
        document = read(Article(text))
        return await self.drafter.draft(document, split_chunks(document, budget, COUNT), wanted or Wanted())

    def agrees(self, *usages: Usage) -> None:
        """The provider's own count of calls and tokens equals ours."""
        ours = sum(usages, Usage())
        theirs: dict[str, Any] = self.provider.totals()
        assert ours.calls == theirs["calls"]
        assert ours.input_tokens == theirs["prompt_tokens"]
        assert ours.output_tokens == theirs["completion_tokens"]
        assert ours.cached_input_tokens == theirs["cached_tokens"]


@asynccontextmanager
async def setting(
    script: dict[str, Any] | None = None,
    stream: bool = False,
    ledger: Ledger | None = None,
    deadline: float = 20.0,
    attempts: int = 4,
    budget: dict[str, Any] | None = None,
    model: str = "simulated",
) -> AsyncIterator[Setting]:
    """A provider that follows ``script`` and a drafter that asks it, patient for hundredths of seconds."""
    async with Simulated(Script.of(script or {}), seed=7) as provider:
        wire = OpenAIWire(provider.base_url, None, stream=stream)
        wire._client()  # its import takes seconds the first time, which no deadline of a test should have to bear
        patience = Patience(attempts=attempts, base=0.01, most=0.05)
        server = Server(wire, ledger or Ledger(None), patience=patience)
        served = ServedModel(server, model, Budget(server.ledger, **(budget or {})))
        try:
            yield Setting(provider, server, ModelDrafter(served, counter(model), Bounds(deadline=deadline)))
        finally:
            await wire.close()


def document(text: str) -> Document:
    """A read article."""
    return read(Article(text))
