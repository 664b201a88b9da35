"""Words of danger in what is kept as part of a report: whether they speak of the writer in need, or of others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.danger import concerns_writer, cries_for_help, sounds_like_danger

IN_NEED = (
    "help",
    "HELP!!",
    "à l'aide",
    "A L’AIDE",
    "au secours",
    "Au secours, on nous tire dessus",
    "SOS",
    "sos sos sos",
    "mayday",
    "🆘",
    "10-33",
    "aide",
    "aidez-moi",
    "aide-moi",
    "we are under fire",
    "under fire",
    "sous le feu",
    "on est sous le feu",
    "I am hurt",
    "I'm hurt",
    "hurt",
    "blessé",
    "Je suis blessée",
    "j'ai peur",
    "on tire sur nous",
    "on nous tire dessus",
    "ils tirent",
    "they are shooting",
    "they're shooting at the gate",
    "blessé, à l'aide",
    "help, we are under fire",
    "two of us are hit, one wounded",
    "we have two wounded",
    "nous avons deux blessés",
    "on a un blessé",
    "deux blessés ici",
    "shots here",
    "notre véhicule a sauté sur une mine",
    "our convoy is being attacked",
    "my partner is bleeding",
    "mon collègue est inconscient",
    "armed men around us",
    "hommes armés devant nous",
    "évacuez-moi",
    "need medevac",
    "we need a medevac now",
    "besoin d'une évacuation",
    "j'ai besoin d'aide",
    "nous avons besoin d'aide",
    "envoyez de l'aide",
    "pouvez-vous m'aider",
    "officer down",
    "policier abattu",
    "je ne suis pas en sécurité",
    "pas en sécurité",
    "I'm not safe",
    "on me menace",
    "on m'a menacée",
    "retenue à un barrage, j'ai peur",
    "ils m'ont blessé",
    "des hommes armés arrivent vers nous",
    "Shooting. Help!",
    "Marché calme. À l'aide!",
    "we hear gunfire",
    "nous entendons des tirs",
    "j'entends des coups de feu",
    "They attacked us",
    "We were ambushed at km 12",
    "nous avons été attaqués",
    "on est encerclés",
    "Send help",
    "please help",
    "fire",
    "feu",
    "urgence",
    "emergency",
    "danger",
    "evacuate us",
    "on a sauté sur une mine",
    "somebody help me please",
    "s'il vous plaît aidez-nous",
    "armed men are coming",
    "des hommes armés arrivent ici",
    "Nous sommes dans l'armurerie, deux blessés, hommes armés partout autour du camp, il faut venir vite",
    "We are in the armoury, two wounded, armed men all around the camp, come quickly",
)
OF_OTHERS = (
    "Une fusillade au marché",
    "hommes armés",
    "Deux hommes armés vus à Konna",
    "Fusillade au marché, deux civils blessés",
    "Shooting at the market, two civilians wounded",
    "Armed men seen near the bridge",
    "Patrols met wounded civilians.",
    "We visited the wounded at the hospital.",
    "Nous avons rencontré les blessés à l'hôpital.",
    "Nous avons entendu des tirs au loin vers 3 h.",
    "We heard shots in the distance around 03:00.",
    "The population reports an attack on a convoy.",
    "La population signale une attaque contre un convoi",
    "Le poste de secours a reçu deux blessés.",
    "Les secours sont arrivés à 14 h; incendie maîtrisé.",
    "The situation is calm after the explosion of Monday.",
    "Deux otages ont été libérés.",
    "Évacuation de deux blessés vers Bamako",
    "Danger de mines sur la RN16",
    "Incidents: fire at the market; theft of a motorcycle",
    "Gendarmerie officers were attacked at Douentza; one dead.",
    "Quiet; an ambush near Gossi killed two soldiers.",
    "Calme; une embuscade près de Gossi a tué deux soldats.",
    "Aucun tir, aucun blessé",
    "No shots, no wounded.",
    "The help desk answers; l'aide humanitaire est arrivée après l'attaque",
    "Formation aux premiers secours donnée à 12 personnes; un accident de la route",
    "Requested help with the vehicle after the accident",
    "On signale une fusillade à Ansongo",
    "Des hommes armés ont enlevé un civil à 500 m du camp",
    "Civils menacés par des hommes armés",
    "Casualty evacuation drill held with the gendarmerie",
    "Our patrols continue in Mopti and Sévaré, where a shooting was reported at the market on Monday",
    "Nos patrouilles se poursuivent à Mopti et à Sévaré, où une fusillade a été signalée lundi",
    "On signale une fusillade au marché, les forces maliennes ont arrêté deux personnes",
)
CRIES = ("help", "Help!", "SOS", "mayday", "à l'aide", "Au secours!", "Aidez-nous", "10-33", "🆘", "need medevac")


@pytest.mark.parametrize("said", IN_NEED)
def test_who_is_in_need_is_heard_in_both_languages(said: str) -> None:
    assert sounds_like_danger(said)
    assert concerns_writer(said)


@pytest.mark.parametrize("said", OF_OTHERS)
def test_what_is_told_of_others_is_a_report(said: str) -> None:
    assert not concerns_writer(said)


@given(st.sampled_from(CRIES), st.sampled_from(OF_OTHERS), st.sampled_from((". ", "\n", " - ", "! ", ", ")))
def test_a_cry_is_heard_before_and_after_any_report(cry: str, told: str, gap: str) -> None:
    for said in (f"{cry}{gap}{told}", f"{told}{gap}{cry}"):
        assert sounds_like_danger(said)
        assert cries_for_help(said)
        assert concerns_writer(said)


@given(st.text(max_size=500))
def test_no_text_breaks_the_reader(said: str) -> None:
    assert concerns_writer(said) or not cries_for_help(said)
