"""From a meeting with its mentions to a draft: the best words for every field, with the sentences that carry them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.domain.draft import (
    DraftMeeting,
    DraftParticipant,
    DraftText,
)
from service.domain.meeting import (
    MeetingKind,
    MeetingMode,
    MeetingSetting,
)
from service.models.extractive.meetings import attributes as att
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.attributes import Facts
from service.models.extractive.meetings.claims import claims_of
from service.models.extractive.meetings.events import EventMention
from service.models.extractive.meetings.judges import Judges
from service.models.extractive.meetings.lasting import (
    durations_of,
    ordered,
)
from service.models.extractive.meetings.membership import Choice, candidates_of
from service.models.extractive.meetings.merging import Meeting
from service.models.extractive.meetings.people import Cast
from service.models.extractive.meetings.positions import positions_of
from service.models.extractive.meetings.presence import part_of
from service.models.extractive.meetings.siting import Siting
from service.models.extractive.meetings.timing import date_of


def draft_of(
    facts: Facts, meeting: Meeting, all_of: Sequence[Meeting], judges: Judges, siting: Siting | None
) -> DraftMeeting | None:
    """The draft of one meeting; None where nobody claims it, or too few are known to meet. Without ``siting`` it has no
    place."""
    claims = claims_of(facts, meeting, all_of, judges.standing(facts, meeting, all_of))
    people = _participants(facts, meeting, judges.people)
    if not claims or not people:
        return None
    date = date_of(facts, meeting, all_of, judges.date)
    place = siting.place_of(meeting, all_of, facts.is_stale(date)) if siting is not None else None
    setting = _setting(facts, meeting)
    positions, disagreements = positions_of(facts, meeting, all_of)
    return DraftMeeting(
        kind=_kind(facts, meeting, len(people)),
        mode=_mode(meeting),
        setting=setting,
        claims=claims,
        participants=people,
        date=date,
        place=place,
        durations=tuple(durations_of(facts, meeting)),
        occasion=_occasion(facts, meeting),
        topics=tuple(_topics(facts, meeting)),
        outcomes=tuple(_outcomes(facts, meeting)),
        positions=positions,
        disagreements=disagreements,
    )


def _id(facts: Facts, event: EventMention) -> str:
    return facts.document.sentences[event.sentence].id


def _cites(facts: Facts, meeting: Meeting, first: int) -> tuple[str, ...]:
    ids = [facts.document.sentences[first].id, *(_id(facts, e) for e in meeting.events if e.who)]
    return tuple(dict.fromkeys(ids))[:4]


def _participants(facts: Facts, meeting: Meeting, choose: Choice) -> tuple[DraftParticipant, ...]:
    """Those who meet, as ``membership`` judges them; none where they are too few."""
    ids = list(dict.fromkeys(i for e in meeting.events for side in e.sides for i in side))
    ids = ids or list(dict.fromkeys(i for side in meeting.sides for i in side))  # "a second round": the same people
    kept = _by_rule(facts.cast, ids)
    possible = candidates_of(facts, meeting, ids, kept)
    if all(event.split for event in meeting.events):
        possible = [one for one in possible if one.entity in meeting.who]
    sources = {by for event in meeting.events for _, by in event.claims}
    chosen = choose(meeting, [one for one in possible if one.own or one.name not in sources])
    if not kept and len(chosen) < 2:
        return ()
    made = []
    sides = sum(one.own for one in chosen)
    for one in chosen:
        entity = facts.cast.entities[one.entity]
        cites = _cites(facts, meeting, one.sentence)
        part = one.part or part_of(entity)
        if part == "principal" and not one.own and sides >= 2:
            part = "attendee"  # the sides are known: who is only named beside them came along
        made.append(DraftParticipant(entity.name, cites, entity.role, entity.affiliation, part))
    return tuple(made[:10])


def _by_rule(cast: Cast, ids: Sequence[int]) -> list[int]:
    """Those who meet: named people first; a country or group only for a side of which nobody is named."""
    people = [i for i in ids if cast.entities[i].kind == "person"]
    named = {code for i in people for code in cast.entities[i].codes}
    kept = list(people)
    for i in ids:
        entity = cast.entities[i]
        if entity.kind == "phrase" and _ANYBODY.fullmatch(entity.name):
            continue
        if entity.kind == "person" or (entity.codes and entity.codes <= named):
            continue
        if entity.kind == "phrase" and len(entity.codes) >= 2 and len(people) >= 2:
            continue  # "the presidents of Chile and Bolivia", who are named
        if entity.kind == "actor" and len(people) >= 2 and not entity.codes:
            continue
        if (
            entity.kind == "phrase"
            and len(people) >= 2
            and not entity.codes
            and re.search(r"^(?:his|her|their|two|leaders|men|president|minister|pair)\b", entity.name)
        ):
            continue
        if any(cast.entities[k].name.split()[-1] in entity.name for k in people) and len(people) >= 2:
            continue
        if any(cast.entities[k].codes and cast.entities[k].codes == entity.codes for k in kept):
            continue
        kept.append(i)
    if len(kept) < 2 and not (
        kept
        and re.search(
            r"\b(?:leaders|ministers|presidents|delegations|sides|officials|negotiators|envoys|teams)\b",
            cast.entities[kept[0]].name,
        )
    ):
        return []
    return kept


#: Groups that are nobody in particular.
_ANYBODY = re.compile(
    r"(?:(?:some|many|most|other|young|old|all|those|more) )*(?:men|women|students|people|parents|guests|children|"
    r"workers|players|"
    r"(?:some|many|most|other) \w+)",
    re.I,
)


def _occasion(facts: Facts, meeting: Meeting) -> DraftText | None:
    for event in ordered(meeting):
        span = facts.document.sentences[event.sentence].span
        for stretch in (event.clause, (span.start, span.end)) if len(meeting.events) == 1 else (event.clause,):
            spot = facts.occasion_of(stretch, (event.start, event.end))
            if spot:
                return DraftText(facts.text[spot[0] : spot[1]], (_id(facts, event),))
    return None


def _kind(facts: Facts, meeting: Meeting, people: int) -> MeetingKind:
    words = " ".join(f"{e.modifiers} {e.lemma}" for e in meeting.events).lower()
    lemmas = {e.lemma for e in meeting.events}
    if lemmas - {"shake hands", "handshake", "greet"}:
        lemmas -= {"shake hands", "handshake", "greet"}  # a handshake at the door doesn't make the talks an encounter
    if (lemmas & lex.ENCOUNTERS and not lemmas & {"talks", "summit", "sit-down", "negotiations", "sit down"}) or (
        lemmas & {"encounter", "handshake", "chat", "interaction"}
        and not lemmas & {"talks", "summit"}
        and "formal" not in meeting.words
    ):
        return "encounter"
    if "informal" in meeting.words and "meal" in meeting.words and lemmas & {"conversation", "talk", "speak", "chat"}:
        return "encounter"
    if "trilateral" in words or "three-way" in words:
        return "trilateral"
    sides = len(meeting.sides)
    if sides == 2 or people == 2:
        return "bilateral"
    return "trilateral" if people == 3 else "multilateral"


def _mode(meeting: Meeting) -> MeetingMode:
    modes = [e.mode for e in meeting.events if e.mode]
    if modes:
        return modes[0]  # type: ignore[return-value]
    lemmas = {e.lemma for e in meeting.events}
    physical = lemmas - {
        "talks",
        "talk",
        "speak",
        "negotiate",
        "negotiations",
        "discussion",
        "conversation",
        "consultations",
        "confer",
        "consult",
        "exchange",
        "call",
    }
    return "in_person" if physical or any(e.places for e in meeting.events) else "unknown"


_AT_TABLE = frozenset("meal dine lunch breakfast golf chat".split())
_OFFICIAL = frozenset(
    ("meet", "meeting", "talks", "session", "sit down", "receive", "host", "negotiate", "negotiations", "round")
)


def _setting(facts: Facts, meeting: Meeting) -> MeetingSetting:
    formal = informal = 0
    for event in meeting.events:
        words = f"{event.modifiers} {facts.text[event.start : event.end]} {event.right[:60]} {event.left[-30:]}"
        inner = f"{event.modifiers} {facts.text[event.start : event.end]}"
        informal += 2 * bool(att.INFORMAL.search(inner)) + bool(att.INFORMAL.search(words))
        formal += 2 * bool(att.FORMAL.search(re.sub(r"\binformal\w*", "", inner, flags=re.I))) + bool(
            att.FORMAL.search(re.sub(r"\binformal\w*", "", event.modifiers, flags=re.I))
        )
    lemmas = {event.lemma for event in meeting.events}
    if not formal and not informal and lemmas <= _AT_TABLE:
        return "informal"
    if not formal and not informal and lemmas & _OFFICIAL and any(facts.cast.entities[i].roles for i in meeting.who):
        return "formal"  # people in office who meet, with nothing that says otherwise
    if not formal and not informal:
        return "unknown"
    return "informal" if informal >= formal else "formal"


_NO_TOPIC = re.compile(
    r"(?:the (?:sidelines|margins|fringes|eve|phone|condition|board|behalf|agenda|table|same|day)|th(?:at|is|ose|ese)\b|"
    r"\w+day|(?:January|February|March|April|May|June|July|"
    r"August|September|October|November|December)\b|\d|(?:one|two|three|four|five|six|half|an?) (?:hours?|minutes?|days?)|"
    r"condition|board|behalf|his|her|their own|how long|it\b|them\b)",
    re.I,
)
_TOPIC_ENDS = re.compile(
    r",?\s+(?:at|during|in|on|when|while|after|before|with|as|said|but|which|who|according|that|later|ahead|until|for|"
    r"whether|and (?:said|told|agreed|then|will|would|was|were|had|to))\s"
    r"|,\s(?:he|she|they|it|a |an |the [a-z]+ (?:said|says)|[A-Z]\w+ (?:said|says))"
)


def _topics(facts: Facts, meeting: Meeting) -> Iterator[DraftText]:
    """What they spoke about: the words behind "discussed", "talks on", "about" …, cut where the phrase ends."""
    seen: set[str] = set()
    for event in meeting.events:
        alone = len(meeting.events) == 1
        end = facts.document.sentences[event.sentence].span.end if alone else event.clause[1]
        for hit in att.ABOUT.finditer(facts.text, event.end, max(event.end, end)):
            lead = hit.group()[: hit.start("t") - hit.start()].strip().lower()
            loose = lead in ("on", "about")
            if _NO_TOPIC.match(hit["t"]) or (loose and hit.start() - event.end > 40):
                continue
            words = _TOPIC_ENDS.split(hit["t"])[0].strip(" ,")
            if loose and re.search(r"\b(?:was|were|is|are|had|has|would|will)\b", words):
                continue
            for part in _parts(words):
                if part.lower() not in seen and len(part) > 3 and not _NO_TOPIC.match(part):
                    seen.add(part.lower())
                    yield DraftText(part, (_id(facts, event),))
            break
        if len(seen) >= 6:
            return


def _parts(words: str) -> list[str]:
    pieces = [p.strip() for p in re.split(r",\s+(?:and\s+)?|\s+such as\s+|\s+including\s+", words)]
    return [p for p in pieces if p][:5]


def _outcomes(facts: Facts, meeting: Meeting) -> Iterator[DraftText]:
    given = 0
    happened = any(s in ("happened", "ongoing") for e in meeting.events for s, _ in e.claims)
    if not happened:
        return
    ids = {e.sentence for e in meeting.events}
    for number in sorted(ids | {i + 1 for i in ids if i + 1 < len(facts.document.sentences)}):
        span = facts.document.sentences[number].span
        for hit in att.OUTCOME.finditer(facts.text, span.start, span.end):
            start = hit.start()
            before = facts.text[span.start : start]
            lead = re.search(
                r"(?:\b(?:that|,|and|but|said)\s+)?((?:the two|both|they|the two (?:sides|leaders|men|countries)|the "
                r"(?:leaders|sides|pair)|both (?:sides|leaders))\s+(?:had |have |also )?)$",
                before,
                re.I,
            )
            start = span.start + lead.start(1) if lead else start
            tail = re.split(
                r"[.;]\s|[.;]$|,\s(?:according|he|she|said|but)|\s(?:he|she) said", facts.text[start : span.end]
            )[0]
            if 12 <= len(tail) <= 200 and not tail.startswith(("was ", "were ")):
                given += 1
                yield DraftText(tail.strip(' ,"“”'), (facts.document.sentences[number].id,))
            break
        if given >= 3:
            return
