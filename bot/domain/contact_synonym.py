"""Words that mean the same to somebody who looks for help, in either language and folded: each finds the others."""

_GROUPS = (
    "hospital hopital chu",
    "clinic clinique infirmary infirmerie dispensary dispensaire",
    "doctor medecin docteur physician",
    "nurse infirmiere infirmier",
    "medic secouriste paramedic ambulancier ambulanciere",
    "medevac casevac evasan evacuation ambulance",
    "helicopter helicoptere helo",
    "fire pompiers pompier incendie firefighters",
    "emergency urgence urgences",
    "medical sante health medicale",
    "pharmacy pharmacie",
    "psychologist psychologue",
    "chaplain aumonier padre",
    "welfare bienetre",
    "police policier policiere",
    "gendarmerie gendarme gendarmes",
    "guard garde",
    "army armee military militaire",
    "station commissariat",
    "brigade",
    "embassy ambassade",
    "consulate consulat consular consulaire",
    "consul consule",
    "ambassador ambassadeur ambassadrice",
    "security securite surete",
    "operations ops operation",
    "radio transmissions",
    "room salle",
    "centre center",
    "duty permanence",
    "headquarters hq qg",
    "commander commandant commandante commandement cmdt",
    "chief chef cheffe",
    "superintendent surintendant surintendante supt surint",
    "inspector inspecteur inspectrice insp",
    "sergeant sergent sergente sgt serg",
    "corporal caporal caporale cpl cap",
    "constable cst const gend",
    "deputy adjoint adjointe",
    "lead responsable leader",
    "liaison",
    "mission",
    "airport aeroport",
    "gate barriere entree",
    "camp base",
    "driver chauffeur chauffeuse",
    "transport vehicles vehicules",
    "mechanic mecanicien mecanicienne garage workshop atelier",
    "interpreter interprete translator traducteur traductrice",
    "logistics logistique",
    "finance finances paie pay salary",
    "travel voyage voyages",
    "leave conges conge",
    "computer informatique it",
    "help aide assistance",
    "prosecutor procureur procureure",
    "judge juge",
    "prison",
    "women femmes",
    "children enfants child enfance",
    "human droits rights",
    "spokesperson porteparole",
    "peer pairs",
    "home maison",
    "family famille",
    "training formation",
    "mayor maire mairie",
    "governor gouverneur gouverneure gouvernorat",
    "head tete",
    "level niveau",
    "1 one",
    "2 two",
    "movement movements mouvement mouvements movcon mouvcon",
    "night nuit",
    "water eau",
    "electricity electricite power",
)
SYNONYMS: dict[str, frozenset[str]] = {}
for _group in _GROUPS:
    _words = frozenset(_group.split())
    for _word in _words:
        SYNONYMS[_word] = SYNONYMS.get(_word, frozenset()) | (_words - {_word})

# What is said around a name and finds nobody: articles, and how one asks.
_AROUND = """
a an and at au aux by c call called can contact d de des du en est et for from get how i in is je l la le les me mes mon
ma my need nos notre nous number numero numeros of on or ou our phone please pour quel quelle qui s svp sur telephone
tel the to un une want what who with appeler appelle appelez cherche coordonnees joindre
"""
IDLE = frozenset(_AROUND.split())
# Titles and ranks: they may stand before a name, and need not be right.
_BEFORE = """
mr mrs ms miss mx m mme mlle monsieur madame mademoiselle dr docteur doctor maitre cst const constable gendarme agt
agent agente cpl cap caporal caporale corporal sgt serg sergent sergente sergeant ssgt insp inspecteur inspectrice
inspector supt surint surintendant surintendante superintendent csupt asp lt lieutenant lieutenante capt captain
capitaine maj major majeur majeure col colonel colonelle cmdt commissaire commissioner gen general generale chief chef
cheffe adj adjudant adjudante off officer officier officiere det detective
"""
TITLES = frozenset(_BEFORE.split())
