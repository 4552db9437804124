"""Figer et publier : qui suit le contrat lit, la coordination écrit, elle et l’élue publient."""

from tests.droits.lignes import COORDINATION, PUBLICATION, SUIVENT, TOUS, VIDE, lignes

# Relire le bilan : tout le monde sauf la lectrice
RELISENT = SUIVENT - {"lectrice"}
BUDGET = SUIVENT - {"lectrice", "partenaire"}
EDITION = {"annee": 2024, "numero": 1}

PUBLICATIONS = [
    *lignes(
        "bilan",
        ("bilans:bilan", "GET", SUIVENT, 200),
        ("bilans:travail", "GET", SUIVENT, 200),
        ("bilans:telecharger", "GET", SUIVENT, 200),
        ("bilans:documents", "GET", SUIVENT, 200),
        ("bilans:document_demander", "POST", RELISENT, 302, {"genre": "TECH_SANS"}),
        ("bilans:document_demander", "POST", BUDGET, 302, {"genre": "TECHNIQUE"}),
        ("bilans:demander", "POST", COORDINATION, 302),
        ("bilans:etat", "POST", COORDINATION, 302, {"vers": "RELECTURE"}),
        ("bilans:publier", "GET", PUBLICATION, 200, {}),
        ("bilans:publier", "POST", PUBLICATION, 422),
        ("bilans:corriger", "POST", COORDINATION, 302),
    ),
    *lignes(
        "document_bilan",
        ("bilans:document_travail", "GET", SUIVENT, 200),
        ("bilans:document_fichier", "GET", SUIVENT, 200),
    ),
    *lignes(
        "publie",
        ("bilans:retirer", "GET", PUBLICATION, 200, {}),
        ("bilans:retirer", "POST", PUBLICATION, 422, VIDE),
        ("bilans:parution", "GET", PUBLICATION, 200),
        ("bilans:parution_reessayer", "POST", PUBLICATION, 303),
    ),
    *lignes(
        "slug",
        ("bilans:edition_publique", "GET", TOUS, 200, {}, EDITION),
        ("bilans:edition_pdf", "GET", TOUS, 200, {}, EDITION),
        ("bilans:edition_csv", "GET", TOUS, 200, {}, EDITION),
        ("bilans:edition_json", "GET", TOUS, 200, {}, EDITION),
    ),
    *lignes("", ("bilans:adresse_courte", "GET", TOUS, 404, {}, {"code": "inconnu"})),
]
# Éprouvées personnage par personnage dans tests/bilans/api
ROUTES_API_DES_BILANS = {
    f"api:{ressource}-{vue}"
    for ressource in ("editions-bilans", "documents-bilans", "parties-bilans")
    for vue in ("list", "detail")
} | {"api:documents-bilans-fichier"}
