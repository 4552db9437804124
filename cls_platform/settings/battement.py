"""Ce que le battement lance de lui-même, et quand (heure de Paris ; un nombre est en secondes)."""

from typing import Any

from celery.schedules import crontab

TACHES: dict[str, dict[str, Any]] = {
    "reprendre-travaux": {"task": "bilans.reprendre_travaux", "schedule": 15.0},
    "reprendre-annonces": {"task": "bilans.reprendre_annonces", "schedule": 60.0},
    "effacer-dossiers": {"task": "bilans.effacer_dossiers", "schedule": 3600.0},
    "vider-corbeille": {
        "task": "contrats.vider_corbeille",
        "schedule": crontab(hour=3, minute=30),
    },
    "rappeler-campagnes": {
        "task": "bilans.rappeler_campagnes",
        "schedule": crontab(hour=7, minute=30),
    },
    "effacer-les-noms": {"task": "contrats.effacer_les_noms", "schedule": 86_400.0},
    "effacer-les-courriels": {"task": "bilans.effacer_les_courriels", "schedule": 86_400.0},
    "relecture-du-jour": {
        "task": "bilans.relecture_du_jour",
        "schedule": crontab(hour=7, minute=40),
    },
    "relancer-chaque-mois": {
        "task": "indicateurs.relancer_chaque_mois",
        "schedule": crontab(day_of_month=5, hour=8, minute=0),
    },
}
