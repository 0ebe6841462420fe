"""The report as one self-contained HTML page: no script from elsewhere, no font, no picture; articles are escaped."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from evals import highlight, markdown, plots
from evals.base import Case
from evals.figures import SetFigures, observations, shown
from evals.markdown import ABOUT, Found
from evals.registry import task as task_named
from evals.rundir import Result, Run
from evals.statistics import Figure

_STYLE = Path(__file__).with_name("report.css")
MARKS = (
    '<p class="key">Marks: <mark class="hit">the same on both sides</mark><mark class="near">overlaps, or other kind</mark>'
    '<mark class="miss">in gold only: missed</mark><mark class="extra">in the output only</mark></p>'
)
_UNDEFINED = '<span class="none" title="undefined: nothing to count">–</span>'


def page(found: Sequence[Found], failures: int) -> str:
    """The whole page. Raises ``ConfigurationError`` without matplotlib."""
    sets = markdown.sets(found)
    tasks = list(dict.fromkeys(task for task, _ in sets))
    links = "".join(f'<a href="#{task}">{task}</a>' for task in tasks)
    sections = "".join(_task(found, task, [g for t, g in sets if t == task], failures) for task in tasks)
    title = " and ".join(run.label for run, _ in found) if len(found) < 3 else f"{len(found)} runs"
    absent = "".join(f"<p>{_code(line)}</p>" for line in markdown.absent(found))
    main = (
        f"{_overview(found, sets)}{_runs(found)}{_cost(found)}{sections}"
        f'<section class="notes"><h2>How to read this</h2>{_how()}{absent}</section>'
    )
    return document(title, links, main)


def document(title: str, links: str, main: str) -> str:
    """A page of ours: head with the style, navigation, and sections. ``links`` and ``main`` are HTML already."""
    return (
        "<!doctype html>\n"
        f'<html lang="en"><head><meta charset="utf-8"><title>Evaluation: {escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<style>{_STYLE.read_text(encoding='utf-8')}</style></head><body>"
        f"<header><h1>Evaluation <small>{escape(title)}</small></h1><nav>{links}</nav></header>"
        f"<main>{main}</main></body></html>\n"
    )


def _how() -> str:
    return (
        "<p>Intervals are 95 %, by bootstrap over stories: articles of one event rise and fall together, so they are drawn "
        "together. “–” is an undefined figure (nothing to count), or an interval for which there are too few stories. "
        "Bold figures are held by the gate; ◆ is the one that decides a comparison. ↓ marks what is better when lower.</p>"
        f"{MARKS}"
    )


def _code(line: str) -> str:
    parts = escape(line).split("`")
    return "".join(f"<code>{part}</code>" if index % 2 else part for index, part in enumerate(parts))


def _overview(found: Sequence[Found], sets: Sequence[tuple[str, str]]) -> str:
    rows, lower = [], []
    runs: dict[str, list[Figure | None]] = {_label(found, index): [] for index in range(len(found))}
    for task, group in sets:
        here = [one for _, figures in found if (one := markdown.set_of(figures, task, group))]
        name = next((one.headline for one in here if one.headline), None)
        if name is None:
            continue
        rows.append(f"{task} / {group}{markdown.trained_mark(task, group)}: {name}")
        lower.append(not task_named(task).gated[name])
        for index, (_, figures) in enumerate(found):
            one = markdown.set_of(figures, task, group)
            runs[_label(found, index)].append(one.figures.get(name) if one else None)
    if not rows:
        return ""
    return f'<section><h2>At a glance</h2><div class="plot">{plots.intervals(rows, runs, lower)}</div></section>'


def _label(found: Sequence[Found], index: int) -> str:
    """A run's label, with its name where two runs have the same one."""
    run = found[index][0]
    same = sum(other.label == run.label for other, _ in found)
    return run.label if same == 1 else f"{run.label} ({run.name})"


def _runs(found: Sequence[Found]) -> str:
    rows = ""
    for index, (run, figures) in enumerate(found):
        m = run.manifest
        versions = ", ".join(f"{name} {number}" for name, number in m["versions"].items())
        failed = sum(one.failed for one in figures)
        state = "finished" if m["finished"] else "not finished"
        if failed:
            state = f'<b class="bad">{failed} cases failed</b>'
        colour = plots.COLOURS[index % len(plots.COLOURS)]
        rows += (
            f'<tr><td><i class="dot" style="background:{colour}"></i>{escape(_label(found, index))}</td>'
            f"<td><code>{escape(markdown.made_by(m))}</code></td><td>{escape(m['created'])}</td><td>{state}</td>"
            f"<td>{len(run.cases)} × {m['repeats']}</td><td><code>{m['digest']}</code></td></tr>"
            f'<tr class="sub"><td colspan="6"><code>{escape(m["command"])}</code><br>{escape(versions)}</td></tr>'
        )
    head = "<tr><th>system</th><th>commit</th><th>made</th><th></th><th>cases × repeats</th><th>digest of cases</th></tr>"
    return f'<section><h2>Runs</h2><table class="runs">{head}{rows}</table></section>'


def _cost(found: Sequence[Found]) -> str:
    """Cost against quality, where both are known for two runs or more."""
    drawn = ""
    for group in dict.fromkeys(one.group for _, figures in found for one in figures if one.task == "cost"):
        points = []
        for index, (_, figures) in enumerate(found):
            cost, quality = (markdown.set_of(figures, task, group) for task in ("cost", "brief"))
            price = cost.figures.get("usd_per_1000") if cost else None
            worth = quality.figures.get("vital_facts") if quality else None
            points.append((_label(found, index), price, worth))
        if sum(price is not None and price.value is not None and worth is not None for _, price, worth in points) < 2:
            continue
        plot = plots.against(points, "US dollars for 1,000 briefs", "share of vital facts told")
        drawn += f'<figure class="plot"><figcaption>{escape(group)}</figcaption>{plot}</figure>'
    return f'<section><h2>Cost against quality</h2><div class="plots">{drawn}</div></section>' if drawn else ""


def _task(found: Sequence[Found], task: str, groups: Sequence[str], failures: int) -> str:
    inner = "".join(_set(found, task, group, failures) for group in groups)
    about = escape(ABOUT.get(task, ""))
    return f'<section id="{task}"><h2>{task} <small>{about}</small></h2>{inner}</section>'


def _set(found: Sequence[Found], task: str, group: str, failures: int) -> str:
    columns = [(index, one) for index, (_, figures) in enumerate(found) if (one := markdown.set_of(figures, task, group))]
    sizes = "; ".join(dict.fromkeys(one.size for _, one in columns))
    parts = [
        f'<h3>{escape(group + markdown.trained_mark(task, group))} <small>{escape(sizes)}</small></h3><div class="set">'
    ]
    parts.append(_table(found, task, columns))
    parts.append(f'<div class="plots">{_bars(found, columns)}{_confusions(found, task, group)}</div></div>')
    parts += [_failing(found, index, task, group, failures) for index, _ in columns]
    return "".join(parts)


def _table(found: Sequence[Found], task: str, columns: Sequence[tuple[int, SetFigures]]) -> str:
    gated = task_named(task).gated
    decisive = next((one.headline for _, one in columns if one.headline), None)
    labels = "".join(
        f'<th class="number">{escape(_label(found, index)) if len(columns) > 1 else "figure"}</th><th>95 %</th>'
        for index, _ in columns
    )
    rows, undefined = [], []
    for name in dict.fromkeys(name for _, one in columns for name in one.plain()):
        if all(_value(one, name) is None for _, one in columns):
            undefined.append(name)
            continue
        sign = (" ◆" if name == decisive else "") + (" ↓" if gated.get(name) is False else "")
        cells = "".join(_cells(one, name) for _, one in columns)
        rows.append(f'<tr class="{"held" if name in gated else ""}"><td>{escape(name)}{sign}</td>{cells}</tr>')
    left = f'<p class="more">– undefined here: {escape(", ".join(undefined))}</p>' if undefined else ""
    # a long table of one run stands in two columns
    half = (len(rows) + 1) // 2 if len(columns) == 1 and len(rows) > 14 else len(rows)
    parts = [rows[:half], rows[half:]]
    tables = "".join(f'<table class="figures"><tr><th></th>{labels}</tr>{"".join(part)}</table>' for part in parts if part)
    return f'<div class="tables">{tables}</div>{left}'


def _value(one: SetFigures, name: str) -> float | None:
    figure = one.figures.get(name)
    return figure.value if figure else None


def _cells(one: SetFigures, name: str) -> str:
    figure = one.figures.get(name)
    if figure is None or figure.value is None:
        return f'<td class="number">{_UNDEFINED}</td><td></td>'
    interval = "" if figure.low is None or figure.high is None else f"{shown(figure.low)} – {shown(figure.high)}"
    over = one.spreads.get(name)
    if over and over.deviation:
        interval += f'<br><span title="standard deviation over {over.repeats} repeats">± {shown(over.deviation)}</span>'
    return f'<td class="number">{shown(figure.value)}</td><td class="interval">{interval}</td>'


def _bars(found: Sequence[Found], columns: Sequence[tuple[int, SetFigures]]) -> str:
    families: dict[str, list[str]] = {}
    for _, one in columns:
        for family, members in one.breakdowns().items():
            known = families.setdefault(family, [])
            known += [name for name, figure in members.items() if figure.value is not None and name not in known]
    drawn = ""
    for family, names in families.items():
        if names:
            runs = {_label(found, i): [one.figures.get(f"{family}:{name}") for name in names] for i, one in columns}
            drawn += f'<figure class="plot"><figcaption>{escape(family)}</figcaption>{plots.bars(names, runs)}</figure>'
    return drawn


def _confusions(found: Sequence[Found], task: str, group: str) -> str:
    drawn = ""
    for index, (run, _) in enumerate(found):
        total: dict[str, dict[str, float]] = {}
        for observation in observations(run, task, group):
            for gold, row in observation.counts.get("confusion", {}).items():
                for said, number in row.items():
                    into = total.setdefault(gold, {})
                    into[said] = into.get(said, 0) + number
        if total:
            who = f", {_label(found, index)}" if len(found) > 1 else ""
            caption = f"confusion: gold in rows, output in columns{who}"
            drawn += (
                f'<figure class="plot small"><figcaption>{escape(caption)}</figcaption>{plots.confusion(total)}</figure>'
            )
    return drawn


def _failing(found: Sequence[Found], index: int, task: str, group: str, most: int) -> str:
    run = found[index][0]
    results = markdown.failing(run, task, group)
    if not results or not most:
        return ""
    who = f", {escape(_label(found, index))}" if len(found) > 1 else ""
    number = f"{len(results)} case" + ("" if len(results) == 1 else "s")
    shown_cases = "".join(_case(run, result) for result in results[:most])
    key = MARKS if "<mark class=" in shown_cases else ""
    more = (
        f'<p class="more">{len(results) - most} more are in the run ({escape(str(run.name))}).</p>'
        if len(results) > most
        else ""
    )
    return f'<details class="failing"><summary>{number} not right{who}</summary>{key}{shown_cases}{more}</details>'


def _case(run: Run, result: Result) -> str:
    case = run.cases[result.case]
    if result.error is not None:
        words = f"{result.error['code']}: {result.error['detail']}"
        return f'<article class="case"><h4>{escape(case.id)}</h4><p class="bad">{escape(words)}</p></article>'
    observation = result.observation
    notes = "".join(f"<li>{escape(note)}</li>" for note in (observation.notes if observation else ()))
    marks = observation.counts.get("marks") if observation else None
    if marks and isinstance(case.input.get("text"), str):
        body = highlight.side_by_side(
            case.input["text"], highlight.marks_of(marks["gold"]), highlight.marks_of(marks["output"])
        )
    else:
        body = _plain(case, result)
    raw = escape(compact(result.output))
    title = case.input.get("title")
    return (
        f'<article class="case"><h4>{escape(case.id)}{f" <small>{escape(title)}</small>" if title else ""}</h4>'
        f"<ul>{notes}</ul>{body}<details><summary>output as JSON</summary><pre>{raw}</pre></details></article>"
    )


def _plain(case: Case, result: Result) -> str:
    """Input, gold and output without marks: long texts to scroll through, the rest as JSON."""
    return (
        f'<div class="sides"><figure><figcaption>input</figcaption>{_values(case.input)}</figure>'
        f"<figure><figcaption>gold</figcaption>{_values(case.gold)}<figcaption>output</figcaption>"
        f"{_values(result.output or {})}</figure></div>"
    )


def compact(value: Any, indent: str = "") -> str:
    """JSON for reading: what fits on a line stands on a line."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + len(indent) <= 72 or not isinstance(value, dict | list) or not value:
        return line
    inner = indent + "  "
    if isinstance(value, dict):
        parts = [f"{inner}{json.dumps(key)}: {compact(one, inner)}" for key, one in value.items()]
        return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    return "[\n" + ",\n".join(inner + compact(one, inner) for one in value) + f"\n{indent}]"


def _values(value: Mapping[str, Any]) -> str:
    rows = ""
    for name, inner in value.items():
        if name == "usage" or inner in ([], {}, None, ""):
            continue
        if isinstance(inner, list) and all(isinstance(one, dict) and isinstance(one.get("text"), str) for one in inner):
            inner = "\n\n———\n\n".join(one["text"] for one in inner)
        words = inner if isinstance(inner, str) else compact(inner)
        kind = "article" if isinstance(inner, str) else "article json"
        rows += f'<dt>{escape(name)}</dt><dd class="{kind}">{escape(words)}</dd>'
    return f"<dl>{rows}</dl>"
