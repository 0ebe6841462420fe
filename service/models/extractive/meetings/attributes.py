"""What a sentence says of a meeting beside who met: when, where, how long, how, on what occasion, and who says so."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from itertools import takewhile

from service.domain.draft import Document, DraftText
from service.domain.quotation import Quotation
from service.language.calendar_units import bounds, month_number, weekday_number
from service.language.dates import DateMention, anchor_day, find_dates
from service.language.durations import DurationMention, find_durations
from service.language.places import PlaceMention, country_code, find_places
from service.models.extractive.meetings import placing
from service.models.extractive.meetings.classes import is_organisation
from service.models.extractive.meetings.dating import modifies, of_the_report
from service.models.extractive.meetings.events import EventMention
from service.models.extractive.meetings.people import Cast
from service.models.extractive.meetings.resolution import Mention

BREAK = re.compile(
    r"[;:]\s|\s[–—-]{1,2}\s|,\s+(?:but|and|while|whereas|who|which|when|where|after|before|though|although|as)\s|\s(?:but|"
    r"while|whereas|because|although|though|after|before)\s|"
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bGen)(?<!\bSen)"
    r"(?<!\bRep)(?<!\bGov)(?<!\b[A-Z])[.!?]\s|[”\"]\s"
)
#: The new day of what is put off: not the one that it was set for.
_MOVED_TO = re.compile(
    r"(?<!set )(?<!due )(?<!planned )(?<!scheduled )(?<!slated )(?<!fixed )\b(?:until|till|to|for)\s+(?:the )?$"
)
_OCCASION = re.compile(
    r"\b(?:(?i:on the (?:sidelines|margins|fringes|sideline) of)|(?i:during|at|ahead of|for|attending|before|after|"
    r"alongside))\s+"
    r"(?P<o>(?:(?:the|a|an|this|that|last|next)\s+)?(?:(?:same|annual|upcoming|world leaders[’']|\d{4}|[A-Z0-9][\w’'&-]*|"
    r"(?!on|at|in|of|they|after|to|with|for|today|and|that|which|when|during)[a-z]+(?:-[a-z]+)?)[ -]+){0,6}?"
    r"(?i:summit|conference|forum|general assembly|assembly|gala dinner|dinner|banquet|funeral|ceremony|state visit|visit|"
    r"convention|festival|games|olympics|wedding|inauguration|gathering|"
    r"commemorations?|anniversary|congress|expo|air show|economic forum|fundraiser|reception|launch|parade|tour|trip|"
    r"lunch|debate|G-?\d{1,2}(?! (?:summit|meeting|conference)))\b"
    r"(?:\s+(?:in|of|on|during|for)\s+(?:the\s+|a\s+|an\s+)?[A-Z][\w’'-]*(?:[ -]+[A-Z][\w’'-]*){0,4}(?:\s+(?:summit|forum|"
    r"conference))?)?)"
)
_PHONE = re.compile(
    r"\b(?:by (?:tele)?phone|phone (?:call|conversation|talks?|calls)|telephone|telephoned|phoned|over the phone|on the "
    r"phone|hotline|hour-long call|minute call|conference call|rang)\b",
    re.I,
)
_VIDEO = re.compile(r"\b(?:video|virtual(?:ly)?|zoom|online|teleconference|remotely|via link|webcast|skype)\b", re.I)
INFORMAL = re.compile(
    r"\b(?:informal(?:ly)?|impromptu|casual(?:ly)?|chat(?:ted|ting)?|brief(?:ly)? (?:encounter|exchange|chat)|encounter|"
    r"handshake|shook hands|shake hands|unscheduled|on the hoof|in a corridor|corridor|golf(?:ed|ing)?|private dinner|"
    r"over (?:dinner|lunch|drinks|coffee|tea)|pull-aside|bumped|mingl\w+|pleasantries|small talk|socially|slipp(?:ed|ing) "
    r"off|snuck|sneaked|walk in the)\b",
    re.I,
)
FORMAL = re.compile(
    r"\b(?:formal(?:ly)?|official(?:ly)?|bilateral|summit|state visit|negotiations?|talks|sit-down|sat down|delegations?|"
    r"expanded|working (?:lunch|dinner|breakfast|session|meeting)|trilateral|round of|received|audience)\b",
    re.I,
)
ABOUT = re.compile(
    r"\b(?:(?:to|and) discuss(?:ed|ing)?|discuss(?:ed|es|ing)?(?! with)|talk(?:ed|s|ing)? about|focus(?:ed|es|ing)? on|"
    r"cent(?:re|er)(?:d|ed) on|cover(?:ed|ing)|touch(?:ed|ing) on|dealt with|on the topic of|on the (?:subject|issue|"
    r"question)s? of|concerning|regarding|aimed at|"
    r"exchang(?:ed?|ing) (?:view(?:point)?s|opinions) on|to address|address(?:ed|ing)|review(?:ed|ing)|about|"
    r"on)\s+(?P<t>[^.;:()“”\"—–]{4,160})",
    re.I,
)
OUTCOME = re.compile(
    r"\b(?:agreed? (?:to|on|that)|agreement (?:to|on)|sign(?:ed|ing)|reach(?:ed|ing) (?:a|an|the)? ?\w*|pledged to|"
    r"committed to|vowed to|undertook to|struck a deal|no (?:deal|agreement|breakthrough)|without (?:a|an) (?:deal|"
    r"agreement|breakthrough)|deal was reached|agreement was reached|was reached|failed to (?:agree|reach)|announced (?:a|"
    r"an|the|plans))\b",
    re.I,
)


_DATELINE = re.compile(
    r"(?m)^(?:(?P<d>[A-ZÀ-Ý][A-ZÀ-Ý .'’/-]{2,40}(?:, [A-Z][\w. ]{2,25}){0,2})(?:,? \(?[A-Z][a-z]{2,8}\.? \d{1,2}\)?(?:, "
    r"\d{4})?)?\s*(?:\([^)\n]{2,40}\))?\s*(?:[—–-]{1,2}\s|$)"
    r"|(?:AFP|AP|Reuters|PTI|ANI) (?P<e>[A-Z]\w+ \(\w+\))|(?P<f>[A-Z][a-z]+, [A-Z][a-z]+):\s)"
)


#: A sentence that says how long something lasted, without naming it again.
LENGTH_SAID = re.compile(
    r"\b(?:took|lasted|last|ran|set aside|allotted|scheduled|planned|stretched|behind closed doors|overran|went on|"
    r"dragged|extended|meant to|spent)\b",
    re.I,
)
SET_ASIDE = re.compile(
    r"\b(?:set aside|allotted|set down|reserved|scheduled|planned|expected|originally|was to|meant to|agenda)\b",
    re.I,
)


#: How long before its publication an article's dateline still tells where something was, in days.
_FRESH = 4


class Facts:
    """The dates, places and durations of an article, and the words they stand in."""

    def __init__(self, document: Document, cast: Cast) -> None:
        self.document, self.cast = document, cast
        self.text = document.article.text
        self.mentions: dict[int, list[Mention]] = {}  # the phrases of each sentence, by its number
        self._starts = [s.span.start for s in document.sentences]
        spoken = [(s.start, s.end, q) for q in document.quotations if q.speaker is not None for s in q.spans]
        self._spoken = sorted(spoken, key=lambda item: item[:2])
        self.busy: set[int] = set()  # numbers of the sentences that mention a meeting

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        return find_dates(self.text, self.document.article.published)

    @cached_property
    def places(self) -> tuple[PlaceMention, ...]:
        return tuple(m for m in find_places(self.text) if not self._is_a_surname(m))

    def _is_a_surname(self, mention: PlaceMention) -> bool:
        """ "Tomas Ibarra": a town in Ecuador as well."""
        if mention.text not in self._surnames or mention.kind == "venue":
            return False
        return not re.search(r"\b(?:in|at|near|to|from)\s+$", self.text[max(0, mention.start - 6) : mention.start])

    @cached_property
    def _surnames(self) -> frozenset[str]:
        return frozenset(p.name.split()[-1] for p in self.document.people if len(p.name.split()) > 1)

    @cached_property
    def durations(self) -> tuple[DurationMention, ...]:
        return find_durations(self.text)

    @cached_property
    def datelines(self) -> tuple[str, ...]:
        """The words of the article's datelines: those labelled as such, and "HAMBURG, Germany (AP) —" at the head of a
        line."""
        labelled = [one.span.text for one in self.document.furniture if one.kind == "dateline"]
        return (*labelled, *(hit["d"] or hit["e"] or hit["f"] for hit in _DATELINE.finditer(self.text[:1500])))

    @cached_property
    def _dateline_spans(self) -> tuple[tuple[int, int], ...]:
        return tuple(hit.span() for hit in _DATELINE.finditer(self.text[:1500]) if hit["d"])

    @cached_property
    def published(self) -> date | None:
        """The day of publication, as the caller or the article's own dateline gives it."""
        return anchor_day(self.text, self.document.article.published)

    def id_of(self, number: int) -> str:
        """The id of sentence ``number`` (from 0)."""
        return self.document.sentences[number].id

    def number_at(self, start: int) -> int:
        """The number of the sentence at ``start``; -1 outside of all."""
        number = bisect_right(self._starts, start) - 1
        return number if number >= 0 and start < self.document.sentences[number].span.end else -1

    def dates_in(self, number: int) -> list[DateMention]:
        """The dates of sentence ``number``."""
        span = self.document.sentences[number].span
        first = bisect_left(self.dates, span.start, key=lambda m: m.start)
        found = takewhile(lambda m: m.start < span.end, self.dates[first : first + 50])
        told = (m for m in found if m.edtf or not m.text.endswith((" after", " before")))
        return [m for m in told if not self._in_a_dateline(m.start)]

    def _in_a_dateline(self, start: int) -> bool:
        return any(first <= start < last for first, last in self._dateline_spans)

    def places_in(self, number: int) -> list[PlaceMention]:
        """The places of sentence ``number``."""
        span = self.document.sentences[number].span
        first = bisect_left(self.places, span.start, key=lambda m: m.start)
        return list(takewhile(lambda m: m.start < span.end, self.places[first : first + 100]))

    def clause(self, event: EventMention, others: Sequence[EventMention]) -> tuple[int, int]:
        """The stretch of text that speaks of ``event``: its sentence, cut where another meeting begins or a clause
        breaks."""
        span = self.document.sentences[event.sentence].span
        start, end = span.start, span.end
        for other in others:
            if other.end <= event.start:
                cut = self._cut_between(other.end, event.start)
                start = max(start, cut)
            elif other.start >= event.end:
                end = min(end, self._cut_between(event.end, other.start))
        return start, end

    def _cut_between(self, left: int, right: int) -> int:
        """Where one meeting's words end and the next one's begin: at a break, at the last "and", else right before the
        next."""
        breaks = list(BREAK.finditer(self.text, left, right)) or list(re.finditer(r"\sand\s", self.text[left:right]))
        if not breaks:
            return right
        end = breaks[-1].end()
        return end if breaks[-1].re is BREAK else left + end

    def date_of(self, event: EventMention, clause: tuple[int, int]) -> DateMention | None:
        """The date that the clause gives for the meeting, not that of its being reported; the nearest behind, then
        before."""
        span = self.document.sentences[event.sentence].span
        inside = [m for m in self.dates_in(event.sentence) if clause[0] <= m.start < clause[1]]
        moved = any(status == "postponed" for status, _ in event.claims)
        fits = [m for m in inside if not of_the_report(self.text, m) and not modifies(self.text, m)]
        if not fits:
            return None

        def rank(m: DateMention) -> tuple[int, int]:
            distance = m.start - event.end if m.start >= event.end else event.start - m.end
            exact = 0 if m.granularity == "day" else 30 if m.edtf else 60
            if moved and _MOVED_TO.search(self.text[max(0, m.start - 24) : m.start]):
                return -1000, m.start
            if (
                m.end <= event.start - 30
                and event.form == "noun"
                and not any(s not in ("assumed", "wish") for s, _ in event.claims)
            ):
                return 500, m.start  # "On Saturday, rather than speak of the meeting, he …"
            crossed = 50 * len(BREAK.findall(self.text[min(m.end, event.end) : max(m.start, event.start)]))
            return distance + exact + crossed, m.start

        best = min(fits, key=rank)
        return best if rank(best)[0] < 200 and span.start <= best.start else None

    def place_of(self, event: EventMention, clause: tuple[int, int]) -> list[PlaceMention]:
        """The places of the clause that stand behind a preposition of place, nearest first, those that belong together
        joined."""
        found = []
        for m in self.places_in(event.sentence):
            if not (clause[0] <= m.start < clause[1]) or any(spot.start <= m.start < spot.end for spot in event.spots):
                continue
            before = self.text[max(0, m.start - 48) : m.start]
            told = placing.located(before, m) or self._where(m, event)
            if not told or placing.of_the_person(before) or placing.belongs(self.text, m):
                continue
            distance = m.start - event.end if m.start >= event.end else event.start - m.end + 15
            found.append(
                (distance + 40 * len(BREAK.findall(self.text[min(m.end, event.end) : max(m.start, event.start)])), m)
            )
        found.sort(key=lambda pair: pair[0])
        near = (
            [m for distance, m in found if distance < 170]
            or self._unknown_place(event, clause)
            or self._some_place(event, clause)
            or self._some_capital(event, clause)
        )
        if not near:
            return []
        return self.together(near[0], event.sentence)

    def _where(self, mention: PlaceMention, event: EventMention) -> bool:
        """ "back from Lima, where they had met", "the Doha talks"."""
        between = self.text[mention.end : event.start]
        if mention.end > event.start or len(between) > 90:
            return False
        if re.match(r",?\s+where\b", between):
            return re.search(r"\b(?:that|told|said|says)\b", between) is None
        lead = re.search(
            r"\b(?:[Tt]he|their|these|those|\w+day['’]s)\s+(?:\w+\s+)?$",
            self.text[max(0, mention.start - 30) : mention.start],
        )
        return event.form == "noun" and lead is not None and re.fullmatch(r"\s+(?:peace\s+)?", between) is not None

    def together(self, best: PlaceMention, number: int) -> list[PlaceMention]:
        """A place with those of its sentence that belong to it: "a hotel in Santiago", "Danang, Vietnam"."""
        more = (
            placing.IN_NAME.match(self.text, best.end + 1) if best.kind == "venue" and not best.text[0].isupper() else None
        )
        known = more is not None and any(m.start == more.start(1) for m in self.places_in(number))
        if more is not None and not known and not self.cast.is_person(more[1]):
            return [best, PlaceMention(more.start(1), more.end(1), more[1], "city", None)]
        found = [best]
        for m in self.places_in(number):
            between = self.text[min(m.end, best.end) : max(m.start, best.start)]
            if m.kind == "venue" and m.start > best.end and "," in between:
                continue
            if m is not best and len(between) <= 6 and re.fullmatch(r",? ?(?:in |of |at )?(?:the )?\(?", between):
                found.append(m)
        return found

    def _unknown_place(self, event: EventMention, clause: tuple[int, int]) -> list[PlaceMention]:
        """A name behind "in" that is in no gazetteer and nobody's: "in Bunagana"."""
        hits = list(placing.NAMED_SPOT.finditer(self.text, *clause))
        for hit in sorted(hits, key=lambda h: (h.start() < event.end, abs(h.start() - event.end))):
            name = hit[1]
            if month_number(name.split()[0]) is not None or weekday_number(name.split()[0]) is not None:
                continue
            if (
                abs(hit.start() - event.end) < 110
                and not _OCCASION.search(self.text, hit.start(), min(hit.end() + 30, clause[1]))
                and not any(self.cast.is_person(w) for w in (name, *name.split()))
                and not is_organisation(name.split())
                and country_code(name) is None
            ):
                return [PlaceMention(hit.start(1), hit.end(1), name, "city", None)]
        return []

    def _some_capital(self, event: EventMention, clause: tuple[int, int]) -> list[PlaceMention]:
        """ "in the Chilean capital"."""
        for hit in placing.CAPITAL.finditer(self.text, *clause):
            if abs(hit.start() - event.end) < 110:
                return [PlaceMention(hit.start("p"), hit.end("p"), hit["p"], "venue", country_code(hit["c"]))]
        return []

    def _some_place(self, event: EventMention, clause: tuple[int, int]) -> list[PlaceMention]:
        """A place told by its preposition alone: "aboard a yacht", "at a private clinic outside Zug", "behind the stage"."""
        for hit in placing.AT.finditer(self.text, event.end, clause[1]):
            if hit.start() - event.end < 90 and not placing.NO_PLACE.search(hit["p"]):
                return [PlaceMention(hit.start("p"), hit.end("p"), hit["p"], "venue", None)]
        return []

    def durations_of(self, clause: tuple[int, int]) -> list[tuple[DurationMention, bool]]:
        """The lengths that the clause gives, each with whether it was only scheduled."""
        found = []
        for m in self.durations:
            if clause[0] <= m.start < clause[1]:
                before = self.text[max(clause[0], m.start - 45) : m.start]
                after = self.text[m.end : m.end + 30]
                scheduled = bool(
                    re.search(
                        r"\b(?:scheduled|planned|allotted|expected|originally|supposed|due|set|allocated|slated|meant|"
                        r"instead of|rather than)\b[^,.;]{0,40}$",
                        before,
                        re.I,
                    )
                    or re.match(r"\s*(?:as )?(?:scheduled|planned|allotted|allocated|that had been)", after)
                )
                about = bool(
                    re.search(
                        r"\b(?:last(?:ed|ing|s)?|for|ran|spoke|talked|met|took|went on|about|over|nearly|almost|more than|"
                        r"roughly|some|around|approximately|a|an|the|their|than|of|to|just|under|only|scheduled|planned|"
                        r"of the|hers?|his|after|spent|another|into|originally|first|minutes?|hours?|least|full|"
                        r"through)\s*$",
                        before,
                        re.I,
                    )
                    or not before.strip()
                    or scheduled
                )
                if about or re.match(
                    r"[\s-]*(?:meeting|talks|call|conversation|session|sit-down|summit|discussion|encounter|chat|exchange|"
                    r"long|phone|telephone|private|bilateral|dinner|tete|tête|one-on-one|closed-door|face)",
                    after,
                ):
                    found.append((m, scheduled))
        return found

    def occasion_of(self, clause: tuple[int, int], trigger: tuple[int, int]) -> tuple[int, int] | None:
        """Where the occasion of the meeting stands: "the G20 summit"."""
        best = None
        for hit in _OCCASION.finditer(self.text, clause[0], clause[1]):
            start, end = hit.span("o")
            if start <= trigger[0] < end or re.match(r"(?:his|her|their)\b", hit["o"]):
                continue
            lead = hit.group()[: hit.start("o") - hit.start()].lower()
            if re.match(r"(?:before|after|for|ahead)", lead) and "summit" not in hit["o"].lower():
                continue
            if re.search(r"\b(?:trip|visit|tour|lunch|debate|dinner)\b", hit["o"]) and not re.search(
                r"state visit|gala|state dinner|dinner at|leaders|during", hit.group()
            ):
                continue
            if best is None or "sideline" in lead:
                best = (start, end)
        return best

    def mode_of(self, event: EventMention, clause: tuple[int, int]) -> str:
        words = self.text[max(clause[0], event.start - 60) : min(clause[1], event.end + 60)]
        if event.lemma in ("phone", "telephone", "phone call", "call") or _PHONE.search(words):
            return "phone"
        if event.lemma == "videoconference" or (
            _VIDEO.search(words) and not re.search(r"video (?:shows|footage|posted|released|of)", words)
        ):
            return "video"
        return ""

    def is_to_come(self, date: DateMention | None) -> bool:
        """Whether a day lies behind the day of publication."""
        published, days = self.published, bounds(date.edtf if date else None)
        return published is not None and days is not None and days[0] > published

    def is_over(self, date: DateMention | None) -> bool:
        """Whether a day (or a longer time) lies wholly before the day of publication."""
        published, days = self.published, bounds(date.edtf if date else None)
        return published is not None and days is not None and days[1] < published

    def is_stale(self, date: DraftText | None) -> bool:
        """Whether a day lies so far before the day of publication that the dateline tells nothing of it."""
        if date is None or self.published is None:
            return False
        cited = {i for i, s in enumerate(self.document.sentences) if s.id in date.cites}
        found = next((m for m in self.dates if m.text == date.text and self.number_at(m.start) in cited), None)
        days = bounds(found.edtf if found is not None else None)
        return days is not None and (self.published - days[1]).days > _FRESH

    def in_marks(self, start: int) -> bool:
        """Whether ``start`` lies in somebody's own words."""
        quotation = self.speaker_at(start)
        return quotation is not None and quotation.kind != "indirect"

    def speaker_at(self, start: int) -> Quotation | None:
        """The quotation with a speaker that covers ``start``; the innermost."""
        last = bisect_right(self._spoken, start, key=lambda item: item[0])
        covering = [q for begin, end, q in self._spoken[max(0, last - 40) : last] if begin <= start < end]
        return min(covering, key=lambda q: q.spans[-1].end - q.spans[0].start, default=None)
