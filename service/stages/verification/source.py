"""An article prepared once so that many statements can be held against it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import cast

from service.domain.draft import Document
from service.domain.quotation import Quotation
from service.domain.text import Sentence, Span
from service.language.dates import DateMention, find_dates, publication_day
from service.language.normalise import untokenise
from service.language.numbers import Number
from service.language.places import country_code
from service.language.words import broader, is_word, lexicon, likeness, opposites, relatives, senses, vector
from service.stages.verification.quoting import QuotationIndex
from service.stages.verification.tokens import CONTENT, FUNCTION_KIND, NAME, Token, tokenise

#: A posting list longer than this is not walked to find evidence; rarer words of the statement decide.
COMMON = 400
#: Stand-ins of one word that are looked at, the likest first.
ALIKE = 12


@dataclass(slots=True)
class Source:
    """One article as verification sees it. ``tokens`` are those of its sentences, in order, and ``sentence_of`` the index
    of each one's sentence; ``postings`` says where a lemma stands (indices of tokens). Made by ``Source.of``."""

    document: Document
    index: int | None
    tokens: list[Token]
    lemmas: list[str]
    sentence_of: list[int]
    bounds: list[tuple[int, int]]
    postings: dict[str, list[int]]
    sentences_with: dict[str, frozenset[int]]
    names: dict[str, int]
    numbers: tuple[Number, ...]
    bigrams: dict[tuple[str, str], list[int]]
    _by_sense: dict[int, set[str]] = field(default_factory=dict)
    _above: dict[int, set[str]] = field(default_factory=dict)
    _near: dict[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    _memo: dict[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document, index: int | None = None) -> Source:
        """Prepare ``document``; ``index`` is its place among several sources, which evidence then carries. Linear in the
        length of the text."""
        text = untokenise(document.article.text)
        tokens: list[Token] = []
        sentence_of: list[int] = []
        bounds: list[tuple[int, int]] = []
        numbers: list[Number] = []
        datelines = _datelines(document)
        for i, sentence in enumerate(document.sentences):
            # the place and day that a dateline names are the article's word as much as the sentence that it opens
            offset = datelines.get(sentence.span.start, sentence.span.start)
            found, figures = tokenise(text[offset : sentence.span.end])
            begin = len(tokens)
            tokens += [t._replace(start=t.start + offset, end=t.end + offset) for t in found]
            numbers += figures
            sentence_of += [i] * len(found)
            bounds.append((begin, len(tokens)))
        names = _names(tokens, bounds)
        tokens = [t._replace(kind=NAME) if t.kind == CONTENT and t.word in names else t for t in tokens]
        lemmas = [t.lemma for t in tokens]
        postings: dict[str, list[int]] = defaultdict(list)
        with_lemma: dict[str, set[int]] = defaultdict(set)
        bigrams: dict[tuple[str, str], list[int]] = defaultdict(list)
        for i, word in enumerate(lemmas):
            postings[word].append(i)
            with_lemma[word].add(sentence_of[i])
            if i:
                bigrams[lemmas[i - 1], word].append(i)
        made = cls(
            document, index, tokens, lemmas, sentence_of, bounds, dict(postings),
            {w: frozenset(s) for w, s in with_lemma.items()}, names, tuple(numbers), dict(bigrams),
        )  # fmt: skip
        # What every statement asks for is made ready here; quotations and dates wait until one is asked about.
        made._index_senses()
        made.following()
        made.at_home("")
        return made

    @property
    def sentences(self) -> Sequence[Sentence]:
        """The article's sentences."""
        return self.document.sentences

    def span(self, start: int, end: int) -> Span:
        """The words of the article's text at ``[start, end)``, carrying this source's index."""
        return Span(start, end, self.document.article.text[start:end], self.index)

    def near(self, word: str) -> tuple[tuple[str, float], ...]:
        """The article's lemmas that may stand for the lemma ``word``, with their likeness, the likest first."""
        known = self._near.get(word)
        if known is None:
            found = {other: likeness(word, other) for other in self._candidates(word)}
            code = _country(word)
            if code is not None:
                found |= {
                    other: max(0.9, found.get(other, 0.0)) for other in self._countries().get(code, ()) if other != word
                }
            known = tuple(sorted(((o, x) for o, x in found.items() if x > 0.3), key=lambda pair: (-pair[1], pair[0])))
            known = known[:ALIKE]
            self._near[word] = known
        return known

    def _countries(self) -> dict[str, list[str]]:
        """The article's names and adjectives of countries, by the country."""
        known = self._memo.get("countries")
        if known is None:
            table: dict[str, list[str]] = {}
            for word in self.names:
                token = next((self.tokens[p] for p in self.postings.get(word, ())), None)
                code = _country(token.lemma if token else word)
                if code is not None and word in self.postings:
                    table.setdefault(code, []).append(word)
            self._memo["countries"] = known = table
        return cast("dict[str, list[str]]", known)

    def _candidates(self, word: str) -> set[str]:
        """Lemmas of the article that have anything to do with ``word``."""
        if not self._by_sense:
            self._index_senses()
        found = {word} if word in self.postings else set()
        if word.startswith("#"):
            return found
        found |= relatives(word) & self.postings.keys()
        for sense in senses(word):
            found |= self._by_sense.get(sense, set())
            found |= self._above.get(sense, set())
        for sense in broader(word):
            found |= self._by_sense.get(sense, set())
            found |= self._above.get(sense, set())
        if word not in lexicon().senses and len(word) > 4:
            found |= {o for o in self.names if o[:5] == word[:5] and o in self.postings}
        return found

    def _index_senses(self) -> None:
        """Senses of the article's words, and the senses right above them."""
        for word in self.postings:
            for sense in senses(word):
                self._by_sense.setdefault(sense, set()).add(word)
            for sense in broader(word):
                self._above.setdefault(sense, set()).add(word)
        self._by_sense.setdefault(-1, set())

    def opposites_of(self, word: str) -> frozenset[str]:
        """Antonyms of the lemma that the article has."""
        return frozenset(o for o in opposites(word) if o in self.postings)

    def following(self) -> dict[str, set[str]]:
        """For each content lemma the content lemmas that come next after it, function words left out."""
        known = self._memo.get("following")
        if known is None:
            table: dict[str, set[str]] = {}
            last: str | None = None
            for token in self.tokens:
                if token.kind != FUNCTION_KIND:
                    if last is not None:
                        table.setdefault(last, set()).add(token.lemma)
                    last = token.lemma
            self._memo["following"] = known = table
        return cast(dict[str, set[str]], known)

    def at_home(self, word: str) -> float:
        """How related a lemma is to what the article is about: the cosine of its vector and the article's, -1..1."""
        centre = cast("tuple[float, ...] | None", self._memo.get("centre"))
        if centre is None:
            counted = [(n, v) for w, n in ((w, len(p)) for w, p in self.postings.items()) if (v := vector(w)) is not None]
            sums = [
                float(sum(n * x for (n, _), x in zip(counted, column, strict=True)))
                for column in zip(*(v for _, v in counted), strict=True)
            ]
            length = sum(x * x for x in sums) ** 0.5 or 1.0
            self._memo["centre"] = centre = tuple(x / length for x in sums)
        mine = vector(word)
        return sum(x * y for x, y in zip(mine, centre, strict=False)) / 127 if mine and centre else 0.0

    def quotations(self) -> QuotationIndex:
        """The article made ready for looking up quotations, on first use."""
        known = self._memo.get("quotations")
        if known is None:
            self._memo["quotations"] = known = QuotationIndex(self.document.article.text)
        return cast(QuotationIndex, known)

    def dates(self) -> tuple[DateMention, ...]:
        """The dates of the article's sentences, on first use."""
        known = self._memo.get("dates")
        if known is None:
            article = self.document.article
            self._memo["dates"] = known = dates_in(article.text, article.published)
        return cast("tuple[DateMention, ...]", known)

    @property
    def published(self) -> str | None:
        """The day that the article's dates count from (YYYY-MM-DD), if it is known."""
        article = self.document.article
        if article.published is None and "published" not in self._memo:
            day = publication_day(article.text)
            self._memo["published"] = day.isoformat() if day else None
        return article.published or cast("str | None", self._memo.get("published"))

    def words(self) -> frozenset[str]:
        """All words of the article as they are written, lower case."""
        known = self._memo.get("words")
        if known is None:
            self._memo["words"] = known = frozenset(t.word for t in self.tokens)
        return cast("frozenset[str]", known)

    def people(self) -> frozenset[str]:
        """Words of the names of the article's people, lower case."""
        known = self._memo.get("people")
        if known is None:
            names = (p.name for p in self.document.people)
            self._memo["people"] = known = frozenset(w.lower() for name in names for w in re.findall(r"\w+", name))
        return cast("frozenset[str]", known)

    def figures(self) -> list[Number]:
        """One of each of the article's numbers, by value, kind and unit."""
        known = self._memo.get("figures")
        if known is None:
            table = {(n.low, n.high, n.kind, n.unit == "%" or n.unit == "fraction"): n for n in reversed(self.numbers)}
            self._memo["figures"] = known = sorted(table.values(), key=lambda n: n.start)
        return cast("list[Number]", known)

    def spoken_in(self, sentences: Sequence[int]) -> list[Quotation]:
        """The article's quotations that touch these sentences, in the article's order."""
        known = self._memo.get("spoken")
        if known is None:
            table: dict[int, list[Quotation]] = {}
            ends = [s.span.end for s in self.sentences]
            for quotation in self.document.quotations:
                for span in quotation.spans:
                    i = bisect_right(ends, span.start)
                    while i < len(ends) and self.sentences[i].span.start < span.end:
                        if quotation not in table.setdefault(i, []):
                            table[i].append(quotation)
                        i += 1
            self._memo["spoken"] = known = table
        spoken = cast("dict[int, list[Quotation]]", known)
        found = {q.id: q for i in sentences for q in spoken.get(i, ())}
        return sorted(found.values(), key=lambda q: q.spans[0].start)

    def remembered(self, question: str, answer: Callable[[], bool]) -> bool:
        """The answer to a yes-or-no question about the article, asked once."""
        if question not in self._memo:
            self._memo[question] = answer()
        return bool(self._memo[question])

    def most_named(self) -> int:
        """How often the name stands that stands most often."""
        known = self._memo.get("most named")
        if known is None:
            self._memo["most named"] = known = max((len(self.postings.get(name, ())) for name in self.names), default=0)
        return cast(int, known)

    def initials(self) -> frozenset[str]:
        """Initials of the runs of names in the article, lower case ("European Union" → "eu")."""
        known = self._memo.get("initials")
        if known is None:
            found: set[str] = set()
            run = ""
            last = -9
            for i, token in enumerate(self.tokens):
                if token.capital and token.kind != FUNCTION_KIND:
                    run = run + token.word[0] if i - last <= 2 else token.word[0]
                    last = i
                    found |= {run[k:] for k in range(len(run) - 1)}
            self._memo["initials"] = known = frozenset(found)
        return cast("frozenset[str]", known)

    def flat_text(self) -> str:
        """All words of the article run together, lower case: for words spelt together or apart."""
        known = self._memo.get("flat")
        if known is None:
            self._memo["flat"] = known = "".join(t.word for t in self.tokens)
        return cast(str, known)

    def text_at(self, start: int, end: int) -> str:
        """The article's words at ``[start, end)``."""
        return self.document.article.text[start:end]

    def within(self, word: str, sentence: int) -> list[int]:
        """Places of a lemma in one sentence."""
        places = self.postings.get(word, [])
        begin, end = self.bounds[sentence]
        i = bisect_left(places, begin)
        found = []
        while i < len(places) and places[i] < end:
            found.append(places[i])
            i += 1
        return found


def dates_in(text: str, published: str | None) -> tuple[DateMention, ...]:
    """``find_dates``, and nothing where a text has dates that no calendar has ("30 February")."""
    try:
        return find_dates(text, published)
    except ValueError:
        return ()


def _country(word: str) -> str | None:
    """The country that a lower-case word names, as a noun or an adjective."""
    if word.startswith("#"):
        return None
    return country_code(word.capitalize()) or (country_code(word.upper()) if len(word) <= 3 else None)


def _datelines(document: Document) -> dict[int, int]:
    """Where a sentence begins that a dateline opens → where that dateline begins."""
    text = document.article.text
    opened: dict[int, int] = {}
    for piece in document.furniture:
        if piece.kind == "dateline":
            after = piece.span.end
            while after < len(text) and text[after] in " \t\xa0":
                after += 1
            opened[after] = piece.span.start
    return opened


def _names(tokens: Sequence[Token], bounds: Sequence[tuple[int, int]]) -> dict[str, int]:
    """Words that the article writes as names, with how often: capital inside a sentence and hardly ever small; a first
    word counts where English has no such word."""
    first = {begin for begin, end in bounds if end > begin}
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for i, token in enumerate(tokens):
        if token.kind == CONTENT:
            if not token.capital:
                small[token.word] += 1
            elif i not in first or not is_word(token.word):
                capital[token.word] += 1
    return {w: n for w, n in capital.items() if n > small[w]}
