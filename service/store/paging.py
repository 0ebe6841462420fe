"""A page of a listing: newest first, going on after a row that the caller names by its id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, select

from service.errors import NotFound

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """``items`` in order; ``has_more``: there are others after the last one."""

    items: tuple[T, ...]
    has_more: bool


def page(
    connection: Connection, table: Table, query: Select[Any], limit: int, after: int | None
) -> tuple[Sequence[Row[Any]], bool]:
    """At most ``limit`` rows of ``query``, the newest of ``table`` first, from those below the number ``after``; and whether
    there are more."""
    if after is not None:
        query = query.where(table.c.number < after)
    rows = connection.execute(query.order_by(table.c.number.desc()).limit(limit + 1)).all()
    return rows[:limit], len(rows) > limit


def number_of(connection: Connection, table: Table, where: ColumnElement[bool], what: str) -> int:
    """The number of one row. Raises ``NotFound`` naming ``what``."""
    found = connection.execute(select(table.c.number).where(where)).scalar()
    if found is None:
        raise NotFound(f"There is no {what}. It was never stored, or it has been deleted.")
    return int(found)
