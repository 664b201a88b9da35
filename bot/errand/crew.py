"""Who carries out which kind of errand, by what the settings allow; what speaks Telegram is not among them."""

from bot.config import Settings
from bot.errand.forget import Forget
from bot.errand.mail import Mailer
from bot.errand.sitrep import Print
from bot.errand.sitrep_mail import MailSitrep
from bot.errand.sitrep_translate import Translate
from bot.errand.translate import Translator
from bot.errand.work import Begin, Carrier
from bot.i18n.catalogue import Catalogues
from bot.services.attachment import FORGET, Files


def crew(settings: Settings, begin: Begin, read: Begin, files: Files, catalogues: Catalogues) -> dict[str, Carrier]:
    """Return the carriers by kind. What no server is set for nobody carries, and none is owed."""
    mailer = _mail(settings, begin, files, catalogues)
    translator = _translator(settings)
    return {
        FORGET: Forget(begin, files),
        "print": Print(begin, read, files, catalogues),
        **({"translate": Translate(begin, translator)} if translator is not None else {}),
        **({"mail": mailer} if mailer is not None else {}),
    }


def _translator(settings: Settings) -> Translator | None:
    key = settings.translate_key
    if settings.translate_url is None:
        return None
    return Translator(settings.translate_url, key.get_secret_value() if key is not None else None)


def _mail(settings: Settings, begin: Begin, files: Files, catalogues: Catalogues) -> Carrier | None:
    if settings.smtp_url is None or settings.mail_from is None:
        return None
    return MailSitrep(begin, files, catalogues, Mailer(settings.smtp_url), settings.mail_from)
