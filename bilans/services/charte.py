"""La charte d’un contrat : les couleurs de ses documents, ses logos dans leur ordre."""

from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, verrouiller
from bilans.charte import defauts
from bilans.models import CharteBilan, ImageBilan
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees
from contrats.models import Contrat
from contrats.permissions import exiger


@transaction.atomic
def regler_charte(
    *, contrat: Contrat, couleur_fond: str, couleur_accent: str, version: int | None, par: Any
) -> CharteBilan:
    """Une couleur vide est celle de la plateforme ; `version` None, la charte n’existe pas encore.

    Lève DroitRefuse, DonneesRefusees si un texte ne se lirait pas, ou ConflitVersion.
    """
    exiger(par, Droit.REDIGER_BILAN, contrat)
    if illisibles := defauts(couleur_fond, couleur_accent):
        raise DonneesRefusees(
            " ".join(illisibles.values()), champs={nom: [dit] for nom, dit in illisibles.items()}
        )
    verrouiller(contrat, version=None)
    valeurs = {"couleur_fond": couleur_fond, "couleur_accent": couleur_accent}
    existante = CharteBilan.objects.filter(contrat=contrat).first()
    if existante is None:
        return creer(CharteBilan(contrat=contrat, **valeurs), par=par)
    if version is None:
        raise ConflitVersion(existante)
    return enregistrer(existante, valeurs=valeurs, version=version, par=par)


@transaction.atomic
def deplacer_logo(*, logo: ImageBilan, rang: int, par: Any) -> None:
    """Met ce logo à ce rang, le premier à 1 ; les autres gardent leur ordre. Lève DroitRefuse."""
    exiger(par, Droit.REDIGER_BILAN, logo.contrat)
    verrouiller(logo.contrat, version=None)
    autres = [autre for autre in logo.contrat.images.logos() if autre.pk != logo.pk]
    place = min(max(rang, 1), len(autres) + 1) - 1
    for ordre, image in enumerate([*autres[:place], logo, *autres[place:]], start=1):
        enregistrer(image, valeurs={"ordre": ordre}, version=None, par=par)
