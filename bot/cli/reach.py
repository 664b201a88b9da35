"""Whether the servers that the settings name can be used: mail and translation, which may both be off."""

from bot.config import Settings
from bot.domain.errand import Later, Never
from bot.errand.mail import Mailer
from bot.errand.translate import Translator

OFF = "off"
BOTH_WAYS = (("en", "fr"), ("fr", "en"))


async def mail_server(found: Settings) -> str:
    """Return what the mail server says to us; raises ValueError if it cannot be used."""
    relay = found.smtp_url
    if relay is None or found.mail_from is None:
        return OFF
    try:
        await Mailer(relay).greet(found.mail_from)
    except Later as trouble:
        raise ValueError(
            f"VIGIE_SMTP_URL: {relay}: {trouble}; expected a server that takes mail from {found.mail_from}"
        ) from None
    return f"{relay} answers{' and takes the login' if relay.user else ''}"


async def translation_server(found: Settings) -> str:
    """Return what the translation server can do for us; raises ValueError if that is not what we need."""
    url = found.translate_url
    if url is None:
        return OFF
    try:
        into = await Translator(url).languages()
    except (Later, Never) as trouble:
        raise ValueError(f"VIGIE_TRANSLATE_URL: {trouble}; expected a LibreTranslate server") from None
    if missing := [f"{one} to {other}" for one, other in BOTH_WAYS if other not in into.get(one, ())]:
        raise ValueError(f"VIGIE_TRANSLATE_URL: the server does not translate {', '.join(missing)}; expected both ways")
    return "the server has en and fr"
