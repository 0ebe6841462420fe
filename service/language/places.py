"""Places that news names: a gazetteer (GeoNames, CC BY 4.0; see data/places.tsv) and the venues that are told by their
shape.

Only what the words say is given: "Danang" is a city; that it lies in Vietnam is known to the gazetteer (``code``) and used
to compare places, never to fill a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

#: Cities, regions and countries whose names are also given names, surnames or words: taken only behind a preposition of
# place.
_AMBIGUOUS = frozenset(
    """Austin Houston Paris Charlotte Florence Jackson Madison Lincoln Alexandria Santiago Victoria Male Jordan Georgia Chad
    Carter Israel Virginia Carolina Sydney Milan Lima Nancy Sofia Adelaide Dallas Lourdes Bradford Preston Wellington Salem
    Kent Essex Sussex Norfolk Washington Montana Dakota Guinea Turkey China Holland Wales Surrey Cuba Mali Lebanon Troy
    Brest Sion Savannah Paisley Chelsea Carlisle Lancaster Warwick Darwin Cork Derby Sterling Stirling Santos Rosario
    Kingston Nelson Hamilton""".split()
)

#: Names of a region and of its city, of which news means the city.
_CITIES_FIRST = frozenset(
    ("New York", "Washington", "Salzburg", "Zurich", "Quebec", "Luxembourg", "Singapore", "Panama", "Djibouti", "Oaxaca")
)

_VENUE_HEAD = (
    "Palace|House|Hotel|Castle|Cent(?:er|re)|Tower|Towers|Office|Residence|Club|Estate|Airport|Base|Ranch|Resort|Villa|"
    "Hall|Chancellery|"
    "Embassy|Ministry|Consulate|Headquarters|Parliament|Cathedral|Basilica|University|Museum|Theat(?:er|re)|Plaza|Library|"
    "Pavilion|Lodge|"
    "Course|Inn|Mansion|Fort|Restaurant|Café|Cafe|Bhavan|Palazzo|Schloss|Château|Chateau|Abbey|Monastery|Terrace|Forum "
    "Building|Building|Complex|Barracks|Station|Terminal|Guesthouse|Manor|Street|Stadium|Garden|Gardens|Room"
)
_VENUES = re.compile(
    r"(?P<known>\b(?:the )?(?:(?:West Wing of the )?White House|Oval Office|Kremlin|Pentagon|(?:No\.? ?)?10 Downing "
    r"Street|Downing Street|Number 10|Mar-a-Lago|Camp David|"
    r"Élysée(?: Palace)?|Elysee(?: Palace)?|Great Hall of the People|Blue House|Blair House|Capitol(?: Hill)?|Chequers|"
    r"State Department|Foreign Office|"
    r"Foreign Ministry|Vatican|Apostolic Palace|Zhongnanhai|Quirinale|Quai d['’]Orsay|Hyderabad House|Situation Room|Rose "
    r"Garden|Peace House|(?<=on )the Hill(?=[,.]| [a-z])|(?:[A-Z][\w’'-]+ ){1,3}headquarters(?! (?:staff|"
    r"official|in [a-z]))|"
    r"U\.?N\.? headquarters|United Nations headquarters|NATO headquarters|Trump Tower|Foggy Bottom|Knesset|Bundestag)\b)"
    rf"|(?P<named>(?:\b(?:the|at|in) )?\b(?:[A-Z][\w'’.-]*(?: (?:of|de|du|el|al|la|the|and|[A-Z][\w'’.-]*)){0, 6}? "
    rf")(?:{_VENUE_HEAD})\b(?: (?:of the [A-Z]\w+|Hotel|Palace|Club))?"
    r"|\b(?:Palazzo|Villa|Schloss|Château|Chateau|Hotel|Fort|Camp) [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
    r"|(?P<common>\b(?:the|a|an|his|her|their|its) (?:[\w'’-]+ ){0,3}?(?:palace|hotel(?: suite| room| lobby)?|villa|"
    r"residence|castle|embassy|airport|mansion|ranch|resort|"
    r"chancellery|monastery|restaurant|farmhouse|guesthouse|headquarters|military base|air base|golf course|golf club|"
    r"country club|library|suite|yacht|"
    r"town hall|hall|study|flat|car park|back room(?: of (?:a|the) [a-z]+)?|courtyard|kitchen|bakery|workshop|boat|"
    r"lounge|ballroom|dining room|conference room|sauna|border post|"
    r"checkpoint|border crossing|office|bar|ship|limousine|guest house|country seat|parking garage|garage|market|"
    r"farm|church|crypt|basilica|cathedral|school|barn|plantation|clinic|"
    r"hospital|caf[eé]|pub|diner|tent|lift|elevator|stairs|terrace|rooftop|chalet|cabin|station|bridge|quay|port|"
    r"warehouse|factory|studio|chapel|mosque|synagogue|temple|convent|riad|bungalow|house|home|pavilion|stadium|harbou?r|"
    r"hangar|winery|bakery|museum|gallery|opera house|theat(?:er|re)|palace gardens?|compound|tarmac|lodge|country house|"
    r"helicopter|private jet|train|carriage|ferry|barge|cruise ship|staircase|stairwell|porch|verandah?|balcony|roof|attic|"
    r"cellar|basement|sacristy|vestry|rectory|presbytery|parsonage|vicarage|churchyard|graveyard|orchard|olive grove|"
    r"stables?|shed|greenhouse|quarry|dockyard|docks|pier|jetty|wharf|marina|beach|riverbank|clearing|bazaar|souk|"
    r"supermarket|bookshop|barbershop|bathhouse|hammam|tea ?house|tearoom|canteen|cafeteria|dining hall|mess hall|refectory|"
    r"steakhouse|pizzeria|trattoria|brasserie|bistro|tavern|brewery|distillery|casino|nightclub|cinema|racecourse|"
    r"racetrack|fairground|showground|exhibition hall|(?:convention|conference|cultural|community|sports|congress|"
    r"business) cent(?:re|er)|gymnasium|classroom|lecture hall|auditorium|laboratory|courthouse|courtroom|police station|"
    r"barracks|refugee camp|outpost|customs house|lighthouse|mill|sawmill|refinery|depot|(?:petrol|gas|filling|fire) "
    r"station|motel|hostel|sanatorium|hospice|nursing home|waiting room|green room|dressing room|locker room|changing "
    r"room|press room|boardroom|cabinet room|meeting room|drawing room|sitting room|living room|parlou?r|anteroom|"
    r"antechamber|foyer|vestibule|secretariat|prefecture|council chamber|assembly hall|statehouse|cottage|homestead|"
    r"dacha|(?:country|mountain|presidential|seaside|lakeside|private) retreat|hunting lodge|yurt|hut|"
    r"penthouse|marquee|fish market|wine cellar|cloister|seminary|shrine|tomb|mausoleum|"
    r"consulate|estate|vineyard|corridor|hallway|lobby|ministry|townhouse|apartment|bunker|monument|cemetery))\b"
)
#: A lobby that no hotel has.
_LOBBYISTS = re.compile(r"\b(?:pro-[\w-]+|gun|oil|industry|arms|powerful|business|farm|tobacco)\b.*\blobby$", re.I)
_CAPITALISED = re.compile(
    r"[A-ZÀ-Ý][\w'’.-]*(?:(?: (?:de|del|do|da|el|al|la|les|the|of|and|upon)(?= [A-ZÀ-Ý]))? ?[- ][A-ZÀ-Ý][\w'’-]*)*|"
    r"U\.?K\.?|U\.?S\.?"
)


_WORDS = re.compile(r"U\.S\.|U\.K\.|[^\W\d_][\w’'-]*")
_OFFICES = {"Kremlin": "RU", "Pentagon": "US", "Whitehall": "GB", "Élysée": "FR", "Elysee": "FR", "Vatican": "VA"}


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as written, ``text`` at ``[start, end)`` (code points). ``kind``: venue, city, capital, region or country;
    ``code``: ISO 3166 code of the country it lies in, where the gazetteer knows it."""

    start: int
    end: int
    text: str
    kind: str
    code: str | None


@cache
def _gazetteer() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Name → its (kind, country code) entries."""
    table: dict[str, tuple[tuple[str, str], ...]] = {}
    data = resources.files("service.language").joinpath("data/places.tsv").read_text(encoding="utf-8")
    for line in data.splitlines():
        if line and not line.startswith("#"):
            kind, name, code = line.split("\t")
            table[name] = (*table.get(name, ()), (kind, code))
    return table


def country_code(word: str) -> str | None:
    """The ISO code of the country that a name or demonym stands for ("Russia", "Russian", "US", "North Korean"), else
    None."""
    for kind, code in _gazetteer().get(word.strip(), ()):
        if kind in ("country", "demonym"):
            return code
    return None


def is_demonym(word: str) -> bool:
    """Whether ``word`` is a country's adjective ("French")."""
    return any(kind == "demonym" for kind, _ in _gazetteer().get(word, ()))


def capital_code(word: str) -> str | None:
    """The ISO code of the country whose capital ``word`` is ("Moscow" → "RU"), as when it stands for the government."""
    return next((code for kind, code in _gazetteer().get(word, ()) if kind == "capital"), None)


def countries_in(text: str) -> frozenset[str]:
    """ISO codes of the countries that a name, role or affiliation speaks of: by name, adjective, capital or the office that
    stands for the government ("Kremlin")."""
    found = set()
    for token in _WORDS.findall(text):
        bare = token.removesuffix("'s").removesuffix("’s")
        code = country_code(bare) or capital_code(bare) or _OFFICES.get(bare)
        if code:
            found.add(code)
    return frozenset(found)


def look_up(name: str) -> tuple[str, str] | None:
    """(kind, country code) of a country, region, capital or city by its exact name; the larger unit first; else None."""
    entries = [e for e in _gazetteer().get(name, ()) if e[0] != "demonym"]
    if name in _CITIES_FIRST:
        entries.sort(key=lambda e: e[0] not in ("city", "capital"))
    return entries[0] if entries else None


@lru_cache(maxsize=8)
def find_places(text: str) -> tuple[PlaceMention, ...]:
    """All places named in ``text``, in order, not overlapping: venues, and what the gazetteer knows. Names that may as well
    be a person's or a word ("Jordan", "Victoria") only behind a preposition of place."""
    venues = [
        PlaceMention(m.start(), m.end(), m.group(), "venue", None)
        for hit in _VENUES.finditer(text)
        for m in [_without_lead(hit)]
        if not _LOBBYISTS.search(m.group()) and not (m.group().endswith("port") and text.startswith(" of ", m.end()))
    ]
    found = sorted([*venues, *_named(text, venues)], key=lambda m: m.start)
    return tuple(found)


class _Trimmed:
    """The part of a match after its article or preposition."""

    def __init__(self, text: str, start: int) -> None:
        self._text, self._start = text, start

    def group(self) -> str:
        return self._text

    def start(self) -> int:
        return self._start

    def end(self) -> int:
        return self._start + len(self._text)


def _without_lead(hit: re.Match[str]) -> _Trimmed:
    lead = re.match(r"(?:the|at|in|a|an|The|At|In)\s+", hit.group())
    cut = lead.end() if lead else 0
    return _Trimmed(hit.group()[cut:], hit.start() + cut)


def _named(text: str, venues: list[PlaceMention]) -> Iterator[PlaceMention]:
    for hit in _CAPITALISED.finditer(text):
        words = [(m.start(), m.end()) for m in re.finditer(r"[^\s]+", hit.group())]
        i = 0
        while i < len(words):
            j = _longest(hit.group(), words, i)
            if j is None:
                i += 1
                continue
            start, end = hit.start() + words[i][0], hit.start() + j[0]
            mention = PlaceMention(start, end, text[start:end], j[1], j[2])
            if not any(v.start <= start and end <= v.end for v in venues) and _is_place_here(text, mention):
                yield mention
            while i < len(words) and hit.start() + words[i][0] < end:
                i += 1


def _longest(chunk: str, words: list[tuple[int, int]], i: int) -> tuple[int, str, str] | None:
    for j in range(min(len(words), i + 5) - 1, i - 1, -1):
        raw = chunk[words[i][0] : words[j][1]]
        name = re.sub(r"['’]s?$", "", raw).rstrip(".,") if raw not in ("U.S.", "U.K.") else raw
        for candidate in (name, name.replace("’", "'")):
            entry = look_up(candidate)
            if entry:
                return words[i][0] + len(name), entry[0], entry[1]
    return None


def _is_place_here(text: str, mention: PlaceMention) -> bool:
    if mention.kind == "country" and mention.text not in _AMBIGUOUS:
        return True
    before, after = text[max(0, mention.start - 24) : mention.start], text[mention.end : mention.end + 24]
    led = bool(
        re.search(
            r"\b(?:in|at|near|outside|from|to|of|for|into|around|leaves?|left|visit(?:ed|ing)?|via|between|and|"
            r",)\s+(?:[a-z]+\s+)?$|^\s*$|\n\s*$|,\s$|\($",
            before,
        )
    )
    named = bool(re.match(r"\s+[A-Z][a-z]", after) and not re.match(r"\s+(?:on|—|-)", after))
    if mention.text in _AMBIGUOUS:
        return led and bool(before.strip()) and not named and not re.search(r"[A-Z][\w.]+\s$", before)
    # "Kennedy Boston" is no city; a capitalised neighbour on both sides is a name.
    return not (re.search(r"\b[A-Z][a-z]+\s$", before) and named)
