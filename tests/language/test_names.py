"""Names: who may be one person, however the name is written."""

from __future__ import annotations

import pytest

from service.language.names import Name, bare, fold, gender_of, parse_name, role_nouns, same_person
from service.language.reporting import reports, speech_verbs


def name(text: str, honorific: str | None = None) -> Name:
    """The name of a string."""
    parsed = parse_name(text.split(), honorific)
    assert parsed is not None
    return parsed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Dmitry Peskov", "Dmitri Peskov"),
        ("Mohammed Salah", "Mohamed Salah"),
        ("Bill Clinton", "William Clinton"),
        ("J. Smith", "John Smith"),
        ("José Álvarez", "Jose Alvarez"),
        ("Trump", "Donald Trump"),
    ],
)
def test_spellings_and_short_forms_are_one_person(one: str, other: str) -> None:
    """Romanisations, accents, initials, short forms, a surname alone."""
    assert same_person(name(one), name(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Donald Trump", "Donald Trump Jr"),
        ("Bill Clinton", "Hillary Clinton"),
        ("Ellen Marsh", "Toby Marsh"),
        ("Ann Lee", "Ann Li Wong"),
    ],
)
def test_others_are_kept_apart(one: str, other: str) -> None:
    """Generations, given names and surnames that differ."""
    assert not same_person(name(one), name(other))


def test_the_honorific_tells_brother_from_sister() -> None:
    """Mr. Marsh is not Ellen."""
    assert not same_person(name("Marsh", "Mr."), name("Ellen Marsh"))
    assert same_person(name("Marsh", "Ms."), name("Ellen Marsh"))


def test_senior_is_the_plain_name() -> None:
    """Walter Hagen Sr. may be Walter Hagen, never Walter Hagen Jr."""
    assert same_person(name("Walter Hagen Sr."), name("Walter Hagen"))
    assert not same_person(name("Walter Hagen Sr."), name("Walter Hagen Jr."))


def test_possessive_endings_are_not_part_of_a_name() -> None:
    """Straight and curly, with and without s."""
    assert [bare(w) for w in ("Trump's", "Trump’s", "Sanders’", "Trump")] == ["Trump", "Trump", "Sanders", "Trump"]
    assert fold("Trump’s") == fold("TRUMP")


def test_given_names_tell_the_pronoun() -> None:
    """Known ones only; a name either sex bears tells nothing."""
    assert (gender_of("Angela"), gender_of("vladimir"), gender_of("Robin"), gender_of("Quux")) == ("f", "m", "u", None)


def test_roles_and_verbs_are_loaded_from_their_files() -> None:
    """The lexicons are there and hold what rules rely on."""
    assert role_nouns()["minister"] == "p"
    assert role_nouns()["ministry"] == "g"
    assert {"said", "fumed", "barked", "quipped", "tweeted"} <= speech_verbs()
    assert reports()["said"].share > 0.9 > 0.4 > reports()["called"].direct / reports()["called"].total
