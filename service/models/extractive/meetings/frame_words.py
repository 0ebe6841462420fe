"""Words of a sentence's frame: auxiliaries and adverbs that stand between subject and verb, what ends a phrase, and what is
done with a noun of meeting."""

from __future__ import annotations

import re

AUX = frozenset(
    """has have had is are was were be been being will would shall should can could may might must do does did not
    n't 'll won't wouldn't didn't hasn't haven't hadn't isn't aren't wasn't weren't doesn't don't couldn't can't
    cannot to also then later finally briefly privately secretly again never ever already just still recently
    reportedly allegedly twice once first last previously earlier quietly due set scheduled expected going planning
    hoping likely ready about supposed slated poised able unable agreed agreeing both all each together separately
    personally currently now only even actually indeed so soon formally informally publicly repeatedly unexpectedly
    apparently probably possibly tentatively originally initially yet plan plans planned hope hopes hoped want wants
    wanted intend intends intended wish wishes wished seem seems seemed appear appears appeared refuse refuses
    refused decline declines declined fail fails failed manage manages managed need needs continue continues begin
    begins began agree agrees decide decides decided try tries tried trying seek seeks sought offer offers offered
    promise promises promised threaten expects prepare prepares preparing prepared willing reluctant eager keen
    unlikely""".split()
)
STOPS = frozenset(";:.!?—–")
SUBORDINATE = frozenset("that whether if because when while as since although though where until".split())
LIGHT = re.compile(
    r"^(?:hold|holds|held|holding|have|has|had|having|attend\w*|host\w*|conduct\w*|conven\w*|open\w*|begin|begins|began|"
    r"start\w*|end|ends|ended|conclud\w*|"
    r"resum\w*|finish\w*|continu\w*|schedul\w*|arrang\w*|cancel\w*|postpon\w*|scrap\w*|plan|plans|planned|request\w*|seek|"
    r"seeks|sought|want|wants|enter\w*|"
    r"exchang\w*|shar\w*|make|made|get|got|secur\w*|enjoy\w*|join\w*|leav\w*|left|skip\w*|snub\w*|abandon\w*|delay\w*|"
    r"demand\w*|propos\w*|offer\w*|accept\w*|"
    r"reject\w*|refus\w*|declin\w*|den(?:y|ies|ied|ying)|confirm\w*|describ\w*|discuss\w*|do|did|wrap\w*|brok\w*|"
    r"mediat\w*|facilitat\w*|organi[sz]\w*|told|hail\w*|"
    r"prais\w*|call\w*|rul\w*|engag\w*|need\w*|was|were|is|are|be|been|took|take|takes|taking|set|agree\w*|went|go|goes|"
    r"emerg\w*|arriv\w*|ask\w*|suggest\w*|"
    r"announc\w*|invit\w*|use|used|expect\w*|anticipat\w*|hop\w*|led|lead|leads|chair\w*|ditch\w*|axe\w*|pull\w*|"
    r"withdr\w*|back\w*|walk\w*|storm\w*|crash\w*|spoke|sat|met|flew|travel\w*|return\w*|came|prepar\w*)$",
    re.I,
)
ADJECTIVES_TOO = frozenset(
    """planned scheduled expected first last once previously informal originally all both set secretly""".split()
)
PARTICIPLES = frozenset(
    """planned scheduled expected proposed delayed postponed cancelled canceled announced led called requested
    arranged""".split()
)
ARTICLES = frozenset("the a an this that these those his her their its our any no another my".split())
PAIRED = frozenset(
    """second first formal informal long brief private secret frank open rare bilateral warm tense lengthy short
    direct separate""".split()
)
DEFINITES = frozenset("the this that these those his her their its our".split())
PREDICATES = frozenset("was were is are will has had would but which who".split())
LEADING_IN = frozenset("after during in at following before ahead of for from on over".split())
FORESEEN = re.compile(r"[^.;]{0,60}\b(?:is|was|are) (?:now |also )?(?:foreseen|expected|planned|due|scheduled|set|likely)\b")
#: Nouns before which the noun of meeting only describes: "a coffee shop", "a reunion tour".
HEADS = frozenset(
    """shop shops table tables party parties break breaks bar house houses time hour menu tour tours show album guest guests
    tent course service plate jacket cup cups club clubs hall halls ground grounds room rooms""".split()
)
ANNUAL = re.compile(r"\b(?:annual|yearly|weekly|monthly|training|recording|photo|winter|summer|practice)\b", re.I)
GRANTING = re.compile(r"(?:grant|grants|granted|granting|gave|give|gives|giving|offered|offers|promised|denied|refused)$")
INVITING = re.compile(
    r"(?:invit(?:e|es|ed|ing)|host(?:s|ed|ing)?|summon(?:s|ed|ing)?|welcom(?:es?|ed|ing)|receiv(?:es?|ed|ing)|"
    r"join(?:s|ed|ing)?)$"
)
BREAKS = frozenset(", ; : and but that who which while when because or".split())
GOALS = frozenset("to at in into".split())
MEASURES = re.compile(r"^(?:days?|hours?|weeks?|minutes|rounds?|series|sessions?|months|evening|night|afternoon|morning)$")
COUNTS = frozenset(
    """a an the two three four five six seven eight nine ten several many another further more first second third
    last final latest full new""".split()
)
IT = re.compile(
    r"\b[Tt]hey\b(?= (?:have|had|will|were) (?:now )?(?:been |be )?(?:cancell?ed|called off|postponed|put off|put "
    r"back|pushed back|"
    r"rescheduled|moved|scrapped|delayed))|\b[Ii]t\b(?=(?: (?:had|has|have|was|is|will|would|could|may|might|"
    r"should|did|never|not|been|be|now|still|won['’]t|"
    r"didn['’]t)){0,4} (?:go(?:ne)? ahead|took place|take place|taken place|happen(?:ed)?|be held|been held|"
    r"lasted|ran for|off for good|off\b(?! the)|cancell?ed|called off|postponed|put off|proceed|planned|scheduled|"
    r"rescheduled|rearranged|originally|to have (?:taken|lasted)))"
)
HOLDING = re.compile(
    r"^(?:hold|holds|held|holding|have|has|had|having|host\w*|conduct\w*|schedul\w*|plan\w*|shar\w*|enjoy\w*)$",
    re.I,
)
#: Verbs whose subject has the meeting; verbs by which one of its sides decides on it.
HAVING = re.compile(
    r"^(?:hold|holds|held|holding|have|has|had|having|attend\w*|host\w*|conduct\w*|conven\w*|open\w*|begin|begins|began|"
    r"start\w*|end|ends|ended|conclud\w*|resum\w*|finish\w*|continu\w*|"
    r"enter\w*|exchang\w*|shar\w*|enjoy\w*|wrap\w*|engag\w*|led|lead|leads|emerg\w*|walk\w*|storm\w*|sat|met|spoke|"
    r"took|take|takes|taking|went|got|get|leav\w*|left|arriv\w*)$",
    re.I,
)
CALLING = re.compile(
    r"^(?:cancel\w*|postpon\w*|scrap\w*|plan\w*|request\w*|seek|seeks|sought|want\w*|secur\w*|skip\w*|snub\w*|abandon\w*|"
    r"delay\w*|demand\w*|propos\w*|offer\w*|accept\w*|reject\w*|refus\w*|"
    r"declin\w*|den(?:y|ies|ied|ying)|describ\w*|discuss\w*|rul\w*|need\w*|ditch\w*|axe\w*|pull\w*|withdr\w*|back\w*|"
    r"agree\w*|schedul\w*|arrang\w*|hail\w*|prais\w*|call\w*|use|used|flew|travel\w*|return\w*|came|prepar\w*|made|make|"
    r"ask\w*)$",
    re.I,
)
SPEAKERS = frozenset(
    """spokesman spokeswoman spokesperson official aide source adviser advisor diplomat secretary-general""".split()
)


LED_IN_BY = frozenset("after during in at following before ahead from for".split())
