"""Ce que les contrats offrent à la bibliothèque, et les fiches qu’ils partagent entre eux."""

from collections.abc import Collection

from django.db import transaction

from acteurs.models import Utilisateur
from cls_platform.demo.chargement.lecture import Donnees
from contrats.models import Action, Contrat
from contrats.services.bibliotheque import regler_bibliotheque
from contrats.services.partages import accepter_partage, proposer_partage


@transaction.atomic
def charger_partages(donnees: Donnees, *, nouveaux: Collection[str], par: Utilisateur) -> None:
    """Pour les contrats qui viennent d’être chargés ; les autres ne sont pas touchés."""
    for slug in donnees["bibliotheque"].keys() & nouveaux:
        contrat = Contrat.objects.get(slug=slug)
        fiches = contrat.actions.filter(numero__in=donnees["bibliotheque"][slug])
        cles = list(fiches.values_list("pk", flat=True))
        regler_bibliotheque(contrat=contrat, est_ouvert=True, fiches=cles, par=par)
    for partage in donnees["partages"]:
        if {partage["contrat"], partage["avec"]} <= set(nouveaux):
            _partager(partage, par)


def _partager(donnees: Donnees, par: Utilisateur) -> None:
    recoit = Contrat.objects.get(slug=donnees["avec"])
    action = Action.objects.get(contrat__slug=donnees["contrat"], numero=donnees["fiche"])
    partage = proposer_partage(
        action=action, contrat=recoit, message=donnees["message"], par=par, avec_courriel=False
    )
    if numero := donnees.get("axe"):
        axe = recoit.axes.get(numero=numero)
        accepter_partage(partage=partage, axe=axe, objectif=None, par=par)
