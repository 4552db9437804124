"""La liste de travail et la doctrine : les agents de l’agence ; la doctrine s’écrit au siège.

`cle` : la ligne du contrat. Qui suit le contrat sans être de l’agence reçoit 403, l’autre 404. La
doctrine se lit avec la couverture.
"""

from tests.droits.lignes import CONNECTES, VIDE, Ligne, lignes

SIEGE = frozenset({"agent_ars", "administratrice"})
AGENCE = SIEGE | {"agent_dd"}
BRETAGNE = {"code": "53"}

A_FAIRE = [
    Ligne("contrats:a_faire", "GET", AGENCE),
    Ligne("contrats:a_faire_exporter", "GET", AGENCE, 200, "", VIDE, {"extension": "csv"}),
    Ligne("contrats:a_faire_affecter", "POST", AGENCE, 422),
    Ligne("contrats:doctrine", "GET", CONNECTES, 200, "", {}, BRETAGNE),
    Ligne("contrats:doctrine_ecrire", "GET", SIEGE, 200, "", VIDE, BRETAGNE),
    Ligne("contrats:doctrine_ecrire", "POST", SIEGE, 422, "", VIDE, BRETAGNE),
    *lignes(
        "cle",
        ("contrats:a_faire_suivi", "GET", AGENCE, 200),
        ("contrats:a_faire_referent", "GET", AGENCE, 200),
        ("contrats:a_faire_referent", "POST", AGENCE, 422),
        ("contrats:a_faire_veille", "GET", AGENCE, 200),
        ("contrats:a_faire_veille", "POST", AGENCE, 422),
        ("contrats:a_faire_note", "GET", AGENCE, 200),
        ("contrats:a_faire_note", "POST", AGENCE, 422),
    ),
]
# Corriger une doctrine n’est pas sous un contrat ; éprouvé dans test_a_faire.py, comme l’API
ROUTES_DE_DOCTRINE = {
    "contrats:doctrine_modifier",
    "api:a-faire-list",
    "api:doctrines-list",
    "api:doctrines-detail",
}
