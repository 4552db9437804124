"""La validation en comité de pilotage, et les visas de l’ARS et du porteur.

Tous portent l’empreinte du PDF lu : refait ensuite, le PDF n’est plus celui qui a été validé ou
visé. Rien n’est effacé ; les pages disent que c’est caduc, et le geste se refait.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.models import Acteur
from acteurs.services.suivi import (
    creer,
    enregistrer,
    marquer,
    supprimer_en_signant,
    verrouiller,
)
from bilans.etats import StatutBilan, transition
from bilans.models import AuNomDe, Bilan, ValidationBilan, VisaBilan
from cls_platform.socle.erreurs import DonneesRefusees, ErreurMetier, TransitionRefusee
from contrats.permissions import exiger

DROIT_DU_VISA: dict[str, Droit] = {
    AuNomDe.ARS: Droit.VISER_POUR_ARS,
    AuNomDe.PORTEUR: Droit.VISER_POUR_PORTEUR,
}
STATUTS_VISES = (StatutBilan.RELECTURE, StatutBilan.VALIDE)
SANS_RELECTURE = (
    "On valide un bilan mis en relecture. Envoyez-le d’abord en relecture, puis revenez ici."
)
PAS_EN_RELECTURE = "On vise un bilan en relecture ou validé. Celui-ci ne l’est pas."
SANS_PDF = "Demandez d’abord le PDF\u00a0: c’est lui que l’on valide et que l’on vise."
PDF_EN_COURS = "Le PDF est en train d’être refait. Relisez-le, puis recommencez."
PDF_REFAIT = "Le PDF a été refait depuis que vous l’avez lu. Relisez-le, puis recommencez."
DEJA_VISE = "Ce visa est déjà donné sur ce PDF."
A_VENIR = "Cette date est à venir. Le comité ne peut pas déjà avoir validé."
AUTRE_CONTRAT = "Cette réunion est celle d’un autre contrat."


@transaction.atomic
def valider(
    *,
    bilan: Bilan,
    valeurs: Mapping[str, Any],
    presents: Iterable[Acteur],
    sha256: str,
    par: Any,
    via: str = "page",
) -> ValidationBilan:
    """Note que le comité a validé le PDF `sha256` ; le bilan passe à « validé ».

    `valeurs` : date, lieu, reunion, precisions. Valider de nouveau, après une reprise, remplace la
    validation d’avant, que l’historique garde. Lève TransitionRefusee hors relecture.
    """
    actuel = verrouiller(bilan, version=None)
    passage = transition(actuel.statut, StatutBilan.VALIDE)
    exiger(par, Droit.PUBLIER_BILAN, actuel.contrat)
    if passage is None:
        raise TransitionRefusee(SANS_RELECTURE)
    exiger_le_pdf_lu(actuel, sha256)
    _verifier(actuel, valeurs)
    dites = {**valeurs, "sha256": sha256}
    validation = _ecrire(actuel, dites, presents, par, via)
    enregistrer(actuel, valeurs={"statut": StatutBilan.VALIDE}, version=None, par=par, via=via)
    return validation


@transaction.atomic
def corriger_la_validation(
    *,
    validation: ValidationBilan,
    valeurs: Mapping[str, Any],
    presents: Iterable[Acteur],
    version: int | None,
    par: Any,
    via: str = "page",
) -> ValidationBilan:
    """Une date, un lieu, une organisation oubliée ; le bilan reste validé. Lève ConflitVersion."""
    bilan = verrouiller(validation.bilan, version=None)
    exiger(par, Droit.PUBLIER_BILAN, bilan.contrat)
    if bilan.statut != StatutBilan.VALIDE:
        raise TransitionRefusee("La validation se corrige tant que le bilan est validé.")
    _verifier(bilan, valeurs)
    verrouiller(validation, version=version)
    return _ecrire(bilan, valeurs, presents, par, via)


def _ecrire(
    bilan: Bilan, valeurs: Mapping[str, Any], presents: Iterable[Acteur], par: Any, via: str
) -> ValidationBilan:
    ancienne = ValidationBilan.objects.filter(bilan=bilan).first()
    if ancienne is None:
        validation = creer(ValidationBilan(bilan=bilan, **valeurs), par=par, via=via)
        validation.presents.set(presents)
        return validation
    validation = enregistrer(ancienne, valeurs=valeurs, version=None, par=par, via=via)
    voulus = list(presents)
    if {a.pk for a in voulus} != set(validation.presents.values_list("pk", flat=True)):
        validation.presents.set(voulus)
        if validation.version == ancienne.version:
            marquer(validation, par=par, via=via)
    return validation


def _verifier(bilan: Bilan, valeurs: Mapping[str, Any]) -> None:
    if valeurs["date"] > timezone.localdate():
        raise DonneesRefusees(A_VENIR, champs={"date": [A_VENIR]})
    reunion = valeurs.get("reunion")
    if reunion and reunion.instance.contrat_id != bilan.contrat_id:
        raise DonneesRefusees(AUTRE_CONTRAT, champs={"reunion": [AUTRE_CONTRAT]})


@transaction.atomic
def viser(
    *,
    bilan: Bilan,
    au_nom_de: str,
    sha256: str,
    observations: str,
    par: Any,
    via: str = "page",
) -> VisaBilan:
    """Le visa porte sur le PDF `sha256` ; un visa caduc est remplacé, l’historique le garde.

    Lève DroitRefuse, TransitionRefusee hors relecture, ou ErreurMetier si le PDF a changé.
    """
    actuel = verrouiller(bilan, version=None)
    exiger(par, DROIT_DU_VISA[au_nom_de], actuel.contrat)
    if actuel.statut not in STATUTS_VISES:
        raise TransitionRefusee(PAS_EN_RELECTURE)
    exiger_le_pdf_lu(actuel, sha256)
    valeurs = {
        "par": par,
        "par_nom": par.nom_complet,
        "donne_le": timezone.now(),
        "sha256": sha256,
        "observations": observations.strip(),
    }
    ancien = VisaBilan.objects.filter(bilan=actuel, au_nom_de=au_nom_de).first()
    if ancien is None:
        return creer(VisaBilan(bilan=actuel, au_nom_de=au_nom_de, **valeurs), par=par, via=via)
    if ancien.sha256 == sha256:
        raise ErreurMetier(DEJA_VISE)
    return enregistrer(ancien, valeurs=valeurs, version=None, par=par, via=via)


@transaction.atomic
def retirer_le_visa(*, visa: VisaBilan, version: int | None, par: Any, via: str = "page") -> None:
    """Tant que le bilan n’est pas publié ; l’historique garde qui l’avait donné."""
    bilan = verrouiller(visa.bilan, version=None)
    exiger(par, DROIT_DU_VISA[visa.au_nom_de], bilan.contrat)
    if not bilan.est_modifiable:
        raise TransitionRefusee("Ce bilan est publié\u00a0: ses visas restent.")
    supprimer_en_signant(objet=visa, version=version, par=par, via=via)


def exiger_le_pdf_lu(bilan: Bilan, sha256: str) -> None:
    """Lève ErreurMetier si le PDF manque, se refait, ou n’est plus celui d’empreinte `sha256`."""
    if not bilan.a_un_pdf:
        raise ErreurMetier(SANS_PDF)
    if bilan.travail and not bilan.travail.est_fini:
        raise ErreurMetier(PDF_EN_COURS)
    if bilan.sha256 != sha256:
        raise ErreurMetier(PDF_REFAIT)
