"""La gouvernance : la coordination écrit, qui suit le contrat lit, une réunion publique est à tous."""

from tests.droits.lignes import COORDINATION, SUIVENT, TOUS, VIDE, lignes

GOUVERNANCE = [
    *lignes(
        "contrat",
        ("contrats:gouvernance", "GET", SUIVENT, 200),
        ("contrats:gouvernance_calendrier", "GET", SUIVENT, 200),
        ("contrats:decisions", "GET", SUIVENT, 200),
        ("contrats:decisions_exporter", "GET", SUIVENT, 200, VIDE, {"extension": "csv"}),
        ("contrats:instance_ajouter", "GET", COORDINATION, 200),
        ("contrats:instance_ajouter", "POST", COORDINATION, 422),
        ("contrats:reunion_ajouter", "GET", COORDINATION, 200),
        ("contrats:reunion_ajouter", "POST", COORDINATION, 422),
    ),
    *lignes(
        "instance",
        ("contrats:instance", "GET", SUIVENT, 200),
        ("contrats:instance_modifier", "GET", COORDINATION, 200),
        ("contrats:instance_modifier", "POST", COORDINATION, 422),
        ("contrats:instance_retirer", "GET", COORDINATION, 200),
        ("contrats:instance_retirer", "POST", COORDINATION, 303),
    ),
    *lignes(
        "reunion",
        ("contrats:reunion", "GET", SUIVENT, 200),
        ("contrats:reunion_agenda", "GET", SUIVENT, 200),
        ("contrats:reunion_publique", "GET", TOUS, 200),
        ("contrats:reunion_modifier", "GET", COORDINATION, 200),
        ("contrats:reunion_modifier", "POST", COORDINATION, 422),
        ("contrats:reunion_compte_rendu", "GET", COORDINATION, 200),
        ("contrats:reunion_compte_rendu", "POST", COORDINATION, 422),
        ("contrats:reunion_etat", "POST", COORDINATION, 303, {"etat": "ANNULEE", "version": 1}),
        ("contrats:reunion_retirer", "GET", COORDINATION, 200),
        ("contrats:reunion_retirer", "POST", COORDINATION, 303),
        ("contrats:decision_ajouter", "GET", COORDINATION, 200),
        ("contrats:decision_ajouter", "POST", COORDINATION, 422),
    ),
    *lignes(
        "decision",
        ("contrats:decision_modifier", "GET", COORDINATION, 200),
        ("contrats:decision_modifier", "POST", COORDINATION, 422),
        (
            "contrats:decision_statut",
            "POST",
            COORDINATION,
            303,
            {"statut": "FAIT", "version": 1, "vue": "reunion"},
        ),
        ("contrats:decision_retirer", "GET", COORDINATION, 200),
        ("contrats:decision_retirer", "POST", COORDINATION, 303),
    ),
    *lignes("slug", ("contrats:reunions_publiques", "GET", TOUS, 200)),
]
# Éprouvées dans tests/contrats/api/test_gouvernance.py
ROUTES_API_GOUVERNANCE = {
    f"api:{ressource}-{vue}"
    for ressource in ("instances", "reunions", "decisions")
    for vue in ("list", "detail")
}
