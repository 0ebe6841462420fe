"""Server-sent events of a brief in the making: what is read, what is drafted, what is verified, and the whole."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from service.contract import BriefRequest, encode, problem_of
from service.desk import LocalDesk
from service.domain.brief import Brief, OffsetUnit
from service.domain.draft import Document, Draft
from service.errors import ReadoutError
from service.pipeline import Told

_log = logging.getLogger("readout.api")
#: A comment goes out where nothing else does for so long: proxies close connections that look idle.
_QUIET_SECONDS = 15.0


def wants_events(accept: str) -> bool:
    """Whether an ``Accept`` header asks for a stream of events."""
    return any(one.split(";", 1)[0].strip().lower() == "text/event-stream" for one in accept.split(","))


async def brief_events(desk: LocalDesk, body: BriefRequest, request: Request) -> Response:
    """The stream. What fails before anything could be told is an ordinary problem; what fails later ends the stream with an
    ``error``. A client that goes away stops the work."""
    told: asyncio.Queue[Told | None] = asyncio.Queue()
    task = asyncio.create_task(desk.brief(body.article, body.options, told.put_nowait))
    task.add_done_callback(lambda _: told.put_nowait(None))
    try:
        first = await told.get()
    except asyncio.CancelledError:
        task.cancel()
        raise
    if first is None:
        task.result()  # raises what went wrong
    events = _events(first, told, task, body.options.offset_unit, request)
    return StreamingResponse(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def _events(
    first: Told | None, told: asyncio.Queue[Told | None], task: asyncio.Task[Brief], unit: OffsetUnit, request: Request
) -> AsyncIterator[str]:
    text = ""
    step = first
    try:
        while step is not None:
            if isinstance(step, Document):
                text = step.article.text
            yield await asyncio.to_thread(_part, step, unit, text)
            while True:
                try:
                    step = await asyncio.wait_for(told.get(), _QUIET_SECONDS)
                    break
                except TimeoutError:
                    yield ": still at work\n\n"
        yield await asyncio.to_thread(_whole, task, unit, request)
    finally:
        task.cancel()


def _part(step: Told, unit: OffsetUnit, text: str) -> str:
    if isinstance(step, Document):
        parts = {"offset_unit": unit, "text": text}
        found = {"quotations": step.quotations, "people": step.people, "furniture": step.furniture}
        return _event("quotations", {**parts, **{name: encode(value, unit, [text]) for name, value in found.items()}})
    if isinstance(step, Draft):
        statements = [one.text for one in step.summary]
        return _event("draft", {"headline": step.headline.text if step.headline else None, "summary": statements})
    headline, *summary = step
    verified = {"offset_unit": unit, "headline": headline, "summary": summary}
    return _event("summary", {key: encode(value, unit, [text]) for key, value in verified.items()})


def _whole(task: asyncio.Task[Brief], unit: OffsetUnit, request: Request) -> str:
    request_id = getattr(request.state, "request_id", None)
    try:
        return _event("brief", encode(task.result(), unit))
    except ReadoutError as error:
        return _event("error", encode(problem_of(error, request.url.path, request_id)))
    except Exception:
        _log.exception("request %s failed", request_id)
        reason = "Something went wrong inside the service; it has been logged under the request's id."
        return _event("error", encode(problem_of(ReadoutError(reason), request.url.path, request_id)))


def _event(name: str, value: Mapping[str, Any]) -> str:
    """One event; JSON has no line ends, so its data is one line."""
    return f"event: {name}\ndata: {json.dumps(value, ensure_ascii=False, allow_nan=False)}\n\n"
