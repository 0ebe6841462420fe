"""What a call costs, from a dated table that a user can replace (``READOUT_PRICES``: TOML like ``data/prices.toml``).

A model that is not in the table has no price: its cost is None, never 0.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from service.errors import ConfigurationError

_DATED = re.compile(r"-\d{4}-?\d{2}-?\d{2}$|-latest$")


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens. ``cached``: input that the provider's prompt cache served."""

    input: float
    cached: float
    output: float


@dataclass(frozen=True, slots=True)
class PriceTable:
    """Prices by model name, as of ``date`` (YYYY-MM-DD)."""

    date: str
    prices: Mapping[str, Price]

    def price(self, model: str) -> Price | None:
        """The price of a model; a dated snapshot ("gpt-5-mini-2026-08-07") has its model's, a provider's prefix
        ("openai/") is ignored. None when it is not in the table."""
        name = model.rsplit("/", 1)[-1].lower()
        return self.prices.get(name) or self.prices.get(_DATED.sub("", name))

    def cost(self, model: str, input_tokens: int, cached: int, output_tokens: int) -> float | None:
        """US dollars for a call: ``cached`` is the part of ``input_tokens`` that came from the cache; ``output_tokens``
        includes reasoning, as providers bill it. None when the model has no price."""
        price = self.price(model)
        if price is None:
            return None
        fresh = max(0, input_tokens - cached)
        return (fresh * price.input + min(cached, input_tokens) * price.cached + output_tokens * price.output) / 1e6


def load_prices(path: Path | None = None) -> PriceTable:
    """The carried table, or the one at ``path``. Raises ``ConfigurationError`` naming the file and the line at fault."""
    where = str(path) if path else "the carried price table"
    try:
        raw = (
            path.read_text(encoding="utf-8")
            if path
            else (files("service.models") / "data" / "prices.toml").read_text("utf-8")
        )
        table = tomllib.loads(raw)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{where} can't be read: {error}") from error
    prices: dict[str, Price] = {}
    for name, row in table.get("models", {}).items():
        try:
            price = Price(float(row["input"]), float(row.get("cached", row["input"])), float(row["output"]))
        except (KeyError, TypeError, ValueError) as error:
            raise ConfigurationError(f"{where}: [models.{name!r}] needs numbers input and output (USD a million)") from error
        if min(price.input, price.cached, price.output) < 0:
            raise ConfigurationError(f"{where}: [models.{name!r}] has a negative price")
        prices[name.lower()] = price
    return PriceTable(str(table.get("date", "")), prices)
