"""Des objectifs régionaux inventés, et les fiches de démonstration qui s’y rattachent."""

from collections.abc import Collection

from django.db import transaction

from cls_platform.demo.chargement.lecture import Donnees
from cls_platform.demo.chargement.liens import nees_avec
from contrats.models import Action, ObjectifRegional

LISTE = "objectifs_regionaux"
DE_L_OBJECTIF = ("code", "libelle", "composante")


@transaction.atomic
def charger_objectifs_regionaux(objectifs: list[Donnees], *, nouveaux: Collection[str]) -> int:
    """Ajoute les objectifs qui manquent, même à une démonstration chargée avant qu’ils existent.

    Un objectif déjà là ne se relie qu’aux contrats qui viennent d’être chargés (`nouveaux`) : ce
    que l’on a délié depuis le reste. Rend le nombre d’objectifs ajoutés.
    """
    connus = set(ObjectifRegional.objects.values_list("code", flat=True))
    for ordre, objectif in enumerate(objectifs, start=1):
        est_neuf = objectif["code"] not in connus
        if est_neuf:
            valeurs = {nom: objectif[nom] for nom in DE_L_OBJECTIF}
            ObjectifRegional.objects.create(region_id=objectif["region"], ordre=ordre, **valeurs)
        for contrat, numeros in objectif["fiches"].items():
            if est_neuf or contrat in nouveaux:
                _relier(objectif["code"], contrat, numeros)
    return len({objectif["code"] for objectif in objectifs} - connus)


def _relier(code: str, contrat: str, numeros: list[str]) -> None:
    fiches = Action.objects.filter(
        contrat__slug=contrat, contrat__est_demonstration=True, numero__in=numeros
    )
    cles = list(fiches.values_list("pk", flat=True))
    lien = Action.objectifs_regionaux.through
    lien.objects.bulk_create(
        [lien(action_id=pk, objectifregional_id=code) for pk in cles], ignore_conflicts=True
    )
    nees_avec(cles, champ=LISTE, element=code)
