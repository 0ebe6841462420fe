"""The page as text: whatever is in an article, it stays the article's words."""

from __future__ import annotations

import asyncio
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.contract import Options
from service.domain.brief import Brief
from service.domain.text import Article, Furniture, Span
from service.settings import Settings
from service.web import brief_page, content_security_policy
from service.web.article import Marks, marked_article
from service.web.markup import element, escaped, raw
from service.wiring import build


class Reader(HTMLParser):
    """A page as a browser reads it: elements, attributes, text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(attrs)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def brief(seeds: dict[str, str]) -> Brief:
    """A brief of the last seed, with hostile metadata."""
    article = Article(list(seeds.values())[3], title='"><script>1</script>', url="javascript:alert(1)", outlet="<b>x</b>")
    return asyncio.run(build(Settings(engine="extractive")).brief(article, Options(engine="extractive", store=False)))


def test_the_page_needs_nothing_else(brief: Brief) -> None:
    """No address of anything to load: no src, no link, no import, no url(); one style, one script, both allowed by hash."""
    page = brief_page([brief])
    read = Reader(page)
    assert not {"img", "link", "iframe", "object", "embed", "base", "form"} & set(read.tags)
    assert not {"src", "style", "srcset"} & {name for name, _ in read.attributes}
    assert not [name for name, _ in read.attributes if name.startswith("on")]
    assert "url(" not in page
    assert "@import" not in page
    assert (read.tags.count("style"), read.tags.count("script")) == (1, 1)
    assert content_security_policy().startswith("default-src 'none'")


def test_metadata_can_t_become_markup_or_a_script_address(brief: Brief) -> None:
    """A title is text; an address is a link only where it is http(s)."""
    read = Reader(brief_page([brief]))
    assert not [value for name, value in read.attributes if name == "href" and value and not value.startswith("#")]
    assert "script" not in [tag for tag in read.tags[:-1] if tag == "script"][:-1]


def test_every_part_of_the_brief_is_on_the_page(brief: Brief) -> None:
    """Statements, quotations with their speakers, records, furniture, warnings: nothing is left out."""
    words = re.sub(r"\s+", " ", " ".join(Reader(brief_page([brief])).words))
    for part in (
        *(one.text for one in brief.summary),
        *(one.title for one in brief.meetings),
        *(one.speaker.name for one in brief.quotations if one.speaker),
        *(one.chunk for one in brief.coverage),
    ):
        assert re.sub(r"\s+", " ", part) in words


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from("efqrw")), max_size=12)


@settings(max_examples=300)
@given(st.text(max_size=60), spans)
def test_however_it_is_marked_the_text_is_the_text(text: str, found: list[tuple[int, int, str]]) -> None:
    """Overlapping, nested, empty and overlong marks: what a parser reads back is the article, character for character."""
    marks, furniture = Marks(), []
    for number, (one, other, kind) in enumerate(found):
        start, end = sorted((one, other))
        span = Span(start, end, text[start:end])
        if kind == "f":
            furniture.append(Furniture(span, "share"))
        else:
            {"e": marks.evidence, "q": marks.quoted, "r": marks.reported, "w": marks.speakers}[kind].setdefault(
                f"b1.x{number}", []
            ).append(span)
    markup = "".join(marked_article(text, furniture, marks))
    read = Reader(f"<div>{markup}</div>")
    assert "".join(read.words) == re.sub("[\x00\ud800-\udfff]", "\ufffd", text)
    assert set(read.tags) <= {"div", "mark", "span", "i"}


@given(st.text(), st.text())
def test_attributes_and_content_are_escaped(value: str, content: str) -> None:
    """No string gets out of the place that it was put in."""
    read = Reader(element("p", content, title=value))
    assert read.tags == ["p"]
    wanted = re.sub("[\x00\ud800-\udfff]", "\ufffd", value)
    assert dict(read.attributes) == {"title": wanted}


def test_what_would_end_a_script_early_is_refused() -> None:
    """Raw elements are for our own files only, and even those are looked at."""
    with pytest.raises(ValueError, match="end"):
        raw("script", "x = '</SCRIPT>'")
    assert escaped("a\r\n<b>&'\"") == "a&#13;\n&lt;b&gt;&amp;&#x27;&quot;"
