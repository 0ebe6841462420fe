"""What the HTTP service answers when all is well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.api.app import create_app
from service.contract import decode_brief
from service.settings import Settings

Seeds = dict[str, str]


def text_of(seeds: Seeds, start: str) -> str:
    """The seed whose file name starts so."""
    return next(text for name, text in seeds.items() if name.startswith(start))


def slices_back(value: Any, text: str) -> int:
    """How many spans there are in an answer, each checked against its text."""
    if isinstance(value, list):
        return sum(slices_back(one, text) for one in value)
    if not isinstance(value, dict):
        return 0
    here = 0
    if {"start", "end", "text"} <= set(value):
        assert text[value["start"] : value["end"]] == value["text"]
        here = 1
    return here + sum(slices_back(one, text) for one in value.values())


def test_a_brief_comes_back_whole(api: TestClient, seeds: Seeds) -> None:
    """Every promised part is there, every span slices back, and the answer says who wrote it."""
    text = text_of(seeds, "000")
    response = api.post("/v1/briefs", json={"article": {"text": text, "published": "2017-07-19", "outlet": "Xinhua"}})
    assert response.status_code == 200, response.text
    answer = response.json()
    assert answer["article"]["text"] == text
    assert (answer["object"], answer["offset_unit"]) == ("brief", "codepoint")
    assert (answer["engine"]["name"], answer["engine"]["endpoint"]) == ("extractive", None)
    assert slices_back({**answer, "article": None}, text) > 30
    assert decode_brief(response.content).article.outlet == "Xinhua"


def test_utf16_offsets_fit_what_javascript_counts(api: TestClient) -> None:
    """A browser slices by UTF-16 units: with an emoji in front, offsets are shifted for it."""
    text = "😀 The minister said: “We will meet in Geneva on Friday.” The envoy agreed to come."
    body = {"article": {"text": text}, "options": {"offset_unit": "utf16"}}
    answer = api.post("/v1/quotations", json=body).json()
    assert answer["offset_unit"] == "utf16"
    (span,) = answer["quotations"][0]["spans"]
    units = text.encode("utf-16-le")
    assert units[2 * span["start"] : 2 * span["end"]].decode("utf-16-le") == span["text"]


def test_html_is_read_and_the_answer_carries_its_text(api: TestClient) -> None:
    """Offsets point into the extracted text, so that text comes along."""
    paragraph = "<p>The minister met the envoy in Geneva on Friday. “We spoke for two hours,” the minister said.</p>"
    page = f"<html><head><title>Talks</title></head><body><nav>Home</nav><article>{paragraph * 3}</article></body></html>"
    answer = api.post("/v1/quotations", json={"article": {"html": page}}).json()
    assert "Home" not in answer["article"]["text"]
    assert slices_back(answer["quotations"], answer["article"]["text"]) > 0


def test_a_check_names_its_sources_and_its_reasons(api: TestClient, seeds: Seeds) -> None:
    """Evidence says which source it is in; a statement that no source supports comes with a reason."""
    sources = [{"text": text_of(seeds, "000")}, {"text": text_of(seeds, "003")}]
    summary = "Donald Trump and Vladimir Putin briefly shook hands at a gala dinner. They signed a treaty in Oslo in 1987."
    answer = api.post("/v1/checks", json={"sources": sources, "summary": summary}).json()
    good, bad = answer["statements"]
    assert good["verdict"] == "supported"
    assert {span["source"] for span in good["evidence"]} <= {0, 1}
    assert 1 in {span["source"] for span in good["evidence"]}
    assert bad["verdict"] != "supported"
    assert any(check["verdict"] != "supported" and check["detail"] for check in bad["checks"])
    assert answer["verdict"] != "supported"
    for span in good["evidence"]:
        assert sources[span["source"]]["text"][span["start"] : span["end"]] == span["text"]


def test_a_dossier_merges_articles_and_names_what_failed(api: TestClient, seeds: Seeds) -> None:
    """One request, several articles; the one that can't be worked on is left out and said to be."""
    articles = [{"text": text_of(seeds, "000")}, {"text": ""}, {"text": text_of(seeds, "001")}]
    answer = api.post("/v1/dossiers", json={"articles": articles}).json()
    assert len(answer["briefs"]) == 2
    lost = [one["detail"] for one in answer["warnings"] if one["code"] == "article_failed"]
    assert [one.split(":")[0] for one in lost] == ["Article 2"]
    assert {"meetings", "timeline", "people"} <= set(answer)


def test_half_a_character_in_a_body_is_replaced_and_said(api: TestClient) -> None:
    """JSON can hold half a surrogate pair; the answer is whole UTF-8 and says what happened."""
    body = rb'{"article": {"text": "A \ud800 sign. The minister said: \"We will meet on Friday.\""}}'
    response = api.post("/v1/quotations", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 200, response.text
    assert "unreadable_characters" in [one["code"] for one in response.json()["warnings"]]
    assert "A \ufffd sign." in json.loads(response.content.decode("utf-8"))["article"]["text"]


def test_a_request_keeps_its_id(api: TestClient) -> None:
    """A caller's id comes back; one that could forge a log line does not; without one, there is one."""
    assert api.get("/healthz", headers={"X-Request-ID": "abc-1"}).headers["X-Request-ID"] == "abc-1"
    for odd in ("", "a b", "x" * 200, "<script>"):
        assert api.get("/healthz", headers={"X-Request-ID": odd}).headers["X-Request-ID"].startswith("req_")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health(api: TestClient, path: str) -> None:
    """A supervisor is told that the process lives and can work."""
    response = api.get(path)
    assert (response.status_code, response.json()["status"]) == (200, "ok")


def test_a_service_that_lacks_its_engine_is_not_ready(tmp_path: Path) -> None:
    """An engine that was asked for and can't work: alive, and not ready, with what it lacks."""
    app = create_app(Settings(_env_file=None, engine="openai", data_dir=tmp_path))
    with TestClient(app) as client:
        assert client.get("/healthz").status_code == 200
        response = client.get("/readyz")
    assert (response.status_code, response.json()["code"]) == (503, "not_ready")
    assert "OPENAI_API_KEY" in response.json()["detail"]


GERMAN = (
    "Der Minister traf den Gesandten am Freitag in Genf. „Wir haben zwei Stunden gesprochen“, sagte der Minister. Die "
    "Gespräche über den Hafen sollen im Herbst weitergehen."
)
ENGLISH = "The minister met the envoy in Geneva on Friday. “We spoke for two hours,” the minister said."


def test_another_language_is_said_of_every_answer(api: TestClient) -> None:
    """Quotations and checks say so too: of an article, of one of several sources, of a summary."""

    def said(path: str, body: dict[str, object]) -> list[str]:
        answer = api.post(f"/v1/{path}", json=body).json()
        return [one["detail"].split(";")[0] for one in answer["warnings"] if one["code"] == "language"]

    other = "is in another language (de)"
    assert said("quotations", {"article": {"text": GERMAN}}) == [f"The article {other}"]
    assert said("quotations", {"article": {"text": ENGLISH}}) == []
    assert said("checks", {"sources": [{"text": ENGLISH}], "summary": ENGLISH}) == []
    assert said("checks", {"sources": [{"text": ENGLISH}], "summary": GERMAN}) == [f"The summary {other}"]
    assert said("checks", {"sources": [{"text": GERMAN}], "summary": ENGLISH}) == [f"The source {other}"]
    sources = [{"text": ENGLISH}, {"text": GERMAN}]
    assert said("checks", {"sources": sources, "summary": ENGLISH}) == [f"Source 2 {other}"]


def test_an_article_has_one_shape_in_every_answer(api: TestClient) -> None:
    """Briefs, quotations and checks describe the same article in the same words."""
    article = {"text": ENGLISH, "title": "Talks", "published": "2017-07-19"}
    brief = api.post("/v1/briefs", json={"article": article}).json()["article"]
    assert api.post("/v1/quotations", json={"article": article}).json()["article"] == brief
    assert api.post("/v1/checks", json={"sources": [article], "summary": ENGLISH}).json()["sources"] == [brief]
