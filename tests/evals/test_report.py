"""The report: whole, self-contained, and safe with whatever an article holds."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evals import figures, highlight, markdown, plots, report_page, rundir
from evals.cases import CaseError
from evals.plan import Plan
from evals.statistics import Figure
from tests.evals.setting import Counting, run, small_plan

_HOSTILE = "<script>alert(1)</script> & </pre>"


class Reader(HTMLParser):
    """Collects tags, links and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and what it points to."""
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "xlink:href", "action")]


def _with_hostile_notes(chosen: Plan) -> Plan:
    cases = [replace(c, input={**c.input, "title": _HOSTILE}) if "title" in c.input else c for c in chosen.cases]
    return replace(chosen, cases=tuple(cases))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[markdown.Found]:
    """A run of three tasks with its figures."""
    chosen = _with_hostile_notes(small_plan("furniture", "sentences", "brief", limit=6))
    path, _ = run(tmp_path_factory.mktemp("report"), Counting(), chosen)
    read = rundir.read(path)
    return [(read, figures.of_run(read, 50))]


def test_the_page_is_self_contained_and_whole(found: list[markdown.Found]) -> None:
    """One document without a script, links inside itself only, plots drawn inline, every task with its section."""
    page = report_page.page(found, 5)
    reader = Reader()
    reader.feed(page)
    assert "script" not in reader.tags
    assert "img" not in reader.tags
    assert reader.tags.count("svg") >= 2
    assert all(link.startswith("#") for link in reader.links)
    assert not re.search(r"@import|url\((?!#)", page)
    for task in ("furniture", "sentences", "brief"):
        assert f'id="{task}"' in page


def test_what_an_article_holds_is_shown_and_not_obeyed(found: list[markdown.Found]) -> None:
    """Mark-up in a title stays text."""
    page = report_page.page(found, 20)
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_failing_cases_show_gold_and_output_side_by_side(found: list[markdown.Found]) -> None:
    """The article twice, with what was missed marked as missed."""
    page = report_page.page(found, 20)
    assert page.count("<figcaption>gold</figcaption>") == page.count("<figcaption>output</figcaption>") > 0
    assert '<mark class="miss"' in page


def test_marks_keep_the_text_letter_by_letter() -> None:
    """Overlapping, touching and out-of-range marks: what is left without tags is the article."""
    text = 'a <b> & "c" d'
    marks = [(0, 5, "x"), (3, 9, "y"), (9, 99, "z"), (4, 4, "w")]
    shown = highlight.article(text, [(mark, "hit") for mark in marks])
    from html import unescape

    assert unescape(re.sub(r"<sup>.*?</sup>|<[^>]+>", "", shown)) == text


def test_marks_are_graded_by_the_other_side() -> None:
    """The same span and label: hit; overlap or another label: near; nothing there: missed or extra."""
    graded = highlight.graded([(0, 5, "a"), (6, 9, "a"), (20, 25, "a")], [(0, 5, "a"), (7, 12, "a")], "miss")
    assert [grade for _, grade in graded] == ["hit", "near", "miss"]


def test_undefined_is_shown_as_such(found: list[markdown.Found]) -> None:
    """“–” in Markdown, on the page and in a plot: never 0 and never nan."""
    run_, sets = found[0]
    undefined = replace(sets[0], figures={"f1": Figure(None, None, None, 3, 6), "kinds:a": Figure(None, None, None, 3, 6)})
    document = markdown.document([(run_, [undefined])], 0)
    assert "| **f1** | – |" in document
    page = report_page.page([(run_, [undefined])], 0)
    assert "undefined here: f1" in page
    both = report_page.page([(run_, [undefined]), (run_, [sets[0]])], 0)
    assert 'class="none"' in both
    assert "nan" not in page.lower().replace("finance", "")
    assert "–" in plots.bars(["a"], {"x": [None]})


def test_the_readme_is_renewed_between_its_markers_only(found: list[markdown.Found], tmp_path: Path) -> None:
    """Before and after stay letter by letter; doing it twice changes nothing; commit, command and what has no figure are
    said."""
    readme = tmp_path / "README.md"
    readme.write_text(f"# Title\n\n{markdown.BEGIN}\nold\n{markdown.END}\n\ntail \\1\n")
    markdown.renew(readme, found)
    text = readme.read_text()
    assert text.startswith("# Title\n\n<!--")
    assert text.endswith("-->\n\ntail \\1\n")
    assert "old" not in text
    own = next(one for one in found[0][1] if (one.task, one.group) == ("furniture", "own"))
    assert f"| furniture | own | 6 | f1 {figures.shown(own.figures['f1'].value)}" in text
    assert "Made 2" in text
    assert "No figure yet: briefs by a large language model" in text
    markdown.renew(readme, found)
    assert readme.read_text() == text


@pytest.mark.parametrize("text", ["", markdown.BEGIN, f"{markdown.END}{markdown.BEGIN}", markdown.BEGIN * 2 + markdown.END])
def test_a_readme_without_markers_is_left_alone(found: list[markdown.Found], tmp_path: Path, text: str) -> None:
    """An error that names the markers, and not a letter written."""
    readme = tmp_path / "README.md"
    readme.write_text(text)
    with pytest.raises(CaseError, match="results:begin"):
        markdown.renew(readme, found)
    assert readme.read_text() == text


def test_cost_is_drawn_against_quality_over_models() -> None:
    """A point a run, with its label; runs without a price are left out, and one run alone has no such plot."""
    drawn = plots.against([("a", Figure(1, 0.5, 2, 9, 9), Figure(0.5, 0.4, 0.6, 9, 9))], "usd", "quality")
    assert "<svg" in drawn
    assert ">a<" in drawn


def test_the_readme_names_no_place_of_this_machine() -> None:
    """Folders that were given are named by what they are."""
    given = "readout eval run --data /home/me/sets --out /tmp/x --name y --split all"
    assert markdown._command(given) == "readout eval run --data DATA --split all"
