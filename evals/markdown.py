"""Figures as Markdown: a whole report for a pull request, and the table of results in a README."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evals import figures as figures_of
from evals.base import Observation
from evals.cases import CaseError
from evals.figures import SetFigures, shown
from evals.registry import TRAINED_ON
from evals.registry import task as task_named
from evals.rundir import Result, Run

#: A run with its figures.
Found = tuple[Run, list[SetFigures]]

BEGIN = "<!-- results:begin -->"
END = "<!-- results:end -->"

#: What each task's figures mean, in a reader's words.
ABOUT = {
    "furniture": "Page furniture told from the story, by characters",
    "sentences": "Sentences with both ends right",
    "quotations": "Quotations and who speaks them",
    "verification": "Is a statement in the article?",
    "meetings": "Meeting records, field by field",
    "dossier": "Records of one meeting brought together over articles",
    "brief": "The brief as a whole",
    "cost": "Cost and latency of a brief",
}


def figures(run: Run, draws: int) -> list[SetFigures]:
    """The figures of a run, for a report."""
    return figures_of.of_run(run, draws)


def document(found: Sequence[Found], failures: int) -> str:
    """The whole report."""
    parts = ["# Evaluation", "", *_runs(found), ""]
    for task, group in sets(found):
        parts += [f"## {task} / {group}{trained_mark(task, group)}", "", f"{ABOUT.get(task, '')}.", ""]
        parts += _set_table(found, task, group)
        parts += _breakdowns(found, task, group)
        for run, _ in found:
            parts += _failing(run, task, group, failures, len(found) > 1)
    parts += [*_notes(found), ""]
    return "\n".join(parts)


def trained_mark(task: str, group: str) -> str:
    """What is put behind the name of a set that something was trained on."""
    return " (training data)" if group in TRAINED_ON.get(task, ()) else ""


def made_by(manifest: Mapping[str, Any]) -> str:
    """The commit; outside a checkout the version with the code's digest."""
    released = f"readout {manifest['versions'].get('readout', '?')}, code {manifest['code'][:10]}"
    return str(manifest["commit"] or released)


def sets(found: Sequence[Found]) -> list[tuple[str, str]]:
    """The (task, set) pairs of all runs, in the order of the tasks."""
    return list(dict.fromkeys((one.task, one.group) for _, figures in found for one in figures))


def set_of(figures: Sequence[SetFigures], task: str, group: str) -> SetFigures | None:
    """One run's figures on a set, None where it wasn't run."""
    return next((one for one in figures if (one.task, one.group) == (task, group)), None)


def failing(run: Run, task: str, group: str) -> list[Result]:
    """Cases of a set that came out wrong or failed, first repeat only; failures of the system first."""
    found = [
        result
        for result in run.results
        if result.task == task and run.cases[result.case].group == group and result.repeat == 0 and _wrong(result)
    ]
    return sorted(found, key=lambda result: result.error is None)


def _wrong(result: Result) -> bool:
    observation: Observation | None = result.observation
    return observation is None or observation.ok is False


def _runs(found: Sequence[Found]) -> list[str]:
    lines = ["| run | engine | commit | cases | made | command |", "|---|---|---|---|---|---|"]
    for run, _ in found:
        m = run.manifest
        lines.append(
            f"| {run.name} | {_cell(run.label)} | `{made_by(m)}` | `{m['digest']}` | {m['created']} "
            f"| `{_cell(m['command'])}` |"
        )
    return lines


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _set_table(found: Sequence[Found], task: str, group: str) -> list[str]:
    columns = [(run, one) for run, figures in found if (one := set_of(figures, task, group))]
    lines = [
        "| metric | " + " | ".join(_cell(run.label if len(columns) > 1 else "figure") for run, _ in columns) + " |",
        "|---|" + "---:|" * len(columns),
    ]
    gated = task_named(task).gated
    for name in dict.fromkeys(name for _, one in columns for name in one.plain()):
        label = f"**{name}**" if name in gated else name
        cells = [with_interval(one, name) for _, one in columns]
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    words = "; ".join(dict.fromkeys(one.size for _, one in columns))
    return [*lines, "", words + ".", ""]


def with_interval(one: SetFigures, name: str) -> str:
    """A figure and its interval, "–" where undefined; over repeats, the spread too."""
    figure = one.figures.get(name)
    if figure is None or figure.value is None:
        return "–"
    words = shown(figure.value)
    if figure.low is not None and figure.high is not None:
        words += f" [{shown(figure.low)}, {shown(figure.high)}]"
    over = one.spreads.get(name)
    return words + (f" ± {shown(over.deviation)} over {over.repeats}" if over else "")


def _breakdowns(found: Sequence[Found], task: str, group: str) -> list[str]:
    lines = []
    for run, figures in found:
        one = set_of(figures, task, group)
        for family, members in one.breakdowns().items() if one else ():
            words = ", ".join(f"{name} {shown(f.value)}" for name, f in members.items() if f.value is not None)
            if words:
                who = f" ({_cell(run.label)})" if len(found) > 1 else ""
                lines += [f"{family} by kind{who}: {words}.", ""]
    return lines


def _failing(run: Run, task: str, group: str, most: int, named: bool) -> list[str]:
    results = failing(run, task, group)
    if not results or not most:
        return []
    who = f", {run.label}" if named else ""
    lines = [f"<details><summary>{len(results)} cases not right{who}</summary>", ""]
    for result in results[:most]:
        notes = result.observation.notes if result.observation else [f"{result.error['code']}: {result.error['detail']}"]  # type: ignore[index]
        lines.append(f"- `{result.case}`: {_cell('; '.join(notes) or 'see the report')[:400]}")
    if len(results) > most:
        lines.append(f"- and {len(results) - most} more")
    return [*lines, "", "</details>", ""]


def _notes(found: Sequence[Found]) -> list[str]:
    notes = ["Intervals: 95 %, bootstrap over stories. “–”: undefined, or too few stories. Bold: held by the gate."]
    return notes + [f"\n{line}" for line in absent(found)]


def absent(found: Sequence[Found]) -> list[str]:
    """What has no figure, said in so many words."""
    lines = []
    skipped = sorted({name for run, _ in found for name in run.manifest["skipped"]})
    if skipped:
        lines.append(f"Not run, for its data was not at hand: {', '.join(skipped)}.")
    if all(run.manifest["combination"]["engine"] != "openai" for run, _ in found):
        lines.append(
            "No figure yet: briefs by a large language model. None could be reached where these figures were made; "
            "`readout eval run --model M --task brief --task meetings --task cost` makes them."
        )
    return lines


def renew(path: Path, found: Sequence[Found]) -> None:
    """Write the table of results between the markers of a README; everything else stays as it is.

    Raises ``CaseError`` where the file or its markers are missing.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise CaseError(f"{path}: there is no such file.") from None
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise CaseError(f"{path} needs the markers {BEGIN} and {END}, once each and in this order, to hold the table.")
    block = f"{BEGIN}\n{results(found)}\n{END}"
    pattern = re.escape(BEGIN) + ".*?" + re.escape(END)
    path.write_text(re.sub(pattern, lambda _: block, text, flags=re.DOTALL), encoding="utf-8")


def results(found: Sequence[Found]) -> str:
    """The table of a README: the first metrics that the gate holds of every set, and where they come from."""
    many = len(found) > 1
    lines = ["| task | set | cases | " + ("engine | " if many else "") + "figures [95 % interval] |"]
    lines.append("|---|---|---:|" + ("---|" if many else "") + "---|")
    for task, group in sets(found):
        for run, figures in found:
            one = set_of(figures, task, group)
            if one is None:
                continue
            shown_here = [name for name in _held_first(task, one) if one.figures[name].value is not None][:_IN_README]
            words = "<br>".join(f"{name} {with_interval(one, name)}" for name in shown_here) or "–"
            engine = f" {_cell(run.label)} |" if many else ""
            lines.append(f"| {task} | {group}{trained_mark(task, group)} | {one.cases} |{engine} {words} |")
    for run, _ in found:
        m = run.manifest
        lines += ["", f"Made {m['created'][:10]} at `{made_by(m)}` by `{_cell(_command(m['command']))}`."]
    return "\n".join([*lines, "", *(f"{line}\n" for line in absent(found))]).rstrip()


#: So many figures of a set stand in a README; the report has them all.
_IN_README = 5


def _held_first(task: str, one: SetFigures) -> list[str]:
    return list(task_named(task).gated) or list(one.plain())[:3]


def _command(command: str) -> str:
    """The command without places on the machine that it was given on."""
    command = re.sub(r" --(?:out|name)[ =]\S+", "", command)
    return re.sub(r"--(data|cases)[ =]\S+", lambda m: f"--{m[1]} {m[1].upper()}", command)
