"""Who belongs to a meeting: those whom its mentions name as meeting and those named round about, each judged by weights that
evals/training/membership.py learns (membership.txt.gz)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from service.domain.meeting import Part
from service.language.syntax.trees import Tree, Word
from service.language.words import lemma
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.attributes import Facts
from service.models.extractive.meetings.events import EventMention
from service.models.extractive.meetings.merging import Meeting
from service.models.extractive.meetings.presence import part_here
from service.models.extractive.meetings.resolution import Entity, Mention
from service.models.extractive.meetings.tokens import Token
from service.models.extractive.meetings.weights import probability, weights_of

#: From this probability on one whom a mention names as meeting stays, and one named beside it belongs.
KEPT, ADDED = 0.4, 0.45
#: What one whom a mention names is ahead of the others, where two are looked for.
FIRST = 0.1
#: How many sentences behind a mention may name somebody who was there.
_BEHIND = 2
_MOST = 12
_COUNTS = {"two": 2, "both": 2, "pair": 2, "duo": 2, "three": 3, "trio": 3, "four": 4, "five": 5}
#: Lemmas that say of somebody that he or she is there.
_THERE = frozenset(
    """attend accompany join assist flank convene chair mediate moderate host represent interpret translate witness
    facilitate broker oversee listen present preside referee introduce attendance table room chair along throughout include
    comprise participate company delegation side bring lead head presence alongside together interpreter
    mediator sit""".split()
)


def _weights() -> dict[str, float]:
    return weights_of("membership")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may belong to a meeting. ``own``: one of its mentions says so; ``sentence``: where he or she is named;
    ``part``: what was found beside the name; ``kept``: whether the rules keep him or her."""

    entity: int
    name: str
    own: bool
    sentence: int
    features: tuple[str, ...]
    part: Part | None = None
    kept: bool = False

    @property
    def probability(self) -> float:
        """How likely it is."""
        return probability(_weights(), self.features)


Choice = Callable[[Meeting, Sequence[Candidate]], Sequence[Candidate]]


def by_weights(meeting: Meeting, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The trained choice; of those that the mentions name, the likeliest two stay in any case."""
    sure = {one.entity: one.probability for one in candidates}
    if not any(one.kept for one in candidates):
        return [one for one in candidates if sure[one.entity] >= (KEPT if one.own else ADDED)]
    least = {one.entity for one in sorted(candidates, key=lambda c: -sure[c.entity] - (FIRST if c.own else 0.0))[:2]}
    return [one for one in candidates if sure[one.entity] >= (KEPT if one.own else ADDED) or one.entity in least]


def candidates_of(facts: Facts, meeting: Meeting, own: Sequence[int], kept: Sequence[int]) -> list[Candidate]:
    """Everybody who may belong to a meeting: ``own`` as its mentions have them, of whom the rules keep ``kept``; then those
    named in the same sentences and behind them."""
    made = []
    for i in own:
        at = next((e.sentence for e in (*meeting.events, *meeting.like) if i in e.who), meeting.events[0].sentence)
        features = tuple(_own(facts, meeting, own, i, i in kept))
        made.append(Candidate(i, facts.cast.entities[i].name, True, at, features, kept=i in kept))
    near = _near(meeting)
    beside: dict[int, list[tuple[int, Mention]]] = {}
    for number in sorted(near):
        for mention in facts.mentions.get(number, ()):
            for i in mention.entities if mention.kind in ("named", "role", "group") else ():
                if i not in own and facts.cast.entities[i].kind in ("person", "phrase"):
                    beside.setdefault(i, []).append((number, mention))
    for i, places in list(beside.items())[:_MOST]:
        features = tuple(_beside(facts, meeting, own, i, [(near[n], n, m) for n, m in places]))
        entity = facts.cast.entities[i]
        parts = (part_here(facts, entity, m.start, m.end) for _, m in places)
        part: Part = next((one for one in parts if one), "attendee")
        made.append(Candidate(i, entity.name, False, places[0][0], features, part))
    return made


def _near(meeting: Meeting) -> dict[int, int]:
    """The sentences that may name somebody who was there, with their distance to a mention of the meeting."""
    near: dict[int, int] = {}
    for event in meeting.events:
        for away in range(_BEHIND + 1):
            near[event.sentence + away] = min(away, near.get(event.sentence + away, _BEHIND))
    return near


def _entity(facts: Facts, entity: Entity, own: Sequence[int]) -> Iterator[str]:
    """What somebody is."""
    cast = facts.cast
    yield f"kind={entity.kind}"
    yield f"seen={min(entity.seen, 4)}"
    for role in sorted(entity.roles)[:3]:
        yield f"role={role}"
    yield f"office={bool(entity.roles)}"
    if entity.kind == "phrase":
        words = entity.name.lower().split()
        yield f"phrase end={words[-1]}"
        yield f"phrase first={words[0]}"
        yield f"phrase plural={words[-1] in lex.GROUPS}"
        yield f"phrase of={'of' in words}"
        yield f"phrase words={min(4, len(words))}"
    elif entity.kind != "actor":
        sure = cast.personhood.of(entity.name)
        yield f"person={'sure' if sure > 0.9 else 'likely' if sure > 0.6 else 'doubtful' if sure > 0.3 else 'no'}"
        yield f"read as={cast.personhood.reading(entity.name)}"
        yield f"name words={min(3, len(entity.name.split()))}"
    others = [cast.entities[i] for i in own if i != entity.id]
    yield f"others={min(4, sum(o.kind == 'person' for o in others))}"
    if entity.codes:
        named = any(o.kind == "person" and o.codes & entity.codes for o in others)
        yield f"{entity.kind} side named={named}"
    if any(entity.name.split()[-1] in o.name for o in others) or any(o.name.split()[-1] in entity.name for o in others):
        yield "shares a name"


def _own(facts: Facts, meeting: Meeting, own: Sequence[int], i: int, kept: bool) -> Iterator[str]:
    entity = facts.cast.entities[i]
    pre = "own"
    yield "bias"
    yield pre
    yield f"{pre} kept={kept}"
    for feature in _entity(facts, entity, own):
        yield f"{pre} {feature}"
    told = [e for e in meeting.events if e.who]
    mine = [e for e in told if i in e.who]
    share = "all" if len(mine) == len(told) else "most" if 2 * len(mine) >= len(told) else "few"
    yield f"{pre} share={share if mine else 'none'}"
    yield f"{pre} told={min(3, len(told))}+{min(3, len(mine))}"
    yield f"{pre} first={bool(told) and i in told[0].who}"
    kinds = set()
    for event in mine[:4]:
        slot = event.slots.get(i, "?")
        yield f"{pre} slot={slot}"
        yield f"{pre} slot={event.lemma}|{slot}"
        yield f"{pre} form={event.form}|{slot}"
        for mention in event.spots:
            if i in mention.entities:
                kinds.add(mention.kind)
                yield f"{pre} by={mention.kind}"
                yield f"{pre} by={mention.kind}|{slot}"
                yield f"{pre} possessive={mention.possessive}"
                yield from _context(facts, event, mention, pre)
    yield f"{pre} named={'named' in kinds}"
    yield f"{pre} kind+named={entity.kind}|{'named' in kinds}"


def _beside(
    facts: Facts, meeting: Meeting, own: Sequence[int], i: int, places: Sequence[tuple[int, int, Mention]]
) -> Iterator[str]:
    entity = facts.cast.entities[i]
    pre = "by"
    yield "bias"
    yield pre
    for feature in _entity(facts, entity, own):
        yield f"{pre} {feature}"
    yield f"{pre} places={min(3, len(places))}"
    yield f"{pre} wanting={_wanting(facts, meeting, own)}"
    yield f"{pre} nearest={min(away for away, _, _ in places)}"
    busy = {e.sentence for e in meeting.events}
    for away, number, mention in places[:3]:
        yield f"{pre} by={mention.kind}|{away}"
        yield f"{pre} possessive={mention.possessive}"
        part = part_here(facts, entity, mention.start, mention.end)
        yield f"{pre} part={part}"
        yield f"{pre} part={part}|{away}"
        yield f"{pre} foreign={number not in busy and number in facts.busy}"
        event = next((e for e in meeting.events if e.sentence == number), None)
        yield from _context(facts, event, mention, f"{pre} {min(away, 1)}", number)
        yield from _governed(facts, number, mention, own, pre)
        members = [m for m in facts.mentions.get(number, ()) if set(m.entities) & set(own)]
        yield f"{pre} members here={min(2, len(members))}|{min(away, 1)}"


def _wanting(facts: Facts, meeting: Meeting, own: Sequence[int]) -> int:
    """How many more are said to meet ("the three leaders") than are known; at most 2."""
    words = (t.low for e in meeting.events for m in e.spots if m.kind in ("group", "two") for t in _words(facts, e, m))
    said = max((_COUNTS.get(word, 0) for word in words), default=0)
    return max(0, min(2, said - sum(facts.cast.entities[i].kind == "person" for i in own)))


def _words(facts: Facts, event: EventMention, mention: Mention) -> Sequence[Token]:
    return facts.cast.rows[event.sentence][mention.first : mention.last]


def _governed(facts: Facts, number: int, mention: Mention, own: Sequence[int], pre: str) -> Iterator[str]:
    """The verb that a mention depends on, through lists and appositions: whether it is one of being there, and what those
    who meet have to do with it."""
    tree = facts.cast.trees[number]
    head = tree.at(mention.start, mention.end)
    if head is None:
        return
    slot, verb = head.relation, tree.head(head)
    here: Word = head
    for _ in range(6):
        if verb is None or verb.is_verb:
            break
        if here.relation in ("pobj", "pcomp") and verb.relation in ("prep", "agent"):
            slot = verb.low
        elif here.relation in ("conj", "appos"):
            slot = verb.relation
        here, verb = verb, tree.head(verb)
    if verb is None or not verb.is_verb:
        yield f"{pre} no verb"
        return
    yield f"{pre} verb={lemma(verb.low)}|{slot}"
    yield f"{pre} slot={slot}"
    beside = [verb, *(w for c in tree.children(verb) for w in (c, *tree.children(c)))]
    there = next((w for w in beside if lemma(w.low) in _THERE), None)
    if there is not None:
        yield f"{pre} there={'verb' if there is verb else 'beside'}"
        yield f"{pre} there={'verb' if there is verb else 'beside'}|{slot}"
    spots = [m for m in facts.mentions.get(number, ()) if set(m.entities) & set(own)]
    for child in (verb, *tree.children(verb)):
        for word in (child, *tree.children(child)) if child is not verb else ():
            if any(m.start <= word.start < m.end for m in spots):
                yield f"{pre} {slot} of a member's {child.relation}"
                yield f"{pre} verb of a member"


def _context(
    facts: Facts, event: EventMention | None, mention: Mention, pre: str, number: int | None = None
) -> Iterator[str]:
    """How a mention stands in its sentence: the words round it, what it hangs on, how far from the word of meeting."""
    sentence = event.sentence if event is not None else number
    if sentence is None:
        return
    row, tree = facts.cast.rows[sentence], facts.cast.trees[sentence]
    before = row[mention.first - 1].low if 0 < mention.first <= len(row) else "^"
    after = row[mention.last].low if mention.last < len(row) else "$"
    yield f"{pre} before={before}"
    yield f"{pre} after={after if after not in lex.REPORTING else 'says'}"
    if mention.first > 1 and before.isalpha():
        yield f"{pre} before={row[mention.first - 2].low} {before}"
    head = tree.at(mention.start, mention.end)
    if head is None:
        return
    yield f"{pre} relation={head.relation}"
    above = tree.head(head)
    if above is not None:
        yield f"{pre} above={head.relation}:{lemma(above.low)}"
        if above.relation in ("prep", "agent") and (further := tree.head(above)) is not None:
            yield f"{pre} through={above.low}:{lemma(further.low)}"
        if head.relation == "conj":
            yield f"{pre} joined to={above.relation}"
    trigger = tree.at(event.start, event.end) if event is not None else None
    if trigger is not None:
        yield f"{pre} path={_path(tree, head, trigger)}"
        yield f"{pre} side={'left' if head.start < trigger.start else 'right'}"


def _path(tree: Tree, word: Word, trigger: Word) -> str:
    """The relations from a word up to the word of meeting, or to what both hang on."""
    above = {trigger.number, *(w.number for w in tree.above(trigger))}
    steps: list[str] = []
    here: Word | None = word
    while here is not None and here.number not in above and len(steps) < 5:
        steps.append(here.relation)
        here = tree.head(here)
    if here is None or here.number not in above:
        return "far"
    down = 0
    up: Word | None = trigger
    while up is not None and up.number != here.number and down < 5:
        up, down = tree.head(up), down + 1
    return f"{'>'.join(steps)}|{down}"
