"""Publier un bilan : ce que l’on a relu devient public et ne change plus.

Le corriger, c’est en publier une nouvelle édition ; l’ancienne reste lisible à son numéro, avec un
avis. Le retirer laisse une page qui dit quand et pourquoi.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.services.suivi import enregistrer, verrouiller
from bilans.controles import controles
from bilans.etats import StatutBilan, transition
from bilans.models import Bilan
from bilans.services.annonce_bilan import arreter_les_annonces, demander_annonce
from bilans.services.documents import demander_tous
from cls_platform.socle.erreurs import DonneesRefusees, ErreurMetier, TransitionRefusee
from contrats.permissions import exiger

A_CONFIRMER = "Lisez ce qui reste à dire, puis confirmez que vous publiez ainsi."
NOTE_ABSENTE = "Dites ce que cette édition corrige : la page publique le dira."
MOTIF_ABSENT = "Dites pourquoi le bilan est retiré\u00a0: la page publique le dira."


class PublicationBloquee(ErreurMetier):
    """Un contrôle bloquant reste : le message dit lequel et où."""

    code = "publication_bloquee"


class PublicationAConfirmer(ErreurMetier):
    """Des avertissements restent : la personne ne les a pas confirmés."""

    code = "publication_a_confirmer"


@transaction.atomic
def publier(
    *, bilan: Bilan, sha256: str, confirme: bool = False, note: str = "", par: Any
) -> Bilan:
    """Publie le PDF d’empreinte `sha256`, celui que la personne a lu.

    L’édition publiée auparavant pour la même année est archivée ; `note` dit ce que celle-ci
    corrige. Lève ErreurMetier si le PDF manque, a changé depuis ou se refait ; PublicationBloquee
    si un contrôle l’empêche ; PublicationAConfirmer s’il reste un avertissement et que `confirme`
    est faux ; DonneesRefusees pour une correction sans note.
    """
    actuel = verrouiller(bilan, version=None)
    exiger(par, Droit.PUBLIER_BILAN, actuel.contrat)
    if transition(actuel.statut, StatutBilan.PUBLIE) is None:
        raise TransitionRefusee("Ce bilan est déjà publié ou archivé.")
    _verifier_pdf(actuel, sha256)
    _controler(actuel, confirme=confirme)
    if actuel.est_une_correction and not note.strip():
        raise DonneesRefusees(NOTE_ABSENTE, champs={"note": [NOTE_ABSENTE]})
    for ancien in actuel.contrat.bilans.filter(annee=actuel.annee).publies():
        enregistrer(ancien, valeurs={"statut": StatutBilan.ARCHIVE}, version=None, par=par)
    valeurs = {
        "statut": StatutBilan.PUBLIE,
        "publie_le": timezone.now(),
        "publie_par": par,
        "note_correction": note.strip() if actuel.est_une_correction else "",
    }
    publie = enregistrer(actuel, valeurs=valeurs, version=None, par=par)
    demander_tous(bilan=publie, par=par)
    demander_annonce(bilan=publie, par=par)
    return publie


def _verifier_pdf(bilan: Bilan, sha256: str) -> None:
    if not bilan.a_un_pdf:
        raise ErreurMetier("Demandez d’abord le PDF : on publie ce que l’on a relu.")
    if bilan.travail and not bilan.travail.est_fini:
        raise ErreurMetier("Le PDF est en train d’être refait. Relisez-le avant de publier.")
    if bilan.sha256 != sha256:
        raise ErreurMetier("Le PDF a été refait depuis que vous l’avez lu. Relisez-le.")


def _controler(bilan: Bilan, *, confirme: bool) -> None:
    trouves = controles(bilan)
    for controle in trouves:
        if controle.bloque:
            raise PublicationBloquee(f"{controle.ou} : {controle.quoi}")
    if trouves and not confirme:
        raise PublicationAConfirmer(A_CONFIRMER)


@transaction.atomic
def retirer(*, bilan: Bilan, motif: str, par: Any) -> Bilan:
    """Retire un bilan du site public, et avec lui les éditions qu’il remplaçait ; tout est gardé.

    Lève DonneesRefusees sans motif : la page publique le donne.
    """
    actuel = verrouiller(bilan, version=None)
    exiger(par, Droit.PUBLIER_BILAN, actuel.contrat)
    if actuel.statut != StatutBilan.PUBLIE:
        raise TransitionRefusee("Seul un bilan publié se retire du site public.")
    if not motif.strip():
        raise DonneesRefusees(MOTIF_ABSENT, champs={"motif": [MOTIF_ABSENT]})
    valeurs = {
        "statut": StatutBilan.ARCHIVE,
        "retire_le": timezone.now(),
        "motif_retrait": motif.strip(),
    }
    for ancienne in actuel.contrat.bilans.filter(annee=actuel.annee).remplacees():
        enregistrer(ancienne, valeurs=valeurs, version=None, par=par)
    retire = enregistrer(actuel, valeurs=valeurs, version=None, par=par)
    arreter_les_annonces(bilan=retire)
    return retire
