"""The real adapter: any server that speaks OpenAI's chat completions, through the official client.

The only module that imports ``openai`` (and its ``httpx2``), and only when a call is made: the import takes seconds. The
client's own retries are off, so that every attempt is ours and counted; answers are read from the raw JSON, since servers
differ in what they leave out.
"""

from __future__ import annotations

import asyncio
import json
import weakref
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from service.errors import (
    ConfigurationError,
    ModelContextExceeded,
    ModelError,
    ModelOutputInvalid,
    ModelRateLimited,
    ModelRefused,
    ModelRejected,
    ModelTimeout,
    ModelUnreachable,
)
from service.models.base import FinishReason
from service.models.limits import seconds_of
from service.models.wire import Charged, Reply, WireFault

if TYPE_CHECKING:
    import httpx2
    import openai

DEFAULT_BASE_URL = "https://api.openai.com/v1"

#: Statuses after which another attempt may fare better.
_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})
_CONTEXT_WORDS = (
    "context_length_exceeded",
    "maximum context length",
    "context size",
    "exceed_context_size",
    "too many tokens",
)


class OpenAIWire:
    """A ``Wire`` over ``openai.AsyncOpenAI``. ``stream``: answers come as they are written, so that a broken
    one is counted as far as it came.

    A client belongs to the event loop that it was made in, so each loop gets its own. ``http_client``: makes the HTTP
    client, for tests. Raises ``ConfigurationError`` for a base URL that is none.
    """

    def __init__(
        self,
        base_url: str | None,
        api_key: str | None,
        stream: bool = False,
        http_client: Callable[[], httpx2.AsyncClient] | None = None,
    ) -> None:
        self._base_url = base_url or DEFAULT_BASE_URL
        parts = urlsplit(self._base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ConfigurationError(f"the base URL of the model's server is no http(s) URL: {self._base_url!r}")
        if api_key is None and base_url is None:
            raise ConfigurationError(
                "no key for api.openai.com: set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own"
            )
        self.endpoint = parts.netloc.rpartition("@")[2]
        self._api_key = api_key or "none"
        self._stream = stream
        self._http_client = http_client
        self._clients: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, openai.AsyncOpenAI] = weakref.WeakKeyDictionary()

    async def send(self, body: Mapping[str, Any], seconds: float) -> Reply:
        """One attempt. Raises ``WireFault``."""
        client = self._client()
        text: list[str] = []
        try:
            async with asyncio.timeout(seconds):
                if self._stream:
                    return await self._streamed(client, body, text)
                raw = await client.chat.completions.with_raw_response.create(**_untouched(body))
                return read_reply(raw.text, dict(raw.headers))
        except WireFault:
            raise
        except TimeoutError as error:
            timeout = ModelTimeout(f"no answer from {self.endpoint} within {seconds:.0f} s")
            raise WireFault(timeout, retry=False, charged="prompt", arrived="".join(text)) from error
        except Exception as error:
            raise map_error(error, self.endpoint, "".join(text)) from error

    async def _streamed(self, client: openai.AsyncOpenAI, body: Mapping[str, Any], text: list[str]) -> Reply:
        """An answer piece by piece, gathered in ``text`` so that what came before a break is known. What breaks after the
        last piece does no harm."""
        finish: str | None = None
        refusal: list[str] = []
        usage: Mapping[str, Any] | None = None
        stream = await client.chat.completions.create(
            **_untouched(body), stream=True, stream_options={"include_usage": True}
        )
        headers = dict(stream.response.headers)
        try:
            if "event-stream" not in headers.get("content-type", ""):
                return read_reply((await stream.response.aread()).decode("utf-8", "replace"), headers)
            async for chunk in stream:
                if chunk.usage is not None:
                    usage = chunk.usage.model_dump()
                for choice in chunk.choices[:1]:
                    text.append(choice.delta.content or "")
                    refusal.append(choice.delta.refusal or "")
                    finish = choice.finish_reason or finish
        except Exception:
            if finish is None:
                raise
        finally:
            await stream.close()
        if finish is None:
            cut = ModelUnreachable(f"the answer from {self.endpoint} broke off")
            raise WireFault(cut, retry=True, charged="prompt", arrived="".join(text))
        said = "".join(refusal) or None
        return Reply("".join(text), _finish(finish, said), said, usage, headers)

    def _client(self) -> openai.AsyncOpenAI:
        import openai

        loop = asyncio.get_running_loop()
        client = self._clients.get(loop)
        if client is None:
            http = self._http_client() if self._http_client else None
            client = openai.AsyncOpenAI(
                api_key=self._api_key, base_url=self._base_url, max_retries=0, timeout=600, http_client=http
            )
            self._clients[loop] = client
        return client

    async def close(self) -> None:
        """Close this event loop's connections."""
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.close()


def _untouched(body: Mapping[str, Any]) -> dict[str, Any]:
    """The request as the client takes it, the schema set beside the parameters that it walks through value by value (a fifth
    of a call's own time)."""
    rest = dict(body)
    shape = rest.pop("response_format", None)
    return {**rest, "extra_body": {"response_format": shape}} if shape is not None else rest


def read_reply(raw: str, headers: Mapping[str, str]) -> Reply:
    """An answer from the body of a response with status 200. Raises ``WireFault`` for a body that is no chat completion (a
    proxy's HTML page, an error object with status 200)."""
    try:
        value = json.loads(raw)
        choice = value["choices"][0]
        message = choice.get("message") or {}
        text, refusal = message.get("content") or "", message.get("refusal") or None
        if not isinstance(text, str):  # some servers send a list of parts
            text = "".join(part.get("text") or "" for part in text)
        usage = value.get("usage")
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        detail = f"the server answered with something that is no chat completion: {raw.strip()[:80]!r}"
        raise WireFault(ModelOutputInvalid(detail), retry=True, headers=headers) from error
    finish = _finish(choice.get("finish_reason"), refusal)
    return Reply(text, finish, refusal, usage if isinstance(usage, dict) else None, headers)


def _finish(reason: object, refusal: str | None) -> FinishReason:
    if refusal:
        return "refusal"
    if reason in ("length", "max_tokens"):
        return "length"
    return "content_filter" if reason == "content_filter" else "stop"


def map_error(error: Exception, endpoint: str, arrived: str = "") -> WireFault:
    """A fault in our own words for any exception of the client; a test walks every class that ``openai`` has. The
    detail never holds the key: the server's words are cut short, and no header is quoted."""
    import httpx2
    import openai

    if isinstance(error, openai.APIStatusError):
        return _map_status(error, endpoint)
    charged: Charged = "prompt"
    mapped: ModelError
    retry = False
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        mapped, retry = ModelTimeout(f"{endpoint} did not answer in time"), True
    elif isinstance(error, openai.APIConnectionError | httpx2.TransportError):
        cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
        if isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.PoolTimeout | httpx2.UnsupportedProtocol):
            charged = "nothing"
        mapped, retry = ModelUnreachable(f"the connection to {endpoint} failed ({type(cause or error).__name__})"), True
    elif isinstance(error, openai.ContentFilterFinishReasonError):
        mapped = ModelRefused("a content filter stopped the answer")
    elif isinstance(error, openai.LengthFinishReasonError):
        mapped = ModelOutputInvalid("the answer was cut off at the token limit")
    elif isinstance(error, openai.APIResponseValidationError | openai.APIError | json.JSONDecodeError):
        mapped, retry = ModelOutputInvalid(f"{endpoint} sent what can't be read: {str(error)[:120]}"), True
    elif isinstance(error, openai.OpenAIError):
        mapped, charged = (
            ModelRejected(f"the call could not be made ({type(error).__name__}): {str(error)[:120]}"),
            "nothing",
        )
    else:
        mapped = ModelError(f"the call failed ({type(error).__name__}): {str(error)[:120]}")
    return WireFault(mapped, retry, charged, arrived=arrived)


def _map_status(error: openai.APIStatusError, endpoint: str) -> WireFault:
    status = error.status_code
    headers = dict(error.response.headers)
    words = str(error.message)[:300]
    after = _retry_after(headers)
    text = f"{words} {error.code or ''} {error.type or ''}".lower()
    if status == 429 and "insufficient_quota" in text:
        return WireFault(ModelRejected(f"{endpoint}: the account's quota is used up"), False, headers=headers)
    if status == 429:
        return WireFault(
            ModelRateLimited(f"{endpoint} asks to wait: {words[:120]}", after), True, after=after, headers=headers
        )
    if status in _AGAIN or status >= 500:
        return WireFault(ModelUnreachable(f"{endpoint} failed with status {status}"), True, after=after, headers=headers)
    if any(word in text for word in _CONTEXT_WORDS):
        return WireFault(ModelContextExceeded(f"{endpoint}: {words[:160]}"), False, headers=headers)
    if "content_filter" in text or "content_policy" in text:
        return WireFault(ModelRefused(f"{endpoint}: a content filter declined the request"), False, headers=headers)
    if status in (401, 403):
        return WireFault(ModelRejected(f"{endpoint} does not accept the key (status {status})"), False, headers=headers)
    complaint = f"{words} {error.param or ''}" if status in (400, 422) else ""
    return WireFault(
        ModelRejected(f"{endpoint} (status {status}): {words[:160]}"), False, complaint=complaint, headers=headers
    )


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds from ``retry-after-ms`` or ``Retry-After`` (seconds or an HTTP date)."""
    milliseconds = seconds_of(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    value = headers.get("retry-after")
    if value and not value[:1].isdigit():
        from datetime import UTC, datetime
        from email.utils import parsedate_to_datetime

        try:
            return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
        except (ValueError, TypeError):
            return None
    return seconds_of(value)
