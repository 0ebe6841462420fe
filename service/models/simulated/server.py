"""The simulated provider's HTTP: one small server on asyncio streams, so that it can also misbehave below HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from service.models.simulated.behaviour import Behaviour, Turn
from service.models.simulated.script import Script, load_script

_MOST_BODY = 64_000_000
_PIECE = 12
_HTML = "<!doctype html><html><head><title>502</title></head><body><h1>Bad gateway</h1></body></html>"


@dataclass
class Entry:
    """A line of the log. ``prompt_tokens`` and ``completion_tokens`` are what the provider charges for the request;
    the discount for ``cached_tokens`` is given only with an answer that says so."""

    number: int
    purpose: str
    model: str
    stream: bool
    fault: str | None = None
    status: int | None = None
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    max_tokens: int | None = None
    lies: list[dict[str, Any]] = field(default_factory=list)
    gone: bool = False
    seconds: float = 0.0
    request: dict[str, Any] | None = None
    answer: str | None = None


class Simulated:
    """The provider. ``async with Simulated(…) as it: it.base_url`` serves on a free port of the loopback interface."""

    def __init__(self, script: Script | None = None, seed: int = 0, host: str = "127.0.0.1", port: int = 0) -> None:
        self.behaviour = Behaviour(script or Script(), seed)
        self.log: list[Entry] = []
        self._host, self._port = host, port
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._handlers: set[asyncio.Task[Any]] = set()

    @property
    def base_url(self) -> str:
        """What a client takes for ``base_url``."""
        return f"http://{self._host}:{self._port}/v1"

    async def __aenter__(self) -> Simulated:
        self._server = await asyncio.start_server(self._serve, self._host, self._port, limit=2**20)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._server is not None
        self._server.close()
        for writer in list(self._open):
            writer.transport.abort()
        if self._handlers:
            await asyncio.wait(self._handlers, timeout=2)
        await self._server.wait_closed()

    async def forever(self) -> None:
        """Serve until cancelled."""
        assert self._server is not None
        await self._server.serve_forever()

    def totals(self) -> dict[str, Any]:
        """What was asked, and what is charged for it."""
        return {
            "calls": len(self.log),
            "prompt_tokens": sum(e.prompt_tokens for e in self.log),
            "cached_tokens": sum(e.cached_tokens for e in self.log),
            "completion_tokens": sum(e.completion_tokens for e in self.log),
            "faults": sum(e.fault is not None for e in self.log),
            "lies": sum(len(e.lies) for e in self.log),
        }

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        task = asyncio.current_task()
        if task is not None:
            self._handlers.add(task)
            task.add_done_callback(self._handlers.discard)
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            pass
        finally:
            self._open.discard(writer)
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request; False when the connection is done for."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:] if line)}
        length = int(headers.get("content-length", "0"))
        if length > _MOST_BODY:
            return await self._answer(writer, 413, {"error": {"message": "too large", "type": "invalid_request_error"}})
        body = await reader.readexactly(length)
        path = path.split("?", 1)[0]
        if method == "POST" and path.endswith("/chat/completions"):
            return await self._chat(reader, writer, body)
        if method == "GET" and path == "/__log":
            return await self._answer(writer, 200, {**self.totals(), "requests": [asdict(e) for e in self.log]})
        if method == "POST" and path == "/__reset":
            self.log.clear()
            self.behaviour.reset()
            return await self._answer(writer, 200, self.totals())
        if method == "GET" and path.endswith("/models"):
            return await self._answer(writer, 200, {"object": "list", "data": [{"id": "simulated", "object": "model"}]})
        return await self._answer(writer, 404, {"error": {"message": f"no {path} here", "type": "invalid_request_error"}})

    async def _chat(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, raw: bytes) -> bool:
        started = time.monotonic()
        try:
            body = json.loads(raw)
            turn = self.behaviour.take(body)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            message = {"error": {"message": f"the request can't be read: {error}", "type": "invalid_request_error"}}
            return await self._answer(writer, 400, message)
        entry = Entry(
            len(self.log) + 1, turn.purpose, str(body.get("model")), bool(body.get("stream")), turn.fault, turn.status
        )
        entry.max_tokens, entry.lies = turn.cap, turn.lies
        entry.prompt_tokens = turn.prompt_tokens
        if self.behaviour.script.keep:
            entry.request, entry.answer = body, turn.text
        self.log.append(entry)
        try:
            return await self._act(reader, writer, turn, entry)
        except ConnectionError:
            entry.gone = True
            raise
        finally:
            entry.seconds = round(time.monotonic() - started, 4)

    async def _act(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, turn: Turn, entry: Entry) -> bool:
        script = self.behaviour.script
        wait = turn.seconds if turn.fault == "stall" else script.latency
        if not entry.stream:
            wait += script.per_token * turn.completion_tokens
        if wait and await self._gone_within(reader, wait):
            entry.gone = True
            return False
        if turn.fault == "stall":
            return False
        if turn.fault == "reset_before":
            return _reset(writer)
        if turn.status != 200:
            return await self._answer(writer, turn.status, turn.error or {}, turn.headers)
        if turn.fault == "html":
            return await self._raw(writer, 200, "text/html", _HTML.encode())
        if turn.fault == "error_200":
            return await self._answer(writer, 200, {"error": {"message": "upstream failed", "type": "server_error"}})
        if entry.stream:
            return await self._stream(reader, writer, turn, entry)
        return await self._whole(writer, turn, entry)

    async def _whole(self, writer: asyncio.StreamWriter, turn: Turn, entry: Entry) -> bool:
        data = json.dumps(turn.completion()).encode()
        head = _head(200, "application/json", len(data), turn.headers)
        if turn.fault == "reset_middle":
            writer.write(head + data[: len(data) // 2])
            await writer.drain()
            await asyncio.sleep(0.02)
            return _reset(writer)
        entry.completion_tokens, entry.cached_tokens = turn.completion_tokens, turn.cached_told()
        if turn.fault == "drip":
            writer.write(head)
            pause = turn.seconds / max(1, len(data) // 64)
            for at in range(0, len(data), 64):
                writer.write(data[at : at + 64])
                await writer.drain()
                await asyncio.sleep(pause)
            return True
        writer.write(head + data)
        await writer.drain()
        if turn.fault == "reset_after":
            await asyncio.sleep(0.1)  # a reset discards what the client has not read yet
            return _reset(writer)
        return True

    async def _stream(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, turn: Turn, entry: Entry) -> bool:
        writer.write(_head(200, "text/event-stream", None, turn.headers))
        pieces = [turn.text[at : at + _PIECE] for at in range(0, len(turn.text), _PIECE)] or [""]
        pause = self.behaviour.script.per_token * turn.completion_tokens / len(pieces)
        if turn.fault == "drip":
            pause = turn.seconds / len(pieces)
        half = len(pieces) // 2
        for index, piece in enumerate(pieces):
            if turn.fault == "reset_middle" and index == half:
                await writer.drain()
                await asyncio.sleep(0.02)
                entry.completion_tokens = self.behaviour.count("".join(pieces[:half]))
                return _reset(writer)
            delta = {"refusal": piece} if turn.finish == "refusal" else {"content": piece}
            writer.write(_event(turn.chunk(delta, None)))
            if index % 16 == 0 or pause:
                await writer.drain()
                entry.completion_tokens = self.behaviour.count("".join(pieces[: index + 1]))
            if pause and await self._gone_within(reader, pause):
                entry.gone = True
                return False
        writer.write(_event(turn.chunk({}, "stop" if turn.finish == "refusal" else turn.finish)))
        usage = turn.usage()
        if usage is not None:
            writer.write(_event({**turn.chunk({}, None), "choices": [], "usage": usage}))
        writer.write(_chunked(b"data: [DONE]\n\n") + b"0\r\n\r\n")
        await writer.drain()
        entry.completion_tokens, entry.cached_tokens = turn.completion_tokens, turn.cached_told()
        if turn.fault == "reset_after":
            await asyncio.sleep(0.1)  # a reset discards what the client has not read yet
            return _reset(writer)
        return True

    async def _gone_within(self, reader: asyncio.StreamReader, seconds: float) -> bool:
        """Wait; whether the client went away meanwhile."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            await asyncio.sleep(min(left, 0.05))
            if reader.at_eof():
                return True
        return False

    async def _answer(
        self, writer: asyncio.StreamWriter, status: int, value: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> bool:
        return await self._raw(writer, status, "application/json", json.dumps(value).encode(), headers)

    async def _raw(
        self, writer: asyncio.StreamWriter, status: int, kind: str, data: bytes, headers: Mapping[str, str] | None = None
    ) -> bool:
        writer.write(_head(status, kind, len(data), headers) + data)
        await writer.drain()
        return True


def _head(status: int, kind: str, length: int | None, headers: Mapping[str, str] | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status} {'OK' if status == 200 else 'Error'}", f"content-type: {kind}"]
    lines.append("transfer-encoding: chunked" if length is None else f"content-length: {length}")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _chunked(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def _event(value: Mapping[str, Any]) -> bytes:
    return _chunked(b"data: " + json.dumps(value).encode() + b"\n\n")


def _reset(writer: asyncio.StreamWriter) -> bool:
    """Cut the connection hard (RST, not FIN)."""
    import socket
    import struct

    sock = writer.get_extra_info("socket")
    with contextlib.suppress(OSError, AttributeError):  # the client closed it first
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
    return False


def run_simulated(port: int, seed: int, faults: Path | None, host: str = "127.0.0.1") -> None:
    """Serve until interrupted; tells its address on standard error. Raises ``ConfigurationError`` for a script or an
    address that can't be used."""
    from service.errors import ConfigurationError

    script = load_script(faults)

    async def serve() -> None:
        async with Simulated(script, seed, host, port) as simulated:
            sys.stderr.write(f"The simulated provider listens on {simulated.base_url} (log: /__log)\n")
            sys.stderr.flush()
            await simulated.forever()

    try:
        asyncio.run(serve())
    except OSError as error:
        raise ConfigurationError(f"{host}:{port} can't be listened on: {error.strerror or error}") from error
    except KeyboardInterrupt:
        return
