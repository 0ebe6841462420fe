"""Commands that run until they are stopped: the HTTP service, and the simulated model server."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import Any

from service.errors import ConfigurationError


def serve(host: str, port: int) -> None:
    """``readout serve``."""
    from service.api.app import create_app
    from service.cli.configured import configured

    listen(create_app(configured()), host, port, "Readout")


def simulate(host: str, port: int, seed: int, faults: Path | None) -> None:
    """``readout simulate``."""
    from service.models.simulated import run_simulated

    run_simulated(port, seed, faults, host)


def listen(app: Any, host: str, port: int, name: str) -> None:
    """Serves ``app`` until it is stopped. The address is told on standard error once connections are taken."""
    import uvicorn

    bound = _bind(host, port)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    shown = f"[{host}]" if ":" in host else host
    sys.stderr.write(f"{name} listens on http://{shown}:{bound.getsockname()[1]}\n")
    sys.stderr.flush()
    server.run(sockets=[bound])


def _bind(host: str, port: int) -> socket.socket:
    """A listening socket: connections that come before the app has started wait in its queue."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen(2048)
    except OSError as error:
        bound.close()
        raise ConfigurationError(f"{host}:{port} can't be listened on: {(error.strerror or str(error)).lower()}.") from None
    return bound
