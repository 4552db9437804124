"""Choisir et décrire les indicateurs d’un contrat."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, marquer
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Contrat
from contrats.permissions import exiger
from indicateurs.models import Indicateur, IndicateurModele
from indicateurs.services.liens import AUTRE_CONTRAT, poser_les_fiches

REPRIS_DU_CATALOGUE = (
    "libelle",
    "definition",
    "type",
    "unite",
    "sens",
    "agregation",
    "source",
    "numerateur",
    "denominateur",
)


FACULTATIFS = {"definition", "source", "numerateur", "denominateur"}


@transaction.atomic
def creer_indicateur(
    *, contrat: Contrat, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Indicateur:
    """Ajoute un indicateur au contrat. Lève DroitRefuse ou DonneesRefusees."""
    exiger(par, Droit.GERER_INDICATEURS, contrat)
    _du_meme_contrat(contrat, valeurs)
    champs = completer(valeurs)
    rang = contrat.indicateurs.count() + 1
    indicateur = creer(Indicateur(contrat=contrat, ordre=rang, **champs), par=par, via=via)
    poser_les_fiches(indicateur, valeurs.get("actions", ()), par=par, via=via)
    return indicateur


def _du_meme_contrat(contrat: Contrat, valeurs: Mapping[str, Any]) -> None:
    axes = [valeurs["axe"]] if valeurs.get("axe") else []
    for champ, lies in (("axe", axes), ("actions", valeurs.get("actions", ()))):
        if any(element.contrat_id != contrat.pk for element in lies):
            raise DonneesRefusees(AUTRE_CONTRAT, champs={champ: [AUTRE_CONTRAT]})


def completer(valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Les champs d’un indicateur ; ce qui est vide est repris du modèle du catalogue."""
    champs = {nom: v for nom, v in valeurs.items() if nom != "actions"}
    modele: IndicateurModele | None = champs.get("modele")
    for champ in REPRIS_DU_CATALOGUE:
        if champ in champs and not champs[champ]:
            if modele:
                champs[champ] = getattr(modele, champ)
            elif champ not in FACULTATIFS:
                del champs[champ]
    return champs


@transaction.atomic
def modifier_indicateur(
    *,
    indicateur: Indicateur,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> Indicateur:
    exiger(par, Droit.GERER_INDICATEURS, indicateur.contrat)
    _du_meme_contrat(indicateur.contrat, valeurs)
    champs = completer(valeurs)
    a_jour = enregistrer(indicateur, valeurs=champs, version=version, par=par, via=via)
    actions = valeurs.get("actions", a_jour.actions.all())
    if poser_les_fiches(a_jour, actions, par=par, via=via):
        marquer(a_jour, par=par, via=via)
    return a_jour
