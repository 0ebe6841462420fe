"""Whose day a date is: the meeting's, that of somebody's words on it, or that of something else."""

from __future__ import annotations

import re

from service.language.dates import DateMention

_REPORTED_ON = re.compile(
    r"\b(?:said|says|told (?!of\b)\w+(?: \w+)?|announced|confirmed|reported|wrote|tweeted|added|acknowledged|"
    r"revealed|stated|"
    r"spoke to reporters|statement|interview|asked|denied|claimed|insisted|suggested|disclosed|hinted|ruled out|"
    r"warned)\s+(?:(?:by (?:tele)?phone|by e-?mail|in an? (?:[\w-]+ ){0,3}?(?:interview|statement|speech|tweet|message|"
    r"e-?mail|briefing|post)|at an? (?:[\w-]+ ){0,2}?(?:briefing|conference)|(?:to )?reporters|to \w+)\s+)?"
    r"(?:late |early |earlier |later )?(?:on |in |that )?$",
    re.I,
)
#: "… on Thursday denied": the day of the words.
_REPORTS = re.compile(
    r",?\s+(?:again |also |flatly |strongly |publicly )?(?:said|denied|announced|confirmed|rejected|dismissed|"
    r"accused|insisted|"
    r"ruled out|acknowledged|admitted|declared|warned|claimed|reported|urged|called (?:for|on)|condemned|criticized|"
    r"criticised)\b"
)
#: "spent the last year", "over the past month": a length, no date.
_LENGTH_OF_TIME = re.compile(
    r"\b(?:the|these|those|(?:spent|over|within|throughout|during|for) (?:his|her|their|its))\s+$", re.I
)
#: "the trip to Geneva in 1985", "the deal of May": the date of what stands right before it.
_OF_ANOTHER = re.compile(
    r"\b(?:trip|visit|speech|deal|agreement|treaty|accord|race|campaign|book|letter|bid|report|indictment|invasion|"
    r"attacks?|debate|crisis|vote|retirement|death|arrest|elections?|appointment|departure|book|film)"
    r"(?:\s(?:to|of|with|for|on|by|at|against)(?:\s(?:the|his|her|their))?(?:\s[\w’'-]+){1,2}?)?\s+(?:in|of|from)\s+$",
    re.I,
)
#: "Monday's caucuses", "the Aug. 5 attack".
_ANOTHER_EVENT = re.compile(
    r"(?:['’]s?\s+(?:\w+\s+){0,2}?|\s+)(?:caucus(?:es)?|primar(?:y|ies)|elections?|votes?|ballot|attacks?|"
    r"shootings?|bombings?|"
    r"killings?|protests?|rally|debates?|deadline|speech|hearing|ruling|verdict|announcement|decision|referendum|contests?|"
    r"match|game|funeral|strikes?|coup|march|article|story|interview|broadcast|report|statement|tweets?|arrests?|crash|"
    r"explosion|storm|defeat|victory|raid|poll|runoff|results?)\b",
    re.I,
)
_AGREEING = re.compile(
    r"\b(?:agreed|planned|decided|pledged|vowed|offered|refused|promised|declined|threatened|proposed|announced plans|"
    r"invited \w+|asked \w+)\s+(?:late |early )?(?:on )?$"
)
_KNOWN_FOR = re.compile(
    r",\s+(?:who|which)\s+(?:\w+ly )?(?:died|resigned|retired|stepped down|dropped out|took office|won|lost|"
    r"endorsed|announced|"
    r"suspended|(?:was|were|had been) (?:\w+ly )?(?:elected|born|killed|arrested|appointed|fired|sworn|convicted|released|"
    r"shot|injured|named|charged|ousted|buried))\b[^,.;]{0,40}\s$"
)


#: "a ceasefire to take effect at noon on July 9".
_IN_FORCE = re.compile(
    r"\b(?:tak(?:e|es|ing)|took) effect\b[^.;]{0,40}$"
    r"|\b(?:c[oa]me|comes|coming|enter\w*) into (?:force|effect)\b[^.;]{0,40}$"
)


def of_the_report(text: str, mention: DateMention) -> bool:
    """Whether it is the day of somebody's words: "said on Tuesday", "On Sunday the spokesman said"."""
    before = text[max(0, mention.start - 50) : mention.start]
    if re.search(r"(?:^|[.!?\n”\"]\s*)(?:On |Late on |Early on |Earlier on |)$", before) and re.match(
        r",?\s+(?:[A-Z][\w.’'-]*|the|an?|his|her)\s(?:[\w’'.-]+\s){0,6}?(?:had |has )?(?:said|says|told|announced|"
        r"confirmed|wrote|tweeted|denied|ruled out|insisted|suggested)\b",
        text[mention.end : mention.end + 70],
    ):
        return True
    if _AGREEING.search(before) and re.match(r"\s+(?:not )?to\b", text[mention.end : mention.end + 10]):
        return True  # "agreed on Saturday to meet"
    if _REPORTS.match(text[mention.end : mention.end + 30]):
        return True  # "the army on Thursday denied that …"
    return _REPORTED_ON.search(before) is not None


def is_anothers(text: str, mention: DateMention) -> bool:
    """ "Schlafly, who died Monday": the day of what somebody is known for."""
    before = text[max(0, mention.start - 60) : mention.start]
    return _KNOWN_FOR.search(before) is not None or _IN_FORCE.search(before) is not None


def modifies(text: str, mention: DateMention) -> bool:
    """ "the 2016 election", "last year's race": a date of something else."""
    after = text[mention.end : mention.end + 40]
    if mention.granularity in ("year", "month", "season") and re.match(
        r"['’]s?\s+(?!meeting|talks|summit|sit|call|encounter|dinner|session|visit)\w", after
    ):
        return True
    if is_anothers(text, mention) or (mention.granularity == "day" and _ANOTHER_EVENT.match(after)):
        return True
    before = text[max(0, mention.start - 60) : mention.start]
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
