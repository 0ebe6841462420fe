"""What speaks for a meeting having been at a spot, as features for the trained choice (see ``siting``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.language.calendar_units import bounds, compatible, parse_day
from service.language.places import look_up
from service.language.syntax.trees import Tree, Word
from service.language.words import kinds, lemma
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.attributes import Facts
from service.models.extractive.meetings.events import EventMention
from service.models.extractive.meetings.merging import Meeting
from service.models.extractive.meetings.spots import Spot

_THERE = re.compile(r"\b(?:there|here|where)\b", re.I)
#: Relations by which a verb without a subject takes that of the word above it.
_SHARING = ("xcomp", "conj", "advcl", "pcomp", "ccomp", "acl", "relcl")
#: How far up from a word its clause is looked for.
_STEPS = 12


def nowhere(facts: Facts, meeting: Meeting) -> Iterator[str]:
    """The features of there being no place for a meeting."""
    yield "nowhere"
    yield f"nowhere status={_status(meeting)}"
    for mode in {e.mode for e in meeting.events}:
        yield f"nowhere mode={mode}"
    for name in {e.lemma for e in meeting.events}:
        yield f"nowhere lemma={name}"
    yield f"nowhere mentions={min(3, len(meeting.events))}"
    yield f"nowhere dateline={bool(facts.datelines)}"
    yield f"nowhere people={any(e.who for e in meeting.events)}"


def features_of(facts: Facts, meeting: Meeting, all_of: Sequence[Meeting], spot: Spot) -> Iterator[str]:
    """The features of a meeting having been at ``spot``."""
    sort = sort_of(spot)
    yield f"sort={sort}"
    yield f"lead={spot.lead}"
    yield f"lead+sort={spot.lead}|{sort}"
    yield from _words(facts, spot, sort)
    events = [e for e in meeting.events if e.who] or meeting.events
    if spot.lead == "<dateline>":
        yield from _dateline(facts, meeting, all_of)
        return
    gap = min((spot.number - e.sentence for e in events), key=lambda d: (abs(d), d))
    near = f"{max(-4, min(4, gap))}"
    yield f"gap={near}"
    yield f"gap+sort={near}|{sort}"
    yield f"gap+lead={near}|{spot.lead}"
    yield f"gap+status={near}|{_status(meeting)}"
    any_gap = min((spot.number - e.sentence for e in meeting.events), key=abs)
    yield f"any gap={max(-4, min(4, any_gap))}"
    foreign = [m for m in all_of if m is not meeting and any(e.who and e.sentence == spot.number for e in m.events)]
    yield f"foreign={bool(foreign)}|{near}"
    here = [e for e in meeting.events if e.sentence == spot.number]
    tree = facts.cast.trees[spot.number]
    if spot.link is not None:
        yield from _link(spot, near)
        yield from _doer(facts, tree, meeting, spot, near)
    yield from _company(facts, meeting, spot, near)
    for event in here:
        yield from _relation(facts, tree, event, spot)
    if foreign:
        yield from _against(here, foreign, spot)
    if gap < 0 and any(_THERE.search(facts.text[e.clause[0] : e.clause[1]]) for e in events):
        yield f"there|{near}"
    if gap and spot.number < len(facts.document.sentences) and facts.text[spot.end : spot.end + 8].startswith(", where"):
        yield "where"


def sort_of(spot: Spot) -> str:
    """What a spot's name is: a town or country by the gazetteer, else the grammar's kind of name, else a common noun."""
    known = look_up(re.sub(r"^(?:the|The) ", "", spot.text))
    if known is not None:
        return "city" if known[0] == "capital" else known[0]
    if spot.head is None:
        return "city"
    if spot.head.name in ("GPE", "FAC", "ORG", "LOC", "PER", "EVT", "NORP"):
        return spot.head.name
    return "noun" if spot.head.text.islower() else "Name"


def _status(meeting: Meeting) -> str:
    claims = [s for e in meeting.events for s, _ in e.claims]
    return next((s for s in claims if s not in ("assumed", "wish")), "assumed")


def _words(facts: Facts, spot: Spot, sort: str) -> Iterator[str]:
    head = spot.head
    if head is None:
        return
    name = lemma(head.low)
    yield f"head={name}"
    for kind in kinds(name):
        yield f"kind={kind}"
        if sort == "noun":
            yield f"noun kind={kind}"
    if name in _MEETINGS or head.low in lex.NOUNS:
        yield "a meeting"
    first = spot.text.split()[0].lower()
    yield f"first={first if first in _DETERMINERS else ('poss' if _OWNED.search(spot.text) else '-')}"
    yield f"words={min(5, len(spot.text.split()))}"
    yield f"inner={bool(re.search(r' (?:of|in|at|near|outside|on) ', spot.text))}"
    if any(facts.cast.is_person(w) for w in (spot.text, spot.text.split()[-1])):
        yield "a person"
    if any(m.kind == "venue" and m.start < spot.end and spot.start < m.end for m in facts.places_in(spot.number)):
        yield "venue by its shape"
    if re.search(r"\b(?:of|from|with|for|between)\s+$", facts.text[max(0, spot.start - 10) : spot.start]):
        yield "behind another preposition"
    after = facts.text[spot.end : spot.end + 1]
    yield f"after={after if after in tuple(',.;:') else 's' if after in (chr(39), chr(8217)) else ''}"


_MEETINGS = frozenset(name for name, _ in lex.NOUNS.values())
_DETERMINERS = frozenset("the a an his her their its this that these those no any some every each two another".split())
_OWNED = re.compile(r"^[^ ]+(?: [^ ]+){0,3}['’]s? ")


def _dateline(facts: Facts, meeting: Meeting, all_of: Sequence[Meeting]) -> Iterator[str]:
    first = min(all_of, key=lambda m: m.events[0].start, default=meeting)
    biggest = max(all_of, key=lambda m: len(m.events), default=meeting)
    status = _status(meeting)
    at = min(e.sentence for e in meeting.events)
    yield f"dateline first={meeting is first}"
    yield f"dateline biggest={meeting is biggest}"
    yield f"dateline status={status}"
    yield f"dateline status={status}|{meeting is first}"
    yield f"dateline at={min(at, 6)}"
    yield f"dateline alone={len(all_of) == 1}"
    yield f"dateline ordinal={meeting.ordinal}"
    published, day = parse_day(facts.document.article.published), next(iter(meeting.dates), None)
    known = bounds(day) if day else None
    age = (published - known[1]).days if published and known else None
    told = "none" if age is None else "coming" if age < 0 else "fresh" if age <= 2 else "week" if age <= 7 else "old"
    yield f"dateline age={told}"
    yield f"dateline age={told}|{status}"
    there = any(p.kind in ("city", "capital") for e in meeting.events for p in facts.places_in(e.sentence))
    yield f"dateline against a town={there}"


def _link(spot: Spot, near: str) -> Iterator[str]:
    """The word that the spot hangs on."""
    link = spot.link
    if link is None:
        return
    name = lex.VERBS[link.low][0] if link.low in lex.VERBS else lemma(link.low)
    yield f"link={name}|{spot.lead}"
    yield f"link={name}|{near}"
    for kind in sorted(kinds(name))[:12] if link.is_verb else ():
        yield f"link kind={kind}|{spot.lead}"
    listed = link.low in lex.VERBS or link.low in lex.NOUNS
    yield f"link listed={listed}|{near}|{link.is_verb}"
    yield f"link reporting={link.low in lex.REPORTING}"


def _company(facts: Facts, meeting: Meeting, spot: Spot, near: str) -> Iterator[str]:
    """Who is spoken of in the sentence of the spot."""
    named = {i for m in facts.mentions.get(spot.number, ()) for i in m.entities}
    mine = len(named & meeting.who)
    yield f"company={min(2, mine)}"
    yield f"company={min(2, mine)}|{near}"
    yield f"strangers={min(2, len(named - meeting.who))}|{min(2, mine)}"
    text, starts = facts.text, [e.start for e in meeting.events]
    between = [text[min(spot.start, at) : max(spot.start, at)].count("\n") for at in starts]
    yield f"lines={min(3, min(between))}"
    dates = [d.edtf for d in facts.dates_in(spot.number) if d.edtf]
    if dates and meeting.dates:
        yield f"dated={any(compatible(one, other) for one in dates for other in meeting.dates)}|{near == '0'}"


def _doer(facts: Facts, tree: Tree, meeting: Meeting, spot: Spot, near: str) -> Iterator[str]:
    """Who does what is done there: one who meets, or somebody else."""
    link = spot.link
    if link is None:
        return
    lemmas = {e.lemma for e in meeting.events}
    if link.is_noun:
        own = lex.NOUNS[link.low][0] if link.low in lex.NOUNS else lemma(link.low)
        yield f"link is a mention={own in lemmas}|{link.low in lex.NOUNS}|{near}"
        yield f"link is a mention={own in lemmas}|{link.low in lex.NOUNS}"
    verb = _verb_above(tree, link)
    if not verb.is_verb:
        return
    subject = next(iter(tree.children(verb, "nsubj", "nsubjpass")), None)
    up = tree.head(verb)
    while subject is None and up is not None and verb.relation in _SHARING:
        subject = up if verb.relation in ("acl", "relcl") else next(iter(tree.children(up, "nsubj", "nsubjpass")), None)
        verb, up = up, tree.head(up)
    who = "nobody"
    if subject is not None:
        one = next((m for m in facts.mentions.get(spot.number, ()) if m.start <= subject.start < m.end), None)
        if one is None:
            noun = lex.NOUNS[subject.low][0] if subject.low in lex.NOUNS else lemma(subject.low)
            who = "mention" if noun in lemmas else "meeting" if subject.low in lex.NOUNS else "thing"
        else:
            who = "mine" if meeting.who & set(one.entities) else "stranger"
            who = "all" if len(meeting.who & set(one.entities)) > 1 else who
    yield f"doer={who}"
    yield f"doer={who}|{near}"
    yield f"doer={who}|{spot.lead}"
    yield f"doer={who}|{sort_of(spot)}"


def _verb_above(tree: Tree, word: Word) -> Word:
    """The verb that heads the clause of a word."""
    one = word
    for _, up in zip(range(_STEPS), tree.above(word), strict=False):
        if one.is_verb and one.relation not in ("aux", "auxpass"):
            break
        one = up
    return one


def _relation(facts: Facts, tree: Tree, event: EventMention, spot: Spot) -> Iterator[str]:
    """How the spot stands to a mention of the meeting in the same sentence."""
    side = "behind" if spot.start >= event.end else "before"
    between = facts.text[min(spot.end, event.end) : max(spot.start, event.start)]
    distance = len(between.split())
    size = (
        "0-2"
        if distance <= 2
        else "3-5"
        if distance <= 5
        else "6-10"
        if distance <= 10
        else "11-20"
        if distance <= 20
        else "far"
    )
    yield f"side={side}|{spot.lead}"
    yield f"distance={side}|{size}"
    yield f"marks={side}|{min(3, len(re.findall(r'[,;:—–]', between)))}"
    inside = event.clause[0] <= spot.start < event.clause[1]
    yield f"clause={inside}"
    if any(m.start <= spot.start < m.end for m in event.spots):
        yield "inside one who meets"
    word = tree.at(event.start, event.end)
    if word is None or spot.link is None:
        return
    listed = word.low in lex.VERBS or word.low in lex.NOUNS
    how = "other"
    if spot.link.number == word.number:
        how = "itself"
    elif tree.head(word) == spot.link:
        how = "its governor"
    elif word in tree.above(spot.link):
        how = "below"
    elif spot.link in tree.above(word):
        how = "above"
    elif _verb_above(tree, word) == _verb_above(tree, spot.link):
        how = "same verb"
    yield f"relation={how}"
    yield f"relation={how}|{listed}"
    yield f"relation={how}|{spot.lead}"
    yield f"relation={how}|{sort_of(spot)}"
    yield f"relation={how}|{side}|{event.form == 'noun'}"


def _against(here: Sequence[EventMention], foreign: Sequence[Meeting], spot: Spot) -> Iterator[str]:
    """Whether another meeting of the same sentence stands nearer to the spot."""

    def distance(event: EventMention) -> int:
        return spot.start - event.end if spot.start >= event.end else event.start - spot.end + 25

    others = [e for m in foreign for e in m.events if e.sentence == spot.number and e.who]
    if here:
        yield f"nearer={min(map(distance, here)) <= min(map(distance, others))}"
