"""Quotations and their speakers: is every word in marks found, joined as it was spoken, and given to the right person?

Three measures of the field side by side: Gender Gap Tracker's (a quotation is found if 0.3 or 0.8 of its characters are;
speakers over the quotations found), Citron's (exact and overlap precision, recall and F1 of source, cue and content;
content and source count where the cues overlap), and our own stricter ones: ``direct_exact`` (one quotation, or a chain
of those that ``continues`` links, holds exactly the gold's words) and ``indirect_f1`` (characters of reported speech
over the document).

A speaker is right if the mention overlaps the gold source or ends with the same word. Marks and punctuation at the edges
never count: all comparisons are of letters and digits. Gold of kind direct is cut to what stands in marks first, for
PolNeAR's sometimes takes in the cue or the speaker; the cut looks at the gold's own marks, never at the output.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.base import Case, Json, Metrics, Observation, Split, System
from evals.cases import load, own, rows
from evals.scorers import Ratio, divided, f1
from evals.tasks.articles import article_of
from evals.tasks.quotation_scores import (
    PARTS,
    citron_counts,
    direct_counts,
    indirect_counts,
    kinds_counts,
    own_counts,
    people_counts,
)
from service.domain.quotation import Quotation


class QuotationsTask:
    """See the module."""

    name = "quotations"
    outside: Mapping[str, str] = {"polnear": "polnear/dev.jsonl"}
    gated: Mapping[str, bool] = {
        "direct_f1_80": True,
        "direct_exact": True,
        "direct_speaker": True,
        "direct_no_speaker": False,
        "indirect_f1": True,
        "indirect_speaker": True,
        "speaker_name": True,
        "flags": True,
        "people_f1": True,
    }

    def cases(self, split: Split, data: Path | None) -> Iterable[Case]:
        """Our own cases, the seeds, and PolNeAR's part of that name (``dev.jsonl``, ``test.jsonl``) under ``data``."""
        found = [
            *load(own("quotations"), self.name, "quotations", split),
            *load(own("seeds"), self.name, "quotations", split),
        ]
        if data is not None:
            for folder in (data, data / "polnear"):
                path = folder / f"{split}.jsonl"
                if path.is_file() and (folder.name == "polnear" or (folder / "train.jsonl").is_file()):
                    found.extend(polnear(path, split))
                    break
        return found

    async def run(self, case: Case, system: System) -> Json:
        """Quotations and people as ``POST /v1/quotations`` gives them."""
        document = system.read(article_of(case))
        return {
            "quotations": [as_json(q) for q in document.quotations],
            "people": [{"name": p.name, "mentions": [[m.start, m.end] for m in p.mentions]} for p in document.people],
        }

    def score(self, case: Case, output: Json) -> Observation:
        """Hold the quotations of one article against its gold."""
        return score(case, output)

    def metrics(self, observations: Sequence[Observation]) -> Metrics:
        """See the module; every figure is a ratio of sums over the observations."""
        return metrics(observations)


def as_json(quotation: Quotation) -> dict[str, Any]:
    """One quotation with plain offsets."""
    speaker = quotation.speaker
    return {
        "id": quotation.id,
        "kind": quotation.kind,
        "spans": [[s.start, s.end] for s in quotation.spans],
        "speaker": None
        if speaker is None
        else {
            "name": speaker.name,
            "mention": [speaker.mention.start, speaker.mention.end],
            "confidence": speaker.confidence,
        },
        "cue": None if quotation.cue is None else [quotation.cue.start, quotation.cue.end],
        "flags": list(quotation.flags),
        "continues": quotation.continues,
    }


def polnear(path: Path, split: Split) -> list[Case]:
    """PolNeAR's articles as cases. Raises ``CaseError`` where the file can't be read."""
    cases = []
    for _, row in rows(path):
        golds = [
            {"kind": a["kind"], "spans": a["content"], "source": a["source"], "cue": a["cue"], "name": None, "flags": []}
            for a in row["attributions"]
        ]
        cases.append(
            Case(
                id=f"{row['id']}/quotations",
                task="quotations",
                split=split,
                story=row["id"],
                group="polnear",
                input={"text": row["text"], "published": row.get("published")},
                gold={"attributions": golds},
                licence="not for redistribution",
                origin="PolNeAR 1.0",
            )
        )
    return cases


def _attributions(case: Case) -> list[dict[str, Any]]:
    """The gold in one form: kind, spans, source and cue as ranges, name, flags."""
    if "attributions" in case.gold:
        return list(case.gold["attributions"])
    answer = []
    for gold in case.gold["quotations"]:
        speaker, cue = gold.get("speaker"), gold.get("cue")
        mention = (speaker or {}).get("mention")
        answer.append(
            {
                "kind": gold["kind"],
                "spans": [[s["start"], s["end"]] for s in gold["spans"]],
                "source": [[mention["start"], mention["end"]]] if mention else [],
                "cue": [[cue["start"], cue["end"]]] if cue else [],
                "name": (speaker or {}).get("name"),
                "flags": gold.get("flags", []),
            }
        )
    return answer


def score(case: Case, output: Json) -> Observation:
    """The counts of one article; see the module."""
    text = case.input["text"]
    golds = _attributions(case)
    found = list(output["quotations"])
    counts: dict[str, Any] = {"direct": direct_counts(text, golds, found), "indirect": indirect_counts(text, golds, found)}
    counts["citron"] = {part: citron_counts(text, golds, found, part) for part in PARTS}
    counts["kinds"] = kinds_counts(text, golds, found)
    counts["own"] = own_counts(text, golds, found) if "quotations" in case.gold else {}
    counts["people"] = people_counts(case, output)
    counts["marks"] = _marks(golds, found)
    direct = counts["direct"]
    missed = direct["n"] - direct["exact"]
    wrong = direct["sourced"] - direct["right"]
    notes = [f"{missed} of {direct['n']} direct not exact", f"{wrong} of {direct['sourced']} speakers wrong"]
    return Observation(case.id, case.story, case.group, counts, ok=missed == 0 and wrong == 0, notes=notes)


def _marks(golds: Sequence[Json], found: Sequence[Json]) -> dict[str, list[list[Any]]]:
    """Both sides' spans for the report, labelled by kind and, where gold names speakers, by the name's last word."""
    named = any(gold["name"] for gold in golds)

    def label(kind: str, name: str | None) -> str:
        return f"{kind} {(name or '?').split()[-1]}" if named else kind

    said = [(q, (q["speaker"] or {}).get("name")) for q in found]
    return {
        "gold": [[start, end, label(g["kind"], g["name"])] for g in golds for start, end in g["spans"]],
        "output": [[start, end, label(q["kind"], name)] for q, name in said for start, end in q["spans"]],
    }


def metrics(observations: Sequence[Observation]) -> Metrics:
    """The figures over these observations; see the module."""

    def total(group: str, key: str) -> float:
        return float(sum(o.counts[group].get(key, 0) for o in observations))

    answer: dict[str, float | None] = {}
    for level in ("30", "80"):
        recall = divided(total("direct", f"found{level}"), total("direct", "n"))
        precision = divided(total("direct", f"right{level}"), total("direct", "predicted"))
        answer[f"direct_f1_{level}"] = f1(precision, recall)
        answer[f"direct_recall_{level}"], answer[f"direct_precision_{level}"] = recall, precision
    answer["direct_exact"] = divided(total("direct", "exact"), total("direct", "n"))
    answer["direct_speaker"] = divided(total("direct", "right"), total("direct", "sourced"))
    answer["direct_no_speaker"] = divided(total("direct", "none"), total("direct", "sourced"))
    recall = divided(total("indirect", "both"), total("indirect", "gold"))
    precision = divided(total("indirect", "both"), total("indirect", "predicted"))
    answer["indirect_f1"], answer["indirect_recall"], answer["indirect_precision"] = f1(precision, recall), recall, precision
    answer["indirect_found"] = divided(total("indirect", "half"), total("indirect", "n"))
    answer["indirect_speaker"] = divided(total("indirect", "right"), total("indirect", "sourced"))
    answer["calibration_error"] = calibration_error([p for o in observations for p in o.counts["direct"]["given"]])
    answer["indirect_calibration_error"] = calibration_error(
        [p for o in observations for p in o.counts["indirect"]["given"]]
    )
    answer["speaker_name"] = divided(total("own", "name"), total("own", "named"))
    answer["exact"] = divided(total("own", "exact"), total("own", "n"))
    answer["kind"] = divided(total("own", "kind"), total("own", "exact"))
    answer["flags"] = divided(total("own", "flags"), total("own", "exact"))
    recall, precision = (
        divided(total("people", "both"), total("people", "gold")),
        divided(total("people", "both"), total("people", "found")),
    )
    answer["people_f1"], answer["people_precision"] = f1(precision, recall), precision
    answer["made_up_speaker"] = divided(total("own", "made_up"), total("own", "nobody"))
    answer.update(_citron_metrics(observations))
    answer.update(_kind_metrics(observations))
    return answer


def _citron_metrics(observations: Sequence[Observation]) -> dict[str, float | None]:
    answer: dict[str, float | None] = {}
    for part in PARTS:
        rows_ = [o.counts["citron"][part] for o in observations]
        sums = [sum(row[i] for row in rows_) for i in range(7)]
        exact, overlap = Ratio(*sums[:4]), Ratio(sums[4], sums[5], sums[4], sums[6])
        for label, ratio in (("exact", exact), ("overlap", overlap)):
            answer[f"citron_{part}_{label}_precision"] = ratio.precision
            answer[f"citron_{part}_{label}_recall"] = ratio.recall
            answer[f"citron_{part}_{label}_f1"] = ratio.f1
    return answer


def _kind_metrics(observations: Sequence[Observation]) -> dict[str, float | None]:
    answer: dict[str, float | None] = {}
    for kind in ("direct", "mixed", "block", "nested", "indirect"):
        rows_ = [o.counts["kinds"][kind] for o in observations if kind in o.counts["kinds"]]
        sums = [sum(row[i] for row in rows_) for i in range(4)]
        answer[f"recall:{kind}"] = divided(sums[1], sums[0])
        answer[f"speaker:{kind}"] = divided(sums[3], sums[2])
    return answer


def calibration_error(pairs: Sequence[Sequence[float]]) -> float | None:
    """Expected calibration error of (confidence, right) over ten bins of equal width (Naeini et al., 2015); None of
    nothing."""
    if not pairs:
        return None
    bins: dict[int, list[Sequence[float]]] = {}
    for pair in pairs:
        bins.setdefault(min(9, int(pair[0] * 10)), []).append(pair)
    return float(sum(abs(sum(p[0] for p in b) - sum(p[1] for p in b)) for b in bins.values())) / len(pairs)


TASK = QuotationsTask()
