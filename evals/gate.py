"""The gate: figures that a change may not lower.

``baseline.json`` holds, for every set (``task/group``), the digest of its cases and a floor for each gated metric. The
gate fails where a figure is below its floor, where a floor has no figure, where the cases are other cases than those the
floors were set on, and where a case failed. It never lowers a floor by itself: ``--raise`` moves floors to better
figures only, and ``--lower SET --reason "…"`` sets one set's floors to its figures and keeps the reason in the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from pathlib import Path
from typing import Any, Literal

from service.errors import InputError

#: Beside this file, inside the wheel.
BASELINE = Path(__file__).parent / "baseline.json"
#: Floors are kept to this many decimals, rounded away from the figure, so that a last bit never fails a build.
_DECIMALS = 4

Sign = Literal["holds", "better", "below", "missing", "changed", "new", "failed", "skipped"]
#: Which of them fail the gate.
FAILING: frozenset[Sign] = frozenset({"below", "missing", "changed", "failed"})


class GateError(InputError):
    """A baseline that can't be read, or wishes that don't go together."""

    code = "invalid_gate"


@dataclass(frozen=True, slots=True)
class Measured:
    """What the gate looks at: one set's figures, digest, and how many of its cases failed."""

    figures: Mapping[str, float | None]
    higher_is_better: Mapping[str, bool]
    digest: str
    cases: int
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the gate's answer. ``metric`` is "" where it is of the whole set."""

    set: str
    metric: str
    sign: Sign
    floor: float | None = None
    value: float | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """``floors``: set → {"digest", "cases", "floors": {metric: number}}; ``lowered``: every lowering, with its reason."""

    floors: dict[str, dict[str, Any]] = field(default_factory=dict)
    lowered: list[dict[str, Any]] = field(default_factory=list)


def load(path: Path = BASELINE) -> Baseline:
    """The baseline. Raises ``GateError`` where it is missing or damaged: a gate without floors must not pass."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        floors = {
            name: {"digest": str(entry["digest"]), "cases": int(entry["cases"]), "floors": dict(entry["floors"])}
            for name, entry in value["sets"].items()
        }
        return Baseline(floors, list(value["lowered"]))
    except FileNotFoundError:
        raise GateError(f"{path}: there is no baseline. Make one with `readout eval gate --raise`.") from None
    except (json.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise GateError(f"{path} is damaged ({error}). Restore it from version control.") from None


def save(baseline: Baseline, path: Path = BASELINE) -> None:
    """Write the baseline, sets and metrics in order, so that a diff shows what moved."""
    sets = {
        name: {**entry, "floors": dict(sorted(entry["floors"].items()))} for name, entry in sorted(baseline.floors.items())
    }
    text = json.dumps({"sets": sets, "lowered": baseline.lowered}, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")


def judge(baseline: Baseline, measured: Mapping[str, Measured], skipped: Sequence[str] = ()) -> list[Finding]:
    """Hold the figures against the floors. ``skipped`` sets (data not given) are said to be so and don't fail; any other
    set that has floors and no figures does."""
    findings: list[Finding] = []
    for name, entry in baseline.floors.items():
        if name in skipped:
            findings.append(Finding(name, "", "skipped", detail="its data is not here: give --data DIR to hold it"))
        elif name not in measured:
            findings.append(Finding(name, "", "missing", detail="has floors, but no case was found"))
        else:
            findings += _judge_set(name, entry, measured[name])
    for name, found in measured.items():
        if name not in baseline.floors:
            findings.append(Finding(name, "", "new", detail=f"no floors yet ({found.cases} cases): set them with --raise"))
            if found.failed:
                findings.append(_failed(name, found))
    return findings


def _judge_set(name: str, entry: Mapping[str, Any], found: Measured) -> list[Finding]:
    findings = [_failed(name, found)] if found.failed else []
    if entry["digest"] != found.digest:
        detail = (
            f"its cases changed since the floors were set ({entry['cases']} cases, {entry['digest']} → "
            f"{found.cases} cases, {found.digest}): where all floors still hold, --raise takes the new cases over; "
            f'else --lower {name} --reason "…"'
        )
        findings.append(Finding(name, "", "changed", detail=detail))
    for metric, held in entry["floors"].items():
        value = found.figures.get(metric)
        if value is None:
            findings.append(Finding(name, metric, "missing", held, None, "has a floor, but is undefined now"))
            continue
        sign = _sign(held, value, found.higher_is_better.get(metric, True))
        findings.append(Finding(name, metric, sign, held, value))
    for metric in found.higher_is_better:
        if metric not in entry["floors"] and found.figures.get(metric) is not None:
            findings.append(Finding(name, metric, "new", None, found.figures[metric], "no floor yet: set it with --raise"))
    return findings


def _failed(name: str, found: Measured) -> Finding:
    return Finding(name, "", "failed", detail=f"{found.failed} of {found.cases} cases failed; see the run's errors")


def _sign(held: float, value: float, higher: bool) -> Sign:
    rounded = _rounded(value, higher)
    if rounded == held:
        return "holds"
    return "better" if (rounded > held) == higher else "below"


def _rounded(value: float, higher: bool) -> float:
    """Down where higher is better, up where lower is: the floor is never better than the figure that set it."""
    scale = 10**_DECIMALS
    nearly = round(value * scale, 6)
    whole: int = floor(nearly) if higher else ceil(nearly)
    return float(whole / scale)


def raised(baseline: Baseline, measured: Mapping[str, Measured]) -> Baseline:
    """The baseline with better floors, and floors for what had none. No floor gets worse.

    A set whose cases changed takes the new digest over only where every one of its floors holds on the new cases; a set
    with failed cases stays as it is.
    """
    sets = {name: {**entry, "floors": dict(entry["floors"])} for name, entry in baseline.floors.items()}
    for name, found in measured.items():
        if found.failed:
            continue
        entry = sets.setdefault(name, {"digest": found.digest, "cases": found.cases, "floors": {}})
        signs = {f.metric: f.sign for f in _judge_set(name, entry, found) if f.metric}
        if entry["digest"] != found.digest:
            if set(signs.values()) & FAILING:
                continue
            entry["digest"], entry["cases"] = found.digest, found.cases
        for metric, sign in signs.items():
            value = found.figures[metric] if sign in ("better", "new") else None
            if value is not None:
                entry["floors"][metric] = _rounded(value, found.higher_is_better.get(metric, True))
    return Baseline(sets, baseline.lowered)


def lowered(baseline: Baseline, measured: Mapping[str, Measured], sets: Sequence[str], reason: str, when: str) -> Baseline:
    """The baseline with the floors of these sets at today's figures; each floor that fell is kept with the reason.

    Raises ``GateError`` without a reason, and for a set that was not measured or has failed cases.
    """
    if not reason.strip():
        raise GateError('Lowering a floor needs a reason, and keeps it: --reason "…".')
    entries = dict(baseline.floors)
    log = list(baseline.lowered)
    for name in sets:
        if name not in measured:
            known = ", ".join(sorted(measured))
            raise GateError(f"--lower {name}: no such set was measured. The sets are: {known}.")
        found = measured[name]
        if found.failed:
            raise GateError(f"--lower {name}: {found.failed} of its cases failed. Mend that first; it is no figure.")
        before = entries.get(name, {"floors": {}, "digest": None})
        floors = {
            metric: _rounded(value, higher)
            for metric, higher in found.higher_is_better.items()
            if (value := found.figures.get(metric)) is not None
        }
        changes = {
            metric: {"from": held, "to": floors.get(metric)}
            for metric, held in before["floors"].items()
            if floors.get(metric) != held
        }
        log.append({"set": name, "when": when, "reason": reason.strip(), "cases": found.digest, "floors": changes})
        entries[name] = {"digest": found.digest, "cases": found.cases, "floors": floors}
    return Baseline(entries, log)


def passes(findings: Sequence[Finding]) -> bool:
    """Whether nothing fails. An empty list does not pass: a gate that holds nothing is no gate."""
    return any(f.sign in ("holds", "better", "below") for f in findings) and not any(f.sign in FAILING for f in findings)
