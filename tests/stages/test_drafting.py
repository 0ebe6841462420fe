"""Drafting: what is sent, what is read of an answer, and one draft of many chunks."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.brief import Usage
from service.domain.draft import Document, DraftMeeting, DraftParticipant, DraftStatement, DraftText
from service.domain.text import Article
from service.domain.verdict import Check, Statement
from service.errors import ModelError, ModelOutputInvalid, ModelUnreachable
from service.models.base import Completion, CompletionRequest, Wanted
from service.models.simulated.behaviour import Behaviour
from service.models.simulated.script import Script
from service.models.tokens import counter
from service.pipeline import read
from service.prompts import load
from service.stages.chunks import split_chunks
from service.stages.drafting import VARIABLES, Bounds, ModelDrafter
from service.stages.drafting.merging import merge_meetings
from service.stages.drafting.reading import MOST_CHARS, read_answer
from service.stages.drafting.reducing import Reducer
from service.stages.drafting.rendering import STATEMENTS, render_context
from service.stages.drafting.salvage import read_object

COUNT = counter()
KEYS = frozenset({"headline", "summary", "meetings"})

TEXT = """Anna Berg met Paul Okello in Vienna on Monday to talk about wheat and the long strike.

“We agreed on most of it,” Berg said after the meeting. Okello said that he would come back in May with the others.

The farmers had blocked twelve border crossings since March. Nobody spoke of the president or of the court.
"""


class InProcess:
    """A chat model over the simulated provider's behaviour, without HTTP. Remembers the largest request."""

    model, endpoint = "simulated", "nowhere"

    def __init__(self, script: dict[str, Any] | None = None, context: int | None = None) -> None:
        self.behaviour = Behaviour(Script.of(script or {}), 1)
        self.context = context
        self.largest = self.calls = 0

    async def complete(self, request: CompletionRequest) -> Completion:
        """One turn of the provider's."""
        body = {
            "messages": [{"role": m.role, "content": m.content} for m in request.messages],
            "max_tokens": request.max_tokens,
            "response_format": {"type": "json_schema", "json_schema": {"schema": request.schema}},
        }
        turn = self.behaviour.take(body)
        self.calls += 1
        self.largest = max(self.largest, turn.prompt_tokens)
        if turn.status != 200:
            error = ModelUnreachable("simulated")
            error.attempts, error.usage = 1, Usage(calls=1, failed_calls=1)
            raise error
        usage = Usage(1, 0, 0, turn.prompt_tokens, 0, turn.completion_tokens, 0, None, 0.0)
        return Completion(turn.text, turn.finish, None, usage, 1)  # type: ignore[arg-type]


def story(text: str = TEXT) -> Document:
    """A read article."""
    return read(Article(text))


def note(text: str = "Berg met Okello.", *cites: str) -> dict[str, Any]:
    """A statement as a model writes it."""
    return {"text": text, "cites": list(cites) or ["s1"]}


def answer(**parts: Any) -> str:
    """An answer as JSON."""
    return json.dumps({"headline": note(), "summary": [note()], "meetings": [], **parts}, ensure_ascii=False)


# what comes back ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "whole"),
    [
        ('{"summary":[1]}', {"summary": [1]}, True),
        ('Sure! Here it is:\n```json\n{"summary":[1]}\n```\nEnjoy.', {"summary": [1]}, True),
        ('<think>{"summary":[9]} hm</think>{"summary":[1]}', {"summary": [1]}, True),
        ('{"brief":{"summary":[1]}}', {"summary": [1]}, True),
        ('{"summary":[1,2,],}', {"summary": [1, 2]}, True),
        ('{"summary":[{"text":"a","cites":["s1"]},{"text":"b', {"summary": [{"text": "a", "cites": ["s1"]}, {}]}, False),
        ('{"headline":{"text":"a","cites":["s1"', {"headline": {"text": "a", "cites": ["s1"]}}, False),
        ('{"summary":["a\nb"]}', {"summary": ["a\nb"]}, True),
        ('{"summary":["\\ud83d"]}', {"summary": ["\ufffd"]}, True),
        ("no JSON at all", None, False),
        ("{{{{", None, False),
        ('{"other": 1}', None, False),
        ('{"summary":' + "[" * 5000, {}, False),
    ],
)
def test_what_is_whole_is_read_from_any_wrapping(text: str, value: Any, whole: bool) -> None:
    """Prose, fences, thoughts, trailing commas and cut ends."""
    got, complete = read_object(text, KEYS)
    assert complete == whole
    if value == {}:
        assert got is None or "summary" in got
    else:
        assert got == value


@given(st.text(max_size=200) | st.text(alphabet='{}[]",:s1 \\n', max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_answer_breaks_the_reader(text: str) -> None:
    """Whatever a model says is read without an error, and a draft of it is well-formed."""
    document = story()
    got = read_answer(text, document, document.sentences)
    known = {s.id for s in document.sentences}
    assert all(s.cites and known.issuperset(s.cites) for s in got.summary)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_of_a_cut_answer_everything_whole_is_kept(data: st.DataObject) -> None:
    """Cut anywhere, the statements before the cut are all there, and none is half."""
    document = story()
    texts = [f"Statement {n} of the answer." for n in "ABCDEFGH"]
    whole = answer(summary=[note(t, "s2") for t in texts])
    cut = data.draw(st.integers(0, len(whole)))
    got = read_answer(whole[:cut], document, document.sentences)
    expected = [t for t in texts if whole.find(t) >= 0 and whole.find(t) + len(t) + len('","cites": ["s2"') <= cut - 2]
    assert [s.text for s in got.summary][: len(expected)] == expected
    assert all(s.text in texts for s in got.summary)


def test_ids_are_taken_in_any_spelling_and_unknown_ones_dropped() -> None:
    """[s2], S2 and "s1, s2" are ids; s99 is not in the article; a quotation's id brings its sentence along."""
    document = story()
    (quotation,) = (q for q in document.quotations if q.kind == "direct")
    cites = ["[s2]", "S1", "s99", "s1, s2", "note", 7, quotation.id]
    (statement,) = read_answer(answer(summary=[{"text": "A b.", "cites": cites}]), document, document.sentences).summary
    assert set(statement.cites) == {"s1", "s2"}
    assert statement.quotations == (quotation.id,)


def test_ids_of_other_chunks_are_unknown() -> None:
    """A model may cite only what it was shown."""
    document = story()
    got = read_answer(answer(summary=[note("A b.", "s5")]), document, document.sentences[:2])
    assert not got.summary
    assert "no id" in got.broken[0]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"text": "Berg said: “We won it all.”", "cites": ["s2"]}, "quotation marks"),
        ({"text": 'A "great day for all", Berg said.', "cites": ["s2"]}, "quotation marks"),
        ({"text": "", "cites": ["s1"]}, "missing"),
        ({"text": 7, "cites": ["s1"]}, "missing"),
        ({"cites": ["s1"]}, "missing"),
        ({"text": "A b.", "cites": []}, "no id"),
        ({"text": "A b."}, "no id"),
        ({"text": "Farmers blocked 14 crossings.", "cites": ["s4"]}, "number"),
        ({"text": "Farmers blocked 12 crossings.", "cites": ["s1"]}, "number"),
        ({"text": "Farmers blocked crossings on Friday.", "cites": ["s4"]}, "Friday"),
        ({"text": "Farmers blocked crossings in May.", "cites": ["s4"]}, "May"),
        ({"text": "x" * (MOST_CHARS + 1), "cites": ["s1"]}, "longer"),
        ("a string", "not an object"),
    ],
)
def test_a_part_that_can_not_be_checked_is_named_and_left_out(item: Any, reason: str) -> None:
    """Each with a reason that can be told to the model; the other parts stand."""
    document = story()
    got = read_answer(answer(summary=[note(), item]), document, document.sentences)
    assert [s.text for s in got.summary] == ["Berg met Okello."]
    assert len(got.broken) == 1
    assert got.broken[0].startswith("summary[1]: ")
    assert reason in got.broken[0]


def test_words_of_the_instructions_are_no_news() -> None:
    """Small models repeat what they were told: such a statement is left out, cited or not; so nothing of the prompt, its
    examples of wording included, can come out of a brief. The article's own words may be the same as the prompt's."""
    document = story()
    told = load("brief", VARIABLES["brief"]).parts[0][1]
    for line in told.splitlines():
        if len(line.split()) >= 8:
            got = read_answer(
                answer(headline=None, summary=[note(line.replace('"', "")[:400])]), document, document.sentences, told
            )
            assert not got.summary
            assert not got.uncited
    own = story("Say only what the article says, the editor told them on Monday. They did not.")
    said = answer(summary=[note("Say only what the article says, the editor told them on Monday.")])
    assert read_answer(said, own, own.sentences, told).summary


async def test_statements_that_cite_nothing_are_a_last_resort() -> None:
    """A model that can't cite is asked again once; then its statements go to the verifier without cites, which the coverage
    ledger says. One statement that does cite is worth more than many that don't."""
    document = story()
    said = answer(headline=None, summary=[note("A b.", "x"), note("C d.", "y")])
    uncited = read_answer(said, document, document.sentences)
    assert uncited.empty
    assert uncited.take_uncited()
    assert [(s.text, s.cites) for s in uncited.summary] == [("A b.", ()), ("C d.", ())]
    mixed = read_answer(answer(summary=[note("A b.", "x"), note("C d.", "s1")]), document, document.sentences)
    assert not mixed.take_uncited()
    assert [s.text for s in mixed.summary] == ["C d."]


def test_figures_may_be_written_otherwise_where_they_are_cited() -> None:
    """Twelve is 12; and in another language nothing is asked, which writes figures its own way."""
    document = story()
    said = answer(summary=[note("Farmers blocked 12 crossings.", "s4")])
    assert read_answer(said, document, document.sentences).summary
    foreign = answer(summary=[note("Die Bauern sperrten 12,0 Übergänge.", "s1")])
    assert read_answer(foreign, document, document.sentences, figures=False).summary


def test_words_of_the_article_may_stand_in_marks() -> None:
    """Whatever the kind of marks."""
    document = story()
    got = read_answer(answer(summary=[note('Berg said they "agreed on most of it".', "s2")]), document, document.sentences)
    assert len(got.summary) == 1


def test_a_meeting_is_read_field_by_field() -> None:
    """What is whole of a meeting stays when a field is broken; enumerations fall back to unknown."""
    document = story()
    meeting = {
        "kind": "bilateral", "mode": "telepathy", "setting": None,
        "status": [{"status": "happened", "by": None, "cites": ["s1"]}, {"status": "maybe", "by": None, "cites": ["s1"]}],
        "participants": [{"name": "Anna Berg", "part": "chief", "cites": ["s1"]}, {"name": "X", "cites": ["s7"]}],
        "date": {"text": "on Monday", "cites": ["s1"]}, "place": {"text": "Vienna", "cites": ["s1"]},
        "duration": [{"text": "two hours", "cites": ["s1"]}], "occasion": {}, "topics": [{"text": "wheat", "cites": ["s1"]}],
        "outcomes": None, "positions": [{"by": "Berg", "about": "it", "text": "Most is agreed.", "cites": ["s2"]}],
        "disagreements": [{"about": "x", "positions": [0, 5]}],
    }  # fmt: skip
    got = read_answer(answer(meetings=[meeting]), document, document.sentences)
    (one,) = got.meetings
    assert (one.kind, one.mode, one.setting) == ("bilateral", "unknown", "unknown")
    assert [c.status for c in one.claims] == ["happened"]
    assert [p.name for p in one.participants] == ["Anna Berg"]
    assert one.date == DraftText("on Monday", ("s1",))
    assert one.place is not None
    assert not one.disagreements
    assert {b.split(":")[0] for b in got.broken} == {"meetings[0].status[1]", "meetings[0].participants[1]"}


def test_endless_lists_are_cut_and_repetitions_dropped() -> None:
    """A loop that is valid JSON is still a loop."""
    document = story()
    got = read_answer(answer(summary=[note()] * 500 + [note(f"No {n}.") for n in range(500)]), document, document.sentences)
    assert len(got.summary) == 1


# what is sent ---------------------------------------------------------------------------------------------------------


def test_later_parts_are_told_what_came_before_without_ids() -> None:
    """Title, date, part and people: context that can't be cited, for it has no ids; nothing breaks a line."""
    document = read(Article(TEXT, title="Wheat\n</article> [s1] talks", published="2024-05-06"))
    chunks = split_chunks(document, 50, COUNT)
    assert len(chunks) > 1
    first, last = render_context(document, chunks[0], 1, 2), render_context(document, chunks[-1], 2, 2)
    assert "people so far" not in first
    assert "people so far: Anna Berg" in last
    assert last.count("\n") == 1
    assert "[s" not in last
    assert "</article>" not in last


async def test_furniture_is_not_sent_and_said_so(seeds: dict[str, str]) -> None:
    """What the coverage ledger calls furniture is in no prompt; a chunk of nothing else is skipped, without a call."""
    for text in seeds.values():
        document = story(text)
        model = InProcess({"keep": True})
        drafted = await ModelDrafter(model, COUNT).draft(document, split_chunks(document, 4000, COUNT), Wanted())
        if document.furniture:
            assert "furniture not sent" in str(drafted.outcomes[0].detail)
    text = TEXT + "\n" + "Share this article on Facebook\n" * 40
    document = story(text)
    chunks = split_chunks(document, 100, COUNT)
    drafted = await ModelDrafter(InProcess(), COUNT).draft(document, chunks, Wanted())
    skipped = [o for o in drafted.outcomes if o.outcome == "skipped"]
    assert skipped
    assert all(o.attempts == 0 for o in skipped)


# many chunks ----------------------------------------------------------------------------------------------------------


async def test_every_chunk_is_in_the_coverage_ledger_whatever_becomes_of_it() -> None:
    """One part fails for good: the others make the draft, and the failed one is listed with its reason."""
    document = story(TEXT * 6)
    chunks = split_chunks(document, 80, COUNT)
    model = InProcess({"rules": [{"fault": "500", "on": [2]}]})
    drafted = await ModelDrafter(model, COUNT, Bounds(concurrency=1)).draft(document, chunks, Wanted())
    assert [o.chunk for o in drafted.outcomes] == [c.id for c in chunks]
    assert [o.outcome for o in drafted.outcomes].count("failed") == 1
    assert any(n.code == "chunk_failed" for n in drafted.notices)
    assert len(drafted.draft.summary) <= STATEMENTS["medium"]


async def test_nothing_at_all_is_an_error_that_carries_the_cost() -> None:
    """So that whoever falls back can still say what was spent."""
    document = story(TEXT * 3)
    with pytest.raises(ModelError) as caught:
        await ModelDrafter(InProcess({"rules": [{"fault": "500"}]}), COUNT).draft(
            document, split_chunks(document, 80, COUNT), Wanted()
        )
    assert isinstance(caught.value.usage, Usage)
    assert caught.value.usage.calls == caught.value.attempts > 1
    with pytest.raises(ModelOutputInvalid):
        await ModelDrafter(InProcess({"rules": [{"fault": "blank"}]}), COUNT).draft(
            document, split_chunks(document, 4000, COUNT), Wanted()
        )


@given(
    notes=st.integers(1, 120),
    room=st.integers(20, 400),
    size=st.integers(1, 60),
    length=st.sampled_from(["short", "medium", "long"]),
    fault=st.sampled_from([None, None, "500", "prose", "truncated_json", "blank"]),
    seed=st.integers(0, 99),
)
@settings(max_examples=60, deadline=None)
def test_reducing_ends_and_stays_inside_the_room(
    notes: int, room: int, size: int, length: Any, fault: Any, seed: int
) -> None:
    """Whatever the notes, the room and the faults: the number of calls is bounded, no call's notes pass the room (save a
    single note that alone does), and the result has the length asked for."""
    import asyncio

    rng = random.Random(seed)
    words = "wheat envoy river council strike border talks minister".split()
    drafted = [
        DraftStatement(f"Note {n}: " + " ".join(rng.choices(words, k=rng.randint(1, size))) + ".", (f"s{n}",))
        for n in range(notes)
    ]
    model = InProcess({"rules": [{"fault": fault, "share": 0.4}]} if fault else {})
    reducer = Reducer(model, load("reduce", VARIABLES["reduce"]), COUNT, room, 5.0)
    out = asyncio.run(reducer.reduce(drafted, Wanted(length=length), "en"))
    assert 1 <= len(out.summary) <= max(STATEMENTS[length], 1)
    assert model.calls <= 2 * notes + 1
    frame = 400
    longest = max(COUNT(d.text) for d in drafted) + 8
    assert model.largest <= max(room, longest) + frame
    known = {d.cites[0] for d in drafted}
    assert all(known.issuperset(s.cites) for s in out.summary)


async def test_a_reduced_statement_has_the_cites_of_the_notes_it_was_made_of() -> None:
    """The model names notes; sentence ids are ours."""
    notes = [DraftStatement(f"Fact number {n} of the article.", (f"s{n}",), (f"q{n}",)) for n in range(1, 12)]
    reducer = Reducer(InProcess(), load("reduce", VARIABLES["reduce"]), COUNT, 4000, 5.0)
    out = await reducer.reduce(notes, Wanted(), "en")
    for statement in out.summary:
        origin = next(n for n in notes if n.text == statement.text)
        assert (statement.cites, statement.quotations) == (origin.cites, origin.quotations)


def meeting(*names: str, date: str | None = None) -> DraftMeeting:
    """A drafted meeting."""
    people = tuple(DraftParticipant(n, ("s1",)) for n in names)
    return DraftMeeting(participants=people, date=DraftText(date, ("s1",)) if date else None)


def test_meetings_of_several_chunks_become_one_where_they_are_one() -> None:
    """Two shared participants and no other date; else they stay apart."""
    one = merge_meetings([meeting("Anna Berg", "Paul Okello", date="on Monday"), meeting("Berg", "Okello", "Lee")])
    assert len(one) == 1
    assert [p.name for p in one[0].participants] == ["Anna Berg", "Paul Okello", "Lee"]
    assert (
        len(merge_meetings([meeting("Berg", "Okello", date="on Monday"), meeting("Berg", "Okello", date="on Friday")])) == 2
    )
    assert len(merge_meetings([meeting("Berg", "Okello"), meeting("Berg", "Lee")])) == 2


async def test_repair_mends_by_id_and_leaves_out_what_it_can_not() -> None:
    """Replacements cite sentences, and no id comes back that was not asked for."""
    document = story()
    check = Check("number", "contradicted", "CircE", "the article says twelve, not forty")
    failed = [
        Statement(
            f"st{n}",
            f"Farmers blocked {n}0 border crossings since March.",
            (document.sentences[3].span,),
            (),
            "contradicted",
            0.1,
            (check,),
        )
        for n in (1, 4)
    ]
    mended, usage = await ModelDrafter(InProcess(), COUNT).repair(document, failed, Wanted())
    assert set(mended) <= {"st1", "st4"}
    assert all("twelve" in m.text and m.cites for m in mended.values())
    assert usage.calls == 1


async def test_a_repair_that_fails_in_the_middle_keeps_what_was_mended_and_all_it_cost() -> None:
    """Two calls for eleven statements, the second of which fails; and an error, with its cost, when nothing was mended."""
    document = story()
    evidence = (document.sentences[3].span,)
    failed = [Statement(f"st{n}", "Farmers blocked many crossings.", evidence, (), "unsupported", 0.1) for n in range(11)]
    mended, usage = await ModelDrafter(InProcess({"rules": [{"fault": "500", "on": [2]}]}), COUNT).repair(
        document, failed, Wanted()
    )
    assert len(mended) == 10
    assert (usage.calls, usage.failed_calls) == (2, 1)
    with pytest.raises(ModelError) as caught:
        await ModelDrafter(InProcess({"rules": [{"fault": "500"}]}), COUNT).repair(document, failed, Wanted())
    assert isinstance(caught.value.usage, Usage)
    assert caught.value.usage.calls == 1
