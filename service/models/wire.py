"""What goes over the wire and what comes back, in words of our own: the engine above knows nothing of any client library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from service.errors import ModelError
from service.models.base import FinishReason

#: What the provider will have charged for an attempt that failed: nothing, or the prompt (and what arrived).
Charged = Literal["nothing", "prompt"]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that arrived in whole. ``usage`` is the server's own ``usage`` object, whatever it holds, or None."""

    text: str
    finish: FinishReason
    refusal: str | None
    usage: Mapping[str, Any] | None
    headers: Mapping[str, str]


class WireFault(Exception):
    """An attempt that brought no whole answer. ``retry``: another attempt may fare better; ``after``: seconds the server
    asked us to wait; ``arrived``: text that came before the break; ``complaint``: the server's words on a request that it
    does not take (status 400 or 422)."""

    def __init__(
        self,
        error: ModelError,
        retry: bool,
        charged: Charged = "nothing",
        after: float | None = None,
        arrived: str = "",
        complaint: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.retry = retry
        self.charged: Charged = charged
        self.after = after
        self.arrived = arrived
        self.complaint = complaint
        self.headers = headers or {}


class Wire(Protocol):
    """Sends one request, once."""

    @property
    def endpoint(self) -> str:
        """Host (and port) that requests go to."""
        ...

    async def send(self, body: Mapping[str, Any], seconds: float) -> Reply:
        """One attempt, given up after ``seconds``. Raises ``WireFault``; when cancelled it closes the connection."""
        ...
