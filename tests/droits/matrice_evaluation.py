"""La chaîne et les évaluations : qui suit le contrat lit, la coordination écrit."""

from tests.droits.lignes import COORDINATION, SUIVENT, VIDE, lignes

CHAINE = [
    *lignes(
        "contrat",
        ("indicateurs:chaine", "GET", SUIVENT, 200),
        ("indicateurs:chaine_exporter", "GET", SUIVENT, 200),
        ("indicateurs:chaine_mesurer", "POST", COORDINATION, 422),
        ("indicateurs:besoin_ajouter", "POST", COORDINATION, 422),
        ("indicateurs:evaluations", "GET", SUIVENT, 200),
        ("indicateurs:evaluation_ajouter", "GET", COORDINATION, 200),
        ("indicateurs:evaluation_ajouter", "POST", COORDINATION, 422),
        ("indicateurs:recommandations", "GET", SUIVENT, 200),
        ("indicateurs:recommandations_exporter", "GET", SUIVENT, 200, VIDE, {"extension": "csv"}),
    ),
    *lignes(
        "besoin",
        ("indicateurs:besoin", "GET", COORDINATION, 200),
        ("indicateurs:besoin", "POST", COORDINATION, 422),
        ("indicateurs:besoin_relier", "POST", COORDINATION, 422),
        ("indicateurs:besoin_deplacer", "POST", COORDINATION, 303, {"vers": "monter"}),
        ("indicateurs:besoin_retirer", "GET", COORDINATION, 200),
        ("indicateurs:besoin_retirer", "POST", COORDINATION, 303),
    ),
    *lignes("objectif", ("indicateurs:objectif_repondre", "POST", COORDINATION, 422)),
    *lignes(
        "effet",
        ("indicateurs:effet", "GET", COORDINATION, 200),
        ("indicateurs:effet", "POST", COORDINATION, 422),
        ("indicateurs:effet_retirer", "GET", COORDINATION, 200),
        ("indicateurs:effet_retirer", "POST", COORDINATION, 303),
    ),
]

EVALUATION = [
    *lignes(
        "evaluation",
        ("indicateurs:evaluation", "GET", SUIVENT, 200),
        ("indicateurs:evaluation_exporter", "GET", SUIVENT, 200, VIDE, {"extension": "ods"}),
        ("indicateurs:evaluation_modifier", "GET", COORDINATION, 200),
        ("indicateurs:evaluation_modifier", "POST", COORDINATION, 422),
        ("indicateurs:evaluation_retirer", "GET", COORDINATION, 200),
        ("indicateurs:evaluation_retirer", "POST", COORDINATION, 303),
        ("indicateurs:evaluation_trame", "GET", COORDINATION, 200),
        ("indicateurs:evaluation_trame", "POST", COORDINATION, 422),
        ("indicateurs:question_ajouter", "GET", COORDINATION, 200),
        ("indicateurs:question_ajouter", "POST", COORDINATION, 422),
        ("indicateurs:etape_ajouter", "GET", COORDINATION, 200),
        ("indicateurs:etape_ajouter", "POST", COORDINATION, 422),
        ("indicateurs:recommandation_ajouter", "GET", COORDINATION, 200),
        ("indicateurs:recommandation_ajouter", "POST", COORDINATION, 422),
    ),
    *lignes(
        "question",
        ("indicateurs:question", "GET", COORDINATION, 200),
        ("indicateurs:question", "POST", COORDINATION, 422),
        ("indicateurs:question_deplacer", "POST", COORDINATION, 303, VIDE),
        ("indicateurs:question_retirer", "GET", COORDINATION, 200),
        ("indicateurs:question_retirer", "POST", COORDINATION, 303),
    ),
    *lignes(
        "etape",
        ("indicateurs:etape", "GET", COORDINATION, 200),
        ("indicateurs:etape", "POST", COORDINATION, 422),
        ("indicateurs:etape_faite", "POST", COORDINATION, 303),
        ("indicateurs:etape_retirer", "GET", COORDINATION, 200),
        ("indicateurs:etape_retirer", "POST", COORDINATION, 303),
    ),
    *lignes(
        "recommandation",
        ("indicateurs:recommandation", "GET", COORDINATION, 200),
        ("indicateurs:recommandation", "POST", COORDINATION, 422),
        ("indicateurs:recommandation_suite", "POST", COORDINATION, 303, {"suite": "RETENUE"}),
        ("indicateurs:recommandation_retirer", "GET", COORDINATION, 200),
        ("indicateurs:recommandation_retirer", "POST", COORDINATION, 303),
    ),
]

# Éprouvées dans tests/indicateurs/api/test_evaluation_lire.py
ROUTES_API_EVALUATION = {
    f"api:{ressource}-{vue}"
    for ressource in (
        "besoins", "effets", "evaluations", "etapes-evaluation", "questions-evaluatives",
        "recommandations",
    )
    for vue in ("list", "detail")
}  # fmt: skip
