"""The adapter on the real openai client, with respx in the place of the network.

openai 3 speaks httpx2 and respx patches httpx: so the client gets an ``httpx2.MockTransport`` that hands every request to a
respx router. What no route expects fails loudly; nothing can reach a network.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import httpx2
import pytest
import respx

from service.errors import ModelRejected, ModelUnreachable
from service.models.base import CompletionRequest, Message
from service.models.calling import Patience, ServedModel, Server
from service.models.ledger import Ledger
from service.models.openai import OpenAIWire
from service.models.wire import WireFault

BASE = "http://model.test/v1"
SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}


class Escaped(BaseException):
    """A request that no route of the test expects; no ``except Exception`` of ours can swallow it."""


def answered(content: str, prompt: int = 40, written: int = 5) -> dict[str, Any]:
    """A chat completion as servers send it."""
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 0,
        "model": "m",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}],
        "usage": {"prompt_tokens": prompt, "completion_tokens": written, "total_tokens": prompt + written},
    }


@pytest.fixture
def router() -> respx.Router:
    """Routes of the test."""
    return respx.Router(assert_all_called=False)


@pytest.fixture
async def wire(router: respx.Router) -> AsyncIterator[OpenAIWire]:
    """The adapter, its HTTP client speaking to the router alone."""

    async def handle(request: httpx2.Request) -> httpx2.Response:
        body = await request.aread()
        try:
            reply = await router.async_handler(
                httpx.Request(request.method, str(request.url), headers=list(request.headers.items()), content=body)
            )
        except AssertionError as error:
            raise Escaped(str(error)) from error
        return httpx2.Response(reply.status_code, headers=list(reply.headers.items()), content=reply.content)

    made = OpenAIWire(BASE, "secret-key", http_client=lambda: httpx2.AsyncClient(transport=httpx2.MockTransport(handle)))
    yield made
    await made.close()


def model(wire: OpenAIWire) -> ServedModel:
    """A model behind the adapter, patient for milliseconds."""
    return ServedModel(Server(wire, ledger=Ledger(None), patience=Patience(base=0.001, most=0.05)), "m", None)


def question() -> CompletionRequest:
    """A request with a schema."""
    return CompletionRequest((Message("system", "be brief"), Message("user", "hello")), "x", SCHEMA, 50, "x@1:0", 5.0)


async def test_a_strict_schema_and_the_key_go_out_and_the_answer_comes_in(router: respx.Router, wire: OpenAIWire) -> None:
    """One POST with a strict json_schema and our key; text and usage are read."""
    route = router.post(f"{BASE}/chat/completions").respond(json=answered('{"a":"b"}'))
    done = await model(wire).complete(question())
    assert done.text == '{"a":"b"}'
    assert (done.usage.calls, done.usage.input_tokens, done.usage.output_tokens) == (1, 40, 5)
    sent = route.calls.last.request
    assert sent.headers["authorization"] == "Bearer secret-key"
    body = json.loads(sent.content)
    assert body["response_format"]["json_schema"] == {"name": "x", "strict": True, "schema": SCHEMA}


async def test_a_rate_limit_is_waited_out_and_counted(router: respx.Router, wire: OpenAIWire) -> None:
    """429 with Retry-After, then an answer: two attempts, the failed one among them."""
    route = router.post(f"{BASE}/chat/completions")
    route.side_effect = [
        httpx.Response(429, headers={"retry-after": "0.01"}, json={"error": {"message": "slow down"}}),
        httpx.Response(200, json=answered('{"a":"b"}')),
    ]
    done = await model(wire).complete(question())
    assert route.call_count == 2
    assert (done.attempts, done.usage.calls, done.usage.failed_calls) == (2, 2, 1)


async def test_a_refused_key_is_not_tried_again_and_not_shown(router: respx.Router, wire: OpenAIWire) -> None:
    """401 ends at once, with an error that says so and holds no secret."""
    route = router.post(f"{BASE}/chat/completions").respond(401, json={"error": {"message": "bad key secret-key"}})
    with pytest.raises(ModelRejected) as caught:
        await model(wire).complete(question())
    assert route.call_count == 1
    assert "secret-key" not in caught.value.detail


async def test_a_cut_connection_is_unreachable(router: respx.Router, wire: OpenAIWire) -> None:
    """What breaks on the way has its own name after the last attempt."""
    router.post(f"{BASE}/chat/completions").respond(503)
    with pytest.raises(ModelUnreachable):
        await model(wire).complete(question())


async def test_a_request_that_escapes_its_routes_fails_loudly(wire: OpenAIWire) -> None:
    """Without a route the test breaks off; it is no error of the model's that code could handle."""
    with pytest.raises((Escaped, WireFault)) as caught:
        await wire.send({"model": "m", "messages": [{"role": "user", "content": "x"}]}, 5)
    assert caught.type is Escaped
