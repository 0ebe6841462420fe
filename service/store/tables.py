"""The tables. Bodies are JSON as text, written in ASCII: PostgreSQL takes no NUL in a text, and an article may hold one."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: ``number`` counts up: it is the order of listing, and what a page goes on from.
BRIEFS = Table(
    "briefs",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False),
    Column("created", String(32), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("outlet", Text),
    Column("published", String(40)),
    Column("body", Text, nullable=False),
    UniqueConstraint("id"),
    Index(None, "sha256"),
    sqlite_autoincrement=True,
)

#: A record of a brief. ``first`` and ``last``: the days that its date can mean (YYYY-MM-DD), null where that is unknown.
MEETINGS = Table(
    "meetings",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("brief", ForeignKey("briefs.id", ondelete="CASCADE"), nullable=False),
    Column("meeting", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("first", String(10)),
    Column("last", String(10)),
    Column("body", Text, nullable=False),
    UniqueConstraint("brief", "meeting"),
    Index(None, "status"),
    Index(None, "first", "last"),
    sqlite_autoincrement=True,
)

#: The words by which meetings are found: ``kind`` is participant or place, ``word`` is folded (``language.spelling``).
MEETING_WORDS = Table(
    "meeting_words",
    METADATA,
    Column("meeting", ForeignKey("meetings.number", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(12), primary_key=True),
    Column("word", String(80), primary_key=True),
    Index(None, "kind", "word"),
)

#: ``body`` is the dossier without its briefs; null: it has to be built again, for a brief of it was deleted.
DOSSIERS = Table(
    "dossiers",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False),
    Column("created", String(32), nullable=False),
    Column("body", Text),
    UniqueConstraint("id"),
    sqlite_autoincrement=True,
)

DOSSIER_BRIEFS = Table(
    "dossier_briefs",
    METADATA,
    Column("dossier", ForeignKey("dossiers.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("brief", ForeignKey("briefs.id", ondelete="CASCADE"), nullable=False),
    Index(None, "brief"),
)

#: What a person has decided about a dossier's records: ``kind`` is together or apart, ``refs`` are [brief, meeting] pairs.
DECISIONS = Table(
    "decisions",
    METADATA,
    Column("dossier", ForeignKey("dossiers.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("refs", Text, nullable=False),
)
