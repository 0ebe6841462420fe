"""Errors to problem+json (RFC 9457): ours, the framework's, and those of a request that does not fit its model."""

from __future__ import annotations

import json
import math
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from service.contract import Problem, encode, problem_of, problem_of_validation
from service.errors import ModelRateLimited, ReadoutError, TooLarge

MEDIA_TYPE = "application/problem+json"


def problem_response(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """The response that carries ``problem``."""
    body = json.dumps(encode(problem), ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, problem.status, headers, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Every error that ``app`` can give becomes a problem."""
    app.add_exception_handler(ReadoutError, _ours)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _frameworks)


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, ReadoutError)
    problem = problem_of(error, request.url.path, request_id_of(request))
    headers = {}
    if isinstance(error, ModelRateLimited) and error.retry_after is not None:
        headers["Retry-After"] = str(max(1, math.ceil(error.retry_after)))
    elif problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "30"
    return problem_response(problem, headers)


async def _not_valid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = [_readable(one) for one in error.errors()]
    return problem_response(problem_of_validation(found, request.url.path, request_id_of(request)))


def _readable(found: dict[str, Any]) -> dict[str, Any]:
    """Where the body is no JSON, ``JsonRoute`` has put the whole sentence where the framework has the reason."""
    if found.get("type") == "json_invalid":
        return {"loc": (), "msg": found.get("ctx", {}).get("error", "The body is not JSON.")}
    return found


async def _frameworks(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return problem_response(problem_of(TooLarge(error.detail), request.url.path, request_id_of(request)), headers)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_methods_of(request))
    code, title, words = _KNOWN.get(error.status_code, (f"http_{error.status_code}", error.detail, error.detail))
    kind = f"urn:readout:problem:{code}"
    problem = Problem(kind, title, error.status_code, words, request.url.path, code, (), request_id_of(request))
    return problem_response(problem, headers)


def _methods_of(request: Request) -> list[str]:
    """Every method that the address takes; the framework names those of one of its routes only."""
    found: set[str] = set()
    for pattern, methods in request.app.state.addresses:
        if pattern.match(request.url.path):
            found |= methods
    return sorted(found | {"HEAD"} if "GET" in found else found)


#: What the framework answers by itself. Written out: the phrases of ``http.HTTPStatus`` differ between Python versions.
_KNOWN = {
    400: ("bad_request", "Bad request", "The request can't be read."),
    404: ("not_found", "Not found", "There is nothing at this address. The interfaces are listed at /docs."),
    405: ("method_not_allowed", "Method not allowed", "This address takes another method; the Allow header says which."),
}


def request_id_of(request: Request) -> str | None:
    """The id of a request, as the envelope gave it."""
    found = getattr(request.state, "request_id", None)
    return found if isinstance(found, str) else None
