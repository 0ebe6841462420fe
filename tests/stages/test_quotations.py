"""Quotations: what stands in marks is found to the character, joined as it was spoken, and told from what is no speech."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.domain.quotation import Quotation
from service.domain.text import Sentence, Span
from service.stages.furniture import label_furniture
from service.stages.quotations import find_quotations
from service.stages.sentences import split_sentences


def found(text: str) -> list[Quotation]:
    """The quotations of a text, split into sentences as the pipeline does."""
    return list(find_quotations(text, split_sentences(text, label_furniture(text))))


def spoken(text: str) -> list[list[str]]:
    """The words of each quotation, span by span, nested ones left out."""
    return [[span.text for span in q.spans] for q in found(text) if q.kind != "nested"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"It will hold," said Okello.', [["It will hold,"]]),
        ("“It will hold,” said Okello.", [["It will hold,"]]),
        ("‘It won’t hold,’ said Okello, whose neighbours’ roofs had gone.", [["It won’t hold,"]]),
        ("'It won't hold the lads' weight,' said Okello.", [["It won't hold the lads' weight,"]]),
        ("„Es hält“, sagte Okello.", [["Es hält"]]),
        ("« On verra », he said.", [["On verra"]]),
        ("‹On verra bien›, he said.", [["On verra bien"]]),
        ("``It will hold,'' said Okello.", [["It will hold,"]]),
        ("”It will hold,” said Okello.", [["It will hold,"]]),
    ],
)
def test_every_mark_of_the_news_opens_and_closes(text: str, words: list[list[str]]) -> None:
    """Straight, curly, single, low, angled and doubled marks hold the same words."""
    assert spoken(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "The players' union met the owners' lawyers in the '90s.",
        "Rock 'n' roll isn't dead, and it's the kids' fault.",
        "He stood 6'2\" in his socks.",
        'They laid a 12" pipe under the road.',
    ],
)
def test_apostrophes_and_inches_are_no_quotations(text: str) -> None:
    """Possessives, elisions, feet and inches open nothing."""
    assert spoken(text) == []


def test_inches_do_not_close_a_quotation() -> None:
    """A 12" pizza inside a quotation leaves it whole."""
    assert spoken('"He bought a 12" pizza and left a fifty," said the cook.') == [
        ['He bought a 12" pizza and left a fifty,']
    ]


def test_interrupted_by_its_cue_it_is_one_quotation_with_two_spans() -> None:
    """After a comma and after a full stop alike."""
    assert spoken('"If it rains," she said, "the road will go." Nobody spoke.') == [["If it rains,", "the road will go."]]
    assert spoken('"It rained," she said. "The road went."') == [["It rained,", "The road went."]]


def test_a_second_cue_makes_a_second_quotation() -> None:
    """ "…," Bozell said. "…," he noted: two, for each has its own cue."""
    assert len(spoken('"He kept his promise," Bozell said. "They want silence," he noted.')) == 2
    assert len(spoken('"It is over," Ryan said, adding: "I hope so."')) == 2


def test_a_programme_in_the_cue_does_not_keep_two_halves_apart() -> None:
    """'on "Meet the Press."' stands in marks and is the title of a programme, not speech."""
    quotations = found('"He is a fraud," Perez said on "Meet the Press." "Listen to him."')
    assert [[s.text for s in q.spans] for q in quotations if not q.flags] == [["He is a fraud,", "Listen to him."]]
    assert [q.text for q in quotations if "title" in q.flags] == ["Meet the Press."]


def test_a_quotation_that_runs_over_paragraphs_is_a_chain() -> None:
    """Each paragraph opens with a mark and only the last closes: three quotations, each continuing the one before."""
    quotations = found('"One," she said. "Two.\n\n"Three is more.\n\n"Four is enough."\n\nThen she left.')
    assert [q.continues for q in quotations] == [None, "q1", "q2"]
    assert [q.flags for q in quotations] == [(), (), ()]


def test_a_new_cue_ends_the_chain() -> None:
    """A paragraph with a speaker of its own continues nothing."""
    quotations = found('"It is cold," said Amy Reed.\n\n"It is warm," said Bob Hale.')
    assert [q.continues for q in quotations] == [None, None]


def test_a_lost_closing_mark_is_flagged_and_ends_before_the_cue() -> None:
    """'"I brought a chair, Dolores Finch said.': her words end where the cue begins."""
    quotations = found('"I brought a chair and a sandwich, Dolores Finch said. "Next time I bring two."')
    assert [s.text for s in quotations[0].spans] == ["I brought a chair and a sandwich,", "Next time I bring two."]
    assert quotations[0].flags == ("unclosed",)


def test_a_lost_opening_mark_is_flagged() -> None:
    """The words from the paragraph's start to the lone closing mark."""
    quotations = found('They came late.\n\nWe had packed a bag for him," said his lawyer.')
    assert [(q.text, q.flags) for q in quotations] == [("We had packed a bag for him,", ("unopened",))]


def test_a_straight_mark_may_be_closed_by_a_curly_one() -> None:
    """Found whole, and flagged as mismatched."""
    quotations = found('"It is an honor to be with you.” That was all he said.')
    assert [(q.text, q.flags) for q in quotations] == [("It is an honor to be with you.", ("mismatched",))]


def test_nested_quotations_leave_the_outer_one_whole() -> None:
    """Singles inside doubles, and doubles inside singles."""
    for text in (
        "\"My mother said, 'Count the boats,' and she was right,\" he recalled.",
        "‘My mother said, “Count the boats,” and she was right,’ he recalled.",
    ):
        quotations = found(text)
        assert [q.kind for q in quotations] == ["direct", "nested"]
        assert quotations[1].text == "Count the boats,"
        assert quotations[1].text in quotations[0].text


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ('Raymond "Chuck" Delacroix was there.', "nickname"),
        ('He starred in the film "The Salt Road" last year.', "title"),
        ('They coined the word "mulecore" for it.', "word"),
    ],
)
def test_marks_round_what_nobody_says_are_flagged(text: str, flag: str) -> None:
    """Nicknames, titles and words as words: kind mixed, with the flag, and no speaker."""
    (quotation,) = found(text)
    assert (quotation.kind, quotation.flags, quotation.speaker) == ("mixed", (flag,), None)


def test_a_few_words_are_mixed_and_a_clause_is_direct() -> None:
    """The kinds of the contract."""
    kinds = {q.text: q.kind for q in found('She called it "brave" and said "it is a sweet shop with no sweets" twice.')}
    assert kinds == {"brave": "mixed", "it is a sweet shop with no sweets": "direct"}


def test_a_block_announced_by_saying_is_found_without_marks() -> None:
    """The kindergarten quotation of the seeds has no marks at all."""
    text = "He made light of it, saying:\n\nWhen you are a child you mix with others. I did.\n\nThat was all."
    (quotation,) = found(text)
    assert (quotation.kind, quotation.text) == ("block", "When you are a child you mix with others. I did.")


def test_a_paragraph_that_announces_nothing_makes_no_block() -> None:
    """ "seeking a way to blame her:" is followed by the writer's own words."""
    assert found("He deflected, seeking a way to blame her:\n\nNo one else has come forward so far.") == []


def test_transcript_lines_are_blocks_without_their_labels() -> None:
    """WALLACE: and Q: are labels, not words spoken."""
    text = "An excerpt follows.\n\nWALLACE: What has changed?\n\nCALLOWAY: The price has changed."
    assert [(q.kind, q.text) for q in found(text)] == [("block", "What has changed?"), ("block", "The price has changed.")]


def test_furniture_is_not_searched() -> None:
    """Marks outside the sentences handed in are nobody's quotation."""
    text = 'He left. "Subscribe now for the best stories of the day!"'
    assert find_quotations(text, [Sentence("s1", Span.of(text, 0, 8), 0)]) == ()


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab S.,?!:;'\"“”‘’«»„‹›`()—-\n\t0é\u200b😀") | st.characters(), max_size=200))
@example("\"'“‘«» ''\" a")
@example("''``''``")
@example("“" * 7 + "x" + "”" * 9)
def test_any_text_gets_spans_that_slice_back(text: str) -> None:
    """Never an exception; every span is the text's own; ids count up; what continues is there."""
    quotations = found(text)
    ids = [q.id for q in quotations]
    assert ids == [f"q{n}" for n in range(1, len(ids) + 1)]
    for quotation in quotations:
        assert quotation.continues is None or ids.index(quotation.continues) < ids.index(quotation.id)
        assert quotation.text == " ".join(span.text for span in quotation.spans)
        for span in quotation.spans:
            assert span.text
            assert text[span.start : span.end] == span.text


@pytest.mark.parametrize("unit", ['"', "“", "”", "' ", '" ', "“a” ", "“‘", 'a"b ', "''", '"A," he said. '])
def test_a_wall_of_marks_takes_no_longer_than_it_should(unit: str) -> None:
    """100 kB of nothing but marks: linear, so well under the second or two that anything quadratic would pass."""
    text = unit * (100_000 // len(unit))
    started = time.process_time()
    find_quotations(text, [Sentence("s1", Span.of(text, 0, len(text)), 0)])
    assert time.process_time() - started < 3
