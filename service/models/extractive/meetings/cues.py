"""Words by which news says how a meeting stands: called off, put back, under way, hearsay, denied, owned up to, to come.

General English usage, not counted anywhere; what each of them is worth where is learnt (``standing``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NOT = r"(?:not|n['’]t|never|no longer)"
CUES: dict[str, re.Pattern[str]] = {
    name: re.compile(rf"\b(?:{pattern})", re.I)
    for name, pattern in {
        "off": r"cancel\w*|call(?:s|ed|ing)?(?: \w+){0,4} off\b|scrap(?:s|ped|ping)?\b|axed?\b|shelved?\b|abandon\w+|"
        r"aborted|"
        r"ditch\w+|binned|nixed|(?:is|was|were|are|now|it) off\b|fell (?:through|apart)|fallen (?:through|apart)|collaps\w+|"
        r"pull(?:s|ed|ing)? (?:out|the plug)|withdr[ae]w\w*|back(?:s|ed|ing)? out|cr(?:y|ied|ies) off|disinvit\w+|"
        r"stay(?:s|ed|ing)? (?:away|at home)|came to nothing|torpedo\w+|blew off|dropped from|bowed out|walk(?:s|ed|"
        r"ing)? away|"
        r"no-show|failed to (?:show|turn|appear|materiali)|in vain|empty (?:chair|table)|stood (?:\w+ )?up\b",
        "refused": r"refus\w+|declin(?:e[sd]?|ing)\b|turn(?:s|ed|ing)? (?:\w+ )?down|reject\w*|rebuff\w*|snub\w*|boycott\w*|"
        r"spurn\w*|rul(?:e[sd]?|ing) out|no (?:plans?|intention|question of|point in|need)\b|nothing to (?:discuss|talk)|"
        r"unwilling|skip(?:s|ped|ping)?\b",
        "will not": rf"(?:will|would|wo|is|are|was|were|am) ?{_NOT} (?:\w+ )?(?:be )?(?:tak\w+ place|go\w* ahead|happen\w*|"
        r"attend\w*|meet\w*|com(?:e|ing)|be|hold\w*|held|travel\w*|sit\w*|go\w*|join\w*|receiv\w+|see\w*|"
        r"proceed\w*)\b|cannot|"
        r"can['’]t|there (?:is|will be) no\b",
        "later": r"postpon\w+|put(?:s|ting)? (?:\w+ ){0,3}(?:off|back)\b|push\w* (?:\w+ ){0,3}back|defer(?:s|red|ring)?\b|"
        r"reschedul\w+|rearrang\w+|re-?arranged|delay\w*|adjourn\w+|held over|hold over|slid\b|slipp?ed (?:to|by|from|"
        r"until)|"
        r"(?:moved|shifted|switched) (?:back |forward )?(?:to|by|from|until)|brought forward|new date|another date|"
        r"later date|"
        r"instead\b|will now\b|now (?:be held|take place|meet|convene|get together|sit|see)|(?:have|has) to wait|"
        r"not (?:\w+ )?(?:until|before|till)|until (?:after|further|next|the)|at short notice",
        "ongoing": r"still\b|under ?way|ongoing|in progress|in session|continu(?:es|ing|ed)\b|locked in|closeted|holed up|"
        r"at the table|as (?:this|we|i|the) (?:\w+ ){0,3}(?:went|goes|go|type|write|was written|is written|statement)|"
        r"(?:went|goes|going) to press|time of (?:writing|publication)|so far\b|into the (?:night|evening|early)|"
        r"since (?:this|early|yesterday|last night|mid\w+|shortly|\w+ this)|(?:second|third|fourth|fifth|"
        r"\w+th) (?:straight )?"
        r"(?:day|night|week) (?:of|on)|not (?:yet )?(?:come out|emerged|finished)|(?:yet )?to emerge|behind (?:it|which|the "
        r"doors?) sit|(?:are|is) (?:now |currently )?(?:meeting|talking|holding|in talks|at it)|resum(?:e|ed|es)\b|"
        r"hours? now",
        "hearsay": r"reportedly|allegedly|supposed(?:ly)?|purported\w*|apparently|rumou?r\w*|alleg(?:ed?|es|ing|ations?)\b|"
        r"(?:is|are|was|were|been) (?:said|believed|thought|understood|reported|rumou?red|claimed|alleged|whispered) to|"
        r"said to have|may have|might have|could have|appears? to have|seems? to have|claim(?:s|ed|ing)?\b|accus\w+|hint\w*|"
        r"insinuat\w+|suspicions?|speculation|unconfirmed|whisper\w*|talk of|word (?:is|has it)|according to|(?:it|"
        r"so) is said|"
        r"gossip|unverified|insist(?:s|ed)? that (?:he|she|they) (?:had )?s[ae][ew]n?|seen (?:\w+ ){0,3}(?:enter|leav|"
        r"together)|"
        r"could not (?:be )?(?:independently )?(?:verif\w+|confirm\w*)|if (?:true|confirmed)|whether",
        "source": r"sources?\b|people (?:familiar|with knowledge|close|briefed)|person (?:familiar|close|with)|insiders?|"
        r"eyewitness\w*|witness\w*|anonym\w*|unnamed|on condition|asked not to be|(?:close|familiar|privy) (?:to|with)|"
        r"(?:newspaper|daily|weekly|magazine|tabloid|website|portal|broadcaster|blog|paper|radio|channel)s?\b|former "
        r"(?:\w+ ){0,3}(?:official|officer|aide|driver|adviser|advisor|spy)s?|waiter|driver\b|bodyguard|guests?\b|"
        r"diplomats?|"
        r"bankers?\b|operatives?|opposition|lawsuit|affidavit|testif\w+|testimony|memoir|leaked",
        "no comment": r"(?:declin\w+|refus\w+) to (?:comment|say|discuss|be drawn|answer|confirm)|(?:did|do|would|"
        r"could|will) ?"
        r"(?:not|n['’]t) (?:\w+ )?(?:comment|respond|reply|answer|discuss|return|say|be (?:drawn|reached)|confirm)|"
        r"no comment|"
        r"asked (?:about|whether|if)|(?:would|could) (?:\w+ )?(?:say|comment|discuss) (?:nothing|neither|no)|"
        r"neither (?:\w+ ){1,3}"
        r"(?:would|has|had|responded|commented)|when contacted|reached by|silent\b|neither confirmed",
        "denied": r"den(?:y|ies|ied|ying|ials?)\b|flatly|categorically|(?:no|any) such\b|nothing of the (?:kind|sort)|"
        r"invent\w+|"
        r"fabricat\w+|untrue|fals(?:e|ehood)\b|nonsense|rubbish|baseless|fiction|fantasy|fairy ?tale|made[- ]up|"
        r"not true|no truth|wrong\b|refut\w+|disput\w+|dismiss\w+|(?:no|without) (?:foundation|recollection|record|memory)|"
        r"not aware|unaware|nowhere near|contrary to|lie[sd]?\b|hoax|mistaken|fake",
        "never": rf"(?:did|had|has|have|do|does|was|were) ?{_NOT} (?:\w+ )?(?:met|meet|spok\w+|speak|tak\w+ place|happen\w*|"
        r"occur\w*|seen?|saw|know|talk\w*|been|held|sat|sit|received?|there|in|at)\b|never (?:\w+ )?(?:met|sat|spoken|spoke|"
        r"seen|saw|set|been|took|taken|happened|occurred|in)|there was no\b|there were no\b|was in \w+ (?:\w+ )?(?:that|on "
        r"th(?:at|e))|no (?:meeting|contact|encounter|conversation|dinner|talks|call|lunch) |met (?:no one|nobody)",
        "confirmed": r"confirm(?:s|ed|ing|ation)?\b|acknowledg\w+|admit\w*|conced\w+|own(?:s|ed) up|photograph\w*|pictured|"
        r"footage|filmed|minutes (?:of|show)|both (?:sides|offices|men|women|governments)|joint (?:statement|communiqu|"
        r"declaration)|emerg(?:ed|ing)\b|told reporters|afterwards?\b|after(?: the| their)",
        "came about": r"lasted|took place|was held|were held|ended|concluded|shook hands|agreed\b|discussed|emerged|"
        r"signed|broke "
        r"up|left\b|wrapped up|went well|for (?:\w+ ){0,3}(?:hours?|minutes)",
        "coming": r"will\b|['’]ll\b|shall\b|is to\b|are to\b|due (?:to|in|on|at|for)|scheduled|expected to|set to|slated|"
        r"plan(?:s|ned|ning)? (?:to|for|on)|planned\b|upcoming|forthcoming|tomorrow|next (?:week|month|year|\w+day|"
        r"spring|summer|"
        r"autumn|fall|winter)|later (?:this|today|in)|agreed to (?:meet|hold|sit|talk)|invit\w+|accepted|arrang\w+|"
        r"prepar(?:e|es|ing|ations?)|ahead of|fixed for|pencill?ed|looking forward|will be|hopes? to|going to",
        "was to": r"was to\b|were to\b|had been (?:due|scheduled|set|expected|planned|to|fixed|arranged)|was (?:due|"
        r"scheduled|"
        r"supposed|meant|originally)|were (?:due|scheduled|supposed|meant)|would have|planned|due to have|originally|"
        r"fixed for|"
        r"should have|had (?:planned|hoped|agreed|intended)",
        "wish": r"should\b|must\b|urg\w+|call(?:s|ed|ing)? (?:for|on)|want\w*|propos\w+|offer\w*|suggest\w*|ask(?:s|"
        r"ed|ing)?\b|"
        r"hop(?:e|es|ed|ing)\b|willing\w*|ready to|open to|possib\w+|would (?:like|love)|demand\w*|if\b|unless",
    }.items()
}


def cues_in(words: str) -> Iterator[str]:
    """The names of the cues that stand in ``words``."""
    return (name for name, pattern in CUES.items() if pattern.search(words))
