"""The page in a real browser: it shows what it promises, asks the network for nothing, and runs nothing of an article."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.contract import Options
from service.domain.brief import Brief
from service.domain.text import Article
from service.settings import Settings
from service.web import brief_page, dossier_page
from service.wiring import Readout, build
from tests.browser.chromium import Browser, installed

PROGRAM = installed()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium on this machine (apt-get install chromium)"),
]
NASTY = (
    '<script>document.title = "owned"</script> The minister said: “<img src=x onerror="document.title=1"> we will meet '
    "in Geneva on Friday.” \r\n The </script> envoy 😀 agreed & left.\r\n\r\nPhoto credit: A & B"
)


@pytest.fixture(scope="module")
def readout(tmp_path_factory: pytest.TempPathFactory) -> Readout:
    """The embedded engine."""
    return build(Settings(_env_file=None, engine="extractive", data_dir=tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def briefs(readout: Readout, seeds: dict[str, str]) -> list[Brief]:
    """Briefs of the seeds and of an article that would like to be markup."""
    texts = [*seeds.values(), NASTY]
    return [asyncio.run(readout.brief(Article(text), Options(engine="extractive", store=False))) for text in texts]


@pytest.fixture(scope="module")
def page(briefs: list[Brief], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of all of them."""
    path = tmp_path_factory.mktemp("page") / "briefs.html"
    path.write_text(brief_page(briefs), encoding="utf-8", newline="")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this file."""
    assert PROGRAM is not None
    with Browser(PROGRAM) as running:
        running.resize(1400, 900)
        yield running


def test_the_article_is_shown_character_for_character(browser: Browser, page: Path, briefs: list[Brief]) -> None:
    """What stands in the page is the article's text, whatever is marked in it; script in an article is text."""
    browser.open(page)
    shown = browser.run("[...document.querySelectorAll('article')].map(a => a.textContent)")
    assert shown == [brief.article.text for brief in briefs]
    assert browser.run("document.title").endswith("Readout")
    assert browser.run("document.querySelectorAll('article script, article img').length") == 0


def test_nothing_is_fetched_and_nothing_complains(browser: Browser, page: Path) -> None:
    """The page is one file: the browser asks for that file and for nothing else, and its console stays empty."""
    browser.requests.clear()
    browser.messages.clear()
    browser.open(page)
    browser.run("1")
    assert {url for url in browser.requests if url != "about:blank"} == {page.as_uri()}
    assert browser.messages == []


def test_a_click_on_a_statement_shows_the_words_it_stands_on(browser: Browser, page: Path, briefs: list[Brief]) -> None:
    """The evidence lights up, in view, and a further click on another statement moves the light."""
    browser.open(page)
    for statement in briefs[0].summary[:2]:
        browser.click(f"#b1 a[data-refs='b1.{statement.id}']")
        lit = browser.run("[...document.querySelectorAll('#b1 article .on')].map(n => n.textContent).join('')")
        assert lit == "".join(span.text for span in statement.evidence)
        place = browser.run("document.querySelector('#b1 article .on').getBoundingClientRect().top")
        assert 0 < place < 900
    assert browser.run("location.hash") == f"#b1.{briefs[0].summary[1].id}"


def test_a_click_in_the_article_shows_what_uses_it(browser: Browser, page: Path, briefs: list[Brief]) -> None:
    """From the words to the quotation and its speaker."""
    browser.open(page)
    quotation = next(one for one in briefs[0].quotations if one.kind == "direct")
    browser.click(f"#b1 article [data-refs='b1.{quotation.id}']")
    assert browser.run("document.querySelector('#b1 .quote .pick.on') !== null")
    assert quotation.speaker is not None
    said_by = browser.run(
        "document.querySelector('#b1 .quote .pick.on').closest('.quote').querySelector('cite').textContent"
    )
    assert said_by.startswith(quotation.speaker.name)


def test_tabs_show_one_article_at_a_time(browser: Browser, page: Path) -> None:
    """One brief is in view; an address with a fragment opens at its words."""
    browser.open(page)
    visible = "[...document.querySelectorAll('main > section')].filter(s => !s.hidden).map(s => s.id)"
    assert browser.run(visible) == ["b1"]
    browser.click(".tabs a:nth-child(3)")
    assert browser.run(f"new Promise(r => setTimeout(() => r({visible}), 50))") == ["b3"]
    browser.open(page, "#b2.st2")
    assert browser.run(visible) == ["b2"]
    assert browser.run("document.querySelectorAll('#b2 article .on').length") > 0


def test_furniture_is_there_and_grey(browser: Browser, page: Path, briefs: list[Brief]) -> None:
    """Boilerplate is shown where it stood, set back, and never lit as evidence of a summary."""
    browser.open(page, "#b4")
    grey = browser.run("[...document.querySelectorAll('#b4 article .f')].map(n => n.textContent).join('')")
    assert "Subscribe" in grey
    assert grey == "".join(one.span.text for one in sorted(briefs[3].furniture, key=lambda one: one.span.start))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_words_can_be_read_in_either_light(browser: Browser, page: Path, dark: bool) -> None:
    """Text on its ground has a contrast of at least 4.5 (WCAG AA), lit evidence included; the button changes the light."""
    browser.resize(1400, 900, dark)
    browser.open(page, "#b1.st1")
    contrast = """(() => {
      const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map(v => { v /= 255;
        return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
      const ground = n => { for (; n; n = n.parentElement) { const c = getComputedStyle(n).backgroundColor;
        if (!/, 0\\)$/.test(c)) return c; } };
      return [...document.querySelectorAll('h2, #b1 .statement, #b1 article .e, #b1 article .on, .note, #b1 cite')]
        .filter(n => n.getClientRects().length).map(n => { const a = light(getComputedStyle(n).color), b = light(ground(n));
          return [(Math.max(a, b) + .05) / (Math.min(a, b) + .05), n.className || n.tagName]; })
        .filter(([c]) => c < 4.5); })()"""
    assert browser.run(contrast) == []
    before = browser.run("getComputedStyle(document.body).backgroundColor")
    browser.click("#theme")
    assert browser.run("getComputedStyle(document.body).backgroundColor") != before
    browser.resize(1400, 900)


def test_a_telephone_has_no_sideways_scrolling(browser: Browser, page: Path) -> None:
    """At 360 points the page is one column and nothing sticks out."""
    browser.resize(360, 740)
    browser.open(page, "#b4")
    assert browser.run("document.documentElement.scrollWidth") <= 360
    browser.resize(1400, 900)


def test_a_dossier_leads_from_the_timeline_into_the_articles(
    browser: Browser, readout: Readout, briefs: list[Brief], tmp_path: Path
) -> None:
    """A merged meeting's field opens the article that it stands in, lit."""
    path = tmp_path / "dossier.html"
    path.write_text(dossier_page(asyncio.run(readout.dossier(briefs[:4]))), encoding="utf-8", newline="")
    browser.open(path)
    assert browser.run("document.querySelectorAll('.timeline > li').length") > 0
    browser.click(".timeline .card dd .pick")
    assert browser.run("document.querySelectorAll('section.brief:not([hidden]) article .on').length") > 0


def test_without_scripts_everything_is_there(browser: Browser, page: Path) -> None:
    """Links lead to the words by themselves."""
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(page)
    finally:
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.run("[...document.querySelectorAll('main > section')].every(s => !s.hidden)")
    dead = "[...document.querySelectorAll('a.pick')].filter(a => !document.getElementById(a.hash.slice(1))).length"
    assert browser.run(dead) == 0


@pytest.mark.loopback
def test_from_the_home_page_to_a_brief(browser: Browser, tmp_path: Path) -> None:
    """An article is pasted, its brief's page opens; what can't be worked on is said where it was pasted."""
    command = [sys.executable, "-c", "from service.cli import main; main()", "serve", "--port", "0"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("READOUT_", "OPENAI_"))}
    environment = {**kept, "READOUT_ENGINE": "extractive", "READOUT_DATA_DIR": str(tmp_path / "data")}
    server = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        found = re.search(r"http://\S+", server.stderr.readline())
        assert found
        browser.messages.clear()
        browser.visit(found.group() + "/")
        browser.run("document.getElementById('text').value = '<html><nav>Home</nav></html>'")
        browser.click("#go")
        assert "No article was found" in browser.wait_for("document.querySelector('#said.wrong')?.textContent")
        browser.messages.clear()  # the browser's own note of the 422
        article = "The minister met the envoy in Geneva on Friday. “We spoke for two hours,” the minister said."
        browser.run(f"document.getElementById('text').value = {json.dumps(article)}")
        browser.click("#go")
        assert browser.wait_for("document.querySelector('article.text')?.textContent") == article
        assert "/v1/briefs/brf_" in browser.run("location.href")
        assert browser.messages == []
    finally:
        server.kill()
        server.wait(10)


if os.environ.get("CI") and PROGRAM is None:  # pragma: no cover
    raise AssertionError("CI installs Chromium: these tests must not be skipped there")
