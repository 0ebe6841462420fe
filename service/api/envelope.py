"""What holds for every request, whatever the route: its id, the limit of its body, and an error that nobody foresaw.

Plain ASGI, so that it also covers what the framework answers by itself and costs nothing a request.
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.problems import problem_response
from service.contract import Problem, problem_of
from service.errors import ReadoutError, ServiceUnreachable, TooLarge

_log = logging.getLogger("readout.api")
_OWN_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")


class _BodyTooLarge(HTTPException):
    """The body passed the limit while it was read; the framework lets errors of its own kind through as they are."""

    def __init__(self, limit: int) -> None:
        super().__init__(413, f"The request's body is over {limit:,} bytes.")


class Envelope:
    """Wraps the app. HEAD is answered as GET, without the body. ``max_body_bytes``: a longer body is answered with 413 as
    soon as that is known, by its announced length or while it is read."""

    def __init__(self, app: ASGIApp, max_body_bytes: int) -> None:
        self._app = app
        self._limit = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        stated = headers.get("x-request-id", "")
        request_id = stated if _OWN_ID.fullmatch(stated) else f"req_{secrets.token_hex(12)}"
        scope.setdefault("state", {})["request_id"] = request_id
        begun = False

        headless = scope["method"] == "HEAD"
        if headless:
            scope = {**scope, "method": "GET"}

        async def answering(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            elif headless:
                message = {**message, "body": b""}
            await send(message)

        reading = _Limited(receive, self._limit)
        refusal = self._refusal(scope, headers, request_id)
        if refusal is not None:
            await reading.discard()
            await problem_response(refusal)(scope, receive, answering)
            return
        try:
            await self._app(scope, reading, answering)
        except asyncio.CancelledError:
            if begun:
                raise
            stopping = ServiceUnreachable("The service is being stopped, and this was still in work. Ask again.")
            await problem_response(problem_of(stopping, scope["path"], request_id))(scope, receive, answering)
        except Exception as error:
            _log.error("request %s failed", request_id, exc_info=error)
            if begun:
                raise
            reason = "Something went wrong inside the service; it has been logged under the request's id."
            problem = problem_of(ReadoutError(reason), scope["path"], request_id)
            await problem_response(problem)(scope, receive, answering)

    def _refusal(self, scope: Scope, headers: Headers, request_id: str) -> Problem | None:
        """What can be refused before the body is read: its length, and its type."""
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length) > self._limit:
            return problem_of(TooLarge(_BodyTooLarge(self._limit).detail), scope["path"], request_id)
        has_body = length != "0" or "transfer-encoding" in headers
        if scope["method"] == "POST" and has_body and not _is_json(headers.get("content-type", "")):
            said = headers.get("content-type") or "no Content-Type"
            detail = f"The body must be application/json in UTF-8; this request has {said[:100]}."
            kind = "urn:readout:problem:unsupported_media_type"
            return Problem(
                kind, "Unsupported media type", 415, detail, scope["path"], "unsupported_media_type", (), request_id
            )
        return None


class _Limited:
    """``receive`` that raises once the body has passed the limit."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._limit = limit
        self._seen = 0
        self._more = True

    async def __call__(self) -> Message:
        message = await self._receive()
        self._note(message)
        if self._seen > self._limit:
            await self.discard()
            raise _BodyTooLarge(self._limit)
        return message

    def _note(self, message: Message) -> None:
        if message["type"] == "http.request":
            self._seen += len(message.get("body", b""))
            self._more = bool(message.get("more_body", False))
        else:
            self._more = False

    async def discard(self) -> None:
        """Reads on, up to four times the limit: a client that is cut off while it sends never sees the answer."""
        while self._more and self._seen <= 4 * self._limit:
            self._note(await self._receive())


def _is_json(content_type: str) -> bool:
    kind = content_type.split(";", 1)[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
