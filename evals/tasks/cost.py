"""Cost and latency: what a brief takes, in calls, tokens, money and time.

The articles are those of the brief task, and a run of both asks once. Times are wall time on the machine at hand: for
comparing runs made side by side, not for holding by a gate. An answer replayed from the ledger took no time and no
money, so it has no figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from evals.base import Case, Json, Metrics, Observation, Split, System
from evals.scorers import divided, percentile
from evals.tasks.articles import article_of
from evals.tasks.brief import TASK as BRIEF


class CostTask:
    """See the module."""

    name = "cost"
    asks_model = True
    gated: Mapping[str, bool] = {}

    def cases(self, split: Split, data: Path | None) -> Iterable[Case]:
        """The brief task's."""
        return [replace(case, id=case.id.replace("/brief", "/cost"), task="cost") for case in BRIEF.cases(split, data)]

    async def run(self, case: Case, system: System) -> Json:
        """What the brief says it took."""
        brief = await system.brief(article_of(case))
        return {"usage": asdict(brief.usage), "article_tokens": brief.article.tokens}

    def score(self, case: Case, output: Json) -> Observation:
        """The usage as it is; a case is neither right nor wrong."""
        counts = {**output["usage"], "article_tokens": output["article_tokens"]}
        return Observation(case.id, case.story, case.group, counts)

    def metrics(self, observations: Sequence[Observation]) -> Metrics:
        """Means over briefs that were really asked for; ``seconds_p50`` and ``_p95``; ``usd_per_1000`` briefs, undefined
        where a price is not known; ``input_per_article_token``: tokens sent over tokens of the article."""
        made = [o.counts for o in observations if not o.counts["replayed"]]
        seconds = [counts["seconds"] for counts in made]
        costs = [counts["cost_usd"] for counts in made]

        def each(key: str) -> float | None:
            return divided(float(sum(counts[key] for counts in made)), len(made))

        return {
            "seconds_p50": percentile(seconds, 0.5),
            "seconds_p95": percentile(seconds, 0.95),
            "calls": each("calls"),
            "failed_calls": each("failed_calls"),
            "input_tokens": each("input_tokens"),
            "output_tokens": each("output_tokens"),
            "input_per_article_token": divided(
                float(sum(counts["input_tokens"] for counts in made)), sum(counts["article_tokens"] for counts in made)
            ),
            "usd_per_1000": None if None in costs else divided(1000 * sum(costs), len(costs)),
        }


TASK = CostTask()
