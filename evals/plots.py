"""The report's plots, by matplotlib, as SVG to stand inside a page."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from evals.statistics import Figure
from service.errors import ConfigurationError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

#: Okabe and Ito's colours: told apart by nearly everybody.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
_INK = "#22303c"
_FAINT = "#d9e0e6"


def _canvas(width: float, height: float) -> tuple[Canvas, Axes]:
    try:
        import matplotlib
    except ImportError:
        raise ConfigurationError("The HTML report needs matplotlib: pip install 'readout[eval]'.") from None
    matplotlib.use("svg")
    from matplotlib import pyplot

    settings: dict[str, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": "readout",
        "font.family": "sans-serif",
        "font.size": 10,
        "text.color": _INK,
        "axes.labelcolor": _INK,
        "axes.edgecolor": _FAINT,
        "xtick.color": _INK,
        "ytick.color": _INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
    for key, value in settings.items():
        matplotlib.rcParams[key] = value  # type: ignore[index]
    return pyplot.subplots(figsize=(width, height), layout="constrained")


def _svg(canvas: Canvas) -> str:
    from matplotlib import pyplot

    out = io.StringIO()
    canvas.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    pyplot.close(canvas)
    text = out.getvalue()
    text = text[text.index("<svg") :]
    return re.sub(r"font: ([\d.]+)px [^;\"]*", r"font: \1px system-ui, sans-serif", text)


def intervals(rows: Sequence[str], runs: Mapping[str, Sequence[Figure | None]], lower_is_better: Sequence[bool]) -> str:
    """One line a set, one dot a run with its interval; shares between 0 and 1."""
    canvas, axes = _canvas(8.2, 0.9 + 0.42 * len(rows) * max(1.0, 0.55 * len(runs)))
    step = 0.7 / max(1, len(runs))
    for number, (label, figures) in enumerate(runs.items()):
        colour = COLOURS[number % len(COLOURS)]
        first = True
        for row, figure in enumerate(figures):
            if figure is None or figure.value is None:
                continue
            place = row + (number - (len(runs) - 1) / 2) * step
            if figure.low is not None and figure.high is not None:
                axes.plot(
                    [figure.low, figure.high],
                    [place, place],
                    color=colour,
                    linewidth=2.4,
                    alpha=0.45,
                    solid_capstyle="round",
                )
            axes.plot([figure.value], [place], "o", color=colour, markersize=6.5, label=label if first else None)
            first = False
    names = [name + ("  (lower is better)" if low else "") for name, low in zip(rows, lower_is_better, strict=True)]
    axes.set_yticks(range(len(rows)), names)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(-0.02, 1.02)
    axes.grid(axis="x", color=_FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    if len(runs) > 1:
        axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=min(3, len(runs)))
    return _svg(canvas)


def bars(members: Sequence[str], runs: Mapping[str, Sequence[Figure | None]]) -> str:
    """One group of bars a member of a breakdown, with intervals."""
    canvas, axes = _canvas(5.4, 0.7 + 0.3 * len(members) * max(1.0, 0.6 * len(runs)))
    height = 0.74 / max(1, len(runs))
    top = 1.0
    for number, (label, figures) in enumerate(runs.items()):
        colour = COLOURS[number % len(COLOURS)]
        for row, figure in enumerate(figures):
            place = row + (number - (len(runs) - 1) / 2) * height
            if figure is None or figure.value is None:
                axes.text(0.005, place, "–", va="center", color="#8795a1")
                continue
            axes.barh(place, figure.value, height * 0.86, color=colour, alpha=0.82, label=label if row == 0 else None)
            top = max(top, figure.value)
            edge = figure.value
            if figure.low is not None and figure.high is not None:
                axes.plot([figure.low, figure.high], [place, place], color=_INK, linewidth=1.1, alpha=0.75)
                edge = max(edge, figure.high)
            axes.text(edge + 0.012 * top, place, f"{figure.value:.2f}", va="center", fontsize=9)
    axes.set_yticks(range(len(members)), members)
    axes.set_ylim(len(members) - 0.5, -0.5)
    axes.set_xlim(0, top * 1.09)
    axes.grid(axis="x", color=_FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    if len(runs) > 1:
        axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=min(3, len(runs)))
    return _svg(canvas)


def confusion(counts: Mapping[str, Mapping[str, float]]) -> str:
    """Rows: gold; columns: what was said. Shaded by the share of the row, the number in each cell."""
    rows = sorted(counts, key=lambda gold: -sum(counts[gold].values()))
    named = {said for row in counts.values() for said in row}
    columns = [gold for gold in rows if gold in named] + sorted(named - set(rows))
    canvas, axes = _canvas(1.5 + 0.56 * len(columns), 1.05 + 0.33 * len(rows))
    shares = [[counts[gold].get(said, 0) / max(1, sum(counts[gold].values())) for said in columns] for gold in rows]
    # drawn as cells, not as a picture: the page lets no pictures in, and cells stay sharp
    axes.pcolormesh(shares, cmap="Blues", vmin=0, vmax=1.25, edgecolors="white", linewidth=1.5)
    axes.invert_yaxis()
    for y, gold in enumerate(rows):
        for x, said in enumerate(columns):
            number = counts[gold].get(said, 0)
            if number:
                weight = "bold" if gold == said else "normal"
                ink = "white" if shares[y][x] > 0.6 else _INK
                axes.text(
                    x + 0.5, y + 0.5, f"{number:,.0f}", ha="center", va="center", fontsize=9, fontweight=weight, color=ink
                )
    axes.set_xticks([x + 0.5 for x in range(len(columns))], columns, rotation=30, ha="left")
    axes.xaxis.tick_top()
    axes.set_yticks([y + 0.5 for y in range(len(rows))], rows)
    axes.set_ylabel("gold")
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return _svg(canvas)


def against(points: Sequence[tuple[str, Figure | None, Figure | None]], x_label: str, y_label: str) -> str:
    """Cost against quality: one point a run (label, x, y), with both intervals; left out where either is not known."""
    canvas, axes = _canvas(5.6, 3.6)
    right = 1e-9
    for number, (label, x, y) in enumerate(points):
        colour = COLOURS[number % len(COLOURS)]
        if x is None or y is None or x.value is None or y.value is None:
            continue
        right = max(right, x.value, x.high or 0.0)
        if x.low is not None and x.high is not None:
            axes.plot([x.low, x.high], [y.value, y.value], color=colour, alpha=0.45, linewidth=2)
        if y.low is not None and y.high is not None:
            axes.plot([x.value, x.value], [y.low, y.high], color=colour, alpha=0.45, linewidth=2)
        axes.plot([x.value], [y.value], "o", color=colour, markersize=8)
        axes.annotate(label, (x.value, y.value), xytext=(8, 6), textcoords="offset points")
    axes.set_xlabel(x_label)
    axes.set_ylabel(y_label)
    axes.grid(color=_FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_xlim(-0.04 * right, right * 1.3)
    axes.set_ylim(0, 1.02)
    return _svg(canvas)
