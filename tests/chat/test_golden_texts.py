"""The words that matter most, letter by letter, in both languages; `_` stands for the non-breaking space."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.chat import texts
from bot.chat.keyboard import Inline
from bot.chat.texts import Reader
from bot.domain.alert_message import (
    AlertList,
    AlertStep,
    LineBack,
    LineDown,
    SosArmed,
    SosSent,
    Unreachable,
)
from bot.domain.bilingual import LANGUAGES, Language
from bot.domain.duty import Missed, Reminder, Stage
from bot.domain.errors import No
from bot.domain.invite import Greeting, Kept, Stranger, Welcome
from bot.domain.message import Message
from bot.domain.officer import Role
from bot.domain.talk import Refused, Sorry
from bot.i18n.catalogue import Catalogues
from tests.chat.sample import (
    ANSWERED,
    CHECKED_IN,
    CONTINGENT,
    DENIGER,
    DUTY_PHONE,
    ID,
    LACROIX,
    LEAD,
    MOPTI,
    OVERDUE,
    RECEIPT,
    STATUS,
    TAKEN,
    WILLIS,
    at,
)

OURS = replace(OVERDUE, subject=LACROIX, colleague=replace(DENIGER, gender="f"))

GOLDEN: list[tuple[str, Message, datetime, str, str]] = [
    (
        "first contact",
        Greeting(CONTINGENT),
        at(7),
        "Hello! I am Vigie, the lookout of your contingent.\nCanadian police contingent in Mali\n"
        "Choose your language.\n\n"
        "Bonjour! Je suis Vigie, la vigie de votre contingent.\nContingent policier canadien au Mali\n"
        "Choisissez votre langue.\n[English] [Français]",
        "Hello! I am Vigie, the lookout of your contingent.\nCanadian police contingent in Mali\n"
        "Choose your language.\n\n"
        "Bonjour! Je suis Vigie, la vigie de votre contingent.\nContingent policier canadien au Mali\n"
        "Choisissez votre langue.\n[English] [Français]",
    ),
    (
        "stranger",
        Stranger(),
        at(7),
        "This line is for enrolled personnel only.\nCe service est réservé au personnel inscrit.",
        "This line is for enrolled personnel only.\nCe service est réservé au personnel inscrit.",
    ),
    (
        "enrolled",
        Welcome(LACROIX, Role.OFFICER, (Kept(("08:00", "20:00"), tuple(range(7))),), None),
        at(7),
        "Welcome, Cpl Guy LaCroix.\nYour post: Mopti (MINUSMA).\n"
        "Your check-ins are due every day at 08:00 and at 20:00, local time (Mopti).\n"
        'When all is well, press "✅ I am safe". That is all it takes.\n'
        'If you are in danger, press "🆘 SOS".\nAll commands: /help',
        "Bienvenue, cap. Guy LaCroix.\nVotre poste_: Mopti (MINUSMA).\n"
        "Vos pointages sont attendus chaque jour à 8_h et à 20_h, heure locale (Mopti).\n"
        "Quand tout va bien, appuyez sur «_✅ Je suis en sécurité_». C'est tout.\n"
        "En cas de danger, appuyez sur «_🆘 SOS_».\nToutes les commandes_: /aide",
    ),
    (
        "receipt",
        replace(RECEIPT, post=MOPTI),
        at(7, 52),
        "✅ Received at 07:52 (Mopti), 230752Z NOV 26.\nNext check-in: today, 20:00.\n[Add place or remark]",
        "✅ Reçu à 7_h_52 (Mopti), 230752Z NOV 26.\nProchain pointage_: aujourd'hui à 20_h.\n"
        "[Ajouter lieu ou remarque]",
    ),
    (
        "receipt, arrived late",
        replace(RECEIPT, received_at=at(9, 20)),
        at(9, 20),
        "✅ Received. You sent it at 07:52, on time; it reached us at 09:20 because our line was down.\n"
        "On record: 230752Z NOV 26.\nNext check-in: today, 20:00.\n[Add place or remark]",
        "✅ Reçu. Vous l'avez envoyé à 7_h_52, à l'heure; il nous est parvenu à 9_h_20 "
        "en raison d'une panne de notre liaison.\n"
        "Au registre_: 230752Z NOV 26.\nProchain pointage_: aujourd'hui à 20_h.\n[Ajouter lieu ou remarque]",
    ),
    (
        "reminder",
        Reminder(Stage.REMINDED, at(8), at(8, 30), is_return=False, first_told=LEAD),
        at(7, 45),
        "⏰ Your check-in is due at 08:00, in 15_min. Are you safe?\n"
        'If all is well, press "✅ I am safe".\nIf you are in danger, press "🆘 SOS".',
        "⏰ Votre pointage est attendu à 8_h, dans 15_min. Êtes-vous en sécurité?\n"
        "Si tout va bien, appuyez sur «_✅ Je suis en sécurité_».\nEn cas de danger, appuyez sur «_🆘 SOS_».",
    ),
    (
        "second reminder",
        Reminder(Stage.LAST_CALL, at(8), at(8, 30), is_return=False, first_told=LEAD),
        at(8, 15),
        "⏰ Your check-in due at 08:00 has not arrived.\nIf it is not here by 08:30, your post lead will be told.\n"
        'If all is well, press "✅ I am safe".\nIf you are in danger, press "🆘 SOS".',
        "⏰ Votre pointage attendu à 8_h n'est pas arrivé.\n"
        "Sans pointage d'ici 8_h_30, la personne responsable du poste sera avisée.\n"
        "Si tout va bien, appuyez sur «_✅ Je suis en sécurité_».\nEn cas de danger, appuyez sur «_🆘 SOS_».",
    ),
    (
        "overdue, to the lead",
        AlertStep(OURS),
        at(8, 30),
        "🔴 <b>OVERDUE</b>: Cpl Guy LaCroix, Mopti\nDue at 08:00, grace ended at 08:30.\n"
        "Last sign of life: yesterday, 20:04, Bamako.\n\nStep 1 of 2; at 08:40 the commander is told.\n\n"
        "Call +1 613 555 0143.\nOr ask Cpl Kim Deniger (same post).\nThen press:\n"
        "[I am on it] [Safe, verified] [Next step now]",
        "🔴 <b>EN RETARD</b>_: cap. Guy LaCroix, Mopti\nAttendu à 8_h, délai de grâce expiré à 8_h_30.\n"
        "Dernier signe de vie_: hier à 20_h_04, Bamako.\n\nPalier 1 sur 2; à 8_h_40, le commandement sera avisé.\n\n"
        "Appelez le +1 613 555-0143.\nAutre contact au même poste_: la cap. Kim Deniger.\nPuis appuyez_:\n"
        "[Je m'en occupe] [En sécurité, vérifié] [Palier suivant]",
    ),
    (
        "someone has it",
        AlertStep(replace(TAKEN, colleague=None)),
        at(8, 34),
        "🟠 <b>OVERDUE</b>: Cpl Kelly Willis, Bamako\nDue at 08:00, grace ended at 08:30.\n"
        "Last sign of life: yesterday, 20:04, Bamako.\n\n🟠 Sgt Anne Bélanger has been on it since 08:34.\n"
        "Without an outcome, it goes on to the next step at 09:04.\n\nCall +1 613 555 0142.\nThen press:\n"
        "[Safe, verified] [Next step now] [Close with a reason]",
        "🟠 <b>EN RETARD</b>_: cap. Kelly Willis, Bamako\nAttendu à 8_h, délai de grâce expiré à 8_h_30.\n"
        "Dernier signe de vie_: hier à 20_h_04, Bamako.\n\n🟠 La serg. Anne Bélanger s'en occupe depuis 8_h_34.\n"
        "Sans suite, l'alerte passera au palier suivant à 9_h_04.\n\nAppelez le +1 613 555-0142.\nPuis appuyez_:\n"
        "[En sécurité, vérifié] [Palier suivant] [Fermer avec un motif]",
    ),
    (
        "it climbs again",
        AlertStep(replace(TAKEN, lapsed=True, rung=2, next_told=(), next_at=at(9, 14), colleague=None)),
        at(9, 4),
        "🔴 <b>OVERDUE</b>: Cpl Kelly Willis, Bamako\nDue at 08:00, grace ended at 08:30.\n"
        "Last sign of life: yesterday, 20:04, Bamako.\n\n"
        "🔴 Still open: Sgt Anne Bélanger took it at 08:34, no outcome for 30_min.\n"
        "Step 2 of 2; at 09:14 everyone on the ladder is told.\n\nCall +1 613 555 0142.\nThen press:\n"
        "[I am on it] [Safe, verified] [Next step now] [Close with a reason]",
        "🔴 <b>EN RETARD</b>_: cap. Kelly Willis, Bamako\nAttendu à 8_h, délai de grâce expiré à 8_h_30.\n"
        "Dernier signe de vie_: hier à 20_h_04, Bamako.\n\n"
        "🔴 Toujours ouverte_: prise en charge par la serg. Anne Bélanger à 8_h_34, sans suite depuis 30_min.\n"
        "Palier 2 sur 2; à 9_h_14, toute la chaîne d'alerte sera avisée.\n\nAppelez le +1 613 555-0142.\n"
        "Puis appuyez_:\n"
        "[Je m'en occupe] [En sécurité, vérifié] [Palier suivant] [Fermer avec un motif]",
    ),
    (
        "answered from step 2 on",
        AlertStep(replace(ANSWERED, subject=LACROIX, colleague=None)),
        at(8, 52),
        "🟠 <b>ANSWERED, TO BE VERIFIED</b>: Cpl Guy LaCroix, Mopti\nDue at 08:00, grace ended at 08:30.\n\n"
        "Cpl Guy LaCroix answered at 08:52 and reports safe.\n"
        "Step 2 of 2; at 09:07 everyone on the ladder is told.\n\n"
        "Verify by voice: call +1 613 555 0143.\nThen press:\n[Verified, close] [Not convinced] [I am on it]",
        "🟠 <b>RÉPONSE REÇUE, À VÉRIFIER</b>_: cap. Guy LaCroix, Mopti\n"
        "Attendu à 8_h, délai de grâce expiré à 8_h_30.\n\n"
        "Le cap. Guy LaCroix a répondu à 8_h_52 et se dit en sécurité.\n"
        "Palier 2 sur 2; à 9_h_07, toute la chaîne d'alerte sera avisée.\n\n"
        "Vérifiez de vive voix_: appelez le +1 613 555-0143.\nPuis appuyez_:\n"
        "[Vérifié, fermer] [J'ai un doute] [Je m'en occupe]",
    ),
    (
        "closed",
        AlertStep(replace(CHECKED_IN, subject=LACROIX)),
        at(8, 41),
        "🟢 <b>CLOSED</b> at 08:41: Cpl Guy LaCroix reports safe.\nChecked in at 08:41, 41_min after the due time.\n"
        "On record: 230841Z NOV 26.",
        "🟢 <b>ALERTE FERMÉE</b> à 8_h_41_: le cap. Guy LaCroix se dit en sécurité.\n"
        "Pointage à 8_h_41, 41_min après l'heure prévue.\nAu registre_: 230841Z NOV 26.",
    ),
    (
        "our line down, to the ladder",
        LineDown(at(10, 2)),
        at(10, 4),
        "⚠️ <b>Telegram has been out of reach</b> since 10:02.\nNobody is judged overdue until it is back.\n"
        "What is shown was last known at 10:02.\nUse the telephone or the radio.",
        "⚠️ <b>Telegram est injoignable</b> depuis 10_h_02.\n"
        "Personne n'est déclaré en retard avant le retour de la liaison.\n"
        "L'état affiché est celui qui était connu à 10_h_02.\nPassez par le téléphone ou la radio.",
    ),
    (
        "after an outage",
        LineBack(at(10, 2), at(10, 31)),
        at(10, 31),
        "I was out of reach from 10:02 to 10:31.\n"
        "Messages were kept. If you pressed a button then, please press it again.",
        "J'ai été injoignable de 10_h_02 à 10_h_31.\n"
        "Les messages ont été conservés. Si vous avez appuyé sur un bouton à ce moment, veuillez recommencer.",
    ),
    (
        "alerts, while our line is down",
        AlertList(at(10, 31), (), 0, at(10, 2)),
        at(10, 31),
        "⚠️ <b>Not known since 10:02</b>: Telegram is out of reach. Use the telephone.\n"
        "No open alert was known then.\n[🔄 Refresh]",
        "⚠️ <b>État inconnu depuis 10_h_02</b>_: Telegram est injoignable. Passez par le téléphone.\n"
        "Aucune alerte ouverte n'était connue à ce moment.\n[🔄 Actualiser]",
    ),
    (
        "alert open, to the officer",
        Missed(at(8), LEAD),
        at(8, 30),
        "🔔 Your check-in due at 08:00 has not arrived: an alert is open.\n"
        "Your post lead has been told and will try to reach you.\n"
        'If all is well, press "✅ I am safe".\nIf you are in danger, press "🆘 SOS".',
        "🔔 Votre pointage attendu à 8_h n'est pas arrivé_: une alerte est ouverte.\n"
        "La personne responsable de votre poste a été avisée et tentera de vous joindre.\n"
        "Si tout va bien, appuyez sur «_✅ Je suis en sécurité_».\nEn cas de danger, appuyez sur «_🆘 SOS_».",
    ),
    (
        "status",
        STATUS,
        at(8, 32),
        "📋 <b>Canadian police contingent in Mali</b>, 23 November, 08:32 (Bamako time)\n\n"
        "<b>Strength 5</b>: 1 overdue, 1 away, 3 answered.\nAnswered: Bamako 2 of 3 · Mopti 1 of 2\n\n"
        "🔴 <b>Cpl Kelly Willis</b>, Bamako: overdue 32_min, nobody has it.\n"
        "🏖 <b>Cpl Kim Deniger</b>, Mopti: leave until 27 November.\n[🔄 Refresh]",
        "📋 <b>Contingent policier canadien au Mali</b>, le 23 novembre, 8_h_32 (heure de Bamako)\n\n"
        "<b>Effectif 5</b>_: 1 en retard, 1 absence, 3 ont répondu.\nRéponses_: Bamako 2 sur 3 · Mopti 1 sur 2\n\n"
        "🔴 <b>Cap. Kelly Willis</b>, Bamako_: en retard de 32_min, personne ne s'en occupe.\n"
        "🏖 <b>Cap. Kim Deniger</b>, Mopti_: congé jusqu'au 27 novembre.\n[🔄 Actualiser]",
    ),
    (
        "distress, armed",
        SosArmed(ID, at(14, 2)),
        at(14, 2) - timedelta(seconds=29),
        "🆘 <b>Send a distress alert to everyone on the ladder?</b>\n"
        "If you press nothing, it goes out by itself within 30_s.\n[Send now] [Do not send]",
        "🆘 <b>Envoyer une alerte de détresse à toutes les personnes de la chaîne?</b>\n"
        "Si vous ne touchez à rien, elle part d'elle-même au bout de 30_s.\n"
        "[Envoyer maintenant] [Ne pas envoyer]",
    ),
    (
        "distress, sent",
        SosSent(ID, at(14, 2), 3, None, None),
        at(14, 2),
        "🆘 <b>Sent</b> at 14:02 to 3 people.\nNobody has answered yet. It rings again until somebody does.\n\n"
        "Share your location if you can, and say in one line what is happening.\nSent by mistake? Press:\n"
        "[It was a mistake]",
        "🆘 <b>Alerte envoyée</b> à 14_h_02 à 3 personnes.\n"
        "Personne n'a encore répondu. L'alerte est répétée jusqu'à ce qu'une personne réponde.\n\n"
        "Si possible, partagez votre position et dites en une ligne ce qui se passe.\nEnvoyée par erreur? Appuyez_:\n"
        "[C'était une erreur]",
    ),
    (
        "unreachable, to the lead",
        Unreachable(WILLIS),
        at(9),
        "📵 <b>Cpl Kelly Willis</b> can no longer be reached here.\n"
        "The bot is blocked or removed on that phone: no reminder arrives.\nUse another way: +1 613 555 0142.\n"
        "To mend it: that person unblocks the bot and writes to it, or command sends a new invitation.",
        "📵 <b>La cap. Kelly Willis</b> n'est plus joignable sur Telegram.\n"
        "Le robot est bloqué ou retiré sur ce téléphone_: aucun rappel n'y arrive.\n"
        "Passez par un autre moyen_: +1 613 555-0142.\n"
        "Pour rétablir le contact_: cette personne débloque le robot et lui écrit, "
        "ou le commandement l'invite de nouveau.",
    ),
    (
        "our fault",
        Sorry("7F3A", DUTY_PHONE),
        at(9),
        "Something went wrong on our side.\nYour message is kept (reference 7F3A) and the operator is told.\n"
        "If it was a check-in, please send it again.\nIf you are in danger, call +1 613 555 0199 (duty officer).",
        "Un problème est survenu de notre côté.\n"
        "Votre message est conservé (référence 7F3A) et l'équipe technique est avisée.\n"
        "Si c'était un pointage, veuillez l'envoyer de nouveau.\n"
        "En cas de danger, appelez le +1 613 555-0199 (permanence).",
    ),
    (
        "not allowed",
        Refused(No.NOT_ALLOWED, {}),
        at(9),
        "This is not open to your role. Your own commands: /help",
        "Votre rôle ne permet pas cette action. Vos commandes_: /aide",
    ),
]


@pytest.fixture(scope="module")
def catalogues() -> Catalogues:
    return Catalogues.load()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("message", "now", "en", "fr"), [one[1:] for one in GOLDEN], ids=[one[0] for one in GOLDEN])
def test_golden(message: Message, now: datetime, en: str, fr: str, language: Language, catalogues: Catalogues):
    who = Reader(language, "Africa/Bamako", Role.LEAD, None, now, "somebody")
    rendered = texts.render(message, who, catalogues)
    said = str(rendered.text)
    if isinstance(rendered.keyboard, Inline):
        said += "\n" + " ".join(f"[{one.text}]" for row in rendered.keyboard.rows for one in row)
    expected = (en if language == "en" else fr).replace("_", "\u00a0")
    assert said == expected
