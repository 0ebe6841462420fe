"""The door: what is read, what is refused, and what is labelled."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.contract import ArticleIn
from service.errors import EmptyArticle, InputError, NoArticleInPage, NotText, TooLarge
from service.intake import decode, take

NEWS = "The minister said: “We’ll meet in Orléans on Friday.” The envoy agreed to it."
PAGE = (
    "<html><head><meta charset='{charset}'><title>The talks</title></head><body><nav>Home</nav><article>"
    + "<p>The minister met the envoy in a café in Orléans on Friday. They spoke for two hours about the harbour.</p>" * 4
    + "</article></body></html>"
)


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (NEWS.encode(), []),
        (codecs.BOM_UTF8 + NEWS.encode(), []),
        (NEWS.encode("utf-16"), []),
        (codecs.BOM_UTF16_BE + NEWS.encode("utf-16-be"), []),
        (NEWS.encode("utf-32"), []),
        (NEWS.encode("cp1252"), ["encoding_guessed"]),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16-be", "utf-32", "windows-1252"],
)
def test_encodings_are_told_or_labelled(data: bytes, codes: list[str]) -> None:
    """Whatever a news text comes in, its words are read; what was guessed is said."""
    text, notices = decode(data)
    assert text == NEWS
    assert [notice.code for notice in notices] == codes


def test_a_page_s_own_charset_is_heard() -> None:
    """HTML says what it is written in, and that is believed where it fits."""
    text, notices = decode(PAGE.format(charset="iso-8859-1").encode("latin-1"), html=True)
    assert "café in Orléans" in text
    assert not notices
    wrong, notices = decode(PAGE.format(charset="utf-8").encode("latin-1"), html=True)
    assert "café in Orléans" in wrong
    assert [notice.code for notice in notices] == ["encoding_guessed"]


@pytest.mark.parametrize("data", [b"%PDF-1.7 text", b"PK\x03\x04rest", b"\x89PNG\r\n", bytes(range(256)) * 4, b"a\x00\xffb"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    """Binary data gets a sentence that says what it seems to be."""
    with pytest.raises(NotText):
        decode(data)


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No bytes, however odd, end in anything but text or a clear error."""
    try:
        text, _ = decode(data, html=True)
        text.encode("utf-8")
    except NotText:
        pass


@given(st.text())
def test_any_string_is_taken_or_refused_and_never_changed(text: str) -> None:
    """The article's text is the text that came in (half characters apart, which are replaced one for one)."""
    try:
        taken = take(ArticleIn(text=text))
    except InputError:
        return
    assert len(taken.article.text) == len(text)
    if not any("\ud800" <= char <= "\udfff" for char in text):
        assert taken.article.text == text


def test_odd_characters_are_kept_and_said() -> None:
    """Control and unreadable characters are somebody's data: they stay, and the answer says so."""
    taken = take(ArticleIn(text=f"{NEWS} \x07 \ufffd"))
    assert taken.article.text.endswith("\x07 \ufffd")
    assert {notice.code for notice in taken.notices} == {"unreadable_characters", "control_characters"}


def test_what_can_t_be_worked_on_is_refused() -> None:
    """Empty, too long, full of control characters: each in its own words."""
    with pytest.raises(EmptyArticle):
        take(ArticleIn(text=" \n\t"))
    with pytest.raises(TooLarge, match="up to 10"):
        take(ArticleIn(text=NEWS), max_chars=10)
    with pytest.raises(NotText):
        take(ArticleIn(text="\x01\x02\x03 a"))


def test_a_page_becomes_an_article_and_what_the_caller_states_wins() -> None:
    """The extracted text is the article's; the page's title serves where the caller states none."""
    page = PAGE.format(charset="utf-8")
    assert take(ArticleIn(html=page)).article.title == "The talks"
    taken = take(ArticleIn(html=page, title="Mine", published="2017-07-18"))
    assert "café in Orléans" in taken.article.text
    assert "Home" not in taken.article.text
    assert (taken.article.title, taken.article.published) == ("Mine", "2017-07-18")
    with pytest.raises(NoArticleInPage):
        take(ArticleIn(html="<html><nav><a href='/'>Home</a></nav></html>"))
