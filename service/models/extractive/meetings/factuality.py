"""What is claimed of a meeting where it is mentioned: that it happened, is to come, was called off … or nothing at all.

The words round the trigger decide: auxiliaries and modals before a verb, the governing verb and adjectives of a noun, and
what is said of a noun that is the subject ("the meeting was scrapped"). None means that the place makes no claim (a
question, a wish, a condition), though it may still say more of a meeting that is claimed elsewhere.
"""

from __future__ import annotations

import re

from service.models.extractive.meetings.events import EventMention

_OFF = (
    r"(?:cancel(?:s|l?ed|l?ing)?|call(?:s|ed|ing)?(?: \w+){0,4} off|scrap(?:s|ped|ping)?|axe[ds]?|ditch(?:es|ed)|"
    r"abandon(?:s|ed|ing)|shelved?|drop(?:s|ped)|scuttled?|torpedoed|aborted|nixe[ds]|binned|pulled the plug on|"
    r"blown off|blew off)"
)
_LATER = (
    r"(?:postpon(?:e|es|ed|ing)|delay(?:s|ed|ing)?|put(?:s|ting)? (?:\w+ ){0,3}(?:off|back|on hold|on ice|into the "
    r"(?:autumn|spring|summer|winter|new year))|"
    r"rearrang(?:e|ed|es)|adjourn(?:ed|s)|brought forward|slipp?ed to|kicked back|push(?:es|ed|ing)? (?:\w+ "
    r"){0,3}back|reschedul(?:e|es|ed|ing)|defer(?:s|red|ring)?|moved (?:to|from|back)|will now (?:take place|be "
    r"held|go ahead) (?:on|in|at|next|a)|would have to wait|will have to wait|suspend(?:s|ed))"
)
_OFF_NOUN = re.compile(
    rf"\b(?:{_OFF}|rul(?:e|es|ed|ing) out|pull(?:s|ed|ing)? out of|withdr(?:aws?|ew|awn|awing) from|back(?:s|ed|ing)? out "
    rf"of|snub(?:s|bed|bing)?|skip(?:s|ped|ping)?|"
    r"boycott(?:s|ed|ing)?|reject(?:s|ed|ing)|refus(?:es|ed|ing)|declin(?:es|ed|ing)|turn(?:s|ed|ing) down|no plans? for|"
    r"not planning|walk(?:s|ed|ing)? away from|"
    r"cancellation of|collapse of|withdrawal from|end(?:s|ed)? hopes of|quash(?:es|ed) (?:talk|hopes) of|no longer|"
    r"(?:will|would) not (?:be )?(?:hold|attend|have|go|any|a)\w*|won['’]t (?:hold|attend|have|be)\w*|"
    r"excluded)\b[^.;]{0,60}$",
    re.I,
)
_LATER_NOUN = re.compile(rf"\b(?:{_LATER}|postponement of|delay to|delay of)\b[^.;]{{0,50}}$", re.I)
_OFF_AFTER = re.compile(
    rf"^[^.;!?]{{0,130}}?\b(?:(?:was|were|is|are|has been|have been|had been|been|being|be|got|gets|was then) (?:\w+ "
    rf")?(?:{_OFF}|ruled out|(?<!ed )off(?: the table)?\b|over before)|fell through|falls through|fallen through|collapsed|"
    r"(?:will|would) (?:now )?(?:not|no longer) (?:take place|go ahead|happen|be held|proceed)|won['’]t (?:take place|go "
    r"ahead|happen|be held)|is not happening|not going ahead|"
    r"never materiali[sz]ed|came to nothing|is off\b|was off\b|are off\b|were off\b|at short notice because|unravell?ed)",
    re.I,
)
_LATER_AFTER = re.compile(
    rf"^[^.;!?]{{0,130}}?\b(?:(?:was|were|is|are|has been|have been|had been|been|being|be) (?:\w+ )?(?:{_LATER})"
    r"|will now (?:take place|be held|go ahead)|(?:would|will) have to wait)\b",
    re.I,
)
_LATER_VERBLESS = re.compile(r"^\s*(?:postponed|delayed|put off|pushed back|rescheduled)\b", re.I)
_OFF_VERBLESS = re.compile(r"^\s*(?:cancell?ed|called off|scrapped|axed|off)\b(?!-)", re.I)
_DENY = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ials? (?:of|that))|never|dismiss(?:es|ed|ing)? (?:\w+ ){0,4}(?:reports?|claims?|rumou?rs?|"
    r"suggestions?|allegations?|stories|speculation)|reject(?:s|ed|ing)? (?:\w+ ){0,4}(?:reports?|claims?|allegations?|"
    r"suggestions?)|"
    r"no such|untrue|false|fabricat\w+|fake news|refut(?:es|ed|ing)|disput(?:ed|ing)|"
    r"(?<!the )(?<!se )(?<!eir )(?<!of )(?<!on )(?<!and )disputes|knocked down)\b[^.;]{0,90}$",
    re.I,
)
_UNDISPUTED = re.compile(r"\b(?:nobody|no one|neither|none)\b[^.;]{0,20}\b(?:disput|den)\w+\b", re.I)
_ALLEGE = re.compile(
    r"\b(?:reportedly|allegedly|supposedly|purported(?:ly)?|rumou?r(?:s|ed)?|alleged|(?:is|are|was|were) (?:said|believed|"
    r"thought|understood|alleged|reported|rumou?red|claimed|suspected) to have|"
    r"(?:may|might|could) (?:\w+ )?have|appears? to have|appeared to have|seems? to have|(?:have |has )?likely|probably|"
    r"accus(?:e|es|ed|ing) .{0,80} of|allegations?|accusations?|hint(?:s|ed|ing)?|suspicions?|speculation|claims? (?:that|"
    r"of)|"
    r"reports? (?:that|of)|reports? (?:emerged|surfaced)|perhaps|is said|are said|was said|unconfirmed|whispers|if true)\b",
    re.I,
)
_UNSURE = re.compile(
    r"\b(?:whether|if|unclear|unless|or not|question of|speculation (?:on|about|over)|doubts?|in case|should they|"
    r"wonder\w*|chances of|prospects? of|hypothetical)\b[^.;,]{0,80}$",
    re.I,
)
_WAS_PLAN = re.compile(
    r"\b(?:(?:had|have|has) (?:originally |initially |previously |long )?been (?:\w+ )?(?:scheduled|due|set|expected|"
    r"planned|slated|supposed|going|to|arranged)|(?:was|were) (?:originally|initially|supposed|meant) ?(?:to|due|"
    r"scheduled|set|expected|planned)?|"
    r"(?:was|were) to have|would have|should have|had (?:\w+ )?(?:planned|hoped|intended|expected|agreed|been hoping) to|"
    r"had been hoping)\b",
    re.I,
)
_FUTURE_NOUN = re.compile(
    r"\b(?:planned|scheduled|upcoming|forthcoming|proposed|expected|possible|potential|prospective|future|next|coming|"
    r"mooted|eventual|would-be|hoped-for)\b",
    re.I,
)
_FUTURE_AFTER = re.compile(
    r"^[^.;!?,]{0,130}?,?\s*(?:\b(?:will|would|shall|is to|are to|(?:could|may|might|"
    r"can)(?= (?:\w+ly )?(?:take|happen|be|come|go|occur|begin|start|resume|"
    r"last|follow)\b))\b(?! have)|['’]ll\b|(?:is|are|was|"
    r"were|has been|have been|had been|being|been)?\s*(?:\w+ly )?(?:due|set|scheduled|slated|expected|planned|likely|"
    r"arranged|pencill?ed in|on track|being (?:planned|arranged|prepared|organi[sz]ed))\b(?: (?:to|for|on|in|at|next|this|"
    r"later|between)|\s*[,.]|$))",
    re.I,
)
_WOULD_HAVE_AFTER = re.compile(
    r"^[^.;!?]{0,130}?\b(?:would have (?:been|marked|brought|taken|had|come|given)|was to have|were to have|had been "
    r"(?:scheduled|due|set|expected|planned))",
    re.I,
)
_DID_NOT_AFTER = re.compile(
    r"^[^.;!?]{0,130}?\b(?:did not (?:take place|happen|occur)|didn['’]t (?:take place|happen)|never (?:took place|"
    r"happened|occurred|existed)|had not taken place|has not taken place|not taken place|not true|no truth)",
    re.I,
)
_TOOK_PLACE = re.compile(
    r"^[^.;!?]{0,130}?\b(?:took place|taken place|was held|were held|had been held|has been held|lasted|went (?:well|ahead|"
    r"on)|ended|concluded|began|started|opened|focused|covered|centred|centered|touched|dealt|was (?:cordial|constructive|"
    r"tense|productive|positive|good|frank|brief|short|long|friendly|useful|closed|first reported|attended|also|the first|"
    r"the second|their)|ran|came|followed|happened|occurred|broke up|dragged|produced|yielded|resulted|resumed|wrapped|"
    r"marked)\b",
    re.I,
)
_ONGOING_AFTER = re.compile(
    r"^[^.;!?]{0,130}?\b(?:(?:is|are|were|was) (?:still )?(?:under ?way|ongoing|continuing|in progress|taking place|being "
    r"held)|continue(?:s)?\b|continued\b|(?:entered|went into|stretched into|dragged into|are in|were in) (?:a|an|"
    r"the|their|its) (?:second|third|fourth|fifth|sixth|final|\d+th) (?:day|week|round|hour|night)|(?:is|are) "
    r"(?:still )?(?:going on|in session))",
    re.I,
)
_HELD = frozenset("held had attended hosted chaired convened finished concluded ended left wrapped".split())
#: "the results of [that meeting] will be …".
_AFTER_IT = re.compile(
    r"\b(?:(?:results?|outcomes?|details?|contents?|minutes|transcripts?|spirit|success|fruits?) of|after|"
    r"following|since)\s+"
    r"(?:the|that|this|their|his|her|an?)\s+(?:\w+[\s-]+){0,2}$",
    re.I,
)
_PAST_GOVERNOR = re.compile(
    r"^(?:held|had|attended|hosted|conducted|convened|opened|began|started|ended|concluded|resumed|finished|continued|"
    r"entered|exchanged|shared|made|got|secured|enjoyed|joined|left|described|discussed|wrapped|broke|mediated|"
    r"facilitated|organi[sz]ed|hailed|praised|led|chaired|was|were|took|went|emerged|arrived|walked|stormed|crashed|used|"
    r"spoke|sat|met|flew|sent|dispatched|granted|gave|got|received|confirmed|told|engaged|came|returned|called|"
    r"after|during|following|been|from|in|at)$",
    re.I,
)
_SERIES = re.compile(
    r"^[^.;,]{0,40}?\b(?:several|many|numerous|multiple|countless|\d+|two|three|four|five|six|seven|eight|nine|ten|a "
    r"(?:few|dozen|couple of)|dozens of) (?:times|occasions)\b|^[^.;,]{0,30}\b(?:regularly|frequently|repeatedly|often|"
    r"every (?:day|week|month|year|two|few)|from time to time|over the (?:past |last |\w+ )*(?:years|decades|"
    r"months)|annually)\b",
    re.I,
)
_SERIES_BEFORE = re.compile(
    r"\b(?:at times|regularly|frequently|repeatedly|often|always|usually|sometimes|rarely|routinely|typically|"
    r"occasionally|ever "
    r"since|whenever|every time)\b[^.;,]{0,30}$",
    re.I,
)
_FUTURE_TIME = re.compile(
    r"\b(?:tomorrow|next (?:week|month|year|\w+day|spring|summer|autumn|fall|winter)|later (?:today|this|on)|on "
    r"\w+day\b(?! (?:that|said))|this (?:week|month|\w+day)|in the coming|tonight|in (?:January|February|March|April|May|"
    r"June|July|August|September|October|November|December))\b",
    re.I,
)


_WILL_BEFORE = re.compile(r"\b(?:will|shall|is to|are to|due to|expected to|set to|plans? to|scheduled to)\b[^.;]*$")
_LASTING = re.compile(r"^[^.;]{0,70}?\b(?:for (?:\w+ ){1,3}(?:hours?|minutes|days?)|since)\b")


#: "his visit, where he was to meet her, has been postponed".
_AFTER_COMMA = re.compile(rf"^[^.;,]{{0,60}},\s+(?:has|have|had|was|were)\s+(?:now )?(?:been\s+)?(?:{_LATER}|{_OFF})", re.I)
#: "… called the reports 'a fantasy'".
_FALSE_AFTER = re.compile(
    r"^[^.;]{0,80}?\s(?:as )?(?:a |an |pure |sheer |utter |complete )*[\"“'‘]?(?:a |an |pure |sheer |utter |"
    r"complete )*(?:fantasy|fiction|fabrications?|nonsense|rubbish|lies?|inventions?|baseless|fake news|untrue|"
    r"false|made up)\b",
    re.I,
)


#: "heads to Oslo on Tuesday for [talks]", "preparations are under way for [a meeting]".
_ON_THE_WAY = re.compile(
    r"\b(?:head(?:s|ing)|travel(?:s|ling|ing)|fl(?:y|ies|ying)|goes|going|arrives?|expected|"
    r"due)\b[^.;]{0,60}\bfor\s+(?:\w+[\s-]+){0,4}$"
    r"|\bpreparations?\b[^.;]{0,40}\bfor\s+(?:\w+[\s-]+){0,3}$",
    re.I,
)


_WENT_FOR = re.compile(
    r"\b(?<!will be )(?<!to be )(?:sent|dispatched|flew|travell?ed|went|came|drove|summoned|brought|"
    r"called in)\b[^.;]{0,80}\bfor\s+"
    r"(?:\w+[\s-]+){0,4}$"
)
#: A full stop that ends no sentence: "Mr. Trump", "U.S.", "James E. Rogan".
_ABBREVIATED = re.compile(r"\b(Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|St|Lt|Col|Maj|Sgt|Prof|Rev|Jr|Sr|No|[A-Z])\.")
#: "after the president [meets] them": yet to be.
_ONCE = re.compile(r"\b(?:after|before|until|once|when)\s+(?:[\w’'-]+\s+){1,4}$", re.I)
_UP_TO_NOW = re.compile(r"^[^.;,]{0,60}?\b(?:since|yet|so far|(?:in|for) (?:\w+ ){0,3}(?:years?|months?|weeks?|decades?))\b")
#: "concerned about [the meeting]": taken for granted.
_TROUBLED = re.compile(
    r"\b(?:concern(?:s|ed)?|worr(?:y|ied|ies)|ang(?:er|ry)|alarm(?:ed)?|furious|upset|outraged?|dismay(?:ed)?|criticism)\s+"
    r"(?:about|over|at|by|of)\s+(?:\w+[\s-]+){0,4}$",
    re.I,
)
_DID = re.compile(r"\b(?:shook|posed|spoke|said|told|met|greeted|embraced|smiled|stood|sat|exchanged|[a-z]{3,}ed)\b", re.I)


#: Called off, but not for good.
_TILL = re.compile(
    r"\b(?:until|till|for now|for the time being|to a later date|(?:a )?new date|later date|indefinitely|further notice)\b",
    re.I,
)


def claim_of(event: EventMention, clause_left: str, clause_right: str, headline: bool) -> str | None:
    """The status that is claimed at ``event``; None: no claim. "was planned" is a plan of the past, which nobody need hold
    to.

    ``clause_left`` and ``clause_right``: the words of its clause before and behind the trigger; ``headline``: its present
    tense tells of what is past.
    """
    left, right = (_ABBREVIATED.sub(r"\1", words) for words in (clause_left, clause_right))
    if event.form == "noun":
        return _of_noun(event, left, right)
    return _of_verb(event, left, right, headline)


def _of_verb(event: EventMention, left: str, right: str, headline: bool) -> str | None:
    near = left[-90:]
    if _is_until_now(near, right):
        return None
    if event.lemma in ("negotiate", "closet") and re.match(r"(?:is|are)\b|(?:was|were) still\b", event.words):
        return "planned" if _FUTURE_TIME.search(right[:60]) else "ongoing"
    if re.match(
        r"^[^.;]{0,60}?\b(?:and|but) (?:had|have|has) (?:still |yet )?(?:not |yet to )(?:yet )?(?:emerged?|surfaced?|"
        r"come out|finished|reappeared?)",
        right,
    ):
        return "ongoing"
    moved = _AFTER_COMMA.match(right)
    if moved and re.search(r"\b(?:to|will|would|due|scheduled)\s+(?:\w+ ){0,2}$", near):
        return "postponed" if re.search(_LATER, moved.group(), re.I) else "cancelled"
    if (_SERIES.match(right) and event.form != "base") or _SERIES_BEFORE.search(left[-40:]):
        return None
    if event.form in ("past", "participle", "ing") and _DENY.search(near):
        return "happened" if _UNDISPUTED.search(near) else "denied"
    if re.search(r"\b(?:not|n['’]t) (?:\w+ )?rul(?:e|ed|ing) out\b", near):
        return None
    if event.form == "ing":
        return _of_gerund(event, near, right)
    if event.form in ("past", "participle"):
        if (
            re.search(r"\b(?:have|has)\s+(?:now |since |already |all )?$", near)
            and _LASTING.match(right)
            and event.lemma in ("sit down", "negotiate", "closet", "talk", "spend")
        ):
            return "ongoing"
        if _WAS_PLAN.search(left[-60:]):
            return "was planned"
        passive = re.search(r"\b(?:will|would|is to|are to|to|may|might|could|due to|expected to) be\s+(?:\w+ )?$", near)
        if passive is not None:
            return "planned"
        if re.search(
            r"\b(?:had|has|have|was|were|did)\s?(?:not|n['’]t|yet to)\s+(?:yet |ever |actually )?(?:been )?$", near
        ) or re.search(r"\bnever\s+(?:\w+ )?$", near):
            return "denied"
        if _UNSURE.search(near):
            return None
        return "alleged" if _ALLEGE.search(left[-110:]) else "happened"
    if event.form == "present" and not re.search(r"\b(?:to|will|would)\s+$", near):
        coming = _FUTURE_TIME.search(right[:80]) or _FUTURE_TIME.search(event.words)
        return "planned" if coming or (not headline and _ONCE.search(near)) else "happened"
    return _of_base(event, left, right)


def _is_until_now(near: str, right: str) -> bool:
    """ "had never met as presidents", "have not met since January": no denial of a meeting."""
    if re.search(r"\bhad never\s+(?:\w+ )?$", near):
        return True
    return re.search(r"\b(?:has|have|had)(?: not|n['’]t)\s+(?:\w+ )?$", near) is not None and bool(_UP_TO_NOW.match(right))


def _of_gerund(event: EventMention, near: str, right: str) -> str | None:
    if re.search(r"\b(?:is|are|['’]re|['’]s|am|['’]m)\s+(?:\w+ )?$", near):
        if re.search(r"\b(?:not|n['’]t)\s+$", near):
            return "cancelled"
        return "planned" if _FUTURE_TIME.search(right[:70]) else "ongoing"
    if re.search(r"\bbe\s+(?:\w+ )?$", near):
        return "cancelled" if re.search(r"\b(?:not|n['’]t|never|no longer) be\s+(?:\w+ )?$", near) else "planned"
    if re.search(r"\b(?:was|were|had been|has been|have been)\s+(?:\w+ )?$", near):
        return "happened"
    if re.search(
        r"\baccus\w+\b.{0,80}\bof\s+(?:\w+ )?$|\ballegations? of\s+(?:\w+ )?$|\bsuspected of\s+(?:\w+ )?$",
        near,
        re.I,
    ):
        return "alleged"
    if re.search(r"\b(?:admit\w*|acknowledg\w*|recall\w*|remember\w*|confirm\w*|report(?:s|ed))\s+(?:to )?(?:\w+ )?$", near):
        return "happened"
    if re.search(
        r"\b(?:before|ahead of|consider(?:s|ed|ing)?|without|of|about|plan(?:s|ned)? on|against|to|for|from|avoid(?:s|"
        r"ed)?|rul(?:ed|es|ing) out|suggest(?:s|ed)?|despite)\s+(?:\w+ )?$",
        near,
        re.I,
    ):
        if re.search(r"\brul(?:ed|es|ing) out\s+(?:\w+ )?$", near):
            return "cancelled"
        return "planned" if re.search(r"\bbefore\s+(?:\w+ )?$", near, re.I) else None
    return (
        "happened"
        if re.search(
            r"\b(?:after|while|when|by|since|upon|following|,|in|and|photographed|seen|filmed|pictured)\s+(?:\w+ )?$",
            near,
            re.I,
        )
        else None
    )


def _of_base(event: EventMention, left: str, right: str) -> str | None:
    near = left[-80:]
    if re.search(r"\b(?:need|needs|needed|have|had|has) to\s+(?:\w+ )?$", near) and re.search(r"\bneed|\bdid", near[-40:]):
        return "wish"
    if re.search(r"\b(?:did not|didn['’]t|has yet to|have yet to|had yet to|never)\s+(?:\w+ ){0,2}$", near):
        return "denied" if re.search(r"\bdid", near[-25:]) or "never" in near[-20:] else None
    if re.search(r"\b(?:did)\s+(?:\w+ )?$", near):
        return "happened"
    if re.search(
        r"\b(?:pleasure|honou?r|privilege|great|good|delight(?:ed)?|pleased|glad|nice|wonderful|lucky|"
        r"proud)\s+to\s+(?:\w+ )?$",
        near,
        re.I,
    ):
        return "planned" if re.search(r"\b(?:will|would) be\b", near, re.I) else "happened"
    if re.search(
        r"\b(?:will not|won['’]t|would not|wouldn['’]t|not going to|no longer|(?:refus|declin)(?:e|es|ed|ing) to|no "
        r"(?:plans?|intention|need|reason)(?: at all)? (?:to|of)|not (?:plan(?:ning)?|intend(?:ing)?|expected?|due|"
        r"scheduled|set)(?: to)?|cannot|can['’]t|unable to|unwilling to|unlikely to|rul(?:ed|es) out(?: \w+)? "
        r"to)\s+(?:\w+ ){0,3}$",
        near,
        re.I,
    ):
        return "cancelled"
    modal = re.search(r"\b(?:to|may|might|could)\s+(?:\w+ )?$", near)
    joined = modal is None and re.search(r"\band (?:\w+ )?$", event.left[-20:])
    if joined and _WILL_BEFORE.search(event.left[-220:]):
        return "planned"
    if _WAS_PLAN.search(left[-70:]):
        return "was planned"
    if _UNSURE.search(near):
        return None
    if re.search(
        r"\b(?:flew|travel?led|went|came|arrived|returned|visited|drove|stopped|was there|were there|able|managed|got|"
        r"rushed|hurried|raced|paused|left|turned up|gathered|lined up|sneaked|slipped)\b[^,;.]{0,40}\bto\s+(?:\w+ )?$",
        near,
    ):
        return "planned" if re.search(r"\b(?:has|have|is|will)\b[^,;.]{0,30}$", near) else "happened"
    if re.search(
        r"\b(?:should|ought to|must|need(?:s|ed)? to|urg\w+|demand\w*|call(?:ed|s|ing)? (?:on|for)|let['’]?s|would like "
        r"to|would love to|able to|used to|wish(?:es|ed)? to|want(?:s|ed)? to|ask(?:s|ed|ing)?|sought|seek|"
        r"dare)\b[^,;.]{0,50}$",
        near,
        re.I,
    ):
        return "wish"
    if re.search(r"\b(?:can|could|may|might)\s+(?:\w+ )?$", near) and (
        _FUTURE_TIME.search(right[:60]) or re.match(r" as (?:early|soon) as", right)
    ):
        return "planned"
    if re.search(
        r"\b(?:offer(?:s|ed|ing)?|willing(?:ness)?|ready|readiness|open|prepared|happy|can|could|eager|keen|invit(?:e|es|"
        r"ed|ing)|propos(?:e|es|ed|ing))\b[^,;.]{0,40}$",
        near,
        re.I,
    ):
        return "wish"
    if re.search(r"\b(?:will|would|shall|may|might|to)\s+(?:\w+ ){0,3}$|['’]ll\s+(?:\w+ ){0,2}$", near):
        return "planned"
    return None


def _of_noun(event: EventMention, left: str, right: str) -> str | None:
    before = left[-100:]
    if re.search(r"\b(?:not|n['’]t) (?:\w+ )?rul(?:e|ed|ing) out\b", before):
        return None
    if _is_called_false(before, right):
        return "denied"
    if _WOULD_HAVE_AFTER.match(right):
        return "postponed" if _LATER_NOUN.search(before) else "cancelled" if _OFF_NOUN.search(before) else "was planned"
    if _LATER_AFTER.match(right) or _LATER_VERBLESS.match(right):
        return "postponed"
    if _OFF_AFTER.match(right) or (event.lemma != "it" and _OFF_VERBLESS.match(right)):
        return "postponed" if _TILL.search(right[:200]) else "cancelled"
    if _DID_NOT_AFTER.match(right):
        return "denied"
    return "postponed" if _LATER_NOUN.search(before) else _governed(event, before, right)


def _governed(event: EventMention, before: str, right: str) -> str | None:
    """The status that the noun's own verb gives, else what is done to it ("ruled out", "called for", "had planned")."""
    took = _TOOK_PLACE.match(right)
    if took and not re.search(
        r"\b(?:will|would|could|may|might|is to|are to|expected to|due to)\s+(?:\w+ )?$",
        took.group().rsplit(" ", 1)[0] + " ",
    ):
        return "alleged" if _ALLEGE.search(before) else "happened"
    if re.match(
        r"^[^.;!?]{0,60}?\b(?:was|were|is|are) (?:due|scheduled|supposed|meant|expected) to (?:finish|end|last|conclude)\b",
        right,
    ):
        return "assumed"
    if _is_to_come(event, before, right) and not re.search(r"\b(?:ruled? out|whether|unclear|if)\b", before):
        return "planned"
    if re.search(r"\b(?:no|not any|without any)\s+(?:\w+[\s-]+){0,3}$", before, re.I) and not re.search(
        r"\bno (?:doubt|longer)\b", before[-30:]
    ):
        if re.search(
            r"\b(?:there (?:was|were|had been|has been)|had|held|took)\b[^.;]{0,20}$|\bno such\b", before, re.I
        ) or re.search(r"^[^.;]{0,40}\b(?:took place|had taken place|happened|was held|were held)", right):
            return "denied"
        return "cancelled"
    if re.search(r"\b(?:led|leads|leading) to (?:an? |the )?(?:\w+[\s-]+){0,3}$", before):
        return "happened"
    if _OFF_NOUN.search(before):
        return "cancelled"
    if re.search(r"\b(?:nobody|no one|neither|none)\b[^.;]{0,20}\b(?:disput|den)\w+\b[^.;]{0,60}$", before, re.I):
        return "happened"
    if _DENY.search(before[-80:]) and not re.search(r"\bplanned\b", event.modifiers):
        return "denied"
    if _UNSURE.search(before[-70:]):
        return None
    if re.search(
        r"\b(?:call(?:s|ed|ing)? for|urg\w+|demand\w*|press\w* for|should|must|request\w*|ask\w* for|sought|seek\w*|"
        r"propos\w+|offer\w*|suggest\w*|invit\w+|open to|want(?:s|ed)?|idea of|prospects? (?:of|for)|possibility of|"
        r"hopes? (?:of|for)|hop(?:es|ed|ing) for|chance of|push(?:es|ed|ing)? for|willing\w*)\b[^.;,]{0,50}$",
        before,
        re.I,
    ):
        return "wish"
    if _WAS_PLAN.search(before[-70:]):
        return "was planned"
    return _noun_time(event, before, right)


def _is_to_come(event: EventMention, before: str, right: str) -> bool:
    """Whether what follows says so of the meeting: not of its results, nor of what was agreed at one that was held."""
    if event.governor in _HELD or _AFTER_IT.search(before):
        return False
    return _FUTURE_AFTER.match(right[:170]) is not None


def _is_called_false(before: str, right: str) -> bool:
    """ "called the reports of a meeting 'a fantasy'"."""
    told = re.search(r"\b(?:report|claim|rumou?r|suggestion|talk|stor(?:y|ies)|allegation)s?\b", before, re.I)
    return told is not None and _FALSE_AFTER.match(right) is not None


def _noun_time(event: EventMention, before: str, right: str) -> str | None:
    if _FUTURE_NOUN.search(event.modifiers):
        if re.search(r"\b(?:previously|originally)\b", event.modifiers):
            return "was planned"
        return "planned"
    near = before[-60:]
    if (
        re.search(r"\bbefore (?:the|their) (?:\w+ )?$", before)
        and _DID.search(before)
        and not re.search(r"\b(?:will|is|are|to)\b", before)
    ):
        return "assumed"  # "shook hands before the meeting"
    if _ON_THE_WAY.search(before):
        return "planned"
    if event.who and _WENT_FOR.search(before):
        return "happened"
    if re.search(
        r"\b(?:will|shall|would|is to|are to|due to|set to|expected to|scheduled to|plans? to|planning to|hopes? to|"
        r"hoping to|agreed to|intends? to|going to|likely to|aims? to|to|may|might|could|['’]ll)\s+(?:\w+ ){0,3}?(?:hold|"
        r"have|attend|host|take part in|begin|start|resume|join|open|conduct|be|engage in|continue|enter|participate in|"
        r"sit down for|discuss|meet for|travel to|convene)\b[^.;,]{0,30}$",
        near,
        re.I,
    ):
        return "planned"
    if re.search(
        r"\b(?:ahead of|before|on the eve of|looking forward to|prepar\w+ for|preparations for|date for|plans? for|"
        r"planning|schedul\w+|arrang\w+|confirmed|announced|agreed (?:on|to)|agree to|paving the way for|expects?|"
        r"expecting|(?<!-)await(?:s|ing)?)\s+(?:\w+[\s'’-]*){0,4}$",
        near,
        re.I,
    ):
        if re.search(r"\b(?:confirmed|announced)\b", near, re.I):
            return "happened" if _TOOK_PLACE.match(right) else None if not _FUTURE_TIME.search(right[:80]) else "planned"
        return (
            "happened"
            if re.search(r"\b(?:told reporters|said|posed|spoke)\b[^.;]{0,40}\b(?:before|ahead of)\b", before, re.I)
            and re.match(r"^\s*(?:began|started)", right)
            else "planned"
        )
    if _ONGOING_AFTER.match(right) or re.search(
        r"\b(?:are|is) (?:currently |now )?(?:holding|having|hosting|attending|in|locked in|under "
        r"way)\s+(?:\w+[\s-]+){0,4}$",
        near,
        re.I,
    ):
        return "planned" if _FUTURE_TIME.search(right[:60]) else "ongoing"
    if _TOOK_PLACE.match(right):
        return "alleged" if _ALLEGE.search(before) else "happened"
    if _is_to_come(event, before, right):
        return "planned"
    if _TROUBLED.search(before):
        return "assumed"
    if _ALLEGE.search(before):
        return "alleged"
    if event.governor and _PAST_GOVERNOR.match(event.governor) and event.lemma != "it":
        return "assumed" if event.plural or (event.definite and not event.who) else "happened"
    if re.search(
        r"\b(?:second|undisclosed|secret|previous|last|earlier|first|informal|formal|hour-long|brief)\b",
        event.modifiers,
        re.I,
    ) or re.search(r"\b(?:during|after|following|since|from|at|in|of|about)\s+(?:\w+[\s'’-]*){0,3}$", near, re.I):
        return "assumed"
    return "assumed" if event.who and event.definite else None
