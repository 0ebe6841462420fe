"""How a meeting stands (happened, ongoing, planned, …), from all that the article says where it speaks of it: a softmax
regression over ``signs_of``, trained on annotated articles by evals/training/standing.py; the weights are carried in
standing.txt.gz ("status|sign").

The signs: at each mention its grammar, the cues round it, its date against the day of publication, who says it, and what
the rules of ``factuality`` say; and the cues of the sentences right behind and before ("Both offices deny it").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from service.domain.meeting import MeetingStatus
from service.language.syntax.trees import Tree, Word
from service.language.words import lemma
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.attributes import Facts
from service.models.extractive.meetings.cues import CUES, cues_in
from service.models.extractive.meetings.events import EventMention
from service.models.extractive.meetings.merging import Meeting
from service.models.extractive.meetings.weights import weights_of

STATUSES: tuple[MeetingStatus, ...] = ("happened", "ongoing", "planned", "postponed", "cancelled", "alleged", "denied")
#: How a meeting among all of its article stands.
Assess = Callable[[Facts, Meeting, Sequence[Meeting]], MeetingStatus | None]
#: Sentences behind a mention that may still speak of it, and how far from a trigger its cues stand (characters).
BEHIND, _NEAR = 3, 120
#: What the rules' own reading (other than that it happened) counts beside the learnt weights, if all mentions agree; by
#: cross-validation.
_READ = 0.3
_NAME = re.compile(r"\w[\w’'-]+")


def _weights() -> dict[str, float]:
    return weights_of("standing")


def by_signs(facts: Facts, meeting: Meeting, all_of: Sequence[Meeting]) -> MeetingStatus | None:
    """The trained judge: the likeliest status; None for a text of one sentence, with nothing round it to learn from."""
    if len(facts.document.sentences) == 1:
        return None
    return likeliest(signs_of(facts, meeting, all_of), _weights())


def likeliest(signs: Mapping[str, float], weights: Mapping[str, float]) -> MeetingStatus:
    """The status for which these signs speak most."""

    def odds(status: MeetingStatus) -> float:
        read = signs.get(f"share rule={status}", 0.0) if status != "happened" else 0.0
        return _READ * read + sum(weights.get(f"{status}|{name}", 0.0) * x for name, x in signs.items())

    return max(STATUSES, key=odds)


def signs_of(facts: Facts, meeting: Meeting, all_of: Sequence[Meeting]) -> Mapping[str, float]:
    """The signs that hold for a meeting: 1, or the share of its mentions that show them."""
    signs: dict[str, float] = {"bias": 1.0}
    events = sorted(meeting.events, key=lambda event: event.start)
    names = _names(facts, meeting)
    shown: Counter[str] = Counter()
    for number, event in enumerate(events):
        for name in set(_of_mention(facts, event, names)):
            shown[name] += 1
            if number == 0:
                signs[f"first {name}"] = 1.0
            if len(event.who) >= 2:
                signs[f"who {name}"] = 1.0
    signs.update({f"share {name}": number / len(events) for name, number in shown.items()})
    for distance, number in sentences_behind(meeting, all_of, len(facts.document.sentences)):
        for name in cues_in(facts.document.sentences[number].span.text):
            signs[f"about {name}"] = signs[f"about {min(distance, 2)}:{name}"] = 1.0
    own = sorted({event.sentence for event in events})
    for number in own:
        if number and number - 1 not in own:
            for name in cues_in(facts.document.sentences[number - 1].span.text):
                signs[f"before {name}"] = 1.0
                if number == own[0]:
                    signs[f"before first {name}"] = 1.0
    signs["rules=" + "+".join(sorted({status for event in events for status, _ in event.claims}))] = 1.0
    signs[f"mentions={min(4, len(events))}"] = 1.0
    return signs


def sentences_behind(meeting: Meeting, all_of: Sequence[Meeting], count: int) -> Iterator[tuple[int, int]]:
    """(distance, number) of the sentences right behind a mention, up to the next that speaks of a meeting."""
    own = {event.sentence for event in meeting.events}
    busy = {event.sentence for one in all_of for event in one.events} | own
    for number in sorted(own):
        for distance in range(1, BEHIND + 1):
            if number + distance >= count or number + distance in busy:
                break
            yield distance, number + distance


def _names(facts: Facts, meeting: Meeting) -> tuple[set[str], set[str]]:
    """The words of the names of those who meet, and of their offices and countries."""
    people = [facts.cast.entities[i] for i in meeting.who]
    sides = " ".join(f"{one.role or ''} {one.affiliation or ''}" for one in people)
    return {word for one in people for word in _NAME.findall(one.name)}, set(_NAME.findall(sides))


def _of_mention(facts: Facts, event: EventMention, names: tuple[set[str], set[str]]) -> Iterator[str]:
    sentence = facts.document.sentences[event.sentence].span
    rule, by = event.claims[0] if event.claims else (None, None)
    who, when = _who_says(by, names), _when(facts, event)
    yield from (f"rule={rule}", f"rule+by={rule}|{who}", f"by={who}", f"when={when}", f"form={event.form}")
    yield from (f"rule+when={rule}|{when}", f"form+when={event.form == 'noun'}|{when}", f"lemma={event.lemma}")
    yield f"quoted={facts.in_marks(event.start)}"
    if any(status == "denied" for status, _ in event.claims[1:]):
        yield "rule denied too"
    if event.sentence == 0 and not sentence.text.rstrip().endswith("."):
        yield f"headline={event.form}"
    for name in cues_in(sentence.text):
        yield f"cue {name}"
        yield f"{event.form == 'noun'} cue {name}"
    start, end = event.clause if event.clause != (0, 0) else (sentence.start, sentence.end)
    for name in cues_in(facts.text[max(start, event.start - _NEAR) : event.start + 1]):
        yield f"left {name}"
    for name in cues_in(facts.text[event.end : min(end, event.end + _NEAR)]):
        yield f"right {name}"
    tree = facts.cast.trees[event.sentence]
    word = tree.at(event.start, event.end)
    if word is not None:
        yield from _of_grammar(tree, word, event.form == "noun")


def _of_grammar(tree: Tree, word: Word, noun: bool) -> Iterator[str]:
    """Tense, mood and negation of the trigger and of the verbs above it."""
    yield f"aux={' '.join(_auxiliaries(tree, word))}|{word.tag}"
    for child in tree.children(word, "neg", "mark", "advmod", "det", "amod"):
        yield f"{child.relation}={child.low}"
    relation = word.relation
    for (distance, up), _ in zip(enumerate(tree.above(word)), range(4), strict=False):
        name = lex.VERBS[up.low][0] if up.low in lex.VERBS else lemma(up.low)
        yield f"up={name}"
        if distance < 2:
            yield f"up{distance}={name}|{relation}"
        if up.is_verb:
            tense = f"{up.tag}|{'/'.join(_auxiliaries(tree, up))}"
            yield f"up tense={tense}"
            if distance < 1 or noun:
                yield f"up{distance} tense={tense}"
        for child in tree.children(up, "neg", "mark"):
            yield f"up {child.relation}={child.low}"
        relation = up.relation


def _auxiliaries(tree: Tree, word: Word) -> list[str]:
    return [child.low for child in tree.children(word, "aux", "auxpass", "neg")]


def _who_says(by: str | None, names: tuple[set[str], set[str]]) -> str:
    if by is None:
        return "none"
    words = {word for word in _NAME.findall(by) if word[:1].isupper()}
    if words & names[0]:
        return "part"
    if CUES["source"].search(by):
        return "source"
    if words & names[1]:
        return "side"
    return "named" if by[:1].isupper() else "unnamed"


def _when(facts: Facts, event: EventMention) -> str:
    if event.date is None or not event.date.edtf or not facts.document.article.published:
        return "-"
    if facts.is_to_come(event.date):
        return "after"
    return "before" if facts.is_over(event.date) else "same"
