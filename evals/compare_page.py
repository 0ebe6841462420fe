"""A comparison as one self-contained HTML page: the verdict, every metric, and each case that changed with both outputs."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from evals import highlight
from evals.compare import Changed, Comparison, SetComparison
from evals.figures import shown
from evals.report_page import MARKS, compact, document
from evals.rundir import Result
from evals.statistics import Difference

_SENTENCE = {
    "better": "B is better than A.",
    "worse": "B is worse than A.",
    "can't tell": "It can't be told which is better.",
}


def page(found: Comparison, most: int) -> str:
    """The whole page; ``most`` changed cases are shown for each set."""
    links = "".join(f'<a href="#{one.task}-{escape(one.group)}">{one.task} / {escape(one.group)}</a>' for one in found.sets)
    sections = "".join(_set(one, most) for one in found.sets)
    left_out = (
        f"<p>{found.left_out} items are not in both runs, or failed in one, and were left out.</p>" if found.left_out else ""
    )
    kind = {"better": "good", "worse": "bad"}.get(found.verdict, "")
    runs = "".join(
        f"<tr><td><b>{name}</b></td><td>{escape(run.label)}</td><td>{escape(run.name)}</td>"
        f"<td><code>{escape(run.manifest['commit'] or run.manifest['code'])}</code></td></tr>"
        f'<tr class="sub"><td></td><td colspan="3"><code>{escape(run.manifest["command"])}</code></td></tr>'
        for name, run in (("A", found.first), ("B", found.second))
    )
    main = (
        f'<section><h2 class="{kind}">{_SENTENCE[found.verdict]}</h2><table class="runs">{runs}</table>{left_out}'
        "<p>The same items of both runs. A verdict needs both: the 95 % interval of the paired bootstrap (by story) leaves "
        "out zero, and a swap test gives p ≤ 0.05, corrected where several sets are judged (◆). Fewer than six stories "
        f"never give one.</p></section>{sections}"
    )
    return document(f"A: {found.first.label}, B: {found.second.label}", links, main)


def _set(one: SetComparison, most: int) -> str:
    rows = "".join(
        _row(d, one.headline) for name, d in one.differences.items() if d.first is not None or d.second is not None
    )
    only_a, only_b, p = one.mcnemar
    turned = f"right in A only: {only_a}, in B only: {only_b}" + ("" if p is None else f" (McNemar p = {p:.3f})")
    head = (
        '<tr><th></th><th class="number">A</th><th class="number">B</th><th class="number">B − A</th><th>95 %</th>'
        '<th class="number">p</th><th></th></tr>'
    )
    cases = "".join(_change(change) for change in one.changed[:most])
    more = f'<p class="more">{len(one.changed) - most} more differ.</p>' if len(one.changed) > most else ""
    changed = ""
    if one.changed:
        summary = f"{len(one.changed)} cases differ; {turned}"
        changed = f'<details class="failing"><summary>{summary}</summary>{MARKS}{cases}{more}</details>'
    return (
        f'<section id="{one.task}-{escape(one.group)}"><h2>{one.task} <small>{escape(one.group)}: {one.items} items of '
        f'{one.stories} stories</small></h2><table class="figures">{head}{rows}</table>{changed}</section>'
    )


def _row(d: Difference, headline: str | None) -> str:
    decides = d.metric == headline
    interval = "" if d.low is None or d.high is None else f"{d.low:+.3f} – {d.high:+.3f}"
    verdict = d.verdict if d.verdict != "can't tell" or decides else ""
    kind = {"better": "good", "worse": "bad"}.get(d.verdict, "")
    return (
        f'<tr class="{"held" if decides else ""}"><td>{escape(d.metric)}{" ◆" if decides else ""}</td>'
        f'<td class="number">{shown(d.first)}</td><td class="number">{shown(d.second)}</td>'
        f'<td class="number">{"–" if d.difference is None else f"{d.difference:+.3f}"}</td>'
        f'<td class="interval">{interval}</td><td class="number">{"–" if d.p is None else f"{d.p:.3f}"}</td>'
        f'<td class="{kind}">{verdict}</td></tr>'
    )


def _change(change: Changed) -> str:
    kind = {"better": "good", "worse": "bad"}.get(change.turned, "")
    text = change.case.input.get("text")
    marks = [_marks(result, "output") for result in (change.first, change.second)]
    if isinstance(text, str) and all(marks):
        gold = _marks(change.first, "gold")
        columns = [("gold", highlight.graded(gold, gold, "miss"))]
        columns += [(name, highlight.graded(side, gold, "extra")) for name, side in zip("AB", marks, strict=True)]
        body = "".join(
            f'<figure><figcaption>{name}</figcaption><div class="article">{highlight.article(text, side)}</div></figure>'
            for name, side in columns
        )
        body = f'<div class="sides three">{body}</div>'
    else:
        outputs = (("A", compact(change.first.output)), ("B", compact(change.second.output)))
        body = "".join(
            f'<figure><figcaption>{name}</figcaption><div class="article json">{escape(words)}</div></figure>'
            for name, words in outputs
        )
        body = f'<div class="sides">{body}</div>'
    notes = "".join(
        f"<li><b>{name}</b> {escape(note)}</li>"
        for name, result in (("A", change.first), ("B", change.second))
        for note in _notes(result)
    )
    title = f'<h4>{escape(change.case.id)} <small class="{kind}">{change.turned}</small></h4>'
    return f'<article class="case">{title}<ul>{notes}</ul>{body}</article>'


def _notes(result: Result) -> Sequence[str]:
    return result.observation.notes if result.observation else ()


def _marks(result: Result, side: str) -> list[highlight.Mark]:
    counts = result.observation.counts if result.observation else {}
    return highlight.marks_of(counts.get("marks", {}).get(side, []))
