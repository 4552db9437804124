"""Ce que dit la description OpenAPI de l’API ; un nom à chaque énumération ambiguë."""

from typing import Any

REGLAGES: dict[str, Any] = {
    "TITLE": "API des contrats locaux de santé",
    "DESCRIPTION": "Toutes les données que l’appelant peut voir, filtrables comme les pages.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SORT_OPERATIONS": True,
    "ENUM_NAME_OVERRIDES": {
        "StatutActionEnum": "contrats.etats.StatutAction",
        "StatutBilanEnum": "bilans.etats.StatutBilan",
        "StatutFinancementEnum": "contrats.models.StatutFinancement",
        "RolePartieEnum": "contrats.models.RolePartie",
        "RoleActeurEnum": "contrats.models.RoleActeur",
        "EtatLotEnum": "contrats.models.EtatLot",
        "EtatContributionEnum": "contrats.models.EtatContribution",
        "EtatLigneEnum": "contrats.models.EtatLigne",
        "EtatTravailEnum": "cls_platform.socle.models.EtatTravail",
        "MissionFirEnum": "contrats.models.MissionFir",
        "UniteBudgetEnum": "contrats.models.UniteBudget",
        "UniteDecalageEnum": "contrats.lots.UNITES",
        "TypeIndicateurEnum": "indicateurs.models.TypeIndicateur",
        "TypeEffetEnum": "indicateurs.models.TypeEffet",
        "NiveauIndicateurEnum": "indicateurs.models.NiveauIndicateur",
        "NiveauObjectifEnum": "contrats.models.NiveauObjectif",
        "SensEnum": "indicateurs.models.Sens",
        "SensAvisEnum": "bilans.models.SensAvis",
        "MoyenAvisEnum": "bilans.models.MoyenAvis",
        "OrigineActionEnum": "contrats.models.OrigineAction",
    },
}
