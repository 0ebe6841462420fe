"""Problems (RFC 9457): every error of the service in one shape, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service import errors
from service.contract.words import said


@dataclass(frozen=True, slots=True)
class ProblemItem:
    """One thing that is wrong with a request. ``pointer``: a JSON pointer into the body ("#/article/text"), or
    "header: name", "query: name", "path: name"."""

    pointer: str
    detail: str


@dataclass(frozen=True, slots=True)
class Problem:
    """An error for a program to read (RFC 9457). ``code`` is stable; ``detail`` is for a person."""

    type: str
    title: str
    status: int
    detail: str
    instance: str | None
    code: str
    errors: tuple[ProblemItem, ...]
    request_id: str | None


@dataclass(frozen=True, slots=True)
class _Kind:
    status: int
    title: str


#: error class → HTTP status and title; the nearest base class counts.
_KINDS: Mapping[type[errors.ReadoutError], _Kind] = {
    errors.ReadoutError: _Kind(500, "Internal error"),
    errors.InputError: _Kind(422, "The input can't be worked on"),
    errors.EmptyArticle: _Kind(422, "There is no article text"),
    errors.NotText: _Kind(422, "The input is not text"),
    errors.TooLarge: _Kind(413, "The input is too large"),
    errors.NoArticleInPage: _Kind(422, "No article was found in the page"),
    errors.ConfigurationError: _Kind(422, "The service is not configured for this"),
    errors.NotFound: _Kind(404, "Not found"),
    errors.Conflict: _Kind(409, "Conflict"),
    errors.Overdue: _Kind(504, "The work took too long"),
    errors.StoreUnavailable: _Kind(503, "The store can't be used"),
    errors.ServiceUnreachable: _Kind(503, "The Readout server can't be reached"),
    errors.ModelError: _Kind(502, "The language model failed"),
    errors.ModelUnreachable: _Kind(503, "The language model can't be reached"),
    errors.ModelTimeout: _Kind(504, "The language model did not answer in time"),
    errors.ModelRateLimited: _Kind(503, "The language model's rate limit is used up"),
    errors.ModelRejected: _Kind(502, "The language model's server refused the request"),
    errors.ModelRefused: _Kind(502, "The language model declined to answer"),
    errors.ModelOutputInvalid: _Kind(502, "The language model's answer can't be used"),
    errors.BudgetExceeded: _Kind(402, "A budget would be passed"),
}


def problem_of(error: errors.ReadoutError, instance: str | None = None, request_id: str | None = None) -> Problem:
    """The problem that says what ``error`` says."""
    kind = next(_KINDS[base] for base in type(error).__mro__ if base in _KINDS)
    kind_uri = f"urn:readout:problem:{error.code}"
    parts = tuple(ProblemItem(pointer, detail) for pointer, detail in error.parts)
    return Problem(kind_uri, kind.title, kind.status, error.detail, instance, error.code, parts, request_id)


def problem_of_validation(
    found: Sequence[Mapping[str, Any]], instance: str | None = None, request_id: str | None = None
) -> Problem:
    """The problem for a request that does not fit its model; ``found`` is pydantic's list of errors. What was submitted is
    not repeated: it can be megabytes, and an article is nobody's business in a log."""
    items = tuple(ProblemItem(_pointer(one.get("loc", ())), said(one)) for one in found)
    detail = items[0].detail if len(items) == 1 else f"{len(items)} things are wrong: " + " ".join(_first(items))
    kind = "urn:readout:problem:invalid_request"
    return Problem(kind, "The request is not valid", 422, detail, instance, "invalid_request", items[:50], request_id)


def _first(items: Sequence[ProblemItem], most: int = 5) -> list[str]:
    more = [f"And {len(items) - most} more."] if len(items) > most else []
    return [*(item.detail for item in items[:most]), *more]


def _pointer(place: Sequence[Any]) -> str:
    if place and place[0] in ("query", "header", "path", "cookie"):
        return f"{place[0]}: {'.'.join(str(one) for one in place[1:])}"
    parts = place[1:] if place and place[0] == "body" else place
    return "#" + "".join("/" + str(one).replace("~", "~0").replace("/", "~1") for one in parts)


def error_of(problem: Mapping[str, Any]) -> errors.ReadoutError:
    """The error that a problem (as JSON) speaks of: the client raises what the service raised. A code that is not known
    here becomes an ``InputError`` for a status in 400..499 and a plain ``ReadoutError`` for any other."""
    detail = str(problem.get("detail") or problem.get("title") or "the service gave no reason")
    parts = [
        (str(item.get("pointer")), str(item.get("detail")))
        for item in problem.get("errors") or ()
        if isinstance(item, Mapping)
    ]
    error = _error_of(problem, detail)
    error.parts = tuple(parts)
    return error


def _error_of(problem: Mapping[str, Any], detail: str) -> errors.ReadoutError:
    for kind in _KINDS:
        if kind.code == problem.get("code"):
            return kind(detail)
    status = problem.get("status")
    if isinstance(status, int) and 400 <= status < 500:
        return errors.InputError(detail)
    return errors.ReadoutError(detail)
