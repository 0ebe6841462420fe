"""Speakers: every quotation goes to the person who spoke it, by the fullest name in the article; nobody is made up."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.quotation import Quotation, Speaker
from service.domain.text import Sentence, Span
from service.stages.furniture import label_furniture
from service.stages.quotations import find_quotations
from service.stages.sentences import split_sentences
from service.stages.speakers import Attribution, attribute


def attributed(text: str) -> Attribution:
    """Quotations with speakers, and people, as the pipeline makes them."""
    sentences = split_sentences(text, label_furniture(text))
    return attribute(text, sentences, find_quotations(text, sentences))


def speaker_of(text: str, words: str) -> Speaker:
    """The speaker of the quotation in marks that begins with ``words``."""
    quotation = next(q for q in attributed(text).quotations if q.kind != "indirect" and q.text.startswith(words))
    assert quotation.speaker is not None
    return quotation.speaker


def reported(text: str) -> list[tuple[str | None, str]]:
    """(speaker's name, content) of each piece of reported speech."""
    return [(q.speaker.name if q.speaker else None, q.text) for q in attributed(text).quotations if q.kind == "indirect"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('"Stop," said Davit Okello.', "Davit Okello"),
        ('"Stop," Davit Okello said.', "Davit Okello"),
        ('"Stop," fumed Davit Okello.', "Davit Okello"),
        ('On Tuesday, Davit Okello said: "Stop the boats now."', "Davit Okello"),
        ('Davit Okello, a baker who has lived there since 1998, looked up and said: "Stop the boats now."', "Davit Okello"),
        ('"Stop," a spokesman, Daniel Roux, said.', "Daniel Roux"),
        ('"Stop," said former Vermont governor Howard Dean, an old hand.', "Howard Dean"),
        ('Davit Okello waved the photographs away. "Those are from last year."', "Davit Okello"),
        ('Davit Okello: "Stop the boats now."', "Davit Okello"),
        ('"Stop the boats now."\n\n— Davit Okello, Lorne', "Davit Okello"),
        ('According to Davit Okello, "the boats are late again."', "Davit Okello"),
        ('"Stop," the company said in a statement.', "the company"),
        ('"Stop," said a senior envoy, who asked not to be named.', "a senior envoy"),
        ('The Hamburg daily quoted a dock worker as saying: "The ship was lost."', "a dock worker"),
    ],
)
def test_the_speaker_is_found_wherever_the_sentence_puts_him(text: str, name: str) -> None:
    """After and before the cue, inverted, at a distance, in the sentence before, under the quotation, unnamed."""
    assert speaker_of(text, "" if "quoted" in text else text.split('"')[1][:4]).name == name


def test_a_pronoun_is_resolved_to_the_fullest_name() -> None:
    """The mention is the pronoun as written; the name, where it stands in full."""
    text = 'Foreign Minister Anneke Brandt met Tomas Reyes. Brandt left early. "We agreed on half," she said.'
    speaker = speaker_of(text, "We agreed")
    assert (speaker.name, speaker.mention.text) == ("Anneke Brandt", "she")
    assert speaker.resolved is not None
    assert speaker.resolved.text == "Anneke Brandt"
    assert speaker.role == "Foreign Minister"


def test_he_after_according_to_is_the_source_not_the_subject() -> None:
    """As in the seeds: the man whom the sentence cites speaks on."""
    text = (
        "President Donald Trump opened his meeting with Vladimir Putin on the topic, according to US Secretary of State "
        'Rex Tillerson. "They had a lengthy exchange," he said.'
    )
    assert speaker_of(text, "They had").name == "Rex Tillerson"


def test_a_role_stands_for_the_one_who_has_it() -> None:
    """ "the minister" is the minister of the article, with the role as written."""
    text = 'Health Minister Pilar Ocampo came on Saturday. "I have seen better barns," the minister said.'
    speaker = speaker_of(text, "I have seen")
    assert (speaker.name, speaker.mention.text, speaker.role) == ("Pilar Ocampo", "the minister", "Health Minister")


def test_a_body_named_after_a_person_is_not_the_person() -> None:
    """The Trump administration is not Donald Trump, nor is Trump's campaign."""
    text = 'Donald Trump rested. On Sunday the Trump administration said "it is expected that we meet".'
    speaker = speaker_of(text, "it is expected")
    assert speaker.name == "Trump administration"
    assert speaker.person is None


def test_the_speech_of_a_chain_keeps_its_speaker() -> None:
    """Every paragraph of a long quotation is hers."""
    text = '"One," Nadia Korhonen said. "Two.\n\n"Three is more.\n\n"Four is enough."'
    assert {q.speaker.name for q in attributed(text).quotations if q.speaker} == {"Nadia Korhonen"}


def test_inside_a_quotation_somebody_else_may_speak() -> None:
    """The nested words are the mother's; "I" inside is the speaker himself."""
    text = "\"My mother said, 'Count the boats,' and I told them, 'Listen to her,'\" said Joaquim Sobral."
    assert speaker_of(text, "Count the boats").name == "My mother"
    assert speaker_of(text, "Listen to her").name == "Joaquim Sobral"


def test_scare_quotes_get_no_speaker() -> None:
    """Marks with nobody's cue beside them: flagged, and nobody is made up."""
    (quotation,) = attributed('The "restored" print is in fact a copy of a copy.').quotations
    assert (quotation.kind, quotation.flags, quotation.speaker) == ("mixed", ("scare",), None)


def test_a_headline_takes_its_speaker_from_the_story() -> None:
    """A few words in marks whose speaker only the story names."""
    text = "Mayor 'ashamed' of flooded schools\n\nMayor Judith Achebe said that she was 'ashamed' of the city's schools."
    assert [q.speaker.name for q in attributed(text).quotations if q.kind == "mixed" and q.speaker] == ["Judith Achebe"] * 2


def test_reported_speech_has_source_cue_and_content() -> None:
    """Told whom, told what; the content is without "that"; "according to" on either side; a denial."""
    assert ("Sergei Lavrov", "the offer had been accepted") in reported(
        "Russian Foreign Minister Sergei Lavrov told Russian reporters that the offer had been accepted."
    )
    assert ("Mireille Dufresne", "prices will fall by spring") in reported(
        "According to Mireille Dufresne, prices will fall by spring."
    )
    assert ("Radu Enescu", "The two had agreed to reopen the bridge") in reported(
        "The two had agreed to reopen the bridge, according to Radu Enescu."
    )
    assert ("Kremlin", "a call had taken place") in reported("The Kremlin denied on Friday that a call had taken place.")


def test_the_participle_belongs_to_the_subject_of_its_sentence() -> None:
    """ "Duarte dismissed the report, saying …": Duarte says it, not the report."""
    found = reported("Colonel Ines Duarte dismissed the report, saying it had been written in the capital.")
    assert ("Ines Duarte", "it had been written in the capital") in found


def people_of(text: str) -> dict[str, list[str]]:
    """Names of the article's people with their mentions."""
    return {p.name: [m.text for m in p.mentions] for p in attributed(text).people}


def test_one_entry_a_person_with_all_mentions() -> None:
    """Title and surname, surname, first-name alias, role, and the name inside a quotation."""
    text = (
        'President Teodor Galan spoke first. "Mr. Galan is late," Alina Voss said. Galan laughed. The president sat down '
        "beside Prime Minister Alina Voss."
    )
    people = people_of(text)
    assert set(people) == {"Teodor Galan", "Alina Voss"}
    assert people["Teodor Galan"] == ["Teodor Galan", "Galan", "Galan", "The president"]


def test_father_and_son_are_two_and_two_spellings_are_one() -> None:
    """Donald Trump Jr is not Donald Trump; Sergei and Sergey Lavrov are one man."""
    assert set(people_of("Donald Trump met his son. Donald Trump Jr released emails. Trump later defended him.")) == {
        "Donald Trump",
        "Donald Trump Jr",
    }
    text = "Foreign Minister Sergey Lavrov arrived. Sergei Lavrov told the press that the road was icy."
    assert list(people_of(text)) == ["Sergey Lavrov"]


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday the Ministry of Defence met the Goldman Group in New York. The White House said nothing.",
        "The National Security Council and the Associated Press were in Hamburg on July 7. Vanity Fair was not.",
        "The Supreme Court sat in Washington in April. Western Europe watched; so did the Red Cross.",
        "Manchester United beat Real Madrid on Sunday. The Premier League said the match was fair.",
    ],
)
def test_bodies_places_and_days_are_no_people(text: str) -> None:
    """Precision first: the meeting extractor would seat them at the table."""
    assert people_of(text) == {}


def check(text: str, result: Attribution) -> None:
    """What holds of any answer."""
    quotations: tuple[Quotation, ...] = result.quotations
    assert [q.id for q in quotations] == [f"q{n}" for n in range(1, len(quotations) + 1)]
    persons = {p.id for p in result.people}
    spans = [s for q in quotations for s in (*q.spans, *([q.cue] if q.cue else []))]
    spans += [m for p in result.people for m in p.mentions]
    for quotation in quotations:
        assert quotation.continues is None or quotation.continues in {q.id for q in quotations}
        if quotation.speaker is not None:
            speaker = quotation.speaker
            assert speaker.name.strip()
            assert 0 <= speaker.confidence <= 1
            assert speaker.person is None or speaker.person in persons
            spans += [speaker.mention, *([speaker.resolved] if speaker.resolved else [])]
    for span in spans:
        assert span.text
        assert text[span.start : span.end] == span.text


_PIECES = st.sampled_from(
    [
        *('"', "“", "”", "'", "’", " said ", " he ", ", ", ". ", "Donald Trump", " Jr.", "Mr. ", " told ", "according to "),
        *(" that ", "\n\n", ": ", "(", ")", " who ", "saying ", "the minister", "US", "—", "Q: ", "WALLACE: ", " and "),
        *("İ", "ß", "e\u0301", "😀", "\u200f"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=6), max_size=40).map("".join))
def test_any_text_gets_an_answer_whose_spans_slice_back(text: str) -> None:
    """Any Unicode, any order of cues, names and marks: never an exception."""
    check(text, attributed(text))


@pytest.mark.parametrize(
    "unit",
    [
        "said ",
        ", he said",
        "saying, ",
        "of the ",
        "who ",
        "according to ",
        "Donald Trump he said. ",
        "Aa ",
        "“‘",
        'said: "a" ',
        "He and ",
    ],
)
def test_hostile_repetition_stays_linear(unit: str) -> None:
    """One sentence of 100 kB that repeats what the rules look for."""
    text = unit * (100_000 // len(unit))
    sentences = [Sentence("s1", Span.of(text, 0, len(text)), 0)]
    started = time.process_time()
    attribute(text, sentences, find_quotations(text, sentences))
    assert time.process_time() - started < 8
