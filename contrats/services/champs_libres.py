"""Les champs qu’un contrat ajoute à ses fiches : créer, renommer, ranger, retirer, remettre."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, verrouiller
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import ChampLibre, Contrat, GenreChamp
from contrats.permissions import exiger

NOMBRE_MAX = 40
LONGUEUR_D_UN_CHOIX = 80
SANS_CHOIX = "Écrivez au moins deux choix, un par ligne."
CHOIX_TROP_LONG = "Un choix tient en 80 caractères. Raccourcissez : {}."
GENRE_FIGE = (
    "Des fiches ont déjà une valeur dans ce champ : son genre ne change plus. Retirez-le et "
    "créez-en un autre."
)
TROP_DE_CHAMPS = "Un contrat a au plus 40 champs. Réutilisez-en un, ou remettez-en un retiré."
MEME_NOM = "Ce contrat a déjà un champ de ce nom. Choisissez-en un autre, ou remettez l’ancien."


@transaction.atomic
def creer_champ_libre(
    *, contrat: Contrat, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> ChampLibre:
    """Ajoute un champ à la fin. Lève DroitRefuse ou DonneesRefusees."""
    exiger(par, Droit.MODIFIER_PLAN, contrat)
    verrouiller(contrat, version=None)
    champs = list(contrat.champs_libres.ranges())
    if len(champs) >= NOMBRE_MAX:
        raise DonneesRefusees(TROP_DE_CHAMPS)
    _exiger_nom_libre(champs, valeurs["libelle"])
    ordre = champs[-1].ordre + 1 if champs else 1
    champ = ChampLibre(contrat=contrat, ordre=ordre, **_choix_tenus(valeurs))
    return creer(champ, par=par, via=via)


@transaction.atomic
def modifier_champ_libre(
    *, champ: ChampLibre, valeurs: Mapping[str, Any], version: int | None, par: Any
) -> ChampLibre:
    """Lève ConflitVersion, DroitRefuse ou DonneesRefusees (genre figé par des valeurs)."""
    exiger(par, Droit.MODIFIER_PLAN, champ.contrat)
    autres = champ.contrat.champs_libres.exclude(pk=champ.pk)
    _exiger_nom_libre(list(autres), valeurs["libelle"])
    if valeurs["genre"] != champ.genre and champ.valeurs.exists():
        raise DonneesRefusees(GENRE_FIGE, champs={"genre": [GENRE_FIGE]})
    return enregistrer(champ, valeurs=_choix_tenus(valeurs), version=version, par=par)


@transaction.atomic
def deplacer_champ_libre(*, champ: ChampLibre, de: int, par: Any) -> None:
    """Échange avec le voisin : `de` vaut -1 (plus haut) ou 1 (plus bas). Au bout, rien."""
    exiger(par, Droit.MODIFIER_PLAN, champ.contrat)
    verrouiller(champ.contrat, version=None)
    champs = list(champ.contrat.champs_libres.ranges())
    rang = [c.pk for c in champs].index(champ.pk)
    if not 0 <= rang + de < len(champs):
        return
    champs.insert(rang + de, champs.pop(rang))
    for ordre, autre in enumerate(champs, start=1):
        enregistrer(autre, valeurs={"ordre": ordre}, version=None, par=par)


def activer_champ_libre(*, champ: ChampLibre, est_actif: bool, par: Any) -> ChampLibre:
    """Retiré, le champ quitte les fiches et garde ses valeurs ; remis, elles reviennent."""
    exiger(par, Droit.MODIFIER_PLAN, champ.contrat)
    return enregistrer(champ, valeurs={"est_actif": est_actif}, version=None, par=par)


def _exiger_nom_libre(autres: list[ChampLibre], libelle: str) -> None:
    """Deux noms qui ne diffèrent que par la casse se confondraient sur une fiche."""
    if any(autre.libelle.casefold() == libelle.strip().casefold() for autre in autres):
        raise DonneesRefusees(MEME_NOM, champs={"libelle": [MEME_NOM]})


def _choix_tenus(valeurs: Mapping[str, Any]) -> dict[str, Any]:
    if valeurs["genre"] != GenreChamp.CHOIX:
        return {**valeurs, "choix": []}
    choix = valeurs.get("choix") or []
    if len(choix) < 2:
        raise DonneesRefusees(SANS_CHOIX, champs={"choix": [SANS_CHOIX]})
    if longs := [c for c in choix if len(c) > LONGUEUR_D_UN_CHOIX]:
        message = CHOIX_TROP_LONG.format(longs[0][:40] + "…")
        raise DonneesRefusees(message, champs={"choix": [message]})
    return dict(valeurs)
