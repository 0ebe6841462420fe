"""Verification on real articles of our own: what is true passes, what is false is caught, each with its reason."""

from __future__ import annotations

import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.cases import own, rows
from service.domain.text import Article
from service.domain.verdict import Statement
from service.pipeline import read
from service.stages.verification import Source, check_statement, check_summary
from service.stages.verification.judgement import summary_score
from service.stages.verification.score import weights
from service.stages.verification.statements import split_statements


@cache
def source(story: str, index: int | None = None) -> Source:
    """The source of one of our own articles."""
    row = next(row for _, row in rows(own("verification")) if row["id"] == f"verification-{story}")
    return Source.of(read(Article(text=row["article"]["text"], published=row["article"].get("published"))), index)


def judged(text: str, story: str = "bridge") -> Statement:
    """A single statement held against a story."""
    return check_statement("st1", text, [source(story)], None, ())


def wrong(statement: Statement) -> set[str]:
    """The names of the checks that found something."""
    return {c.name for c in statement.checks if c.verdict in ("contradicted", "unsupported")}


@pytest.mark.parametrize(
    "text",
    [
        "The Kestrel Bay bridge reopened on Monday after being closed for fourteen months.",
        "The Kestrel Bay bridge reopened on Monday after being closed for 14 months.",
        "Norrland Lines, the shipping company, paid the rest of the bill after a settlement in January.",
        "Veld denied the claim, and his trial is expected to begin in September.",
        "“We lost two summers,” said Hamid Ferrante.",
        "Kestrel Bay",
    ],
)
def test_what_the_article_says_is_supported(text: str) -> None:
    """Compressed, in other typography, with words for figures, or a bare name: no false alarm, and evidence is given."""
    statement = judged(text)
    assert statement.verdict == "supported", statement
    assert statement.score >= 0.5
    assert statement.evidence
    article = source("bridge").document.article.text
    assert all(article[e.start : e.end] == e.text for e in statement.evidence)


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("The repairs cost 96 million euros.", "number"),
        ("The repairs cost 86 billion euros.", "number"),
        ("The Kestrel Bay bridge reopened on Sunday.", "date"),
        ("Transport minister Rosalind Achterberg cut the ribbon.", "name"),
        ('Marchetti said the bridge "is weaker now than on the day it opened".', "quotation"),
        ('Hamid Ferrante said the bridge "is stronger now than on the day it opened".', "speaker"),
        ("Veld did not deny the claim.", "polarity"),
        ("Veld confirmed the claim.", "contrary"),
        ("About 42,000 vehicles crossed the bridge each day after the accident.", "order"),
        ("Drivers had to take a detour of 70 minutes through Almere.", "unit"),
    ],
)
def test_what_is_false_is_caught_by_the_check_that_knows_it(text: str, check: str) -> None:
    """Each false statement is not supported, and the named check says why in words and where."""
    statement = judged(text)
    assert statement.verdict in {"contradicted", "unsupported"}
    assert statement.score < 0.5
    assert check in wrong(statement), statement.checks
    for found in statement.checks:
        assert found.detail
        assert found.at is None or 0 <= found.at[0] < found.at[1] <= len(text)
        assert (found.error is not None) or found.verdict in {"supported", "unchecked"}


def test_an_altered_quotation_is_shown_beside_the_original() -> None:
    """The reason has the article's own words and what was put in their place."""
    statement = judged('Marchetti said the bridge "is weaker now than on the day it opened".')
    detail = next(c.detail for c in statement.checks if c.name == "quotation")
    assert "is stronger now than on the day it opened" in detail
    assert "“weaker” for “stronger”" in detail
    assert statement.verdict == "contradicted"


def test_who_did_it_to_whom() -> None:
    """Doer and done-to changed over is not the same meeting of words."""
    assert judged("Dolan invited Kostova to visit Ostrel in the spring.", "talks").verdict == "supported"
    turned = judged("Kostova invited Dolan to visit Ostrel in the spring.", "talks")
    assert turned.verdict == "contradicted"
    assert "who did it" in wrong(turned)


def test_the_summary_falls_when_any_statement_does() -> None:
    """One false sentence among true ones makes the whole contradicted and lowers its score."""
    true = "The Kestrel Bay bridge reopened on Monday. Drivers had to take a detour of 70 kilometres through Almere."
    false = true.replace("70", "90")
    one, other = (check_summary(text, [source("bridge")]) for text in (true, false))
    assert [s.id for s in one.statements] == ["st1", "st2"]
    assert (one.verdict, other.verdict) == ("supported", "contradicted")
    assert other.score < 0.5 <= one.score


@given(st.lists(st.floats(0.001, 0.999), min_size=1, max_size=8), st.integers(0, 7), st.floats(0.01, 0.99))
def test_the_whole_score_is_strictly_monotone(scores: list[float], at: int, factor: float) -> None:
    """Lowering any statement's score lowers the summary's, which stays in 0..1; a single statement's is its own."""
    lower = list(scores)
    lower[at % len(scores)] *= factor
    assert 0 <= summary_score(lower) < summary_score(scores) <= 1
    assert summary_score(scores[:1]) == pytest.approx(scores[0])


def test_any_of_several_sources_may_carry_a_statement() -> None:
    """Evidence says which source it is from."""
    sources = [source("bridge", 0), source("museum", 1)]
    found = check_summary(
        "The painting was stolen from a museum in Leuven in 1998. The repairs cost 86 million euros.", sources
    )
    assert [s.verdict for s in found.statements] == ["supported", "supported"]
    assert [s.evidence[0].source for s in found.statements] == [1, 0]


def test_citations_that_carry_nothing_or_are_not_needed_are_reported() -> None:
    """Evidence is looked up in the cited sentences first; a useless citation is named, and changes no verdict."""
    spans = {s.id: s.span for s in source("bridge").sentences}
    right = next(s for s in spans.values() if "86 million" in s.text)
    useless = next(s for s in spans.values() if "bakery" in s.text)
    text = "Repairs cost 86 million euros."
    good = check_statement("st1", text, [source("bridge")], [right], ())
    assert [c.verdict for c in good.checks if c.name == "citation"] == ["supported"]
    both = check_statement("st1", text, [source("bridge")], [right, useless], ())
    assert any("not needed" in c.detail for c in both.checks if c.name == "citation")
    bad = check_statement("st1", text, [source("bridge")], [useless], ())
    assert any("do not carry" in c.detail for c in bad.checks if c.name == "citation")
    assert good.verdict == both.verdict == bad.verdict == "supported"
    assert right.text in good.evidence[0].text


def test_nothing_to_judge_is_unchecked_and_no_grade() -> None:
    """An empty summary, one of marks, one in another language, and one without a source can't be judged."""
    for text in (
        "",
        "  \n ",
        "*** !!!",
        "Die Brücke wurde nach langen Bauarbeiten gestern wieder für den gesamten Verkehr freigegeben.",
    ):
        found = check_summary(text, [source("bridge")])
        assert found.verdict == "unchecked", text
        assert 0 <= found.score <= 1
    assert check_summary("The bridge reopened.", []).verdict == "unchecked"


def test_the_article_itself_is_true_of_itself() -> None:
    """A summary that is the article is carried by it, nearly everywhere."""
    article = source("strike").document.article.text
    found = check_summary(article.split("\n\n", 1)[1], [source("strike")])
    supported = [s.verdict == "supported" for s in found.statements]
    assert sum(supported) >= 0.95 * len(supported), [s.text for s in found.statements if s.verdict != "supported"]


def test_summaries_split_as_people_and_machines_write_them() -> None:
    """Sentences, bullets, tokenised and lower-cased text; never inside an abbreviation or a number."""
    for text, parts in (
        ("Mr. Smith won 4.5 points. He left.", ["Mr. Smith won 4.5 points.", "He left."]),
        ("- One thing\n* Another thing", ["One thing", "Another thing"]),
        ("the u.s. won . he left .", ["the u.s. won .", "he left ."]),
        ("# Title\n\nText here.", ["Title", "Text here."]),
        ("It fell to 3.2 percent! Why?", ["It fell to 3.2 percent!", "Why?"]),
    ):
        assert [text[a:b] for a, b in split_statements(text)] == parts


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aA .,\"'“”‘`-#%$0123\n\u00a0éß漢🙂not said Kostova", max_size=200))
def test_hostile_text_is_answered(text: str) -> None:
    """Any text gets a verdict, a score in 0..1 that fits it, and places inside its statements."""
    found = check_summary(text, [source("bridge")])
    assert 0 <= found.score <= 1
    for statement in found.statements:
        assert statement.text in text
        assert (statement.verdict == "supported") == (statement.score >= 0.5)
        assert all(c.at is None or 0 <= c.at[0] <= c.at[1] <= len(statement.text) for c in statement.checks)


def test_many_statements_against_a_long_article_do_not_grow_quadratically() -> None:
    """Ten times the article costs far less than ten times the time for each statement."""
    base = source("bridge").document.article.text
    text = base.split("\n\n", 1)[1]
    statements = [text[a:b] for a, b in split_statements(text)][:6]
    times = []
    for copies in (5, 50):
        long = Source.of(read(Article(text="\n\n".join(text.replace("Kestrel", f"Kestrel{n}") for n in range(copies)))))
        check_statement("w", statements[0], [long], None, ())
        start = time.process_time()
        for n, statement in enumerate(statements):
            check_statement(f"st{n}", statement, [long], None, ())
        times.append(time.process_time() - start)
    assert times[1] < 6 * times[0], times


def test_the_weights_keep_to_the_code() -> None:
    """The carried file names only measures that there are, and is a line and some trees."""
    carried = weights()
    assert len(carried.linear) > 50
    assert len(carried.trees) > 50
    assert all(node[2] < len(tree) and node[3] < len(tree) for tree in carried.trees for node in tree)


def test_a_dateline_is_the_articles_word() -> None:
    """The place that opens the story counts, though it is labelled as furniture."""
    text = "HAMBURG, Germany (AP) — The two ministers met on Friday for talks on grain. They parted without a word."
    where = Source.of(read(Article(text=text)))
    assert check_statement("st1", "The two ministers met in Hamburg on Friday.", [where], None, ()).verdict == "supported"
    assert check_statement("st1", "The two ministers met in Vienna on Friday.", [where], None, ()).verdict != "supported"


def test_text_without_a_full_stop_is_cut_into_statements() -> None:
    """Words without end are no statement that anyone could read; they are judged in pieces, each a place of the text."""
    endless = "the bridge reopened, said the mayor " * 100
    places = split_statements(endless)
    assert len(places) > 3
    assert all(len(endless[a:b].split()) <= 120 for a, b in places)
    assert "".join(endless[a:b] for a, b in places).replace(" ", "") == endless.replace(" ", "")
