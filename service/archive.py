"""The archive: what is kept of what was made. It owns the transactions; one call is one of them.

Dossiers are kept as they were built. When a brief of one is deleted, or somebody decides that records are or are not one
meeting, it is built again from its briefs and from all that was decided.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from service.contract.answers import BriefList, DossierList, MeetingList
from service.domain.brief import Brief
from service.domain.dossier import Decisions, Dossier, RecordRef
from service.errors import InputError, NotFound
from service.pipeline import make_dossier
from service.store import Store

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from service.store.meetings import Wanted


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything that is stored, behind one door. All methods block; they raise ``StoreUnavailable`` where the database
    can't be used, and ``NotFound`` for an id that is not stored. ``new_id`` makes an id from a prefix."""

    store: Store
    new_id: Callable[[str], str]

    def keep_brief(self, brief: Brief) -> None:
        """Stores a brief (offsets in code points) and its meetings."""
        from service.store import briefs

        with self.store.begin() as connection:
            briefs.add(connection, brief)

    def brief(self, id: str) -> Brief:
        """A stored brief."""
        from service.store import briefs

        with self.store.read() as connection:
            return briefs.get(connection, id)

    def briefs_of(self, ids: Sequence[str]) -> list[Brief]:
        """The stored briefs of these ids, in this order, each once."""
        from service.store import briefs

        with self.store.read() as connection:
            return briefs.several(connection, ids)

    def briefs(self, limit: int, after: str | None) -> BriefList:
        """A page of the stored briefs, newest first."""
        from service.store import briefs

        with self.store.read() as connection:
            page = briefs.listed(connection, limit, after)
        return BriefList("list", page.items, page.has_more)

    def delete_brief(self, id: str) -> None:
        """Forgets a brief, its article and its meetings."""
        from service.store import briefs

        with self.store.begin() as connection:
            briefs.remove(connection, id)

    def meetings(self, wanted: Wanted, limit: int, after: str | None) -> MeetingList:
        """A page of the stored records that fit, newest first."""
        from service.store import meetings

        with self.store.read() as connection:
            page = meetings.listed(connection, wanted, limit, after)
        return MeetingList("list", "codepoint", page.items, page.has_more)

    def keep_dossier(self, dossier: Dossier) -> None:
        """Stores a dossier, and those of its briefs that are not stored yet."""
        from service.store import briefs, dossiers

        with self.store.begin() as connection:
            for brief in dossier.briefs:
                briefs.add(connection, brief)
            dossiers.add(connection, dossier)

    def dossier(self, id: str) -> Dossier:
        """A stored dossier with its briefs."""
        with self.store.begin() as connection:
            return self._current(connection, id)

    def dossiers(self, limit: int, after: str | None) -> DossierList:
        """A page of the stored dossiers, newest first."""
        from service.store import dossiers

        with self.store.begin() as connection:
            page = dossiers.listed(connection, limit, after)
            return DossierList("list", tuple(self._current(connection, id) for id in page.items), page.has_more)

    def delete_dossier(self, id: str) -> None:
        """Forgets a dossier and what was decided about it; its briefs stay."""
        from service.store import dossiers

        with self.store.begin() as connection:
            dossiers.remove(connection, id)

    def merge(self, id: str, meetings: Sequence[str]) -> Dossier:
        """The dossier with these of its meetings (ids) made one, for good. Raises ``InputError`` for fewer than two."""
        from service.store import dossiers

        with self.store.begin() as connection:
            dossiers.hold(connection, id)
            dossier = self._current(connection, id)
            chosen = [_sources(dossier, meeting) for meeting in dict.fromkeys(meetings)]
            if len(chosen) < 2:
                raise InputError("A merge takes at least two meetings of the dossier.")
            return self._decide(connection, dossier, lambda so_far: so_far.merged(frozenset().union(*chosen)))

    def split(self, id: str, meeting: str, sources: Sequence[RecordRef]) -> Dossier:
        """The dossier with these ``sources`` of a meeting made a meeting of their own, for good. Raises ``InputError`` where
        they are none, all, or not of that meeting."""
        from service.store import dossiers

        with self.store.begin() as connection:
            dossiers.hold(connection, id)
            dossier = self._current(connection, id)
            whole, taken = _sources(dossier, meeting), frozenset(sources)
            if not taken or not taken < whole:
                raise InputError(f"A split takes some, but not all, of the {len(whole)} sources of {meeting[:80]}.")
            return self._decide(connection, dossier, lambda so_far: so_far.split(taken, whole - taken))

    def _decide(self, connection: Connection, dossier: Dossier, decide: Callable[[Decisions], Decisions]) -> Dossier:
        from service.store import dossiers

        decided = decide(dossiers.decisions(connection, dossier.id))
        dossiers.decide(connection, dossier.id, decided)
        return self._rebuilt(connection, dossier.id, dossier.briefs, decided)

    def _current(self, connection: Connection, id: str) -> Dossier:
        from service.store import briefs, dossiers

        stored = dossiers.get(connection, id)
        if stored is not None:
            return stored
        left = briefs.several(connection, dossiers.brief_ids(connection, id))
        return self._rebuilt(connection, id, left, dossiers.decisions(connection, id))

    def _rebuilt(self, connection: Connection, id: str, briefs: Sequence[Brief], decided: Decisions) -> Dossier:
        from service.store import dossiers

        place = {brief.id: number for number, brief in enumerate(briefs)}
        together, apart = (
            [[(place[brief], meeting) for brief, meeting in sorted(refs) if brief in place] for refs in groups]
            for groups in (decided.together, decided.apart)
        )
        built = make_dossier(briefs, self.new_id, together, apart)
        dossier = replace(built, id=id, created=dossiers.created(connection, id))
        dossiers.save(connection, dossier)
        return dossier


def _sources(dossier: Dossier, meeting: str) -> frozenset[RecordRef]:
    for one in dossier.meetings:
        if one.id == meeting:
            return frozenset((source.brief, source.meeting) for source in one.sources)
    raise NotFound(f"The dossier has no meeting {meeting[:80]!r}.")
