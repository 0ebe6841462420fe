"""Names of people within one article: honorifics, titles and roles, given names and the pronouns they take, Jr and Sr.

One writer spells a name one way, or nearly: ``fold`` levels little. Names in the spellings of several outlets are for
``spelling``, which levels transliterations too; there more words count as titles, for they come from records, not from text.

The lists were written by hand (``given_names.txt``, ``roles.txt``); no corpus and no gazetteer stands behind them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from service.language import calendar_units

Gender = Literal["m", "f", "u"]

#: Honorifics and the gender they tell.
HONORIFICS: dict[str, Gender] = {
    "mr": "m", "mister": "m", "sir": "m", "lord": "m", "mrs": "f", "ms": "f", "miss": "f", "lady": "f",
    "dame": "f", "mx": "u", "dr": "u", "doctor": "u", "prof": "u", "professor": "u", "rev": "u", "reverend": "u",
    "hon": "u", "señor": "m", "herr": "m", "frau": "f", "monsieur": "m", "madame": "f", "sheikh": "m",
    "ayatollah": "m", "imam": "m", "rabbi": "u", "fr": "m", "sr": "u", "maulana": "m", "pandit": "m", "shri": "m",
    "smt": "f",
}  # fmt: skip
#: Titles that stand before a name, abbreviated ones included (compared without their full stop).
TITLES = frozenset(
    """president vice-president premier chancellor minister secretary senator sen sens congressman congresswoman
    representative rep reps governor gov lt lieutenant mayor ambassador general gen colonel col major maj captain capt
    sergeant sgt admiral adm commander cmdr corporal cpl private pvt king queen prince princess duke duchess emperor
    sultan emir crown pope cardinal bishop archbishop pastor father sister brother judge justice sheriff commissioner
    inspector detective det superintendent supt constable chief chairman chairwoman chair director speaker leader whip
    attorney atty spokesman spokeswoman spokesperson deputy assistant undersecretary counsel envoy negotiator candidate
    nominee aide adviser advisor strategist professor economist analyst historian lawyer host anchor correspondent
    reporter editor columnist author actor actress singer comedian coach striker pilot economist activist councilman
    councilwoman councillor mp cllr pollster commentator businessman businesswoman billionaire mogul lawmaker ceo founder
    co-founder owner manager vice first lady former ex-president then-president acting interim co-chair co-host head
    officer official consultant operative staffer prosecutor scientist researcher physician surgeon writer journalist
    pundit blogger critic producer director filmmaker musician rapper republican democrat democratic libertarian state
    national federal foreign defence defense finance interior prime press communications campaign tory labour
    conservative""".split()
)
#: Words that make a title of several words but are no title alone ("Secretary of State", "Chief of Staff").
TITLE_TAILS = frozenset(
    "state staff defense defence treasury commerce homeland security energy health justice education interior labor".split()
)
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
PARTICLES = frozenset(
    "de del della der den di da do dos du van von ter ten la le el al bin ibn bint ben abu y e zu af".split()
)

WEEKDAYS = frozenset(calendar_units.WEEKDAYS)
#: Months and their abbreviations.
MONTHS = frozenset((*calendar_units.MONTHS, *"jan feb mar apr jun jul aug sept sep oct nov dec".split()))
#: Capitalised words that never belong to a person's name (they begin sentences, or name times, peoples, bodies).
NOT_NAMES = (
    WEEKDAYS
    | (MONTHS - {"may", "april", "june", "august", "jan"})
    | frozenset(
        """the a an this that these those it its he his she her they their we our you your i my me him them who whom
        whose which what
    when where why how if but and or nor so yet as at by for from in into of on onto over to under up with within without
    about above after against along amid among around because before behind below beside besides between beyond despite
    down during except inside like near off once out outside per since than though through throughout till toward towards
    unlike until unless upon versus via while whereas whether although however meanwhile moreover nevertheless
    nonetheless otherwise then there therefore thus today tomorrow yesterday tonight now here also even still just only
    not no yes never ever always often sometimes perhaps maybe indeed instead later earlier soon recently finally first
    second third last next another other others each every either neither both all any some many most more much few
    several such same one two three four five six seven eight nine ten according asked told said says speaking added is
    are was were be been being has have had do does did will would can could should may might must shall let get got go
    goes going come comes make makes made take takes took see sees say think know want new old big great good bad early
    late former current senior top lead photo image video click here read more follow subscribe advertisement share
    related breaking exclusive update updated live watch opinion analysis please thank thanks okay ok well oh us u.s u.k
    uk eu un nato u.n american americans british britons english scottish welsh irish french german italian spanish
    portuguese dutch belgian swiss austrian swedish norwegian danish finnish polish czech hungarian romanian bulgarian
    greek turkish russian ukrainian belarusian georgian armenian azerbaijani kazakh chinese japanese korean taiwanese
    vietnamese thai indian pakistani bangladeshi afghan iranian iraqi syrian lebanese israeli palestinian jordanian saudi
    emirati qatari kuwaiti yemeni egyptian libyan tunisian algerian moroccan sudanese ethiopian somali kenyan ugandan
    tanzanian rwandan congolese nigerian ghanaian ivorian senegalese malian south-african zimbabwean zambian angolan
    mexican canadian cuban haitian venezuelan colombian brazilian argentine argentinian chilean peruvian bolivian
    ecuadorian australian kiwi filipino indonesian malaysian singaporean european asian african arab muslim muslims
    christian christians jewish catholic protestant evangelical islamic western eastern northern southern latino latinos
    hispanic hispanics black white republican republicans democrat democrats democratic gop liberal conservative
    conservatives tories labour libertarian independent communist socialist nazi russians ukrainians iranians israelis
    palestinians syrians europeans chinese god bible twitter facebook google instagram youtube tiktok whatsapp
    internet""".split()
    )
)
#: Words that make a capitalised run the name of a body or a place, not of a person.
BODY_WORDS = frozenset(
    """house senate congress parliament ministry department office agency bureau commission committee council court
    police army navy force forces party university college school institute foundation association union federation
    league group company corporation corp inc ltd llc plc bank fund trust airlines airways news times post journal press
    tribune herald gazette guardian telegraph magazine radio television tv network channel broadcasting media
    international national republic kingdom states nations city county state province region district street avenue road
    square park airport station hospital church cathedral hotel center centre building tower palace hall stadium island
    islands river lake sea ocean mountain mountains valley bay gulf north south east west northern southern eastern
    western central summit conference convention forum games cup olympics act treaty agreement accord pact administration
    government cabinet campaign embassy consulate service services security intelligence reserve exchange market research
    center survey poll report review institute society club team coalition alliance movement front organization
    organisation brothers sons partners capital holdings industries systems technologies solutions records studios studio
    entertainment pictures awards award prize day week month year war battle operation project program programme
    initiative pac action america american democrats republicans caucus staff board authority administration defense
    defence affairs carrier strike fleet division brigade regiment battalion tonight show weekend morning daily weekly
    evening sunday""".split()
)
#: Countries, capitals and large cities of the news, American states: they are no people.
PLACES = frozenset(
    """afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus
    belgium bolivia bosnia botswana brazil britain bulgaria burundi cambodia cameroon canada chad chile china colombia
    congo croatia cuba cyprus czechia denmark ecuador egypt england estonia ethiopia finland france gaza germany ghana
    greece guatemala haiti honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan
    kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia lebanon liberia libya lithuania luxembourg malaysia mali malta
    mexico moldova mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua niger nigeria
    norway oman pakistan palestine panama paraguay peru philippines poland portugal qatar romania russia rwanda scotland
    senegal serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tajikistan tanzania
    thailand tibet tunisia turkey turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam wales yemen zambia
    zimbabwe alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois
    indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana
    nebraska nevada hampshire jersey york carolina dakota ohio oklahoma oregon pennsylvania rhode tennessee texas utah
    vermont washington wisconsin wyoming africa asia europe oceania antarctica london paris berlin moscow beijing tokyo
    seoul pyongyang delhi mumbai islamabad karachi kabul tehran baghdad damascus beirut jerusalem amman riyadh dubai doha
    cairo tripoli tunis algiers rabat khartoum nairobi kampala kigali lagos abuja accra dakar johannesburg pretoria
    harare madrid barcelona lisbon rome milan vienna geneva zurich brussels amsterdam hague copenhagen stockholm oslo
    helsinki warsaw prague budapest bucharest sofia athens ankara istanbul kyiv kiev minsk tbilisi yerevan baku astana
    chicago boston philadelphia detroit dallas denver seattle miami atlanta baltimore cleveland phoenix vegas angeles
    francisco diego antonio orleans toronto ottawa montreal vancouver sydney melbourne canberra hamburg munich frankfurt
    danang hanoi bangkok jakarta manila shanghai hong kong crimea donbas kremlin pentagon hollywood brooklyn manhattan
    queens bronx mar-a-lago brexit aleppo mosul kherson kharkiv odesa mariupol""".split()
)

_VARIANTS = (
    (re.compile(r"(?:iy|yy|ii|ey|ei|ij|ie|y)$"), "i"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"^(?:muhammad|mohamed|mohammed|muhammed|mohamad)$"), "mohammad"),
    (re.compile(r"^(?:aleksandr|aleksander|oleksandr)$"), "alexander"),
    (re.compile(r"ks"), "x"),
)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name taken apart. Parts are as written, without possessive endings; ``surname`` is never empty."""

    given: str | None
    surname: str
    suffix: str | None = None
    honorific: str | None = None
    gender: Gender | None = None


def _data(file: str) -> list[str]:
    return files("service.language").joinpath(file).read_text(encoding="utf-8").splitlines()


@cache
def _given() -> dict[str, Gender]:
    table: dict[str, Gender] = {}
    for line in _data("given_names.txt"):
        kind, *names = line.split()
        if kind in ("m", "f", "u"):
            table.update(dict.fromkeys((name.lower() for name in names), kind))  # type: ignore[arg-type]
    return table


@cache
def role_nouns() -> dict[str, str]:
    """Lower-case head nouns of those who speak, with their class: "p" a person, "g" a body or several people, "d" a
    document."""
    table: dict[str, str] = {}
    for line in _data("roles.txt"):
        kind, *nouns = line.split()
        if kind in ("p", "g", "d"):
            for noun in nouns:
                table.setdefault(noun, kind)
    return table


def gender_of(given: str) -> Gender | None:
    """The gender a given name mostly tells ("u": either); None if the name is not in the list. Case does not matter."""
    return _given().get(given.lower())


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """One key for the spellings of a name: no case, accents, full stops or possessive; Sergei = Sergey, Zelensky =
    Zelenskyy."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", bare(name)) if not unicodedata.combining(c)).lower()
    plain = plain.replace("’", "'").replace(".", "")
    for pattern, to in _VARIANTS:
        plain = pattern.sub(to, plain)
    return plain


def bare(word: str) -> str:
    """A word without a possessive ending ("Trump's" → "Trump")."""
    if word[-1:] not in "sS'’":
        return word
    if len(word) > 2 and word[-1] in "sS" and word[-2] in "'’":
        return word[:-2]
    return word.rstrip("'’") or word


def is_possessive(word: str) -> bool:
    """Whether a word ends as a possessive ("Trump's", "Sanders’")."""
    return len(word) > 2 and ((word[-1] in "sS" and word[-2] in "'’") or word[-1] in "'’")


def parse_name(words: Sequence[str], honorific: str | None = None) -> Name | None:
    """Take a name's words ("Donald", "J.", "Trump", "Jr") apart; None if no surname is left. ``honorific``: the one
    before."""
    parts = [bare(word) for word in words if word not in (",",)]
    suffix = None
    while len(parts) > 1 and parts[-1].lower().rstrip(".") in SUFFIXES:
        suffix = parts.pop().rstrip(".")
    if not parts or not parts[-1]:
        return None
    title = honorific.lower().rstrip(".") if honorific else None
    gender = HONORIFICS.get(title or "")
    if len(parts) == 1:
        return Name(None, parts[0], suffix, honorific, gender if gender != "u" else None)
    known = gender_of(parts[0])
    if gender is None or gender == "u":
        gender = known if known != "u" else None
    return Name(parts[0], parts[-1], suffix, honorific, gender)


def same_person(one: Name, other: Name) -> bool:
    """Whether two names may be one person's: surnames agree, given names do (or one has none, or an initial), Jr is kept
    apart."""
    if fold(one.surname) != fold(other.surname):
        return False
    if _generation(one) != _generation(other) and (one.given or one.suffix) and (other.given or other.suffix):
        return False
    if one.gender and other.gender and one.gender != other.gender:
        return False
    if one.given is None or other.given is None:
        return True
    a, b = fold(one.given), fold(other.given)
    return a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b)) or _short(a, b) or _short(b, a)


def _generation(name: Name) -> str:
    suffix = (name.suffix or "").lower()
    return "" if suffix == "sr" else suffix


#: Short forms and the names they stand for, folded.
_SHORT: dict[str, frozenset[str]] = {
    short: frozenset(full)
    for short, *full in (
        entry.split()
        for entry in """
        bill william; will william; bob robert; rob robert; bobbi robert; dick richard; rick richard; rich richard; jim
        james; jimmi james; joe joseph; jo joseph joanna; jon jonathan; mike michael; mick michael; dave david; dan
        daniel; danni daniel; tom thomas; tommi thomas; tim timothi; ted edward theodore; ed edward edwin; eddi edward;
        chuck charles; charli charles; chris christopher christian christina christine; matt matthew; andi andrew; toni
        anthoni antoni; steve steven stephen; greg gregori; jeff jeffri geoffri jefferson; ken kenneth; ron ronald; don
        donald; larri lawrence; harri harold henri; jack john; nick nicholas; pat patrick patricia; pete peter; ben
        benjamin; sam samuel samantha; alex alexander alexandra; liz elizabeth; beth elizabeth; kate katherine catherine
        kathleen; kati katherine; kathi katherine kathleen; maggi margaret; meg margaret megan; peggi margaret; sue
        susan; debbi deborah debra; barb barbara; jen jennifer; jenni jennifer; vicki victoria; bernie bernard; berni
        bernard; newt newton; mitch mitchell; al albert alan alfred; fred frederick; gus augustus; max maximilian
        maxwell; vlad vladimir; abe abraham; rand randal; randi randall; jeb john; bibi benjamin; binyamin benjamin
        """.split(";")
    )
}


def _short(short: str, full: str) -> bool:
    return full in _SHORT.get(short, frozenset())
