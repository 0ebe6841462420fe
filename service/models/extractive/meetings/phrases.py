"""Turns of phrase that tell of a meeting: "broke bread with", "sat across the table from", "was closeted with"."""

from __future__ import annotations

import re

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
            r"(?:hunker(?:s|ed|ing)? down|link(?:s|ed|ing)? up|(?:got|get|gets|getting|came|come|comes|"
            r"coming) together|(?:is|are|"
            r"was|were|been|be) (?:briefly )?reunited|reunited|renew(?:s|ed|ing)? acquaintance|(?:shut|shuts|"
            r"shutting|locked) "
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
            r"(?:have|has|had|having) (?:an? |some )?(?:\w+ )?(?:words?|chinwag|natter|heart-to-heart|showdown|"
            r"run-in|confab|"
            r"catch-up)(?= (?:together|with) )",
            "chat",
        ),
        (
            r"(?:share|shares|shared|sharing) (?:a |an )(?:\w+ ){0,2}(?:bench|flight|pot of coffee|sofa|limousine|"
            r"carriage|train|"
            r"boat|cab|ride|lift)",
            "keep company",
        ),
        (
            r"(?:take|takes|took|taking|go|goes|went|going) (?:for )?an? (?:\w+ )?(?:stroll|walk|drive|ride|"
            r"swim)(?= [^.;,]{0,40}"
            r"with )|(?:tour|tours|toured|touring|inspect(?:s|ed|ing)?) the [^.;,]{3,40}(?= with [A-Z])|(?:rode|"
            r"riding|drove|flew) "
            r"(?:\w+ ){0,4}(?=with [A-Z])",
            "keep company",
        ),
        (
            r"(?:is|are|was|were|been|be|being) (?:seen|spotted|photographed|pictured|filmed|"
            r"snapped)(?: \w+ing)?(?= with [A-Z])",
            "keep company",
        ),
        (r"(?:stand|stands|stood|standing) (?:beside|alongside|next to)(?= [A-Z])", "keep company"),
        (r"(?:corner(?:s|ed|ing)|collar(?:s|ed|ing)|waylaid)(?= [A-Z])", "buttonhole"),
        (
            r"(?:compare|compares|compared|comparing) notes|(?:exchang(?:e|es|ed|ing)|swap(?:s|ped|ping)?) (?:views|"
            r"notes|ideas|"
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
            r"(?:go|goes|went|going) (?:fishing|hunting|shooting|riding|sailing|skiing|hiking|"
            r"swimming)(?= [^.;,]{0,30}(?:with |"
            r"together))|(?:play|plays|played|playing) (?:cards|bridge|poker|padel|squash|billiards|"
            r"backgammon)(?= [^.;,]{0,30}"
            r"(?:with |together))|sail(?:s|ed|ing)(?= with [A-Z])",
            "golf",
        ),
        (r"(?:zoomed|skyped|facetimed|video-call(?:s|ed|ing)?)", "phone"),
        (
            r"(?:find|finds|found|finding) (?:him|her|them)sel(?:f|ves) (?:sitting |seated |standing |"
            r"placed )?(?:next to|beside|"
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
            r"(?:spend|spends|spent|spending) (?:[\w£$’'-]+ ){1,8}?(?:\([^)]{0,80}\) )?(?:across (?:a|"
            r"the) (?:\w+ )?table from"
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
            r"(?:spend|spends|spent|spending) (?:[\w£$’'-]+ ){0,6}?(?:hours?|minutes?|days?|evenings?|afternoons?|"
            r"nights?|weekend|"
            r"mornings?|week|time|lunchtime|half-hour|quarters of an hour) (?:[\w£$’'-]+ ){0,4}?(?=(?:with|together|"
            r"across the table)\b)",
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
        (r"(?:catch|catches|caught|catching) up(?= with )", "chat"),
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
