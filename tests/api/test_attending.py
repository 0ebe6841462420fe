"""Work that nobody waits for any more, work without end, and a server that is told to stop in the middle of it."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.api.app import create_app
from service.settings import Settings
from service.wiring import Readout
from tests.api.test_problems import problem

BODY = {"article": {"text": "The minister met the envoy in Geneva."}}
#: A server on a free port whose reading of an article never ends; it ticks into a file while it does.
ENDLESS = """
import sys, time
from pathlib import Path
from service.api.app import create_app
from service.cli.servers import listen
from service.settings import Settings
from service.wiring import Readout
folder = Path(sys.argv[1])
def read(self, article):
    while True:
        time.sleep(0.01)
        (folder / "ticks").open("a").write(".")
Readout.read = read
listen(create_app(Settings(_env_file=None, engine="extractive", data_dir=folder)), "127.0.0.1", 0, "Readout", grace=1)
"""


def test_work_without_end_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the deadline the answer is a 504 that says what to do."""

    def endless(*_: Any) -> None:
        while True:
            time.sleep(0.01)

    monkeypatch.setattr(Readout, "read", endless)
    settings = Settings(_env_file=None, engine="extractive", data_dir=tmp_path, answer_seconds=0.3)
    with TestClient(create_app(settings)) as api:
        found = problem(api.post("/v1/quotations", json=BODY), 504, "overdue")
    assert "READOUT_ANSWER_SECONDS" in found["detail"]


@pytest.fixture
def endless(tmp_path: Path) -> Any:
    """The endless server: its process and port."""
    process = subprocess.Popen([sys.executable, "-c", ENDLESS, str(tmp_path)], stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        told = re.search(r":(\d+)\n", process.stderr.readline())
        assert told
        yield process, int(told.group(1))
    finally:
        process.kill()
        process.wait(10)


def ticking(folder: Path) -> bool:
    """Whether the endless work goes on."""
    path = folder / "ticks"
    before = path.stat().st_size if path.exists() else 0
    time.sleep(0.5)
    return path.exists() and path.stat().st_size > before


def until(wanted: bool, folder: Path) -> None:
    """Waits until the work goes on, or no longer does."""
    for _ in range(30):
        if ticking(folder) == wanted:
            return
    raise AssertionError("the work goes on" if not wanted else "the work never began")


@pytest.mark.loopback
@pytest.mark.slow
def test_work_stops_when_the_client_has_gone(endless: Any, tmp_path: Path) -> None:
    """A closed connection ends the computing for it."""
    body = json.dumps(BODY).encode()
    head = (
        f"POST /v1/quotations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", endless[1]), timeout=30) as connection:
        connection.sendall(head.encode() + body)
        until(True, tmp_path)
    until(False, tmp_path)


@pytest.mark.loopback
@pytest.mark.slow
def test_a_server_told_to_stop_stops(endless: Any, tmp_path: Path) -> None:
    """SIGTERM with endless work: the waiting client gets a 503, the log a word, and the process ends in seconds."""
    process, port = endless
    answers: list[tuple[int, str]] = []

    def ask() -> None:
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{port}/v1/quotations", json.dumps(BODY).encode(), headers)
        try:
            urllib.request.urlopen(request, timeout=60)
        except urllib.error.HTTPError as error:
            answers.append((error.code, json.loads(error.read())["detail"]))

    asking = Thread(target=ask)
    asking.start()
    until(True, tmp_path)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) in (0, 1, -signal.SIGTERM)
    asking.join(10)
    assert [status for status, _ in answers] == [503]
    assert "being stopped" in answers[0][1]
    said = process.stderr.read()
    assert "SIGTERM" in said
    assert "Traceback" not in said
