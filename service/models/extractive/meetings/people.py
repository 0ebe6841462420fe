"""Who is spoken of in an article, phrase by phrase: names, offices, groups, countries, pronouns; and whom each stands for.

Every token gets a class (one letter, see ``classes``), and phrases are found by regular expressions over the letters:
quicker than grammar, and surer than capital letters alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from service.domain.draft import Document
from service.language.places import country_code, is_demonym, look_up
from service.language.syntax import parser
from service.models.extractive.meetings import lexicon as lex
from service.models.extractive.meetings.classes import (
    ACTORS,
    DETERMINERS,
    PARTICLES,
    Classifier,
    codes_of,
    given_names,
    is_organisation,
)
from service.models.extractive.meetings.personhood import Personhood
from service.models.extractive.meetings.resolution import Entity, Mention, Resolver
from service.models.extractive.meetings.tokens import Token, is_title_case, tokens_of

PHRASES = re.compile(
    r"(?P<described>C{1,2}M*P(?!C))|"
    r"(?P<owned>(?:C+|L+)sG?[Mj]{0,3}(?:P|R(?![CIp])))|"
    r"(?P<named>(?:D[xjPR]s)?(?:D?G[jxM]{1,3}R(?=C)|j{1,2}R(?=C)|(?:D?[GMLCNs]*?[RT](?:oD?[CGML]+?)?)+?|[GML]+?(?=C)|"
    r"[LC]sG?M*(?=C)|I{1,2}(?=C))?C(?:[CI]|p+C)*(?<!s))"
    r"|(?P<role>D?[GLMC]*Rs[GM]*R(?![CIp])|(?:D[GMLCs]*j{0,2}[GMLC]*|[GLC]s?[GMCLs]*)R(?:oD?[CGMLPs]+)?)"
    r"|(?P<group>(?:DN?[GMLCsa]*j{1,2}M*P|D?N?[GMLCsa]*(?:PsM*)?P)(?:oD?N?[CGMLPs]+(?:&D?L+(?!s))?)?)"
    r"|(?P<two>DN(?![GMLCRP]))"
    r"|(?P<place>L+)"
    r"|(?P<pronoun>h)"
)


class Cast(Resolver):
    """The people of one article. ``scan`` must be called sentence by sentence, in order: whom "he" means depends on it."""

    def __init__(self, document: Document, weights: Mapping[str, float] | None = None) -> None:
        super().__init__(document.article.text)
        self.rows = [tokens_of(self.text, s.span.start, s.span.end) for s in document.sentences]
        self.trees = [parser.parse([(t.text, t.start, t.end) for t in row]) for row in self.rows]
        self._title_case = [is_title_case(row) for row in self.rows]
        self.personhood = Personhood(self.rows, self.trees, [p.name for p in document.people], weights)
        self.names_judged: list[str] = []
        self._classifier = Classifier(self.is_person, self._is_part, self._capitals_inside())
        self._full_names(document)

    # -- names -------------------------------------------------------------------------------------------------------------

    def _capitals_inside(self) -> set[str]:
        """Words that begin with a capital in the middle of a sentence: names, also where they open one."""
        inside: set[str] = set()
        for row, title_case in zip(self.rows, self._title_case, strict=True):
            if not title_case:
                inside.update(
                    w.text for i, w in enumerate(row) if i and w.text[0].isupper() and row[i - 1].text not in '"“‘:-–—'
                )
        return inside

    def _full_names(self, document: Document) -> None:
        """Learn the names of the article: those of several words first, so that "President Quispe" is Aurelio Quispe."""
        later = []
        for row, title_case in zip(self.rows, self._title_case, strict=True):
            if title_case:
                continue
            classes = self._classifier.letters(row, False)
            for hit in PHRASES.finditer(classes):
                if hit.lastgroup == "named":
                    first = self._name_start(classes, hit.start(), hit.end())
                    start = next((i for i in range(hit.start(), first) if classes[i] not in "jx"), first)
                    if hit.end() - first >= 2:
                        self._register(row, start, first, hit.end())
                    elif first > start:
                        later.append((row, start, first, hit.end()))
        for person in document.people:
            words = person.name.split()
            while words and _is_office(words[0]):
                words = words[1:]
            name = " ".join(words)
            if len(words) >= 2 and name not in self._aliases and not is_organisation(words) and _is_written_as_name(words):
                self._add(name, "person")
        for row, start, first, end in later:
            self._register(row, start, first, end)

    def _is_part(self, word: str) -> bool:
        return word in self._parts

    def _name_start(self, classes: str, start: int, end: int) -> int:
        """Where the proper name begins in a phrase "Russian Foreign Minister Sergei Lavrov"."""
        first = start
        for i in range(start, end):
            if classes[i] in "RTDGMLNso":
                first = i + 1
        return min(first, end - 1)

    def _register(self, tokens: Sequence[Token], start: int, first: int, end: int) -> None:
        first += self.personhood.trimmed([t.text for t in tokens[first:end]])
        words = [t.text for t in tokens[first:end]]
        prefix = tokens[start:first]
        if prefix and prefix[-1].low == "of":
            return  # "the crown prince of Ras Dhabiya" names a place
        titled = bool(prefix) and (prefix[-1].low in lex.ROLES or prefix[-1].low.rstrip(".") in lex.TITLES)
        named = titled and words[0] in _SURNAMES_TOO
        if (is_organisation(words) and not named) or (not prefix and look_up(" ".join(words)) is not None):
            return
        titled = any(t.low in lex.ROLES or t.low.rstrip(".") in lex.TITLES for t in prefix)
        if len(words) == 1 and not titled:
            return
        before = tokens[start - 1].low if start else ""
        if (
            not prefix
            and before in ("in", "of", "at", "near", "from")
            and words[0] not in given_names()
            and words[0] not in self._aliases
        ):
            return  # "the crown prince of Ras Dhabiya": a place, unless it is met as somebody elsewhere
        if len(words) == 1 and self._aliases.get(words[0]):
            self._describe(self.entities[self._aliases[words[0]][0]], prefix)
            return
        name = self.text[tokens[first].start : tokens[end - 1].end]
        self.names_judged.append(name)
        if self.personhood.of(name) < (_TITLED_PERSON if titled else _PERSON):
            return
        entity = self.entities[self._aliases[name][0]] if self._aliases.get(name) else self._add(name, "person")
        self._describe(entity, prefix)
        self._describe_after(entity, tokens, end)

    def _describe(self, entity: Entity, prefix: Sequence[Token]) -> None:
        """Learn office and country from the words before a name."""
        words = [t for t in prefix if t.low not in DETERMINERS]
        if not words:
            return
        codes = codes_of([t.text for t in words])
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
            parts = [t for t in words if not (country_code(t.text) or t.text in ACTORS or t.text == "'s" or t.text == "’s")]
            at = next((i for i, t in enumerate(parts) if t.low not in ("former", "then")), 0)
            entity.role = self.text[parts[at].start : parts[-1].end] if parts else None
            if (entity.role and "'s" in entity.role) or (entity.role and "’s" in entity.role):
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

    def scan(self, number: int, speaker: int | None) -> list[Mention]:
        """The mentions of sentence ``number``, in order, resolved as far as they can be. ``speaker``: whom "I" means in
        it."""
        tokens = self.rows[number]
        classes = self._classifier.letters(tokens, self._title_case[number])
        found: list[Mention] = []
        for hit in PHRASES.finditer(classes):
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
            if i <= skip:
                continue
            follows = found[i + 1] if i + 1 < len(found) else None
            if mention.kind == "group" and follows is not None and follows.kind == "named":
                joined = self._named_group(found, i, tokens)
                if joined is not None:
                    made.append(joined[0])
                    skip = i + joined[1]
                    continue
            if mention.kind == "role" and follows is not None and follows.kind == "named" and len(follows.entities) == 1:
                between = [t.text for t in tokens[mention.last : follows.first]]
                closed = follows.last >= len(tokens) or tokens[follows.last].text in ",.;)—–"
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

    def _named_group(self, found: Sequence[Mention], i: int, tokens: Sequence[Token]) -> tuple[Mention, int] | None:
        """A group with its people named behind it, and how many names it took: "the lawyers, led by X and Y", "union
        leaders X and
        Y", "the ministers of Peru and Chile, X and Y,"."""
        group, first = found[i], found[i + 1]
        between = [t.low for t in tokens[group.last : first.first]]
        words = [w for w in between if w != ","]
        if words not in ([], ["led", "by"], ["headed", "by"], ["including"], ["represented", "by"]):
            return None
        named = [first]
        for following in found[i + 2 :]:
            joint = [t.low for t in tokens[named[-1].last : following.first]]
            if following.kind != "named" or joint not in (["and"], [","], [",", "and"]):
                break
            named.append(following)
        end = named[-1]
        closed = end.last >= len(tokens) or tokens[end.last].text in ",.;)—–"
        if between == [","] and (len(named) < 2 or not closed):
            return None
        ids = tuple(dict.fromkeys(e for m in named for e in m.entities))
        for i in ids:
            if self.entities[i].kind == "unknown":
                self.entities[i].kind = "person"  # "Presidents Trump and Putin"
        last = end.last + (end.last < len(tokens) and tokens[end.last].text == "," and bool(between))
        text = self.text[group.start : end.end]
        return Mention(group.first, last, group.start, end.end, text, "group", ids, end.possessive), len(named)

    def _mention(
        self, tokens: Sequence[Token], classes: str, hit: re.Match[str], before: Sequence[Mention], speaker: int | None
    ) -> Mention | None:
        first, last, kind = hit.start(), hit.end(), hit.lastgroup or ""
        entities: tuple[int, ...] = ()
        if kind == "named" and "o" in classes[first:last] and classes[self._name_start(classes, first, last) - 1] == "o":
            kind = "role"  # "the crown prince of Ras Dhabiya"
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
        elif kind == "described":
            kind, entities = "group", (self._phrase(tokens[first:last], codes_of([t.text for t in tokens[first:last]]), ()),)
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

    def _named(self, tokens: Sequence[Token], classes: str, first: int, last: int) -> tuple[int, ...]:
        begin = self._name_start(classes, first, last)
        words = [t.text for t in tokens[begin:last]]
        gender = _TITLE_GENDER.get(tokens[begin - 1].low.rstrip("."), "") if begin > first else ""
        for size in range(len(words), 0, -1):
            key = " ".join(words[-size:])
            ids = [i for i in self._aliases.get(key, ()) if not gender or self.entities[i].gender not in _UNLIKE[gender]]
            if ids:
                return (self._latest(ids),)
        if is_organisation(words) or (begin == first and look_up(" ".join(words))):
            return ()
        words = words[self.personhood.trimmed(words) :]
        name = " ".join(words)
        self.names_judged.append(name)
        person = self.personhood.of(name)
        if person >= (_TITLED_PERSON if begin > first else _PERSON):
            kind = "person"
        elif self.personhood.is_body(name):
            kind = "unknown"
        else:
            return ()
        return (self._add(" ".join(words), kind).id,)

    def _remember(self, mention: Mention) -> None:
        for i in mention.entities:
            self.entities[i].seen += 1
            if i in self._recent:
                self._recent.remove(i)
            self._recent.insert(0, i)

    def _opens_clause(self, mention: Mention, tokens: Sequence[Token]) -> bool:
        """Whether a phrase stands where subjects do: at the head of a sentence or clause."""
        before = tokens[mention.first - 1] if mention.first else None
        if before is not None and before.low in ("the", "a", "an"):
            before = tokens[mention.first - 2] if mention.first > 1 else None
        return before is None or not before.text[0].isalnum() or before.low in _CONJUNCTIONS

    def _remember_pair(self, found: Sequence[Mention], tokens: Sequence[Token]) -> None:
        people = [
            m for m in found if m.entities and m.kind in ("named", "role") and self.entities[m.entities[0]].kind == "person"
        ]
        if people:
            acting = [m for m in people if not m.possessive and self._opens_clause(m, tokens)]
            if acting:
                self._subjects = acting[0].entities
            elif not self._subjects or not any(m.kind == "pronoun" and m.entities for m in found):
                self._subjects = next((m for m in people if not m.possessive), people[0]).entities
        for one, two in pairwise(people):
            between = self.text[one.end : two.start].strip()
            if between in ("and", "&", "with", "met", "met with", "meets") and one.entities != two.entities:
                self.last_group = (one.entities[0], two.entities[0])
                return
        distinct = tuple(dict.fromkeys(m.entities[0] for m in people))
        if not self.last_group and len(distinct) == 2:
            self.last_group = distinct


#: From this probability on a name is taken for a person's; behind an office or a title.
_PERSON, _TITLED_PERSON = 0.4, 0.2
#: Words of houses and firms that are surnames as well, behind an office.
_SURNAMES_TOO = frozenset("Park Church Hall Court House Post Lake Bay Group Street Bank Church Field Times".split())
_TITLE_GENDER = {"mr": "m", "sir": "m", "lord": "m", "mrs": "f", "ms": "f", "miss": "f", "lady": "f", "dame": "f"}
_UNLIKE = {"m": ("f",), "f": ("m",)}
_CONJUNCTIONS = frozenset("and but that as when while because although though if since before after said whether so".split())


def _is_office(word: str) -> bool:
    low = word.lower()
    return low in lex.ROLES or low.rstrip(".") in lex.TITLES or low in lex.ROLE_MODIFIERS or is_demonym(word)


def _is_written_as_name(words: Sequence[str]) -> bool:
    return all(word[0].isupper() or word in PARTICLES for word in words)
