"""The ledger of answers: what was paid for once is never asked again.

A small SQLite file. An answer is committed the moment it arrives, under the hash of the request that it answers; it
outlives crashes and serves replays. Beside it: what was spent each day, and what was learnt of servers.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from service.domain.brief import Usage
from service.errors import ConfigurationError
from service.models.base import FinishReason

_TABLES = """
CREATE TABLE IF NOT EXISTS answers (
  key TEXT PRIMARY KEY, created REAL NOT NULL, model TEXT NOT NULL, endpoint TEXT NOT NULL, purpose TEXT NOT NULL,
  text TEXT NOT NULL, finish TEXT NOT NULL, refusal TEXT, usage TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS spent (day TEXT PRIMARY KEY, tokens INTEGER NOT NULL, usd REAL NOT NULL);
CREATE TABLE IF NOT EXISTS learnt (
  server TEXT NOT NULL, model TEXT NOT NULL, what TEXT NOT NULL, PRIMARY KEY (server, model));
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that arrived in whole. ``usage`` is of the attempt that brought it, as it was then."""

    text: str
    finish: FinishReason
    refusal: str | None
    usage: Usage


def request_key(endpoint: str, body: Mapping[str, Any]) -> str:
    """The name of a request: SHA-256 over server and body, in canonical JSON."""
    canonical = json.dumps([endpoint, body], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


class Ledger:
    """``path`` None keeps all in memory (for one process). Safe for several threads and several processes."""

    def __init__(self, path: Path | None) -> None:
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(
                str(path) if path else ":memory:", check_same_thread=False, isolation_level=None, timeout=10
            )
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.execute("PRAGMA synchronous=NORMAL")
            self._base.executescript(_TABLES)
        except (OSError, sqlite3.Error) as error:
            raise ConfigurationError(f"the ledger of answers can't be opened at {path}: {error}") from error
        self._lock = threading.Lock()

    def get(self, key: str) -> Answer | None:
        """The answer to a request that was made before."""
        with self._lock:
            row = self._base.execute("SELECT text, finish, refusal, usage FROM answers WHERE key = ?", (key,)).fetchone()
        return Answer(row[0], row[1], row[2], Usage(**json.loads(row[3]))) if row else None

    def put(self, key: str, answer: Answer, origin: tuple[str, str, str]) -> None:
        """Keep an answer, for good; a later one (asked for with ``fresh``) takes its place. ``origin``: (model, endpoint,
        purpose). The text is stored as it came, lone surrogates replaced."""
        text = answer.text.encode("utf-8", "replace").decode("utf-8")
        row = (key, time.time(), *origin, text, answer.finish, answer.refusal, json.dumps(asdict(answer.usage)))
        with self._lock:
            self._base.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def spend(self, tokens: int, usd: float) -> None:
        """Book what a call cost on today (UTC)."""
        with self._lock:
            self._base.execute(
                "INSERT INTO spent VALUES (?, ?, ?) ON CONFLICT (day) DO UPDATE "
                "SET tokens = tokens + excluded.tokens, usd = usd + excluded.usd",
                (_today(), tokens, usd),
            )

    def spent_today(self) -> tuple[int, float]:
        """(tokens, US dollars) spent today (UTC), by all processes that share the file."""
        with self._lock:
            row = self._base.execute("SELECT tokens, usd FROM spent WHERE day = ?", (_today(),)).fetchone()
        return (int(row[0]), float(row[1])) if row else (0, 0.0)

    def remember(self, server: str, model: str, what: Mapping[str, Any]) -> None:
        """Keep what was learnt of a server's model."""
        with self._lock:
            self._base.execute("INSERT OR REPLACE INTO learnt VALUES (?, ?, ?)", (server, model, json.dumps(what)))

    def recall(self, server: str, model: str) -> dict[str, Any] | None:
        """What was learnt of a server's model."""
        with self._lock:
            row = self._base.execute("SELECT what FROM learnt WHERE server = ? AND model = ?", (server, model)).fetchone()
        return dict(json.loads(row[0])) if row else None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._base.close()


def _today() -> str:
    return time.strftime("%Y-%m-%d", time.gmtime())
