"""Ce que la personne dit d’un fichier, gardé en JSON entre le rapport et l’accord."""

from datetime import date
from typing import Any

from acteurs.import_donnees.contexte import ChoixContexte
from acteurs.import_donnees.lignes_contexte import Defauts
from acteurs.import_donnees.zonage import ChoixZonage
from acteurs.models import TypeZonage


def choix_zonage(parametres: dict[str, Any]) -> ChoixZonage:
    """Lève TypeZonage.DoesNotExist si le type a disparu depuis."""
    return ChoixZonage(
        type=TypeZonage.objects.get(pk=parametres["type"]),
        millesime=parametres["millesime"],
        date_effet=date.fromisoformat(parametres["date_effet"]),
        source=parametres["source"],
        region=parametres.get("region") or None,
        est_demonstration=parametres.get("est_demonstration", False),
    )


def choix_contexte(parametres: dict[str, Any]) -> ChoixContexte:
    publiee = parametres.get("publiee_le")
    return ChoixContexte(
        defauts=Defauts(
            indicateur=parametres.get("indicateur") or "",
            niveau=parametres.get("niveau") or "",
            annee=parametres.get("annee"),
            source=parametres.get("source") or "",
        ),
        region=parametres.get("region") or None,
        publiee_le=date.fromisoformat(publiee) if publiee else None,
    )
