"""The page: briefs beside their articles, in one file that needs nothing else and fetches nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from service.domain.brief import Brief, Engine
from service.domain.dossier import Dossier
from service.domain.quotation import Quotation
from service.domain.text import Span
from service.web.article import Marks, marked_article
from service.web.cards import COLOURS, Evidence, meeting_card, merged_card, quotation_item, statement_item
from service.web.markup import Html, element, raw
from service.web.reference import reference_parts


def brief_page(briefs: Sequence[Brief]) -> str:
    """A page of one brief or several. ``briefs`` carry offsets in code points."""
    title = briefs[0].headline.text if len(briefs) == 1 else f"{len(briefs)} briefs"
    return _page(title, [_brief(brief, number, {}) for number, brief in enumerate(briefs, 1)], _tabs(briefs))


def dossier_page(dossier: Dossier) -> str:
    """A page of a dossier: the timeline of its meetings, and every article with its evidence."""
    evidence = Evidence("d")
    merged = {one.id: one for one in dossier.meetings}
    places = {brief.id: f"b{number}" for number, brief in enumerate(dossier.briefs, 1)}
    entries = [
        element("li", element("time", entry.date or "no date"), merged_card(merged[entry.meeting], evidence, places))
        for entry in dossier.timeline
        if entry.meeting in merged
    ]
    notices = [element("li", one.detail) for one in dossier.warnings]
    timeline = element(
        "section",
        element("h2", f"{_counted(len(dossier.meetings), 'meeting')} in {_counted(len(dossier.briefs), 'article')}"),
        element("ul", notices, class_="warnings") if notices else None,
        element("ol", entries, class_="timeline"),
        class_="dossier",
        id="dossier",
    )
    sections = []
    for number, brief in enumerate(dossier.briefs, 1):
        own = {
            reference: [span for span in spans if (span.source or 0) == number - 1]
            for reference, spans in evidence.spans.items()
        }
        sections.append(_brief(brief, number, {reference: spans for reference, spans in own.items() if spans}))
    return _page("Dossier", [timeline, *sections], _tabs(dossier.briefs, timeline=True))


def home_page() -> str:
    """The page to paste an article into; its script asks the service that it came from, and nobody else."""
    article = element(
        "textarea",
        id="text",
        rows="16",
        required=True,
        placeholder="Paste a news article, or the HTML of its page.",
        dir="auto",
    )
    details = [
        element("label", "Published ", element("input", type="date", id="published")),
        element("label", "Outlet ", element("input", id="outlet", maxlength="200")),
        element("button", "Brief it", id="go", type="submit"),
    ]
    form = element(
        "form",
        element("label", "The article", for_="text", class_="title"),
        article,
        element("div", details, class_="row"),
        element("p", "", id="said", role="status"),
        element("noscript", element("p", "Without scripts: readout brief FILE --html page.html does the same.")),
        id="ask",
    )
    intro = "A news article in, a brief that can be checked out: every statement a click away from the words it stands on."
    section = element("section", element("h2", "Readout"), element("p", intro, class_="facts"), form, class_="home")
    return _page("A brief that can be checked", [section], None, "home.js", legend=False)


def reference_page(document: Mapping[str, Any]) -> str:
    """The page that lists the interfaces of an OpenAPI document; it needs no script."""
    return _page("Interfaces", reference_parts(document), None, None, legend=False)


def content_security_policy(script: str | None = "page.js") -> str:
    """The policy of a page: its own style and script, by their hashes, and nothing else from anywhere. Only the home page's
    script may ask anything, and only the service itself."""
    own = f"'sha256-{_digest(_static(script))}'" if script else "'none'"
    connect = "connect-src 'self'; " if script == "home.js" else ""
    return (
        f"default-src 'none'; style-src 'sha256-{_digest(_static('page.css'))}'; "
        f"script-src {own}; {connect}img-src data:; base-uri 'none'; form-action 'none'"
    )


def _page(title: str, sections: list[Html], tabs: Html | None, script: str | None = "page.js", legend: bool = True) -> str:
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=content_security_policy(script)),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{title} · Readout"),
        raw("style", _static("page.css")),
    )
    header = element(
        "header",
        element("div", element("b", "Readout", class_="mark"), _legend() if legend else None, class_="bar"),
        tabs,
        class_="top",
    )
    body = element("body", header, element("main", sections), raw("script", _static(script)) if script else None)
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def _legend() -> Html:
    keys = [
        element("span", element("mark", "evidence", class_="e")),
        element("span", element("mark", "quoted", class_="q")),
        element("span", element("mark", "reported", class_="r")),
        element("span", element("span", "furniture", class_="f")),
    ]
    return element(
        "p", keys, element("button", "◐", id="theme", type="button", title="Light or dark", hidden=True), class_="legend"
    )


def _tabs(briefs: Sequence[Brief], timeline: bool = False) -> Html | None:
    if len(briefs) < 2 and not timeline:
        return None
    first = [element("a", "Timeline", href="#dossier")] if timeline else []
    links = [element("a", _name(brief, number), href=f"#b{number}") for number, brief in enumerate(briefs, 1)]
    return element("nav", first + links, class_="tabs", aria_label="Articles")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _name(brief: Brief, number: int) -> str:
    name = brief.article.title or brief.headline.text
    return f"{number} {name if len(name) <= 60 else name[:59].rstrip() + '…'}"


def _brief(brief: Brief, number: int, further: dict[str, list[Span]]) -> Html:
    """One brief and its article side by side. ``further``: evidence of cards elsewhere on the page."""
    prefix = f"b{number}"
    evidence = Evidence(prefix)
    panel = [*_summary(brief, evidence), *_meetings(brief, evidence), *_quotations(brief, evidence), _provenance(brief)]
    marks = Marks()
    for reference, spans in (*evidence.spans.items(), *further.items()):
        marks.add(reference, spans)
    for quotation in brief.quotations:
        reference = f"{prefix}.{quotation.id}"
        (marks.reported if quotation.kind == "indirect" else marks.quoted)[reference] = list(quotation.spans)
        if quotation.speaker is not None:
            marks.speakers[reference] = [quotation.speaker.mention]
    article = element(
        "article",
        marked_article(brief.article.text, brief.furniture, marks),
        class_="text",
        lang=brief.article.language,
        dir="auto",
        tabindex="0",
    )
    head = element("header", element("h2", brief.headline.text), _facts(brief), class_="head")
    columns = element("div", element("div", panel, class_="panel"), article, class_="columns")
    return element("section", head, columns, class_="brief", id=prefix)


def _facts(brief: Brief) -> Html:
    article = brief.article
    link = None
    if article.url is not None and article.url.lower().startswith(("http://", "https://")):
        link = element("a", "source", href=article.url, rel="noopener noreferrer nofollow")
    said = [article.outlet, article.published, article.language, f"{article.tokens:,} tokens"]
    return element("p", " · ".join(one for one in said if one), " " if link else None, link, class_="facts")


def _summary(brief: Brief, evidence: Evidence) -> list[Html]:
    items = [statement_item(one, evidence) for one in brief.summary]
    headline = []
    if brief.headline.verdict != "supported":
        headline = [
            element("p", "The headline is not supported:", class_="note"),
            statement_item(brief.headline, evidence, "div"),
        ]
    hint = element("p", "Click a sentence to see the words that it stands on.", class_="note")
    return [element("h3", "Summary"), *headline, hint, element("ol", items, class_="summary")]


def _meetings(brief: Brief, evidence: Evidence) -> list[Html]:
    cards = [meeting_card(one, evidence, one.id) for one in brief.meetings]
    return [
        element("h3", f"Meetings ({len(cards)})"),
        *(cards or [element("p", "The article speaks of none.", class_="note")]),
    ]


def _quotations(brief: Brief, evidence: Evidence) -> list[Html]:
    colours: dict[str, int] = {}

    def colour(quotation: Quotation) -> int | None:
        if quotation.speaker is None:
            return None
        return colours.setdefault(quotation.speaker.name, len(colours) % COLOURS)

    items = [quotation_item(one, evidence, colour(one)) for one in brief.quotations]
    return [element("h3", f"Quotations ({len(items)})"), element("ul", items, class_="quotes")]


def _provenance(brief: Brief) -> Html:
    rows = [
        element(
            "tr",
            element("td", one.chunk),
            element("td", one.outcome, class_=f"outcome {one.outcome}"),
            element("td", f"{one.tokens:,} tokens"),
            element("td", one.detail or ""),
        )
        for one in brief.coverage
    ]
    usage = brief.usage
    cost = "cost unknown" if usage.cost_usd is None else f"{usage.cost_usd:.4f} USD"
    tokens = f"{usage.input_tokens:,} tokens in, {usage.output_tokens:,} out"
    spent = f"{usage.calls} model calls, {tokens}, {cost}" if usage.calls or usage.replayed else "No model was called"
    # the engine's line above the warnings says it in fewer words
    warnings = [element("li", one.detail) for one in brief.warnings if one.code != "embedded_engine"]
    return element(
        "div",
        element("h3", "How it was made"),
        element("p", _engine(brief.engine)),
        element("p", f"{spent}, {usage.seconds:.1f} s.", class_="note"),
        element("ul", warnings, class_="warnings") if warnings else None,
        element("details", element("summary", "Coverage of the article"), element("table", rows)) if rows else None,
        class_="made",
    )


def _engine(engine: Engine) -> str:
    if engine.name == "extractive":
        how = "Written by the embedded engine: sentences of the article, records by rules; the text was sent nowhere."
        return how + (" It stood in for a model that failed." if engine.fell_back else "")
    return f"Written by {engine.model} at {engine.endpoint}, prompt {engine.prompt}."


@lru_cache(maxsize=4)
def _static(name: str) -> str:
    return files("service.web").joinpath("static", name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
