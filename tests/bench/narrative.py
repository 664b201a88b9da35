"""What officers write in their reports, for measuring: in English and in French, as long as it usually is."""

from random import Random

from bot.domain.bilingual import Language

_SENTENCES: dict[Language, tuple[str, ...]] = {
    "en": (
        "Joint foot patrol with the gendarmerie through the central market and the river port.",
        "Stall holders report that trade is back to what it was before the rains.",
        "Met with the head of the traffic unit about accidents on the road to the airport.",
        "The women's association asked for an awareness session on domestic violence next week.",
        "Two checkpoints were manned; officers wore their identification and were courteous.",
        "The duty register is kept daily and entries are signed, as agreed at the last visit.",
        "Observed 3 motorcycles without plates heading north at about 10:40; the brigade was informed.",
        "Detention cells inspected: 4 detainees, water available, one case past the legal delay.",
        "Mentored the investigators on sealing evidence and on the chain of custody.",
        "The radio at the western gate was out for two hours & has been replaced by a hand-held.",
        "Fuel is at a third of the tank; the escort of Thursday needs a resupply before.",
        "The prefect thanked the mission for the lamps along the school road.",
        "Rumours of a gathering near the old bridge on Friday; not confirmed by a second source.",
        "Class of 24 on community policing; participation was good, above all from the younger officers.",
        "No change in the attitude of the population: greetings, questions about the school year.",
        "A family of seven displaced from the hamlets asked where to register; referred to the local office.",
    ),
    "fr": (
        "Patrouille pédestre conjointe avec la gendarmerie au marché central et au port fluvial.",
        "Les commerçantes disent que les affaires ont repris comme avant la saison des pluies.",
        "Rencontre avec le chef de l'unité de circulation au sujet des accidents sur la route de l'aéroport.",
        "L'association des femmes demande une séance de sensibilisation sur la violence familiale.",
        "Deux postes de contrôle tenus; les agents portaient leur insigne et ont été courtois.",
        "Le registre de service est tenu chaque jour et signé, comme convenu à la dernière visite.",
        "Vu 3 motos sans plaque se dirigeant vers le nord vers 10 h 40; la brigade a été avisée.",
        "Cellules inspectées : 4 personnes détenues, eau disponible, un dossier hors délai légal.",
        "Mentorat des enquêteurs sur la mise sous scellés et la chaîne de possession.",
        "La radio de l'entrée ouest est restée muette deux heures & a été remplacée par un portatif.",
        "Carburant au tiers du réservoir; ravitaillement nécessaire avant l'escorte de jeudi.",
        "Le préfet remercie la mission pour l'éclairage du chemin de l'école.",
        "Rumeurs d'un rassemblement vendredi près du vieux pont; aucune deuxième source.",
        "Cours de 24 personnes sur la police de proximité; bonne participation, surtout chez les jeunes.",
        "Aucun changement dans l'attitude de la population : salutations, questions sur la rentrée.",
        "Une famille de sept personnes déplacée des hameaux demande où s'inscrire; dirigée vers le bureau local.",
    ),
}


def text(random: Random, language: Language, most: int) -> str:
    """Return what somebody wrote: one to five sentences, once in fifty a page of them; `most` characters."""
    count = random.randint(15, 40) if random.random() < 0.02 else random.randint(1, 5)
    return " ".join(random.choices(_SENTENCES[language], k=count))[:most].strip()
