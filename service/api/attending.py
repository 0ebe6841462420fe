"""Requests are worked on as long as somebody waits for them, and no longer than a deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from service.errors import Overdue

#: What nobody reads: the client has gone (the status is the one that nginx logs for it).
_GONE = 499


async def attended(handle: Callable[[Request], Awaitable[Response]], request: Request, seconds: float) -> Response:
    """The response of ``handle``. Its work is cancelled where the client goes away before, and after ``seconds``, with
    ``Overdue``.

    The body is read first, so that what comes after it can only be the client's leaving."""
    try:
        await request.body()
    except ClientDisconnect:
        return Response(status_code=_GONE)
    work = asyncio.ensure_future(handle(request))
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait((work, leaving), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            return work.result()
        if leaving.done():
            return Response(status_code=_GONE)
        raise Overdue(
            f"The work took longer than {seconds:.0f} s and was stopped. Send a shorter text, or fewer; who runs the "
            "service sets the limit with READOUT_ANSWER_SECONDS."
        )
    finally:
        for task in (work, leaving):
            task.cancel()
        await asyncio.gather(work, leaving, return_exceptions=True)


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
