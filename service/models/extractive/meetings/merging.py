"""Which mentions speak of the same meeting.

In the order of the text, each mention joins the meeting it fits best, or opens a new one. It fits where those who meet
agree, and nothing speaks against it: another day, another place, another way (a phone call is no dinner), or a word that
sets it apart ("a second meeting", "they last met", "will meet again").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.language.calendar_units import compatible
from service.models.extractive.meetings.events import EventMention
from service.models.extractive.meetings.people import Cast

#: How many meetings back a mention may look for its own.
_REACH = 60
_ORDINAL = (
    ("again", re.compile(r"\b(?:again|for a second time|once more)\b", re.I)),
    ("last", re.compile(r"\b(?:last|previous(?:ly)?|earlier|prior|most recent|past)\s*$", re.I)),
)
_ORDINAL_NOUN = (
    (
        "second",
        re.compile(
            r"\b(?:second|third|fourth|another|separate|further|additional|more|new round|other|follow-up|next)\b",
            re.I,
        ),
    ),
    ("first", re.compile(r"\bfirst\b", re.I)),
    ("last", re.compile(r"\b(?:last|previous|earlier|prior|past|recent)\b", re.I)),
)
#: Nouns of meeting that take each other up.
_KIN = {
    **dict.fromkeys(
        (
            "conversation",
            "talk",
            "speak",
            "chat",
            "discussion",
            "exchange",
            "call",
            "phone call",
            "phone",
            "telephone",
            "converse",
        ),
        "talk",
    ),
    **dict.fromkeys(("meal", "dine", "lunch", "breakfast", "host", "join"), "meal"),
    **dict.fromkeys(
        ("session", "negotiations", "talks", "negotiate", "sit down", "consultations", "convene", "closet"), "session"
    ),
    **dict.fromkeys(("interaction", "encounter", "slip off", "shake hands", "bump into"), "encounter"),
}
_PHASES = {
    "happened": "past",
    "ongoing": "past",
    "alleged": "past",
    "denied": "past",
    "assumed": "past",
    "planned": "coming",
    "cancelled": "coming",
    "postponed": "coming",
    "was planned": "coming",
}


@dataclass(slots=True)
class Meeting:
    """One meeting with all its mentions."""

    events: list[EventMention] = field(default_factory=list)
    who: set[int] = field(default_factory=set)
    sides: list[tuple[int, ...]] = field(default_factory=list)
    ordinal: str = ""
    phases: set[str] = field(default_factory=set)
    dates: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    #: Where those who meet are named, if that is another meeting of theirs.
    like: list[EventMention] = field(default_factory=list)

    def add(self, event: EventMention) -> None:
        """Take a mention in, with all that it says."""
        self.events.append(event)
        self.who |= event.who
        if len(event.sides) > len(self.sides) or (
            len(event.sides) == len(self.sides) and len(event.who) > len({i for s in self.sides for i in s})
        ):
            self.sides = list(event.sides)
        self.ordinal = self.ordinal or event.ordinal
        self.phases |= {_PHASES[s] for s, _ in event.claims if s in _PHASES and (s != "assumed" or event.who)}
        if event.edtf and any(status != "wish" for status, _ in event.claims):
            self.dates.append(event.edtf)
        if event.city:
            self.places.append(event.city)
        self.words |= _traits(event)


def ordinal_of(event: EventMention) -> str:
    """The word that sets a mention apart from other meetings of the same people: second, first, last, again, or ""."""
    if event.form == "noun":
        if event.lemma == "round" and re.match(r"an? ", event.modifiers, re.I):
            return "second"
        for name, pattern in _ORDINAL_NOUN:
            if pattern.search(event.modifiers):
                return name
        return "more" if event.plural and re.search(r"\b(?:more|additional|further|other)\b", event.modifiers) else ""
    for name, pattern in _ORDINAL:
        if pattern.search(event.left[-24:]) or (
            name == "again" and re.match(r"^[^.;,]{0,45}\bagain\b", f"{event.words} {event.right}")
        ):
            return name
    return "first" if re.match(r"^[^.;]{0,40}\bfor the first time\b", event.right) else ""


def merge(cast: Cast, events: Sequence[EventMention]) -> list[Meeting]:
    """The meetings that ``events`` (in text order) speak of. Mentions without people, and without a meeting to join, are
    left."""
    meetings: list[Meeting] = []
    orphans: list[EventMention] = []
    for event in events:
        best, best_score = None, 0.0
        for age, meeting in enumerate(reversed(meetings[-_REACH:])):
            score = _fit(cast, meeting, event)
            if score is not None:
                score += 0.5 / (1 + age) + 0.02 * len(meeting.events)
                if best is None or score > best_score:
                    best, best_score = meeting, score
        if best is not None:
            best.add(event)
        elif len(event.who) >= 2 or (len(event.who) == 1 and (not event.weak or _of_several(cast, event))):
            fresh = Meeting()
            fresh.add(event)
            meetings.append(fresh)
        elif not event.who and (
            not event.weak
            or event.form != "noun"
            or (event.lemma in ("round", "session") and event.ordinal)
            or (event.lemma == "summit" and event.claims)
        ):
            orphans.append(event)
    for event in orphans:  # "Talks go into a second day", before anybody is named
        scores = [(score, meeting) for meeting in meetings[:_REACH] if (score := _fit(cast, meeting, event)) is not None]
        if scores:
            max(scores, key=lambda pair: pair[0])[1].add(event)
        elif _stands_alone(event, meetings):
            like = max(meetings, key=lambda m: len(m.events))  # the same people, another time
            fresh = Meeting(who=set(like.who), sides=list(like.sides))
            fresh.add(event)
            fresh.sides, fresh.like = list(like.sides), like.events
            meetings.append(fresh)
    return meetings


def _of_several(cast: Cast, event: EventMention) -> bool:
    """ "The presidents of Chile and Bolivia spoke": one phrase, two sides."""
    return all(len(cast.entities[i].codes) >= 2 for i in event.who)


def _stands_alone(event: EventMention, meetings: Sequence[Meeting]) -> bool:
    """Whether a mention without people, which is none of the meetings, is another one of the same people: told by an
    ordinal ("their first talks", "a second round") or by a claim of its own on something to come ("the planned meeting was
    called off")."""
    statuses = {s for s, _ in event.claims} - {"assumed", "wish", "was planned"}
    if not meetings or not statuses or event.lemma == "it":
        return False
    if re.search(r"\bno(?:t any)? (?:\w+ )?$", event.left[-20:] + event.modifiers):
        return False
    if event.ordinal in ("second", "last") and (event.definite or event.lemma in ("round", "session", "meeting", "talks")):
        return True
    return (
        (not event.weak or (event.lemma == "summit" and "planned" not in statuses))
        and not event.plural
        and bool(statuses & {"planned", "cancelled", "postponed"})
        and (not event.definite or event.lemma == "summit")
    )


def _fit(cast: Cast, meeting: Meeting, event: EventMention) -> float | None:
    """How well a mention fits a meeting; None: it can't be the same."""
    score = _people_fit(cast, meeting, event)
    if score is None or _set_apart(meeting, event) or _clash(meeting, event):
        return None
    score += 0.4 * len(meeting.words & _traits(event))
    edtf = event.edtf
    if edtf and any(edtf == one for one in meeting.dates):
        score += 0.6
    return score


def _people_fit(cast: Cast, meeting: Meeting, event: EventMention) -> float | None:
    who = event.who
    if not who:
        if event.form != "noun":
            return 0.5
        if event.weak and not event.definite:
            return None
        if event.lemma == "it":
            return 0.4 if event.sentence - meeting.events[-1].sentence <= 2 else None
        if event.weak and not any(
            e.lemma == event.lemma or _KIN.get(e.lemma) == _KIN.get(event.lemma, "-") for e in meeting.events
        ):
            return None
        return 0.3 if event.definite else (0.1 if event.claims and event.ordinal in ("", "second") else None)
    shared = sum(any(_same(cast, a, b) for b in meeting.who) for a in who)
    known = {i for i in who if cast.entities[i].kind == "person"}
    theirs = {i for i in meeting.who if cast.entities[i].kind == "person"}
    strange = [a for a in who if not any(_same(cast, a, b) for b in meeting.who)]
    if not shared:
        return None
    if not strange:
        return 1.0 + 0.3 * shared
    missing = [b for b in meeting.who if not any(_same(cast, a, b) for a in who)]
    if len(meeting.who) == 1 or not missing:
        return 0.8 + 0.2 * shared if len(who) <= 4 or not missing else None
    if event.form == "noun" and event.definite and shared == 1 and len(who) == len(meeting.who) == 2:
        other, mine = cast.entities[missing[0]], cast.entities[strange[0]]
        if {other.kind, mine.kind} == {"person", "phrase"} and not other.codes and not mine.codes:
            return 0.4  # "his meeting with the Democrats", after "Democrats, including Pelosi"
    return 0.5 if shared >= 2 and len(known & theirs) >= 2 else None


def _same(cast: Cast, a: int, b: int) -> bool:
    """Whether two may stand for one side: the same, or a country and its leader or officials."""
    if a == b:
        return True
    one, two = cast.entities[a], cast.entities[b]
    if one.kind == "person" and two.kind == "person":
        return False
    if one.codes and two.codes:
        wide = (len(one.codes) > 1 and one.kind == "phrase") or (len(two.codes) > 1 and two.kind == "phrase")
        return one.codes == two.codes if wide else bool(one.codes & two.codes)
    if {one.kind, two.kind} == {"person", "phrase"}:
        person, named = (one, two) if one.kind == "person" else (two, one)
        if re.search(rf"\b{re.escape(person.name.split()[-1])}\b", named.name):
            return True
    phrase, other = (one, two) if one.kind == "phrase" else (two, one)
    return (
        phrase.kind == "phrase"
        and (not phrase.codes or (len(phrase.codes) > 1 and not other.codes))
        and (bool(phrase.codes) or phrase.name == phrase.name.lower())
        and other.kind == "person"
        and bool(_PLURAL_HEAD.search(phrase.name))
        and _one_office(phrase.name, other.role)
    )


_PLURAL_HEAD = re.compile(
    r"\b(?:leaders|chiefs|ministers|presidents|sides|heads|premiers|counterparts|bosses|delegations|negotiators|envoys|"
    r"secretaries|parties|teams|representatives|camps)\b",
    re.I,
)
_OFFICES = frozenset(
    """foreign defence defense finance prime trade transport interior energy health justice agriculture union""".split()
)


def _one_office(phrase: str, role: str | None) -> bool:
    """Whether "defence chiefs" can be people of this office: no other ministry is named."""
    theirs, his = (
        {w for w in phrase.lower().split() if w in _OFFICES},
        {w for w in (role or "").lower().split() if w in _OFFICES},
    )
    return not theirs or not his or bool(theirs & his) or {"defence", "defense"} >= theirs | his


def _set_apart(meeting: Meeting, event: EventMention) -> bool:
    mine, theirs = event.ordinal, meeting.ordinal
    if not mine and not event.definite and len(event.who) > 1 and event.form == "noun" and not event.plural:
        if (
            theirs == "second"
            and event.lemma in ("meeting", "talks", "summit", "sit-down")
            and not _traits(event) & meeting.words
        ):
            return True  # "a two-hour meeting", after "a second conversation"
        if (
            _only_hinted(meeting)
            and "alleged" in {s for e in meeting.events for s, _ in e.claims}
            and "alleged" not in {s for s, _ in event.claims}
        ):
            return True  # "more conversations" are hinted at; "an undisclosed meeting" is one of its own
    if theirs == "second" and not mine and len(event.who) > 1 and "formal" in event.modifiers.lower().split():
        return "informal" in meeting.words  # "their formal meeting", beside "a second, undisclosed conversation"
    if mine == theirs or (not mine and theirs != "last"):
        return False
    if not mine:
        return not (event.definite or not event.who) and theirs == "last"
    if mine == "again":
        return "past" in meeting.phases
    if mine == "second" and event.plural and _only_hinted(meeting):
        return False
    if mine == "second":  # "undisclosed meeting" in the headline, "undisclosed second conversation" below it
        return not (not theirs and "informal" in meeting.words & _traits(event))
    if mine == "last":
        return True
    return theirs in ("second", "again", "last") if mine == "first" else False


_SHAKING = ("shake hands", "handshake")
#: A handshake that opens or closes the talks is part of them.
_OPENS = re.compile(
    r"\b(?:before|at the (?:start|beginning|end|outset) of|ahead of|after|opening) (?:the |their |its |a )?(?:\w+ "
    r")?(?:meeting|talks|session|summit|sit-down|doors|bilateral)\b"
    r"|for (?:the )?(?:cameras|photographers|photos?)|as they (?:sat down|began|opened)|and sat down|before sitting down",
    re.I,
)


def _only_hinted(meeting: Meeting) -> bool:
    """Whether a meeting is so far only alleged, or spoken of in the plural."""
    statuses = {s for e in meeting.events for s, _ in e.claims if not e.plural}
    return statuses <= {"alleged", "assumed"}


def _clash(meeting: Meeting, event: EventMention) -> bool:
    phases = {_PHASES[s] for s, _ in event.claims if s in _PHASES}
    edtf = event.edtf
    dated = bool(edtf and meeting.dates)
    agree = all(compatible(edtf, one) for one in meeting.dates) if dated else True
    moved = any(s == "postponed" for e in (*meeting.events, event) for s, _ in e.claims)
    if dated and not agree and not moved:
        return True
    if [s for s, _ in event.claims] == ["assumed"] and not event.who:
        phases = set()  # "at the meeting": past or to come, as the meeting is
    if phases and meeting.phases and not phases & meeting.phases:
        retro = any(s in ("was planned",) for e in (*meeting.events, event) for s, _ in e.claims)
        same_day = dated and agree and len(edtf or "") >= 10 and bool(event.who)
        if not (retro or same_day):
            return True
    city = event.city
    if city and meeting.places and city not in meeting.places and not moved:
        return True
    modes = {mode for e in meeting.events if (mode := _mode(e))}
    mode = _mode(event)
    if mode and modes and mode not in modes:
        return True
    if event.lemma in ("shake hands", "handshake") and _OPENS.search(f"{event.left[-60:]} {event.right[:120]}"):
        return False
    return (
        all(e.lemma in _SHAKING for e in meeting.events) != ("handshake" in _traits(event))
        and (bool(event.who) or event.lemma in ("meeting", "talks", "summit", "sit-down", "session"))
        and not _neutral(event, meeting)
    )


_IN_PERSON = frozenset(
    (
        "meet",
        "sit down",
        "dine",
        "host",
        "shake hands",
        "handshake",
        "sit-down",
        "audience",
        "receive",
        "meal",
        "welcome",
        "greet",
        "call on",
    )
)


def _mode(event: EventMention) -> str:
    """By phone, by video, or in person, where the words leave no doubt; else ""."""
    return event.mode or ("in_person" if event.lemma in _IN_PERSON else "")


def _neutral(event: EventMention, meeting: Meeting) -> bool:
    """An encounter may be called so again; talks and a handshake are two, unless nothing but the noun tells them apart."""
    return event.lemma in ("encounter", "interaction", "exchange") or all(
        e.lemma in ("encounter", "interaction") for e in meeting.events
    )


def _traits(event: EventMention) -> set[str]:
    traits = set()
    words = f"{event.left[-50:]} {event.lemma} {event.right[:80]}"
    if event.lemma in ("shake hands", "handshake"):
        traits.add("handshake")
    for trait, pattern in (
        ("meal", r"\b(?:dinner|lunch|breakfast|banquet|meal)\b"),
        ("informal", r"\b(?:informal|conversation|chat|undisclosed|private|secret)\b"),
        ("formal", r"\b(?:formal|bilateral|official|sit-down)\b(?<!in)"),
    ):
        if re.search(pattern, words, re.I) and not (trait == "formal" and re.search(r"\binformal\b", event.modifiers)):
            traits.add(trait)
    return traits
