"""A situation report with everything that may stand in one, in both languages, made by hand."""

from datetime import UTC, datetime

from bot.document.paper import Line, Paper, Section, Table

AT = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
ARABIC = "قال رئيس القرية: لا مسلحين في السوق منذ 21 نوفمبر."
HEBREW = "שלום לכולם, הכול רגוע."
SIGNS = "<b>trois</b> & *deux* _un_ `code` [lien](http://x.ml) | #titre $x$ {y} \\ \"cité\" 'ici' <!-- rien -->"
EMOJI = "🚚 🇨🇦 👩🏽‍✈️ ✅"
LONG = ("On a vu <trois> hommes & un camion 🚚 près du pont; ils sont repartis vers le nord-est. " * 60)[:4096]
WORD = "https://exemple.ml/" + "tres-long-chemin_sans_aucune_espace" * 6
LINES = "Premier arrêt\tSévaré\nDeuxième arrêt\tFatoma\n\n  Retour à la base"
CONTROL = "Reçu par radio\x07\x1b[0m, fin\x0bde message"

EN = Paper(
    language="en",
    title="Daily situation report",
    number="MLI-SITREP-0042",
    contingent="Canadian police contingent in Mali",
    marking="PROTECTED A",
    header=(
        ("Number", "MLI-SITREP-0042"),
        ("Date-time group", "240630Z NOV 26"),
        ("From", "Commander, Canadian police contingent in Mali"),
        ("To", "International Policing, RCMP National Headquarters, Ottawa"),
        ("Copy", "MINUSMA Police Commissioner; EUCAP Sahel Mali, Head of Operations"),
        ("Period", "230600Z NOV 26 to 240600Z NOV 26"),
        ("Marking", "PROTECTED A"),
    ),
    sections=(
        Section(
            1,
            "Personnel",
            (
                Line("All five members answered for. Strength by post at the end of the period:"),
                Table(
                    (
                        "Post",
                        "Strength",
                        "Safe",
                        "Moving",
                        "Duty travel",
                        "Leave",
                        "Sick",
                        "Unaccounted",
                        "Women",
                        "Men",
                    ),
                    (
                        ("Bamako", "3", "2", "0", "0", "1", "0", "0", "2", "1"),
                        ("Mopti", "2", "1", "1", "0", "0", "0", "0", "0", "2"),
                        ("Total", "5", "3", "1", "0", "1", "0", "0", "2", "3"),
                    ),
                    numbers=frozenset(range(1, 10)),
                    total=True,
                ),
                Line("Insp. Roy, annual leave until 30 November 2026.", label="Absence"),
            ),
        ),
        Section(
            2,
            "Security situation",
            (
                Line("Calm. Market day; crowds larger than usual until 16:00.", "Bamako", "MLI-2026-0107, Cpl Willis"),
                Line(
                    "Two motorcycles without plates followed the patrol for about 4 km on the RN6, then turned off.",
                    "Mopti",
                    "MLI-2026-0108, Sgt Hamelin; seen, unconfirmed",
                ),
                Line(ARABIC, "Fatoma", "MLI-2026-0110, told by the village chief, 21 November; to translate: annex A"),
            ),
        ),
        Section(
            3,
            "Operations and activities",
            (
                Line("Co-location at the 3rd district police station: two case files reviewed.", note="MLI-2026-0107"),
                Line(LINES, "Joint patrol", "MLI-2026-0108"),
                Line("The driver wrote: " + SIGNS),
                Line("Convoy " + EMOJI + " back at base."),
            ),
        ),
        Section(
            4,
            "Movements",
            (
                Table(
                    ("No.", "From", "To", "Departed", "Arrived", "Members", "Remarks"),
                    (
                        ("MV-0031", "Mopti", "Sévaré", "230710Z NOV 26", "230742Z NOV 26", "2", ""),
                        (
                            "MV-0032",
                            "Sévaré",
                            "Mopti",
                            "231515Z NOV 26",
                            "231603Z NOV 26",
                            "2",
                            "16 min late: flat tire",
                        ),
                    ),
                    numbers=frozenset({5}),
                ),
            ),
        ),
        Section(5, "Incidents", (Line("Nothing to report."),), empty=True),
        Section(6, "Protection of civilians", (Line("Nothing to report."),), empty=True),
        Section(
            7,
            "Gender and engagement",
            (
                Table(
                    ("Activity", "Women", "Men", "Girls", "Boys"),
                    (("Awareness session, Fatoma", "12", "9", "4", "3"), ("Market, Sévaré", "1,204", "7", "0", "0")),
                    numbers=frozenset({1, 2, 3, 4}),
                ),
            ),
        ),
        Section(8, "Mentoring and training", (Line(LONG, "Course", "MLI-2026-0109"),)),
        Section(9, "Medical and welfare", (Line("Nothing to report."),), empty=True),
        Section(10, "Logistics and vehicles", (Line("Vehicle log: " + WORD),)),
        Section(
            11,
            "Communications state",
            (
                Table(
                    ("Post", "Means", "State", "Remarks"),
                    (
                        ("Bamako", "VHF <1> & 2", "works", EMOJI),
                        ("Bamako", "Satellite telephone", "works", "tested 23:00 | battery 80%\nspare battery: 40%"),
                        ("Mopti", "Internet", "down", ARABIC),
                        ("Mopti", "VHF", "works", WORD),
                    ),
                ),
                Line(CONTROL, "Radio log"),
            ),
        ),
        Section(
            12,
            "Check-ins",
            (
                Table(
                    ("Post", "Due", "On time", "Late", "Missed", "By proxy"),
                    (
                        ("Bamako", "6", "6", "0", "0", "0"),
                        ("Mopti", "4", "3", "1", "0", "1"),
                        ("Total", "10", "9", "1", "0", "1"),
                    ),
                    numbers=frozenset({1, 2, 3, 4, 5}),
                    total=True,
                ),
                Line("2 min 40 s", "Median time until an alert was taken"),
            ),
        ),
        Section(13, "Assessment and outlook", (Line("No change expected in the next 72 hours."),)),
        Section(14, "Commander's comments", (Line("Second vehicle at Mopti is still awaited: " + HEBREW, "Request"),)),
        Section(15, "Next 24 hours", (Line("Joint patrol, Mopti to Konna and back, 250700Z to 251600Z NOV 26."),)),
    ),
    signatures=(
        ("Prepared by", "Sgt Luc Hamelin, duty officer, 240615Z NOV 26"),
        ("Approved by", ""),
    ),
    draft="DRAFT – NOT APPROVED",
    page_of="Page {page} of {pages}",
    annexes=(
        Section(
            1,
            "Texts to translate",
            (Line(ARABIC, "MLI-2026-0110, item 9"), Line("Говорят, дорога закрыта.", "MLI-2026-0108")),
        ),
        Section(
            2,
            "Sources",
            (Table(("Report", "Officer"), (("MLI-2026-0107", "Cpl Willis"), ("MLI-2026-0108", "Sgt Hamelin"))),),
        ),
    ),
)

FR = Paper(
    language="fr",
    title="Compte rendu de situation quotidien",
    number="MLI-SITREP-0042",
    contingent="Contingent policier canadien au Mali",
    marking="PROTÉGÉ A",
    header=(
        ("Numéro", "MLI-SITREP-0042"),
        ("Groupe date-heure", "240630Z NOV 26"),
        ("De", "Commandante, Contingent policier canadien au Mali"),
        ("À", "Police internationale, Direction générale de la GRC, Ottawa"),
        ("Copie", "Chef de la Police de la MINUSMA; EUCAP Sahel Mali, chef des opérations"),
        ("Période", "du 230600Z NOV 26 au 240600Z NOV 26"),
        ("Cote", "PROTÉGÉ A"),
    ),
    sections=(
        Section(
            1,
            "Personnel",
            (
                Line("Les cinq membres ont répondu. Effectif par poste à la fin de la période :"),
                Table(
                    (
                        "Poste",
                        "Effectif",
                        "En sécurité",
                        "En route",
                        "Mission",
                        "Congé",
                        "Malades",
                        "Sans nouvelles",
                        "Femmes",
                        "Hommes",
                    ),
                    (
                        ("Bamako", "3", "2", "0", "0", "1", "0", "0", "2", "1"),
                        ("Mopti", "2", "1", "1", "0", "0", "0", "0", "0", "2"),
                        ("Total", "5", "3", "1", "0", "1", "0", "0", "2", "3"),
                    ),
                    numbers=frozenset(range(1, 10)),
                    total=True,
                ),
                Line("insp. Roy, congé annuel jusqu'au 30 novembre 2026.", label="Absence"),
            ),
        ),
        Section(
            2,
            "Situation sécuritaire",
            (
                Line(
                    "Calme. Jour de marché; foule plus dense qu'à l'habitude jusqu'à 16 h.",
                    "Bamako",
                    "MLI-2026-0107, cap. Willis",
                ),
                Line(
                    "Deux motos sans plaque ont suivi la patrouille environ 4 km : elles sont parties à 9 h 40.",
                    "Mopti",
                    "MLI-2026-0108, sgt Hamelin; vu, non confirmé",
                ),
                Line(ARABIC, "Fatoma", "MLI-2026-0110, dit par le chef du village, 21 novembre; à traduire : annexe A"),
            ),
        ),
        Section(
            3,
            "Opérations et activités",
            (
                Line("Colocation au commissariat du 3e arrondissement : deux dossiers revus.", note="MLI-2026-0107"),
                Line(LINES, "Patrouille conjointe", "MLI-2026-0108"),
                Line("Le chauffeur a écrit : « bien reçu », puis : " + SIGNS),
                Line("Convoi " + EMOJI + " rentré à la base."),
            ),
        ),
        Section(
            4,
            "Déplacements",
            (
                Table(
                    ("No", "De", "À", "Départ", "Arrivée", "Membres", "Remarques"),
                    (
                        ("MV-0031", "Mopti", "Sévaré", "230710Z NOV 26", "230742Z NOV 26", "2", ""),
                        (
                            "MV-0032",
                            "Sévaré",
                            "Mopti",
                            "231515Z NOV 26",
                            "231603Z NOV 26",
                            "2",
                            "16 min de retard : crevaison",
                        ),
                    ),
                    numbers=frozenset({5}),
                ),
            ),
        ),
        Section(5, "Incidents", (Line("Rien à signaler."),), empty=True),
        Section(6, "Protection des civils", (Line("Rien à signaler."),), empty=True),
        Section(
            7,
            "Genre et contacts avec la population",
            (
                Table(
                    ("Activité", "Femmes", "Hommes", "Filles", "Garçons"),
                    (
                        ("Séance de sensibilisation, Fatoma", "12", "9", "4", "3"),
                        ("Marché, Sévaré", "1 204", "7", "0", "0"),
                    ),
                    numbers=frozenset({1, 2, 3, 4}),
                ),
            ),
        ),
        Section(8, "Mentorat et formation", (Line(LONG, "Cours", "MLI-2026-0109"),)),
        Section(9, "Santé et bien-être", (Line("Rien à signaler."),), empty=True),
        Section(10, "Logistique et véhicules", (Line("Carnet de route : " + WORD),)),
        Section(
            11,
            "État des communications",
            (
                Table(
                    ("Poste", "Moyen", "État", "Remarques"),
                    (
                        ("Bamako", "VHF <1> & 2", "marche", EMOJI),
                        (
                            "Bamako",
                            "Téléphone satellitaire",
                            "marche",
                            "essai à 23 h | pile à 80 %\npile de rechange : 40 %",
                        ),
                        ("Mopti", "Internet", "en panne", ARABIC),
                        ("Mopti", "VHF", "marche", WORD),
                    ),
                ),
                Line(CONTROL, "Journal radio"),
            ),
        ),
        Section(
            12,
            "Pointages",
            (
                Table(
                    ("Poste", "Dus", "À l'heure", "En retard", "Manqués", "Pour autrui"),
                    (
                        ("Bamako", "6", "6", "0", "0", "0"),
                        ("Mopti", "4", "3", "1", "0", "1"),
                        ("Total", "10", "9", "1", "0", "1"),
                    ),
                    numbers=frozenset({1, 2, 3, 4, 5}),
                    total=True,
                ),
                Line("2 min 40 s", "Délai médian de prise en charge d'une alerte"),
            ),
        ),
        Section(13, "Appréciation et perspectives", (Line("Aucun changement attendu dans les 72 prochaines heures."),)),
        Section(
            14,
            "Observations de la commandante",
            (Line("Le second véhicule de Mopti est toujours attendu : " + HEBREW, "Demande"),),
        ),
        Section(
            15,
            "Prochaines 24 heures",
            (Line("Patrouille conjointe, Mopti–Konna et retour, 250700Z à 251600Z NOV 26."),),
        ),
    ),
    signatures=(
        ("Préparé par", "sgt Luc Hamelin, officier de service, 240615Z NOV 26"),
        ("Approuvé par", "surint. Anne Lacroix, commandante du contingent, 240628Z NOV 26"),
    ),
    page_of="Page {page} de {pages}",
    annexes=(
        Section(
            1,
            "Textes à traduire",
            (Line(ARABIC, "MLI-2026-0110, point 9"), Line("Говорят, дорога закрыта.", "MLI-2026-0108")),
        ),
        Section(
            2,
            "Sources",
            (Table(("Compte rendu", "Membre"), (("MLI-2026-0107", "cap. Willis"), ("MLI-2026-0108", "sgt Hamelin"))),),
        ),
    ),
)

PAPERS = {"en": EN, "fr": FR}


def large(lines: int = 1500, rows: int = 400, tables: int = 8) -> Paper:
    """Return a paper as the largest contingent may need it: so many lines, and tables of so many rows."""
    table = Table(
        ("Post", "Officer", "State", "Due", "On time", "Remarks"),
        tuple(
            ("Mopti", f"Sgt Nom {at}", "safe", str(at), "2", "seen by the patrol at the market") for at in range(rows)
        ),
        numbers=frozenset({3, 4}),
    )
    text = "Two motorcycles without plates followed the patrol for about four kilometres, then turned off the road."
    sections = [
        Section(
            at + 1,
            f"Section {at + 1}",
            (
                *(Line(f"{text} {at}.{one}", "Mopti", "MLI-2026-0108") for one in range(lines // 15)),
                *([table] if at < tables else []),
            ),
        )
        for at in range(15)
    ]
    return Paper("en", "Weekly report", "MLI-0001", "Contingent", "PROTECTED A", (("From", "x"),), tuple(sections))
