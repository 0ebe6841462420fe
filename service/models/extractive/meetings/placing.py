"""Whether a place named in a sentence is where something is said to be, and places that no gazetteer knows."""

from __future__ import annotations

import re

from service.language.places import PlaceMention
from service.models.extractive.meetings import lexicon as lex

_OF_PLACES = frozenset(
    """race election elections administration government campaign time troops forces interference involvement
    ambitions border war crisis press officials policy""".split()
)
#: "on the drive back to Budapest": where somebody went after it.
_LEAVING = re.compile(r"\b(?:back|home|way|onwards?|next stop)\s+(?:on )?to\s+(?:the )?$", re.I)
AT = re.compile(
    r"\b(?:at|inside|aboard|outside|behind|on board|beside|near|backstage at|next to)\s+(?:the|an?|his|her|their|"
    r"its)\s+(?P<p>(?:[\w’'-]+\s+){0,3}?[\w’'-]+"
    r"(?:\s+(?:of|in|on|above|outside|near|overlooking|"
    r"off)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*)?)(?=\s*[,.;:)]|\s+(?:on|to|for|with|and|where|in|at|after|"
    r"before|last|this|late|early|shortly|soon|just|right|earlier|later|only|yesterday|when|while|as|until|by|"
    r"from|during|over|but|about|near|outside)\b)"
)
#: Heads of "at the …" that are no place: times, occasions, manners.
NO_PLACE = re.compile(
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
NAMED_SPOT = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Oo]n(?= (?:Lake|Mount|Cape|Isla|Isle|the (?:\w+ )?(?:island|"
    r"isle) of)\b))\s+(?:(?:the|a)\s+(?:[\w’'-]+\s+){0,3}?(?:village|town|city|district|quarter|suburb|"
    r"port|resort|hamlet|neighbou?rhood|province|county|valley|municipality|commune|parish|island|isle|region|"
    r"settlement|enclave)\s+of\s+)?"
    r"([A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+){0,2})(?=[\s,.;:)])"
)
CAPITAL = re.compile(r"\b[Ii]n (?:the|his|her|their) (?P<p>(?P<c>[A-Z]\w+(?: [A-Z]\w+)?) capital)\b(?! of|,? [A-Z])")
IN_NAME = re.compile(r"\bin ([A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+){0,2})(?=[\s,.;:)])")


def located(before: str, mention: PlaceMention) -> bool:
    return bool(
        re.search(
            r"\b(?:in|at|inside|near|outside|on|into)\s+(?:(?:the|his|her|their|a|an|"
            r"its)\s+)?(?:(?!(?:between|with|to|from|for|by|over|about|against|among|"
            r"and)\s)[\w’'-]+\s+){0,3}?(?:(?:city|town|capital|resort|village|port|island|state|province|region|"
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


def belongs(text: str, mention: PlaceMention) -> bool:
    """ "the White House race", "a Kremlin spokesman": the place only describes what follows."""
    role = re.match(r" ([A-Z][a-z]+)", text[mention.end : mention.end + 24])
    if role is not None and (role[1].lower() in lex.ROLES or role[1].lower() in lex.ROLE_MODIFIERS):
        return True
    after = re.match(r"(?:['’]s)?\s+([a-z]+)|['’]s?\s", text[mention.end : mention.end + 24])
    return after is not None and (
        after[1] is None
        or after[1] in lex.ROLES
        or after[1] in lex.GROUPS
        or after[1] in lex.ROLE_MODIFIERS
        or after[1] in _OF_PLACES
        or after.group().startswith(("'s", "’s"))
    )


def of_the_person(before: str) -> bool:
    """ "the war in Syria", "elections in Ukraine": where something else is."""
    return bool(
        re.search(
            r"\b(?:war|conflict|crisis|crises|elections?|troops|situation|fighting|violence|peace|forces|ceasefire|"
            r"cease-fire|truce|soldiers|missiles?|protests?|coup|attacks?|bases?|hostages?|embassy|ambassador|"
            r"interests|operations?|influence|investments?|de-escalation|areas?|ambassadors?|rights|democracy|unrest|"
            r"uprising|results?|voters?|caucuses|primary|"
            r"primaries|shootings?|massacre|victory|win|loss|campaign|rally|polls?|delegates?|contests?|supporters|"
            r"Democrats|Republicans|candidates?|refugees|clashes|earthquake|floods?|prison|jail|"
            r"interference|bombing|airstrikes?|born|office|leader|oil|companies|factories|plants?|media|people|"
            r"areas)\s+(?:now |currently )?in\s+(?:\w+\s+)?(?:and )?$",
            before,
        )
    )
