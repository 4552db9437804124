"""Les bénéficiaires : qui suit le contrat lit, qui saisit compte, ce qui se publie est à tous."""

from tests.droits.lignes import PILOTAGE, SUIVENT, TOUS, VIDE, lignes

# Le pilote compte sur ses fiches ; le partenaire n’en pilote aucune
BENEFICIAIRES = [
    *lignes(
        "contrat",
        ("indicateurs:beneficiaires", "GET", SUIVENT, 200),
        ("indicateurs:beneficiaires_exporter", "GET", SUIVENT, 200, VIDE, {"extension": "csv"}),
    ),
    *lignes(
        "action",
        ("indicateurs:beneficiaires_action", "GET", SUIVENT, 200),
        ("indicateurs:beneficiaires_action", "POST", PILOTAGE, 303),
    ),
    *lignes("slug", ("indicateurs:beneficiaires_publics", "GET", TOUS, 200)),
]

ROUTES_API_BENEFICIAIRES = {f"api:beneficiaires-{vue}" for vue in ("list", "detail")}
