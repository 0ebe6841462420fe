"""How the work of a dossier grows: 300, 1,000 and 3,000 briefs, with the meetings of as many events as briefs allow.

    python -m benchmarks.dossier [--sizes 300,1000,3000] [--json OUT]

Briefs are made up, with records as the stages make them: an event is reported by four articles on average, with spelling
variants, dropped fields, passing mentions of other meetings and copies of wire reports; a twentieth of all events are of the
same two people, as in real news. No model and no reading of text takes part: what is timed is ``build_dossier``.
Figures: seconds of the processor (best of the repeats), microseconds a brief, compared pairs a record, peak memory, and
B³ F1 against the events.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tracemalloc
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from evals.scorers import b_cubed
from evals.tasks.gold_records import brief_of
from service.domain.brief import Brief
from service.stages.dossier import build_dossier, clustering

_GIVEN = """Anna Boris Carla David Elena Farid Greta Henrik Irina Jamal Karin Lars Mira Nadia Oscar Pavel Quentin Rosa Sergei
Tariq Ursula Viktor Wanda Xavier Yusuf Zora Aleksandr Beatriz Cem Dmitri""".split()
_SYLLABLES = "ba ko ri ma len dor vik tan sal mer ond hal ske pro zun gar wil tho nek lam fer qua bri ost".split()
_PLACES = """Geneva Vienna Paris Berlin Rome Oslo Madrid Lisbon Dublin Prague Warsaw Athens Cairo Nairobi Delhi Tokyo Lima
Quito Ottawa Canberra""".split()
_TOPICS = """trade sanctions fisheries tariffs climate migration energy pipelines arms farming railways visas banking
satellites vaccines water borders ports prisoners grain""".split()
_ROLES = ("President", "Prime Minister", "Foreign Minister", "Chancellor", "Special Envoy")


def events(many: int, chance: Random) -> list[dict[str, Any]]:
    """Made-up meetings of made-up people over two years."""
    people = [f"{chance.choice(_GIVEN)} {''.join(chance.choices(_SYLLABLES, k=3)).title()}" for _ in range(max(20, many))]
    made = []
    for number in range(many):
        two = people[:2] if number % 20 == 0 else chance.sample(people, 2)
        made.append(
            {
                "key": f"e{number}",
                "names": two,
                "roles": [chance.choice(_ROLES) for _ in two],
                "day": date(2022, 1, 1) + timedelta(days=chance.randrange(730)),
                "city": chance.choice(_PLACES),
                "topics": chance.sample(_TOPICS, 2),
            }
        )
    return made


def briefs(many: int, seed: int = 7) -> tuple[list[Brief], dict[tuple[str, str], str]]:
    """``many`` briefs and, for every record (brief, meeting), the event that it is of."""
    chance = Random(seed)
    known = events(max(1, many // 4), chance)
    truth: dict[tuple[str, str], str] = {}
    made = []
    for number in range(many):
        event = known[int(len(known) * chance.random() ** 1.3)]
        told = [event] + [chance.choice(known) for _ in range(chance.choice((0, 0, 1, 2)))]
        records = []
        for position, one in enumerate({other["key"]: other for other in told}.values()):
            records.append(_record(one, position, chance))
            truth[f"b{number}", records[-1]["key"]] = one["key"]
        published = event["day"] + timedelta(days=chance.randrange(3))
        text = " ".join(
            f"{' and '.join(one['names'])} met in {one['city']} about {' '.join(one['topics'])}." for one in told
        )
        article = {
            "text": f"{text} Report {number if chance.random() > 0.1 else 'wire'}.",
            "published": published.isoformat(),
        }
        made.append(brief_of(f"b{number}", {**article, "outlet": f"Outlet {chance.randrange(40)}"}, records))
    return made, truth


def _record(event: dict[str, Any], position: int, chance: Random) -> dict[str, Any]:
    """A report of an event, as imperfect as reports are; the later in the article the more so."""
    names = [name.replace("Sergei", "Sergey") if chance.random() < 0.5 else name for name in event["names"]]
    dated = chance.random() > (0.25 if position == 0 else 0.5)
    placed = chance.random() > (0.25 if position == 0 else 0.5)
    return {
        "key": f"m{position + 1}",
        "status": "happened",
        "status_claims": [{"status": "happened", "by": None, "quote": None}],
        "participants": [{"name": name, "role": role} for name, role in zip(names, event["roles"], strict=True)],
        "date": {"text": "then", "edtf": event["day"].isoformat()} if dated else None,
        "place": {"text": event["city"], "city": event["city"]} if placed else None,
        "kind": "bilateral",
        "mode": "in_person",
        "topics": event["topics"] if chance.random() > 0.4 else [],
    }


def measure(many: int, repeats: int) -> dict[str, float]:
    """The figures for one size."""
    made, truth = briefs(many)
    compared = _counted(made)
    best = min(_seconds(made) for _ in range(repeats))
    tracemalloc.start()
    dossier = build_dossier(made, lambda prefix: prefix)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    found = [frozenset((s.brief, s.meeting) for s in one.sources) for one in dossier.meetings]
    by_event: dict[str, set[tuple[str, str]]] = {}
    for ref, key in truth.items():
        by_event.setdefault(key, set()).add(ref)
    score = b_cubed([frozenset(members) for members in by_event.values()], found).f1
    return {
        "briefs": many,
        "records": len(truth),
        "meetings": len(dossier.meetings),
        "seconds": round(best, 3),
        "us_per_brief": round(best / many * 1e6),
        "pairs_per_record": round(compared / len(truth), 1),
        "all_pairs_per_record": round((len(truth) - 1) / 2),
        "peak_mb": round(peak / 1e6, 1),
        "b3_f1": round(score or 0.0, 3),
    }


def _seconds(made: Sequence[Brief]) -> float:
    started = time.process_time()
    build_dossier(made, lambda prefix: prefix)
    return time.process_time() - started


def _counted(made: Sequence[Brief]) -> int:
    """How many pairs are compared; also warms the caches of spellings, so that no size pays for another."""
    real, count = clustering.fit, [0]

    def counting(one: Any, other: Any) -> Any:
        count[0] += 1
        return real(one, other)

    clustering.fit = counting  # type: ignore[assignment]
    try:
        build_dossier(made, lambda prefix: prefix)
    finally:
        clustering.fit = real
    return count[0]


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="300,1000,3000")
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    rows = [measure(int(size), given.repeats) for size in given.sizes.split(",")]
    out = ["| " + " | ".join(rows[0]) + " |", "|" + "---|" * len(rows[0])]
    out += ["| " + " | ".join(f"{value:,}" for value in row.values()) + " |" for row in rows]
    sys.stdout.write("\n".join(out) + "\n")
    if given.json:
        given.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
