"""A brief as a stream: its parts as they are made, and the whole at the end."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.contract import decode_brief
from service.errors import ModelTimeout
from service.wiring import Readout

EVENTS = {"Accept": "text/event-stream"}


def events_in(text: str) -> list[tuple[str, Any]]:
    """The events of a stream: name and data."""
    found = []
    for block in text.split("\n\n"):
        if block and not block.startswith(":"):
            name, data = block.split("\n")
            found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_parts_come_before_the_whole(api: TestClient, seeds: dict[str, str]) -> None:
    """Quotations as soon as the article is read, then the draft, then what was verified; the last event is the brief."""
    text = next(iter(seeds.values()))
    body = {"article": {"text": text}, "options": {"offset_unit": "utf16"}}
    response = api.post("/v1/briefs", json=body, headers=EVENTS)
    assert response.headers["Content-Type"].startswith("text/event-stream")
    assert response.headers["X-Request-ID"]
    events = events_in(response.text)
    assert [name for name, _ in events] == ["quotations", "draft", "summary", "brief"]
    whole = events[-1][1]
    assert events[0][1]["quotations"] == whole["quotations"]
    assert events[2][1]["summary"] == whole["summary"]
    assert whole["offset_unit"] == events[0][1]["offset_unit"] == "utf16"
    assert decode_brief({**whole, "offset_unit": "codepoint"}).article.text == text


def test_what_can_t_be_worked_on_is_an_ordinary_problem(api: TestClient) -> None:
    """Before anything is there, an error has its own status, as without a stream."""
    response = api.post("/v1/briefs", json={"article": {"text": " "}}, headers=EVENTS)
    assert (response.status_code, response.json()["code"]) == (422, "empty_article")


@pytest.mark.parametrize(
    ("error", "code"), [(ModelTimeout("too slow"), "model_timeout"), (KeyError("secret"), "readout_error")]
)
def test_what_fails_on_the_way_ends_the_stream_with_a_problem(
    api: TestClient, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    """The client has what was there before, and a problem that says what went wrong."""
    whole = Readout.brief

    async def failing(self: Readout, article: Any, options: Any, tell: Any = None) -> Any:
        await whole(self, article, options, tell)
        raise error

    monkeypatch.setattr(Readout, "brief", failing)
    text = "The minister met the envoy in Geneva on Friday. “We spoke for two hours,” the minister said."
    events = events_in(api.post("/v1/briefs", json={"article": {"text": text}}, headers=EVENTS).text)
    assert [name for name, _ in events] == ["quotations", "draft", "summary", "error"]
    assert events[-1][1]["code"] == code
    assert "secret" not in json.dumps(events[-1])
