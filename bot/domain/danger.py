"""Words that may mean danger, in either language. A wrong guess costs a tap or two; a missed one may cost a life."""

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


def sounds_like_danger(text: str) -> bool:
    """Return whether a word or a sign of danger stands in the message, in either language."""
    said = fold(text)
    signs = any(sign in text for sign in _SIGNS) or _CODE.search(text) is not None
    return signs or said in _ALONE or _WORDS.search(said) is not None
