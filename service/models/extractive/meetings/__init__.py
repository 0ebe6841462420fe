"""Meetings found without a language model: who met whom, when and where, and who says so; as drafts that assembly holds
against the article.

people (whom each phrase stands for) → rules and grammar (what may be a meeting) → judges (what is one) → merging → drafting
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from service.domain.draft import Document, DraftMeeting
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.attributes import Facts
from service.models.extractive.meetings.claimants import claimant
from service.models.extractive.meetings.detection import detect
from service.models.extractive.meetings.drafting import draft_of
from service.models.extractive.meetings.events import EventMention, Item
from service.models.extractive.meetings.evidence import article_features
from service.models.extractive.meetings.factuality import claim_of
from service.models.extractive.meetings.judges import Judges
from service.models.extractive.meetings.merging import Meeting, merge, ordinal_of
from service.models.extractive.meetings.people import Cast
from service.models.extractive.meetings.siting import Siting

__all__ = ["draft_meetings", "meetings_of"]

#: A "sentence" of more words than this is a table or a list: no grammar helps there.
_LONGEST = 400
#: More meetings than this no article reports; of a longer text those that are mentioned most are kept.
_MOST = 150
_JUDGES = Judges()


def draft_meetings(document: Document, judges: Judges = _JUDGES) -> tuple[DraftMeeting, ...]:
    """The meetings that the article speaks of, in the order of their first mention. Never raises on any text."""
    facts, meetings = meetings_of(document, judges)
    siting = Siting(facts)
    drafts = (draft_of(facts, meeting, meetings, judges, siting) for meeting in meetings)
    return tuple(draft for draft in drafts if draft is not None)


def meetings_of(document: Document, judges: Judges = _JUDGES) -> tuple[Facts, list[Meeting]]:
    """The meetings with their mentions, before anything is drafted, and the article's facts."""
    cast = Cast(document)
    facts = Facts(document, cast)
    events: list[EventMention] = []
    article = article_features(cast.rows)
    for number, sentence in enumerate(document.sentences):
        tokens = cast.rows[number]
        if not tokens:
            continue
        quotation = facts.speaker_at((sentence.span.start + sentence.span.end) // 2)
        speaker = cast.by_alias(quotation.speaker.name) if quotation is not None and quotation.speaker is not None else None
        mentions = facts.mentions[number] = cast.scan(number, speaker)
        if len(tokens) > _LONGEST:
            continue
        around = [s.span.text for s in document.sentences[number : number + 3]]
        frames, found = detect(cast, number, sentence, tokens, mentions, around, article, judges.meeting)
        here = [event for event in found if not _private(cast, event)]
        here = [event for event in here if not _in_passing(event, here)]
        for event in here:
            event.weak = event.weak and not event.who  # who is named was judged
        for event in here:
            _complete(facts, event, here, frames.items, headline=number == 0 and _is_headline(document))
        for event in here:
            who = tuple(dict.fromkeys(i for side in event.sides for i in side))
            if len(who) == 2 and all(cast.entities[i].kind in ("person", "actor") for i in who):
                cast.last_group = who
        events.extend(here)
        if here:
            facts.busy.add(number)
    _name_the_two(facts, events)
    _name_counted(cast, events)
    meetings = merge(cast, events)
    if len(meetings) > _MOST:
        kept = sorted(meetings, key=lambda m: (-len(m.events), m.events[0].start))[:_MOST]
        meetings = sorted(kept, key=lambda m: m.events[0].start)
    return facts, meetings


def _name_the_two(facts: Facts, events: Sequence[EventMention]) -> None:
    """Where an article speaks of a meeting and never says in one phrase whose: the first two people named round its
    first mention
    ("The two ministers met on Friday. X of Peru and Y of Chile discussed copper.")."""
    entities = facts.cast.entities
    named = any(entities[i].kind == "person" for event in events if not event.weak for i in event.who)
    if named or any(len(event.who) >= 2 for event in events):
        return
    strong = {"happened", "ongoing", "planned", "cancelled", "postponed", "denied"}
    for event in events:
        told = (
            event.lemma != "it" and event.sentence <= 4 and (event.definite or event.form != "noun" or event.sentence <= 1)
        )
        if event.weak or event.plural or not told or not any(status in strong for status, _ in event.claims):
            continue
        found: list[int] = []
        for number in (event.sentence, event.sentence - 1, event.sentence + 1, event.sentence + 2):
            for mention in facts.mentions.get(number, ()):
                if mention.kind in ("group", "two") and len(mention.entities) == 2:
                    found = [i for i in mention.entities if facts.cast.entities[i].kind == "person"] or found
                entity = facts.cast.entities[mention.entities[0]] if len(mention.entities) == 1 else None
                named = entity is not None and entity.kind == "person" and mention.kind == "named" and not mention.possessive
                if named and entity is not None and entity.id not in found:
                    found.append(entity.id)
        if len(found) >= 2:
            event.sides = [(found[0],), (found[1],)]
            return


def _name_counted(cast: Cast, events: Sequence[EventMention]) -> None:
    """ "Two presidents were to shake hands", with names only further on: the two who are said to meet most often, if
    they hold that office or none."""
    pairs = Counter(
        tuple(sorted(e.who)) for e in events if len(e.who) == 2 and all(cast.entities[i].kind == "person" for i in e.who)
    )
    if not pairs:
        return
    for event in events:
        phrase = cast.entities[next(iter(event.who))] if len(event.who) == 1 else None
        if phrase is None or phrase.kind != "phrase" or phrase.codes or not _COUNTED.match(phrase.name):
            continue
        office = phrase.name.split()[-1].removesuffix("s")
        for pair, _ in pairs.most_common():
            held = [cast.entities[i].roles for i in pair]
            if (
                any(office in roles for roles in held)
                or not any(held)
                or office in ("leader", "man", "rival", "men", "side")
            ):
                event.sides = [(pair[0],), (pair[1],)]
                break


_COUNTED = re.compile(r"(?:the |these )?(?:two|both)\b(?! (?:of|days|hours))", re.I)


def _complete(
    facts: Facts, event: EventMention, here: Sequence[EventMention], items: Sequence[Item], headline: bool
) -> None:
    """Fill in what the clause says: date, place, mode, what sets it apart, and the claim with its claimant."""
    clause = facts.clause(event, [other for other in here if other is not event and (other.who or not other.weak)])
    left, right = facts.text[clause[0] : event.start], facts.text[event.end : clause[1]]
    event.ordinal = ordinal_of(event)
    status = claim_of(event, left, right, headline)
    if status == "wish" and _ACCEPTED.search(event.right):
        status = "planned"
    if status == "planned" and event.form == "base" and _CHANCE.search(event.left):
        status = "wish"
    if status in ("planned", "cancelled", "postponed") and event.form == "noun" and _ABOUT_IT.search(event.left):
        status = "assumed"
    if event.form in ("past", "participle") and status == "denied" and _NOT_SINCE.match(event.right):
        status = None
    if event.form in ("past", "participle") and _BEFORE_NOW.search(f"{event.left[-30:]}|{event.right[:30]}"):
        status = None
    by = claimant(facts, event, items)
    if status is not None:
        event.claims.append((status, by if status != "assumed" or facts.in_marks(event.start) else None))
    denial = _CHARGE.search(event.right)
    if denial is not None and status in ("alleged", "happened"):
        event.claims.append(("denied", denial["by"] or denial["by2"]))
    event.clause = clause
    event.date = facts.date_of(event, clause)
    told = status == "assumed" or (event.form in ("present", "ing") and status in ("happened", "ongoing"))
    if told and facts.is_to_come(event.date):
        event.claims[0] = ("planned", event.claims[0][1])
    if status == "planned" and event.form == "base" and _WENT_TO.search(left) and facts.is_over(event.date):
        event.claims[0] = ("happened", event.claims[0][1])
    event.places = tuple(sorted(facts.place_of(event, clause), key=lambda p: p.start))
    event.mode = facts.mode_of(event, clause)


def _private(cast: Cast, event: EventMention) -> bool:
    """Whether it is a match, or the one met is kin or a first acquaintance: no record."""
    if _SPORT.match(event.right) or (
        event.lemma == "exchange" and _WRITTEN.search(f"{event.left[-80:]} {event.right[:120]}")
    ):
        return True
    if event.lemma in ("talk", "speak") and event.form != "noun" and not _is_conversation(cast, event):
        return True
    right, near = event.right.lstrip()[:40], f"{event.left[-50:]} {event.right[:50]}"
    kin = lex.PRIVATE.match(right) or lex.PRIVATE.match(right.split(" ", 1)[-1]) or _KIN.match(event.right)
    if any(_OWN_KIN.match(m.text) for m in event.spots) or any(_OWN_KIN.match(cast.entities[i].name) for i in event.who):
        return event.lemma in ("meet", "visit", "see", "talk", "speak", "call on", "phone", "spend", "chat")
    return event.lemma == "meet" and (kin is not None or _YOUTH.search(near) is not None)


def _is_conversation(cast: Cast, event: EventMention) -> bool:
    """Whether somebody talking is two people meeting: told by a phone, a room, a length, or as something past between two
    who are named."""
    if _SHARED.match(event.right):
        return True
    named = all(cast.entities[i].kind == "person" for i in event.who) and len(event.who) >= 2
    spoken = {m.kind for m in event.spots} <= {"named", "role", "group", "two"} or len(event.sides) == 2
    return event.form in ("past", "participle") and named and spoken and not re.match(r"\s+about\b", event.right)


#: "rushed to meet", "took time to meet": done, where the day lies behind; not "agreed to meet".
_WENT_TO = re.compile(
    r"\b(?!(?:agreed|planned|hoped|intended|scheduled|expected|wanted|declined|asked|refused|invited|promised|vowed|pledged|"
    r"offered|supposed|failed|needed|used|wished|tried|attempted|prepared|arranged|decided|proposed|set|due)\b)"
    r"(?:\w+ed|came|went|flew|took|got|met|sat|drove|rode|ran|left|made)\s(?:[\w’'-]+\s){0,4}?to\s+(?:\w+\s)?$"
)
_SHARED = re.compile(
    r"^[^.;]{0,60}?\b(?:for (?:\w+[ -]){0,4}(?:hours?|minutes?|days?)|by (?:tele)?phone|on the (?:tele)?phone|over "
    r"the phone|by video|privately|together|informally|"
    r"face[ -]to[ -]face|over (?:dinner|lunch|breakfast|coffee|tea|drinks)|behind closed doors|until (?:\w+ ){1,4}|"
    r"at (?:an?|the|his|her|their|last|this) \w+|in (?:private|secret|person|[A-Z]\w+)|"
    r"aboard|on the (?:sidelines|margins|fringes|terrace|stairs|plane|balcony))\b"
)
_WRITTEN = re.compile(
    r"\b(?:e-?mails?|texts?|tweets?|twitter|letters?|gun(?:fire|shots)|fire|prisoners?|debate|stock|currency)\b", re.I
)
_YOUTH = re.compile(
    r"\b(?:while (?:studying|students?)|at (?:university|college|school)|as (?:students|children|teenagers)|fell in love|"
    r"married|dating)\b"
)
_SPORT = re.compile(
    r"^[^.;]{0,60}?\b(?:in (?:the|a|an|their|this|next|\w+day['’]s?)[^.;,]{0,30}?\b(?:final|finals|semi-?finals?|"
    r"quarter-?finals?|play-?offs?|derby|cup|championship|league|tournament|fixture|ring|last (?:four|eight|16)|first "
    r"round)\b|at this stage|on the pitch)",
    re.I,
)
#: "a charge Russia denies", "which Moscow has denied".
_CHARGE = re.compile(
    r"\b(?:an? (?:charge|claim|allegation|accusation|report|assertion|suggestion) (?:that |which )?(?P<by>(?:the "
    r")?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)"
    r"|(?:something|which|claims|charges|reports|allegations) (?:that )?(?P<by2>(?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)) "
    r"(?:has |have |had |later |strongly |flatly )*(?:den(?:ies|ied|y)|reject(?:s|ed)|dismiss(?:es|ed)|disput(?:es|ed))\b"
)
#: "gave them time to confer": no plan.
_CHANCE = re.compile(
    r"\b(?:time|chances?|opportunit(?:y|ies)|right|ability|allow\w*|permission|permit\w*|wants?|wanted|urg\w+|calls? on|"
    r"called on|should|must) (?!to\b)?[^.;,]{0,30}\bto\s+(?:\w+ly )?$"
)
#: "The results of that meeting will be revealed": what is to come isn't the meeting.
_ABOUT_IT = re.compile(
    r"\b(?:results?|outcomes?|details?|minutes|fruits?|account|contents?|transcripts?|footage|video|photos?|pictures?|"
    r"readout|summary|conclusions?) (?:of|from|on) (?:\w+ ){0,2}$",
    re.I,
)
#: "has met previously with her": none in particular.
_BEFORE_NOW = re.compile(
    r"\b(?:has|have) (?:previously |also )*\|\s*(?:with )?(?:\w+ )?(?:previously|before|in the past)\b(?! \w+ing)"
    r"|\b(?:has|have) previously \|"
)
_NOT_SINCE = re.compile(
    r"\s*(?:\w+ ){0,3}(?:since|in (?:\w+ )?(?:years|months|weeks|decades)|for (?:\w+ )?(?:years|months|weeks))\b"
)
_ACCEPTED = re.compile(r"\b(?:has|have|had|he|she|they) (?:already |since )?(?:accepted|agreed|said yes)\b", re.I)
_OWN_KIN = re.compile(
    r"(?:his|her|their|my|our|your) (?:\w+ )?(?:mother|father|parents|wife|husband|sons?|daughters?|brothers?|"
    r"sisters?|children|"
    r"friends?|cousins?|uncle|aunt|grandmother|grandfather|famil(?:y|ies))$",
    re.I,
)
_KIN = re.compile(
    r"^\s*[A-ZÀ-Ý][\w’'-]*(?: [A-ZÀ-Ý][\w’'-]*)?, (?:[^,.;]{0,30}\b)?(?:mother|father|wife|husband|girlfriend|boyfriend|"
    r"partner|spouse)\b"
)


_AT = frozenset("after during in at following before over".split())


def _in_passing(event: EventMention, here: Sequence[EventMention]) -> bool:
    """ "held a talk during the dinner", "slipped off to talk": the other event of the sentence is the meeting; this one is
    its occasion, or its purpose."""
    others = [other for other in here if other is not event]
    if (
        event.form == "noun"
        and event.weak
        and event.governor in _AT
        and any(len(other.who & event.who) >= 2 for other in others)
    ):
        return True  # "shook hands at a dinner"
    if event.form == "noun" and event.weak and not event.who:
        return bool(re.search(r"\b(?:during|at|over|of|in|for)\s+(?:\w+[\s’'-]*){0,4}$", event.left[-50:])) and any(
            other.who for other in others
        )
    if event.form == "noun" and not event.who and not event.ordinal and not event.definite:
        earlier = [other for other in others if other.end <= event.start and other.form != "noun" and other.who]
        if (
            earlier
            and re.search(r"\b(?:for|in|over|at|into|of)\s+(?:\w+[\s’'-]*){0,4}$", event.left[-40:])
            and event.start - earlier[-1].end < 140
        ):
            return True  # "hosted Macron for trilateral talks": one meeting
    if event.weak and event.form == "base":
        return any(
            other.end <= event.start and event.start - other.end < 80 and (other.who >= event.who) for other in others
        )
    return False


def _is_headline(document: Document) -> bool:
    """Whether the first sentence stands on a line of its own, without a full stop, above the article."""
    first = document.sentences[0].span
    return not first.text.rstrip().endswith((".", "!", "”", '"')) and len(first.text) < 160 and len(document.sentences) > 1
