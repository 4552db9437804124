"""Contrôles au démarrage : une charte lisible, des mentions légales remplies, un état vrai."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Avertissement

from cls_platform.socle import legal, theme


def accent_lisible(**_contexte: Any) -> list[CheckMessage]:
    """Refuse un accent sous 7:1 sur le papier, ou à moins de 30° d’une couleur d’état."""
    return [
        Error(raison, hint="Corrigez le réglage CLS_ACCENT.", id="socle.E001")
        for raison in theme.defauts(settings.CLS_ACCENT)
    ]


def mentions_renseignees(**_contexte: Any) -> list[CheckMessage]:
    """Un avertissement par mention que la loi demande et que personne n’a écrite."""
    return [
        Avertissement(
            f"Mentions légales, à renseigner : {legal.ATTENDUS[nom]}.",
            hint=f"Renseignez {nom} ; d’ici là, la page publique dit « non renseigné ».",
            id="socle.W001",
        )
        for nom in legal.manquants()
    ]


def accessibilite_vraie(**_contexte: Any) -> list[CheckMessage]:
    """Refuse un état inconnu, et une conformité déclarée sans audit (décret 2019-768)."""
    etat = settings.CLS_ACCESSIBILITE_ETAT
    if etat not in legal.ETATS_D_ACCESSIBILITE:
        return [_refus_d_etat(f"« {etat} » n’est pas un état d’accessibilité.")]
    if etat != "non" and not settings.CLS_ACCESSIBILITE_AUDIT:
        return [_refus_d_etat("Une conformité ne se déclare pas sans audit.")]
    return []


def _refus_d_etat(raison: str) -> CheckMessage:
    return Error(
        raison,
        hint="CLS_ACCESSIBILITE_ETAT vaut non, partielle ou totale ; CLS_ACCESSIBILITE_AUDIT dit "
        "par qui, quand et avec quel résultat.",
        id="socle.E002",
    )
