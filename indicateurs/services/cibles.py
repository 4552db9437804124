"""Les cibles intermédiaires d’un indicateur : ce que l’on attend, année par année."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from acteurs.services.suivi import creer, enregistrer, supprimer_en_signant
from cls_platform.socle.erreurs import DonneesRefusees
from indicateurs.models import CibleIntermediaire, Indicateur

CIBLES = "cibles"
Cible = tuple[int, Decimal]


def exiger_des_cibles(indicateur: Indicateur, cibles: Iterable[Cible]) -> None:
    """Une par année, entre la référence et l’échéance. Lève DonneesRefusees."""
    annees = [annee for annee, _ in cibles]
    refus = [
        f"L’année {annee} a deux cibles\u00a0: gardez-en une."
        for annee in sorted({a for a in annees if annees.count(a) > 1})
    ]
    refus += [phrase for annee in annees if (phrase := _hors_du_chemin(indicateur, annee))]
    if refus:
        raise DonneesRefusees(refus[0], champs={CIBLES: refus})


def _hors_du_chemin(indicateur: Indicateur, annee: int) -> str:
    if indicateur.annee_cible and annee >= indicateur.annee_cible:
        return (
            f"{annee}\u00a0: une cible intermédiaire vient avant l’échéance, "
            f"{indicateur.annee_cible}."
        )
    if indicateur.annee_reference and annee <= indicateur.annee_reference:
        return (
            f"{annee}\u00a0: une cible intermédiaire vient après la référence, "
            f"{indicateur.annee_reference}."
        )
    return ""


def poser_les_cibles(
    *, indicateur: Indicateur, cibles: Iterable[Cible], par: Any, via: str = "page"
) -> bool:
    """Remplace celles d’un indicateur neuf ou verrouillé ; vrai si quelque chose a changé."""
    voulues = dict(cibles)
    presentes = {cible.annee: cible for cible in indicateur.cibles_intermediaires.all()}
    for annee in presentes.keys() - voulues.keys():
        supprimer_en_signant(objet=presentes[annee], version=None, par=par, via=via)
    for annee in sorted(voulues.keys() - presentes.keys()):
        neuve = CibleIntermediaire(indicateur=indicateur, annee=annee, valeur=voulues[annee])
        creer(neuve, par=par, via=via)
    changees = [a for a in voulues.keys() & presentes.keys() if voulues[a] != presentes[a].valeur]
    for annee in changees:
        enregistrer(
            presentes[annee], valeurs={"valeur": voulues[annee]}, version=None, par=par, via=via
        )
    return bool(changees or voulues.keys() ^ presentes.keys())
