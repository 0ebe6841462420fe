"""``readout doctor``: what is configured, what answers, where text would go; never a secret."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.cli.conftest import Run

KEY = "sk-very-secret-key"


@pytest.fixture
def models() -> Iterator[str]:
    """A model server that knows one model and one key; its address."""

    class Models(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            good = self.headers["Authorization"] == f"Bearer {KEY}"
            body = json.dumps({"data": [{"id": "small-model"}]}).encode()
            self.send_response(200 if good else 401)
            self.end_headers()
            self.wfile.write(body if good else b"{}")

        def log_message(self, *_: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Models) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()


def test_without_configuration_text_goes_nowhere(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bare machine: the embedded engine, and no network at all (the test would fail on any connection)."""
    monkeypatch.delenv("READOUT_ENGINE")
    ran = run("doctor", "--json")
    found = json.loads(ran.out)
    assert ran.code == 0
    assert found["engine"]["detail"].startswith("extractive")
    assert found["text goes"]["detail"].startswith("nowhere")


@pytest.mark.loopback
@pytest.mark.parametrize(
    ("key", "model", "code", "state"),
    [(KEY, "small-model", 0, "ok"), (KEY, "gpt-99", 0, "note"), ("sk-wrong-key", "small-model", 2, "wrong")],
    ids=["all well", "no such model", "a wrong key"],
)
def test_a_model_server_that_answers(
    run: Run, monkeypatch: pytest.MonkeyPatch, models: str, key: str, model: str, code: int, state: str
) -> None:
    """Whether it takes the key and has the model; the key is not shown, whatever comes of it."""
    for name, value in (
        ("OPENAI_API_KEY", key),
        ("OPENAI_BASE_URL", models),
        ("READOUT_MODEL", model),
        ("READOUT_ENGINE", "openai"),
    ):
        monkeypatch.setenv(name, value)
    for form in ((), ("--json",)):
        ran = run("doctor", *form)
        assert ran.code == code
        assert key not in ran.out + ran.err
    assert json.loads(ran.out)["server"]["state"] == state
    assert ("READOUT_MODEL=small-model" in json.loads(ran.out)["server"]["detail"]) == (model == "gpt-99")
    assert "127.0.0.1" in json.loads(ran.out)["text goes"]["detail"]


@pytest.mark.loopback
def test_a_model_server_that_is_not_there(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it needs does not answer: 3; with --offline nobody is asked."""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://user:password@127.0.0.1:9/v1?token=password")
    monkeypatch.setenv("READOUT_ENGINE", "openai")
    runs = [run("doctor"), run("doctor", "--offline"), run("doctor", "--server", "http://user:password@127.0.0.1:9")]
    assert [ran.code for ran in runs] == [3, 0, 3]
    assert not [ran for ran in runs if "password" in ran.out + ran.err], "an address can hold a password"


def test_a_configuration_that_can_t_work(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An engine without a key, a folder that is a file: named, with what to set."""
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("READOUT_ENGINE", "openai")
    monkeypatch.setenv("READOUT_DATA_DIR", str(file / "data"))
    ran = run("doctor")
    assert ran.code == 2
    assert "OPENAI_API_KEY" in ran.out
    assert "READOUT_DATA_DIR" in ran.out
