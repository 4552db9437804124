"""La couverture se lit avec son droit ; les avenants se lisent avec le contrat, s’écrivent avec lui."""

from tests.droits.lignes import CONNECTES, COORDINATION, SUIVENT, VIDE, Ligne, lignes

COUVERTURE = [
    Ligne(f"contrats:{route}", "GET", CONNECTES, 200, "", VIDE, parametres)
    for route, parametres in (
        ("couverture", {}),
        ("couverture_region", {"code": "53"}),
        ("couverture_departement", {"code": "29"}),
        ("couverture_epci", {"code": "200068120"}),
        ("couverture_exporter", {"extension": "csv"}),
        ("couverture_communes", {}),
        ("couverture_communes_exporter", {"extension": "csv"}),
        ("couverture_commune", {"code": "29232"}),
        ("couverture_evolution", {}),
        ("couverture_evolution_exporter", {"extension": "csv"}),
    )
]
AVENANTS = [
    *lignes(
        "contrat",
        ("contrats:avenants", "GET", SUIVENT, 200),
        ("contrats:avenant_ajouter", "GET", COORDINATION, 200),
        ("contrats:avenant_ajouter", "POST", COORDINATION, 422),
    ),
    *lignes(
        "avenant",
        ("contrats:avenant", "GET", SUIVENT, 200),
        ("contrats:avenant_modifier", "GET", COORDINATION, 200),
        ("contrats:avenant_modifier", "POST", COORDINATION, 422),
        ("contrats:avenant_communes", "GET", COORDINATION, 200, VIDE, {"sens": "entrantes"}),
        ("contrats:avenant_communes", "POST", COORDINATION, 422, VIDE, {"sens": "sortantes"}),
        ("contrats:avenant_signer", "GET", COORDINATION, 200),
        ("contrats:avenant_signer", "POST", COORDINATION, 422),
        ("contrats:avenant_retirer", "GET", COORDINATION, 200),
        ("contrats:avenant_retirer", "POST", COORDINATION, 303),
    ),
]
# Éprouvées dans tests/contrats/api/test_avenants.py et test_couverture.py
ROUTES_API_COUVERTURE = {
    "api:avenants-list",
    "api:avenants-detail",
    "api:avenants-signer",
    "api:couverture-list",
}
