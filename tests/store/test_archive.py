"""What is kept comes back as it was, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from functools import cache

import pytest

from evals.cases import own
from evals.tasks.gold_records import brief_of
from service.archive import Archive
from service.domain.brief import Brief
from service.domain.dossier import Dossier
from service.errors import ConfigurationError, InputError, NotFound, StoreUnavailable
from service.pipeline import make_dossier
from service.store import Store
from service.store.engine import sqlite_url
from service.store.meetings import Wanted


@cache
def seeds() -> tuple[Brief, ...]:
    rows = [json.loads(line) for line in own("seeds").read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(brief_of(f"brf_{n}", row["article"], row["gold"]["meetings"]) for n, row in enumerate(rows))


def keep_seeds(archive: Archive) -> Dossier:
    dossier = make_dossier(seeds(), archive.new_id)
    archive.keep_dossier(dossier)
    return dossier


def found(archive: Archive, limit: int = 50, after: str | None = None, **wanted: object) -> list[str]:
    page = archive.meetings(Wanted(**wanted), limit, after)  # type: ignore[arg-type]
    return [f"{one.brief}/{one.meeting.id}" for one in page.data]


def clusters(dossier: Dossier) -> set[frozenset[tuple[str, str]]]:
    return {frozenset((s.brief, s.meeting) for s in one.sources) for one in dossier.meetings}


def test_a_brief_comes_back_as_it_was(archive: Archive) -> None:
    """Every field of a stored brief, NUL and letters beyond the first plane among its text."""
    odd = replace(seeds()[0], id="brf_odd", article=replace(seeds()[0].article, text="a\x00b \U0001f600 é", outlet="x\x00"))
    for brief in (*seeds(), odd):
        archive.keep_brief(brief)
    assert [archive.brief(brief.id) for brief in seeds()] == list(seeds())
    assert archive.brief("brf_odd") == odd
    archive.keep_brief(odd)
    assert len(archive.briefs(50, None).data) == len(seeds()) + 1


def test_pages_go_newest_first_and_lose_nothing(archive: Archive) -> None:
    """Pages of two, each going on after the last: every brief once, and the end is said."""
    for brief in seeds():
        archive.keep_brief(brief)
    first = archive.briefs(2, None)
    assert [one.id for one in first.data] == ["brf_3", "brf_2"]
    assert first.has_more
    last = archive.briefs(2, "brf_2")
    assert [one.id for one in last.data] == ["brf_1", "brf_0"]
    assert not last.has_more
    with pytest.raises(NotFound):
        archive.briefs(2, "brf_none")


def test_deleting_a_brief_takes_its_meetings_and_leaves_the_dossier_without_it(archive: Archive) -> None:
    """Nothing of a deleted article stays: not its records, nor its part in a dossier."""
    dossier = keep_seeds(archive)
    archive.delete_brief("brf_3")
    with pytest.raises(NotFound):
        archive.brief("brf_3")
    with pytest.raises(NotFound):
        archive.delete_brief("brf_3")
    assert not [one for one in found(archive) if one.startswith("brf_3/")]
    left = archive.dossier(dossier.id)
    assert [brief.id for brief in left.briefs] == ["brf_0", "brf_1", "brf_2"]
    assert left.created == dossier.created
    assert not [s for one in left.meetings for s in one.sources if s.brief == "brf_3"]
    assert archive.dossier(dossier.id) == left


def test_meetings_are_found_by_participant_in_any_spelling(archive: Archive) -> None:
    """All words of the name must be there; accents and transliteration do not matter."""
    keep_seeds(archive)
    assert len(found(archive, participant="putin")) == 8
    assert len(found(archive, participant="Wladimir Putin")) == 8
    assert len(found(archive, participant="VLADIMIR PUTIN")) == 8
    assert len(found(archive, participant="Lyudmila Putin")) == 0
    assert found(archive, participant="Trump's former aides") == ["brf_3/aides-officials"]
    assert found(archive, participant="nobody") == []


def test_meetings_are_found_by_place_day_and_status(archive: Archive) -> None:
    """Filters narrow each other; a date that is only known as a year fits any day of it."""
    keep_seeds(archive)
    assert set(found(archive, place="hamburg")) == {"brf_0/g20-dinner", "brf_0/g20-formal", "brf_1/g20-formal"}
    assert found(archive, first="2017-11-10", last="2017-11-10") == ["brf_3/g20-formal", "brf_3/danang-handshake"]
    assert found(archive, first="2017-11-10", last="2017-11-10", place="danang") == ["brf_3/danang-handshake"]
    assert found(archive, last="2016-12-31") == []
    assert set(found(archive, statuses=["planned", "alleged"])) == {"brf_3/danang-talks", "brf_2/g20-slipped-off"}
    page = found(archive, 3, participant="putin")
    assert len(page) == 3
    assert not set(page) & set(found(archive, 50, page[-1], participant="putin"))


def test_a_merge_by_hand_is_remembered_and_can_be_undone(archive: Archive) -> None:
    """Merged, read again, deleted a brief, still merged; split again, all as it was."""
    dossier = keep_seeds(archive)
    ids = {source.meeting: one.id for one in dossier.meetings for source in one.sources}
    merged = archive.merge(dossier.id, [ids["danang-handshake"], ids["danang-talks"]])
    joined = next(one for one in merged.meetings if len({s.brief for s in one.sources}) < len(one.sources))
    assert {s.meeting for s in joined.sources} == {"danang-handshake", "danang-talks"}
    assert any("by hand" in reason for reason in joined.why)
    assert archive.dossier(dossier.id) == merged
    again = archive.split(dossier.id, joined.id, [("brf_3", "danang-talks")])
    assert clusters(again) == clusters(dossier)
    assert again.id == dossier.id


def test_a_split_by_hand_is_remembered_and_can_be_undone(archive: Archive) -> None:
    """One source taken out stays out while other things change, until it is merged back."""
    dossier = keep_seeds(archive)
    formal = next(one for one in dossier.meetings if len(one.sources) == 3)
    split = archive.split(dossier.id, formal.id, [("brf_1", "g20-formal")])
    assert frozenset({("brf_1", "g20-formal")}) in clusters(split)
    assert frozenset({("brf_0", "g20-formal"), ("brf_3", "g20-formal")}) in clusters(split)
    archive.delete_brief("brf_2")
    still = archive.dossier(dossier.id)
    assert frozenset({("brf_1", "g20-formal")}) in clusters(still)
    halves = [one.id for one in still.meetings if any(s.meeting == "g20-formal" for s in one.sources)]
    back = archive.merge(dossier.id, halves)
    assert frozenset((f"brf_{n}", "g20-formal") for n in (0, 1, 3)) in clusters(back)


def test_decisions_made_at_the_same_moment_are_all_remembered(archive: Archive) -> None:
    """Two people merge different meetings of one dossier at once: neither takes the other's decision back."""
    dossier = keep_seeds(archive)
    ids = {source.meeting: one.id for one in dossier.meetings for source in one.sources}
    pairs = [("danang-handshake", "danang-talks"), ("g20-slipped-off", "aides-officials")]
    ready = threading.Barrier(len(pairs))

    def decide(pair: tuple[str, str]) -> None:
        ready.wait()
        archive.merge(dossier.id, [ids[pair[0]], ids[pair[1]]])

    threads = [threading.Thread(target=decide, args=(pair,)) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    homes = {source.meeting: one.id for one in archive.dossier(dossier.id).meetings for source in one.sources}
    assert homes["danang-handshake"] == homes["danang-talks"]
    assert homes["g20-slipped-off"] == homes["aides-officials"]


def test_a_dossier_whose_briefs_are_all_deleted_is_empty(archive: Archive) -> None:
    """It still answers, with nothing in it."""
    dossier = keep_seeds(archive)
    for brief in seeds():
        archive.delete_brief(brief.id)
    empty = archive.dossier(dossier.id)
    assert (empty.briefs, empty.meetings, empty.people) == ((), (), ())


def test_what_makes_no_sense_is_refused(archive: Archive) -> None:
    """A merge of one, a split of all or of strangers, an unknown id: an error, and nothing changes."""
    dossier = keep_seeds(archive)
    formal = next(one for one in dossier.meetings if len(one.sources) == 3)
    everything = [(s.brief, s.meeting) for s in formal.sources]
    for refused in (
        lambda: archive.merge(dossier.id, [formal.id]),
        lambda: archive.merge(dossier.id, [formal.id, formal.id]),
        lambda: archive.split(dossier.id, formal.id, []),
        lambda: archive.split(dossier.id, formal.id, everything),
        lambda: archive.split(dossier.id, formal.id, [("brf_3", "danang-talks")]),
    ):
        with pytest.raises(InputError):
            refused()
    for missing in (
        lambda: archive.merge(dossier.id, [formal.id, "m99"]),
        lambda: archive.split("dos_none", formal.id, everything[:1]),
        lambda: archive.dossier("dos_none"),
        lambda: archive.briefs_of(["brf_0", "brf_none"]),
    ):
        with pytest.raises(NotFound):
            missing()
    assert archive.dossier(dossier.id) == dossier


def test_dossiers_are_listed_and_deleted_and_their_briefs_stay(archive: Archive) -> None:
    """The newest first; deleting one leaves its briefs and the other dossiers."""
    first, second = keep_seeds(archive), keep_seeds(archive)
    assert [one.id for one in archive.dossiers(10, None).data] == [second.id, first.id]
    archive.delete_dossier(second.id)
    assert archive.dossiers(10, None).data == (first,)
    assert len(archive.briefs(10, None).data) == 4


def test_a_failure_leaves_nothing_half_stored(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a brief's meetings can't be stored, neither is the brief."""
    from service.store import meetings

    def failing(*_: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(meetings, "add", failing)
    with pytest.raises(RuntimeError):
        archive.keep_brief(seeds()[0])
    assert archive.briefs(10, None).data == ()


def test_many_at_once_lose_nothing(url: str) -> None:
    """Eight threads over four stores, opened at the same moment on an empty database: one schema, every brief stored."""
    stores = [Store(url) for _ in range(4)]
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            own_archive = Archive(stores[number % 4], lambda prefix: prefix)
            for turn in range(5):
                own_archive.keep_brief(replace(seeds()[1], id=f"brf_{number}_{turn}"))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(Archive(stores[0], str).briefs(100, None).data) == 40
    for store in stores:
        store.close()


def test_reading_does_not_wait_for_a_writer(url: str) -> None:
    """While somebody writes, others read what was there before."""
    store = Store(url)
    archive = Archive(store, str)
    archive.keep_brief(seeds()[0])
    from service.store import briefs

    with store.begin() as connection:
        briefs.add(connection, replace(seeds()[1], id="brf_new"))
        started = time.monotonic()
        assert [one.id for one in archive.briefs(10, None).data] == ["brf_0"]
        assert time.monotonic() - started < 5
    assert [one.id for one in archive.briefs(10, None).data] == ["brf_new", "brf_0"]
    store.close()


def test_the_migrations_make_what_the_tables_say(url: str) -> None:
    """Alembic finds no difference between the migrated schema and ``service.store.tables``."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from service.store.tables import METADATA

    store = Store(url)
    with store.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    store.close()


def test_the_migrations_go_back(url: str) -> None:
    """The schema can be taken back to nothing and forward again."""
    from pathlib import Path

    from alembic import command
    from alembic.config import Config
    from sqlalchemy import inspect

    import service.store

    store = Store(url)
    config = Config()
    config.set_main_option("script_location", str(Path(service.store.__file__).parent / "migrations"))
    for direction, expected in (("base", False), ("head", True)):
        with store.begin() as connection:
            config.attributes["connection"] = connection
            (command.downgrade if direction == "base" else command.upgrade)(config, direction)
        with store.begin() as connection:
            assert inspect(connection).has_table("briefs") is expected
    store.close()


def test_a_store_that_cannot_be_used_says_so_in_words(tmp_path: pytest.TempPathFactory) -> None:
    """Not a traceback: a file that is no database, a folder that can't be made, a server that is not there, a wrong URL."""
    path = tmp_path / "no.db"  # type: ignore[operator]
    path.write_text("this is a text file, not a database " * 40)
    for url in (sqlite_url(path), sqlite_url(path / "below" / "x.db")):
        with pytest.raises(StoreUnavailable) as raised, Store(url).begin():
            pass
        assert "\n" not in raised.value.detail
    for url in ("mysql://host/db", "nonsense"):
        with pytest.raises(ConfigurationError), Store(url).begin():
            pass


@pytest.mark.loopback
def test_a_database_server_that_is_not_there_is_said_so() -> None:
    """A refused connection is "store unavailable", within seconds, with no password in the message."""
    with pytest.raises(StoreUnavailable) as raised, Store("postgresql://me:s3cret@127.0.0.1:9/db?connect_timeout=2").begin():
        pass
    assert "s3cret" not in raised.value.detail


def test_nothing_of_the_database_is_imported_before_it_is_used() -> None:
    """The command line does not pay for the store: wiring it up imports neither SQLAlchemy nor Alembic."""
    import subprocess
    import sys

    code = "import sys, service.wiring, service.desk; print(sorted({'sqlalchemy', 'alembic', 'psycopg'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
