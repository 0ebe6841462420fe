"""The words by which news tells of meetings: offices that people hold, groups that they come in, verbs and nouns of meeting.

Written by hand from the ways of English-language news; read for gaps against PolNeAR's articles (no word is taken from a
list of counts). All lower-case.
"""

from __future__ import annotations

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Heads of a phrase that stands for one person by his or her office.
ROLES = _set(
    """president premier chancellor minister secretary leader counterpart king queen prince princess emir sheikh sultan
    emperor pope pontiff patriarch archbishop bishop cardinal rabbi imam ayatollah senator congressman congresswoman
    representative governor mayor ambassador envoy diplomat general admiral commander colonel marshal chief head
    chairman chairwoman chair chairperson director speaker spokesman spokeswoman spokesperson negotiator commissioner
    judge justice attorney lawyer prosecutor adviser advisor aide official lawmaker deputy mp politician candidate
    nominee frontrunner executive ceo founder billionaire tycoon magnate businessman businesswoman banker investor
    financier economist professor scientist activist dissident journalist author actor actress singer rapper coach
    mediator interpreter translator republican democrat dictator strongman statesman monarch ruler vice-president
    taoiseach guest host whistleblower premier-elect president-elect incumbent predecessor successor boss captain
    manager owner scholar priest cleric warlord operative strategist donor lobbyist comedian metropolitan cleric
    hierarch ombudsman ombudswoman negotiator colleague opposite-number homologue legate primate abbot nun commodore
    rancher trader builder farmer surgeon doctor nurse teacher student mother wife translator go-between bodyguard
    aide-de-camp son daughter brother sister son-in-law father mother uncle cousin nephew friend ally rival opponent
    coordinator representative superintendent treasurer principal dean rector union-leader organiser organizer veteran
    widow"""
) | {"opposite number"}
#: Heads of a phrase that stands for several people, who can be one side of a meeting.
GROUPS = _set(
    """employers dockers dockworkers drivers nurses boards committees crews clubs unions companies firms armies navies
    primates archbishops patriarchs cardinals colleagues presidents premiers chancellors ministers secretaries leaders
    counterparts kings monarchs princes senators congressmen representatives governors mayors ambassadors envoys
    diplomats generals commanders chiefs heads chairmen directors negotiators commissioners judges attorneys lawyers
    prosecutors advisers advisors aides officials lawmakers deputies mps politicians candidates nominees rivals
    executives ceos billionaires businessmen bankers investors activists dissidents journalists mediators delegations
    delegation delegates teams families relatives survivors victims parents veterans workers students residents
    farmers bishops clerics elders members legislators colleagues allies partners republicans democrats conservatives
    superdelegates donors strategists operatives lobbyists scientists teachers doctors nurses refugees migrants
    inmates prisoners hostages pilots officers troops soldiers police firefighters protesters organisers organizers
    unions bosses founders owners creditors lenders factions rebels militants insurgents sides parties governments
    allies foes men women pair duo trio quartet statesmen neighbours neighbors superpowers powers chairs
    premiers-elect heads-of-state couple co-chairs experts inspectors monitors mediators staffers staff academics
    entrepreneurs industrialists priests rabbis imams guests attendees ceos trustees directors commissioners
    shareholders managers coaches players captains intermediaries emissaries interlocutors counsel relatives mothers
    fathers wives widows"""
)
#: Words that come before a role and belong to it.
ROLE_MODIFIERS = _set(
    """prime foreign vice deputy defence defense finance interior national security chief press state former acting interim
    outgoing incoming current then senior top junior high-ranking senior-most special presidential republican
    democratic democrat conservative labour labor liberal green supreme crown military army naval police political
    trade treasury health energy justice education home environment agriculture transport commerce economy economic
    culture migration assistant executive managing general attorney house senate majority minority opposition party
    campaign billionaire retired exiled jailed ousted new newly-elected elected veteran european un nato world allied
    cabinet first second rebel separatist chief-of-staff under permanent lead main hardline reformist far-right
    left-wing right-wing tory local regional federal provincial parliamentary congressional business tech union church
    religious tribal community jewish muslim christian catholic orthodox arab african western eastern asian gulf
    baltic nordic southern northern central black white gay indigenous young old fellow visiting longtime close
    personal private real-estate media oil technology israeli-american russian-born counter-terrorism intelligence spy
    diplomatic nuclear climate cia fbi pentagon kremlin white-house wall-street labor-union de-facto unnamed named
    mysterious powerful embattled beleaguered respective israel gop aviation industry development petroleum water
    planning investment tourism sport sports digital science internal external social welfare employment housing
    infrastructure rural youth women's fisheries mining co coalition government ruling secretary under-secretary
    undersecretary two three four five six seven eight nine ten dozen several both other many some leading prominent
    influential ukrainian-american wealthy evangelical christian conservative progressive moderate rank-and-file
    house-speaker us-backed so-called self-styled self-proclaimed would-be same opposite estranged late joint"""
)
TITLES = _set(
    "mr mrs ms miss dr sir lord lady dame sen rep gov gen lt col maj capt adm amb prof rev hon sgt messrs mme mx "
    "president-elect"
)

#: Kin and friends of one's private life: who meets them makes no record.
PRIVATE = re.compile(
    r"\b(?:wife|husband|girlfriend|boyfriend|spouse|fianc[eé]e?|future (?:wife|husband)|partner of|match|fate|maker|"
    r"death|end|soulmate|idol)\b",
    re.IGNORECASE,
)


#: Verbs of meeting, by form: (lemma, tense). Tense: past, base, present, ing, participle is as past.
def _forms(lemma: str, base: str, third: str, past: str, ing: str, participle: str = "") -> dict[str, tuple[str, str]]:
    forms = {base: (lemma, "base"), third: (lemma, "present"), past: (lemma, "past"), ing: (lemma, "ing")}
    if participle:
        forms[participle] = (lemma, "participle")
    return forms


VERBS: dict[str, tuple[str, str]] = {
    **_forms("meet", "meet", "meets", "met", "meeting"),
    **_forms("confer", "confer", "confers", "conferred", "conferring"),
    **_forms("chat", "chat", "chats", "chatted", "chatting"),
    **_forms("huddle", "huddle", "huddles", "huddled", "huddling"),
    **_forms("dine", "dine", "dines", "dined", "dining"),
    **_forms("lunch", "lunch", "lunches", "lunched", "lunching"),
    **_forms("talk", "talk", "talks", "talked", "talking"),
    **_forms("speak", "speak", "speaks", "spoke", "speaking", "spoken"),
    **_forms("converse", "converse", "converses", "conversed", "conversing"),
    **_forms("phone", "phone", "phones", "phoned", "phoning"),
    **_forms("telephone", "telephone", "telephones", "telephoned", "telephoning"),
    **_forms("host", "host", "hosts", "hosted", "hosting"),
    **_forms("receive", "receive", "receives", "received", "receiving"),
    **_forms("welcome", "welcome", "welcomes", "welcomed", "welcoming"),
    **_forms("greet", "greet", "greets", "greeted", "greeting"),
    **_forms("negotiate", "negotiate", "negotiates", "negotiated", "negotiating"),
    **_forms("consult", "consult", "consults", "consulted", "consulting"),
    **_forms("convene", "convene", "convenes", "convened", "convening"),
    **_forms("gather", "gather", "gathers", "gathered", "gathering"),
    **_forms("golf", "golf", "golfs", "golfed", "golfing"),
    **_forms("mingle", "mingle", "mingles", "mingled", "mingling"),
    **_forms("reconvene", "reconvene", "reconvenes", "reconvened", "reconvening"),
    **_forms("parley", "parley", "parleys", "parleyed", "parleying"),
    **_forms("schmooze", "schmooze", "schmoozes", "schmoozed", "schmoozing"),
    **_forms("socialise", "socialise", "socialises", "socialised", "socialising"),
    **_forms("rendezvous", "rendezvous", "rendezvouses", "rendezvoused", "rendezvousing"),
    **_forms("breakfast", "breakfast", "breakfasts", "breakfasted", "breakfasting"),
    **_forms("visit", "visit", "visits", "visited", "visiting"),
    **_forms("embrace", "embrace", "embraces", "embraced", "embracing"),
    **_forms("closet", "closet", "closets", "closeted", "closeting"),
    **_forms("buttonhole", "buttonhole", "buttonholes", "buttonholed", "buttonholing"),
}
#: Verbs whose plain object is the one met ("met Putin"); the others need "with", "to" …
TRANSITIVE = _set("introduce see visit meet host receive welcome greet phone telephone embrace join consult buttonhole")
#: Weak verbs: a meeting only with more to show for it (a phone, a dinner, a place).
WEAK = _set(
    "talk speak host receive welcome greet join consult negotiate gather convene embrace golf mingle converse "
    "reconvene lunch breakfast"
)
ENCOUNTERS = _set("chat mingle greet embrace schmooze socialise buttonhole") | {"shake hands", "bump into", "slip off"}

#: Nouns of meeting: word → (lemma, needs participants of its own to count).
NOUNS: dict[str, tuple[str, bool]] = {
    word: (lemma, weak)
    for lemma, weak, words in (
        ("meeting", False, "meeting meetings mtg"),
        ("talks", False, "talks"),
        ("talk", True, "talk"),
        ("sit-down", False, "sit-down sit-downs sitdown"),
        ("bilateral", False, "bilateral bilaterals bilat"),
        ("summit", True, "summit summits mini-summit summitry"),
        ("encounter", False, "encounter encounters"),
        ("conversation", True, "conversation conversations"),
        ("tete-a-tete", False, "tete-a-tete tête-à-tête tete-à-tete tête-a-tête"),
        ("handshake", False, "handshake handshakes"),
        ("call", True, "call calls telecall videocall"),
        ("videoconference", False, "zoom"),
        ("round", True, "round"),
        ("appointment", True, "appointment"),
        ("gathering", True, "gathering"),
        ("phone call", False, "phonecall phone-call teleconference"),
        ("audience", True, "audience"),
        ("meal", True, "dinner lunch breakfast luncheon banquet brunch tea coffee"),
        ("session", True, "session sessions"),
        ("negotiations", True, "negotiations negotiation"),
        ("discussion", True, "discussions discussion"),
        ("chat", True, "chat chats"),
        ("exchange", True, "exchange"),
        ("huddle", False, "huddle"),
        ("powwow", False, "powwow pow-wow confab chinwag"),
        ("videoconference", True, "conference"),
        ("rendezvous", False, "rendezvous tryst"),
        ("face-to-face", False, "face-to-face one-on-one one-to-one pull-aside get-together meet-and-greet"),
        ("consultations", True, "consultations"),
        ("parley", False, "parley parleys"),
        ("interaction", True, "interaction interactions"),
        ("trilateral", False, "trilateral"),
        ("videoconference", False, "videoconference video-conference videocall"),
        ("reunion", True, "reunion"),
        ("visit", True, "visit"),
    )
    for word in words.split()
}
#: A noun of meeting behind one of these is a body's routine, a public event or no meeting at all.
NOT_BEFORE = re.compile(
    r"\b(?:town[- ]?hall(?:[- ]style)?|annual|general|board|shareholders?['’]?|cabinet|committee|council|caucus|prayer|"
    r"staff|campaign|weekly|monthly|"
    r"daily|regular|quarterly|spring|autumn|party|policy|parliamentary|plenary|rate-setting|fed|federal reserve|"
    r"parents?['’]?|community|public|"
    r"training|legislative|emergency session of|jury|court|practice|press|news|ministerial|club|team|group|self-help|"
    r"aa|revival|political|mass|"
    r"cabinet-level|commission|assembly|opec\+?|ecb|monetary policy|general assembly|question-and-answer|q&a|photo|"
    r"bargaining|conference|robo|wake-up|roll|"
    r"close|phone-in|sales|cold|curtain|judgment|protocol|stock|securities|foreign|currency|data|student|cultural|"
    r"target|live|captive|studio|tv|"
    r"television|radio|wide|large|global|mass|jury)\s*[-–]?\s*$",
    re.IGNORECASE,
)
#: Reporting verbs whose subject is the claimant; those that deny are told apart by ``factuality``.
REPORTING = _set(
    """said says say saying told tells confirmed confirms confirm acknowledged acknowledges announced announces claimed
    claims claim added adds suggested suggests indicated indicates insisted insists hinted hints revealed reveals
    disclosed discloses reported reports stated states admitted admits denied denies deny wrote writes tweeted tweets
    declared declares alleged alleges maintained noted notes joked jokes expressed explained recalled recalls
    predicted predicts promised vowed warned believes believe testified argued replied responded posted conceded
    contended asserted asserts signalled signaled signals mentioned informed repeated reiterated stressed announce
    quipped remarked briefed"""
)
PREPOSITIONS = _set(
    "of with by in on for from to at about between against near into over after before during since without than "
    "like toward towards among upon "
    "alongside including via under behind through around as despite beside versus unlike"
)
