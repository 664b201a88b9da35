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
    r"scared|afraid|officer down|man down|unsafe|need assistance"
)
_FRENCH = (
    r"a l aide|l aide|aidez|aide moi|m aider|nous aider|besoin d aide|au secours|(?<!poste de )secours|bless\w*|"
    r"saign\w*|tir(?:s|e|ent|er|eurs?|aient|ait|ons|ez|ee?s?)?|coups? de feu|sous le feu|fusillade|feu au|au feu|"
    r"incendie\w*|attaqu\w*|agress\w*|embuscade\w*|attentats?|roquettes?|obus|mortiers?|sur une mine|hommes? armes?|"
    r"otages?|enlev\w*|sequestr\w*|retenue?s? (?:a|au|par)|encercl\w*|poignard\w*|violee?s?|menac\w*|urgences?|eei|"
    r"tue|tuee?s?|abattue?s?|morte?s?|mourir|pris a partie|coince\w*|inconscient\w*|evacu\w*|peur"
)
# Whoever denies it in the words of a check-in.
_DENIED = r"(?:not|n t|isn t|pas|plus)(?: \w+)? (?:safe|ok|okay|well|en securite|bien|correct)"
_WORDS = re.compile(rf"\b(?:{_ENGLISH}|{_FRENCH}|{_DENIED})\b")
_ALONE = frozenset({"aide", "feu"})
# The radio code for an emergency; not the time 10:33.
_CODE = re.compile(r"\b10-33\b")
_SIGNS = ("🆘", "🚨", "🔥")

# What is a cry wherever it stands by itself between two signs.
_NEED = r"(?:i |we |j |nous |on )?(?:urgently )?(?:need|send|get|call|ai|avons|a|envoyez)(?: \w+){0,2}? "
_CRY = (
    rf"(?:{_NEED})?(?:(?:help|assistance|medevac|casevac)(?: me| us)?|(?:de |a )?l aide|besoin d (?:aide|une? \w+))|"
    r"sos|mayday|10 33|help please|please help|officer down|man down|aide|aidez|"
    r"(?:aidez|aide|sauvez|evacuez|secourez) (?:moi|nous)|venez (?:m|nous) aider|pouvez vous (?:m|nous) aider|"
    r"au secours|secours|policier (?:a terre|abattu)"
)
_BESIDE = r"(?:please|quick(?:ly)?|fast|now|here|urgent|s il vous plait|svp|stp|vite|maintenant|ici|oui|yes|\d+)"
_ONLY_A_CRY = re.compile(rf"(?:(?:{_BESIDE}) )*(?:{_CRY})(?: (?:{_CRY}|{_BESIDE}))*")
# What is one only as the whole message.
_STATE = (
    r"hurt|injured|wounded|bleeding|trapped|surrounded|shot|stabbed|dying|scared|afraid|under (?:fire|attack)|fire|"
    r"danger|in danger|emergency|unsafe|not (?:safe|ok|okay|well)|kidnapped|"
    r"blesse\w*|saigne|coince\w*|encercle\w*|poignarde\w*|peur|sous le feu|feu|au feu|en danger|urgence|"
    r"pas (?:en securite|bien|correct)|sequestre\w*|otages?|pris en otages?|attaque\w*|agresse\w*"
)
_MANY = r"(?:one|two|three|several|un|une|deux|trois|plusieurs|des|\d+)"
_IN_A_STATE = re.compile(rf"(?:{_MANY} |{_BESIDE} )*(?:{_STATE})(?: {_BESIDE})*")
# Who saw or heard of it, and is out of it.
_WITNESS = re.compile(
    r"\b(?:(?:i|we) (?:have |ve |had )?(?:also |then )?(?:saw|seen|heard|noticed|observed|met|visited|interviewed|"
    r"spoke\w*|learn\w+|received|recorded|counted|treated|transported|evacuated|assisted|helped|trained|were told|"
    r"was told|were informed|report)|"
    r"(?:j ai|nous avons|on a) (?:aussi |ensuite )?(?:vu|entendu|appris|recu|rencontre|visite|observe|constate|"
    r"remarque|parle|interroge|recense|compte|soigne|transporte|evacue|aide|assiste|forme|ete informe\w*)|"
    r"on (?:nous |m )a (?:dit|signale|rapporte|informe\w*|parle)|(?:reported|told|said) to (?:us|me))\b"
)
# The writer, or those beside them, as whom it befalls; what happens now.
_SELF = re.compile(
    r"\b(?:i|me|us|myself|ourselves|je|moi)\b|\bj (?=\w)|(?<!\d )\bm (?=[aeiouy])|"
    r"\bwe (?:\w+ )?(?:re|are|were|have|ve|had|got|need|hear|see|hit|took|take|come|came|can|cannot|will|fear)\b|"
    r"\bnous (?:\w )?(?:sommes|etions|avons|entendons|voyons|subissons|essuyons|allons|restons|craignons)\b|"
    r"\bnous(?! (?:\w |en |ne )?\w+(?:ons|mes)\b)|"
    r"\bon (?:est|s est|se|va|tire|entend|voit|peut|a (?:ete|saute|peur|besoin|une?|des|deux|trois|plusieurs|\d+))\b|"
    r"\b(?:are|is|re|s) (?:\w+ )?(?:shooting|firing|attacking|burning|bleeding|dying|coming)\b|"
    r"\b(?:ils?|elles?|ca) (?:tir\w+|attaqu\w+|explos\w+|brul\w+|arriv\w+)\b|\ben train de\b"
)
# What is theirs, or where they are: a report says so in many an ordinary sentence.
_NEAR = re.compile(r"\b(?:my|our|ours|mon|ma|mes|notre|nos|here|ici|now|maintenant)\b")
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

    Doubtful words do: "our vehicle", "on tire", "shots here", "blessé" and nothing else.
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
    parts = [said] if len(said.split()) <= _HASTE else [fold(one) for one in _CLAUSES.split(sentence)]
    return any(_WORDS.search(one) is not None and _NEAR.search(one) is not None for one in parts)
