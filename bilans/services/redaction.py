"""Ouvrir un bilan, écrire ses textes, le faire relire."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, verrouiller
from bilans.etats import STATUTS_MODIFIABLES, StatutBilan, transition
from bilans.models import Bilan, CodeSection, SectionBilan
from cls_platform.socle.erreurs import DonneesRefusees, ErreurMetier, TransitionRefusee
from contrats.models import Contrat
from contrats.permissions import exiger


@transaction.atomic
def ouvrir_bilan(*, contrat: Contrat, annee: int, par: Any, via: str = "page") -> Bilan:
    """Ouvre le bilan d’une année ; après une publication, ouvre une correction.

    Une correction reprend les textes de l’édition précédente. Lève DonneesRefusees si un bilan est
    déjà en préparation pour cette année ou si le contrat ne la couvre pas.
    """
    exiger(par, Droit.REDIGER_BILAN, contrat)
    verrouiller(contrat, version=None)
    _verifier_annee(contrat, annee)
    editions = contrat.bilans.filter(annee=annee)
    if editions.filter(statut__in=STATUTS_MODIFIABLES).exists():
        message = f"Le bilan {annee} est déjà en préparation."
        raise DonneesRefusees(message, champs={"annee": [message]})
    rang = (editions.aggregate(rang=Max("edition"))["rang"] or 0) + 1
    bilan = creer(Bilan(contrat=contrat, annee=annee, edition=rang), par=par, via=via)
    _ouvrir_sections(bilan, editions.filter(edition=rang - 1).first(), par=par, via=via)
    return bilan


def _verifier_annee(contrat: Contrat, annee: int) -> None:
    debut = contrat.date_debut or contrat.date_signature
    if (debut and annee < debut.year) or (contrat.date_fin and annee > contrat.date_fin.year):
        message = f"Le contrat ne couvre pas l’année {annee}."
        raise DonneesRefusees(message, champs={"annee": [message]})


def _ouvrir_sections(bilan: Bilan, precedente: Bilan | None, *, par: Any, via: str) -> None:
    anciennes = {s.code: s for s in precedente.sections.all()} if precedente else {}
    for code in CodeSection.values:
        ancienne = anciennes.get(code)
        section = SectionBilan(
            bilan=bilan,
            code=code,
            texte=ancienne.texte if ancienne else "",
            signature=ancienne.signature if ancienne else "",
        )
        creer(section, par=par, via=via)


@transaction.atomic
def ecrire_section(
    *,
    section: SectionBilan,
    texte: str,
    signature: str = "",
    version: int | None,
    par: Any,
    via: str = "page",
) -> SectionBilan:
    """Lève ConflitVersion, DroitRefuse, ou ErreurMetier si le bilan est publié."""
    exiger(par, Droit.REDIGER_BILAN, section.bilan.contrat)
    if not verrouiller(section.bilan, version=None).est_modifiable:
        raise ErreurMetier("Ce bilan est publié : ouvrez une correction pour le changer.")
    valeurs = {"texte": texte.strip(), "signature": signature.strip()}
    return enregistrer(section, valeurs=valeurs, version=version, par=par, via=via)


@transaction.atomic
def changer_statut(*, bilan: Bilan, vers: str, par: Any) -> Bilan:
    """Envoie en relecture, note la validation, reprend l’écriture. Publier est un autre geste."""
    actuel = verrouiller(bilan, version=None)
    passage = transition(actuel.statut, vers)
    if passage is None or vers == StatutBilan.PUBLIE:
        raise TransitionRefusee("Ce bilan ne peut pas passer à cet état.")
    exiger(par, passage.droit, actuel.contrat)
    return enregistrer(actuel, valeurs={"statut": vers}, version=None, par=par)
