"""Écrire une valeur avec sa répartition, pour une période et un territoire."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from acteurs.services.suivi import creer, enregistrer, supprimer_en_signant
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees
from indicateurs.grille.periodes import nom_de
from indicateurs.models import Indicateur, Mesure, Ventilation
from indicateurs.saisie_case import Lue
from indicateurs.services.mesures import TOUT, exiger_saisie, saisir_mesure

Parts = Mapping[str, Lue | None]
DEJA_LA = "Cette période a déjà sa valeur pour ce territoire. Ouvrez-la pour la changer."
RECOUVRE = (
    "Cette période en recouvre une autre, déjà saisie\u00a0: {}. "
    "Les mêmes jours compteraient deux fois."
)


@transaction.atomic
def enregistrer_valeur(
    *,
    indicateur: Indicateur,
    periode: tuple[date, date],
    valeurs: Mapping[str, Any],
    parts: Parts,
    version: int | None,
    par: Any,
    territoire: tuple[str, str] = TOUT,
    via: str = "page",
) -> Mesure:
    """La valeur et sa répartition, ensemble. Lève ConflitVersion, DroitRefuse, DonneesRefusees."""
    debut, fin = periode
    mesure = saisir_mesure(
        indicateur=indicateur,
        periode_debut=debut,
        periode_fin=fin,
        territoire=territoire,
        valeurs=valeurs,
        version=version,
        par=par,
        via=via,
    )
    repartir(mesure=mesure, parts=parts, par=par, via=via)
    return mesure


@transaction.atomic
def ajouter_valeur(
    *,
    indicateur: Indicateur,
    periode: tuple[date, date],
    valeurs: Mapping[str, Any],
    parts: Parts,
    par: Any,
    territoire: tuple[str, str] = TOUT,
    via: str = "page",
) -> Mesure:
    """Une période ou un territoire de plus ; des jours déjà comptés la font refuser."""
    exiger_saisie(par, indicateur)
    debut, fin = periode
    if debut > fin:
        phrase = "La période finit après avoir commencé."
        raise DonneesRefusees(phrase, champs={"fin": [phrase]})
    memes = indicateur.mesures.filter(code_territoire=territoire[1])
    for autre in memes.filter(periode_debut__lte=fin, periode_fin__gte=debut):
        if not _se_suivent(autre, debut, fin):
            phrase = RECOUVRE.format(nom_de(autre.periode_debut, autre.periode_fin).lower())
            raise DonneesRefusees(phrase, champs={"periode": [phrase]})
    try:
        return enregistrer_valeur(
            indicateur=indicateur, periode=periode, valeurs=valeurs, parts=parts, version=None,
            par=par, territoire=territoire, via=via,
        )  # fmt: skip
    except ConflitVersion as conflit:
        raise DonneesRefusees(DEJA_LA, champs={"periode": [DEJA_LA]}) from conflit


def _se_suivent(autre: Mesure, debut: date, fin: date) -> bool:
    """L’année entière l’emporte sur ses périodes et vit avec elles ; la même se dit ailleurs."""
    sienne = (autre.periode_debut, autre.periode_fin)
    return sienne == (debut, fin) or _est_une_annee(*sienne) or _est_une_annee(debut, fin)


def _est_une_annee(debut: date, fin: date) -> bool:
    return (debut, fin) == (date(fin.year, 1, 1), date(fin.year, 12, 31))


@transaction.atomic
def repartir(*, mesure: Mesure, parts: Parts, par: Any, via: str = "page") -> None:
    """Écrit chaque part nommée ; None l’efface. Les autres restent."""
    exiger_saisie(par, mesure.indicateur)
    presentes = {part.modalite_id: part for part in mesure.ventilations.all()}
    for modalite, lue in parts.items():
        part = presentes.get(modalite)
        if lue is None:
            if part:
                supprimer_en_signant(objet=part, version=None, par=par, via=via)
        elif part:
            enregistrer(part, valeurs=lue.champs(), version=None, par=par, via=via)
        else:
            neuve = Ventilation(mesure=mesure, modalite_id=modalite, **lue.champs())
            creer(neuve, par=par, via=via)
