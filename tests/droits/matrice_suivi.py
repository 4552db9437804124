"""Le suivi d’une action : la coordination et le pilote écrivent, qui suit le contrat lit."""

from tests.droits.lignes import PILOTAGE, SUIVENT, lignes

SUIVI = [
    *lignes(
        "action",
        ("contrats:action_suivi", "GET", SUIVENT, 200),
        ("contrats:jalon_ajouter", "GET", PILOTAGE, 200),
        ("contrats:jalon_ajouter", "POST", PILOTAGE, 422),
        ("contrats:note_ajouter", "GET", PILOTAGE, 200),
        ("contrats:note_ajouter", "POST", PILOTAGE, 422),
    ),
    *lignes(
        "jalon",
        ("contrats:jalon", "POST", PILOTAGE, 303, {"geste": "terminer", "version": 1}),
        ("contrats:jalon_modifier", "GET", PILOTAGE, 200),
        ("contrats:jalon_modifier", "POST", PILOTAGE, 422),
        ("contrats:jalon_supprimer", "GET", PILOTAGE, 200),
        ("contrats:jalon_supprimer", "POST", PILOTAGE, 303),
    ),
    *lignes(
        "note",
        ("contrats:note", "GET", PILOTAGE, 200),
        ("contrats:note", "POST", PILOTAGE, 422),
        ("contrats:note_supprimer", "GET", PILOTAGE, 200),
        ("contrats:note_supprimer", "POST", PILOTAGE, 303),
    ),
]
