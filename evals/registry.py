"""The tasks, by name. A task is imported only when it is asked for."""

from __future__ import annotations

from importlib import import_module

from evals.base import Task
from service.errors import InputError

#: In the order of the staircase; the order of every table.
NAMES: tuple[str, ...] = (
    "furniture",
    "sentences",
    "quotations",
    "verification",
    "meetings",
    "dossier",
    "brief",
    "cost",
)


#: What a task scores of a file in the form of ``article.schema.json``: the key of ``gold``. Tasks that are not here have
#: cases of another form.
GOLD_KEYS: dict[str, str] = {
    "furniture": "furniture",
    "sentences": "sentences",
    "quotations": "quotations",
    "meetings": "meetings",
    "verification": "summaries",
    "brief": "key_facts",
    "cost": "key_facts",
}


#: Sets that something in the service was trained on, by task: their figures are of training data, and say so.
TRAINED_ON: dict[str, frozenset[str]] = {
    "verification": frozenset({"frank-cnndm", "frank-bbc", "bump", "summedits"}),
}


class UnknownTask(InputError):
    """A name that is no task's."""

    code = "unknown_task"


def task(name: str) -> Task:
    """The task of a name. Raises ``UnknownTask`` with the names that there are."""
    if name not in NAMES:
        raise UnknownTask(f"There is no task {name!r}. The tasks are: {', '.join(NAMES)}.")
    found: Task = import_module(f"evals.tasks.{name}").TASK
    return found


def tasks(names: tuple[str, ...] | list[str]) -> list[Task]:
    """The tasks of these names in the order of the staircase; no names: all of them."""
    for name in names:
        task(name)
    return [task(name) for name in NAMES if not names or name in names]
