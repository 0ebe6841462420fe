"""What is stored, over HTTP: read, listed, looked at, searched, decided on, deleted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.api.app import create_app
from service.settings import Settings

SEEDS = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))]
OUTLETS = ["Xinhua", "JerusalemOnline", "Celebrity Insider", "Business Standard"]


def client_for(settings: Settings) -> TestClient:
    return TestClient(create_app(settings), raise_server_exceptions=False)


@pytest.fixture
def api(tmp_path: Path) -> Iterator[TestClient]:
    """The service over an empty store."""
    with client_for(Settings(_env_file=None, engine="extractive", data_dir=tmp_path)) as client:
        yield client


def post_brief(api: TestClient, number: int, **options: Any) -> dict[str, Any]:
    body = {"article": {"text": SEEDS[number], "outlet": OUTLETS[number]}, "options": options}
    response = api.post("/v1/briefs", json=body)
    assert response.status_code == 200
    made: dict[str, Any] = response.json()
    return made


def post_dossier(api: TestClient, **more: Any) -> dict[str, Any]:
    articles = [{"text": text, "outlet": outlet} for text, outlet in zip(SEEDS, OUTLETS, strict=True)]
    response = api.post("/v1/dossiers", json={"articles": articles, **more})
    assert response.status_code == 200
    made: dict[str, Any] = response.json()
    return made


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    assert found["code"] == code
    return found


def test_a_brief_is_there_until_it_is_deleted(api: TestClient) -> None:
    """What POST answered is what GET answers, in any offset unit; after DELETE it is gone, with its meetings."""
    made = post_brief(api, 0)
    assert api.get(f"/v1/briefs/{made['id']}").json() == made
    assert api.get("/v1/briefs").json() == {"object": "list", "data": [made], "has_more": False}
    in_bytes = api.get(f"/v1/briefs/{made['id']}", params={"offset_unit": "byte"}).json()
    assert in_bytes["offset_unit"] == "byte"
    span = in_bytes["headline"]["evidence"][0]
    assert made["article"]["text"].encode()[span["start"] : span["end"]].decode() == span["text"]
    assert api.get("/v1/meetings").json()["data"]
    deleted = api.delete(f"/v1/briefs/{made['id']}")
    assert deleted.json() == {"id": made["id"], "object": "brief", "deleted": True}
    problem(api.get(f"/v1/briefs/{made['id']}"), 404, "not_found")
    problem(api.delete(f"/v1/briefs/{made['id']}"), 404, "not_found")
    assert api.get("/v1/meetings").json() == {"object": "list", "offset_unit": "codepoint", "data": [], "has_more": False}


def test_what_shall_not_be_stored_is_not(api: TestClient, tmp_path: Path) -> None:
    """``store: false`` leaves no trace: no brief, no dossier, not even a database file."""
    post_brief(api, 0, store=False)
    post_dossier(api, options={"store": False})
    assert not list(tmp_path.glob("readout.db*"))
    assert api.get("/v1/briefs").json()["data"] == []
    assert api.get("/v1/dossiers").json()["data"] == []


def test_pages_of_briefs_hold_each_once(api: TestClient) -> None:
    """Following ``after`` while ``has_more`` gives every brief once, newest first."""
    ids = [post_brief(api, number)["id"] for number in (0, 1, 2)]
    seen: list[str] = []
    params: dict[str, Any] = {"limit": 2}
    for _ in range(5):
        page = api.get("/v1/briefs", params=params).json()
        seen += [one["id"] for one in page["data"]]
        if not page["has_more"]:
            break
        params["after"] = seen[-1]
    assert seen == ids[::-1]
    problem(api.get("/v1/briefs", params={"after": "brf_none"}), 404, "not_found")
    problem(api.get("/v1/briefs", params={"limit": 0}), 422, "invalid_request")


def test_pages_to_look_at_run_nothing_of_an_article(api: TestClient) -> None:
    """The views are HTML under a policy that lets only the page's own script run."""
    brief, dossier = post_brief(api, 3), post_dossier(api)
    for path in (f"/v1/briefs/{brief['id']}/view", f"/v1/dossiers/{dossier['id']}/view"):
        response = api.get(path)
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/html")
        assert "default-src 'none'" in response.headers["content-security-policy"]
        assert "gala dinner" in response.text
    problem(api.get("/v1/briefs/brf_none/view"), 404, "not_found")


def test_meetings_are_searched_by_all_that_is_given(api: TestClient) -> None:
    """Participant, place, date range and status narrow each other; what is no date is refused."""
    for number in range(4):
        post_brief(api, number)
    everything = api.get("/v1/meetings", params={"limit": 100}).json()["data"]
    assert len(everything) > 3
    assert {one["brief"] for one in everything} <= {one["id"] for one in api.get("/v1/briefs").json()["data"]}
    putin = api.get("/v1/meetings", params={"participant": "putin", "status": ["happened"], "limit": 100}).json()["data"]
    assert putin
    assert all(one["meeting"]["status"] == "happened" for one in putin)
    assert all("Putin" in str(one["meeting"]["participants"]) for one in putin)
    within = api.get("/v1/meetings", params={"from": "2017-11", "to": "2017-11"}).json()["data"]
    assert within
    assert all((one["meeting"]["date"] or {})["value"]["edtf"].startswith("2017") for one in within)
    assert api.get("/v1/meetings", params={"to": "1999"}).json()["data"] == []
    for wrong in ({"from": "2017-02-30"}, {"to": "2017-7"}, {"from": "2018", "to": "2017"}, {"participants": "putin"}):
        found = problem(api.get("/v1/meetings", params=wrong), 422, "invalid_request")
        assert [one["pointer"] for one in found["errors"]] == [f"query: {next(iter(wrong))}"]
    in_bytes = api.get("/v1/meetings", params={"limit": 100, "offset_unit": "byte"}).json()
    assert in_bytes["offset_unit"] == "byte"
    texts = {one["id"]: one["article"]["text"].encode() for one in api.get("/v1/briefs").json()["data"]}
    for one in in_bytes["data"]:
        for who in one["meeting"]["participants"]:
            for span in who["evidence"]:
                assert texts[one["brief"]][span["start"] : span["end"]].decode() == span["text"]
    problem(api.get("/v1/meetings", params={"from": "yesterday"}), 422, "invalid_request")
    problem(api.get("/v1/meetings", params={"status": "rumoured"}), 422, "invalid_request")


def test_a_dossier_of_stored_briefs_and_new_articles(api: TestClient) -> None:
    """Ids of briefs stand in for their articles; an unknown id is refused."""
    stored = [post_brief(api, number)["id"] for number in (0, 1)]
    body = {"briefs": stored, "articles": [{"text": SEEDS[3], "outlet": OUTLETS[3]}]}
    made = api.post("/v1/dossiers", json=body).json()
    assert [one["id"] for one in made["briefs"]][1:] == stored
    assert api.get(f"/v1/dossiers/{made['id']}").json() == made
    assert api.get("/v1/dossiers").json()["data"] == [made]
    problem(api.post("/v1/dossiers", json={"briefs": ["brf_none"]}), 404, "not_found")


def test_merging_and_splitting_over_http(api: TestClient) -> None:
    """A merge is remembered and a split takes it back; nonsense is refused with a problem."""
    made = post_dossier(api)
    first, second = made["meetings"][:2]
    address = f"/v1/dossiers/{made['id']}"
    merged = api.post(f"{address}:merge", json={"meetings": [first["id"], second["id"]]}).json()
    assert len(merged["meetings"]) == len(made["meetings"]) - 1
    assert api.get(address).json() == merged
    refs = {(one["brief"], one["meeting"]) for one in second["sources"]}
    joined = next(one for one in merged["meetings"] if refs <= {(s["brief"], s["meeting"]) for s in one["sources"]})
    taken = [{"brief": brief, "meeting": meeting} for brief, meeting in sorted(refs)]
    split = api.post(f"{address}:split", json={"meeting": joined["id"], "sources": taken}).json()
    assert [one["sources"] for one in split["meetings"]] == [one["sources"] for one in made["meetings"]]
    problem(api.post(f"{address}:merge", json={"meetings": ["m1"]}), 422, "invalid_request")
    problem(api.post(f"{address}:merge", json={"meetings": ["m1", "m77"]}), 404, "not_found")
    problem(
        api.post(f"{address}:split", json={"meeting": "m1", "sources": [{"brief": "x", "meeting": "y"}]}),
        422,
        "invalid_input",
    )
    assert api.delete(address).json()["deleted"] is True
    problem(api.post(f"{address}:merge", json={"meetings": ["m1", "m2"]}), 404, "not_found")


def test_a_store_that_fails_costs_no_brief(tmp_path: Path) -> None:
    """Where nothing can be stored the brief is answered all the same, and says so; reading says 503."""
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with client_for(Settings(_env_file=None, engine="extractive", data_dir=blocked / "below")) as api:
        made = post_brief(api, 0)
        assert "not_stored" in [one["code"] for one in made["warnings"]]
        response = api.get("/v1/briefs")
        problem(response, 503, "store_unavailable")
        assert int(response.headers["retry-after"]) > 0
        assert "store" in problem(api.get("/readyz"), 503, "not_ready")["detail"]
