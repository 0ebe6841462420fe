"""Every query on ``dossiers``, their briefs and the decisions about them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, delete, insert, select, update

from service.contract.encoding import decode_dossier, encode
from service.domain.dossier import Decisions, Dossier
from service.errors import NotFound
from service.store import briefs
from service.store.paging import Page, number_of, page
from service.store.tables import DECISIONS, DOSSIER_BRIEFS, DOSSIERS


def add(connection: Connection, dossier: Dossier) -> None:
    """Stores a dossier whose briefs are stored."""
    connection.execute(insert(DOSSIERS).values(id=dossier.id, created=dossier.created, body=_body(dossier)))
    rows = [{"dossier": dossier.id, "position": n, "brief": brief.id} for n, brief in enumerate(dossier.briefs)]
    if rows:
        connection.execute(insert(DOSSIER_BRIEFS), rows)


def get(connection: Connection, id: str) -> Dossier | None:
    """The dossier of an id with its briefs; None where it has to be built again. Raises ``NotFound``."""
    number_of(connection, DOSSIERS, DOSSIERS.c.id == id, f"dossier {id!r:.80}")
    body = connection.execute(select(DOSSIERS.c.body).where(DOSSIERS.c.id == id)).scalar()
    if body is None:
        return None
    found = decode_dossier(body)
    return replace(found, briefs=tuple(briefs.several(connection, brief_ids(connection, id))))


def hold(connection: Connection, id: str) -> None:
    """Keeps others from changing a dossier until the transaction ends: what is decided builds on what was decided before.
    (On SQLite the transaction itself does.) Raises ``NotFound``."""
    query = select(DOSSIERS.c.number).where(DOSSIERS.c.id == id).with_for_update()
    if connection.execute(query).first() is None:
        raise NotFound(f"There is no dossier {id[:80]!r}. It was never stored, or it has been deleted.")


def brief_ids(connection: Connection, id: str) -> list[str]:
    """The ids of a dossier's briefs, in order."""
    query = select(DOSSIER_BRIEFS.c.brief).where(DOSSIER_BRIEFS.c.dossier == id).order_by(DOSSIER_BRIEFS.c.position)
    return list(connection.execute(query).scalars())


def created(connection: Connection, id: str) -> str:
    """When a dossier was made. Raises ``NotFound``."""
    found = connection.execute(select(DOSSIERS.c.created).where(DOSSIERS.c.id == id)).scalar()
    if found is None:
        raise NotFound(f"There is no dossier {id[:80]!r}. It was never stored, or it has been deleted.")
    return str(found)


def save(connection: Connection, dossier: Dossier) -> None:
    """Puts a dossier that was built again in the place of what was stored under its id."""
    connection.execute(update(DOSSIERS).where(DOSSIERS.c.id == dossier.id).values(body=_body(dossier)))


def listed(connection: Connection, limit: int, after: str | None) -> Page[str]:
    """The ids of the newest dossiers first, those after the id ``after``. Raises ``NotFound`` where that is none."""
    start = number_of(connection, DOSSIERS, DOSSIERS.c.id == after, f"dossier {after!r:.80}") if after else None
    rows, more = page(connection, DOSSIERS, select(DOSSIERS.c.id), limit, start)
    return Page(tuple(row.id for row in rows), more)


def remove(connection: Connection, id: str) -> None:
    """Deletes a dossier and what was decided about it; its briefs stay. Raises ``NotFound``."""
    number = number_of(connection, DOSSIERS, DOSSIERS.c.id == id, f"dossier {id!r:.80}")
    connection.execute(delete(DOSSIERS).where(DOSSIERS.c.number == number))


def decisions(connection: Connection, id: str) -> Decisions:
    """What was decided about a dossier."""
    query = select(DECISIONS.c.kind, DECISIONS.c.refs).where(DECISIONS.c.dossier == id).order_by(DECISIONS.c.position)
    rows = connection.execute(query).all()
    groups = [(row.kind, frozenset((brief, meeting) for brief, meeting in json.loads(row.refs))) for row in rows]
    return Decisions(
        together=tuple(refs for kind, refs in groups if kind == "together"),
        apart=tuple(refs for kind, refs in groups if kind == "apart"),
    )


def decide(connection: Connection, id: str, decided: Decisions) -> None:
    """Puts ``decided`` in the place of what was decided before."""
    connection.execute(delete(DECISIONS).where(DECISIONS.c.dossier == id))
    groups: Sequence[tuple[str, frozenset[tuple[str, str]]]] = [
        *(("together", refs) for refs in decided.together),
        *(("apart", refs) for refs in decided.apart),
    ]
    rows = [
        {"dossier": id, "position": n, "kind": kind, "refs": json.dumps(sorted(refs))}
        for n, (kind, refs) in enumerate(groups)
    ]
    if rows:
        connection.execute(insert(DECISIONS), rows)


def _body(dossier: Dossier) -> str:
    return json.dumps(encode(replace(dossier, briefs=())))
