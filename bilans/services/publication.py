"""Publier un bilan : ce que l’on a relu devient public et ne change plus."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.services.suivi import enregistrer, verrouiller
from bilans.etats import StatutBilan, transition
from bilans.models import Bilan
from cls_platform.socle.erreurs import ErreurMetier, TransitionRefusee
from contrats.permissions import exiger


@transaction.atomic
def publier(*, bilan: Bilan, sha256: str, par: Any) -> Bilan:
    """Publie le PDF d’empreinte `sha256`, celui que la personne a lu.

    L’édition publiée auparavant pour la même année est archivée. Lève ErreurMetier si le PDF
    manque, a changé depuis, ou est en train d’être refait.
    """
    actuel = verrouiller(bilan, version=None)
    exiger(par, Droit.PUBLIER_BILAN, actuel.contrat)
    if transition(actuel.statut, StatutBilan.PUBLIE) is None:
        raise TransitionRefusee("Ce bilan est déjà publié ou archivé.")
    _verifier_pdf(actuel, sha256)
    for ancien in actuel.contrat.bilans.filter(annee=actuel.annee).publies():
        enregistrer(ancien, valeurs={"statut": StatutBilan.ARCHIVE}, version=None, par=par)
    valeurs = {
        "statut": StatutBilan.PUBLIE,
        "publie_le": timezone.now(),
        "publie_par": par,
    }
    return enregistrer(actuel, valeurs=valeurs, version=None, par=par)


def _verifier_pdf(bilan: Bilan, sha256: str) -> None:
    if not bilan.a_un_pdf:
        raise ErreurMetier("Demandez d’abord le PDF : on publie ce que l’on a relu.")
    if bilan.travail and not bilan.travail.est_fini:
        raise ErreurMetier("Le PDF est en train d’être refait. Relisez-le avant de publier.")
    if bilan.sha256 != sha256:
        raise ErreurMetier("Le PDF a été refait depuis que vous l’avez lu. Relisez-le.")


@transaction.atomic
def retirer(*, bilan: Bilan, par: Any) -> Bilan:
    """Retire un bilan du site public ; le fichier et les données sont gardés."""
    actuel = verrouiller(bilan, version=None)
    exiger(par, Droit.PUBLIER_BILAN, actuel.contrat)
    if actuel.statut != StatutBilan.PUBLIE:
        raise TransitionRefusee("Seul un bilan publié se retire du site public.")
    return enregistrer(actuel, valeurs={"statut": StatutBilan.ARCHIVE}, version=None, par=par)
