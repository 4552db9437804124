"""Demander le PDF d’un bilan, et le faire (dans le processus de fond)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.services.suivi import verrouiller
from bilans import pdf, rapport
from bilans.models import Bilan
from bilans.services.depot import deposer
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.models import Travail
from cls_platform.socle.travaux import avancer, executer, tenir
from contrats.models import Action
from contrats.permissions import exiger
from indicateurs.models import Mesure

GENRE = "bilan_pdf"
DONNEES_LUES = 15
PART_DU_RENDU = 80


@transaction.atomic
def demander_pdf(*, bilan: Bilan, par: Any) -> Travail:
    """Ouvre le travail ; s’il y en a déjà un en attente pour ce bilan, rend celui-là."""
    exiger(par, Droit.REDIGER_BILAN, bilan.contrat)
    actuel = verrouiller(bilan, version=None)
    if not actuel.est_modifiable:
        raise ErreurMetier("Ce bilan est publié : son PDF ne change plus. Ouvrez une correction.")
    if actuel.travail and not actuel.travail.est_fini:
        return actuel.travail
    travail = Travail.objects.create(genre=GENRE, cible_id=actuel.pk, demande_par_id=par.pk)
    Bilan.objects.filter(pk=actuel.pk).update(travail=travail)
    return travail


def rendre_bilan(*, travail_id: UUID, le: date | None = None) -> None:
    """Fait le PDF. Rejouer l’appel est sans effet : le travail n’est pris qu’une fois."""
    executer(travail_id=travail_id, faire=lambda travail: _faire(travail, le))


def _faire(travail: Travail, le: date | None) -> None:
    bilan = Bilan.objects.select_related("contrat").get(pk=travail.cible_id)
    instantane = rapport.construire(bilan, arrete_le=le or timezone.localdate())
    avancer(travail, DONNEES_LUES)
    resultat = pdf.rendre(
        instantane,
        avancer=lambda part: avancer(travail, DONNEES_LUES + part * PART_DU_RENDU // 100),
    )
    chemin = deposer(bilan, resultat)
    with transaction.atomic():
        tenir(travail)
        actuel = verrouiller(bilan, version=None)
        if not actuel.est_modifiable:
            raise ErreurMetier("Le bilan a été publié entre-temps : son PDF ne change plus.")
        Bilan.objects.filter(pk=actuel.pk).update(
            instantane=instantane.vers_simple(),
            instantane_le=timezone.now(),
            chemin=chemin,
            sha256=resultat.sha256,
            taille=len(resultat.octets),
            pages=resultat.pages,
        )


def donnees_plus_recentes(bilan: Bilan) -> bool:
    """Vrai si une action, une valeur ou un texte a changé depuis le dernier PDF."""
    if bilan.instantane_le is None or bilan.est_fige:
        return False
    depuis = bilan.instantane_le
    contrat = bilan.contrat
    return any(
        requete.filter(modifie_le__gt=depuis).exists()
        for requete in (
            bilan.sections.all(),
            # Une fiche mise à la corbeille change aussi le bilan
            Action.avec_corbeille.filter(contrat=contrat),
            Mesure.objects.filter(indicateur__contrat=contrat),
        )
    )
