"""Every error is a problem+json that says what is wrong, the framework's own ones too."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.api.app import create_app
from service.errors import ModelRateLimited, ModelUnreachable
from service.settings import Settings
from service.wiring import Readout

JSON = {"Content-Type": "application/json"}
KEYS = {"type", "title", "status", "detail", "instance", "code", "errors", "request_id"}


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """The problem in a response, checked for its form."""
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert set(body) == KEYS
    assert (body["status"], body["code"]) == (status, code)
    assert body["request_id"] == response.headers["X-Request-ID"]
    assert body["detail"]
    return body


def test_what_the_framework_answers_by_itself(api: TestClient) -> None:
    """An address that isn't there, a method that isn't taken, a body of another type."""
    problem(api.get("/nowhere"), 404, "not_found")
    wrong_method = api.put("/v1/quotations", json={})
    problem(wrong_method, 405, "method_not_allowed")
    assert wrong_method.headers["Allow"] == "POST"
    problem(api.post("/v1/briefs", content="text=x"), 415, "unsupported_media_type")
    problem(api.post("/v1/briefs", data={"text": "x"}), 415, "unsupported_media_type")


@pytest.mark.parametrize(
    "body",
    [b"{", b"[" * 50_000, b'{"article": {"text": "\xff"}}', b"null", b"[]", b'{"article": 1' + b"0" * 5000 + b"}", b""],
    ids=["cut off", "nested too deeply", "not UTF-8", "null", "a list", "a huge number", "nothing"],
)
def test_bodies_that_are_no_request(api: TestClient, body: bytes) -> None:
    """However a body is broken, the answer is 422 and says so."""
    found = problem(api.post("/v1/briefs", content=body, headers=JSON), 422, "invalid_request")
    assert found["errors"]


def test_a_mistake_is_pointed_at(api: TestClient) -> None:
    """A JSON pointer into the body and a sentence, for each mistake; nothing of the article is sent back."""
    body = {"article": {"text": "secret words", "published": "July 7"}, "options": {"lenght": "short", "engine": "gpt"}}
    response = api.post("/v1/briefs", json=body)
    found = problem(response, 422, "invalid_request")
    assert {one["pointer"] for one in found["errors"]} == {"#/article/published", "#/options/lenght", "#/options/engine"}
    assert "secret" not in response.text


@pytest.mark.parametrize(
    ("article", "status", "code"),
    [
        ({"text": ""}, 422, "empty_article"),
        ({"text": " \n"}, 422, "empty_article"),
        ({"text": "\x00\x01\x02\x03 binary"}, 422, "not_text"),
        ({"text": "word " * 5000}, 413, "too_large"),
        ({"html": "<html><body><nav><a href='/'>Home</a></nav></body></html>"}, 422, "no_article_in_page"),
    ],
)
def test_articles_that_can_t_be_worked_on(api: TestClient, article: dict[str, str], status: int, code: str) -> None:
    """Each kind of bad input has a code of its own."""
    for path, body in (("briefs", {"article": article}), ("quotations", {"article": article})):
        problem(api.post(f"/v1/{path}", json=body), status, code)
    problem(api.post("/v1/checks", json={"sources": [article], "summary": "A b c."}), status, code)
    problem(api.post("/v1/dossiers", json={"articles": [article]}), status, code)


def test_an_empty_summary_is_no_summary(api: TestClient) -> None:
    """There is nothing to check in nothing."""
    problem(api.post("/v1/checks", json={"sources": [{"text": "A man met a man."}], "summary": " "}), 422, "empty_article")


def test_a_body_that_is_announced_too_long_is_not_read(api: TestClient) -> None:
    """The announced length is enough to refuse it."""
    found = problem(api.post("/v1/briefs", json={"article": {"text": "x" * 200_000}}), 413, "too_large")
    assert "100,000 bytes" in found["detail"]


def test_a_body_without_a_length_is_cut_off_at_the_limit(api: TestClient) -> None:
    """A client that streams without end is answered soon after the limit is passed, not when the memory is full."""
    read = 0
    answers: list[dict[str, Any]] = []

    async def endless() -> dict[str, Any]:
        nonlocal read
        read += 10_000
        assert read < 1_000_000, "the service reads on and on"
        return {"type": "http.request", "body": b"x" * 10_000, "more_body": True}

    async def send(message: Any) -> None:
        answers.append(message)

    headers = [(b"content-type", b"application/json"), (b"transfer-encoding", b"chunked")]
    scope = {"type": "http", "method": "POST", "path": "/v1/briefs", "headers": headers, "query_string": b"", "state": {}}
    asyncio.run(api.app({**scope, "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http"}, endless, send))
    assert answers[0]["status"] == 413
    assert json.loads(answers[1]["body"])["code"] == "too_large"


def test_what_nobody_foresaw_is_a_500_without_details(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug shows as a problem with the request's id; what it was is in the log, not in the answer."""

    def broken(*_: Any) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(Readout, "read", broken)
    response = api.post("/v1/quotations", json={"article": {"text": "The minister met the envoy."}})
    problem(response, 500, "readout_error")
    assert "secret" not in response.text


@pytest.mark.parametrize(
    ("error", "status", "code", "wait"),
    [
        (ModelUnreachable("no connection"), 503, "model_unreachable", "30"),
        (ModelRateLimited("wait", 7.2), 503, "model_rate_limited", "8"),
    ],
)
def test_a_model_that_fails(
    api: TestClient, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, code: str, wait: str
) -> None:
    """The model's failure is not the caller's: a 503 says when to come back."""

    async def failing(*_: Any) -> None:
        raise error

    monkeypatch.setattr(Readout, "brief", failing)
    response = api.post("/v1/briefs", json={"article": {"text": "The minister met the envoy."}})
    problem(response, status, code)
    assert response.headers["Retry-After"] == wait


def test_a_model_that_is_not_configured(tmp_path: Any) -> None:
    """Asking for the openai engine on a server that has none is answered with what to do, not with a crash."""
    app = create_app(Settings(_env_file=None, data_dir=tmp_path))
    body = {"article": {"text": "The minister met the envoy in Geneva."}, "options": {"engine": "openai"}}
    with TestClient(app, raise_server_exceptions=False) as client:
        found = problem(client.post("/v1/briefs", json=body), 422, "configuration")
    assert "OPENAI_API_KEY" in json.dumps(found)


ARTICLE = {"text": "The minister met the envoy in Geneva."}
#: Words of the libraries underneath that nobody should have to know.
JARGON = (
    "Input should",
    "Value error",
    "instance of",
    "Extra inputs",
    "Field required",
    "after validation",
    "sys.",
    "codec",
)


@pytest.mark.parametrize(
    ("path", "body", "pointer", "words"),
    [
        ("checks", {"sources": ["text"], "summary": "x"}, "#/sources/0", "`text` or `html`"),
        ("checks", {"sources": [], "summary": "x"}, "#/sources", "at least 1"),
        ("checks", {"sources": [ARTICLE]}, "#/summary", "`summary` is missing"),
        ("checks", {"sources": [ARTICLE], "summary": None}, "#/summary", "`summary` is missing"),
        ("checks", {"sources": [ARTICLE], "summary": 5}, "#/summary", "must be a string"),
        ("checks", {"sources": [ARTICLE], "summary": "x", "options": {"judge": "x"}}, "#/options/judge", "true or false"),
        ("briefs", {"article": "text"}, "#/article", "`text` or `html`"),
        ("briefs", {}, "#/article", "`article` is missing"),
        ("briefs", [], "#", "JSON object"),
        ("briefs", {"article": ARTICLE, "options": {"lenght": "short"}}, "#/options/lenght", "length, style"),
        ("briefs", {"article": ARTICLE, "options": {"length": "tiny"}}, "#/options/length", "'short', 'medium' or 'long'"),
        ("briefs", {"article": {**ARTICLE, "published": "2017-02-30"}}, "#/article/published", "2017-02-30 is no day"),
        ("quotations", {"article": ARTICLE, "options": []}, "#/options", "JSON object"),
        ("dossiers", {}, "#", "articles or brief ids"),
        ("dossiers", {"articles": ["x"]}, "#/articles/0", "`text` or `html`"),
        ("dossiers/dos_1:split", {"meeting": "m1", "sources": ["x"]}, "#/sources/0", "`brief` and `meeting`"),
        ("dossiers/dos_1:merge", {"meetings": ["m1"]}, "#/meetings", "at least 2, and has 1"),
    ],
)
def test_mistakes_are_told_in_words_of_our_own(api: TestClient, path: str, body: Any, pointer: str, words: str) -> None:
    """Which value, and what it should be; no word of the library that found out."""
    found = problem(api.post(f"/v1/{path}", json=body), 422, "invalid_request")
    assert [one["pointer"] for one in found["errors"]] == [pointer]
    assert words in found["errors"][0]["detail"]
    assert words in found["detail"]
    assert not [word for word in JARGON if word in json.dumps(found)]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"article": {"text": "\xff"}}', "is not UTF-8 (byte 22"),
        ('{"article": {"text": "x"}}'.encode("utf-16"), "is not UTF-8"),
        (b"[" * 50_000, "is nested too deeply."),
        (b'{"article": 1' + b"0" * 5000 + b"}", "thousands of digits"),
        (b'{"article": {"text": "a", "text": "b"}}', "the key 'text' twice"),
        (b'{"article": NaN}', "NaN is no JSON"),
        (b'{"article":', "is not JSON: expecting value at character 11"),
    ],
)
def test_a_body_that_is_no_json_is_told_why(api: TestClient, body: bytes, words: str) -> None:
    """What is wrong with the bytes, without the words of a JSON library; of a key that stands twice neither is taken."""
    found = problem(api.post("/v1/briefs", content=body, headers=JSON), 422, "invalid_request")
    assert words in found["detail"]
    assert not [word for word in JARGON if word in json.dumps(found)]


def test_null_is_as_absent(api: TestClient) -> None:
    """Options that are null, and null options, are the default."""
    for options in (None, {"length": None, "engine": None, "offset_unit": None}):
        body = {"article": {**ARTICLE, "html": None, "title": None}, "options": options}
        assert api.post("/v1/briefs", json=body).status_code == 200


def test_of_several_articles_the_error_says_which(api: TestClient) -> None:
    """The pointer names the source or article that can't be worked on, and whether it is the summary."""
    for bad, code in (({"text": ""}, "empty_article"), ({"text": "..."}, "empty_article")):
        found = problem(api.post("/v1/checks", json={"sources": [ARTICLE, bad], "summary": "A b c."}), 422, code)
        assert [one["pointer"] for one in found["errors"]] == ["#/sources/1"]
    found = problem(api.post("/v1/dossiers", json={"articles": [{"text": ""}, {"text": "..."}]}), 422, "empty_article")
    assert [one["pointer"] for one in found["errors"]] == ["#/articles/0", "#/articles/1"]
    for path in ("briefs", "quotations"):
        found = problem(api.post(f"/v1/{path}", json={"article": {"text": "..."}}), 422, "empty_article")
        assert [one["pointer"] for one in found["errors"]] == ["#/article"]


@pytest.mark.parametrize("summary", ["", " ", "...", "—"])
def test_a_summary_without_a_sentence_is_none(api: TestClient, summary: str) -> None:
    """There is nothing to give a verdict on."""
    found = problem(api.post("/v1/checks", json={"sources": [ARTICLE], "summary": summary}), 422, "empty_article")
    assert [one["pointer"] for one in found["errors"]] == ["#/summary"]


def test_half_characters_are_said_wherever_they_were(api: TestClient) -> None:
    """A replaced half of a surrogate pair in a title or a summary is told as one in the text is."""
    body = b'{"article": {"text": "The minister met the envoy.", "title": "a\\ud800"}}'
    answer = api.post("/v1/quotations", content=body, headers=JSON).json()
    assert [one["code"] for one in answer["warnings"]] == ["unreadable_characters"]
    assert "title" in answer["warnings"][0]["detail"]
    body = b'{"sources": [{"text": "The minister met the envoy."}], "summary": "The minister met the envoy \\ud800."}'
    answer = api.post("/v1/checks", content=body, headers=JSON).json()
    assert "summary" in answer["warnings"][0]["detail"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/briefs", "GET, HEAD, POST"),
        ("PUT", "/v1/briefs/brf_1", "DELETE, GET, HEAD"),
        ("PATCH", "/v1/dossiers/dos_1", "DELETE, GET, HEAD"),
        ("PUT", "/v1/dossiers/dos_1:merge", "DELETE, GET, HEAD, POST"),
        ("POST", "/v1/meetings", "GET, HEAD"),
        ("DELETE", "/healthz", "GET, HEAD"),
        ("POST", "/docs", "GET, HEAD"),
        ("PUT", "/openapi.json", "GET, HEAD"),
        ("HEAD", "/v1/checks", "POST"),
    ],
)
def test_a_wrong_method_is_told_all_the_right_ones(api: TestClient, method: str, path: str, allowed: str) -> None:
    """The Allow header names every method of the address, whichever of our routes they belong to."""
    response = api.request(method, path, json={})
    assert (response.status_code, response.headers["Allow"]) == (405, allowed)


@pytest.mark.parametrize("path", ["/healthz", "/v1/briefs", "/v1/briefs/brf_none", "/", "/docs", "/openapi.json"])
def test_head_is_get_without_a_body(api: TestClient, path: str) -> None:
    """Status and headers are those of GET, the body is empty."""
    asked, got = api.head(path), api.get(path)
    assert (asked.status_code, asked.content) == (got.status_code, b"")
    assert asked.headers["Content-Type"] == got.headers["Content-Type"]


def test_the_interfaces_are_listed_without_a_network(api: TestClient) -> None:
    """/docs names every address and object, and loads nothing from anywhere."""
    response = api.get("/docs")
    for path in ("/v1/briefs", "/v1/checks", "/v1/dossiers/{id}:merge", "/readyz"):
        assert path in response.text
    assert 'id="MeetingRecord"' in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "<script" not in response.text
    assert "//cdn" not in response.text
