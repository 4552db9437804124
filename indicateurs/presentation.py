"""Les lignes de la grille de saisie, déjà écrites : le gabarit n’a plus qu’à les poser."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from cls_platform.socle import typographie
from cls_platform.socle.svg import etincelle
from contrats.models import Contrat
from indicateurs.models import Indicateur, Mesure, Qualite, Sens

SIGNES = {Qualite.PROVISOIRE: "p", Qualite.ESTIMEE: "e"}
MOTS = {Qualite.SECRET_STATISTIQUE: "secret", Qualite.NON_DISPONIBLE: "indisponible"}
FLECHES = {Sens.HAUSSE: "↗", Sens.BAISSE: "↘", Sens.NEUTRE: ""}


@dataclass(frozen=True, slots=True)
class Case:
    """La valeur d’une année : `texte` écrit, `brut` à reprendre dans le champ, `version` lue."""

    annee: int
    texte: str
    brut: str
    version: int
    signe: str = ""


@dataclass(frozen=True, slots=True)
class Cadre:
    """D’où l’on regarde la grille : le contrat, ou une `fiche` que l’on peut délier."""

    fiche: UUID | None = None
    peut_delier: bool = False

    @property
    def delier(self) -> str:
        """L’adresse du geste ; vide s’il n’est pas permis."""
        if self.fiche is None or not self.peut_delier:
            return ""
        return reverse("indicateurs:delier", args=[self.fiche])


DU_CONTRAT = Cadre()


@dataclass(frozen=True, slots=True)
class LigneGrille:
    indicateur: Indicateur
    passees: tuple[Case, ...]
    courante: Case
    cible: str
    etincelle: SafeString
    peut_saisir: bool
    fiche: UUID | None
    delier: str


@dataclass(frozen=True, slots=True)
class GroupeGrille:
    titre: str
    lignes: list[LigneGrille]


def annees_de_la_grille(contrat: Contrat, cette_annee: int) -> list[int]:
    """Quatre années au plus, jusqu’à l’année en cours ou la dernière du contrat."""
    derniere = min(cette_annee, contrat.date_fin.year) if contrat.date_fin else cette_annee
    return list(range(derniere - 3, derniere + 1))


def ecrire(valeur: Decimal, decimales: int) -> str:
    return typographie.nombre(valeur, decimales)


def case_de(indicateur: Indicateur, mesure: Mesure | None, annee: int) -> Case:
    if mesure is None:
        return Case(annee, "", "", 0)
    if mesure.valeur is None:
        return Case(annee, MOTS[Qualite(mesure.qualite)], "", mesure.version)
    brut = f"{mesure.valeur.normalize():f}".replace(".", ",")
    signe = SIGNES.get(Qualite(mesure.qualite), "")
    return Case(annee, ecrire(mesure.valeur, indicateur.decimales), brut, mesure.version, signe)


def ligne_de(
    indicateur: Indicateur,
    mesures: dict[int, Mesure],
    annees: Sequence[int],
    courante: int,
    *,
    peut_saisir: bool,
    cadre: Cadre = DU_CONTRAT,
) -> LigneGrille:
    serie = [float(m.valeur) for _, m in sorted(mesures.items()) if m.valeur is not None]
    cible = ""
    if indicateur.cible is not None:
        but = ecrire(indicateur.cible, indicateur.decimales)
        cible = f"{FLECHES[Sens(indicateur.sens)]} {but}".strip()
    return LigneGrille(
        indicateur=indicateur,
        passees=tuple(case_de(indicateur, mesures.get(a), a) for a in annees if a != courante),
        courante=case_de(indicateur, mesures.get(courante), courante),
        cible=cible,
        etincelle=mark_safe(etincelle.dessiner(serie)),  # noqa: S308  (SVG produit par le socle)
        peut_saisir=peut_saisir and not indicateur.est_ratio,
        fiche=cadre.fiche,
        delier=cadre.delier,
    )


def groupes_de_la_grille(
    indicateurs: Iterable[Indicateur],
    mesures: Iterable[Mesure],
    annees: Sequence[int],
    courante: int,
    saisissables: set[UUID],
    cadre: Cadre = DU_CONTRAT,
) -> list[GroupeGrille]:
    """Un groupe par axe, dans l’ordre ; les indicateurs sans axe à la fin."""
    par_indicateur: dict[UUID, dict[int, Mesure]] = {}
    for mesure in mesures:
        par_indicateur.setdefault(mesure.indicateur_id, {})[mesure.annee] = mesure
    groupes: dict[Any, GroupeGrille] = {}
    for indicateur in indicateurs:
        titre = str(indicateur.axe) if indicateur.axe else "Ensemble du contrat"
        ligne = ligne_de(
            indicateur,
            par_indicateur.get(indicateur.pk, {}),
            annees,
            courante,
            peut_saisir=indicateur.pk in saisissables,
            cadre=cadre,
        )
        groupes.setdefault(indicateur.axe_id, GroupeGrille(titre, [])).lignes.append(ligne)
    return sorted(groupes.values(), key=lambda g: (not g.lignes[0].indicateur.axe_id, g.titre))
