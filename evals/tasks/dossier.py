"""Dossiers: do the records of one real meeting come together, and only these?

A case is a cluster of articles that speak, among others, of the same meetings; a mention is one record in one article, and
what is scored are the clusters of mentions (MUC, B³, CEAFe, and their mean, CoNLL F1). Two ways:

- ``records``: the gold records are handed in, so that the figure is of the matching alone. Names without a prefix are these;
- ``end``: the articles are handed in, and everything before the dossier may be wrong, too. The system's records are laid on
  the gold ones of the same article first (by people, then date, place and status, one to one); a record that has no
  counterpart stays a mention of its own and costs precision, a gold record without one costs recall.

The group ``pooled`` puts all articles of the split into one dossier: meetings of different stories must not be drawn
together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.base import Case, Json, Metrics, Observation, Split, System
from evals.cases import FOLDER, own, rows
from evals.scorers import Cluster, Ratio, b_cubed, best_pairs, ceaf_e, conll, muc
from evals.tasks.articles import article_from
from evals.tasks.gold_records import brief_of
from service.domain.dossier import Dossier
from service.domain.meeting import MeetingRecord
from service.language.calendar_units import compatible
from service.language.spelling import same_name
from service.stages.dossier import build_dossier

_MEASURES = {"muc": muc, "b3": b_cubed, "ceafe": ceaf_e}


class DossierTask:
    """See the module."""

    name = "dossier"
    gated: Mapping[str, bool] = {"conll": True, "end_conll": True, "pooled_conll": True}
    asks_model = True

    def cases(self, split: Split, data: Path | None) -> Iterable[Case]:
        """Our own clusters and the seeds (which are one cluster); then all of the split together."""
        clusters: dict[str, list[dict[str, Any]]] = {}
        everything: list[dict[str, Any]] = []
        for path in (own("meetings"), own("seeds")):
            for _, row in rows(path) if path.exists() else ():
                if row["split"] != split or "meetings" not in row["gold"]:
                    continue
                everything.append(row)
                name = "seeds" if path.stem == "seeds" else row.get("cluster") or row["gold"].get("cluster")
                if name:
                    clusters.setdefault(str(name), []).append(row)
        made = [_case(name, members, split, "clusters") for name, members in clusters.items() if len(members) > 1]
        if len(made) > 1:
            made.append(_case(f"pooled-{split}", everything, split, "pooled"))
        return made

    async def run(self, case: Case, system: System) -> Json:
        """The clusters of gold mentions, found with gold records and (except for ``pooled``) with the system's own."""
        articles, golds = case.input["articles"], case.gold["meetings"]
        briefs = [brief_of(f"brf_{n}", article, gold) for n, (article, gold) in enumerate(zip(articles, golds, strict=True))]
        output: dict[str, Any] = {"records": _clusters(build_dossier(briefs, lambda prefix: prefix))}
        if case.group != "pooled":
            dossier = await system.dossier([article_from(article) for article in articles])
            output["end"] = _clusters(dossier)
            output["found"] = [[_summary(one) for one in brief.meetings] for brief in dossier.briefs]
        return output

    def score(self, case: Case, output: Json) -> Observation:
        """Counts of the three measures, each way; a note for every gold meeting that came apart or took in a stranger."""
        gold = _gold_clusters(case.gold)
        ways = {"records": _as_clusters(output["records"], {})}
        if "end" in output:
            ways["end"] = _as_clusters(output["end"], _laid_on(case.gold["meetings"], output["found"]))
        counts = {
            way: {name: _counts(measure(gold, found)) for name, measure in _MEASURES.items()} for way, found in ways.items()
        }
        notes = [f"{way}: {note}" for way, found in ways.items() for note in _notes(gold, found)]
        whole = set(gold) == set(ways["records"])
        return Observation(case.id, case.story, case.group, {"ways": counts}, whole, notes)

    def metrics(self, observations: Sequence[Observation]) -> Metrics:
        """CoNLL F1 with its three parts, with gold records, end to end and pooled; precision and recall by B³."""
        metrics: dict[str, float | None] = {}
        for prefix, way, pooled in (("", "records", False), ("end_", "end", False), ("pooled_", "records", True)):
            chosen = [o for o in observations if (o.group == "pooled") == pooled and way in o.counts["ways"]]
            ratios = {name: _sum(o.counts["ways"][way][name] for o in chosen) for name in _MEASURES}
            metrics[f"{prefix}conll"] = conll(list(ratios.values()))
            for name, ratio in ratios.items():
                metrics[f"{prefix}{name}"] = ratio.f1
            metrics[f"{prefix}b3_precision"] = ratios["b3"].precision
            metrics[f"{prefix}b3_recall"] = ratios["b3"].recall
        return metrics


def _case(name: str, members: Sequence[Json], split: Split, group: str) -> Case:
    licences = " · ".join(dict.fromkeys(row.get("licence", "") for row in members))
    return Case(
        id=f"{name}/dossier",
        task="dossier",
        split=split,
        story=name,
        group=group,
        input={"articles": [row["article"] for row in members]},
        gold={"meetings": [_told_apart(row["gold"]["meetings"]) for row in members], "articles": [r["id"] for r in members]},
        licence=licences,
        origin=str(FOLDER),
    )


def _told_apart(meetings: Sequence[Json]) -> list[Json]:
    """The meetings of one article; a key that stands twice would be one mention, so the second is told apart."""
    seen: dict[str, int] = {}
    made = []
    for one in meetings:
        seen[one["key"]] = seen.get(one["key"], 0) + 1
        made.append(one if seen[one["key"]] == 1 else {**one, "key": f"{one['key']}#{seen[one['key']]}"})
    return made


def _clusters(dossier: Dossier) -> list[list[list[Any]]]:
    place = {brief.id: number for number, brief in enumerate(dossier.briefs)}
    return [[[place[source.brief], source.meeting] for source in one.sources] for one in dossier.meetings]


def _gold_clusters(gold: Json) -> list[Cluster]:
    grouped: dict[str, set[tuple[int, str]]] = {}
    for number, meetings in enumerate(gold["meetings"]):
        for one in meetings:
            grouped.setdefault(one["key"], set()).add((number, one["key"]))
    return [frozenset(members) for members in grouped.values()]


def _as_clusters(found: Sequence[Sequence[Sequence[Any]]], laid: Mapping[tuple[int, str], str]) -> list[Cluster]:
    """Clusters of (article, meeting); the system's ids become the gold keys that they were laid on."""
    return [frozenset((m[0], laid.get((m[0], m[1]), m[1])) for m in members) for members in found]


def _summary(record: MeetingRecord) -> Json:
    return {
        "id": record.id,
        "participants": [one.value.name for one in record.participants],
        "edtf": record.date.value.edtf if record.date else None,
        "place": record.place.value.text if record.place else None,
        "city": record.place.value.city if record.place else None,
        "status": record.status,
        "setting": record.setting,
        "mode": record.mode,
    }


def _laid_on(golds: Sequence[Sequence[Json]], found: Sequence[Sequence[Json]]) -> dict[tuple[int, str], str]:
    laid = {}
    for number, (gold, records) in enumerate(zip(golds, found, strict=True)):
        weights = [[_alike(one, record) for record in records] for one in gold]
        for row, column in best_pairs(weights):
            laid[number, records[column]["id"]] = gold[row]["key"]
    return laid


def _alike(gold: Json, record: Json) -> float:
    """How far a record is the gold one: at least a participant in common; what else agrees decides between several."""
    names = [one["name"] for one in gold["participants"]]
    shared = sum(any(same_name(name, other) for other in record["participants"]) for name in names)
    if not shared:
        return 0.0
    place = gold.get("place") or {}
    date = (gold.get("date") or {}).get("edtf")
    agree = 0.0
    if date and record["edtf"]:
        agree += 0.5 if compatible(date, record["edtf"]) else -0.4
    if place.get("city") and record["city"]:
        agree += 0.3 if place["city"] == record["city"] else -0.3
    agree += 0.4 * (gold["status"] == record["status"])
    for manner in ("setting", "mode"):
        if "unknown" not in (gold.get(manner) or "unknown", record[manner]):
            agree += 0.15 if gold[manner] == record[manner] else -0.15
    return float(max(0.05, 2 * shared / (len(names) + len(record["participants"])) + agree))


def _counts(ratio: Ratio) -> list[float]:
    return [ratio.right_predicted, ratio.predicted, ratio.right_gold, ratio.gold]


def _sum(counts: Iterable[Sequence[float]]) -> Ratio:
    total = Ratio()
    for one in counts:
        total = total + Ratio(*one)
    return total


def _notes(gold: Sequence[Cluster], found: Sequence[Cluster]) -> list[str]:
    home = {mention: members for members in found for mention in members}
    notes = []
    for members in gold:
        parts = {home[m] for m in members if m in home}
        lost = sorted(str(m) for m in members if m not in home)
        if len(parts) > 1:
            notes.append(f"came apart: {' | '.join(_told(part & members) for part in parts)}")
        if lost:
            notes.append(f"not found: {', '.join(lost)}")
        strangers = {m for part in parts for m in part if m not in members}
        if strangers:
            notes.append(f"{_told(members)} took in {_told(strangers)}")
    return notes


def _told(members: Iterable[Any]) -> str:
    return ", ".join(f"{article}:{key}" for article, key in sorted(members, key=str))


TASK = DossierTask()
