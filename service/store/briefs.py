"""Every query on ``briefs``."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from service.contract.encoding import decode_brief, encode
from service.domain.brief import Brief
from service.errors import NotFound
from service.store import meetings
from service.store.paging import Page, number_of, page
from service.store.tables import BRIEFS, DOSSIER_BRIEFS, DOSSIERS


def add(connection: Connection, brief: Brief) -> None:
    """Stores ``brief`` (offsets in code points) with its meetings. An id that is there already is left as it is."""
    if connection.execute(select(BRIEFS.c.number).where(BRIEFS.c.id == brief.id)).first():
        return
    connection.execute(
        insert(BRIEFS).values(
            id=brief.id,
            created=brief.created,
            sha256=brief.article.sha256,
            outlet=_clean(brief.article.outlet),
            published=_clean(brief.article.published),
            body=json.dumps(encode(brief)),
        )
    )
    meetings.add(connection, brief)


def get(connection: Connection, id: str) -> Brief:
    """The brief of an id. Raises ``NotFound``."""
    body = connection.execute(select(BRIEFS.c.body).where(BRIEFS.c.id == id)).scalar()
    if body is None:
        raise NotFound(f"There is no brief {id[:80]!r}. It was never stored, or it has been deleted.")
    return decode_brief(body)


def several(connection: Connection, ids: Sequence[str]) -> list[Brief]:
    """The briefs of these ids, in this order. Raises ``NotFound`` for the first that is missing."""
    wanted = list(dict.fromkeys(ids))
    rows = connection.execute(select(BRIEFS.c.id, BRIEFS.c.body).where(BRIEFS.c.id.in_(wanted))).all()
    found = {row.id: row.body for row in rows}
    for id in wanted:
        if id not in found:
            raise NotFound(f"There is no brief {id[:80]!r}. It was never stored, or it has been deleted.")
    return [decode_brief(found[id]) for id in wanted]


def listed(connection: Connection, limit: int, after: str | None) -> Page[Brief]:
    """The newest briefs first, those after the id ``after``. Raises ``NotFound`` where that is none."""
    start = number_of(connection, BRIEFS, BRIEFS.c.id == after, f"brief {after!r:.80}") if after else None
    rows, more = page(connection, BRIEFS, select(BRIEFS.c.body), limit, start)
    return Page(tuple(decode_brief(row.body) for row in rows), more)


def remove(connection: Connection, id: str) -> None:
    """Deletes a brief with its meetings; the dossiers that hold it will be built again without it. Raises ``NotFound``."""
    number = number_of(connection, BRIEFS, BRIEFS.c.id == id, f"brief {id!r:.80}")
    holding = select(DOSSIER_BRIEFS.c.dossier).where(DOSSIER_BRIEFS.c.brief == id)
    connection.execute(DOSSIERS.update().where(DOSSIERS.c.id.in_(holding)).values(body=None))
    connection.execute(delete(BRIEFS).where(BRIEFS.c.number == number))


def _clean(text: str | None) -> str | None:
    """Text that every database takes: no NUL, no half of a surrogate pair."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8") if text else None
