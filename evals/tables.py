"""Figures as tables on a terminal and as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from evals.figures import SetFigures, shown, shown_interval
from evals.gate import FAILING, Finding
from evals.markdown import trained_mark
from evals.rundir import Run


def print_run(console: Console, run: Run, sets: Sequence[SetFigures]) -> None:
    """All figures of a run, a table for each set; breakdowns follow as one line a family."""
    manifest = run.manifest
    console.print(f"\n{run.label}  ·  {run.path}", style="bold", markup=False)
    about = [f"commit {manifest['commit'] or 'unknown'}", f"cases {manifest['digest']}", manifest["created"]]
    console.print("  ·  ".join(about), style="dim", markup=False)
    for found in sets:
        title = f"{found.task} / {found.group}{trained_mark(found.task, found.group)}"
        table = Table(title=title, title_justify="left", title_style="bold cyan", box=None, pad_edge=False)
        table.add_column("metric")
        table.add_column("figure", justify="right")
        table.add_column("95 % interval", justify="right")
        if found.spreads:
            table.add_column("over repeats", justify="right")
        for name, figure in found.plain().items():
            row = [name, shown(figure.value), shown_interval(figure)]
            if found.spreads:
                over = found.spreads.get(name)
                row.append(f"{shown(over.least)} … {shown(over.greatest)} (sd {shown(over.deviation)})" if over else "–")
            table.add_row(*row)
        console.print()
        console.print(table)
        for family, members in found.breakdowns().items():
            words = ", ".join(
                f"{name} {shown(figure.value)}" for name, figure in members.items() if figure.value is not None
            )
            if words:
                console.print(f"{family} by kind: {words}", markup=False)
        stories = next((figure.stories for figure in found.figures.values()), 0)
        few = " (too few stories for an interval)" if 0 < stories < 3 else ""
        console.print(f"{found.size}{few}", style="dim", markup=False)
    if manifest["skipped"]:
        left_out = ", ".join(manifest["skipped"])
        console.print(f"\nskipped, no data here (--data DIR): {left_out}", style="yellow", markup=False)


def json_lines(run: Run, sets: Sequence[SetFigures]) -> Iterator[str]:
    """A line for each figure, then one for the run."""
    for found in sets:
        for name, figure in found.figures.items():
            spread = found.spreads.get(name)
            value = {
                "task": found.task,
                "set": found.group,
                "metric": name,
                **asdict(figure),
                "spread": asdict(spread) if spread else None,
                "failed": found.failed,
            }
            yield json.dumps(value, ensure_ascii=False)
    manifest = run.manifest
    keys = ("combination", "commit", "code", "digest", "created", "finished", "command", "skipped")
    yield json.dumps({"run": str(run.path), **{key: manifest[key] for key in keys}}, ensure_ascii=False)


_STYLE = {"better": "green", "new": "cyan", "skipped": "yellow", "below": "bold red", "failed": "bold red"}


def print_findings(console: Console, findings: Sequence[Finding]) -> None:
    """The gate's answer, what fails last so that it is seen."""
    table = Table(box=None, pad_edge=False)
    for column in ("set", "metric"):
        table.add_column(column)
    table.add_column("floor", justify="right")
    table.add_column("figure", justify="right")
    table.add_column("")
    table.add_column("")
    for finding in sorted(findings, key=lambda f: f.sign in FAILING):
        style = _STYLE.get(finding.sign, "red" if finding.sign in FAILING else "")
        floor = "" if finding.floor is None else f"{finding.floor:.4f}"
        value = "" if finding.value is None else f"{finding.value:.4f}"
        table.add_row(finding.set, finding.metric, floor, value, finding.sign, finding.detail, style=style)
    console.print(table)
