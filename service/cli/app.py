"""The commands and their options; what they do is in ``service.cli.commands`` and beside it, imported when they run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from service.cli.ending import ending, leaving, plain


class Commands(TyperGroup):
    """All commands; what the library underneath says of a wrong value is put into words of our own."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command that was named."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = plain(error.message)
            raise


app = typer.Typer(
    name="readout",
    cls=Commands,
    help="A news article in, a brief that can be checked out: grounded summary, verbatim quotations, meeting records.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Engine = Literal["openai", "extractive"]
Files = Annotated[
    list[str] | None, typer.Argument(metavar="FILE|-…", help="Articles: text or HTML files; - is standard input.")
]
Jsonl = Annotated[
    str | None, typer.Option("--jsonl", metavar="IN", help="Many articles, one JSON object a line; - is standard input.")
]
Json = Annotated[bool, typer.Option("--json", help="For programs: one JSON object a line.")]
Html = Annotated[Path | None, typer.Option("--html", metavar="OUT", help="Write one self-contained HTML page.")]
Server = Annotated[str | None, typer.Option("--server", metavar="URL", envvar="READOUT_URL", help="Ask a Readout server.")]
EngineOption = Annotated[
    Engine | None, typer.Option("--engine", help="Who writes: a language model, or the embedded rules.")
]
Model = Annotated[str | None, typer.Option("--model", metavar="M", help="The model that the openai engine asks.")]
Published = Annotated[str | None, typer.Option("--published", metavar="DATE", help="When it was published: YYYY-MM-DD.")]
Title = Annotated[str | None, typer.Option("--title", help="The article's title.")]
Outlet = Annotated[str | None, typer.Option("--outlet", help="Who published it.")]
Url = Annotated[str | None, typer.Option("--url", help="Where it was published.")]
Language = Annotated[str | None, typer.Option("--language", help="Its language; told from the text where not given.")]
Concurrency = Annotated[int | None, typer.Option("--concurrency", min=1, max=256, help="Lines worked on at once (--jsonl).")]
OffsetUnit = Annotated[Literal["codepoint", "utf16", "byte"], typer.Option("--offset-unit", help="Unit of offsets in JSON.")]
Fallback = Annotated[
    Literal["none", "extractive"], typer.Option("--fallback", help="Whether the embedded rules stand in when a model fails.")
]
Fresh = Annotated[bool, typer.Option("--fresh", help="Ask the model anew, though it has answered this before.")]


@app.command()
def brief(
    files: Files = None,
    jsonl: Jsonl = None,
    published: Published = None,
    title: Title = None,
    outlet: Outlet = None,
    url: Url = None,
    language: Language = None,
    engine: EngineOption = None,
    model: Model = None,
    length: Annotated[Literal["short", "medium", "long"], typer.Option("--length", help="Of the summary.")] = "medium",
    style: Annotated[Literal["sentences", "bullets"], typer.Option("--style", help="Of the summary.")] = "sentences",
    output_language: Annotated[str | None, typer.Option("--output-language", help="Of the summary.")] = None,
    on_unsupported: Annotated[
        Literal["flag", "drop"], typer.Option("--on-unsupported", help="What becomes of statements without support.")
    ] = "flag",
    fallback: Fallback = "none",
    judge: Annotated[bool, typer.Option("--judge", help="A model judges where the rules can't tell.")] = False,
    fresh: Fresh = False,
    json: Json = False,
    html: Html = None,
    offset_unit: OffsetUnit = "codepoint",
    concurrency: Concurrency = None,
    server: Server = None,
) -> None:
    """Summarise articles, every statement with its evidence.

    Quotations with their speakers and meeting records come with it.
    """
    wanted = {
        "engine": engine,
        "model": model,
        "length": length,
        "style": style,
        "output_language": output_language,
        "on_unsupported": on_unsupported,
        "fallback": fallback,
        "judge": judge,
        "fresh": fresh,
        "offset_unit": offset_unit,
    }
    stated = {"published": published, "title": title, "outlet": outlet, "url": url, "language": language}
    with ending():
        from service.cli import commands
        from service.cli.running import Form

        commands.brief(files or [], jsonl, stated, wanted, Form(json, html), server, concurrency)


@app.command()
def quotations(
    files: Files = None,
    jsonl: Jsonl = None,
    json: Json = False,
    offset_unit: OffsetUnit = "codepoint",
    concurrency: Concurrency = None,
    server: Server = None,
) -> None:
    """List who is quoted and with what words. No model is asked."""
    with ending():
        from service.cli import commands
        from service.cli.running import Form

        commands.quotations(files or [], jsonl, Form(json, offset_unit=offset_unit), server, concurrency)


@app.command()
def check(
    article: Annotated[list[str] | None, typer.Option("--article", metavar="A…", help="A source; may be repeated.")] = None,
    more: Annotated[list[str] | None, typer.Argument(metavar="[A…]", help="Further sources.")] = None,
    summary: Annotated[
        str | None, typer.Option("--summary", metavar="S", help="The summary to check; - is standard input.")
    ] = None,
    jsonl: Jsonl = None,
    judge: Annotated[bool, typer.Option("--judge", help="A model judges where the rules can't tell.")] = False,
    json: Json = False,
    offset_unit: OffsetUnit = "codepoint",
    concurrency: Concurrency = None,
    server: Server = None,
) -> None:
    """Hold a summary, whoever wrote it, against its sources. Exits with 1 where not everything is supported."""
    with ending():
        from service.cli import commands
        from service.cli.running import Form

        sources = [*(article or []), *(more or [])]
        form = Form(json, offset_unit=offset_unit)
        commands.check(sources, summary, jsonl, judge, form, server, concurrency)


@app.command()
def dossier(
    files: Files = None,
    jsonl: Jsonl = None,
    engine: EngineOption = None,
    model: Model = None,
    fallback: Fallback = "none",
    fresh: Fresh = False,
    json: Json = False,
    html: Html = None,
    offset_unit: OffsetUnit = "codepoint",
    concurrency: Concurrency = None,
    server: Server = None,
) -> None:
    """Merge the meetings of several articles.

    One record for each real meeting, with what the sources disagree on.
    """
    wanted = {"engine": engine, "model": model, "fallback": fallback, "fresh": fresh, "offset_unit": offset_unit}
    with ending():
        from service.cli import commands
        from service.cli.running import Form

        commands.dossier(files or [], jsonl, wanted, Form(json, html), server, concurrency)


@app.command()
def meetings(
    files: Files = None,
    jsonl: Jsonl = None,
    published: Published = None,
    engine: EngineOption = None,
    model: Model = None,
    fallback: Fallback = "none",
    json: Json = False,
    format: Annotated[
        Literal["json", "csv"] | None, typer.Option("--format", help="json as --json; csv: a row a meeting.")
    ] = None,
    offset_unit: OffsetUnit = "codepoint",
    concurrency: Concurrency = None,
    server: Server = None,
) -> None:
    """List the meetings that articles speak of."""
    wanted = {"engine": engine, "model": model, "fallback": fallback, "offset_unit": offset_unit}
    with ending():
        from service.cli import commands
        from service.cli.running import Form

        form = Form(json or format == "json", csv=format == "csv")
        commands.meetings(files or [], jsonl, {"published": published}, wanted, form, server, concurrency)


@app.command()
def chunk(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="The article.")],
    budget: Annotated[int, typer.Option("--budget", metavar="N", min=16, help="Most tokens of one chunk.")],
    json: Json = False,
    offset_unit: OffsetUnit = "codepoint",
) -> None:
    """Cut an article into pieces that tile it.

    At sentence ends, and not inside a quotation where that can be helped.
    """
    with ending():
        from service.cli import commands
        from service.cli.running import Form

        commands.chunk(file, budget, Form(json, offset_unit=offset_unit))


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8000,
) -> None:
    """Run the HTTP service."""
    with ending():
        from service.cli import servers

        servers.serve(host, port)


@app.command()
def simulate(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8001,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same answers and faults.")] = 0,
    faults: Annotated[Path | None, typer.Option("--faults", metavar="FILE", help="Which faults to inject, as JSON.")] = None,
) -> None:
    """Run a simulated, OpenAI-compatible model server.

    For tests, benchmarks and demos; with faults on demand.
    """
    with ending():
        from service.cli import servers

        servers.simulate(host, port, seed, faults)


@app.command()
def doctor(
    json: Json = False,
    offline: Annotated[bool, typer.Option("--offline", help="Look at the configuration only; contact nobody.")] = False,
    server: Server = None,
) -> None:
    """Say what is configured, what answers, where text would go."""
    with ending():
        from service.cli.doctor import doctor as examine

        examine(json, offline, server)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Show the version.", is_eager=True)] = False) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"readout {installed('readout')}")
        raise typer.Exit


#: What a command from another distribution says in ``readout --help``; it is not imported for that.
_ABOUT = {"eval": "Measure every stage against gold cases, compare two runs, hold the gate."}


def _add_others() -> None:
    """Commands of the entry point group ``readout.commands``, each imported only when it is called."""
    for point in entry_points(group="readout.commands"):
        settings = {"allow_extra_args": True, "ignore_unknown_options": True, "allow_interspersed_args": False}
        about = _ABOUT.get(point.name) or f"Added by {point.dist.name if point.dist else point.value}."
        app.command(point.name, context_settings=settings, add_help_option=False, help=about)(_calling(point))


def _calling(point: EntryPoint) -> Callable[[typer.Context], None]:
    def call(context: typer.Context) -> None:
        with ending():
            loaded: Any = point.load()
            command = typer.main.get_command(loaded) if isinstance(loaded, typer.Typer) else loaded
            command.main(args=list(context.args), prog_name=f"readout {point.name}")

    return call


def run() -> None:
    """Parse the arguments and run the command."""
    _add_others()
    with leaving():
        app(args=sys.argv[1:], prog_name="readout")
