"""``readout eval``: the harness on the command line. Progress and questions on stderr, figures on stdout.

Exit: 0 done; 1 findings (``compare``: worse; ``gate``: a floor doesn't hold); 2 bad input; 3 model unreachable.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.cli.ending import ending

app = typer.Typer(
    name="readout eval",
    help="Measure every stage against gold cases, compare two runs, hold the gate.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Tasks = Annotated[list[str] | None, typer.Option("--task", help="A stage's task; may be repeated. Default: all.")]
Data = Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Folder of the sets from outside.")]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where runs are kept.")]
Json = Annotated[bool, typer.Option("--json", help="For programs: one JSON object a line.")]
_RUNS = Path("var/evals")


@app.command()
def run(
    task: Tasks = None,
    engine: Annotated[list[str] | None, typer.Option("--engine", help="openai or extractive; may be repeated.")] = None,
    model: Annotated[list[str] | None, typer.Option("--model", metavar="M", help="May be repeated.")] = None,
    prompt: Annotated[list[str] | None, typer.Option("--prompt", metavar="P", help="brief@1; may be repeated.")] = None,
    repeats: Annotated[int, typer.Option("--repeats", min=1, max=50, help="How often each case is run.")] = 1,
    split: Annotated[str, typer.Option("--split", help="dev, test or all.")] = "dev",
    data: Data = None,
    cases: Annotated[
        list[Path] | None, typer.Option("--cases", metavar="FILE", help="Case files of your own, in place of ours.")
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", help="Only the first N cases of each set.")] = None,
    concurrency: Annotated[int | None, typer.Option("--concurrency", min=1, max=256, help="Cases at once.")] = None,
    budget: Annotated[float | None, typer.Option("--budget", metavar="USD", help="Stop before more is spent.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask before a run that costs money.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew, though an unfinished run could go on.")] = False,
    weaken: Annotated[
        float, typer.Option("--weaken", metavar="SHARE", min=0, max=1, help="Damage this share of all answers (self-test).")
    ] = 0.0,
    draws: Annotated[int, typer.Option("--draws", min=0, help="Draws of the bootstrap; 0: no intervals.")] = 1000,
    out: Out = _RUNS,
    name: Annotated[str | None, typer.Option("--name", help="The run's name (for one combination only).")] = None,
    json: Json = False,
) -> None:
    """Run the cases through every combination of engine, model and prompt; print the figures with 95 % intervals.

    A run that was stopped goes on where it stopped when the same command is given again.
    """
    with ending():
        from evals import commands
        from evals.plan import Selection

        selection = Selection(tuple(task or ()), split, data, limit, tuple(cases or ()))
        wishes = commands.Wishes(tuple(engine or ()), tuple(model or ()), tuple(prompt or ()), weaken)
        how = commands.How(repeats, concurrency, budget, yes, fresh, draws, out, name, json)
        commands.run(selection, wishes, how)


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(metavar="RUN", help="The run that is known.")],
    second: Annotated[Path, typer.Argument(metavar="RUN", help="The run that is to be judged.")],
    shared: Annotated[bool, typer.Option("--shared", help="Compare the cases that both runs have, and no others.")] = False,
    cases: Annotated[int, typer.Option("--cases", min=0, help="How many cases to show with both outputs.")] = 10,
    draws: Annotated[int, typer.Option("--draws", min=100, help="Draws of the bootstrap and of the swap test.")] = 1000,
    html: Annotated[Path | None, typer.Option("--html", metavar="OUT", help="Write one self-contained HTML page.")] = None,
    out: Out = _RUNS,
    json: Json = False,
) -> None:
    """Say whether the second run is better, worse, or whether it can't be told. Exits with 1 where it is worse."""
    with ending():
        from evals import reading

        worse = reading.compare(first, second, reading.Comparing(shared, cases, draws, html, out, json))
        if worse:
            raise typer.Exit(1)


@app.command()
def gate(
    task: Tasks = None,
    data: Data = None,
    raise_: Annotated[bool, typer.Option("--raise", help="Move floors up to better figures (never down).")] = False,
    lower: Annotated[list[str] | None, typer.Option("--lower", metavar="SET", help="Set a set's floors anew.")] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why a floor is lowered; kept in the baseline.")] = "",
    baseline: Annotated[Path | None, typer.Option("--baseline", metavar="FILE", help="Another baseline.")] = None,
    weaken: Annotated[float, typer.Option("--weaken", metavar="SHARE", min=0, max=1, help="A self-test: must fail.")] = 0.0,
    json: Json = False,
) -> None:
    """Hold the embedded engine's figures against the floors. Exits with 1 where one doesn't hold."""
    with ending():
        from evals import commands

        wishes = commands.Gating(tuple(task or ()), data, raise_, tuple(lower or ()), reason, baseline, weaken, json)
        if not commands.gate(wishes):
            raise typer.Exit(1)


@app.command()
def report(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN…", help="One run or several, side by side.")],
    html: Annotated[Path | None, typer.Option("--html", metavar="OUT", help="Write one self-contained HTML page.")] = None,
    markdown: Annotated[
        Path | None, typer.Option("--markdown", metavar="OUT", help="Write Markdown, for a pull request.")
    ] = None,
    readme: Annotated[
        Path | None, typer.Option("--readme", metavar="FILE", help="Renew the table between the markers of a README.")
    ] = None,
    failures: Annotated[int, typer.Option("--failures", min=0, help="Failing cases to show for each set.")] = 12,
    draws: Annotated[int, typer.Option("--draws", min=0, help="Draws of the bootstrap; 0: no intervals.")] = 1000,
    out: Out = _RUNS,
) -> None:
    """Tables, plots and failing cases of one run or several. With no output named: Markdown on stdout."""
    with ending():
        from evals import reading

        reading.report(runs, reading.Reporting(html, markdown, readme, failures, draws, out))


@app.command()
def lint(
    folder: Annotated[Path | None, typer.Argument(metavar="[FOLDER]", help="Default: our own cases.")] = None,
    json: Json = False,
) -> None:
    """Prove the cases: schema, gold spans, duplicates, leaks. Exits with 2 where one is wrong."""
    with ending():
        from evals import reading

        reading.lint(folder, json)
