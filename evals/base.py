"""What a task is, what a case is, and what a figure is.

A task turns a case into an output (by calling a stage or the pipeline, as any caller does) and an output into an
observation: a small JSON object of counts and item scores. Metrics are computed from a *list of observations*, so that a
bootstrap can draw stories with replacement and compute them again.

What the harness expects of a task module ``evals/tasks/NAME.py``:

- it ends with ``TASK = NameTask()``; ``evals.registry`` finds it by the module's name;
- ``metrics`` is pure and quick (it is called some thousand times), takes lists in which the same observation stands more
  than once (a resample: never key by case id), and gives the same names for any list, None where a figure is undefined;
- the first name in ``gated`` is the headline that ``readout eval compare`` decides on;
- a metric named ``family:member`` (``exact_f1:direct``) belongs to a breakdown: the report draws one bar a member;
- an observation may carry ``counts["confusion"] = {gold: {predicted: n}}``: the report sums and draws it;
- an observation may carry ``counts["marks"] = {"gold": [[start, end, label], …], "output": [[start, end, label], …]}``
  (code points of ``case.input["text"]``): the report highlights both, side by side;
- it says in ``outside = {"polnear": "polnear/dev.jsonl"}`` (group → path under ``--data``) which sets come from outside, so
  that the harness can say which were skipped;
- where the output of a case is itself an error of the system, ``run`` lets the error through: the harness records it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from service.domain.brief import Brief
from service.domain.dossier import Dossier
from service.domain.draft import Document
from service.domain.text import Article
from service.domain.verdict import CheckedSummary

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


class System(Protocol):
    """The system under test, as the harness hands it to tasks: one engine, one model, one prompt.

    It is built by ``evals.system`` from ``service.wiring``; every attempt of every call that a case makes is booked on
    that case. Briefs of one article are made once a repeat and shared by all tasks that ask for them.
    """

    @property
    def engine(self) -> str:
        """ "extractive" or "openai"."""
        ...

    @property
    def model(self) -> str | None:
        """The model's name, None for the embedded engine."""
        ...

    @property
    def prompt(self) -> str | None:
        """The prompt asked for ("brief@1"), None for the live one or for the embedded engine."""
        ...

    def read(self, article: Article) -> Document:
        """Furniture, sentences, quotations and people of an article; no model is asked."""
        ...

    async def brief(self, article: Article) -> Brief:
        """The whole staircase. Raises ``service.errors.ReadoutError``."""
        ...

    def check(self, sources: Sequence[Article], summary: str) -> CheckedSummary:
        """A summary by anyone, held against its sources; no model is asked."""
        ...

    async def dossier(self, articles: Sequence[Article]) -> Dossier:
        """Briefs of all articles, their meetings merged."""
        ...


class Task(Protocol):
    """A stage's evaluation."""

    @property
    def name(self) -> str:
        """The task's name, as in ``--task``. A plain class attribute will do."""
        ...

    @property
    def gated(self) -> Mapping[str, bool]:
        """The metrics that the gate holds: name → True where higher is better. A plain class attribute will do."""
        ...

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


#: A task that asks the model (through ``system.brief`` or ``system.dossier``) sets ``asks_model = True``: the estimate
#: before a run that costs money counts its articles. A task without the attribute asks none.
ASKS_MODEL = "asks_model"
