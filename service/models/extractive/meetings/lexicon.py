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
#: Verbs of many uses that tell of a meeting together with the words right behind them, and what kind of meeting.
PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.I), lemma)
    for pattern, lemma in (
        (
            r"(?:is|are|was|were|be|been) (?:still |now |currently |both )?(?:locked |deep |"
            r"engaged )in (?:\w+ )?(?:talks|conversation|negotiations|discussions)",
            "negotiate",
        ),
        (
            r"(?:is|are|was|were|be|been) (?:still |now |currently )in (?:talks|conversation|negotiations|discussions)",
            "negotiate",
        ),
        (r"(?:is|are|was|were|be|been|being) (?:still |now )?(?:holed up|closeted)", "closet"),
        (
            r"(?P<past>called|rang)(?= (?:[A-ZÀ-Ý][\w’'.-]+ ){1,6}(?:on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
            r"late|early|yesterday|today|to (?:discuss|congratulate|thank|tell|offer|ask|wish|talk|express|brief|"
            r"inform|warn|say)|and (?:told|asked|discussed)|last|this))",
            "phone",
        ),
        (r"(?:take|takes|took|taking) a (?:\w+ )?(?:phone |telephone )?call from", "phone"),
        (
            r"(?P<base>(?:(?<=will )|(?<=would )|(?<=is to )|(?<=was to )|"
            r"(?<=due to ))see)(?= (?:[A-ZÀ-Ý][\w’'.-]+ ){1,6}(?:in|at|on|next|again|tomorrow|for|this|later|when))",
            "see",
        ),
        (
            r"(?:play|plays|played|playing) (?:golf|tennis|chess|a round(?: of golf)?|a few holes|nine holes|"
            r"eighteen holes)",
            "golf",
        ),
        (r"(?:tour|tours|toured|watched|inspected|walked|strolled|visited|opened) [^.;,]{3,40} together", "meet"),
        (r"(?:is|are|was|were|be|been|being) introduced to", "introduce"),
        (
            r"(?:hunker(?:s|ed|ing)? down|link(?:s|ed|ing)? up|(?:got|get|gets|getting|came|come|comes|coming) together|(?:is|are|"
            r"was|were|been|be) (?:briefly )?reunited|reunited|renew(?:s|ed|ing)? acquaintance|(?:shut|shuts|shutting|locked) "
            r"(?:him|her|them)sel(?:f|ves) away|(?:keep|keeps|kept|keeping) (?:a|the|their|his|her) (?:\w+ )?(?:rendezvous|"
            r"appointment|assignation))(?= with )",
            "meet",
        ),
        (
            r"(?:sup|sups|supped|supping)(?= with )|(?:take|took|takes|taking|have|has|had|having) (?:an? |some )?(?:\w+ )?"
            r"(?:supper|drinks?|beers?|whisky|wine|picnic|nightcap)(?= (?:together|with) )",
            "dine",
        ),
        (
            r"(?:have|has|had|having) (?:an? |some )?(?:\w+ )?(?:words?|chinwag|natter|heart-to-heart|showdown|run-in|confab|"
            r"catch-up)(?= (?:together|with) )",
            "chat",
        ),
        (
            r"(?:share|shares|shared|sharing) (?:a |an )(?:\w+ ){0,2}(?:bench|flight|pot of coffee|sofa|limousine|carriage|train|"
            r"boat|cab|ride|lift)",
            "keep company",
        ),
        (
            r"(?:take|takes|took|taking|go|goes|went|going) (?:for )?an? (?:\w+ )?(?:stroll|walk|drive|ride|swim)(?= [^.;,]{0,40}"
            r"with )|(?:tour|tours|toured|touring|inspect(?:s|ed|ing)?) the [^.;,]{3,40}(?= with [A-Z])|(?:rode|riding|drove|flew) "
            r"(?:\w+ ){0,4}(?=with [A-Z])",
            "keep company",
        ),
        (
            r"(?:is|are|was|were|been|be|being) (?:seen|spotted|photographed|pictured|filmed|snapped)(?: \w+ing)?(?= with [A-Z])",
            "keep company",
        ),
        (r"(?:stand|stands|stood|standing) (?:beside|alongside|next to)(?= [A-Z])", "keep company"),
        (r"(?:corner(?:s|ed|ing)|collar(?:s|ed|ing)|waylaid)(?= [A-Z])", "buttonhole"),
        (
            r"(?:compare|compares|compared|comparing) notes|(?:exchang(?:e|es|ed|ing)|swap(?:s|ped|ping)?) (?:views|notes|ideas|"
            r"jokes|courtesies)|(?:thrash|thrashes|thrashed|hash|hashes|hashed|iron|ironed|hammer|hammered) out [^.;,]{3,40}"
            r"(?= with )|bargain(?:s|ed|ing)?(?= with )|deliberat(?:e|es|ed|ing)(?= with )",
            "confer",
        ),
        (
            r"(?:call|calls|called|calling|look|looks|looked|looking|drop|drops|dropped|pop|pops|popped|stop|stops|stopped) "
            r"(?:in on|by to see|in to see)",
            "call on",
        ),
        (r"(?:entertain(?:s|ed|ing)?|wine[sd]? and dine[sd]?)(?= [A-Z]| (?:at|to) )", "host"),
        (
            r"(?:go|goes|went|going) (?:fishing|hunting|shooting|riding|sailing|skiing|hiking|swimming)(?= [^.;,]{0,30}(?:with |"
            r"together))|(?:play|plays|played|playing) (?:cards|bridge|poker|padel|squash|billiards|backgammon)(?= [^.;,]{0,30}"
            r"(?:with |together))|sail(?:s|ed|ing)(?= with [A-Z])",
            "golf",
        ),
        (r"(?:zoomed|skyped|facetimed|video-call(?:s|ed|ing)?)", "phone"),
        (
            r"(?:find|finds|found|finding) (?:him|her|them)sel(?:f|ves) (?:sitting |seated |standing |placed )?(?:next to|beside|"
            r"opposite|face to face with|alongside)",
            "sit down",
        ),
        (r"(?:shake|shakes|shook|shaking|shaken) the hand of", "shake hands"),
        (
            r"(?:retired?|withdrew|disappear(?:ed|s)?|vanished) (?:in)?to (?:a|the|an|his|her) [^.;,]{3,30}(?= with [A-Z])",
            "slip off",
        ),
        (r"(?:sit|sits|sat|sitting) (?:alongside|with)(?= [A-Z])", "keep company"),
        (r"(?:face|faces|faced|facing) off (?=over |across )", "sit down"),
        (
            r"(?:sit|sits|sat|sitting) (?:together |down )?(?:at|round|around) (?:a single|a|one|the same|the) table"
            r"(?= with| together|[,.]| for| on| in| from)",
            "sit down",
        ),
        (
            r"(?:spend|spends|spent|spending) (?:[\w£$’'-]+ ){1,8}?(?:\([^)]{0,80}\) )?(?:across (?:a|the) (?:\w+ )?table from"
            r"|in (?:one|the same) room(?: with)?)",
            "sit down",
        ),
        (
            r"(?:is|are|was|were|be|been|['’]re) (?:still |back |again )*at it (?:again|still|until|for|when|as|till)\b"
            r"|(?:are|['’]re) (?:still|back) at it",
            "sit down",
        ),
        (
            r"(?:discuss|discusses|discussed|discussing)(?= [^.;]{3,70} with [^.;]{3,60} (?:over (?:dinner|lunch|breakfast|"
            r"coffee|tea|drinks|the (?:tele)?phone)|by (?:tele)?phone|on the (?:tele)?phone|(?:at|in|during) an? "
            r"(?:\w+ )?(?:meeting|call|dinner|lunch|conversation|session)))",
            "confer",
        ),
        (r"(?:sit|sits|sat|sitting) across (?:a|the) (?:\w+ )?table from", "sit down"),
        (
            r"(?P<base>shake)(?P<present>s)? hands|(?P<past>shook) hands|(?P<ing>shaking) hands|"
            r"(?P<participle>shaken) hands",
            "shake hands",
        ),
        (
            r"(?:exchang(?:e|es|ed|ing)|shar(?:e|es|ed|ing)) (?:a |an )?(?:brief |warm |quick |short |awkward |"
            r"cordial |long |firm )*(?:handshakes?|greetings|pleasantries|small talk|few words)",
            "shake hands",
        ),
        (r"(?:sit|sits|sat|sitting) down", "sit down"),
        (
            r"(?:be|been|being|is|are|was|were|sit|sits|sat|sitting|return|returned|returns|back) (?:now |back |"
            r"to )*(?:a)?round the (?:negotiating )?table",
            "sit down",
        ),
        (
            r"(?:return|returned|returns|returning|back|come|came|go|went) (?:back )?to the (?:negotiating|"
            r"bargaining) table",
            "sit down",
        ),
        (r"(?:be|been|being|is|are|was|were) (?:locked |back )?in the (?:same )?room", "sit down"),
        (r"(?:natter|natters|nattered|nattering|gossip\w*|hobnob\w*)", "chat"),
        (r"(?:(?:is|are|was|were|be|been|being) (?:granted|given)|(?:has|have|had) been granted) an audience", "meet"),
        (
            r"(?:take|takes|took|taking|have|has|had|having) (?:tea|lunch|dinner|breakfast|coffee|supper|drinks|"
            r"a (?:beer|drink|coffee|quiet word|word|brief word|cup of \w+))(?= (?:together|with))",
            "dine",
        ),
        (
            r"(?:walk|walks|walked|walking|stroll\w*) (?:together )?(?:in|through|along|round|around) "
            r"[^.;,]{3,40}(?= with [A-Z])",
            "chat",
        ),
        (r"(?:sit|sits|sat|sitting) (?:opposite|across (?:the table )?from|beside|next to)", "sit down"),
        (r"(?:bump|bumps|bumped|bumping|run|runs|ran|running) into", "bump into"),
        (r"(?:cross|crosses|crossed|crossing) paths", "bump into"),
        (r"(?:come|comes|came|coming) (?:face[- ]to[- ]face|nose[- ]to[- ]nose|eye[- ]to[- ]eye)", "meet"),
        (
            r"(?:get|gets|got|getting|come|comes|came|coming) together(?= (?:for|in|at|again|over|behind|"
            r"to (?:discuss|talk|meet)|on \w+day))",
            "meet",
        ),
        (
            r"(?:slip|slips|slipped|slipping|sneak|sneaks|sneaked|snuck|sneaking|steal|stole|step|steps|stepped|"
            r"stepping) (?:off|away|aside|out)(?= (?:together|to |for |with ))",
            "slip off",
        ),
        (
            r"(?:(?<!phone )(?<!video )(?<!a )(?<!the )(?:call|calls)|called|calling) (?:up)?on "
            r"(?=(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z]|the |his |her )",
            "call on",
        ),
        (
            r"(?P<base>break) bread|(?P<present>breaks) bread|(?P<past>broke) bread|(?P<ing>breaking) bread|"
            r"(?P<participle>broken) bread",
            "dine",
        ),
        (
            r"(?:spend|spends|spent|spending) (?:[\w£$’'-]+ ){0,6}?(?:hours?|minutes?|days?|evenings?|afternoons?|nights?|weekend|"
            r"mornings?|week|time|lunchtime|half-hour|quarters of an hour) (?:[\w£$’'-]+ ){0,4}?(?=(?:with|together|across the table)\b)",
            "spend",
        ),
        (
            r"(?:be|been|being|is|are|was|were) in (?:conversation|talks|negotiations|discussions|conference|"
            r"session)\b",
            "negotiate",
        ),
        (r"(?:go|goes|went|gone|going) into (?:session|talks|a huddle|conclave)\b", "sit down"),
        (
            r"(?:fly|flies|flew|flown|travel|travels|travell?ed|go|goes|went|come|came|drive|"
            r"drove)(?: \w+){0,6} to see(?= [A-Z])",
            "meet",
        ),
        (
            r"(?:share|shares|shared|sharing) (?:a |an )(?:\w+ )?(?:table|meal|dinner|lunch|tagine|taxi|car|"
            r"helicopter|plane|pizza|bottle|drink|cigar|pot of tea)",
            "dine",
        ),
        (
            r"(?:remain|remained|stay|stayed|sit|sat|stand|stood|walk|walked|were|was|been|seen|spotted|photographed|"
            r"pictured) together",
            "meet",
        ),
        (
            r"(?:join|joins|joined|joining)(?= [^.;]{2,70} (?:for|at|in|over) (?:a |an )?(?:\w+ )?(?:lunch|dinner|"
            r"breakfast|talks|tea|coffee|meeting|drinks|golf|banquet|call|round))",
            "join",
        ),
        (r"(?:be|is|are|was|were|been|being) closeted", "closet"),
        (r"(?:drop|drops|dropped) (?:in|by)(?: on)?(?= [A-Z])", "call on"),
        (r"(?:catch|catches|caught|catching) up with", "chat"),
        (r"(?:is|are|was|were|be|been) ushered in to see", "meet"),
        (r"(?:pay|pays|paid|paying) a (?:\w+ )?(?:call|visit) (?:on|to)(?= [A-Z])", "call on"),
        (r"(?:put|puts|hold|held) (?:their )?heads together", "meet"),
        (r"(?:rub|rubs|rubbed|rubbing) (?:shoulders|elbows)", "chat"),
    )
)


def _key(pattern: str) -> str:
    """The longest word that every match of a pattern holds, to pass over sentences quickly; "" where there is none."""
    plain, before = re.sub(r"\\.", " ", pattern), ""
    while plain != before:  # innermost groups first, with what may follow a group
        before, plain = plain, re.sub(r"\([^()]*\)[?*+]?(?:\{[^}]*\})?", " ", plain)
    plain = re.sub(r"\[[^\]]*\][?*+]?|\w[?*]", " ", plain)
    return "" if "|" in plain else max(re.findall(r"[a-z]{3,}", plain), key=len, default="")


#: The keys of ``PHRASES``, in order.
PHRASE_KEYS = tuple(_key(pattern.pattern) for pattern, _ in PHRASES)

#: Verbs whose plain object is the one met ("met Putin"); the others need "with", "to" …
TRANSITIVE = _set("keep-company introduce see visit meet host receive welcome greet phone telephone embrace join consult buttonhole")
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
