"""The service in this process, without a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.api.app import create_app
from service.settings import Settings


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the service with the embedded engine; an error nobody foresaw is answered, not raised."""
    folder: Path = tmp_path_factory.mktemp("data")
    settings = Settings(_env_file=None, engine="extractive", data_dir=folder, max_body_bytes=100_000, max_chars=20_000)
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client
