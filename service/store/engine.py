"""Opening the store: the engine, its pragmas, and bringing the schema up to date."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.errors import ConfigurationError, StoreUnavailable

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_MIGRATIONS = Path(__file__).parent / "migrations"
#: A number of our own among PostgreSQL's advisory locks: held while the schema is brought up to date.
_LOCK = 0x5EAD0075
#: The mark of a connection whose transaction only reads.
_READING = "readout_reading"


class Store:
    """The database at ``url`` (SQLAlchemy's form; ``postgres://``, ``postgresql://`` mean psycopg). Nothing is opened, and
    SQLAlchemy not imported, before the first use; the first use also brings the schema up to date. Safe between threads."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._engine: Engine | None = None

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction: committed at the end of the block, undone if it raises. Raises ``StoreUnavailable`` where the
        database can't be reached or written."""
        with self._transaction(reading=False) as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """As ``begin``, for a block that only reads: on SQLite it neither waits for a writer nor keeps one waiting."""
        with self._transaction(reading=True) as connection:
            yield connection

    @contextmanager
    def _transaction(self, reading: bool) -> Iterator[Connection]:
        from sqlalchemy.exc import DBAPIError

        try:
            with self._opened().connect() as connection, connection.execution_options(**{_READING: reading}).begin():
                yield connection
        except DBAPIError as error:
            raise StoreUnavailable(f"The store can't be used: {_reason(error)}.") from error

    def close(self) -> None:
        """Gives up all connections; the next use opens anew."""
        with self._lock:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None

    def _opened(self) -> Engine:
        with self._lock:
            if self._engine is None:
                engine = _engine_for(self._url)
                _bring_up_to_date(engine)
                self._engine = engine
            return self._engine


def sqlite_url(path: Path) -> str:
    """The URL of the SQLite file at ``path``."""
    return f"sqlite:///{path}"


def _engine_for(url: str) -> Engine:
    from sqlalchemy import create_engine, event, make_url
    from sqlalchemy.exc import ArgumentError

    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigurationError("READOUT_DATABASE_URL is not a database URL (sqlite:///FILE or postgresql://…).") from error
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            _make_folder(Path(parsed.database).parent)
        engine = create_engine(parsed)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed, pool_pre_ping=True)
    raise ConfigurationError(f"The store works on SQLite and PostgreSQL, not on {parsed.get_backend_name()}.")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            f"The store's folder {folder} can't be made: {(error.strerror or str(error)).lower()}."
        ) from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Transactions are ours to begin (pysqlite would begin them late, and not for DDL); readers don't wait for writers."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("busy_timeout=15000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A transaction that will write takes its turn at once: one that began by reading could be refused when it writes."""
    reading = connection.get_execution_options().get(_READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _bring_up_to_date(engine: Engine) -> None:
    """Runs the migrations that are missing, in one transaction, with all other processes waiting."""
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    try:
        if _revision(engine) == _newest():
            return
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            _migrate(connection)
    except DBAPIError as error:
        raise StoreUnavailable(f"The store can't be opened: {_reason(error)}.") from error


def _revision(engine: Engine) -> str | None:
    """The schema's revision; None where there is no schema yet. Asked without Alembic, whose import takes 0.2 s."""
    from sqlalchemy import inspect, text

    with engine.begin() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("select version_num from alembic_version")).scalar()
        return str(found) if found is not None else None


def _newest() -> str:
    """The newest revision that this version knows: the last file by name."""
    return sorted(path.stem for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))[-1].split("_")[0]


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise ConfigurationError(f"The store was made by a newer version of Readout ({error}). Use that one.") from error


def _reason(error: Exception) -> str:
    """What the database said, without the statement and its values: an article is nobody's business in a message."""
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    return said[0].rstrip(".") if said else type(error).__name__
