"""Dates as news writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.language.calendar_units import bounds, compatible, shift, week_of
from service.language.dates import DateMention, find_dates, publication_day, resolve

#: A Monday.
PUBLISHED = "2022-08-15"


def only(text: str, published: str | None = PUBLISHED) -> DateMention:
    (mention,) = find_dates(text, published)
    return mention


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("They met on Friday in Rome.", "Friday", "2022-08-12"),
        ("He is due to meet her on Friday.", "Friday", "2022-08-19"),
        ("On Friday, Trump will meet Putin.", "Friday", "2022-08-19"),
        ("They said the talks, scheduled for Saturday, were off.", "Saturday", "2022-08-20"),
        ("They will talk next Friday.", "next Friday", "2022-08-19"),
        ("They talked on Monday.", "Monday", "2022-08-15"),
        ("They met last month.", "last month", "2022-07"),
        ("They had met earlier this year.", "earlier this year", "2022"),
        ("Two weeks ago, they spoke.", "Two weeks ago", "2022-08-01~"),
        ("They met two days ago.", "two days ago", "2022-08-13"),
        ("They met on July 7.", "July 7", "2022-07-07"),
        ("They will meet on Sept. 3.", "Sept. 3", "2022-09-03"),
        ("They will meet on 3 January.", "3 January", "2023-01-03"),
        ("They met on 7 July 2017.", "7 July 2017", "2017-07-07"),
        ("They met in March of last year.", "March of last year", "2021-03"),
        ("They met on the 12th of August.", "12th of August", "2022-08-12"),
        ("They met on New Year's Eve.", "New Year's Eve", "2021-12-31"),
        ("They met earlier in the week.", "earlier in the week", "2022-08-15/2022-08-21"),
        ("The two are meeting on Wednesday.", "Wednesday", "2022-08-17"),
        ("Wednesday's talks were called off.", "Wednesday", "2022-08-17"),
        ("Officials said the Sept. 28 meeting with Mr. Cole was arranged by an aide.", "Sept. 28", "2022-09-28"),
        ("They met on Thursday, Aug. 11.", "Thursday, Aug. 11", "2022-08-11"),
        ("The two spoke this morning.", "this morning", "2022-08-15"),
        ("They spoke last night.", "last night", "2022-08-14"),
        ("They will speak tomorrow.", "tomorrow", "2022-08-16"),
        ("They met in June.", "June", "2022-06"),
        ("The summit is put off until spring.", "spring", "2023-21"),
        ("A vote in autumn 2023 is likely.", "autumn 2023", "2023-23"),
        ("Next week they will talk.", "Next week", "2022-08-22/2022-08-28"),
        ("They met over the weekend in Oslo.", "the weekend", "2022-08-13/2022-08-14"),
        ("The leaders will meet on August 20-21.", "August 20-21", "2022-08-20/2022-08-21"),
        ("They will meet on Tuesday the 23rd.", "Tuesday the 23rd", "2022-08-23"),
        ("They met there on the 12th.", "the 12th", "2022-08-12"),
        ("They met on 2022-08-01.", "2022-08-01", "2022-08-01"),
        ("In two weeks the leaders will meet.", "In two weeks", "2022-08-29~"),
    ],
)
def test_a_date_is_resolved_to_the_unit_that_its_words_name(text: str, words: str, edtf: str) -> None:
    """Weekdays follow the tense, units stay units, approximate ones are marked."""
    mention = only(text)
    assert (mention.text, mention.edtf) == (words, edtf)
    assert text[mention.start : mention.end] == mention.text


def test_without_a_publication_date_nothing_is_guessed() -> None:
    """A day and month keep an unknown year; a weekday stays without a day."""
    day, weekday = find_dates("They met on July 7 and spoke again on Friday.", None)
    assert day.edtf == "XXXX-07-07"
    assert (weekday.text, weekday.edtf, weekday.granularity) == ("Friday", None, "day")


def test_an_expression_that_counts_from_another_date_counts_from_the_last_day_named() -> None:
    """ "Three days later" and "that day" go back to the day before them, also where its year is unknown."""
    _, later = find_dates("They met on 7 July 2017, and three days later they met again.", None)
    assert later.edtf == "2017-07-10"
    _, same = find_dates("They met on July 7. They dined on that day.", None)
    assert same.edtf == "XXXX-07-07"


def test_the_eve_of_a_summit_is_the_day_before_it_once_that_is_known() -> None:
    """Resolving against another mention is open to callers."""
    eve = only("They met on the eve of the summit.")
    assert eve.edtf is None
    summit = only("The summit opens on September 1.")
    assert resolve(eve, summit).edtf == "2022-08-31"


def test_numeric_dates_follow_the_order_of_the_article() -> None:
    """3/4 is April in an article that writes "5 April", March in one that writes "April 5", and open where nothing tells."""
    assert find_dates("They met on 3/4/2022, not on 5 April 2022.", None)[0].edtf == "2022-04-03"
    assert find_dates("They met on 3/4/2022, not on April 5, 2022.", None)[0].edtf == "2022-03-04"
    assert find_dates("They met on 3/4/2022.", None)[0].edtf is None
    assert find_dates("They met on 25/4/2022.", None)[0].edtf == "2022-04-25"


@pytest.mark.parametrize(
    "text",
    [
        "He met May in Maidenhead.",
        "It was his 2016 election campaign.",
        "They sat on the 3rd floor.",
        "He may march with them.",
        "The second of the three talks failed.",
    ],
)
def test_words_that_only_look_like_dates_are_left(text: str) -> None:
    """A surname, an adjective, a floor."""
    assert find_dates(text, PUBLISHED) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Trump in Vietnam\nLast Updated : Nov 10 2017 | 10:42 PM IST\nThey met today.", "2017-11-10"),
        ("They met today.\n\nFirst Published: Nov 10 2017 | 10:42 PM IST\n", "2017-11-10"),
        ("14 February 2019\nThey met today.", "2019-02-14"),
        ("They met on Nov 10 2017 in Danang.", None),
    ],
)
def test_the_day_of_publication_is_read_from_the_page_only_where_it_is_said(text: str, day: str | None) -> None:
    """A "First Published" line or a line that is nothing but a date; never a date of the story."""
    found = publication_day(text)
    assert (found.isoformat() if found else None) == day


@given(st.text(), st.sampled_from([None, PUBLISHED, "9999-12-31", "0001-01-01", "not a date"]))
def test_any_text_gives_spans_that_slice_back(text: str, published: str | None) -> None:
    """No text and no publication date breaks it."""
    for mention in find_dates(text, published):
        assert text[mention.start : mention.end] == mention.text


_WORDS = """on in the last next two weeks ago July 7 31 February 2017 Friday later three days spring of 30/2/2017 until that
day eve summit""".split()


@given(
    st.lists(st.sampled_from(_WORDS)).map(" ".join),
    st.sampled_from([None, PUBLISHED, "2024-02-29", "0001-01-01", "9999-12-31"]),
)
def test_any_heap_of_date_words_is_survived(text: str, published: str | None) -> None:
    """Days that don't exist, and the ends of the calendar, raise nothing."""
    for mention in find_dates(text, published):
        assert text[mention.start : mention.end] == mention.text


def test_two_values_may_mean_one_time_where_they_overlap() -> None:
    """A month holds its days; a value without a year agrees by month and day; approximate days have slack."""
    assert compatible("2017-07", "2017-07-07")
    assert compatible("XXXX-07-07", "2017-07-07")
    assert not compatible("XXXX-07-07", "2017-07-08")
    assert compatible("2022-08-01~", "2022-08-03")
    assert not compatible("2022-08-01", "2022-08-03")
    assert compatible(None, "2022-08-03")


def test_calendar_units_move_and_bound() -> None:
    """Weeks run from Monday; a month moves by months; an unknown year stays unknown within the year."""
    from datetime import date

    assert week_of(date(2022, 8, 15)) == "2022-08-15/2022-08-21"
    assert shift("2022-01-31", 1, "month") == "2022-02-28"
    assert shift("XXXX-07-07", 3, "day") == "XXXX-07-10"
    assert shift("XXXX-12-31", 1, "day") is None
    assert bounds("2023-24") == (date(2023, 12, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    ("text", "published", "edtf"),
    [
        ("They met in May 2018 and again on 11 May that year.", "2019-12-02", "2018-05-11"),
        ("She went there three days after the May 9 elections.", "2016-05-27", "2016-05-12"),
        ("They will meet on the twenty-fourth of June.", "2005-06-05", "2005-06-24"),
        ("A follow-up is foreseen for the first week of April.", "2019-03-20", "2019-04-01/2019-04-07"),
        ("The round, held from Tuesday to Thursday, ended badly.", "2004-02-14", "2004-02-10/2004-02-12"),
        ("They met on Friday, March 1, and the following Wednesday.", "2024-03-20", "2024-03-06"),
        ("They met on Tuesday of last week.", "2024-03-20", "2024-03-12"),
        ("She spoke of the middle of June.", "2019-03-21", "2019-06"),
        ("Both would be called to Delhi on Tuesday for a sitting.", "2008-12-05", "2008-12-09"),
        ("They came nose to nose Thursday next to the pie tent.", "2015-10-03", "2015-10-01"),
    ],
)
def test_what_counts_from_elsewhere_or_names_part_of_a_month(text: str, published: str, edtf: str) -> None:
    """Each is resolved to the days that the words name."""
    assert edtf in [mention.edtf for mention in find_dates(text, published)]


def test_today_is_the_day_of_the_dateline() -> None:
    """A report dated on the eve of its printing counts from its own day; a dateline of long ago is nobody's today."""
    report = "WASHINGTON, Aug. 21 -- The President met the Speaker {}."
    assert find_dates(report.format("today"), "1996-08-22")[-1].edtf == "1996-08-21"
    assert find_dates(report.format("today"), "1996-09-22")[-1].edtf == "1996-09-22"
