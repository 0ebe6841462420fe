"""What the commands of ``readout eval`` do that read runs and cases: compare, report, lint."""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals import cases, rundir
from evals import compare as comparing
from evals.commands import console
from evals.compare import Changed, Comparison, SetComparison
from evals.figures import rescored, shown
from evals.rundir import Run, RunError
from evals.statistics import Difference

_COLOUR = {"better": "green", "worse": "bold red", "can't tell": "yellow", "different": "dim"}


def run_path(path: Path, out: Path) -> Path:
    """A run by its path, or by its name under the folder of runs. Raises ``RunError`` with the names that there are."""
    for candidate in (path, out / path):
        if candidate.is_dir():
            return candidate
    known = sorted(p.parent.name for p in out.glob("*/manifest.json")) if out.is_dir() else []
    there = f" Under {out} there are: {', '.join(known[-8:])}." if known else " Make one with `readout eval run`."
    raise RunError(f"{path}: there is no such run.{there}")


def runs_at(paths: Sequence[Path], out: Path) -> list[Run]:
    """Several runs by path or name, scored by today's scorers."""
    return [rescored(rundir.read(run_path(path, out))) for path in paths]


@dataclass(frozen=True, slots=True)
class Comparing:
    """How two runs are compared and how much is shown."""

    shared: bool
    cases: int
    draws: int
    html: Path | None
    out: Path
    json: bool


def compare(first: Path, second: Path, wishes: Comparing) -> bool:
    """``readout eval compare``: whether the second run is worse."""
    one, two = runs_at([first, second], wishes.out)
    found = comparing.compare(one, two, wishes.shared, wishes.draws)
    if wishes.html:
        from evals import compare_page

        wishes.html.parent.mkdir(parents=True, exist_ok=True)
        wishes.html.write_text(compare_page.page(found, max(wishes.cases, 10)), encoding="utf-8")
        sys.stderr.write(f"{wishes.html} written.\n")
    if wishes.json:
        for line in comparing.as_json(found):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    else:
        _show_comparison(console(), found, wishes.cases)
    return found.verdict == "worse"


def _show_comparison(out: Console, found: Comparison, cases_shown: int) -> None:
    out.print(f"A  {found.first.label}  ·  {found.first.path}", markup=False)
    out.print(f"B  {found.second.label}  ·  {found.second.path}", markup=False)
    for one in found.sets:
        _show_set(out, one)
    changed = [(one, change) for one in found.sets for change in one.changed]
    order = {"worse": 0, "better": 1, "different": 2}
    changed.sort(key=lambda pair: order[pair[1].turned])
    for one, change in changed[:cases_shown]:
        _show_change(out, one, change)
    if len(changed) > cases_shown:
        out.print(f"\n{len(changed) - cases_shown} further cases differ (--cases {len(changed)} shows all).", style="dim")
    if found.left_out:
        out.print(f"\n{found.left_out} items are not in both runs, or failed in one, and were left out.", style="yellow")
    out.print()
    verdict = Text("B is ", style="bold").append(_sentence(found), style=_COLOUR[found.verdict])
    out.print(verdict)


def _sentence(found: Comparison) -> str:
    if found.verdict != "can't tell":
        return f"{found.verdict} than A."
    if not any(one.changed for one in found.sets):
        return "the same as A on every item: can't tell."
    return "neither better nor worse than A as far as these cases go: can't tell."


def _show_set(out: Console, one: SetComparison) -> None:
    title = f"{one.task} / {one.group}   {one.items} items of {one.stories} stories"
    table = Table(title=title, title_justify="left", title_style="bold cyan", box=None, pad_edge=False)
    for column in ("metric", "A", "B", "B − A", "95 % interval", "p (swap)", ""):
        table.add_column(column, justify="left" if column in ("metric", "") else "right")
    for name, d in one.differences.items():
        if ":" in name:
            continue
        mark = " ◆" if name == one.headline else ""
        style = "bold" if mark else None
        table.add_row(
            name + mark,
            shown(d.first),
            shown(d.second),
            _signed(d.difference),
            _interval(d),
            "–" if d.p is None else f"{d.p:.3f}",
            Text(d.verdict if d.verdict != "can't tell" or mark else "", style=_COLOUR[d.verdict]),
            style=style,
        )
    out.print()
    out.print(table)
    only_a, only_b, p = one.mcnemar
    if p is None:
        out.print("McNemar: no item went from right to wrong or back", style="dim")
    else:
        out.print(f"McNemar: right in A only {only_a}, in B only {only_b}, p = {p:.3f}", style="dim")
    if one.headline and one.stories < 6:
        out.print("Fewer than six stories: no difference can be told from chance here.", style="yellow")


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+.3f}"


def _interval(d: Difference) -> str:
    return "–" if d.low is None or d.high is None else f"[{d.low:+.3f}, {d.high:+.3f}]"


def _show_change(out: Console, one: SetComparison, change: Changed) -> None:
    out.print()
    title = Text(f"{one.task} / {one.group}  {change.case.id}  ", style="bold")
    out.print(title.append(change.turned, style=_COLOUR[change.turned]))
    for label, result in (("A", change.first), ("B", change.second)):
        notes = result.observation.notes if result.observation else ()
        for note in list(notes)[:4]:
            out.print(f"  {label}: {note}", markup=False)
    for line in difference(change)[:24]:
        style = "red" if line.startswith("-") else "green" if line.startswith("+") else "dim"
        out.print(Text("  " + line, style=style))


def difference(change: Changed) -> list[str]:
    """The two outputs as JSON, as a unified diff without its head."""
    before, after = (
        json.dumps(result.output, ensure_ascii=False, indent=1, sort_keys=True).splitlines()
        for result in (change.first, change.second)
    )
    return list(difflib.unified_diff(before, after, n=1, lineterm=""))[2:]


@dataclass(frozen=True, slots=True)
class Reporting:
    """What a report is written to."""

    html: Path | None
    markdown: Path | None
    readme: Path | None
    failures: int
    draws: int
    out: Path


def report(paths: Sequence[Path], wishes: Reporting) -> None:
    """``readout eval report``."""
    from evals import markdown, report_page

    runs = runs_at(paths, wishes.out)
    found = [(run, markdown.figures(run, wishes.draws)) for run in runs]
    if wishes.html:
        wishes.html.parent.mkdir(parents=True, exist_ok=True)
        wishes.html.write_text(report_page.page(found, wishes.failures), encoding="utf-8")
        sys.stderr.write(f"{wishes.html} written.\n")
    if wishes.markdown:
        wishes.markdown.parent.mkdir(parents=True, exist_ok=True)
        wishes.markdown.write_text(markdown.document(found, wishes.failures), encoding="utf-8")
        sys.stderr.write(f"{wishes.markdown} written.\n")
    if wishes.readme:
        markdown.renew(wishes.readme, found)
        sys.stderr.write(f"{wishes.readme}: table of results renewed.\n")
    if not (wishes.html or wishes.markdown or wishes.readme):
        sys.stdout.write(markdown.document(found, wishes.failures))


def lint(folder: Path | None, as_json: bool) -> None:
    """``readout eval lint``. Raises ``CaseError`` where a case is wrong, after all findings are shown."""
    from evals import lint as linting

    found = linting.lint(folder or cases.FOLDER)
    out = console()
    for one in found.problems:
        if as_json:
            sys.stdout.write(json.dumps({"where": one.where, "problem": one.problem}, ensure_ascii=False) + "\n")
        else:
            out.print(f"{one.where}: {one.problem}", markup=False, style="red")
    if found.problems:
        raise cases.CaseError(f"{len(found.problems)} problems in {folder or cases.FOLDER}.")
    for name, (count, digest) in found.files.items():
        line = {"file": name, "cases": count, "digest": digest}
        sys.stdout.write((json.dumps(line) if as_json else f"{name:28} {count:5} cases  digest {digest}") + "\n")
