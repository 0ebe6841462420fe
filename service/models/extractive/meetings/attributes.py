"""What a sentence says of a meeting beside who met: when, where, how long, how, on what occasion, and who says so."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import takewhile

from service.domain.draft import Document
from service.domain.quotation import Quotation
from service.domain.text import Span
from service.language.calendar_units import bounds, month_number, parse_day, weekday_number
from service.language.dates import DateMention, find_dates
from service.language.durations import DurationMention, find_durations
from service.language.places import PlaceMention, country_code, find_places
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.classes import is_organisation
from service.models.extractive.meetings.events import EventMention, Item
from service.models.extractive.meetings.people import Cast
from service.models.extractive.meetings.resolution import Mention

_BREAK = re.compile(
    r"[;:]\s|\s[–—-]{1,2}\s|,\s+(?:but|and|while|whereas|who|which|when|where|after|before|though|although|as)\s|\s(?:but|"
    r"while|whereas|because|although|though|after|before)\s|(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bGen)(?<!\bSen)"
    r"(?<!\bRep)(?<!\bGov)(?<!\b[A-Z])[.!?]\s|[”\"]\s"
)
_REPORTED_ON = re.compile(
    r"\b(?:said|says|told (?!of\b)\w+(?: \w+)?|announced|confirmed|reported|wrote|tweeted|added|acknowledged|revealed|stated|"
    r"spoke to reporters|statement|interview|asked|denied|claimed|insisted|suggested|disclosed|hinted|ruled out|"
    r"warned)\s+(?:(?:by (?:tele)?phone|by e-?mail|in an? (?:[\w-]+ ){0,3}?(?:interview|statement|speech|tweet|message|"
    r"e-?mail|briefing|post)|at an? (?:[\w-]+ ){0,2}?(?:briefing|conference)|(?:to )?reporters|to \w+)\s+)?"
    r"(?:late |early |earlier |later )?(?:on |in |that )?$",
    re.I,
)
#: "… on Thursday denied": the day of the words.
_REPORTS = re.compile(
    r",?\s+(?:again |also |flatly |strongly |publicly )?(?:said|denied|announced|confirmed|rejected|dismissed|accused|insisted|"
    r"ruled out|acknowledged|admitted|declared|warned|claimed|reported|urged|called (?:for|on)|condemned|criticized|"
    r"criticised)\b"
)
#: "spent the last year", "over the past month": a length, no date.
_LENGTH_OF_TIME = re.compile(r"\b(?:the|these|those|(?:spent|over|within|throughout|during|for) (?:his|her|their|its))\s+$", re.I)
#: "the trip to Geneva in 1985", "the deal of May": the date of what stands right before it.
_OF_ANOTHER = re.compile(
    r"\b(?:trip|visit|speech|deal|agreement|treaty|accord|race|campaign|book|letter|bid|report|indictment|invasion|"
    r"attacks?|debate|crisis|vote|retirement|death|arrest|elections?|appointment|departure|book|film)"
    r"(?:\s(?:to|of|with|for|on|by|at|against)(?:\s(?:the|his|her|their))?(?:\s[\w’'-]+){1,2}?)?\s+(?:in|of|from)\s+$",
    re.I,
)
#: "on the drive back to Budapest": where somebody went after it.
_LEAVING = re.compile(r"\b(?:back|home|return\w*|way|head(?:s|ed|ing)|leav(?:es|ing)|left|onwards?|next stop|(?:due|next) to \w+)\s+(?:on )?(?:to|for)\s+(?:the )?$", re.I)
#: "Monday's caucuses", "the Aug. 5 attack".
_ANOTHER_EVENT = re.compile(
    r"(?:['’]s?\s+(?:\w+\s+){0,2}?|\s+)(?:caucus(?:es)?|primar(?:y|ies)|elections?|votes?|ballot|attacks?|shootings?|bombings?|"
    r"killings?|protests?|rally|debates?|deadline|speech|hearing|ruling|verdict|announcement|decision|referendum|contests?|"
    r"match|game|funeral|strikes?|coup|march|article|story|interview|broadcast|report|statement|tweets?|arrests?|crash|"
    r"explosion|storm|defeat|victory|raid|poll|runoff|results?)\b",
    re.I,
)
#: The new day of what is put off: not the one that it was set for.
_MOVED_TO = re.compile(r"(?<!set )(?<!due )(?<!planned )(?<!scheduled )(?<!slated )(?<!fixed )\b(?:until|till|to|for)\s+(?:the )?$")
_AGREEING = re.compile(
    r"\b(?:agreed|planned|decided|pledged|vowed|offered|refused|promised|declined|threatened|proposed|announced plans|"
    r"invited \w+|asked \w+)\s+(?:late |early )?(?:on )?$"
)
_KNOWN_FOR = re.compile(
    r",\s+(?:who|which)\s+(?:\w+ly )?(?:died|resigned|retired|stepped down|dropped out|took office|won|lost|endorsed|announced|"
    r"suspended|(?:was|were|had been) (?:\w+ly )?(?:elected|born|killed|arrested|appointed|fired|sworn|convicted|released|"
    r"shot|injured|named|charged|ousted|buried))\b[^,.;]{0,40}\s$"
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


_OF_PLACES = frozenset(
    """race election elections administration government campaign time troops forces interference involvement
    ambitions border war crisis press officials policy""".split()
)
#: Verbs of one side's word on a meeting, beside those of plain report.
_DECIDING = frozenset("ruled denied denies deny rejected rejects dismissed excluded".split())


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
_AT = re.compile(
    r"\b(?:at|inside|aboard|outside|behind|on board|beside|near|backstage at|next to)\s+(?:the|an?|his|her|their|"
    r"its)\s+(?P<p>(?:[\w’'-]+\s+){0,3}?[\w’'-]+"
    r"(?:\s+(?:of|in|on|above|outside|near|overlooking|"
    r"off)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)?)(?=\s*[,.;:)]|\s+(?:on|to|for|with|and|where|in|at|after|"
    r"before|last|this|late|early|shortly|soon|just|right|earlier|later|only|yesterday|when|while|as|until|by|from|during|over|but|about|near|outside)\b)"
)
#: Heads of "at the …" that are no place: times, occasions, manners.
_NO_PLACE = re.compile(
    r"\b(?:summit|conference|forum|time|invitation|request|end|start|beginning|moment|hour|age|cost|expense|odds|risk|"
    r"meeting|talks|dinner|lunch|breakfast|weekend|point|stage|"
    r"height|heart|centre|center|behest|urging|insistence|level|rate|pace|sidelines|margins|fringes|event|ceremony|"
    r"funeral|wedding|session|launch|party|reception|gala|festival|"
    r"assembly|congress|convention|g\d+|presence|way|bid|effort|attempt|wake|run-up|course|case|hope|hopes|light|absence|"
    r"name|interest|context|face|process|works|open|past|future|"
    r"coming|next|last|first|second|morning|afternoon|evening|night|day|week|month|year|spring|summer|autumn|winter|"
    r"minutes|hours|days|weeks|months|years|latest|same|interview|statement|"
    r"speech|letter|report|article|book|campaign|election|race|vote|war|crisis|dispute|deal|treaty|region|world|country|"
    r"public|media|dark|eyes|hands|row|sign|move|step|table|matter|issue|"
    r"fight|battle|middle|midst|lead-up|aftermath|trial|case|debate|game|match|final|tournament|championship|tour|trip|"
    r"visit|line|words?|language|manner|fashion|style|mood|spirit|tone|"
    r"front|form|role|capacity|company|person|private|secret|advance|addition|return|turn|part|fact|total|back|place|"
    r"stand-?off|truce|ceasefire|group|team|couple|pair)$",
    re.I,
)
_NAMED_SPOT = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Oo]n(?= (?:Lake|Mount|Cape|Isla|Isle|the (?:\w+ )?(?:island|isle) of)\b))\s+(?:(?:the|a)\s+(?:[\w’'-]+\s+){0,3}?(?:village|town|city|district|quarter|suburb|"
    r"port|resort|hamlet|neighbou?rhood|province|county|valley|municipality|commune|parish|island|isle|region|settlement|enclave)\s+of\s+)?"
    r"([A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+){0,2})(?=[\s,.;:)])"
)
_CAPITAL = re.compile(r"\b[Ii]n (?:the|his|her|their) (?P<p>(?P<c>[A-Z]\w+(?: [A-Z]\w+)?) capital)\b(?! of|,? [A-Z])")
_IN_NAME = re.compile(r"\bin ([A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+){0,2})(?=[\s,.;:)])")


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
        return [m for m in found if not m.text.endswith((" after", " before")) and not self._in_a_dateline(m.start)]

    def _in_a_dateline(self, start: int) -> bool:
        return any(first <= start < last for first, last in self._dateline_spans)

    def places_in(self, number: int) -> list[PlaceMention]:
        """The places of sentence ``number``."""
        span = self.document.sentences[number].span
        first = bisect_left(self.places, span.start, key=lambda m: m.start)
        return list(takewhile(lambda m: m.start < span.end, self.places[first : first + 100]))

    def is_located(self, mention: PlaceMention) -> bool:
        """Whether something is said to be there, rather than the place to belong to somebody or to something else."""
        before = self.text[max(0, mention.start - 48) : mention.start]
        return self._located(before, mention) and not self._of_the_person(before) and not self._belongs(mention)

    def is_its_own(self, mention: PlaceMention) -> bool:
        """ "its factory": the place of a firm, not of a meeting."""
        return mention.text.startswith("its ") or self.text[max(0, mention.start - 4) : mention.start] == "its "

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
        breaks = list(_BREAK.finditer(self.text, left, right)) or list(re.finditer(r"\sand\s", self.text[left:right]))
        if not breaks:
            return right
        end = breaks[-1].end()
        return end if breaks[-1].re is _BREAK else left + end

    def date_of(self, event: EventMention, clause: tuple[int, int]) -> DateMention | None:
        """The date that the clause gives for the meeting, not that of its being reported; the nearest behind, then
        before."""
        span = self.document.sentences[event.sentence].span
        inside = [m for m in self.dates_in(event.sentence) if clause[0] <= m.start < clause[1]]
        moved = any(status == "postponed" for status, _ in event.claims)
        fits = [m for m in inside if not self.of_the_report(m) and not self.modifies(m)]
        if not fits:
            return None

        def rank(m: DateMention) -> tuple[int, int]:
            distance = m.start - event.end if m.start >= event.end else event.start - m.end
            exact = 0 if m.granularity == "day" else 30 if m.edtf else 60
            if moved and _MOVED_TO.search(self.text[max(0, m.start - 24) : m.start]):
                return -1000, m.start
            if m.text.endswith((" after", " before")) and m.end <= event.start:
                return 500, m.start  # "five days after they met": the day of something else
            if (
                m.end <= event.start - 30
                and event.form == "noun"
                and not any(s not in ("assumed", "wish") for s, _ in event.claims)
            ):
                return 500, m.start  # "On Saturday, rather than speak of the meeting, he …"
            crossed = 50 * len(_BREAK.findall(self.text[min(m.end, event.end) : max(m.start, event.start)]))
            return distance + exact + crossed, m.start

        best = min(fits, key=rank)
        return best if rank(best)[0] < 200 and span.start <= best.start else None

    def of_the_report(self, mention: DateMention) -> bool:
        """Whether it is the day of somebody's words: "said on Tuesday", "On Sunday the spokesman said"."""
        before = self.text[max(0, mention.start - 50) : mention.start]
        if re.search(r"(?:^|[.!?\n”\"]\s*)(?:On |Late on |Early on |Earlier on |)$", before) and re.match(
            r",?\s+(?:[A-Z][\w.’'-]*|the|an?|his|her)\s(?:[\w’'.-]+\s){0,6}?(?:had |has )?(?:said|says|told|announced|"
            r"confirmed|wrote|tweeted|denied|ruled out|insisted|suggested)\b",
            self.text[mention.end : mention.end + 70],
        ):
            return True
        if _AGREEING.search(before) and re.match(r"\s+(?:not )?to\b", self.text[mention.end : mention.end + 10]):
            return True  # "agreed on Saturday to meet"
        if _REPORTS.match(self.text[mention.end : mention.end + 30]):
            return True  # "the army on Thursday denied that …"
        return _REPORTED_ON.search(before) is not None

    def is_anothers(self, mention: DateMention) -> bool:
        """ "Schlafly, who died Monday": the day of what somebody is known for."""
        return _KNOWN_FOR.search(self.text[max(0, mention.start - 60) : mention.start]) is not None

    def modifies(self, mention: DateMention) -> bool:
        """ "the 2016 election", "last year's race": a date of something else."""
        after = self.text[mention.end : mention.end + 40]
        if mention.granularity in ("year", "month", "season") and re.match(
            r"['’]s?\s+(?!meeting|talks|summit|sit|call|encounter|dinner|session|visit)\w", after
        ):
            return True
        if self.is_anothers(mention) or (mention.granularity == "day" and _ANOTHER_EVENT.match(after)):
            return True
        before = self.text[max(0, mention.start - 60) : mention.start]
        if _LENGTH_OF_TIME.search(before) and re.match(r"(?:last|past|coming|next)\b", mention.text, re.I):
            return True
        if mention.granularity in ("year", "month", "season") and _OF_ANOTHER.search(before):
            return True
        before = before[-30:]
        return bool(
            re.search(
                r"\b(?:since|until|from|elected|born|election (?:of|in)|war (?:of|in)|annexed?\b.*|by|due to end|after "
                r"the|in the)\s+(?:on |in )?$",
                before,
            )
        ) and mention.granularity in ("year", "month")

    def place_of(self, event: EventMention, clause: tuple[int, int]) -> list[PlaceMention]:
        """The places of the clause that stand behind a preposition of place, nearest first, those that belong together
        joined."""
        found = []
        for m in self.places_in(event.sentence):
            if not (clause[0] <= m.start < clause[1]) or any(spot.start <= m.start < spot.end for spot in event.spots):
                continue
            before = self.text[max(0, m.start - 48) : m.start]
            told = self._located(before, m) or self._where(m, event)
            if not told or self._of_the_person(before) or self._belongs(m):
                continue
            distance = m.start - event.end if m.start >= event.end else event.start - m.end + 15
            found.append(
                (distance + 40 * len(_BREAK.findall(self.text[min(m.end, event.end) : max(m.start, event.start)])), m)
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
        lead = re.search(r"\b(?:[Tt]he|their|these|those|\w+day['’]s)\s+(?:\w+\s+)?$", self.text[max(0, mention.start - 30) : mention.start])
        return event.form == "noun" and lead is not None and re.fullmatch(r"\s+(?:peace\s+)?", between) is not None

    def together(self, best: PlaceMention, number: int) -> list[PlaceMention]:
        """A place with those of its sentence that belong to it: "a hotel in Santiago", "Danang, Vietnam"."""
        more = _IN_NAME.match(self.text, best.end + 1) if best.kind == "venue" and not best.text[0].isupper() else None
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
        hits = list(_NAMED_SPOT.finditer(self.text, *clause))
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
        for hit in _CAPITAL.finditer(self.text, *clause):
            if abs(hit.start() - event.end) < 110:
                return [PlaceMention(hit.start("p"), hit.end("p"), hit["p"], "venue", country_code(hit["c"]))]
        return []

    def _some_place(self, event: EventMention, clause: tuple[int, int]) -> list[PlaceMention]:
        """A place told by its preposition alone: "aboard a yacht", "at a private clinic outside Zug", "behind the stage"."""
        for hit in _AT.finditer(self.text, event.end, clause[1]):
            if hit.start() - event.end < 90 and not _NO_PLACE.search(hit["p"]):
                return [PlaceMention(hit.start("p"), hit.end("p"), hit["p"], "venue", None)]
        return []

    def _located(self, before: str, mention: PlaceMention) -> bool:
        return bool(
            re.search(
                r"\b(?:in|at|inside|near|outside|on|into)\s+(?:(?:the|his|her|their|a|an|"
                r"its)\s+)?(?:(?!(?:between|with|to|from|for|by|over|about|against|among|and)\s)[\w’'-]+\s+){0,3}?(?:(?:city|town|capital|resort|village|port|island|state|province|region|"
                r"suburb|city-state|emirate|kingdom|residence|palace|retreat),?\s+(?:city\s+)?(?:of\s+)?)?$",
                before,
            )
            or (
                not re.search(r"\baccording to\s+(?:the )?$", before)
                and not _LEAVING.search(before)
                and re.search(r"\b(?:to|visit\w*|arriv\w+ in|travel\w* to|flew to|trip to)\s+(?:the )?$", before)
                and mention.kind in ("city", "capital", "country", "venue")
            )
        )

    def _belongs(self, mention: PlaceMention) -> bool:
        """ "the White House race", "a Kremlin spokesman": the place only describes what follows."""
        role = re.match(r" ([A-Z][a-z]+)", self.text[mention.end : mention.end + 24])
        if role is not None and (role[1].lower() in lex.ROLES or role[1].lower() in lex.ROLE_MODIFIERS):
            return True
        after = re.match(r"(?:['’]s)?\s+([a-z]+)|['’]s?\s", self.text[mention.end : mention.end + 24])
        return after is not None and (
            after[1] is None
            or after[1] in lex.ROLES
            or after[1] in lex.GROUPS
            or after[1] in lex.ROLE_MODIFIERS
            or after[1] in _OF_PLACES
            or after.group().startswith(("'s", "’s"))
        )

    def _of_the_person(self, before: str) -> bool:
        """ "the war in Syria", "elections in Ukraine": where something else is."""
        return bool(
            re.search(
                r"\b(?:war|conflict|crisis|crises|elections?|troops|situation|fighting|violence|peace|forces|ceasefire|"
                r"cease-fire|truce|soldiers|missiles?|protests?|coup|attacks?|bases?|hostages?|embassy|ambassador|"
                r"interests|operations?|influence|investments?|de-escalation|areas?|ambassadors?|rights|democracy|unrest|uprising|results?|voters?|caucuses|primary|"
                r"primaries|shootings?|massacre|victory|win|loss|campaign|rally|polls?|delegates?|contests?|supporters|"
                r"Democrats|Republicans|candidates?|refugees|clashes|earthquake|floods?|prison|jail|"
                r"interference|bombing|airstrikes?|born|office|leader|oil|companies|factories|plants?|media|people|"
                r"areas)\s+(?:now |currently )?in\s+(?:\w+\s+)?(?:and )?$",
                before,
            )
        )

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
        published, days = parse_day(self.document.article.published), bounds(date.edtf if date else None)
        return published is not None and days is not None and days[0] > published

    def is_over(self, date: DateMention | None) -> bool:
        """Whether a day (or a longer time) lies wholly before the day of publication."""
        published, days = parse_day(self.document.article.published), bounds(date.edtf if date else None)
        return published is not None and days is not None and days[1] < published

    def is_not_to_come(self, date: DateMention) -> bool:
        """Whether a day may be one that has been."""
        return not self.is_to_come(date)

    def is_not_past(self, date: DateMention) -> bool:
        """Whether a day lies not before the day of publication."""
        published, days = parse_day(self.document.article.published), bounds(date.edtf)
        return published is None or days is None or days[0] >= published

    def in_marks(self, start: int) -> bool:
        """Whether ``start`` lies in somebody's own words."""
        quotation = self.speaker_at(start)
        return quotation is not None and quotation.kind != "indirect"

    def speaker_at(self, start: int) -> Quotation | None:
        """The quotation with a speaker that covers ``start``; the innermost."""
        last = bisect_right(self._spoken, start, key=lambda item: item[0])
        covering = [q for begin, end, q in self._spoken[max(0, last - 40) : last] if begin <= start < end]
        return min(covering, key=lambda q: q.spans[-1].end - q.spans[0].start, default=None)


def claimant(facts: Facts, event: EventMention, items: Sequence[Item]) -> str | None:
    """Who says what is said of the meeting at ``event``; None: the article in its own voice."""
    quotation = facts.speaker_at(event.start)
    if quotation is not None and quotation.speaker is not None and quotation.kind != "indirect":
        return _fullest(facts.cast, quotation.speaker.name)
    at = next((i for i, item in enumerate(items) if item.end > event.start), len(items))
    for j in range(at - 1, -1, -1):
        reports = items[j].low in lex.REPORTING or items[j].low in _DECIDING
        if reports and items[j].mention is None and (items[j].start < event.subject_start + 1 or event.form == "noun"):
            by = _subject_before(facts.cast, items, j)
            if by is not None:
                return by
    for j, item in enumerate(items):
        if item.low == "according" and j + 2 < len(items) and items[j + 1].low == "to":
            who = next((x for x in items[j + 2 : j + 6] if x.mention is not None), None)
            if who is not None and who.mention is not None:
                return _name(facts.cast, who)
            return _plain_source(facts.text, items, j + 2)
    if quotation is not None and quotation.speaker is not None:
        return _fullest(facts.cast, quotation.speaker.name)
    return _trailing(facts, items, at) or _some_source(facts, event)


def _trailing(facts: Facts, items: Sequence[Item], at: int) -> str | None:
    """ "…, US officials say." """
    for j in range(len(items) - 1, at, -1):
        closes = items[j].low in lex.REPORTING and items[j].mention is None and j + 4 >= len(items)
        if closes and j >= 2 and items[j - 1].mention is not None and items[j - 2].low in (",", '"', "”", "’"):
            return _name(facts.cast, items[j - 1])
    for j in range(at + 1, len(items) - 1):
        if (
            items[j].low in (",",)
            and items[j + 1].mention is not None
            and j + 2 < len(items)
            and items[j + 2].low in ("said", "says", "say", "added")
        ):
            return _name(facts.cast, items[j + 1])
    return None


def _some_source(facts: Facts, event: EventMention) -> str | None:
    """ "…, two people familiar with the matter said."."""
    span = facts.document.sentences[event.sentence].span
    hit = _SOME_SOURCE.search(facts.text, event.end, span.end)
    return hit["by"] if hit is not None else None


_SOME_SOURCE = re.compile(
    r",\s+(?P<by>(?:[\w’'-]+\s){0,3}?(?:people|persons?|sources?|officials?|aides?|witnesses|diplomats?|insiders?|advis[eo]rs|"
    r"staffers|residents|villagers|lawmakers|reports|media|newspapers?|broadcaster|daily|magazine|agency)"
    r"(?:\s(?!said|say|told|claim|report)[\w’'-]+){0,7})\s+(?:have |has )?(?:said|say|says|told|claim(?:ed)?|report(?:ed)?)\b"
)


def _subject_before(cast: Cast, items: Sequence[Item], verb: int) -> str | None:
    for k in range(verb - 1, max(-1, verb - 9), -1):
        item = items[k]
        if (
            item.mention is not None
            and item.mention.entities
            and not (k and items[k - 1].low in lex.PREPOSITIONS)
            and not item.mention.possessive
        ):
            return _name(cast, item)
        if item.low in (";", ".", "that"):
            return None
    return None


def _plain_source(text: str, items: Sequence[Item], j: int) -> str | None:
    end = j
    while end < len(items) and items[end].low not in (",", ".", ";", "who", "with", "that", "”", '"', "and") and end - j < 5:
        end += 1
    return text[items[j].start : items[end - 1].end] if end > j else None


def _name(cast: Cast, item: Item) -> str | None:
    if item.mention is None:
        return None
    if item.mention.kind in ("group", "place"):
        return item.mention.text
    if len(item.mention.entities) == 1:
        return cast.entities[item.mention.entities[0]].name
    return item.mention.text


def _fullest(cast: Cast, name: str) -> str:
    found = cast.by_alias(name) if len(name.split()) == 1 else None
    return cast.entities[found].name if found is not None and cast.entities[found].kind == "person" else name


def spans_of(text: str, pairs: Sequence[tuple[int, int]]) -> list[Span]:
    """Spans of ``text`` for offset pairs."""
    return [Span.of(text, a, b) for a, b in pairs]
