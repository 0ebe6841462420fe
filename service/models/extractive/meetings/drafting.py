"""From a meeting with its mentions to a draft: the best words for every field, with the sentences that carry them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.domain.draft import (
    DraftClaim,
    DraftDisagreement,
    DraftDuration,
    DraftMeeting,
    DraftParticipant,
    DraftPlace,
    DraftPosition,
    DraftText,
)
from service.domain.meeting import MeetingKind, MeetingMode, MeetingSetting, MeetingStatus
from service.language.dates import DateMention
from service.language.places import country_code, find_places
from service.models.extractive.meetings import attributes as att
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.attributes import Facts
from service.models.extractive.meetings.frames import EventMention
from service.models.extractive.meetings.merging import Meeting
from service.models.extractive.meetings.people import Cast
from service.models.extractive.meetings.presence import others_present, part_of
from service.models.extractive.meetings.resolution import Entity

_PLAIN: dict[str, MeetingStatus] = {"was planned": "planned"}


def draft_of(facts: Facts, meeting: Meeting, all_of: Sequence[Meeting]) -> DraftMeeting | None:
    """The draft of one meeting; None where nobody claims it, or too few are known to meet."""
    claims = _claims(facts, meeting)
    people = _participants(facts.cast, meeting)
    if not claims or not people:
        return None
    first_with = {i: next((e for e in meeting.events if i in e.who), meeting.events[0]) for i, _ in people}
    place = _place(facts, meeting, all_of)
    setting = _setting(facts, meeting)
    return DraftMeeting(
        kind=_kind(facts, meeting, len(people)),
        mode=_mode(meeting),
        setting=setting,
        claims=claims,
        participants=(
            *(
                DraftParticipant(e.name, _cites(facts, meeting, first_with[i]), e.role, e.affiliation, part_of(e))
                for i, e in people
            ),
            *others_present(facts, meeting, {i for i, _ in people}),
        ),
        date=_date(facts, meeting) or _date_of_the_lead(facts, meeting, all_of),
        place=place,
        durations=tuple(_durations(facts, meeting)),
        occasion=_occasion(facts, meeting),
        topics=tuple(_topics(facts, meeting)),
        outcomes=tuple(_outcomes(facts, meeting)),
    )


def _id(facts: Facts, event: EventMention) -> str:
    return facts.document.sentences[event.sentence].id


def _cites(facts: Facts, meeting: Meeting, first: EventMention) -> tuple[str, ...]:
    ids = [_id(facts, first), *(_id(facts, e) for e in meeting.events if e.who)]
    return tuple(dict.fromkeys(ids))[:4]


def _claims(facts: Facts, meeting: Meeting) -> tuple[DraftClaim, ...]:
    """What is claimed, in the order of the text. A plan of the past counts only where nothing came of it and nobody says more; a
    wish never by itself."""
    strong = [(s, by, e) for e in meeting.events for s, by in e.claims if s not in ("was planned", "wish", "assumed")]
    if not strong:
        past = [(s, by, e) for e in meeting.events for s, by in e.claims if s == "was planned"]
        strong = [("cancelled", by, e) for _, by, e in past]
        if not past:
            strong = [("happened", by, e) for e in meeting.events for s, by in e.claims if s == "assumed" and not e.plural]
    else:
        strong = [
            (s, by, e) for s, by, e in strong if not (s == "planned" and by is None and _only_named_in_passing(e))
        ] or strong
    merged: dict[tuple[str, str | None], list[str]] = {}
    for status, by, event in strong:
        merged.setdefault((status, by), []).append(_id(facts, event))
    return tuple(DraftClaim(s, by, tuple(dict.fromkeys(ids))) for (s, by), ids in merged.items())  # type: ignore[arg-type]


def _only_named_in_passing(event: EventMention) -> bool:
    """ "Friday's planned meeting": an adjective is no claim when others make one."""
    return event.form == "noun" and bool(re.search(r"\b(?:planned|scheduled|upcoming|expected|proposed)\b", event.modifiers))


def _participants(cast: Cast, meeting: Meeting) -> list[tuple[int, Entity]]:
    """Those who meet: named people first; a country or group only for a side of which nobody is named."""
    ids = list(dict.fromkeys(i for e in meeting.events for side in e.sides for i in side))
    people = [i for i in ids if cast.entities[i].kind == "person"]
    named = {code for i in people for code in cast.entities[i].codes}
    kept = list(people)
    for i in ids:
        entity = cast.entities[i]
        if entity.kind == "person" or (entity.codes and entity.codes <= named):
            continue
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
    return [(i, cast.entities[i]) for i in kept[:10]]


def _ordered(meeting: Meeting) -> list[EventMention]:
    """Mentions that name people first: what stands there is surer than what stands by "the meeting"."""
    return sorted(meeting.events, key=lambda e: (not e.who, e.start))


def _date(facts: Facts, meeting: Meeting) -> DraftText | None:
    """The most exact date that a mention gives; of a postponed meeting the new one; else the day of the report of it ("said on
    Tuesday after talks")."""
    best: tuple[tuple[bool, ...], DateMention, EventMention] | None = None
    later = any(s == "postponed" for e in meeting.events for s, _ in e.claims)
    for event in _ordered(meeting):
        mention = event.date
        if mention is None:
            continue
        rank = (mention.edtf is None, mention.granularity != "day", mention.shift is not None, "~" in (mention.edtf or ""))
        if later and any(s == "postponed" for s, _ in event.claims):
            rank = (False, False, False, False)
        if best is None or rank < best[0]:
            best = (rank, mention, event)
    if best is not None:
        return DraftText(best[1].text, (_id(facts, best[2]),))
    return _date_of_the_report(facts, meeting)


def _date_of_the_report(facts: Facts, meeting: Meeting) -> DraftText | None:
    """ "The prime ministers said on Tuesday after three hours of talks": the day of the talks, where nothing else is said."""
    for event in meeting.events:
        if not any(s in ("happened", "ongoing") for s, _ in event.claims) or not re.search(
            r"\b(?:after|following|at|during|in|emerg\w+ from)\s+(?:[\w-]+[\s’'-]*){0,7}$", event.left
        ):
            continue
        span = facts.document.sentences[event.sentence].span
        for mention in facts.within(facts.dates, span.start, span.end):
            if mention.granularity == "day" and facts.of_the_report(mention):
                return DraftText(mention.text, (_id(facts, event),))
    return None


def _date_of_the_lead(facts: Facts, meeting: Meeting, all_of: Sequence[Meeting]) -> DraftText | None:
    """The one day that the head of the article names, for the one meeting that it reports: news is of a day."""
    leads = meeting is min(all_of, key=lambda m: m.events[0].start)
    if not leads or not any(s in ("happened", "ongoing") for e in meeting.events for s, _ in e.claims):
        return None
    head = facts.document.sentences[: 3 if meeting.events[0].sentence <= 3 else 0]
    found = [
        (m, s.id)
        for s in head
        for m in facts.within(facts.dates, s.span.start, s.span.end)
        if m.granularity == "day" and m.edtf and m.shift is None and "/" not in m.edtf
    ]
    days = {m.edtf for m, _ in found}
    return DraftText(found[0][0].text, (found[0][1],)) if len(days) == 1 else None


def _place(facts: Facts, meeting: Meeting, all_of: Sequence[Meeting]) -> DraftPlace | None:
    candidates = []
    for event in _ordered(meeting):
        if event.places:
            mentions = event.places
            text = facts.text[min(m.start for m in mentions) : max(m.end for m in mentions)]
            kinds = {("city" if m.kind == "capital" else m.kind): m.text for m in mentions}
            rank = ("city" not in kinds, "venue" not in kinds, not event.who)
            candidates.append((rank, text, kinds, _id(facts, event)))
    if candidates:
        _, text, kinds, id = min(candidates, key=lambda c: c[0])
        for _, _, more, _ in candidates:
            for kind, words in more.items():
                if kind == "venue" or (kind not in kinds and kind == "country"):
                    kinds.setdefault(kind, words)
        if "city" not in kinds and "venue" not in kinds:
            dateline = _dateline_city(facts, kinds.get("country"))
            if dateline:
                text, kinds["city"] = dateline, dateline
        return DraftPlace(text, (id,), kinds.get("venue"), kinds.get("city"), kinds.get("region"), kinds.get("country"))
    twin = _same_day_twin(meeting, all_of)
    if twin is not None:
        return _place(facts, twin, ())
    biggest = max(all_of, key=lambda m: len(m.events), default=None)
    if meeting is biggest and any(s in ("happened", "ongoing") for e in meeting.events for s, _ in e.claims):
        city = _dateline_city(facts, None)
        if city and not any(e.mode for e in meeting.events):
            return DraftPlace(city, (), None, city)
    return None


def _same_day_twin(meeting: Meeting, all_of: Sequence[Meeting]) -> Meeting | None:
    """Another meeting of the same people on the same day that has a place: two meetings of a day are in one town."""
    days = {d for d in meeting.dates if len(d) == 10}
    for other in all_of:
        if other is not meeting and days & set(other.dates) and len(other.who & meeting.who) >= 2 and other.places:
            return other
    return None


def _dateline_city(facts: Facts, country: str | None) -> str | None:
    """The city of the dateline; of ``country``, where that is given."""
    for words in facts.datelines:
        plain = re.sub(r"[A-ZÀ-Ý]{3,}", lambda hit: hit.group().title(), words)
        for m in find_places(plain):
            if m.kind in ("city", "capital") and (country is None or m.code == country_code(country)):
                return words[m.start : m.end]
    return None


def _durations(facts: Facts, meeting: Meeting) -> Iterator[DraftDuration]:
    """The lengths said where the meeting is mentioned, and right behind ("It took six hours. Two had been set aside.")."""
    sentences = facts.document.sentences
    mine = {e.sentence for e in meeting.events}
    for event in meeting.events:
        for mention, scheduled in facts.durations_of(event.clause):
            yield DraftDuration(mention.text, scheduled, (_id(facts, event),))
        for number in range(event.sentence + 1, min(event.sentence + 3, len(sentences))):
            span = sentences[number].span
            if number in mine or number in facts.busy or not att.LENGTH_SAID.search(span.text):
                break
            for mention, scheduled in facts.durations_of((span.start, span.end)):
                yield DraftDuration(
                    mention.text, scheduled or bool(att.SET_ASIDE.search(span.text)), (sentences[number].id,)
                )


def _occasion(facts: Facts, meeting: Meeting) -> DraftText | None:
    for event in _ordered(meeting):
        span = facts.document.sentences[event.sentence].span
        for stretch in (event.clause, (span.start, span.end)) if len(meeting.events) == 1 else (event.clause,):
            spot = facts.occasion_of(stretch, (event.start, event.end))
            if spot:
                return DraftText(facts.text[spot[0] : spot[1]], (_id(facts, event),))
    return None


def _kind(facts: Facts, meeting: Meeting, people: int) -> MeetingKind:
    words = " ".join(f"{e.modifiers} {e.lemma}" for e in meeting.events).lower()
    lemmas = {e.lemma for e in meeting.events}
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


def _setting(facts: Facts, meeting: Meeting) -> MeetingSetting:
    formal = informal = 0
    for event in meeting.events:
        words = f"{event.modifiers} {facts.text[event.start : event.end]} {event.right[:60]} {event.left[-30:]}"
        inner = f"{event.modifiers} {facts.text[event.start : event.end]}"
        informal += 2 * bool(att._INFORMAL.search(inner)) + bool(att._INFORMAL.search(words))
        formal += 2 * bool(att._FORMAL.search(re.sub(r"\binformal\w*", "", inner, flags=re.I))) + bool(
            att._FORMAL.search(re.sub(r"\binformal\w*", "", event.modifiers, flags=re.I))
        )
    if not formal and not informal:
        return "unknown"
    return "informal" if informal >= formal else "formal"


def _topics(facts: Facts, meeting: Meeting) -> Iterator[DraftText]:
    seen: set[str] = set()
    for event in meeting.events:
        start, end = event.clause
        hit = att._ABOUT.search(
            facts.text,
            event.end,
            max(event.end, facts.document.sentences[event.sentence].span.end if len(meeting.events) == 1 else end),
        )
        if hit is None:
            continue
        lead = hit.group()[: hit.start("t") - hit.start()].strip().lower()
        words = hit["t"]
        if lead in ("on", "about") and (
            hit.start() - event.end > 40
            or re.match(
                r"(?:the (?:sidelines|margins|fringes|eve|phone)|\w+day|(?:January|February|March|April|May|June|July|August|September|October|November|December)|\d|two hours|condition|board|behalf|his|her|their)",
                words,
            )
        ):
            continue
        words = re.split(
            r",?\s+(?:at|during|in|on|when|while|after|before|with|as|said|but|which|who|according|that|later|ahead|until|for|whether|and (?:said|told|agreed|then|will|would|was|were|had|to))\s|,\s(?:he|she|they|it|a |an |the [a-z]+ (?:said|says)|[A-Z]\w+ (?:said|says))",
            words,
        )[0].strip(" ,")
        for part in _parts(words):
            if part and part.lower() not in seen and len(part) > 3:
                seen.add(part.lower())
                yield DraftText(part, (_id(facts, event),))
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
        for hit in att._OUTCOME.finditer(facts.text, span.start, span.end):
            start = hit.start()
            before = facts.text[span.start : start]
            lead = re.search(
                r"(?:\b(?:that|,|and|but|said)\s+)?((?:the two|both|they|the two (?:sides|leaders|men|countries)|the (?:leaders|sides|pair)|both (?:sides|leaders))\s+(?:had |have |also )?)$",
                before,
                re.I,
            )
            start = span.start + lead.start(1) if lead else start
            tail = re.split(
                r"[.;]\s|[.;]$|,\s(?:according|he|she|said|but)|\s(?:he|she) said", facts.text[start : span.end]
            )[0]
            if 12 <= len(tail) <= 200:
                given += 1
                yield DraftText(tail.strip(' ,"“”'), (facts.document.sentences[number].id,))
            break
        if given >= 3:
            return


__all__ = ["DraftDisagreement", "DraftPosition", "draft_of"]
