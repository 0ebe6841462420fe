"""The app, wired: routes, problems, the envelope round every request, and an OpenAPI document that says all of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from starlette.routing import Route

from service.api.envelope import Envelope
from service.api.problems import MEDIA_TYPE, install
from service.api.routes import router
from service.api.stored_routes import router as stored_router
from service.contract import Problem
from service.desk import LocalDesk
from service.settings import Settings
from service.wiring import build, build_archive

_ABOUT = (
    "Post a news article, get back a brief that can be checked. Offsets are half-open, in Unicode code points of "
    "`article.text` unless `options.offset_unit` asks otherwise; a span always slices back to its own text. Every error is "
    "`application/problem+json`."
)
_LAST_WORDS_SECONDS = 0.1
#: Errors that any operation can give, beside its own.
_EVERYWHERE = (404, 405, 500)
_WITH_BODY = (402, 409, 413, 415, 422, 502, 503, 504)
_WITH_PARAMETERS = (422, 503)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The service as configured: by ``settings``, or by environment and ``.env``."""
    settings = settings or Settings()
    licence = {"name": "Apache-2.0"}
    app = FastAPI(
        title="Readout",
        version=version("readout"),
        description=_ABOUT,
        license_info=licence,
        lifespan=_open,
        docs_url=None,
        redoc_url=None,
    )
    app.state.archive = build_archive(settings)
    app.state.desk = LocalDesk(build(settings), settings.max_chars, app.state.archive)
    app.state.answer_seconds = settings.answer_seconds
    app.state.engine_lacks = settings.engine_lacks()
    for one in (router, stored_router):
        app.include_router(one, responses={"default": {"model": Problem, "description": "Any error."}})
    install(app)
    app.state.addresses = [
        (one.path_regex, frozenset(one.methods or ()))
        for one in (*app.routes, *router.routes, *stored_router.routes)
        if isinstance(one, Route)
    ]
    app.add_middleware(Envelope, max_body_bytes=settings.max_body_bytes)
    _describe(app)
    return app


@asynccontextmanager
async def _open(app: FastAPI) -> AsyncIterator[None]:
    """The service while it is up. At its end, requests that were cancelled get a moment to be answered."""
    yield
    await asyncio.sleep(_LAST_WORDS_SECONDS)
    await app.state.desk.close()


def _describe(app: FastAPI) -> None:
    """The OpenAPI document with every error as problem+json, and without the framework's own error model."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = generate()
            for operations in document["paths"].values():
                for operation in operations.values():
                    _describe_errors(operation)
            for unused in ("HTTPValidationError", "ValidationError"):
                document["components"]["schemas"].pop(unused, None)
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _describe_errors(operation: dict[str, Any]) -> None:
    problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    further = _WITH_BODY if "requestBody" in operation else _WITH_PARAMETERS if "parameters" in operation else ()
    statuses = (*_EVERYWHERE, *further)
    for number in sorted(statuses):
        operation["responses"][str(number)] = {"description": _SAYS[number], "content": problem}
    operation["responses"].pop("default", None)
    for status, response in operation["responses"].items():
        if status >= "400":
            response["content"] = problem
    for response in operation["responses"].values():
        response["headers"] = {"X-Request-ID": {"description": "The request's id.", "schema": {"type": "string"}}}


_SAYS = {
    402: "A budget that the operator set would be passed.",
    404: "There is nothing here.",
    405: "Another method is needed.",
    409: "It contradicts what is there.",
    413: "The body, or the article in it, is too large.",
    415: "The body is not JSON.",
    422: "The request is not valid, or the article can't be worked on.",
    500: "Something went wrong inside the service.",
    502: "The language model failed.",
    503: "The language model can't be reached, or asks to wait; or the store can't be used.",
    504: "The language model did not answer in time, or the work took too long.",
}
