"""Les besoins d’un contrat : les écrire, les ranger, dire quels objectifs y répondent."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import supprimer_en_signant, verrouiller
from contrats.models import Contrat, Objectif
from contrats.permissions import exiger
from indicateurs.models import Besoin
from indicateurs.services import listes

LISTES = ("objectifs",)


@transaction.atomic
def ajouter_besoin(
    *, contrat: Contrat, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Besoin:
    """À la suite des autres. Lève DroitRefuse ou DonneesRefusees (objectif d’un autre contrat)."""
    exiger(par, Droit.GERER_INDICATEURS, contrat)
    champs, liens = listes.separer(valeurs, LISTES)
    listes.exiger_du_contrat(contrat.pk, **liens)
    rang = listes.rang_suivant(contrat.besoins)
    besoin = Besoin(contrat=contrat, **{"ordre": rang, **champs})
    return listes.creer_avec_listes(objet=besoin, listes=liens, par=par, via=via)


@transaction.atomic
def modifier_besoin(
    *,
    besoin: Besoin,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> Besoin:
    """Lève ConflitVersion, DroitRefuse ou DonneesRefusees."""
    exiger(par, Droit.GERER_INDICATEURS, besoin.contrat)
    listes.exiger_du_contrat(besoin.contrat_id, objectifs=valeurs.get("objectifs", ()))
    return listes.modifier_avec_listes(
        objet=besoin, valeurs=valeurs, noms=LISTES, version=version, par=par, via=via
    )


@transaction.atomic
def relier_besoin(*, besoin: Besoin, objectif: Objectif, par: Any, via: str = "page") -> Besoin:
    """Déjà relié, rien ne change."""
    actuel = verrouiller(besoin, version=None)
    voulus = [*actuel.objectifs.all(), objectif]
    return modifier_besoin(
        besoin=actuel, valeurs={"objectifs": voulus}, version=None, par=par, via=via
    )


@transaction.atomic
def delier_besoin(*, besoin: Besoin, objectif: Objectif, par: Any, via: str = "page") -> Besoin:
    """L’objectif reste dans le plan. Déjà délié, rien ne change."""
    actuel = verrouiller(besoin, version=None)
    voulus = [autre for autre in actuel.objectifs.all() if autre.pk != objectif.pk]
    return modifier_besoin(
        besoin=actuel, valeurs={"objectifs": voulus}, version=None, par=par, via=via
    )


def deplacer_besoin(*, besoin: Besoin, vers: str, par: Any, via: str = "page") -> bool:
    exiger(par, Droit.GERER_INDICATEURS, besoin.contrat)
    return listes.deplacer(objet=besoin, freres=besoin.contrat.besoins, vers=vers, par=par, via=via)


def retirer_besoin(
    *, besoin: Besoin, version: int | None = None, par: Any, via: str = "page"
) -> None:
    """Les objectifs restent dans le plan ; l’historique garde le besoin. Lève ConflitVersion."""
    exiger(par, Droit.GERER_INDICATEURS, besoin.contrat)
    supprimer_en_signant(objet=besoin, version=version, par=par, via=via)
