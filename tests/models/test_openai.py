"""The adapter: every error has its own name, every answer is read, and no request escapes the test."""

from __future__ import annotations

import importlib
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest

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
from service.models.openai import OpenAIWire, map_error, read_reply
from service.models.wire import WireFault

REQUEST = httpx2.Request("POST", "http://model.test/v1/chat/completions")
HERE = "model.test"


def response(status: int, headers: dict[str, str] | None = None, body: Any = None) -> httpx2.Response:
    """A response as the client would hold it."""
    return httpx2.Response(status, headers=headers, json=body if body is not None else {}, request=REQUEST)


def exception_classes() -> Iterator[type[Exception]]:
    """Every exception class that the package openai defines, wherever it stands: found in its source, then imported."""
    seen: set[type[Exception]] = set()
    root = Path(openai.__path__[0])
    for file in sorted(root.rglob("*.py")):
        if not re.search(r"^class \w+\(\w*(Error|Exception|Consumed)\b", file.read_text(encoding="utf-8"), re.MULTILINE):
            continue
        name = ".".join(("openai", *file.relative_to(root).with_suffix("").parts)).removesuffix(".__init__")
        try:
            loaded = importlib.import_module(name)
        except ImportError:  # extras that are not installed
            continue
        for _, value in inspect.getmembers(loaded, inspect.isclass):
            if issubclass(value, Exception) and value.__module__.startswith("openai") and value not in seen:
                seen.add(value)
                yield value


def instance(kind: type[Exception]) -> Exception:
    """One of a class, made without its constructor where that wants what can't be had."""
    if issubclass(kind, openai.APIStatusError):
        status = getattr(kind, "status_code", 500)
        return (
            kind("words", response=response(status if isinstance(status, int) else 500), body=None)
            if kind is not (openai.OAuthError)
            else openai.OAuthError(response=response(401), body=None)
        )
    made = kind.__new__(kind)
    Exception.__init__(made, "words")
    return made


def test_every_exception_of_the_client_is_mapped() -> None:
    """Whatever class a new version of openai adds: it becomes one of our errors, and none of openai's passes."""
    classes = list(exception_classes())
    assert len(classes) >= 20, "the walk found too little"
    plain = []
    for kind in classes:
        fault = map_error(instance(kind), HERE)
        assert isinstance(fault, WireFault)
        assert isinstance(fault.error, ModelError), kind
        if type(fault.error) is ModelError and issubclass(kind, openai.OpenAIError):
            plain.append(kind)
    assert not plain, "these have no error of their own"


@pytest.mark.parametrize(
    ("status", "body", "error", "retry"),
    [
        (400, {"error": {"message": "bad"}}, ModelRejected, False),
        (400, {"code": "context_length_exceeded", "message": "x"}, ModelContextExceeded, False),
        (400, {"code": "content_filter", "message": "x"}, ModelRefused, False),
        (401, None, ModelRejected, False),
        (403, None, ModelRejected, False),
        (404, None, ModelRejected, False),
        (408, None, ModelUnreachable, True),
        (409, None, ModelUnreachable, True),
        (422, None, ModelRejected, False),
        (429, None, ModelRateLimited, True),
        (429, {"code": "insufficient_quota", "message": "x"}, ModelRejected, False),
        (500, None, ModelUnreachable, True),
        (529, None, ModelUnreachable, True),
    ],
)
def test_a_status_means_what_it_means(status: int, body: Any, error: type[ModelError], retry: bool) -> None:
    """What is worth another attempt gets one; what is not does not."""
    client = openai.OpenAI(api_key="k", base_url="http://model.test")
    made = client._make_status_error("words", body=body, response=response(status))
    fault = map_error(made, HERE)
    assert type(fault.error) is error
    assert fault.retry is retry
    assert fault.charged == "nothing"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_heeded_in_every_form(headers: dict[str, str], seconds: float | None) -> None:
    """Seconds, milliseconds and dates; nonsense is as absent."""
    fault = map_error(openai.RateLimitError("words", response=response(429, headers), body=None), HERE)
    assert fault.after == seconds


@pytest.mark.parametrize(
    ("cause", "error", "charged"),
    [
        (httpx2.ConnectError("refused"), ModelUnreachable, "nothing"),
        (httpx2.ReadError("reset"), ModelUnreachable, "prompt"),
        (httpx2.RemoteProtocolError("cut"), ModelUnreachable, "prompt"),
        (httpx2.ReadTimeout("slow"), ModelTimeout, "prompt"),
    ],
)
def test_a_broken_connection_counts_the_prompt_once_it_was_sent(
    cause: Exception, error: type[ModelError], charged: str
) -> None:
    """No connection, no cost; a connection that broke later cost the prompt, whatever the provider says."""
    for raised in (cause, openai.APIConnectionError(request=REQUEST)):
        raised.__cause__ = None if raised is cause else cause
        fault = map_error(raised, HERE)
        if raised is cause:
            assert type(fault.error) is error
        assert fault.retry
        assert fault.charged == charged


def completion(**message: Any) -> str:
    """A chat completion as JSON."""
    return json.dumps({"choices": [{"finish_reason": message.pop("finish", "stop"), "message": message}], "usage": {"x": 1}})


def test_answers_are_read_as_servers_write_them() -> None:
    """Refusals, finish reasons, content in parts, and what servers leave out."""
    assert read_reply(completion(content="hi"), {}).text == "hi"
    assert read_reply(completion(content=[{"type": "text", "text": "a"}, {"text": "b"}]), {}).text == "ab"
    assert read_reply(completion(content=None, refusal="no"), {}).finish == "refusal"
    assert read_reply(completion(content="x", finish="length"), {}).finish == "length"
    assert read_reply(completion(content="x", finish="content_filter"), {}).finish == "content_filter"
    assert read_reply('{"choices":[{"message":{"content":"x"}}]}', {}).usage is None


@pytest.mark.parametrize(
    "raw", ["<html>", "", "null", "[]", "{}", '{"choices":[]}', '{"error":{"message":"x"}}', '{"choices":[7]}']
)
def test_a_body_that_is_no_answer_is_a_fault(raw: str) -> None:
    """A proxy's page or an error with status 200 is worth another attempt."""
    with pytest.raises(WireFault) as caught:
        read_reply(raw, {})
    assert isinstance(caught.value.error, ModelOutputInvalid)
    assert caught.value.retry


async def test_a_request_goes_where_it_should_and_nowhere_else() -> None:
    """One POST to the base URL, with our body; no retry of the client's own."""
    asked: list[httpx2.Request] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return response(500) if len(asked) == 1 else httpx2.Response(200, text=completion(content="hi"))

    client = httpx2.AsyncClient(transport=httpx2.MockTransport(handler))
    wire = OpenAIWire("http://model.test:8080/v1", "secret-key", http_client=lambda: client)
    assert wire.endpoint == "model.test:8080"
    body = {"model": "m", "messages": [{"role": "user", "content": "x"}], "max_tokens": 5}
    with pytest.raises(WireFault) as caught:
        await wire.send(body, 5)
    assert "secret-key" not in str(caught.value) + caught.value.error.detail
    assert len(asked) == 1
    assert (await wire.send(body, 5)).text == "hi"
    assert str(asked[1].url) == "http://model.test:8080/v1/chat/completions"
    assert json.loads(asked[1].content) == body
    await wire.close()


def test_a_server_must_be_named_or_a_key_given() -> None:
    """Without a key nothing is sent to api.openai.com; a base URL must be one."""
    with pytest.raises(ConfigurationError, match="OPENAI_API_KEY"):
        OpenAIWire(None, None)
    with pytest.raises(ConfigurationError, match="no http"):
        OpenAIWire("localhost:8080", None)
    assert OpenAIWire("http://user:pass@model.test/v1", None).endpoint == "model.test"


def test_openai_is_imported_only_when_a_call_is_made() -> None:
    """Its import takes seconds, so neither the wiring nor the adapter does it."""
    code = "import sys, service.wiring, service.models.openai; sys.exit('openai' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
