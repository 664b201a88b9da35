"""Words that may mean danger, in either language. A wrong guess costs a tap or two; a missed one may cost a life.

In what tells of others, such as a report, they are ordinary: there it counts whether the writer is in need.
"""

import re

from bot.domain.fold import fold

# As `fold` leaves them: lower case, no accents, no signs.
_ENGLISH = (
    r"help(?! desk)|sos|mayday|shots?|shooting|shooters?|gun(?:fire|men|man|shots?)?|armed m[ae]n|"
    r"hurt|injur\w*|wound\w*|bleed\w*|blood|attack\w*|assault\w*|ambush\w*|bomb\w*|blast|explos\w*|explod\w*|"
    r"ied|grenades?|rockets?|mortars?|shell(?:s|ing)|"
    r"land ?mines?|on a mine|hit a mine|hostages?|kidnap\w*|abduct\w*|trapped|surrounded|stabbed|raped?|"
    r"robbed|threaten\w*|"
    r"danger\w*|emergency|dying|dead|killed|under fire|fire|accident|crash\w*|unconscious|medevac|casevac|evacuate\w*|"
    r"scared|afraid|officer down|man down|unsafe|need assistance|"
    r"(?:need|send|request(?:ing)?)(?: \w+)? (?:back ?up|reinforcements?|qrf)"
)
_FRENCH = (
    r"a l aide|l aide|aidez|aide moi|m aider|nous aider|besoin d aide|au secours|(?<!poste de )secours|bless\w*|"
    r"saign\w*|tir(?:s|e|ent|er|eurs?|aient|ait|ons|ez|ee?s?)?|coups? de feu|sous le feu|fusillade|feu au|au feu|"
    r"incendie\w*|attaqu\w*|agress\w*|embuscade\w*|attentats?|roquettes?|obus|mortiers?|sur une mine|hommes? armes?|"
    r"otages?|enlev\w*|sequestr\w*|retenue?s? (?:a|au|par)|encercl\w*|poignard\w*|violee?s?|menac\w*|urgences?|eei|"
    r"tue|tuee?s?|abattue?s?|morte?s?|mourir|pris a partie|coince\w*|inconscient\w*|evacu\w*|peur|"
    r"(?:besoin|demandons|demande|envoyez)(?: de| des| d)? renforts?"
)
# Whoever denies it in the words of a check-in.
_DENIED = r"(?:not|n t|isn t|pas|plus)(?: \w+)? (?:safe|ok|okay|well|en securite|bien|correct)"
_WORDS = re.compile(rf"\b(?:{_ENGLISH}|{_FRENCH}|{_DENIED})\b")
_ALONE = frozenset({"aide", "feu"})
# The radio code for an emergency; not the time 10:33.
_CODE = re.compile(r"\b10-33\b")
_SIGNS = ("🆘", "🚨", "🔥")

# What is a cry wherever it stands by itself between two signs.
_NEED = (
    r"(?:i |we |j |nous |on )?(?:urgently )?(?:need|send|get|call|request(?:ing)?|ai|avons|a|envoyez|demand(?:e|ons))"
    r"(?: \w+){0,2}? "
)
_CRY = (
    rf"(?:{_NEED})?(?:(?:help|assistance|medevac|casevac)(?: me| us)?|(?:de |a )?l aide|besoin d (?:aide|une? \w+))|"
    r"sos|mayday|10 33|officer down|man down|"
    r"(?:aidez|aide|sauvez|evacuez|secourez) (?:moi|nous)|aidez|aide|venez (?:m|nous) aider|"
    r"pouvez vous (?:m|nous) aider|au secours|secours|policier (?:a terre|abattu)"
)
# Where words repeat, each may be read in one way only: with two ways, a message takes twice the time for every word.
_BESIDE = (
    r"(?:please|quick(?:ly)?|fast|now|here|needed|urgent(?:ly|e)?|immediate(?:ly|ment)?|d urgence|"
    r"s il vous plait|svp|stp|vite|maintenant|ici|oui|yes|(?!10 33\b)\d+)"
)
_ONLY_A_CRY = re.compile(rf"(?:{_BESIDE} )*(?:{_CRY})(?> (?:{_CRY}|{_BESIDE})\b)*")
# What is one only as the whole message.
_STATE = (
    r"hurt|injured|wounded|bleeding|trapped|surrounded|shot|stabbed|dying|scared|afraid|under (?:fire|attack)|fire|"
    r"danger|in danger|emergency|unsafe|not (?:safe|ok|okay|well)|kidnapped|attacked|ambushed|"
    r"blesse\w*|saigne|coince\w*|encercle\w*|poignarde\w*|peur|sous le feu|feu|au feu|en danger|urgence|"
    r"pas (?:en securite|bien|correct)|sequestre\w*|otages?|pris en otages?|attaque\w*|agresse\w*"
)
_MANY = r"(?:one|two|three|several|un|une|deux|trois|plusieurs|des)"
# Who is with the writer, where a message in haste leaves out whose they are.
_TEAM = r"(?:team|patrol|convoy|equipe|patrouille|convoi)"
_HOW = r"(?:badly|seriously|severely|heavily|gravement|grievement|grave|serieusement|beaucoup)"
_LIMB = (
    r"(?:legs?|arms?|head|back|chest|stomach|hands?|f(?:oo|ee)t|shoulder|neck|knee|thigh|face|"
    r"jambes?|bras|tete|dos|poitrine|ventre|mains?|pieds?|epaule|cou|genou|cuisse|visage)"
)
_BY = (
    r"(?:by|par) (?:an? |une? |des )?(?:bullets?|gunfire|shrapnel|mine|ied|grenade|knife|"
    r"balles?|eclats?|obus|eei|couteau)|"
    rf"(?:in|on|to) (?:the |my )?{_LIMB}|(?:a la|a l|au|aux) {_LIMB}|(?:with|avec) (?:an? |une? )?(?:{_HOW} )?"
    r"(?:bleeding|blood loss|hemorr?h?agi\w+|haemorrhage|saignements?)"
)
_IN_A_STATE = re.compile(
    rf"(?:{_MANY} |{_BESIDE} |{_HOW} |{_TEAM} )*(?:{_STATE})(?: (?:{_BESIDE}|{_HOW}|{_BY}|{_STATE}|and|et))*"
)
# What asks for help in the manner of a radio message: it names nobody, where a report says who asks.
_AID = (
    r"(?:help|assistance|support|back ?up|reinforcements?|qrf|medevac|casevac|evacuation|evac|extraction|rescue|"
    r"ambulance|aide|secours|appui|renforts?|evasan|soutien)"
)
_ASKS = re.compile(
    rf"(?:(?:{_MANY}|{_BESIDE}|{_HOW}|{_TEAM}|{_STATE}) )*"
    rf"(?:need|request(?:ing)?|avons besoin|besoin|demande)(?: \w+){{0,3}}? {_AID}\b"
)
_EMERGENCY = re.compile(r"(?:urgence|urgent|emergency)")
# Who saw or heard of it, and is out of it.
_WITNESS = re.compile(
    r"\b(?:(?:i|we|the team) (?:have |ve |had |has )?(?:also |then )?(?:saw|seen|heard|noticed|observed|met|visited|"
    r"interviewed|spoke\w*|learn\w+|received|recorded|counted|treated|transported|evacuated|assisted|helped|trained|"
    r"were told|was told|were informed|report)|"
    r"(?:j ai|nous avons|on a|l equipe a) (?:aussi |ensuite )?(?:vu|entendu|appris|recu|rencontre|visite|observe|"
    r"constate|remarque|parle|interroge|recense|compte|soigne|transporte|evacue|aide|assiste|forme|ete informe\w*)|"
    r"on (?:nous |m )a (?:dit|signale|rapporte|informe\w*|parle)|(?:reported|told|said) to (?:us|me)|"
    # Of what is over, that only an inquiry goes on.
    r"(?:investigation|inquiry|enquete)s?(?: \w+){0,8}? (?:in progress|ongoing|under ?way|en cours))\b"
)
_FIGHT = (
    r"(?:attack|assault|ambush|shooting|gunfire|firefight|fire|kidnapping|"
    r"attaque|assaut|embuscade|fusillade|tirs?|incendie|enlevement|prise d otages?)"
)
# The writer, or those beside them, as whom it befalls; what happens now.
_SELF = re.compile(
    r"\b(?:i|me|us|myself|ourselves|je|moi)\b|\bj (?=\w)|(?<!\d )\bm (?=[aeiouy])|"
    r"\bwe (?:\w+ )?(?:re|are|were|have|ve|had|got|need|hear|see|hit|took|take|come|came|can|cannot|will|fear)\b|"
    r"\bnous (?:\w )?(?:sommes|etions|avons|entendons|voyons|subissons|essuyons|allons|restons|craignons)\b|"
    r"\bnous(?! (?:\w |en |ne )?\w+(?:ons|mes)\b)|"
    r"\bon (?:est|s est|se|va|tire|entend|voit|peut|a (?:ete|saute|peur|besoin|une?|des|deux|trois|plusieurs|\d+))\b|"
    r"\b(?:are|is|re|s) (?:\w+ )?(?:shooting|firing|attacking|burning|bleeding|dying|coming)\b|"
    r"\b(?:ils?|elles?|ca) (?:tir\w+|attaqu\w+|explos\w+|brul\w+|arriv\w+)\b|\ben train de\b|"
    r"\b(?:requesting|demandons|avons besoin)\b|"
    r"\bthe team\b(?! of\b)|\bl equipe\b(?! (?:de|du|des|d)\b)|"
    r"\b(?:(?:is|are) (?:\w+ )?under (?:fire|attack)|(?:est|sont) (?:\w+ )?sous le feu)\b|"
    rf"\b{_FIGHT}(?: \w+){{0,4}}? (?:in progress|ongoing|under ?way|en cours)\b|\bongoing {_FIGHT}\b"
)
# What is theirs, or where they are: a report says so in many an ordinary sentence.
_NEAR = re.compile(r"\b(?:my|our|ours|mon|ma|mes|notres?|nos|here|ici|now|maintenant)\b")
_SENTENCES = re.compile(r"[.!?;\n…]+")
_CLAUSES = re.compile(r"[:,()]|\s[-–—]\s")
# A sentence of so many words is written in haste; in a longer one, what is near has to stand between the same commas.
_HASTE = 10


def sounds_like_danger(text: str) -> bool:
    """Return whether a word or a sign of danger stands in the message, in either language."""
    said = fold(text)
    signs = any(sign in text for sign in _SIGNS) or _CODE.search(text) is not None
    return signs or said in _ALONE or _WORDS.search(said) is not None


def cries_for_help(text: str) -> bool:
    """Return whether a cry for help stands in it by itself: "help!", "à l'aide", "SOS", a sign."""
    if any(sign in text for sign in _SIGNS) or _CODE.search(text) is not None:
        return True
    return any(_ONLY_A_CRY.fullmatch(fold(one)) for said in _SENTENCES.split(text) for one in _CLAUSES.split(said))


def concerns_writer(text: str) -> bool:
    """Return whether words of danger speak of the writer in need, and not of what a report tells of others.

    Doubtful words do: "our vehicle", "on tire", "shots here", "request medevac", "attack in progress", "blessé" and
    nothing else.
    """
    if cries_for_help(text) or _IN_A_STATE.fullmatch(fold(text)):
        return True
    return any(_befalls_writer(one) for one in _SENTENCES.split(text))


def _befalls_writer(sentence: str) -> bool:
    said = fold(sentence)
    if _WORDS.search(said) is None:
        return False
    if _SELF.search(_WITNESS.sub(" ", said)) is not None:
        return True
    clauses = [fold(one) for one in _CLAUSES.split(sentence)]
    if _EMERGENCY.fullmatch(clauses[0]) or any(_ASKS.match(one) for one in clauses):
        return True
    parts = [said] if len(said.split()) <= _HASTE else clauses
    return any(_WORDS.search(one) is not None and _NEAR.search(one) is not None for one in parts)
