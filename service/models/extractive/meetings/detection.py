"""The mentions of meetings in one sentence: what the rules find and what the grammar shows, as far as the trained judge
takes it for a meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.domain.text import Sentence
from service.language.syntax.trees import Tree
from service.language.words import lemma
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.dealings import Dealing, Dealings
from service.models.extractive.meetings.events import EventMention
from service.models.extractive.meetings.evidence import features_of
from service.models.extractive.meetings.frames import Frames
from service.models.extractive.meetings.people import Cast
from service.models.extractive.meetings.resolution import Mention
from service.models.extractive.meetings.tokens import Token
from service.models.extractive.meetings.weights import probability, weights_of

#: From this probability on a dealing is taken for a meeting (see docs/decisions/0033).
LEAST = 0.5
_FORMS = {"VB": "base", "VBZ": "present", "VBP": "present", "VBD": "past", "VBN": "participle", "VBG": "ing"}
_DEFINITE = frozenset("the this that these those his her their its our".split())


@dataclass(slots=True)
class Candidate:
    """A place that may speak of a meeting: its dealing, and the event that the rules found there, if any. ``names``: those
    who would meet, as the article calls them."""

    dealing: Dealing
    event: EventMention | None
    features: tuple[str, ...]
    split: bool = False  # the rules see several meetings at this word ("separate meetings with Y and Z")
    names: tuple[str, ...] = ()
    probability: float = 0.0

    @property
    def who(self) -> frozenset[int]:
        """Everyone who would meet."""
        ids = self.dealing.who
        if self.event is not None and self.split:
            return self.event.who
        return ids if len(ids) >= 2 or self.event is None else ids | self.event.who


Judge = Callable[[Candidate], float]


def by_evidence(one: Candidate) -> float:
    """The trained judge: the probability that a candidate tells of a meeting."""
    return probability(weights_of("likelihood"), one.features)


def candidates(
    cast: Cast,
    number: int,
    tree: Tree,
    mentions: Sequence[Mention],
    events: Sequence[EventMention],
    around: Sequence[str],
    article: Sequence[str],
) -> list[Candidate]:
    """Every dealing of the sentence, each with the rules' event at the same word; and the events without one."""
    at_word: dict[int, list[EventMention]] = defaultdict(list)
    for event in events:
        for word in tree.words:
            if event.start <= word.start < event.end:
                at_word[word.number].append(event)
    found: list[tuple[Dealing, EventMention | None]] = []
    used: set[int] = set()
    for dealing in Dealings(cast, number, tree, mentions).find():
        known: list[EventMention | None] = [event for event in at_word.get(dealing.word.number, ()) if id(event) not in used]
        used.update(id(event) for event in known)
        found.extend((dealing, event) for event in known or [None])
    for event in events:
        trigger = tree.at(event.start, event.end) if event.who and id(event) not in used else None
        if trigger is not None:
            dealing = Dealing(number, trigger)
            dealing.add("frame", event.spots)
            found.append((dealing, event))
    several = {number for number, known in at_word.items() if len(known) > 1}
    further = {
        event.lemma for event in events if cast.text[event.start : event.end] == "and"
    }  # "met X on Monday and Y on …"
    made = []
    for dealing, event_here in found:
        split = dealing.word.number in several or (event_here is not None and event_here.lemma in further)
        one = Candidate(
            dealing, event_here, tuple(features_of(cast, tree, dealing, around, _frame(event_here), article)), split
        )
        one.names = tuple(cast.entities[i].name for i in sorted(one.who))
        made.append(one)
    return made


def _frame(event: EventMention | None) -> tuple[str, str, bool, int] | None:
    return (event.lemma, event.form, event.weak, len(event.sides)) if event is not None else None


def detect(
    cast: Cast,
    number: int,
    sentence: Sentence,
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    around: Sequence[str],
    article: Sequence[str],
    judge: Judge,
) -> tuple[Frames, list[EventMention]]:
    """The row of the sentence and its event mentions, in order. Mentions without people ("the meeting lasted an hour") are
    the rules' alone. ``around``: the texts of the sentence and the two behind it; ``article``: features of the whole."""
    frames = Frames(cast, number, sentence, tokens, mentions)
    events = frames.find()
    tree = cast.trees[number]
    if not tree.words:
        return frames, events
    kept = [event for event in events if not event.who]
    seen = candidates(cast, number, tree, mentions, events, around, article)
    for one in seen:
        one.probability = judge(one)
        if not article:
            one.probability = _standing_alone(one)
    taken = [(one, _event(cast, sentence, tree, one)) for one in _governed(seen) if one.probability >= LEAST]
    taken.sort(key=lambda pair: -pair[0].probability)
    chosen: list[tuple[Candidate, EventMention]] = []
    for one, event in taken:
        if not any(_says_the_same(tree, one, other) for other, _ in chosen):
            event.split = one.split
            chosen.append((one, event))
    judged = {id(event) for _, event in chosen}
    kept = [event for event in kept if id(event) not in judged] + [event for _, event in chosen]
    return frames, sorted(kept, key=lambda event: event.start)


def _standing_alone(one: Candidate) -> float:
    """The probability of a candidate in a text of few sentences, where there is nothing else to go by: the plain words of
    meeting that the rules know tell of one."""
    plain = one.event is not None and not one.event.weak and len(one.event.who) >= 2
    return max(one.probability, LEAST) if plain else one.probability


def _governed(seen: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, "held" and "flew" in "held talks", "flew in for talks" giving way to the noun that they govern, which
    takes their probability where that is higher."""
    gone: set[int] = set()
    for one in seen:
        governor = one.dealing.governor
        if governor is None or one.event is None:
            continue
        for other in seen:
            if other.dealing.word is governor and other.event is None and one.who <= other.who:
                one.probability = max(one.probability, other.probability)
                gone.add(id(other))
    return [one for one in seen if id(one) not in gone]


def _says_the_same(tree: Tree, one: Candidate, other: Candidate) -> bool:
    """Whether two candidates of a sentence tell of one meeting: the same people, the one word hanging on the other."""
    if one.event is not None and one.event is other.event:
        return True
    if one.split and other.split:
        return False
    if not (one.who <= other.who or other.who <= one.who):
        return False
    a, b = one.dealing.word, other.dealing.word
    linked = b in tree.above(a) or a in tree.above(b)
    return linked and (one.event is None or other.event is None)


def _event(cast: Cast, sentence: Sentence, tree: Tree, one: Candidate) -> EventMention:
    """The event mention of a candidate; those who meet are the grammar's where it has both sides."""
    sides = [tuple(dict.fromkeys(i for m in side for i in m.entities)) for side in one.dealing.sides()]
    taken: set[int] = set()
    distinct = []
    for side in sides:
        rest = tuple(i for i in side if i not in taken)
        taken.update(rest)
        if rest:
            distinct.append(rest)
    spots = [m for found in one.dealing.slots.values() for m in found]
    slots = {i: slot for slot, found in one.dealing.slots.items() for m in found for i in m.entities}
    if one.event is not None:
        one.event.slots = slots
        if len(taken) >= 2 and "frame" not in one.dealing.slots and not one.split:
            one.event.sides, one.event.spots = distinct, spots
        return one.event
    word = one.dealing.word
    start, end = word.start, word.end
    text = cast.text
    noun = word.is_noun
    first = (
        min(
            (c.start for c in tree.children(word) if c.relation in ("det", "amod", "poss", "compound", "nummod")),
            default=start,
        )
        if noun
        else start
    )
    name = lemma(word.low)
    if noun:
        name = lex.NOUNS.get(word.low, (name, True))[0]
    elif word.low in lex.VERBS:
        name = lex.VERBS[word.low][0]
    return EventMention(
        sentence=one.dealing.sentence,
        start=start,
        end=end,
        lemma=name,
        form="noun" if noun else _FORMS.get(word.tag, "past"),
        sides=distinct,
        spots=spots,
        definite=noun and any(c.low in _DEFINITE or c.relation == "poss" for c in tree.children(word)),
        plural=noun and word.tag in ("NNS", "NNPS") and word.low not in ("talks", "negotiations", "consultations"),
        weak=noun,
        left=text[sentence.span.start : start],
        right=text[end : sentence.span.end],
        modifiers=text[first:start],
        subject_start=min((m.start for m in spots), default=start),
        governor=one.dealing.governor.low if one.dealing.governor is not None else "",
        words=text[start:end],
        slots=slots,
    )
