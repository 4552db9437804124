"""Le calendrier du plan : deux dessins (large, étroit) et le tableau qui dit la même chose."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString

from cls_platform.socle import typographie
from cls_platform.socle.svg import gantt
from contrats import affichage
from contrats.etats import StatutAction
from contrats.presentation.lignes import (
    FicheMontree,
    Ligne,
    adresse_de,
    est_partagee,
    fiche_montree,
    nom_numerote,
    numero_de,
)

ROLES = {
    StatutAction.EN_RETARD: "retard",
    StatutAction.REALISEE: "finie",
    StatutAction.REALISEE_PARTIELLEMENT: "finie",
    StatutAction.ABANDONNEE: "arretee",
    StatutAction.EN_PAUSE: "arretee",
    StatutAction.BLOQUEE: "arretee",
}
LARGE, ETROIT = 1040, 330
Etapes = dict[UUID, list[gantt.Etape]]


@dataclass(frozen=True, slots=True)
class LigneDeCalendrier:
    fiche: FicheMontree
    etapes: str


@dataclass(frozen=True, slots=True)
class Calendrier:
    """`sans_dates` : les fiches que le dessin ne peut pas placer."""

    large: SafeString | str
    etroit: SafeString | str
    lignes: Sequence[LigneDeCalendrier]
    sans_dates: int


def calendrier(lignes: Sequence[Ligne], jalons: Iterable[Any], le: date) -> Calendrier:
    etapes = _etapes(jalons)
    placees = [ligne for ligne in lignes if ligne["date_debut"] or ligne["date_fin"]]
    taches = tuple(_tache(ligne, etapes) for ligne in placees)
    return Calendrier(
        large=_dessin(taches, le, LARGE) if taches else "",
        etroit=_dessin(taches, le, ETROIT) if taches else "",
        lignes=[
            LigneDeCalendrier(fiche_montree(ligne, le), _dire(etapes[ligne["id"]]))
            for ligne in lignes
        ],
        sans_dates=len(lignes) - len(placees),
    )


def _dessin(taches: tuple[gantt.Tache, ...], le: date, largeur: int) -> str:
    spec = gantt.Gantt(
        titre="Calendrier des fiches",
        description=f"{typographie.pluriel(len(taches), 'fiche')}. Le tableau qui suit en donne"
        " les dates.",
        taches=taches,
        aujourdhui=le,
        largeur=largeur,
        etroit=largeur == ETROIT,
    )
    return gantt.dessiner(spec)


def _tache(ligne: Ligne, etapes: Etapes) -> gantt.Tache:
    code = ligne["statut_affiche"]
    return gantt.Tache(
        nom=nom_numerote(numero_de(ligne), ligne["titre"]),
        mot=f"{affichage.MOT_DU_STATUT[code]}{', partagée' if est_partagee(ligne) else ''}",
        debut=ligne["date_debut"],
        fin=ligne["date_fin"],
        role=ROLES.get(code, "prevue"),
        adresse=adresse_de(ligne),
        etapes=tuple(etapes[ligne["id"]]),
    )


def _etapes(jalons: Iterable[Any]) -> Etapes:
    """(action, échéance, terminée le) : un repère le jour fait, à défaut le jour prévu."""
    etapes: Etapes = defaultdict(list)
    for action, echeance, fait_le in jalons:
        if quand := fait_le or echeance:
            etapes[action].append(gantt.Etape(jour=quand, faite=fait_le is not None))
    return etapes


def _dire(etapes: Sequence[gantt.Etape]) -> str:
    faites = sum(etape.faite for etape in etapes)
    return f"{faites} sur {len(etapes)}" if etapes else ""
