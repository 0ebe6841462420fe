"""The routes: parse, call the desk, answer; nothing else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.responses import HTMLResponse, Response

from service.api.attending import attended
from service.api.problems import problem_response, request_id_of
from service.api.streaming import brief_events, wants_events
from service.contract import (
    BriefRequest,
    CheckAnswer,
    CheckRequest,
    DossierRequest,
    Problem,
    QuotationsAnswer,
    QuotationsRequest,
    encode,
)
from service.contract.answers import Health
from service.contract.parsing import NotJson, parsed
from service.desk import LocalDesk
from service.domain.brief import Brief, OffsetUnit
from service.domain.dossier import Dossier
from service.errors import ReadoutError
from service.web import content_security_policy, home_page, reference_page

#: A body of this many bytes is parsed in a thread: parsing it would hold up every other request.
_LARGE = 200_000


class _JsonRequest(Request):
    async def json(self) -> Any:
        """The body as JSON. Whatever is wrong with it becomes the one error that the framework knows."""
        body = await self.body()
        try:
            return await asyncio.to_thread(parsed, body) if len(body) > _LARGE else parsed(body)
        except NotJson as error:
            raise json.JSONDecodeError(f"The body {error}.", "", 0) from error


class JsonRoute(APIRoute):
    """A route whose bodies are parsed as above, and whose work stops with its request."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        known = {one.alias for one in self.dependant.query_params}

        async def handle_json(request: Request) -> Response:
            unknown = [name for name in request.query_params if name not in known]
            if unknown and request.url.path.startswith("/v1/"):
                raise RequestValidationError([_unknown_parameter(unknown[0], known)])
            if request.method != "POST":
                return await handle(request)
            return await attended(handle, _JsonRequest(request.scope, request.receive), request.app.state.answer_seconds)

        return handle_json


def _unknown_parameter(name: str, known: set[str]) -> dict[str, Any]:
    """A misspelt filter would silently find everything."""
    takes = f"there are {', '.join(sorted(known))}" if known else "this address takes none"
    return {"loc": ("query", name), "type": "unknown_parameter", "msg": f"there is no such parameter; {takes}"}


router = APIRouter(route_class=JsonRoute)


def _desk(request: Request) -> LocalDesk:
    desk = request.app.state.desk
    assert isinstance(desk, LocalDesk)
    return desk


async def answer(value: Any, unit: OffsetUnit = "codepoint", status: int = 200) -> Response:
    """``value`` as JSON, written in a thread: a long article's brief takes a while to write."""

    def write() -> bytes:
        return json.dumps(encode(value, unit), ensure_ascii=False, allow_nan=False).encode("utf-8")

    return Response(await asyncio.to_thread(write), status, media_type="application/json")


@router.post(
    "/v1/briefs",
    response_model=Brief,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    tags=["briefs"],
    summary="Brief an article",
)
async def create_brief(body: BriefRequest, request: Request) -> Response:
    """One article in, a brief out: summary with evidence and verdicts, quotations, people, meeting records.

    With `Accept: text/event-stream` the parts come as they are made: `quotations`, `draft` (provisional: nothing of it is
    checked yet), `summary` (verified), and the whole `brief` at the end, or an `error` (a problem)."""
    if wants_events(request.headers.get("accept", "")):
        return await brief_events(_desk(request), body, request)
    return await answer(await _desk(request).brief(body.article, body.options), body.options.offset_unit)


@router.post("/v1/quotations", response_model=QuotationsAnswer, tags=["quotations"], summary="Find quotations")
async def find_quotations(body: QuotationsRequest, request: Request) -> Response:
    """Who is quoted in an article and with what words. No model is called."""
    return await answer(await _desk(request).quotations(body.article), body.options.offset_unit)


@router.post("/v1/checks", response_model=CheckAnswer, tags=["checks"], summary="Check a summary")
async def check_summary(body: CheckRequest, request: Request) -> Response:
    """A summary, whoever wrote it, held against its sources: a verdict, a score and reasons for each statement."""
    checked = await _desk(request).check(body.sources, body.summary, body.options)
    return await answer(checked, body.options.offset_unit)


@router.post("/v1/dossiers", response_model=Dossier, tags=["dossiers"], summary="Merge articles' meetings")
async def create_dossier(body: DossierRequest, request: Request) -> Response:
    """Several articles in, one record a real meeting out, with what the sources disagree on."""
    dossier = await _desk(request).dossier(body.articles, body.briefs, body.options)
    return await answer(dossier, body.options.offset_unit)


@router.get("/", include_in_schema=False)
async def home() -> Response:
    """The page to paste an article into."""
    policy = {"Content-Security-Policy": content_security_policy("home.js"), "X-Content-Type-Options": "nosniff"}
    return HTMLResponse(home_page(), headers=policy)


@router.get("/docs", include_in_schema=False)
async def docs(request: Request) -> Response:
    """The interfaces, for people: no script, and nothing from anywhere else."""
    policy = {"Content-Security-Policy": content_security_policy(None), "X-Content-Type-Options": "nosniff"}
    return HTMLResponse(reference_page(request.app.openapi()), headers=policy)


@router.get("/healthz", response_model=Health, tags=["health"], summary="Is the process alive?")
async def healthz(request: Request) -> Response:
    """Answers as long as the process does; looks at nothing else."""
    return await answer(Health("ok", request.app.version, {}))


@router.get(
    "/readyz",
    response_model=Health,
    responses={503: {"description": "A part of it is not there: the detail says which."}},
    tags=["health"],
    summary="Can it do its work?",
)
async def readyz(request: Request) -> Response:
    """Whether its parts are there: the engine's configuration and the store; 503 where one is not. A model's server is not
    asked, it has its own health."""
    lacks: str | None = request.app.state.engine_lacks
    try:
        await asyncio.to_thread(request.app.state.archive.briefs, 1, None)
    except ReadoutError as error:
        lacks = f"{lacks} {error.detail}" if lacks else error.detail
    if lacks is not None:
        kind, instance = "urn:readout:problem:not_ready", request.url.path
        return problem_response(Problem(kind, "Not ready", 503, lacks, instance, "not_ready", (), request_id_of(request)))
    return await answer(Health("ok", request.app.version, {"engine": "ok", "store": "ok"}))
