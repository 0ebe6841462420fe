"""What kind of word each token is, as one letter; ``people`` finds phrases by regular expressions over the letters.

D determiner  N number  G demonym  M modifier of an office  R office  P group  T title  C name  I initial  p particle of a
name L country or office that acts  s possessive  o "of"  h pronoun  & "and"  a "and" between adjectives  , comma  j may be
adjective  x other
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from importlib import resources

from service.language.places import capital_code, country_code, is_demonym
from service.language.words import FUNCTION
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.tokens import Token

PARTICLES = frozenset("de la los las van von zu bin al el ag der den da dos di du ibn ben ter le bint".split())
DETERMINERS = frozenset("the a an his her their its our my your these those some".split())
NUMBERS = frozenset("two three four five six seven eight nine ten both several all".split())
#: Pronoun → whom it may stand for: m, f, p(lural), s(peaker), w(e), r(elative).
PRONOUNS = {
    "he": "m", "him": "m", "she": "f", "her": "f", "they": "p", "them": "p", "i": "s", "me": "s", "we": "w", "us": "w",
    "himself": "m", "herself": "f", "who": "r", "themselves": "p",
}  # fmt: skip
#: Actors that are no country: what they are called and whose they are.
ACTORS = {
    "Kremlin": "RU", "White House": "US", "Hamas": "PS", "Hezbollah": "LB", "Taliban": "AF", "Pentagon": "US", "Vatican":
    "VA", "NATO": "NATO", "Nato": "NATO", "EU": "EU", "European Union": "EU", "European Commission": "EU", "UN": "UN",
    "United Nations": "UN", "U.N.": "UN", "Downing Street": "GB", "IMF": "IMF", "Fatah": "PS", "Houthis": "YE", "FARC":
    "CO", "Palestinian Authority": "PS", "Palestinians": "PS", "Israelis": "IL", "Russians": "RU", "Americans": "US",
    "Iranians": "IR", "Ukrainians": "UA", "Chinese": "CN", "State Department": "US", "Foreign Office": "GB", "Élysée": "FR",
    "Elysee": "FR", "African Union": "AU", "Arab League": "AL", "ASEAN": "ASEAN",
}  # fmt: skip
CALENDAR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|June|July|August|September|October|"
    r"November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?|Easter|Christmas|Ramadan|Eid|Passover|Thanksgiving"
)
_ORGANISATION = frozenset(
    """Council Union Party Ministry Agency Bank News Times Post Committee University Organization Organisation Court
    Street Journal Group Inc Corp Association Commission Congress Parliament Senate House Department Forum Summit
    Treaty Act Conference Reuters CNN NBC ABC CBS BBC AP AFP Nations Federation Fund Institute Foundation Center
    Centre Company Team Front Movement Army Force Forces Office Bureau League Society Authority Service Assembly
    Network Coalition Alliance Press Brotherhood Jihad Hezbollah Hamas Taliban Fatah Google Apple Facebook Twitter
    Boeing Tesla Exxon Gazprom Rosneft Huawei NATO UN EU IMF WTO WHO OPEC ASEAN APEC G7 G20 G8 FBI CIA KGB FSB GOP
    DNC RNC Kremlin Pentagon Vatican Capitol Brexit Islam Republic Kingdom Republicans Democrats Christians Muslims
    Jews Channel Magazine Report Airport Hotel Palace Tower River Sea Ocean Island Islands Mountain Lake Bay Gulf
    Strait Avenue Road Square Park School College Day Week Month Year War Agreement Accord Deal Plan Initiative
    Program Project Mission Operation Award Prize Cup Games Olympics Championship Stadium Church Mosque Temple
    YouTube Instagram TikTok WhatsApp Telegram Fox MSNBC Breitbart Politico Axios Bloomberg Building Tower Hall
    Industries Foods Holdings Partners Limited Ltd Plc Airlines Airways Motors Systems Aerosystems Drones Steel
    Energy Oil Gas Review Gazette Herald Tribune Visit Security State Command Cabinet Opera Festival Museum Library
    Cathedral Basilica Canon Synod Observatory Square Club City Circuit County Computer Associated Memorial Airlines
    Valley Clinic Hospital Prison Bridge Station Records Pictures Studios Entertainment Caucus Administration
    Amigos Trade Liturgy""".split()
)
_STARTERS = frozenset(
    """asked after before during while when if as in on at the a an but and or so yet meanwhile however both he they
    it we you i his her their our my its this that these those there here what who why how where which some many
    most all no not speaking according earlier later for from with by to of last next also still even only just
    despite since until although though because once under over between among talks meeting meetings president prime
    news relations russia's whether pressed following seen dressed sources officials reports first shares everyone
    nobody nothing everybody somebody analysts critics""".split()
)
#: Groups only behind an article or adjective: they may be verbs.
_HALF_GROUPS = frozenset("heads chiefs hosts guests partners coaches couple parties parents leads rivals".split())
#: Offices that are verbs as well: behind "to" or "will" they are.
_VERBAL = frozenset("""host judge coach head chair guest champion captain manager doctor nurse chief principal""".split())
_MEASURE = re.compile(
    r"(?:second|minute|hour|day|week|month|year|decade|time|round|mile|metre|meter|kilometre|kilometer|dollar|pound|euro|"
    r"point|percent|page|thing|"
    r"way|occasion|story|floor|hand|arm|leg|drink|sentence|word|phone|car|aircraft|door|chair|version|goal|issue|topic|"
    r"convoy|pizza)s|days?|stories"
)
HYPHENED = re.compile(r"(?:al|el|ad|an|as|ar|at|az|abu|bin|ibn|ben|ould|de|d|l|van|von)[-'’][A-ZÀ-Ý]")
_COMPOUND = re.compile(r"[A-Z]\w*-[a-z]\w+")
#: What "her" is an object before; before any other word it belongs to that word.
_AFTER_OBJECT = frozenset("to and that after before again today yesterday this".split())


_WORDS_1 = frozenset("to will would could may not who and co".split())


@cache
def given_names() -> dict[str, str]:
    """Given name → the pronoun it mostly takes (see given_names.txt)."""
    names: dict[str, str] = {}
    for line in resources.files("service.language").joinpath("given_names.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            gender, *rest = line.split()
            for name in rest:
                names.setdefault(name, gender)
    return names


def is_organisation(words: Sequence[str]) -> bool:
    """Whether a run of capitalised words is no person's name."""
    named = len(words) > 1 and words[0] in given_names() and words[0] not in _ORGANISATION  # "June Smith", "Jan Smit"
    return any(
        w in _ORGANISATION or CALENDAR.fullmatch(w) or (w.isupper() and len(w) > 1 and "." not in w)
        for w in (words[1:] if named else words)
    )


@lru_cache(maxsize=20_000)
def _small(low: str) -> str:
    """The class of a word in small letters, when nothing round it matters; "?" when it does."""
    if low in PRONOUNS:
        return "?" if low == "her" else "h"
    if low in DETERMINERS:
        return "D"
    if low in ("'s", "’s"):
        return "s"
    if low == "of":
        return "o"
    if low in NUMBERS:
        return "N"
    if low == ",":
        return ","
    if (
        low == "and"
        or low in ("'", "’")
        or low in _VERBAL
        or low in _HALF_GROUPS
        or low in PARTICLES
        or HYPHENED.match(low.title())
    ):
        return "?"
    if low == "general":
        return "?"
    if low in lex.ROLES:
        return "R"
    if low in lex.GROUPS:
        return "P"
    if low in lex.ROLE_MODIFIERS:
        return "M"
    return "j" if _adjectival(low) else "x"


#: Verbs in the past that don't end in "ed".
_PASTS = frozenset(
    """saw heard took made gave held left found lost beat sent hit cut put ran sought brought bought told led came
    went got knew thought kept let felt won began wrote drew broke flew drove chose rose fell grew struck swore shot
    fought taught caught paid laid sat stood understood became read set quit hurt shut split spread cast bet met
    spent lent built""".split()
)


def _adjectival(low: str) -> bool:
    """Whether a small word may be an adjective or noun inside a phrase ("the coast guard commanders")."""
    if not low.isalpha() or len(low) <= 2 or low.endswith(("ed", "ing", "s", "ly")):
        return False
    return not (
        low in _PASTS
        or low in FUNCTION
        or low in lex.PREPOSITIONS
        or low in lex.VERBS
        or low in lex.NOUNS
        or low in lex.REPORTING
    )


#: Styles of address that may stand inside a name.
_STYLES_INSIDE = frozenset(("sheikh", "shaikh", "sheekh", "haji", "hajji", "king", "prince"))
_PARTISANS = frozenset(("republican", "democrat", "conservative"))
_PARTISAN_HEADS = lex.GROUPS | lex.ROLES | lex.ROLE_MODIFIERS


class Classifier:
    """Classifies the tokens of one article. ``known(word)``: whether it is part of the name of a person of the article;
    ``inside``: words that have a capital in the middle of a sentence."""

    def __init__(self, known: Callable[[str], bool], parts: Callable[[str], bool], inside: set[str]) -> None:
        self._known, self._parts, self._inside = known, parts, inside

    def letters(self, tokens: Sequence[Token], title_case: bool) -> str:
        """One letter a token."""
        letters: list[str] = []
        for i, token in enumerate(tokens):
            if token.text == token.low:
                letter = _small(token.low)
                if letter == "?":
                    letter = self._in_context(tokens, i)
                elif letter in "jxP" and i and tokens[i - 1].low in ("two", "three", "both") and self._counted(token.low):
                    letter = "P"
            else:
                letter = self._capital(tokens, i, title_case)
                if letter == "R" and token.low in _PARTISANS and self._describes(tokens, i):
                    letter = "M"
                inside = letter == "T" or token.low in _STYLES_INSIDE
                if inside and not title_case and letters and letters[-1] == "C" and self._follows(tokens, i):
                    letter = "C"  # "Abdirahman Sheikh Warsame"
                if letter in "MRPGL" and letters and letters[-1] == "C" and tokens[i - 1].text in given_names():
                    letter = "C"
            letters.append(letter)
        return "".join(letters)

    def _follows(self, tokens: Sequence[Token], i: int) -> bool:
        return i + 1 < len(tokens) and tokens[i + 1].text[0].isupper()

    def _describes(self, tokens: Sequence[Token], i: int) -> bool:
        """Whether "Republican" is the adjective here: "Republican leaders", "Republican and Democratic members"."""
        after = [t.low for t in tokens[i + 1 : i + 3]]
        return bool(after) and (after[0] in _PARTISAN_HEADS or (after[0] == "and" and after[-1] in lex.ROLE_MODIFIERS))

    def _counted(self, low: str) -> bool:
        """ "the two primates": a plural that is counted, and no measure."""
        return (
            len(low) > 3
            and low not in lex.NOUNS
            and low.endswith("s")
            and not low.endswith("ss")
            and not _MEASURE.fullmatch(low)
        )

    def _in_context(self, tokens: Sequence[Token], i: int) -> str:
        token = tokens[i]
        low, before = token.low, tokens[i - 1] if i else None
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if low == "general":
            rank = after is None or after.text[0].isupper() or not after.text[0].isalpha() or after.low in lex.PREPOSITIONS
            return "R" if rank or after is None or after.low in lex.VERBS else "M"
        if low == "her":
            owns = (
                after is not None
                and after.text[0].isalpha()
                and after.low not in lex.PREPOSITIONS
                and after.low not in _AFTER_OBJECT
            )
            return "D" if owns else "h"
        if low == "and":
            return "a" if self._joins_adjectives(tokens, i) else "&"
        if low in ("'", "’"):
            owner = before is not None and before.end == token.start and before.low.endswith("s")
            return "s" if owner and after is not None and after.text[0].isalpha() else "x"
        if low in _VERBAL:
            return "x" if before is not None and before.low in _WORDS_1 else "R"
        if low in _HALF_GROUPS:
            return "P" if before is not None and self._leads_group(before) else "x"
        if HYPHENED.match(token.text):
            return "C"
        if before is not None and (before.text[0].isupper() or before.low in PARTICLES):
            following = next((t for t in tokens[i + 1 : i + 3] if t.low not in PARTICLES), None)
            if (
                low in PARTICLES
                and following is not None
                and (following.text[0].isupper() or HYPHENED.match(following.text))
            ):
                return "p"
        return "x"

    def _leads_group(self, token: Token) -> bool:
        return (
            token.low in DETERMINERS
            or token.low in NUMBERS
            or token.low in lex.ROLE_MODIFIERS
            or is_demonym(token.text)
            or token.low in ("'s", "’s")
        )

    def _joins_adjectives(self, tokens: Sequence[Token], i: int) -> bool:
        """The "and" of "the US and Russian presidents", "foreign and defence ministers"."""
        if i == 0 or i + 2 >= len(tokens):
            return False
        one, two = tokens[i - 1], tokens[i + 1]
        adjectives = (country_code(one.text) is not None and is_demonym(two.text)) or (
            one.low in lex.ROLE_MODIFIERS and two.low in lex.ROLE_MODIFIERS
        )
        return adjectives and any(t.low in lex.GROUPS for t in tokens[i + 2 : i + 5])

    def _capital(self, tokens: Sequence[Token], i: int, title_case: bool) -> str:
        token = tokens[i]
        low, text = token.low, token.text
        follows = i + 1 < len(tokens) and tokens[i + 1].text[0].isupper()
        if text != "US" and low in PRONOUNS and (low != "her" or not follows):
            return "D" if low == "her" else "h"
        if low in DETERMINERS:
            return "D"
        if low in ("zoom", "skype", "webex", "facetime", "zoomed", "skyped", "facetimed"):
            return "x"
        if HYPHENED.match(text):
            return "C"
        if low in NUMBERS:
            return "N"
        if low.rstrip(".") in lex.TITLES and follows:
            return "T"
        known = self._known(text)
        if not title_case and self._is_actor(tokens, i):
            return "L"
        if not known:
            if is_demonym(text):
                return "G"
            if low in lex.GROUPS:
                return "P" if low not in _HALF_GROUPS or (i and self._leads_group(tokens[i - 1])) else "x"
        if low in lex.ROLES and (not known or follows):
            return "R"
        if not known and (low in lex.ROLE_MODIFIERS or _COMPOUND.fullmatch(text)) and not (low == "new" and follows):
            return "M"
        return self._name(tokens, i, title_case, known)

    def _name(self, tokens: Sequence[Token], i: int, title_case: bool, known: bool) -> str:
        text, low = tokens[i].text, tokens[i].low
        if (CALENDAR.fullmatch(text) and not self._given_name(tokens, i)) or low in ("and", "of"):
            return "x" if low not in ("and", "of") else "&" if low == "and" else "o"
        if len(text) == 2 and text[1] == ".":
            return "I"
        if low in FUNCTION and low != "will" and low != "may":
            return "x"
        if title_case:
            return "C" if known or self._parts(text) else "L" if country_code(text) else "x"
        if i == 0 or tokens[i - 1].text in '"“‘:—–-•':
            starter = low in _STARTERS or (low.endswith("ly") and text not in given_names())
            named = known or (not starter and (text in self._inside or text in given_names()))
            if not named and (low in _STARTERS or not (i + 1 < len(tokens) and tokens[i + 1].text[0].isupper())):
                return "x"
        if not known and (country_code(text) or capital_code(text)):
            return "L"
        return "C" if text[-1] != "." or len(text) <= 3 else "x"

    def _given_name(self, tokens: Sequence[Token], i: int) -> bool:
        """ "Jan Kos": a month's short form is one only before a figure."""
        return len(tokens[i].text) == 3 and i + 1 < len(tokens) and tokens[i + 1].text[0].isupper()

    def _is_actor(self, tokens: Sequence[Token], i: int) -> bool:
        """Whether the token is (part of) the name of a country or office that acts: "the White House", "North Korea"."""
        text = tokens[i].text
        if text in ACTORS:
            return True
        after = f"{text} {tokens[i + 1].text}" if i + 1 < len(tokens) and tokens[i + 1].text[0].isupper() else ""
        before = f"{tokens[i - 1].text} {text}" if i and tokens[i - 1].text[0].isupper() else ""
        return any(
            pair in ACTORS or (country_code(pair) is not None and not is_demonym(pair)) for pair in (after, before) if pair
        )


def codes_of(words: Sequence[str]) -> set[str]:
    """The countries that these words name, as name, adjective or seat of government."""
    codes: set[str] = set()
    for i, word in enumerate(words):
        pair = f"{word} {words[i + 1]}" if i + 1 < len(words) else ""
        back = f"{words[i - 1]} {word}" if i else ""
        if pair and (country_code(pair) or pair in ACTORS):
            codes.add(country_code(pair) or ACTORS[pair])
        elif back and country_code(back):
            continue
        elif word in ACTORS:
            codes.add(ACTORS[word])
        elif word[:1].isupper() and (code := country_code(word) or capital_code(word)):
            codes.add(code)
    return codes
