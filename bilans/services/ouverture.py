"""Ouvrir le bilan d’une année : trois gestes au plus, et tout ce qui se sait déjà y est."""

import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from acteurs.droits import Droit
from acteurs.services.suivi import creer, verrouiller
from bilans.etats import STATUTS_MODIFIABLES
from bilans.models import (
    ActionEnAvant,
    AnnonceBilan,
    Bilan,
    CodeSection,
    DecisionSigle,
    SectionBilan,
    VoletBilan,
)
from bilans.rapport.reprise import peut_reprendre
from bilans.services.annonces import tirer
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Action, Contrat
from contrats.permissions import exiger

# Ni 0, ni 1, ni « i », « l » ou « o » : on la recopie à la main depuis un papier
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LONGUEUR_DU_CODE = 7
REPRIS_DES_SECTIONS = ("texte", "signature", "ordre", "est_presente", "photo")
REPRIS_DES_VOLETS = (
    "axe", "ordre", "est_present", "texte", "citation", "citation_auteur", "utile", "photo",
)  # fmt: skip
REPRIS_DES_ACTIONS = ("action", "rang", "recit")
REPRIS_DES_ANNONCES = ("ordre", "texte", "devenir", "explication")
REPRIS_DES_SIGLES = ("sigle", "choix", "terme", "explication", "raison", "par_nom")


@transaction.atomic
def ouvrir_bilan(*, contrat: Contrat, annee: int, par: Any, via: str = "page") -> Bilan:
    """Ouvre le bilan d’une année ; après une publication, ouvre une correction.

    Une correction reprend tout ce que l’édition précédente disait, données comprises. Un bilan neuf
    reçoit toutes ses parties, un volet par axe, et ce que le dernier bilan publié annonçait. Lève
    DonneesRefusees si un bilan est déjà en préparation pour cette année ou si le contrat ne la
    couvre pas.
    """
    exiger(par, Droit.REDIGER_BILAN, contrat)
    verrouiller(contrat, version=None)
    _verifier_annee(contrat, annee)
    editions = contrat.bilans.filter(annee=annee)
    if editions.filter(statut__in=STATUTS_MODIFIABLES).exists():
        message = f"Le bilan {annee} est déjà en préparation."
        raise DonneesRefusees(message, champs={"annee": [message]})
    rang = (editions.aggregate(rang=Max("edition"))["rang"] or 0) + 1
    precedente = editions.filter(edition=rang - 1).first()
    neuf = Bilan(contrat=contrat, annee=annee, edition=rang, code_court=code_libre())
    neuf.reprend_les_donnees = peut_reprendre(precedente)
    bilan = creer(neuf, par=par, via=via)
    _remplir(bilan, precedente, par=par, via=via)
    return bilan


def _verifier_annee(contrat: Contrat, annee: int) -> None:
    debut = contrat.date_debut or contrat.date_signature
    if (debut and annee < debut.year) or (contrat.date_fin and annee > contrat.date_fin.year):
        message = f"Le contrat ne couvre pas l’année {annee}."
        raise DonneesRefusees(message, champs={"annee": [message]})


def code_libre() -> str:
    """Une adresse courte que personne n’a ; la base refuserait un doublon écrit au même instant."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LONGUEUR_DU_CODE))
        if not Bilan.objects.filter(code_court=code).exists():
            return code


def _remplir(bilan: Bilan, precedente: Bilan | None, *, par: Any, via: str) -> None:
    _ouvrir_sections(bilan, precedente, par=par, via=via)
    if precedente:
        _reprendre(bilan, precedente, par=par, via=via)
    else:
        tirer(bilan=bilan, par=par, via=via)
    _ouvrir_volets(bilan, par=par, via=via)


def _ouvrir_sections(bilan: Bilan, precedente: Bilan | None, *, par: Any, via: str) -> None:
    anciennes = {s.code: s for s in precedente.sections.all()} if precedente else {}
    for ordre, code in enumerate(CodeSection.values, start=1):
        section = SectionBilan(bilan=bilan, code=code, ordre=ordre)
        if ancienne := anciennes.get(code):
            _copier(ancienne, section, REPRIS_DES_SECTIONS)
            section.ordre = ancienne.ordre or ordre
        creer(section, par=par, via=via)


def _copier(de: Any, vers: Any, champs: Sequence[str]) -> None:
    for champ in champs:
        setattr(vers, champ, getattr(de, champ))


def _reprendre(bilan: Bilan, precedente: Bilan, *, par: Any, via: str) -> None:
    lots: tuple[tuple[Any, Any, Sequence[str]], ...] = (
        (VoletBilan, precedente.volets.dans_l_ordre(), REPRIS_DES_VOLETS),
        (ActionEnAvant, precedente.actions_en_avant.order_by("rang", "pk"), REPRIS_DES_ACTIONS),
        (AnnonceBilan, precedente.annonces.dans_l_ordre(), REPRIS_DES_ANNONCES),
        (DecisionSigle, precedente.decisions_sigles.order_by("sigle"), REPRIS_DES_SIGLES),
    )
    for modele, anciennes, champs in lots:
        for ancienne in anciennes:
            copie = modele(bilan=bilan)
            _copier(ancienne, copie, champs)
            creer(copie, par=par, via=via)


def _ouvrir_volets(bilan: Bilan, *, par: Any, via: str) -> None:
    """Un volet par axe qui n’en a pas encore, puis un pour les actions publiques sans axe."""
    connus = set(bilan.volets.values_list("axe_id", flat=True))
    axes: list[Any] = list(bilan.contrat.axes.dans_l_ordre())
    if Action.objects.filter(contrat=bilan.contrat, axe=None, est_publique=True).exists():
        axes.append(None)
    for ordre, axe in enumerate(axes, start=1):
        if (axe.pk if axe else None) not in connus:
            creer(VoletBilan(bilan=bilan, axe=axe, ordre=ordre), par=par, via=via)
