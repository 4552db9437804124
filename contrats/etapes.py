"""Les étapes d’une action à l’écran : leur état en toutes lettres, qui s’en charge, la suite."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString

from cls_platform.socle import presentation, typographie
from cls_platform.socle.templatetags.francais import date_courte
from contrats.etats import StatutAction
from contrats.services.jalons import suivante


@dataclass(frozen=True, slots=True)
class EtapeAffichee:
    """`quand`, `qui` et `retour` sont vides quand il n’y a rien à dire."""

    cle: UUID
    version: int
    libelle: str
    etat: SafeString
    quand: str
    qui: str
    retour: str
    est_ouverte: bool
    est_premiere: bool
    est_derniere: bool


def etapes_de(action: Any, le: date) -> list[EtapeAffichee]:
    """Dans l’ordre choisi ; une requête."""
    jalons = list(action.jalons.dans_l_ordre().select_related("pilote"))
    return [
        etape(jalon, action, le, est_premiere=rang == 0, est_derniere=rang == len(jalons) - 1)
        for rang, jalon in enumerate(jalons)
    ]


def etape(
    jalon: Any, action: Any, le: date, *, est_premiere: bool = False, est_derniere: bool = False
) -> EtapeAffichee:
    code, mot = etat(jalon, le)
    return EtapeAffichee(
        cle=jalon.pk,
        version=jalon.version,
        libelle=jalon.libelle,
        etat=presentation.statut(code, mot),
        quand=_quand(jalon),
        qui=_qui(jalon.pilote.nom if jalon.pilote else "", jalon.pilote_nom),
        retour=_retour(jalon, action),
        est_ouverte=not (jalon.fait_le or jalon.est_abandonne),
        est_premiere=est_premiere,
        est_derniere=est_derniere,
    )


def etat(jalon: Any, le: date) -> tuple[str, str]:
    """La forme (celle d’un statut d’action) et le mot."""
    if jalon.fait_le:
        return StatutAction.REALISEE, "Faite"
    if jalon.est_abandonne:
        return StatutAction.ABANDONNEE, "Abandonnée"
    if jalon.echeance is None:
        return StatutAction.A_DISCUTER, "Sans date"
    if jalon.echeance < le:
        return StatutAction.EN_RETARD, "En retard"
    return StatutAction.A_VENIR, "À venir"


def _quand(jalon: Any) -> SafeString | str:
    """Le jour où elle a été faite ; sinon son échéance."""
    return date_courte(jalon.fait_le or jalon.echeance)


def _qui(organisation: str, personne: str) -> str:
    return ", ".join(nom for nom in (personne, organisation) if nom)


def _retour(jalon: Any, action: Any) -> str:
    """Ce qui arrive à une étape annuelle quand on la termine."""
    if not jalon.est_annuel:
        return ""
    prochaine = suivante(jalon, action)
    if prochaine is None:
        return "Tous les ans ; c’est la dernière avant la fin prévue."
    if jalon.fait_le:
        return "Tous les ans."
    quand = typographie.date_longue(prochaine)
    return f"Tous les ans : la terminer ouvre celle du {quand}."


def restantes(etapes: Iterable[EtapeAffichee]) -> int:
    return sum(etape.est_ouverte for etape in etapes)
