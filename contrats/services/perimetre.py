"""Le périmètre daté d’un contrat : communes qui entrent, communes qui sortent."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.models import Commune, Epci
from acteurs.services.suivi import marquer, verrouiller
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Avenant, Contrat, Perimetre
from contrats.permissions import exiger


@transaction.atomic
def ajouter_communes(
    *,
    contrat: Contrat,
    communes: Iterable[Commune],
    date_entree: date,
    par: Any,
    epci: Epci | None = None,
    avenant: Avenant | None = None,
    via: str = "page",
) -> int:
    """Fait entrer des communes ; celles qui y sont déjà ne comptent pas. Rend le nombre entré.

    `avenant` : l’acte signé qui les fait entrer.
    Lève DonneesRefusees si une commune a déjà été dans le contrat à cette date ou après.
    """
    exiger(par, Droit.MODIFIER_CONTRAT, contrat)
    actuel = verrouiller(contrat, version=None)
    presentes = set(actuel.perimetres.ouvertes().values_list("commune_id", flat=True))
    nouvelles = [c for c in communes if c.pk not in presentes]
    _refuser_chevauchement(actuel, nouvelles, date_entree)
    Perimetre.objects.bulk_create(
        Perimetre(
            contrat=actuel,
            commune=c,
            date_entree=date_entree,
            epci_origine=epci,
            avenant_entree=avenant,
        )
        for c in nouvelles
    )
    if nouvelles:
        marquer(actuel, par=par, via=via)
    return len(nouvelles)


def _refuser_chevauchement(contrat: Contrat, communes: list[Commune], date_entree: date) -> None:
    encore_la = contrat.perimetres.filter(
        commune__in=communes, date_sortie__gt=date_entree
    ).select_related("commune")
    if noms := [p.commune.nom for p in encore_la[:3]]:
        message = (
            f"{', '.join(noms)} : déjà dans le contrat à cette date. Choisissez une date d’entrée "
            "postérieure à la sortie précédente."
        )
        raise DonneesRefusees(message, champs={"date_entree": [message]})


@transaction.atomic
def retirer_communes(
    *,
    contrat: Contrat,
    communes: Iterable[str],
    date_sortie: date,
    par: Any,
    avenant: Avenant | None = None,
    via: str = "page",
) -> int:
    """Fait sortir des communes (codes Insee) à cette date, exclue. Rend le nombre sorti.

    Une commune entrée le jour même est effacée : elle n’a jamais fait partie du contrat.
    """
    exiger(par, Droit.MODIFIER_CONTRAT, contrat)
    actuel = verrouiller(contrat, version=None)
    ouvertes = actuel.perimetres.ouvertes().filter(commune__in=list(communes))
    trop_tot = ouvertes.filter(date_entree__gt=date_sortie).select_related("commune").first()
    if trop_tot:
        message = (
            f"{trop_tot.commune.nom} est entrée le {trop_tot.date_entree:%d/%m/%Y} : "
            "sa sortie ne peut pas être plus tôt."
        )
        raise DonneesRefusees(message, champs={"date_sortie": [message]})
    effacees, _ = ouvertes.filter(date_entree=date_sortie).delete()
    sorties = ouvertes.update(date_sortie=date_sortie, avenant_sortie=avenant) + effacees
    if sorties:
        marquer(actuel, par=par, via=via)
    return sorties
