"""The simulated provider: right by construction, the same for a seed, and a script that means what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest

from service.domain.text import Article
from service.errors import ConfigurationError
from service.models.base import Wanted
from service.models.simulated import Script, Simulated, load_script
from service.models.simulated.behaviour import Behaviour
from service.models.simulated.script import Rule
from service.models.tokens import counter
from service.pipeline import read
from service.prompts import load
from service.stages.chunks import split_chunks
from service.stages.drafting import VARIABLES
from service.stages.drafting.reading import read_answer
from service.stages.drafting.rendering import brief_values, sentences_of
from service.stages.drafting.schema import BRIEF


def body(text: str, **more: Any) -> dict[str, Any]:
    """The request for a brief of an article."""
    document = read(Article(text))
    (chunk,) = split_chunks(document, 6000, counter())
    values = brief_values(document, chunk, sentences_of(document, chunk.span), (1, 1), Wanted())
    rendered = load("brief", VARIABLES["brief"]).render(values)
    shape = {"type": "json_schema", "json_schema": {"name": "brief", "strict": True, "schema": BRIEF}}
    messages = [{"role": role, "content": content} for role, content in rendered]
    return {"model": "simulated", "messages": messages, "response_format": shape, "max_tokens": 1600, **more}


def test_honest_answers_are_right_and_the_same_for_a_seed(seeds: dict[str, str]) -> None:
    """Every statement is a sentence of the article that it cites; the same request and seed give the same answer."""
    differ = False
    for text in seeds.values():
        document = read(Article(text))
        by_id = {s.id: " ".join(s.span.text.split()) for s in document.sentences}
        first, again, other = (Behaviour(Script(), seed).take(body(text)) for seed in (1, 1, 2))
        assert first.text == again.text
        differ = differ or first.text != other.text
        answer = read_answer(first.text, document, document.sentences)
        assert answer.whole
        assert not answer.broken
        assert len(answer.summary) >= 2
        assert all(by_id[s.cites[0]] == s.text for s in answer.summary)
    assert differ


def test_lies_are_tagged_and_in_the_answer(seeds: dict[str, str]) -> None:
    """The log says what was said, and what was true."""
    told = [lie for text in seeds.values() for lie in Behaviour(Script(mode="lies"), 1).take(body(text)).lies]
    assert len(told) >= 3
    for text in seeds.values():
        turn = Behaviour(Script(mode="lies"), 1).take(body(text))
        assert all(json.dumps(lie["text"], ensure_ascii=False)[1:-1] in turn.text for lie in turn.lies)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"rules": [{"fault": "gremlins"}]}, "gremlins"),
        ({"rules": [{"fault": "429", "when": 3}]}, "when"),
        ({"mode": "sulks"}, "sulks"),
        ({"speed": 1}, "speed"),
    ],
)
def test_a_script_with_a_mistake_is_refused(tmp_path: Path, value: dict[str, Any], words: str) -> None:
    """Nothing in it is ignored in silence."""
    file = tmp_path / "faults.json"
    file.write_text(json.dumps(value))
    with pytest.raises(ConfigurationError, match=words):
        load_script(file)


def test_rules_fire_when_they_say(tmp_path: Path) -> None:
    """The first n, a list, every nth, a share by seed, always."""
    fired = {
        name: [n for n in range(1, 9) if rule.fires(n, 5)]
        for name, rule in {
            "first": Rule("500", first=2),
            "on": Rule("500", on=(3, 5)),
            "every": Rule("500", every=4),
            "always": Rule("500"),
        }.items()
    }
    assert fired == {"first": [1, 2], "on": [3, 5], "every": [4, 8], "always": list(range(1, 9))}
    share = sum(Rule("500", share=0.1).fires(n, 5) for n in range(5000))
    assert 400 <= share <= 600
    assert load_script(None) == Script()
    with pytest.raises(ConfigurationError, match="can't be read"):
        load_script(tmp_path / "none.json")


@pytest.mark.loopback
async def test_it_speaks_http_as_openai_does() -> None:
    """Models, completions, streams with usage, errors; and the log counts them."""
    async with Simulated() as provider, httpx2.AsyncClient(base_url=provider.base_url) as client:
        assert (await client.get("/models")).json()["data"][0]["id"] == "simulated"
        whole = (await client.post("/chat/completions", json=body("Anna Berg met Paul Okello in Vienna on Monday."))).json()
        assert whole["object"] == "chat.completion"
        asked = body("Anna Berg met Paul Okello in Vienna on Monday.", stream=True)
        stream = (await client.post("/chat/completions", json=asked)).text.split("\n\n")
        assert stream[-2] == "data: [DONE]"
        pieces = [json.loads(line.removeprefix("data: ")) for line in stream[:-2]]
        assert (
            "".join(c["delta"].get("content", "") for p in pieces for c in p["choices"])
            == whole["choices"][0]["message"]["content"]
        )
        assert pieces[-1]["usage"]["completion_tokens"] == whole["usage"]["completion_tokens"]
        assert pieces[-1]["usage"]["prompt_tokens_details"]["cached_tokens"] == 1024
        assert (await client.post("/chat/completions", content=b"{}")).status_code == 400
        assert (await client.get("/nothing")).status_code == 404
        log = (await client.get(provider.base_url.removesuffix("/v1") + "/__log")).json()
        assert log["calls"] == 2
        assert [e["completion_tokens"] for e in log["requests"]] == [whole["usage"]["completion_tokens"]] * 2
        await client.post(provider.base_url.removesuffix("/v1") + "/__reset")
        assert not provider.log
