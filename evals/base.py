"""What a task is, what a case is, and what a figure is.

A task turns a case into an output (by calling a stage or the pipeline, as any caller does) and an output into an
observation: a small JSON object of counts and item scores. Metrics are computed from a *list of observations*, so that a
bootstrap can draw stories with replacement and compute them again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

Split = Literal["dev", "test"]
Json = Mapping[str, Any]

#: An undefined figure (nothing to count) is None: never 0, never NaN.
Metrics = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Case:
    """One case. ``story`` groups cases that share an article (or a cluster of articles): the bootstrap's unit.
    ``group`` names the set it is from ("own", "seeds", "polnear", "frank-cnndm" …)."""

    id: str
    task: str
    split: Split
    story: str
    group: str
    input: Json
    gold: Json
    licence: str
    origin: str


@dataclass(frozen=True, slots=True)
class Observation:
    """What scoring one case gave: ``counts`` and item lists for ``metrics``, ``ok`` for McNemar (None: not a yes/no
    case), ``notes`` for the reader of a failing case."""

    case: str
    story: str
    group: str
    counts: Json
    ok: bool | None = None
    notes: Sequence[str] = field(default=())


class Task(Protocol):
    """A stage's evaluation."""

    name: str
    #: metrics that the gate holds: name → True where higher is better
    gated: Mapping[str, bool]

    def cases(self, split: Split, data: Path | None) -> Iterable[Case]:
        """The cases of a split: our own, and those of outside sets found under ``data`` (a folder that the user names).
        Raises ``evals.cases.CaseError`` with what is wrong and where."""
        ...

    async def run(self, case: Case, system: Any) -> Json:
        """The system's output for a case, as JSON."""
        ...

    def score(self, case: Case, output: Json) -> Observation:
        """Hold an output against its gold."""
        ...

    def metrics(self, observations: Sequence[Observation]) -> Metrics:
        """The figures over these observations; the names are the same whatever the observations."""
        ...
