"""A Readout server as a desk: the same questions, the same values, the same errors as in this process."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, TypeVar

import httpx2
from pydantic import TypeAdapter, ValidationError

from service.contract import (
    ArticleIn,
    CheckAnswer,
    CheckOptions,
    Options,
    QuotationsAnswer,
    decode_brief,
    decode_dossier,
    error_of,
    said,
)
from service.domain.brief import Brief
from service.domain.dossier import Dossier
from service.errors import ConfigurationError, ServiceUnreachable

_T = TypeVar("_T")
_QUOTATIONS: TypeAdapter[QuotationsAnswer] = TypeAdapter(QuotationsAnswer)
_CHECK: TypeAdapter[CheckAnswer] = TypeAdapter(CheckAnswer)
#: A long article with a slow model takes minutes; a server that is there accepts a connection in seconds.
_TIMEOUT = httpx2.Timeout(900.0, connect=10.0)


class Client:
    """Asks the server at ``url``. An ``async with`` block holds its connections. Raises ``ServiceUnreachable`` where none
    answers, and otherwise what the server says went wrong, as the error that it is."""

    def __init__(self, url: str, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        if not url.startswith(("http://", "https://")):
            raise ConfigurationError(f"A server's address begins with http:// or https://; this is {url!r}.")
        self._url = url.rstrip("/")
        self._http = httpx2.AsyncClient(base_url=self._url, timeout=_TIMEOUT, transport=transport)

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def brief(self, given: ArticleIn, options: Options) -> Brief:
        """The brief of one article; offsets come in code points, whatever the options say: they are converted later."""
        body = {"article": _article(given), "options": _options(options)}
        return self._read(decode_brief, await self._post("/v1/briefs", body))

    async def quotations(self, given: ArticleIn) -> QuotationsAnswer:
        """The quotations of one article."""
        return self._read(_QUOTATIONS.validate_json, await self._post("/v1/quotations", {"article": _article(given)}))

    async def check(self, sources: Sequence[ArticleIn], summary: str, options: CheckOptions) -> CheckAnswer:
        """A summary held against its sources."""
        body = {"sources": [_article(one) for one in sources], "summary": summary, "options": _options(options)}
        return self._read(_CHECK.validate_json, await self._post("/v1/checks", body))

    async def dossier(self, articles: Sequence[ArticleIn], briefs: Sequence[str], options: Options) -> Dossier:
        """The meetings of several articles, merged."""
        body = {"articles": [_article(one) for one in articles], "briefs": list(briefs), "options": _options(options)}
        return self._read(decode_dossier, await self._post("/v1/dossiers", body))

    async def ready(self) -> Mapping[str, Any]:
        """What ``/readyz`` says; what keeps it from being ready is raised."""
        try:
            response = await self._http.get("/readyz")
        except httpx2.HTTPError as error:
            raise self._unreachable(error) from error
        found = _json(response)
        if found is None or "status" not in found or _no_such_address(found):
            raise self._foreign(response)
        if response.status_code != 200:
            raise error_of(found)
        return found

    async def _post(self, path: str, body: Mapping[str, Any]) -> bytes:
        content = json.dumps(body, ensure_ascii=False).encode("utf-8")
        try:
            response = await self._http.post(path, content=content, headers={"Content-Type": "application/json"})
        except httpx2.HTTPError as error:
            raise self._unreachable(error) from error
        if response.status_code == 200:
            return response.content
        problem = _json(response)
        if problem is None or "code" not in problem or _no_such_address(problem):
            raise self._foreign(response)
        raise error_of(problem)

    def _read(self, decode: Callable[[bytes], _T], body: bytes) -> _T:
        try:
            return decode(body)
        except ValidationError as error:
            what = said(error.errors()[0]).removesuffix(".")
            reason = f"The answer of {self._url} is not what this version of Readout knows ({what})."
            raise ServiceUnreachable(reason) from error

    def _unreachable(self, error: httpx2.HTTPError) -> ServiceUnreachable:
        reason = str(error) or type(error).__name__
        return ServiceUnreachable(f"No Readout server answers at {self._url}: {reason}.")

    def _foreign(self, response: httpx2.Response) -> ServiceUnreachable:
        hint = (
            " The address may be wrong: give the server's own, without a path, such as http://127.0.0.1:8000."
            if response.status_code in (404, 405)
            else ""
        )
        return ServiceUnreachable(f"{self._url} answered {response.status_code}, and not as a Readout server does.{hint}")


def _article(given: ArticleIn) -> dict[str, Any]:
    return given.model_dump(exclude_none=True)


def _options(options: Options | CheckOptions) -> dict[str, Any]:
    return options.model_dump(exclude_defaults=True, exclude={"offset_unit"})


def _no_such_address(problem: Mapping[str, Any]) -> bool:
    """Whether it is the address that isn't there (and not, say, a stored brief): a Readout server at another path."""
    return problem.get("code") in ("not_found", "method_not_allowed") and "address" in str(problem.get("detail"))


def _json(response: httpx2.Response) -> Mapping[str, Any] | None:
    try:
        found = response.json()
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
