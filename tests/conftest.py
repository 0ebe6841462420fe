"""What holds for every test: no network beyond this machine, no configuration from whoever runs the tests."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.settings import Settings

SEEDS_FOLDER = Path(__file__).parents[1] / "seeds"


class NetworkBlocked(RuntimeError):
    """A test tried to leave this machine. No ``OSError``: nobody may take it for a network that is down."""


def pytest_configure(config: pytest.Config) -> None:
    """The marks that tests may carry."""
    config.addinivalue_line("markers", "loopback: the test talks to a server on this machine")
    config.addinivalue_line("markers", "slow: the test takes seconds (a browser, a wheel); CI runs it like every other")


@pytest.fixture(autouse=True)
def _no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test leaves this machine, and only those marked ``loopback`` connect to it; names are not looked up."""
    escaped: list[str] = []
    loopback = request.node.get_closest_marker("loopback") is not None
    real_connect, real_connect_ex, real_lookup = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse(address: Any) -> None:
        if _is_unix(address) or (loopback and _on_this_machine(address)):
            return
        escaped.append(str(address))
        hint = " (mark it with @pytest.mark.loopback)" if _on_this_machine(address) else ""
        raise NetworkBlocked(f"a test tried to connect to {address}{hint}")

    def connect(self: socket.socket, address: Any) -> None:
        refuse(address)
        real_connect(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        refuse(address)
        return real_connect_ex(self, address)

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        refuse((host,))
        return real_lookup(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield
    assert not escaped, f"the test tried to connect to {escaped}"


def _is_unix(address: Any) -> bool:
    return not isinstance(address, tuple)


def _on_this_machine(address: Any) -> bool:
    host = address[0]
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def _no_configuration(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No key, address or setting of the person who runs the tests, and state in a folder of its own."""
    for name in list(os.environ):
        if name.startswith(("READOUT_", "OPENAI_")) or name.lower() in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setenv("READOUT_DATA_DIR", str(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="session")
def seeds() -> dict[str, str]:
    """The four seed articles, by file name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(SEEDS_FOLDER.glob("*.txt"))}
