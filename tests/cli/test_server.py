"""A real server process and the command line as its client: the same answers as without one."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import SEEDS, Run

pytestmark = [pytest.mark.loopback, pytest.mark.slow]
FILES = sorted(SEEDS.glob("*.txt"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """``readout serve`` on a free port; its address."""
    folder = tmp_path_factory.mktemp("server")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("READOUT_", "OPENAI_"))}
    environment = {**kept, "READOUT_ENGINE": "extractive", "READOUT_DATA_DIR": str(folder / "data")}
    command = [sys.executable, "-c", "from service.cli import main; main()", "serve", "--port", "0"]
    process = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        told = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", told)
        assert found, told
        yield found.group()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) in (0, 130, -signal.SIGINT)
        rest = process.stderr.read()
        assert "Traceback" not in rest, rest
    finally:
        process.kill()
        process.wait(10)


def stripped(line: str) -> object:
    """An answer without what differs between two runs: ids, times."""
    text = re.sub(r'"(?:brf|dos)_[0-9a-f]+', '"id', line)
    text = re.sub(r'"created": "[^"]+"', '"created": ""', text)
    return json.loads(re.sub(r'"seconds": [\d.]+', '"seconds": 0', text))


def test_the_client_answers_as_the_process_itself_does(run: Run, server: str) -> None:
    """Every command, with the server and without it, says the same."""
    summary = str(FILES[1])
    for command in (
        ("brief", FILES[0], "--json", "--published", "2017-07-19"),
        ("brief", FILES[0], "--json", "--offset-unit", "byte"),
        ("quotations", FILES[2], "--json"),
        ("meetings", FILES[3], "--json"),
        ("check", "--article", FILES[0], "--article", FILES[1], "--summary", summary, "--json"),
        ("dossier", *FILES[:2], "--json"),
    ):
        alone, asked = run(*command), run(*command, "--server", server)
        assert (alone.err, asked.err) == ("", ""), command
        assert stripped(alone.out) == stripped(asked.out), command


def test_bulk_through_a_server(run: Run, server: str) -> None:
    """Lines side by side over HTTP, answers in input order, the server's problems in the failing lines."""
    rows = [
        {"id": number, "text": "" if number == 3 else FILES[number % 4].read_text(encoding="utf-8")} for number in range(8)
    ]
    source = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    ran = run("quotations", "--jsonl", "-", "--server", server, stdin=source)
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [one["id"] for one in answers] == list(range(8))
    assert [one["id"] for one in answers if "error" in one] == [3]
    assert answers[3]["error"]["code"] == "empty_article"


def test_doctor_of_a_server(run: Run, server: str) -> None:
    """The client's doctor says where text would go and whether the server is well."""
    ran = run("doctor", "--server", server)
    assert ran.code == 0
    assert server in ran.out


def test_a_body_over_the_limit_is_answered_and_not_cut_off(server: str) -> None:
    """A client that sends too much gets its 413, though it has not finished sending."""
    connection = http.client.HTTPConnection(server.removeprefix("http://"), timeout=60)
    body = (b"x" * 1_000_000 for _ in range(70))
    connection.request("POST", "/v1/briefs", body=body, headers={"Content-Type": "application/json"}, encode_chunked=True)
    response = connection.getresponse()
    assert response.status == 413
    assert json.loads(response.read())["code"] == "too_large"


def test_a_port_that_is_taken(run: Run, server: str) -> None:
    """A second server on the same port says so and ends."""
    port = server.rsplit(":", 1)[1]
    ran = run("serve", "--port", port)
    assert ran.code == 2
    assert "can't be listened on" in ran.err


@pytest.mark.parametrize("address", ["localhost:8000", "ftp://x"])
def test_an_address_that_is_none(run: Run, address: str) -> None:
    """A server's address has a scheme; the mistake is named before anything is sent."""
    ran = run("brief", FILES[0], "--server", address)
    assert ran.code == 2
    assert "http://" in ran.err


def test_a_path_behind_the_address_is_a_mistake(run: Run, server: str) -> None:
    """A Readout server answers, though not there: the address is what is wrong."""
    for command in (("brief", FILES[0]), ("doctor",)):
        ran = run(*command, "--server", f"{server}/nope")
        assert ran.code == 3
        assert "address may be wrong" in ran.err + ran.out


def test_what_is_no_readout_server(run: Run, tmp_path: Path) -> None:
    """Another server at that address is no Readout: exit code 3, and no traceback over its answer."""
    from http.server import BaseHTTPRequestHandler, HTTPServer
    from threading import Thread

    class Other(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<h1>It works!</h1>")

        def log_message(self, *_: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Other) as other:
        Thread(target=other.serve_forever, daemon=True).start()
        ran = run("brief", FILES[0], "--server", f"http://127.0.0.1:{other.server_port}")
        other.shutdown()
    assert ran.code == 3
    assert "service_unreachable" in ran.err
