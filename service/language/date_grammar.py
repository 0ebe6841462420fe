"""The shapes of dates in news, as one regular expression with a named group for each shape; ``dates`` reads what is
found."""

from __future__ import annotations

import re

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?|(?:JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|"
    r"DEC)\b\.?)"
)
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\b\.?(?=,?\s+\d|,?\s+[A-Z][a-z]{2}\b))"
)
YEAR = r"(?:19|20)\d\d"
NUMBER = r"(?:a couple of|an?|\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|couple|dozen)"
UNIT = r"(?:day|week|month|year|fortnight)s?"
_PART = r"(?:morning|afternoon|evening|night|lunchtime|noon|midday)"
_DASH = r"\s?[-–—]\s?"
#: The year of another date: "in April of the same year".
OTHER_YEAR = r"(?:of\s+)?(?:that|the\s+same|the\s+(?:following|next|previous))\s+year"
_OR_YEAR = rf"(?:,?\s+{YEAR}\b|\s+{OTHER_YEAR}\b)?"
#: "the twenty-first", in words.
ORDINALS = {
    word: day
    for day, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
        "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first".split(),
        1,
    )
}
_ORDINAL = rf"(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"

_SPAN = (
    rf"\b{MONTH}\s+{DAY}(?:{_DASH}|\s+(?:to|and|through|until)\s+){DAY}\b{_OR_YEAR}"
    rf"|\b{DAY}(?:{_DASH}|\s+(?:to|and|until|through)\s+){DAY}\s+{MONTH}\b\.?{_OR_YEAR}"
)
_FULL = (
    rf"(?:\b{WEEKDAY},?\s+(?:the\s+)?)?(?:\b{MONTH}\s+(?:the\s+)?{DAY}\b(?!\s?%|,\d{{3}}|\.\d){_OR_YEAR}"
    rf"|\b{DAY}(?:\s+of)?\s+{MONTH}(?!\w){_OR_YEAR}|\bthe\s+{_ORDINAL}\s+of\s+{MONTH}(?!\w){_OR_YEAR}"
    rf"|\b{MONTH},?\s+the\s+{DAY}\b)"
)
#: "from Tuesday to Thursday", "from Monday until yesterday".
_DAYS = rf"\b[Ff]rom\s+{WEEKDAY}\s+(?:to|until|till|through)\s+(?:{WEEKDAY}|yesterday|today)\b"
#: "the first week of April", "the last weekend of May".
_PART_OF_MONTH = (
    rf"\bthe\s+(?:first|second|third|fourth|last)\s+(?:full\s+)?week(?:end)?\s+(?:of|in)\s+{MONTH}(?!\w){_OR_YEAR}"
)
_DAY_OF_MONTH = (
    rf"(?:(?P<dw>\b{WEEKDAY},?\s+the\s+)|(?<=\bon )the\s+|(?<=\bOn )the\s+|(?<=\bof )the\s+|(?<=\buntil )the\s+|(?<=\bnot "
    rf")the\s+)"
    rf"(?P<dn>[12]?\d|3[01])(?:st|nd|rd|th)\b(?!\s+(?:of\s+)?{MONTH})"
    r"(?!\s+(?:century|floor|anniversary|district|round|time|annual|amendment|"
    r"edition|summit"
    r"|session|hole|birthday|grade|congress|parallel|street|avenue|place|day|week|month|year|president|minute)|-)"
)
_AFTER = (
    rf"\b{NUMBER}\s+{UNIT}\s+(?:later|earlier|after(?:wards?)?|before(?:hand)?|previously|prior)\b"
    r"|\bthe\s+(?:following|next|previous|preceding|same)\s+(?:day|morning|afternoon|evening|night|week|month|year|"
    r"weekend)\b"
    r"|\b(?:that|the\s+same|this\s+same|the\s+very\s+same)\s+(?:same\s+)?(?:day|evening|afternoon|morning|night)\b"
    r"|\bthe\s+(?:day|week|month|year|night|evening|morning|afternoon)\s+(?:after|before)\b|\bnext\s+day\b"
    rf"|\b(?:the\s+(?:following|next|previous|preceding)|that)\s+{WEEKDAY}\b|\bthe\s+{WEEKDAY}\s+(?:after|before)\b"
    r"|\bthe\s+eve\s+of\s+(?:(?:the|that|this|an?|his|her|their)\s+)?(?:[\w'’.-]+\s+){0,3}?(?:summit|talks|meeting|visit|conference|"
    r"forum"
    r"|elections?|vote|anniversary|trip|assembly|ceremony|inauguration|gathering)\b"
)
_FEAST = (
    r"\b(?:New Year['’]s (?:Eve|Day)|Christmas (?:Eve|Day)|Boxing Day|May Day|(?:St\.? |Saint )?Valentine['’]s Day|"
    r"St\.? Patrick['’]s Day|Bastille Day|Halloween|All Saints['’] Day)\b"
)
_HENCE = (
    rf"\bin\s+(?:about\s+|around\s+)?{NUMBER}\s+{UNIT}(?:['’]s?\s+time)?\b(?!\s+(?:of|that|as|to))|"
    rf"\b{NUMBER}\s+{UNIT}\s+from\s+now\b"
)
_WEEKDAYS = (
    r"\b(?:(?i:early|late|earlier|later)\s+)?(?:(?i:last|next|this coming|this past|this|coming|past)\s+)?"
    rf"{WEEKDAY}(?:\s+(?:(?:of\s+)?(?:last|this|next)\s+week|last|next(?!\s+(?:to|door)\b)|week))?(?:\s+{_PART})?(?!\w)"
    rf"|\b(?i:two|three|four)\s+{WEEKDAY}s\s+ago\b|\b(?i:a\s+week\s+(?:on|from|ago(?:\s+last)?))\s+{WEEKDAY}\b"
)
_NEAR = (
    rf"\b(?:earlier|later)\s+(?:today|tonight)\b|\b(?:today|tonight|yesterday|tomorrow|overnight|last night|this "
    rf"{_PART})(?:\s+{_PART})?\b"
    r"|(?<=\bat )lunchtime\b|\b(?:earlier|later) in the day\b|\bthe day before yesterday\b|\bthe day after tomorrow\b"
)
_UNITS = (
    r"\b(?:(?:early|earlier|late|later|mid|(?:at )?the end of|end of|the start of|the beginning of|back)[\s-]+)?"
    rf"(?:in\s+)?(?:this|last|next|the coming|the past|this past)\s+(?:week(?:end)?|month|year|{_SEASON}|fortnight)\b"
    r"(?!\w|['’]s\s+(?:end|time))|\b(?:earlier|later) in the (?:week|month|year)\b"
    r"|\bthe (?:end|start|beginning) of the (?:week|month|year)\b"
    r"|\bthe (?:coming|next few) (?:days|weeks|months)\b|\b(?:at|over|during) the weekend\b"
)
_SEASONS = (
    rf"\b(?:the\s+)?{_SEASON}\s+(?:of\s+)?{YEAR}\b"
    rf"|\b(?:the|in|this|last|next|until|by|early|late)\s+(?:the\s+)?(?:spring|summer|autumn|"
    rf"winter)\b(?!\s+(?:of\s+)?{YEAR})"
)
_MONTHS = (
    r"\b(?:(?i:early|late|mid|last|next|this|the end of|the start of|early in|late in)[\s-]+)?"
    rf"{MONTH}(?!\w)(?:,?\s+(?:of\s+)?{YEAR}\b|\s+(?:of\s+)?(?:last|this|next) year\b|\s+{OTHER_YEAR}\b)?"
)
_YEARS = (
    r"\b(?:(?i:the)\s+)?(?:(?i:early|late|mid)[\s-]+)?(?:19|20)\d0s\b|"
    rf"\b(?i:in|since|during|of|back in|by|from|until|early|late|mid|before|after)[\s-]+{YEAR}\b(?!\s*(?:[-–]|[a-z]+s\b))"
)

#: How every date begins; looked at first, because most words begin none.
_START = (
    r"(?i:\d|from\b|lunch|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|spring|summer|autumn|"
    r"fall|winter|today|tonight"
    r"|tomorrow|yesterday|overnight|earl|late|last|next|this|coming|past|the\b|that\b|in\b|mid|end\b|at\b|"
    r"over\b|during\b|since\b|of\b"
    r"|new year|christmas|boxing|st\b|saint|valentine|bastille|hallow|all saints|back\b|by\b|from\b|until\b|"
    r"before\b|after\b|an?\b|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|couple|dozen"
    r"|several|few)"
)
#: Tried in this order at every place; the names are those of the readers in ``dates``.
DATES = re.compile(
    rf"\b(?={_START})(?:(?P<iso>\b{YEAR}-\d\d-\d\d(?=\b|T\d))|(?P<numeric>\b\d{{1,2}}[/.]\d{{1,2}}[/.](?:{YEAR}|"
    rf"\d\d)\b)|(?P<span>{_SPAN})|(?P<days>{_DAYS})|(?P<part>{_PART_OF_MONTH})|"
    rf"(?P<full>{_FULL})"
    rf"|(?P<feast>{_FEAST})|(?P<ordinal>{_DAY_OF_MONTH})|(?P<ago>(?i:\b(?:{NUMBER}|several|few|"
    rf"a few)\s+{UNIT}\s+(?:ago|back)\b))"
    rf"|(?P<after>(?i:{_AFTER}))|(?P<hence>(?i:{_HENCE}))|(?P<weekday>{_WEEKDAYS})|(?P<near>(?i:{_NEAR}))|"
    rf"(?P<unit>(?i:{_UNITS}))"
    rf"|(?P<season>(?i:{_SEASONS}))|(?P<month>{_MONTHS})|(?P<year>{_YEARS}))"
)

#: Words that look forward, and words that look back, in the clause round a date.
FUTURE = re.compile(
    r"\b(?:will|would|shall|won['’]t|is to|are to|was to|were to|due|set to|scheduled|expected|plans?|planned|planning|"
    r"upcoming|(?<!was )(?<!were )coming|next|(?:meant|supposed|intended) to"
    r"|hopes?|intends?|likely to|going to|agreed to|wants? to|ahead of|until|postponed|postpone|rescheduled|moved|pushed|"
    r"put off|put back"
    r"|foreseen|begins?|starts?|opens?|prepar\w+|can|could|may|might|should|invited|slated|arrives?|travels?|flies|visits|"
    r"heads?)\b|['’]ll\b"
    r"|\b(?:is|are|['’]re) (?:now |also )?(?:meeting|holding|hosting|visiting|travell?ing|flying|heading|seeing|attending|"
    r"receiving|welcoming|leaving|arriving|returning|on|for)\b|\bset for\b|\bleaves for\b"
    r"|\bto (?:meet|hold|visit|host|travel|attend|discuss|sit|take place|go ahead|be held|receive|welcome|open|begin|"
    r"start|resume|fly|talk"
    r"|speak|return)\b",
    re.I,
)
PAST = re.compile(
    r"\b(?:was|were|had|did|said|told|met|held|spoke|took|came|went|made|gave|sat|shook|began|ran|flew|wrote|left|after|"
    r"following|since"
    r"|spent|drew|broke|[a-z]{2,}ed)\b",
    re.I,
)
#: "was scheduled for", "is expected to be held": the participle is past only in form.
SCHEDULED = re.compile(
    r"\b(?:scheduled|due|planned|expected|slated|postponed|set|foreseen|put off|put back|"
    r"moved (?:to|from|back|forward)|pushed(?: back)?|delayed|deferred|"
    r"rescheduled|adjourned|brought forward|to be \w+|will be \w+|to "
    r"have \w+|was to \w+"
    r"|were to \w+)\b[^,]{0,40}$"
)
#: "Friday's talks were called off", "pulled out of Friday's talks": a day that was to come.
CALLED_OFF = re.compile(
    r"['’]s?\s+(?:\w+\s+){0,3}?(?:meeting|talks|summit|session|visit|encounter|call|dinner|lunch|conversation)\b[^.;]{0,60}?"
    r"\b(?:called off|cancell?ed|postponed|scrapped|axed|put off|delayed|shelved|in doubt)\b",
    re.I,
)
GIVING_UP = re.compile(
    r"\b(?:(?:appointment|meeting|talks|session|date|summit)\s+(?:(?:now )?(?:set|fixed|due) )?for|"
    r"call(?:ed|s|ing) off|cancel\w*|postpon\w+|scrap\w*|pull(?:ed|s|ing) out of|skip\w*|boycott\w*|withdr\w+ from|"
    r"ahead of|prepar\w+ for|look\w* forward to|back(?:ed|s|ing) out of)\s+(?:a |the |his |her |their )?$",
    re.I,
)
#: "would be called", "to be held": the participle is no past.
TO_BE_DONE = re.compile(
    r"\b((?:will|would|shall|should|may|might|can|could|must|to)\s+(?:not\s+|also\s+|now\s+)?(?:be|have|get)(?:\s+been)?)"
    r"\s+(?:\w+ly\s+)?\w+(?:ed|en|ld|de|ght|nt|et|ut|wn)\b",
    re.I,
)
#: ", and on Friday at nine they are to …": what follows tells.
OPENING = re.compile(
    r"(?:,\s+(?:and|but|while|then)|^)\s*[\"“”'’]*(?:(?:on|late|early|by|in|at|the|last|next|this)\s+){0,2}$", re.I
)
STOP = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bGen)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\b[A-Z])[.!?]\s|\n|;"
)

#: A line of the page that gives the day of publication, and the head of a dateline.
FURNITURE_DATE = re.compile(
    r"(?im)^.{0,60}?\b(?:first\s+published|published(?:\s+on)?|last\s+updated|updated(?:\s+on)?|posted(?:\s+on)?|date|"
    r"issued|released)"
    r"\b\s*:?\s*(.{4,40})$"
)
DATELINE = re.compile(
    r"(?m)^[^\n]{0,60}?\b[A-Z]{3,}[^\n]{0,50}?[-–—]{1,2}\s"
    rf"|^[A-Z]{{3,}}[A-Z .,'-]*\s+(?:{MONTH}\s+{DAY}|{DAY}\s+{MONTH}),?\s+{YEAR}[.:]\s"
    r"|^[^\n]{0,90}?\((?:Reuters|AP|AFP|Xinhua|TASS|UPI|dpa|PA|ANSA|EFE|Kyodo|Yonhap)\)"
)
FULL_DATE = re.compile(
    rf"(?P<m>{MONTH})\s+(?P<d>{DAY}),?\s+(?P<y>{YEAR})|(?P<d2>{DAY})\s+(?P<m2>{MONTH}),?\s+(?P<y2>{YEAR})|"
    rf"(?P<iso>{YEAR}-\d\d-\d\d)"
)
#: A day without its year, as datelines have it.
DAY_IN_DATELINE = re.compile(
    rf"\b(?:(?P<m>{MONTH})\s+(?P<d>{DAY})\b|(?P<d2>{DAY})\s+(?P<m2>{MONTH})\b)(?:,?\s+(?P<y>{YEAR}))?", re.I
)
