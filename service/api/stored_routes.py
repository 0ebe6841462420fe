"""The routes of what is stored: parse, call the archive, answer; nothing else."""

from __future__ import annotations

import asyncio
import re
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import HTMLResponse, Response

from service.api.routes import JsonRoute, answer
from service.archive import Archive
from service.contract import MergeRequest, SplitRequest, encode
from service.contract.answers import BriefList, Deleted, DossierList, MeetingList
from service.domain.brief import Brief, OffsetUnit
from service.domain.dossier import Dossier
from service.domain.meeting import MeetingStatus
from service.language.calendar_units import bounds
from service.web import brief_page, content_security_policy, dossier_page

router = APIRouter(route_class=JsonRoute)

BriefId = Annotated[str, Path(description="A brief's id (brf_…).", max_length=100)]
DossierId = Annotated[str, Path(description="A dossier's id (dos_…).", max_length=100)]
Limit = Annotated[int, Query(ge=1, le=100, description="Most objects of one page.")]
FewLimit = Annotated[int, Query(ge=1, le=20, description="Most dossiers of one page; each comes with all its briefs.")]
Unit = Annotated[OffsetUnit, Query(description="Unit of the offsets.")]
Day = Annotated[str | None, Query(max_length=10, description="YYYY-MM-DD, a month (YYYY-MM) or a year (YYYY).")]

_DAY = re.compile(r"\d{4}(-\d\d){0,2}")


def _archive(request: Request) -> Archive:
    archive = request.app.state.archive
    assert isinstance(archive, Archive)
    return archive


@router.get("/v1/briefs", response_model=BriefList, tags=["briefs"], summary="List stored briefs")
async def list_briefs(
    request: Request,
    limit: Limit = 20,
    after: Annotated[str | None, Query(description="The id that the page goes on after.")] = None,
    offset_unit: Unit = "codepoint",
) -> Response:
    """The stored briefs, newest first."""
    return await answer(await asyncio.to_thread(_archive(request).briefs, limit, after), offset_unit)


@router.get("/v1/briefs/{id}", response_model=Brief, tags=["briefs"], summary="Get a stored brief")
async def get_brief(id: BriefId, request: Request, offset_unit: Unit = "codepoint") -> Response:
    """A stored brief."""
    return await answer(await asyncio.to_thread(_archive(request).brief, id), offset_unit)


@router.delete("/v1/briefs/{id}", response_model=Deleted, tags=["briefs"], summary="Delete a stored brief")
async def delete_brief(id: BriefId, request: Request) -> Response:
    """Forgets a brief, its article and its meetings; dossiers that hold it are built again without it."""
    await asyncio.to_thread(_archive(request).delete_brief, id)
    return await answer(Deleted(id, "brief"))


@router.get("/v1/briefs/{id}/view", response_class=HTMLResponse, tags=["briefs"], summary="Look at a stored brief")
async def view_brief(id: BriefId, request: Request) -> Response:
    """The article with its evidence highlighted: one self-contained page."""
    brief = await asyncio.to_thread(_archive(request).brief, id)
    return _page(await asyncio.to_thread(brief_page, [brief]))


@router.get("/v1/dossiers", response_model=DossierList, tags=["dossiers"], summary="List stored dossiers")
async def list_dossiers(
    request: Request,
    limit: FewLimit = 5,
    after: Annotated[str | None, Query(description="The id that the page goes on after.")] = None,
    offset_unit: Unit = "codepoint",
) -> Response:
    """The stored dossiers, newest first."""
    return await answer(await asyncio.to_thread(_archive(request).dossiers, limit, after), offset_unit)


@router.get("/v1/dossiers/{id}", response_model=Dossier, tags=["dossiers"], summary="Get a stored dossier")
async def get_dossier(id: DossierId, request: Request, offset_unit: Unit = "codepoint") -> Response:
    """A stored dossier, with all that was decided about it."""
    return await answer(await asyncio.to_thread(_archive(request).dossier, id), offset_unit)


@router.delete("/v1/dossiers/{id}", response_model=Deleted, tags=["dossiers"], summary="Delete a stored dossier")
async def delete_dossier(id: DossierId, request: Request) -> Response:
    """Forgets a dossier and what was decided about it; its briefs stay."""
    await asyncio.to_thread(_archive(request).delete_dossier, id)
    return await answer(Deleted(id, "dossier"))


@router.get("/v1/dossiers/{id}/view", response_class=HTMLResponse, tags=["dossiers"], summary="Look at a stored dossier")
async def view_dossier(id: DossierId, request: Request) -> Response:
    """Timeline, meetings with their conflicts side by side, and the articles: one self-contained page."""
    dossier = await asyncio.to_thread(_archive(request).dossier, id)
    return _page(await asyncio.to_thread(dossier_page, dossier))


@router.post("/v1/dossiers/{id}:merge", response_model=Dossier, tags=["dossiers"], summary="These meetings are one")
async def merge_meetings(id: DossierId, body: MergeRequest, request: Request, offset_unit: Unit = "codepoint") -> Response:
    """Makes meetings of a dossier one, whatever the rules think. It is remembered; ``:split`` undoes it."""
    return await answer(await asyncio.to_thread(_archive(request).merge, id, body.meetings), offset_unit)


@router.post(
    "/v1/dossiers/{id}:split", response_model=Dossier, tags=["dossiers"], summary="These sources are another meeting"
)
async def split_meeting(id: DossierId, body: SplitRequest, request: Request, offset_unit: Unit = "codepoint") -> Response:
    """Makes some sources of a meeting one of their own, whatever the rules think. It is remembered; ``:merge`` undoes it."""
    sources = [(one.brief, one.meeting) for one in body.sources]
    return await answer(await asyncio.to_thread(_archive(request).split, id, body.meeting, sources), offset_unit)


@router.get("/v1/meetings", response_model=MeetingList, tags=["meetings"], summary="Search stored meetings")
async def list_meetings(
    request: Request,
    participant: Annotated[str | None, Query(description="Words of a name, in any spelling.", max_length=200)] = None,
    place: Annotated[str | None, Query(description="Words of a place, in any spelling.", max_length=200)] = None,
    first: Annotated[Day, Query(alias="from", description="The meeting can be on this day or later.")] = None,
    last: Annotated[Day, Query(alias="to", description="The meeting can be on this day or earlier.")] = None,
    status: Annotated[list[MeetingStatus] | None, Query(description="Any of these; may be repeated.")] = None,
    limit: Limit = 20,
    after: Annotated[str | None, Query(description="BRIEF/MEETING that the page goes on after.")] = None,
    offset_unit: Unit = "codepoint",
) -> Response:
    """Every stored meeting record that fits, newest first. Offsets point into the brief's article."""
    from service.store.meetings import Wanted

    earliest, latest = _edge("from", first, 0), _edge("to", last, 1)
    if earliest is not None and latest is not None and earliest > latest:
        raise _wrong("from", f"{first} is later than {last}, which `to` says: no day lies between them")
    wanted = Wanted(participant, place, earliest, latest, tuple(status or ()))
    page = await asyncio.to_thread(_archive(request).meetings, wanted, limit, after)
    if offset_unit == "codepoint":
        return await answer(page)
    ids = list(dict.fromkeys(one.brief for one in page.data))
    briefs = await asyncio.to_thread(_archive(request).briefs_of, ids)
    texts = {brief.id: brief.article.text for brief in briefs}
    data = [encode(one, offset_unit, [texts[one.brief]]) for one in page.data]
    return await answer({**encode(page), "offset_unit": offset_unit, "data": data})


def _edge(name: str, day: str | None, side: int) -> str | None:
    """The first or last day of a day, month or year. Raises for one that no calendar has."""
    if day is None:
        return None
    known = bounds(day) if _DAY.fullmatch(day) else None
    if known is None:
        raise _wrong(name, f"{day} is no day (YYYY-MM-DD), month (YYYY-MM) or year (YYYY)")
    return known[side].isoformat()


def _wrong(name: str, reason: str) -> RequestValidationError:
    return RequestValidationError([{"loc": ("query", name), "type": "date", "msg": reason}])


def _page(html: str) -> Response:
    return HTMLResponse(html, headers={"Content-Security-Policy": content_security_policy()})
