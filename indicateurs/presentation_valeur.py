"""Ce que la page d’une valeur montre autour d’elle : ses voisines, ses parts, son histoire."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from cls_platform.socle.historique import Evenement, evenements_de
from indicateurs.avertissements import avertir, ecart_des_parts, regle_de
from indicateurs.grille.annees import est_entiere
from indicateurs.grille.cellules import lire, signe_de
from indicateurs.grille.periodes import nom_de
from indicateurs.models import Indicateur, Mesure

HISTOIRE_MONTREE = 20


@dataclass(frozen=True, slots=True)
class AutreValeur:
    """Une autre valeur de la même année."""

    nom: str
    lieu: str
    texte: str
    signe: str
    adresse: str


def autres_valeurs(
    indicateur: Indicateur, annee: int, noms: Mapping[str, str], *, sauf: Mesure | None
) -> list[AutreValeur]:
    """Par territoire, puis dans l’ordre du temps."""
    mesures = indicateur.mesures.filter(annee=annee)
    rangees = mesures.order_by("code_territoire", "periode_debut", "periode_fin")
    return [_autre(indicateur, m, noms) for m in rangees if sauf is None or m.pk != sauf.pk]


def _autre(indicateur: Indicateur, mesure: Mesure, noms: Mapping[str, str]) -> AutreValeur:
    entiere = est_entiere(mesure)
    route, cles = ("valeur", [indicateur.pk, mesure.annee]) if entiere else ("mesure", [mesure.pk])
    return AutreValeur(
        nom=nom_de(mesure.periode_debut, mesure.periode_fin),
        lieu=noms.get(mesure.code_territoire, mesure.code_territoire),
        texte=lire(mesure, indicateur.decimales),
        signe=signe_de(mesure),
        adresse=reverse(f"indicateurs:{route}", args=cles),
    )


def parts_de(mesure: Mesure | None) -> dict[str, Any]:
    """Les parts de la valeur, par modalité."""
    return {part.modalite_id: part for part in mesure.ventilations.all()} if mesure else {}


def a_verifier(indicateur: Indicateur, mesure: Mesure) -> list[str]:
    """Les mêmes remarques que la grille, et l’écart entre le total et ses parts."""
    avant = indicateur.mesures.de_l_ensemble().filter(annee__lt=mesure.annee, valeur__isnull=False)
    derniere = avant.order_by("-periode_fin").first() if est_entiere(mesure) else None
    phrases = avertir(
        regle_de(indicateur, indicateur.contrat), mesure, mesure.annee,
        derniere.valeur if derniere else None, indicateur.annee_reference or 0,
    )  # fmt: skip
    champ = "numerateur" if indicateur.est_ratio else "valeur"
    par_dimension: dict[str, list[Any]] = {}
    for part in mesure.ventilations.select_related("modalite"):
        par_dimension.setdefault(part.modalite.dimension, []).append(getattr(part, champ))
    ecarts = [ecart_des_parts(getattr(mesure, champ), v) for v in par_dimension.values()]
    return [*phrases, *(ecart for ecart in ecarts if ecart)]


def histoire_de(
    indicateur: Indicateur, periode: tuple[date, date], territoire: str
) -> list[Evenement]:
    """Tout ce qu’a connu cette période, même effacée puis ressaisie ; le plus récent d’abord."""
    copies_de: Any = Mesure.events.rel.related_model  # type: ignore[attr-defined]  # posé par pghistory
    copies = copies_de.objects.filter(
        indicateur_id=indicateur.pk,
        periode_debut=periode[0],
        periode_fin=periode[1],
        code_territoire=territoire,
    )
    lues = list(copies.select_related("modifie_par").order_by("-pgh_id")[: HISTOIRE_MONTREE + 1])
    gestes = [geste for _, geste in evenements_de(copies_de, lues, sauf={"indicateur"})]
    return [g for g in gestes[:HISTOIRE_MONTREE] if g.changements or g.genre != "update"]
