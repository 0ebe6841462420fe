"""Limits that hold before the provider has to say 429, and budgets that are checked before a call is made.

One ``Limiter`` serves a whole process, whatever event loops run in it: it waits by short sleeps and holds no loop's locks.
"""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from service.errors import BudgetExceeded
from service.models.ledger import Ledger

_POLL = 0.02
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|h|m|s)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


def seconds_of(text: str | None) -> float | None:
    """Seconds from a header: "20", "1.5", "6m0s", "120ms"; None when it says nothing that can be read."""
    if not text:
        return None
    try:
        return max(0.0, float(text))
    except ValueError:
        parts = _DURATION.findall(text)
        return sum(float(number) * _SECONDS[unit] for number, unit in parts) if parts else None


@dataclass
class _Bucket:
    """A leaky bucket: ``level`` may be drawn now, ``rate`` flows back each second, up to ``size``."""

    per_minute: int | None
    level: float = field(init=False)
    at: float = field(init=False)

    def __post_init__(self) -> None:
        self.level = float(self.per_minute or 0)
        self.at = time.monotonic()

    def wait(self, amount: float) -> float:
        """Seconds until ``amount`` may be drawn (0: now). More than the size goes as soon as the bucket is full."""
        if self.per_minute is None:
            return 0.0
        now = time.monotonic()
        self.level = min(float(self.per_minute), self.level + (now - self.at) * self.per_minute / 60)
        self.at = now
        return max(0.0, (min(amount, self.per_minute) - self.level) * 60 / self.per_minute)

    def draw(self, amount: float) -> None:
        if self.per_minute is not None:
            self.level -= amount


class Limiter:
    """Requests a minute, tokens a minute, and calls at once; None: no limit. Also heeds ``x-ratelimit-*`` headers."""

    def __init__(self, requests: int | None = None, tokens: int | None = None, concurrency: int | None = None) -> None:
        self._requests = _Bucket(requests)
        self._tokens = _Bucket(tokens)
        self._free = concurrency
        self._held_until = 0.0
        self._lock = threading.Lock()

    @asynccontextmanager
    async def slot(self, tokens: int) -> AsyncIterator[None]:
        """Wait until a call of about ``tokens`` tokens may go out, and hold a place for it until done."""
        while True:
            with self._lock:
                pause = self._pause(tokens)
                if pause <= 0:
                    self._requests.draw(1)
                    self._tokens.draw(tokens)
                    if self._free is not None:
                        self._free -= 1
                    break
            await asyncio.sleep(min(max(pause, _POLL), 1.0))
        try:
            yield
        finally:
            with self._lock:
                if self._free is not None:
                    self._free += 1

    def _pause(self, tokens: int) -> float:
        if self._free is not None and self._free <= 0:
            return _POLL
        hold = self._held_until - time.monotonic()
        return max(hold, self._requests.wait(1), self._tokens.wait(tokens))

    def settle(self, reserved: int, used: int) -> None:
        """Give back what was reserved and not used (or draw what was used beyond it)."""
        with self._lock:
            self._tokens.draw(used - reserved)

    def heed(self, headers: Mapping[str, str]) -> None:
        """Hold all calls until the provider's own window opens again, where its headers say that nothing remains."""
        for what in ("requests", "tokens"):
            remaining = headers.get(f"x-ratelimit-remaining-{what}")
            reset = seconds_of(headers.get(f"x-ratelimit-reset-{what}"))
            if remaining is not None and reset and remaining.strip() in ("0", "-1"):
                self.hold(min(reset, 60.0))

    def hold(self, seconds: float) -> None:
        """No call goes out for so long."""
        with self._lock:
            self._held_until = max(self._held_until, time.monotonic() + seconds)


@dataclass
class Budget:
    """Hard limits of one request and of the day (over all processes that share the ledger), in tokens and US dollars.

    ``check`` is asked before every call with the most that it could cost; ``book`` afterwards with what it did.
    """

    ledger: Ledger
    request_tokens: int | None = None
    request_usd: float | None = None
    day_tokens: int | None = None
    day_usd: float | None = None
    tokens: int = field(default=0, init=False)
    usd: float = field(default=0.0, init=False)
    pending_tokens: int = field(default=0, init=False)
    pending_usd: float = field(default=0.0, init=False)

    def check(self, tokens: int, usd: float | None) -> None:
        """Raises ``BudgetExceeded`` if a call of at most ``tokens`` tokens and ``usd`` could pass a limit. A price that is
        not known passes a limit in money: what can't be reckoned can't be kept to."""
        if usd is None and (self.request_usd is not None or self.day_usd is not None):
            raise BudgetExceeded(
                "a budget in money is set, and this model has no price: give a price table, or a token budget"
            )
        cost = usd or 0.0
        day_tokens, day_usd = self.ledger.spent_today() if self.day_tokens or self.day_usd else (0, 0.0)
        rows: tuple[tuple[str, float | None, float], ...] = (
            ("tokens for one request", self.request_tokens, self.tokens + self.pending_tokens + tokens),
            ("US dollars for one request", self.request_usd, self.usd + self.pending_usd + cost),
            ("tokens for a day", self.day_tokens, day_tokens + self.pending_tokens + tokens),
            ("US dollars for a day", self.day_usd, day_usd + self.pending_usd + cost),
        )
        for what, limit, would in rows:
            if limit is not None and would > limit:
                raise BudgetExceeded(
                    f"the budget of {limit:g} {what} would be passed: this call could bring it to {would:g}"
                )
        self.pending_tokens += tokens
        self.pending_usd += cost

    def book(self, reserved: tuple[int, float | None], tokens: int, usd: float | None) -> None:
        """Replace what ``check`` reserved by what was spent."""
        self.pending_tokens -= reserved[0]
        self.pending_usd -= reserved[1] or 0.0
        self.tokens += tokens
        self.usd += usd or 0.0
        if tokens or usd:
            self.ledger.spend(tokens, usd or 0.0)
