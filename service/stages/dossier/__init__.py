"""Several briefs into one dossier: one record for each real meeting, a timeline, and the people over all articles."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from service.domain.brief import ArticleInfo, Brief
from service.domain.dossier import Dossier, MeetingSource, MergedMeeting, TimelineEntry
from service.language.calendar_units import bounds
from service.stages.dossier.clustering import Cluster, cluster
from service.stages.dossier.conflicts import conflicts
from service.stages.dossier.copies import copy_groups
from service.stages.dossier.identity import Identities
from service.stages.dossier.items import Ref, items_of
from service.stages.dossier.merging import merge

__all__ = ["Ref", "build_dossier"]


def build_dossier(
    briefs: Sequence[Brief],
    new_id: Callable[[str], str],
    together: Iterable[Collection[Ref]] = (),
    apart: Iterable[Collection[Ref]] = (),
) -> Dossier:
    """The dossier of ``briefs`` (all in code points). ``together`` and ``apart`` hold what a person has decided: groups of
    records, as (index of the brief, id of the meeting), that are one meeting, or of which no two are."""
    who = Identities(briefs)
    items = items_of(briefs, who)
    # A meeting is called by the place of its first record among all: no merge and no split renames another.
    place = {item.ref: number for number, item in enumerate(items, 1)}
    clusters = cluster(items, together, apart)
    for one in clusters:
        one.items.sort(key=lambda item: place[item.ref])
    clusters.sort(key=lambda one: place[one.items[0].ref])
    groups = copy_groups([_body(brief) for brief in briefs])
    meetings = tuple(_merged(place[one.items[0].ref], one, briefs, groups, who) for one in clusters)
    return Dossier(
        id=new_id("dos"),
        object="dossier",
        created=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        briefs=tuple(briefs),
        meetings=meetings,
        timeline=_timeline(meetings),
        people=who.people(),
        warnings=(),
    )


def _merged(number: int, one: Cluster, briefs: Sequence[Brief], groups: Sequence[int], who: Identities) -> MergedMeeting:
    sources = tuple(
        MeetingSource(
            brief=briefs[item.ref[0]].id,
            meeting=item.ref[1],
            outlet=briefs[item.ref[0]].article.outlet,
            published=briefs[item.ref[0]].article.published,
        )
        for item in one.items
    )
    why = list(one.why)
    articles = {item.ref[0] for item in one.items}
    copies = len(articles) - len({groups[index] for index in articles})
    if copies:
        why.append(f"{copies} of the {len(articles)} articles repeat another's text and corroborate nothing")
    return MergedMeeting(
        id=f"m{number}",
        record=merge(one.items, briefs, who, f"m{number}"),
        sources=sources,
        corroboration=_independent([item.ref[0] for item in one.items], briefs, groups),
        conflicts=conflicts(one.items, who),
        why=tuple(why),
    )


def _independent(indices: Sequence[int], briefs: Sequence[Brief], groups: Sequence[int]) -> int:
    """Independent outlets: articles that copy one text count once, and so do articles of one named outlet."""
    seen_groups: set[int] = set()
    seen_outlets: set[str] = set()
    count = 0
    for index in indices:
        outlet = _outlet(briefs[index].article)
        if groups[index] not in seen_groups and not (outlet and outlet in seen_outlets):
            count += 1
        seen_groups.add(groups[index])
        if outlet:
            seen_outlets.add(outlet)
    return count


def _body(brief: Brief) -> str:
    """The article without its furniture: two stories with one subscription block are no copies."""
    text, pieces, at = brief.article.text, [], 0
    for span in sorted((one.span for one in brief.furniture), key=lambda span: span.start):
        pieces.append(text[at : max(at, span.start)])
        at = max(at, span.end)
    return " ".join([*pieces, text[at:]])


def _outlet(article: ArticleInfo) -> str:
    """Who published it: as stated, else the host of its address; "" where neither is known."""
    stated = (article.outlet or "").strip().casefold()
    if stated or not article.url:
        return stated
    try:
        return (urlsplit(article.url).hostname or "").removeprefix("www.")
    except ValueError:  # an address that is none
        return ""


def _timeline(meetings: Sequence[MergedMeeting]) -> tuple[TimelineEntry, ...]:
    """By first day; then what has a day of an unknown year; what has none comes last, as the articles speak of it."""

    def order(entry: TimelineEntry) -> tuple[int, str]:
        known = bounds(entry.date)
        return (0, known[0].isoformat()) if known else (1, entry.date) if entry.date else (2, "")

    entries = [
        TimelineEntry(one.record.date.value.edtf if one.record.date else None, one.id, one.record.title) for one in meetings
    ]
    return tuple(sorted(entries, key=order))
