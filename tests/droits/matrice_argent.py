"""L’argent : le voir est un droit, que n’ont ni le partenaire ni la lectrice ; l’écrire suit le plan."""

from tests.droits.matrice import PILOTAGE, VIDE, lignes

LISENT_LE_BUDGET = PILOTAGE | {"elue", "agent_ars", "agent_dd"}
RETRAIT = {"version": 1}

ARGENT = [
    *lignes(
        "contrat",
        ("contrats:plan_budget", "GET", LISENT_LE_BUDGET, 200, {}),
        ("contrats:plan_budget_csv", "GET", LISENT_LE_BUDGET, 200, {}),
    ),
    *lignes(
        "action",
        ("contrats:action_budget", "GET", LISENT_LE_BUDGET, 200),
        ("contrats:ligne_ajouter", "GET", PILOTAGE, 200),
        ("contrats:ligne_ajouter", "POST", PILOTAGE, 422),
        ("contrats:financement_ajouter", "GET", PILOTAGE, 200),
        ("contrats:financement_ajouter", "POST", PILOTAGE, 422),
    ),
    *lignes(
        "ligne",
        ("contrats:ligne_modifier", "GET", PILOTAGE, 200),
        ("contrats:ligne_modifier", "POST", PILOTAGE, 422),
        ("contrats:ligne_retirer", "GET", PILOTAGE, 200),
        ("contrats:ligne_retirer", "POST", PILOTAGE, 303, RETRAIT),
    ),
    *lignes(
        "financement",
        ("contrats:financement_modifier", "GET", PILOTAGE, 200),
        ("contrats:financement_modifier", "POST", PILOTAGE, 422, VIDE),
        ("contrats:financement_retirer", "GET", PILOTAGE, 200),
        ("contrats:financement_retirer", "POST", PILOTAGE, 303, RETRAIT),
    ),
]

ROUTES_API_ARGENT = {
    f"api:{ressource}-{vue}"
    for ressource in ("lignes_budget", "financements")
    for vue in ("list", "detail")
}
