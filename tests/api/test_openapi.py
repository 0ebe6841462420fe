"""The OpenAPI document: a snapshot, so that every change of the interface is seen and meant."""

from __future__ import annotations

import json
import os
from pathlib import Path

from fastapi.testclient import TestClient

SNAPSHOT = Path(__file__).with_name("openapi.json")


def test_the_document_is_the_one_that_was_reviewed(api: TestClient) -> None:
    """A changed interface fails here until its snapshot is renewed (RENEW_SNAPSHOTS=1) and the difference reviewed."""
    document = api.get("/openapi.json").json()
    document["info"]["version"] = "0"
    written = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if os.environ.get("RENEW_SNAPSHOTS"):
        SNAPSHOT.write_text(written, encoding="utf-8")
    assert written == SNAPSHOT.read_text(encoding="utf-8")


def test_every_operation_describes_its_errors(api: TestClient) -> None:
    """Whoever generates a client from the document gets the problems, and nothing of the framework's own error model."""
    document = api.get("/openapi.json").json()
    assert "HTTPValidationError" not in document["components"]["schemas"]
    operations = [one for path in document["paths"].values() for one in path.values()]
    assert len(operations) >= 6
    for operation in operations:
        wanted = {"404", "405", "500"} | ({"413", "415", "422", "503"} if "requestBody" in operation else set())
        assert wanted <= set(operation["responses"])
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"]
