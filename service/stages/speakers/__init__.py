"""Who speaks: the speaker of each quotation, the speech that has no marks, and the people of the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.domain.quotation import NOT_SPEECH, Person, Quotation, Speaker
from service.domain.text import Sentence, Span
from service.language.reporting import WEAK
from service.stages.speakers.confidence import confidence
from service.stages.speakers.direct import Found, attribution_rule, speaker_nearby, speaker_signed
from service.stages.speakers.indirect import covering, indirect_quotations
from service.stages.speakers.nested import name_nested
from service.stages.speakers.people import find_people
from service.stages.speakers.reading import Reading, read_words
from service.stages.speakers.reported import Reported, find_reported
from service.stages.speakers.resolve import Resolver
from service.stages.speakers.roles import give_roles, lay_roles

__all__ = ["Attribution", "attribute"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """``quotations``: all of them, indirect ones included, renumbered in text order; ``people``: in order of mention."""

    quotations: tuple[Quotation, ...]
    people: tuple[Person, ...]


def attribute(text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation]) -> Attribution:
    """Name the speakers of ``quotations``, find reported speech without marks, and list the article's people.

    ``text`` is the article, ``sentences`` those of its body, ``quotations`` what ``find_quotations`` found in it. Never
    raises on any text.
    """
    reading = read_words(text, sentences, quotations)
    people = find_people(reading, read_words(text, _insides(quotations), ()))
    give_roles(reading, people)
    lay_roles(reading, people)
    persons = people.persons(reading)
    resolver = Resolver(reading, people, persons)
    reported = find_reported(reading)
    covers = covering(reading, reported)
    answer: list[Quotation] = []
    speakers: dict[str, Speaker] = {}
    last: Speaker | None = None
    for number, quotation in enumerate(quotations):
        speaker, cue = _one(resolver, quotation, number, speakers, last, covers)
        if speaker is not None:
            speakers[quotation.id] = speaker
            if quotation.kind != "nested":
                last = speaker
        if _is_loose(quotation, speaker):
            quotation, speaker, cue = replace(quotation, kind="mixed", continues=None), None, None
            speakers.pop(quotation.id, None)
        flags = quotation.flags
        if speaker is None and quotation.kind == "mixed" and not NOT_SPEECH & set(flags):
            flags = (*flags, "scare")
        answer.append(replace(quotation, speaker=speaker, cue=cue, flags=flags))
        if quotation.continues is not None and speaker is not None and speaker.method in _SURE:
            _hand_back(answer, quotation.continues, speaker, speakers)
    return Attribution(
        _in_order([*name_nested(text, _echoes(answer), persons), *indirect_quotations(reading, resolver, reported)]), persons
    )


def _insides(quotations: Sequence[Quotation]) -> list[Sentence]:
    """The words in marks, as sentences of their own: one a span of every quotation that is inside no other."""
    outer = sorted(
        (span for q in quotations if q.kind in ("direct", "mixed", "block") for span in q.spans), key=lambda span: span.start
    )
    return [Sentence("", span, number) for number, span in enumerate(outer)]


def _in_order(quotations: list[Quotation]) -> tuple[Quotation, ...]:
    """All quotations in text order, the longer first where two begin together, with ids "q1", "q2", … anew."""
    ordered = sorted(quotations, key=lambda q: (q.spans[0].start, -q.spans[-1].end))
    new = {q.id: f"q{number}" for number, q in enumerate(ordered, 1) if q.id}
    return tuple(
        replace(q, id=f"q{number}", continues=None if q.continues is None else new.get(q.continues))
        for number, q in enumerate(ordered, 1)
    )


#: Rules that have no cue to go by.
_LOOSE = frozenset({"run", "continues", "paragraph", "paragraph-cue"})


def _is_loose(quotation: Quotation, speaker: Speaker | None) -> bool:
    """A few words in marks, alone, with no cue: more often a heading, a slogan or a name than speech (on PolNeAR's training
    part 33 of 48), so nobody is made to have said them."""
    return quotation.kind == "direct" and speaker is not None and speaker.method in _LOOSE and quotation.text.count(" ") < 4


#: Rules whose cue stands right beside the words.
_SURE = frozenset({"after", "inverted"})


def _hand_back(answer: list[Quotation], former: str, speaker: Speaker, speakers: dict[str, Speaker]) -> None:
    """The speech before, which this one continues, had no cue of its own: its speaker is named only here."""
    for index in range(len(answer) - 2, max(-1, len(answer) - 9), -1):
        earlier = answer[index]
        if earlier.id == former and earlier.cue is None:
            named = replace(speaker, method="continued", confidence=confidence("continued"))
            answer[index] = replace(earlier, speaker=named)
            speakers[former] = named
            if earlier.continues is None:
                return
            former = earlier.continues


def _is_weak(reading: Reading, found: Found) -> bool:
    """Whether a cue says too little to give a few words in marks to its subject."""
    return found.rule == "before-weak" or (
        found.rule == "after" and found.cue is not None and reading.lows[found.cue[0]] in WEAK
    )


def _echoes(quotations: list[Quotation]) -> list[Quotation]:
    """A headline's few words in marks, whose speaker only the story names: where the same words stand in marks again."""
    spoken: dict[str, Speaker] = {}
    for quotation in quotations:
        if quotation.kind == "mixed" and quotation.speaker is not None:
            spoken.setdefault(_plain(quotation.text), quotation.speaker)
    answer: list[Quotation] = []
    for quotation in quotations:
        speaker = spoken.get(_plain(quotation.text)) if "scare" in quotation.flags else None
        if speaker is not None:
            flags = tuple(flag for flag in quotation.flags if flag != "scare")
            quotation = replace(
                quotation, speaker=replace(speaker, method="echo", confidence=confidence("echo")), flags=flags
            )
        answer.append(quotation)
    return answer


def _plain(words: str) -> str:
    return words.casefold().strip(" .,;:!?")


def _one(
    resolver: Resolver,
    quotation: Quotation,
    number: int,
    speakers: dict[str, Speaker],
    last: Speaker | None,
    covers: dict[int, Reported],
) -> tuple[Speaker | None, Span | None]:
    """Speaker and cue of one quotation; ``speakers``: of those before, by id; ``covers``: reported speech round it."""
    reading = resolver.reading
    found: Found | None = attribution_rule(reading, quotation, number)
    if quotation.kind == "mixed" or found is None or found.rule == "before-weak":
        place = reading.place.get((number, 0), -1)
        cover = covers.get(place)
        if cover is not None and cover.source is not None and (quotation.kind == "mixed" or reading.words[place - 1] != ":"):
            found = Found(cover.source, cover.cue, "covered")
        elif quotation.kind == "mixed" and found is not None and _is_weak(reading, found):
            found = None
    if found is not None:
        speaker = resolver.speaker(found.phrase, found.rule)
        cue = None
        if found.cue is not None:
            cue = Span.of(reading.text, reading.starts[found.cue[0]], reading.ends[found.cue[1] - 1])
        return speaker, cue
    if quotation.continues is not None and quotation.continues in speakers:
        return replace(speakers[quotation.continues], method="continues", confidence=confidence("continues")), None
    if quotation.kind not in ("direct", "block"):
        return None, None
    index = reading.place.get((number, 0))
    last_index = reading.place.get((number, len(quotation.spans) - 1))
    near = speaker_signed(reading, last_index) if last_index is not None else None
    if near is not None:
        return resolver.speaker(near.phrase, near.rule), None
    near = speaker_nearby(reading, index) if index is not None else None
    if near is not None and reading.lows[near.phrase.head] in _NO_SPEAKERS:
        near = None
    if near is not None and (
        near.rule in ("sentence-cue", "paragraph-cue") or last is None or not _recent(reading, index, last)
    ):
        return resolver.speaker(near.phrase, near.rule), None
    if last is not None:
        return replace(last, method="run", confidence=confidence("run")), None
    return None, None


#: Pronouns that make nobody the speaker of the next sentence's quotation.
_NO_SPEAKERS = frozenset("i we you it one none this that there".split())


def _recent(reading: Reading, index: int | None, last: Speaker) -> bool:
    """Whether the last speaker was named within the two sentences before."""
    if index is None:
        return False
    number = max(0, reading.sentence[index] - 2)
    return last.mention.end > reading.starts[reading.first[number]]
