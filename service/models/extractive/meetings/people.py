"""Who is spoken of in an article, phrase by phrase: names, offices, groups, countries, pronouns; and whom each stands for.

Every token gets a class (one letter), and phrases are found by regular expressions over the letters: quicker than grammar, and
surer than capital letters alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from service.domain.draft import Document
from service.language.places import capital_code, country_code, is_demonym, look_up
from service.language.words import FUNCTION
from service.models.extractive.meetings import lexicon as lex

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|St|Jr|Sr|Prof|Rev|Hon|Adm|Capt|Maj|Sgt|Amb|Messrs|No)\."
    r"|[A-Z]\.(?=\s[A-Z])|['’]s\b|[^\W_]+(?:(?:[-‑]|['’](?!s\b)|\.(?=\w))[^\W_]+)*|[^\w\s]"
)
_PARTICLES = frozenset("de la los las van von zu bin al el ag der den da dos di du ibn ben ter le bint".split())
_DETERMINERS = frozenset("the a an his her their its our my your these those some".split())
_NUMBERS = frozenset("two three four five six seven eight nine ten both several all".split())
_PRONOUNS = {
    "he": "m", "him": "m", "she": "f", "her": "f", "they": "p", "them": "p", "i": "s", "me": "s", "we": "w", "us": "w", "himself": "m",
    "herself": "f", "who": "r", "themselves": "p",
}  # fmt: skip
_ORGANISATION = frozenset(
    """Council Union Party Ministry Agency Bank News Times Post Committee University Organization Organisation Court Street Journal Group
    Inc Corp Association Commission Congress Parliament Senate House Department Forum Summit Treaty Act Conference Reuters CNN NBC ABC CBS BBC
    AP AFP Nations Federation Fund Institute Foundation Center Centre Company Party Team Front Movement Army Force Forces Office Bureau League
    Society Authority Service Assembly Network Coalition Alliance Press Brotherhood Jihad Hezbollah Hamas Taliban Fatah Google Apple Facebook
    Twitter Boeing Tesla Exxon Gazprom Rosneft Huawei NATO UN EU IMF WTO WHO OPEC ASEAN APEC G7 G20 G8 FBI CIA KGB FSB GOP DNC RNC Kremlin
    Pentagon Vatican Capitol Brexit Islam Republic Kingdom Republicans Democrats Christians Muslims Jews Channel Magazine Report Airport Hotel
    Palace Tower River Sea Ocean Island Islands Mountain Lake Bay Gulf Strait Avenue Road Square Park School College Day Week Month Year War
    Agreement Accord Deal Plan Initiative Program Project Mission Operation Award Prize Cup Games Olympics Championship Stadium Church Mosque
    Temple Facebook YouTube Instagram TikTok WhatsApp Telegram Fox MSNBC Breitbart Politico Axios Bloomberg""".split()
)
#: Offices whose holders are mostly left without a name; and those of leaders.
_UNNAMED = frozenset("spokesman spokeswoman official aide lawmaker source son daughter friend diplomat lawyer".split())
_LEADING = frozenset("president premier chancellor minister king queen emir sultan chairman chief commander".split())
#: Groups that are taken up again by "the …": whoever was named before.
_BACK_TO = frozenset(
    """leaders presidents men women sides ministers statesmen rivals premiers counterparts countries parties neighbours neighbors couple politicians
    heads diplomats chancellors allies billionaires foes chiefs envoys negotiators officials executives primates bosses monarchs""".split()
)
_CALENDAR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_HYPHENED = re.compile(r"(?:al|el|ad|an|as|ar|at|az|abu|bin|ibn|ben|ould|de|d|l|van|von)[-'’][A-ZÀ-Ý]")
#: Offices that are verbs as well: behind "to" or "will" they are.
_VERBAL = frozenset("host judge coach head chair guest champion captain manager doctor nurse chief principal".split())
#: Groups only behind an article or adjective: they may be verbs.
_HALF_GROUPS = frozenset("heads chiefs hosts guests partners coaches couple parties parents leads rivals".split())
_MEASURE = re.compile(
    r"(?:second|minute|hour|day|week|month|year|decade|time|round|mile|metre|meter|kilometre|kilometer|dollar|pound|euro|point|percent|page|thing|way|occasion|story|floor|hand|arm|leg|drink|sentence|word|phone|car|aircraft|door|chair|version|goal|issue|topic)s|days?|stories"
)
_STARTERS = frozenset(
    """asked after before during while when if as in on at the a an but and or so yet meanwhile however both he she they it we you i his her
    their our my its this that these those there here what who why how where which some many most all no not speaking according earlier later
    for from with by to of last next also still even only just despite since until although though because once under over between among
    talks meeting meetings president prime news relations russia's whether pressed following seen dressed sources officials reports first""".split()
)
#: Actors that are no country: what they are called and whose they are.
_ACTORS = {
    "Kremlin": "RU", "White House": "US", "Hamas": "PS", "Hezbollah": "LB", "Taliban": "AF", "Pentagon": "US", "Vatican": "VA", "NATO": "NATO",
    "Nato": "NATO", "EU": "EU", "European Union": "EU", "European Commission": "EU", "UN": "UN", "United Nations": "UN", "U.N.": "UN", "Downing Street": "GB",
    "IMF": "IMF", "Fatah": "PS", "Houthis": "YE", "FARC": "CO", "Palestinian Authority": "PS", "Palestinians": "PS", "Israelis": "IL", "Russians": "RU",
    "Americans": "US", "Iranians": "IR", "Ukrainians": "UA", "Chinese": "CN", "State Department": "US", "Foreign Office": "GB", "Élysée": "FR", "Elysee": "FR",
    "African Union": "AU", "Arab League": "AL", "ASEAN": "ASEAN",
}  # fmt: skip
_PHRASES = re.compile(
    r"(?P<owned>(?:C+|L+)sG?[Mj]{0,3}(?:P|R(?![CIp])))|"
    r"(?P<named>(?:(?:D?[GMLCNs]*?[RT](?:oD?[CGML]+?)?)+?|[GML]+?(?=C)|[LC]sG?M*(?=C))?C(?:[CI]|p+C)*(?<!s))"
    r"|(?P<role>(?:D[GMLCs]*j{0,2}[GMLC]*|[GLC]s?[GMCLs]*)R(?:oD?[CGMLPs]+)?)"
    r"|(?P<group>(?:DN?[GMLCsa]*j{1,2}M*P|D?N?[GMLCsa]*(?:PsM*)?P)(?:oD?[CGMLPs]+)?)"
    r"|(?P<two>DN(?![GMLCRP]))"
    r"|(?P<place>L+)"
    r"|(?P<pronoun>h)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of the article, at ``[start, end)``; ``low``: in lower case."""

    text: str
    low: str
    start: int
    end: int


@dataclass(slots=True)
class Entity:
    """Somebody (or some country, office or group) that the article speaks of."""

    id: int
    name: str
    kind: str  # person | actor | group
    roles: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    gender: str = ""
    role: str | None = None
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that stands for somebody: tokens ``[first, last)`` of its sentence."""

    first: int
    last: int
    start: int
    end: int
    text: str
    kind: str  # named | role | group | two | place | pronoun
    entities: tuple[int, ...]
    possessive: bool


@cache
def _given_names() -> dict[str, str]:
    names: dict[str, str] = {}
    for line in resources.files("service.language").joinpath("given_names.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            gender, *rest = line.split()
            for name in rest:
                names.setdefault(name, gender)
    return names


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``; possessive 's is one of its own."""
    return [Token(m.group(), m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]


def is_title_case(tokens: Sequence[Token]) -> bool:
    """Whether nearly all words begin with a capital, as in headlines, so that capitals tell nothing."""
    words = [t.text for t in tokens if t.text[0].isalpha() and (len(t.text) > 3 or t.text[0].isupper())]
    return len(words) >= 5 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


class Cast:
    """The people of one article. ``scan`` must be called sentence by sentence, in order: whom "he" means depends on it."""

    def __init__(self, document: Document) -> None:
        self.text = document.article.text
        self.entities: list[Entity] = []
        self._aliases: dict[str, list[int]] = {}
        self._recent: list[int] = []
        self.last_group: tuple[int, ...] = ()
        self._inner = self._capitals_inside(document)
        self._full_names(document)

    # -- names -------------------------------------------------------------------------------------------------------------

    def _capitals_inside(self, document: Document) -> set[str]:
        """Words that begin with a capital in the middle of a sentence: names, also where they open one."""
        inside: set[str] = set()
        for sentence in document.sentences:
            words = tokens_of(self.text, sentence.span.start, sentence.span.end)
            if not is_title_case(words):
                inside.update(
                    w.text for i, w in enumerate(words) if i and w.text[0].isupper() and words[i - 1].text not in '"“‘:-–—'
                )
        return inside

    def _full_names(self, document: Document) -> None:
        for sentence in document.sentences:
            tokens = tokens_of(self.text, sentence.span.start, sentence.span.end)
            if is_title_case(tokens):
                continue
            classes = self.classes(tokens)
            for hit in _PHRASES.finditer(classes):
                if hit.lastgroup == "named":
                    first = self._name_start(classes, tokens, hit.start(), hit.end())
                    if hit.end() - first >= 2 or first > hit.start():
                        self._register(tokens, hit.start(), first, hit.end())
        for person in document.people:
            if (
                len(person.name.split()) >= 2
                and not self._aliases.get(person.name)
                and not self._is_organisation(person.name.split())
            ):
                self._add(person.name, "person")

    def _name_start(self, classes: str, tokens: Sequence[Token], start: int, end: int) -> int:
        """Where the proper name begins in a phrase "Russian Foreign Minister Sergei Lavrov"."""
        first = start
        for i in range(start, end):
            if classes[i] in "RTDGMLNso":
                first = i + 1
        return min(first, end - 1)

    def _register(self, tokens: Sequence[Token], start: int, first: int, end: int) -> None:
        words = [t.text for t in tokens[first:end]]
        prefix = tokens[start:first]
        if self._is_organisation(words) or (not prefix and look_up(" ".join(words)) is not None):
            return
        titled = any(t.low in lex.ROLES or t.low.rstrip(".") in lex.TITLES for t in prefix)
        if len(words) == 1 and not titled:
            return
        if len(words) == 1 and self._aliases.get(words[0]):
            self._describe(self.entities[self._aliases[words[0]][0]], prefix)
            return
        name = self.text[tokens[first].start : tokens[end - 1].end]
        entity = self.entities[self._aliases[name][0]] if self._aliases.get(name) else self._add(name, "person")
        self._describe(entity, prefix)
        self._describe_after(entity, tokens, end)

    def _is_organisation(self, words: Sequence[str]) -> bool:
        return any(
            w in _ORGANISATION or _CALENDAR.fullmatch(w) or (w.isupper() and len(w) > 1 and "." not in w) for w in words
        )

    def _add(self, name: str, kind: str) -> Entity:
        entity = Entity(len(self.entities), name, kind)
        self.entities.append(entity)
        words = name.split()
        entity.gender = _given_names().get(words[0], "") if kind == "person" else ""
        keys = {name}
        if kind == "person" and words[-1].rstrip(".") not in ("Jr", "Sr", "II", "III"):
            keys.add(words[-1])
            if len(words) >= 3:
                keys.add(" ".join(words[1:]))
                keys.add(" ".join(words[-2:]))
                keys.add(f"{words[0]} {words[-1]}")
            if len(words) >= 2:
                keys.add(words[0])  # "Xi Jinping" is "Xi", and a tabloid's "Dmytro" is Dmytro Kovalenko
        for key in keys:
            if key == name or not (
                key.lower() in lex.ROLES
                or key.lower().rstrip(".") in lex.TITLES
                or key.lower() in lex.ROLE_MODIFIERS
                or country_code(key)
            ):
                self._aliases.setdefault(key, []).append(entity.id)
        return entity

    def _describe(self, entity: Entity, prefix: Sequence[Token]) -> None:
        """Learn office and country from the words before a name."""
        words = [t for t in prefix if t.low not in _DETERMINERS]
        if not words:
            return
        codes = _codes([t.text for t in words])
        roles = [t.low for t in words if t.low in lex.ROLES]
        if codes and not any(t.low in ("counterpart",) and len(codes) > 1 for t in words):
            entity.codes |= codes
        entity.roles.update(roles)
        if any(
            t.low.rstrip(".") in ("mr", "sir", "lord") or t.low in ("king", "prince", "chairman", "spokesman") for t in words
        ):
            entity.gender = entity.gender if entity.gender in ("m", "f") else "m"
        if any(
            t.low.rstrip(".") in ("mrs", "ms", "miss", "lady", "dame")
            or t.low in ("queen", "princess", "spokeswoman", "chairwoman")
            for t in words
        ):
            entity.gender = "f"
        if roles and entity.role is None:
            parts = [t for t in words if not (country_code(t.text) or t.text in _ACTORS or t.text == "'s" or t.text == "’s")]
            at = next((i for i, t in enumerate(parts) if t.low not in ("former", "then")), 0)
            entity.role = self.text[parts[at].start : parts[-1].end] if parts else None
            if entity.role and "'s" in entity.role or entity.role and "’s" in entity.role:
                entity.role = entity.role.split("s ", 1)[-1]
            named = next((t for t in words if country_code(t.text)), None)
            entity.affiliation = named.text if named else entity.affiliation

    def _describe_after(self, entity: Entity, tokens: Sequence[Token], end: int) -> None:
        """Learn from an apposition: "Sergey Lavrov, Russia's Foreign Minister,"."""
        if end + 1 >= len(tokens) or tokens[end].text != ",":
            return
        stop = next((i for i in range(end + 1, min(len(tokens), end + 11)) if tokens[i].text in ",.;:()"), end)
        words = tokens[end + 1 : stop]
        if (
            words
            and any(t.low in lex.ROLES for t in words[:6])
            and (
                words[0].low in ("the", "a", "an", "his", "her")
                or country_code(words[0].text)
                or words[0].low in lex.ROLE_MODIFIERS
                or words[0].low in lex.ROLES
            )
        ):
            self._describe(entity, words)

    # -- phrases -----------------------------------------------------------------------------------------------------------

    def classes(self, tokens: Sequence[Token], title_case: bool = False) -> str:
        """One letter a token; see ``_PHRASES``."""
        letters = []
        for i, token in enumerate(tokens):
            letter = self._class(tokens, i, title_case)
            if (
                letter in "MRPGL"
                and i
                and token.text[0].isupper()
                and letters[-1] == "C"
                and tokens[i - 1].text in _given_names()
            ):
                letter = "C"
            letters.append(letter)
        return "".join(letters)

    def _class(self, tokens: Sequence[Token], i: int, title_case: bool) -> str:
        token = tokens[i]
        low, text = token.low, token.text
        upper = text[0].isupper()
        if low in _PRONOUNS and not (
            text == "US"
            or (
                low == "her"
                and i + 1 < len(tokens)
                and tokens[i + 1].text[0].isalpha()
                and tokens[i + 1].low not in lex.PREPOSITIONS
                and tokens[i + 1].low not in ("to", "and", "that", "after", "before", "again", "today", "yesterday", "this")
            )
        ):
            return "h"
        if low in _DETERMINERS:
            return "D"
        if text in ("'s", "’s"):
            return "s"
        if low == "of":
            return "o"
        if low in _NUMBERS:
            return "N"
        if low == "and":
            return "a" if self._joins_adjectives(tokens, i) else "&"
        if low.rstrip(".") in lex.TITLES and upper and i + 1 < len(tokens) and tokens[i + 1].text[0].isupper():
            return "T"
        known = self._is_person(text)
        if (
            text in ("'", "’")
            and i
            and tokens[i - 1].end == token.start
            and tokens[i - 1].low.endswith("s")
            and i + 1 < len(tokens)
            and tokens[i + 1].text[0].isalpha()
        ):
            return "s"
        if upper and not title_case and self._is_actor(tokens, i):
            return "L"
        if is_demonym(text) and not known:
            return "G"
        if (
            low in _VERBAL
            and i
            and (
                tokens[i - 1].low in ("to", "will", "would", "could", "may", "not", "who", "and")
                or tokens[i - 1].low in ("co",)
            )
        ):
            return "x"
        if low in lex.ROLES and not (known and not (i + 1 < len(tokens) and tokens[i + 1].text[0].isupper())):
            return "R"
        if low in lex.GROUPS and not known and not (low in _HALF_GROUPS and not (i and self._leads_group(tokens[i - 1]))):
            return "P"
        if (
            i >= 1
            and tokens[i - 1].low in ("two", "three", "both")
            and len(low) > 3
            and low.endswith("s")
            and not upper
            and not _MEASURE.fullmatch(low)
            and not low.endswith("ss")
        ):
            return "P"
        if low in lex.ROLE_MODIFIERS and not known:
            return "M"
        if upper and re.fullmatch(r"[A-Z]\w*-[a-z]\w+", text) and not known:
            return "M"
        if upper and not _CALENDAR.fullmatch(text):
            if re.fullmatch(r"[A-Z]\.", text):
                return "I"
            if title_case:
                return (
                    "C"
                    if known or any(text in n.name.split() for n in self.entities if n.kind == "person")
                    else "L"
                    if country_code(text)
                    else "x"
                )
            if i == 0 or tokens[i - 1].text in '"“‘:—–-•':
                named = known or text in self._inner or text in _given_names()
                if not named and (low in _STARTERS or not (i + 1 < len(tokens) and tokens[i + 1].text[0].isupper())):
                    return "x"
            if country_code(text) or capital_code(text):
                return "L" if not known else "C"
            return "C" if text[-1] != "." or len(text) <= 3 else "x"
        if i and (tokens[i - 1].text[0].isupper() or tokens[i - 1].low in _PARTICLES):
            if _HYPHENED.match(text):
                return "C"
            if low in _PARTICLES:
                following = next((t for t in tokens[i + 1 : i + 3] if t.low not in _PARTICLES), None)
                if following is not None and (following.text[0].isupper() or _HYPHENED.match(following.text)):
                    return "p"
        elif _HYPHENED.match(text) and self._is_person(text):
            return "C"
        if text == ",":
            return ","
        return "j" if self._adjectival(low, text) else "x"

    def _adjectival(self, low: str, text: str) -> bool:
        """Whether a small word may be an adjective or noun inside a phrase ("the coast guard commanders")."""
        return (
            text.isalpha()
            and text == low
            and len(low) > 2
            and low not in FUNCTION
            and low not in lex.PREPOSITIONS
            and low not in lex.VERBS
            and low not in lex.NOUNS
            and low not in lex.REPORTING
            and not low.endswith(("ed", "ing", "s", "ly"))
        )

    def _is_person(self, name: str) -> bool:
        return any(self.entities[i].kind == "person" for i in self._aliases.get(name, ()))

    def _leads_group(self, token: Token) -> bool:
        return (
            token.low in _DETERMINERS
            or token.low in _NUMBERS
            or token.low in lex.ROLE_MODIFIERS
            or is_demonym(token.text)
            or token.text in ("'s", "’s")
        )

    def _is_actor(self, tokens: Sequence[Token], i: int) -> bool:
        """Whether the token is (part of) the name of a country or office that acts: "the White House", "North Korea"."""
        text = tokens[i].text
        if text in _ACTORS:
            return True
        after = f"{text} {tokens[i + 1].text}" if i + 1 < len(tokens) else ""
        before = f"{tokens[i - 1].text} {text}" if i else ""
        return any(
            pair in _ACTORS or (country_code(pair) is not None and not is_demonym(pair)) for pair in (after, before) if pair
        )

    def _joins_adjectives(self, tokens: Sequence[Token], i: int) -> bool:
        """The "and" of "the US and Russian presidents", "foreign and defence ministers"."""
        if i == 0 or i + 2 >= len(tokens):
            return False
        one, two = tokens[i - 1].text, tokens[i + 1].text
        adjectives = (country_code(one) is not None and is_demonym(two)) or (
            one.lower() in lex.ROLE_MODIFIERS and two.lower() in lex.ROLE_MODIFIERS
        )
        return adjectives and any(t.low in lex.GROUPS for t in tokens[i + 2 : i + 5])

    def scan(self, tokens: Sequence[Token], speaker: int | None) -> list[Mention]:
        """The mentions of a sentence, in order, resolved as far as they can be. ``speaker``: whom "I" means in it."""
        title_case = is_title_case(tokens)
        classes = self.classes(tokens, title_case)
        found: list[Mention] = []
        for hit in _PHRASES.finditer(classes):
            mention = self._mention(tokens, classes, hit, found, speaker)
            if mention is not None:
                found.append(mention)
                self._remember(mention)
        found = self._appositions(found, tokens)
        self._remember_pair(found, tokens)
        return found

    def _appositions(self, found: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
        """ "the Houthi negotiator, Abdulqader al-Marwani,": one person, two phrases; the name tells who."""
        made: list[Mention] = []
        skip = -1
        for i, mention in enumerate(found):
            if i == skip:
                continue
            follows = found[i + 1] if i + 1 < len(found) else None
            if mention.kind == "role" and follows is not None and follows.kind == "named" and len(follows.entities) == 1:
                between = [t.text for t in tokens[mention.last : follows.first]]
                closed = (
                    follows.last >= len(tokens)
                    or tokens[follows.last].text in ",.;)—–"
                    or tokens[follows.last].low not in ("and",)
                )
                if between == [","] and closed and self.entities[follows.entities[0]].kind in ("person", "unknown"):
                    entity = self.entities[follows.entities[0]]
                    entity.kind = "person"
                    self._describe(entity, tokens[mention.first : mention.last])
                    last = follows.last
                    made.append(
                        Mention(
                            mention.first,
                            last,
                            mention.start,
                            follows.end,
                            self.text[mention.start : follows.end],
                            "named",
                            follows.entities,
                            follows.possessive,
                        )
                    )
                    skip = i + 1
                    continue
            made.append(mention)
        return made

    def _mention(
        self, tokens: Sequence[Token], classes: str, hit: re.Match[str], before: Sequence[Mention], speaker: int | None
    ) -> Mention | None:
        first, last, kind = hit.start(), hit.end(), hit.lastgroup or ""
        entities: tuple[int, ...] = ()
        if kind == "named":
            entities = self._named(tokens, classes, first, last)
            kind = "named" if entities else "other"
            if (
                entities
                and last < len(tokens)
                and tokens[last].low
                in ("administration", "campaign", "camp", "team", "transition", "government", "entourage")
            ):
                last += 1
                begin = first - 1 if first and tokens[first - 1].low == "the" else first
                codes = set(self.entities[entities[0]].codes)
                entities = (self._phrase(tokens[begin:last], codes, ()),)
                first, kind = begin, "group"
        elif kind == "owned":
            kind = "group" if classes[last - 1] == "P" else "role"
            entities = (
                self._by_group(tokens[first:last], before, tokens)
                if kind == "group"
                else self._by_role(tokens[first:last], before)
            )
        elif kind == "role":
            while classes[last - 1] == "s":
                last -= 1
            entities = self._by_role(tokens[first:last], before)
        elif kind == "group":
            while classes[last - 1] == "s":
                last -= 1
            entities = self._by_group(tokens[first:last], before, tokens)
        elif kind == "two":
            entities = self._several(
                before, tokens, 3 if tokens[last - 1].low == "three" else 2 if tokens[last - 1].low in ("two", "both") else 0
            )
        elif kind == "place":
            entities = (self._actor(self.text[tokens[first].start : tokens[last - 1].end]),)
        elif kind == "pronoun":
            entities = self._by_pronoun(tokens[first].low, before, speaker)
        possessive = last < len(tokens) and (
            tokens[last].text in ("'s", "’s") or (tokens[last].text in ("'", "’") and tokens[last - 1].low.endswith("s"))
        )
        start, end = tokens[first].start, tokens[last - 1].end
        return Mention(first, last, start, end, self.text[start:end], kind, entities, possessive)

    def by_alias(self, name: str) -> int | None:
        """The entity of a bare name in a compound ("the Trump-Putin talks"), or of a country ("US-China talks")."""
        if name in self._aliases:
            return self._latest(self._aliases[name])
        return self._actor(name) if country_code(name) or capital_code(name) or name in _ACTORS else None

    def pronoun(self, word: str, before: Sequence[Mention]) -> tuple[int, ...]:
        """Whom a pronoun means behind these mentions of its sentence."""
        return self._by_pronoun(word, before, None)

    def _named(self, tokens: Sequence[Token], classes: str, first: int, last: int) -> tuple[int, ...]:
        begin = self._name_start(classes, tokens, first, last)
        words = [t.text for t in tokens[begin:last]]
        for size in range(len(words), 0, -1):
            key = " ".join(words[-size:])
            if key in self._aliases:
                return (self._latest(self._aliases[key]),)
        if self._is_organisation(words) or look_up(" ".join(words)):
            return ()
        kind = "person" if len(words) >= 2 or begin > first or words[0] in _given_names() else "unknown"
        return (self._add(" ".join(words), kind).id,)

    def _latest(self, ids: Sequence[int]) -> int:
        return next((i for i in self._recent if i in ids), ids[0])

    def _actor(self, name: str) -> int:
        name = re.sub(r"^the ", "", name)
        if name in self._aliases:
            return self._aliases[name][0]
        entity = self._add(name, "actor")
        entity.codes |= {_ACTORS[name]} if name in _ACTORS else _codes([name])
        return entity.id

    def _by_role(self, tokens: Sequence[Token], before: Sequence[Mention]) -> tuple[int, ...]:
        """Whom "the Russian leader", "his counterpart", "the president" means: somebody of that office and country, the one named
        last; else the other one of the two that are spoken of; else nobody but the phrase."""
        codes = _codes([t.text for t in tokens])
        heads = [t.low for t in tokens if t.low in lex.ROLES]
        head = heads[0] if heads else ""
        if tokens[0].low in ("a", "an") or head in _UNNAMED:
            return (self._phrase(tokens, codes, heads),)
        people = [self.entities[i] for i in self._recent if self.entities[i].kind == "person"]
        people += [e for e in self.entities if e.kind == "person" and e.id not in self._recent]
        others = self._others(tokens, before)
        mine = {r for m in before for i in m.entities for r in self.entities[i].roles} or {
            r for i in self._subjects for r in self.entities[i].roles
        }
        if head in ("counterpart", "colleague", "host", "guest", "homologue"):
            fits = [p for p in people if p.id in others and (not codes or not p.codes or p.codes & codes)]
            fits.sort(key=lambda p: (not (p.roles & mine or not mine), p.id not in self.last_group, not p.codes & codes))
        elif codes:
            fits = [p for p in people if p.codes & codes and self._holds(p, head, tokens)]
            fits = fits or [p for p in people if not p.codes and self._holds(p, head, tokens) and p.roles]
        else:
            fits = [p for p in people if self._holds(p, head, tokens)]
        return (fits[0].id,) if fits else (self._phrase(tokens, codes, heads),)

    def _others(self, tokens: Sequence[Token], before: Sequence[Mention]) -> set[int]:
        """Everybody but those named before in the sentence: whose counterpart can only be another."""
        named = {i for m in before for i in m.entities}
        if not named and self._subjects:
            named = set(self._subjects)
        return {e.id for e in self.entities if e.kind == "person"} - named

    def _holds(self, person: Entity, head: str, tokens: Sequence[Token]) -> bool:
        """Whether the article gives the person this office (or one of its kind)."""
        if head == "leader":
            return "leader" in person.roles or bool(person.roles & _LEADING) or not person.roles
        if head == "minister":
            return "minister" in person.roles and _same_ministry(person.role or "", tokens)
        return head in person.roles or (
            head == "premier" and "minister" in person.roles and "prime" in (person.role or "").lower()
        )

    def _phrase(self, tokens: Sequence[Token], codes: set[str], heads: Sequence[str]) -> int:
        """An entity that the article knows only by a noun phrase."""
        words = [t for t in tokens if t.low not in ("the", "a", "an")] or list(tokens)
        name = self.text[words[0].start : words[-1].end]
        if name in self._aliases:
            return self._aliases[name][0]
        entity = self._add(name, "phrase")
        entity.codes |= codes
        entity.roles.update(heads)
        return entity.id

    def _by_group(self, tokens: Sequence[Token], before: Sequence[Mention], sentence: Sequence[Token]) -> tuple[int, ...]:
        low = [t.low for t in tokens]
        codes = _codes([t.text for t in tokens])
        count = (
            3
            if any(w in ("three", "trio") for w in low)
            else 2
            if any(w in ("two", "both", "pair", "duo") for w in low[:2] + low[-1:])
            else 0
        )
        if not codes and low[0] in ("the", "both", "these", "their") and (count or low[-1] in _BACK_TO):
            found = self._several(before, sentence, count)
            if found or count or low[-1] in ("sides", "pair", "duo", "two", "both", "leaders", "men"):
                return found
        if low[-1] in ("pair", "duo") or low[-1] == "sides" and not codes:
            return self._several(before, sentence, 2)
        return (self._phrase(tokens, codes, ()),)

    def _several(self, before: Sequence[Mention], tokens: Sequence[Token], count: int) -> tuple[int, ...]:
        """Whom "the two", "they", "the three leaders" means: those joined or named before in the sentence, if they are as many; else
        those of the last meeting; else the last ones named."""
        joined = next((m.entities for m in reversed(before) if len(m.entities) == max(count, 2)), ())
        if joined:
            return joined
        here = [
            m
            for m in before
            if m.entities
            and not self._aside(m, tokens)
            and not m.possessive
            and self.entities[m.entities[0]].kind == "person"
            and not self._reports(m, tokens)
        ]
        distinct = tuple(dict.fromkeys(m.entities[0] for m in here))
        if len(distinct) >= 2 and len(distinct) == (count or len(distinct)):
            return distinct
        if self.last_group and (not count or len(self.last_group) == count):
            return self.last_group
        people = [i for i in self._recent if self.entities[i].kind == "person"]
        return tuple(reversed(people[: count or 2])) if len(people) >= 2 else ()

    def _aside(self, mention: Mention, tokens: Sequence[Token]) -> bool:
        """Whether a preposition other than "with" or "between" leads to it: not one of those who act."""
        before = tokens[mention.first - 1].low if 0 < mention.first <= len(tokens) else ""
        return before in lex.PREPOSITIONS and before not in ("with", "between", "among", "against", "by", "to")

    def _reports(self, mention: Mention, tokens: Sequence[Token]) -> bool:
        return mention.last < len(tokens) and tokens[mention.last].low in lex.REPORTING

    def _by_pronoun(self, word: str, before: Sequence[Mention], speaker: int | None) -> tuple[int, ...]:
        kind = _PRONOUNS[word]
        if kind == "s":
            return (speaker,) if speaker is not None else ()
        if kind == "w":
            return (speaker,) if speaker is not None else ()
        if kind == "p":
            return self._several(before, (), 0)
        if kind == "r":
            return before[-1].entities if before else ()
        for i in self._recent_first(before):
            entity = self.entities[i]
            if (
                entity.kind in ("person", "phrase")
                and entity.gender in ("", kind, "b", "u", "n")
                and not (entity.kind == "phrase" and not entity.roles)
            ):
                return (i,)
        return ()

    def _recent_first(self, before: Sequence[Mention]) -> Iterator[int]:
        """Subjects first: those named at the head of this sentence, then of the ones before."""
        for mention in before:
            if len(mention.entities) == 1 and not mention.possessive and mention.kind != "place":
                yield mention.entities[0]
        yield from self._subjects
        yield from self._recent

    _subjects: tuple[int, ...] = ()

    def _remember(self, mention: Mention) -> None:
        for i in mention.entities:
            if i in self._recent:
                self._recent.remove(i)
            self._recent.insert(0, i)

    def _remember_pair(self, found: Sequence[Mention], tokens: Sequence[Token]) -> None:
        people = [
            m for m in found if m.entities and m.kind in ("named", "role") and self.entities[m.entities[0]].kind == "person"
        ]
        if people:
            first = next((m for m in people if not m.possessive), people[0])
            self._subjects = first.entities
        for one, two in zip(people, people[1:], strict=False):
            between = self.text[one.end : two.start].strip()
            if between in ("and", "&", "with", "met", "met with", "meets") and one.entities != two.entities:
                self.last_group = (one.entities[0], two.entities[0])
                return
        distinct = tuple(dict.fromkeys(m.entities[0] for m in people))
        if not self.last_group and len(distinct) == 2:
            self.last_group = distinct


def _same_ministry(role: str, tokens: Sequence[Token]) -> bool:
    """Whether "the foreign minister" can be somebody of this office."""
    kinds = {
        "foreign",
        "defence",
        "defense",
        "finance",
        "interior",
        "prime",
        "energy",
        "trade",
        "health",
        "justice",
        "economy",
    }
    one, two = {w for w in role.lower().split() if w in kinds}, {t.low for t in tokens if t.low in kinds}
    return not two or one == two


def _codes(words: Sequence[str]) -> set[str]:
    """The countries that these words name, as name, adjective or seat of government."""
    codes = set()
    for i, word in enumerate(words):
        pair = f"{word} {words[i + 1]}" if i + 1 < len(words) else ""
        back = f"{words[i - 1]} {word}" if i else ""
        if pair and (country_code(pair) or pair in _ACTORS):
            codes.add(country_code(pair) or _ACTORS[pair])
        elif back and country_code(back):
            continue
        elif word in _ACTORS:
            codes.add(_ACTORS[word])
        elif country_code(word):
            codes.add(country_code(word) or "")
        elif capital_code(word) and word[0].isupper():
            codes.add(capital_code(word) or "")
    return codes
