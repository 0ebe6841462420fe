"""Commands that run until they are stopped: the HTTP service, and the simulated model server."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from service.errors import ConfigurationError

if TYPE_CHECKING:
    import uvicorn

#: Seconds that requests in work have to end when the server is told to stop; then they are cancelled and answered with 503.
GRACE_SECONDS = 10
#: Seconds after that in which the process ends by itself; then it is ended.
_LAST_SECONDS = 5.0


def serve(host: str, port: int) -> None:
    """``readout serve``."""
    from service.api.app import create_app
    from service.cli.configured import configured

    listen(create_app(configured()), host, port, "Readout")


def simulate(host: str, port: int, seed: int, faults: Path | None) -> None:
    """``readout simulate``."""
    from service.models.simulated import run_simulated

    run_simulated(port, seed, faults, host)


def listen(app: Any, host: str, port: int, name: str, grace: int = GRACE_SECONDS) -> None:
    """Serves ``app`` until it is stopped. The address is told on standard error once connections are taken.

    SIGTERM and SIGINT stop it within ``grace`` and some seconds, whatever is in work; a second one at once."""
    import uvicorn

    bound = _bind(host, port)
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=grace)
    server = uvicorn.Server(config)
    shown = f"[{host}]" if ":" in host else host
    sys.stderr.write(f"{name} listens on http://{shown}:{bound.getsockname()[1]}\n")
    sys.stderr.flush()
    _end_in_time(server, name, grace + _LAST_SECONDS)
    server.run(sockets=[bound])


def _end_in_time(server: uvicorn.Server, name: str, seconds: float) -> None:
    """Has ``server`` say that it stops, and ended at a second signal, or ``seconds`` after the first."""
    heed = server.handle_exit

    def say(sentence: str) -> None:
        sys.stderr.write(f"readout: {sentence}\n")
        sys.stderr.flush()

    def end(why: str) -> None:
        say(why)
        os._exit(1)

    def stop(number: int, frame: FrameType | None) -> None:
        if server.should_exit:
            end(f"{name} was stopped at once")
        heed(number, frame)
        by = "interrupted" if number == signal.SIGINT else f"got {signal.Signals(number).name}"
        say(f"{by}; {name} stops" + (" when what is in work is done" if server.server_state.tasks else ""))
        last = threading.Timer(seconds, end, [f"{name} was ended: work was still going on {seconds:.0f} s later"])
        last.daemon = True
        last.start()

    server.handle_exit = stop  # type: ignore[method-assign,assignment]


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
