"""Les trajectoires d’un contrat : chaque indicateur face à ce que l’on en attend."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from acteurs.droits import Droit
from cls_platform.socle.navigation import Entree, Lien
from contrats.adresses import adresse_avec
from contrats.models import Contrat
from contrats.navigation import contexte_espace
from contrats.views.portes import contrat_suivi
from indicateurs import phrases
from indicateurs.calcul.lecture import series_du_contrat
from indicateurs.models import Recit, TypeIndicateur
from indicateurs.onglets import onglets_des_indicateurs
from indicateurs.presentation_trajectoires import Carte, cartes_de
from indicateurs.trajectoire import LIBELLES, REGLE

PAR_AXE, SANS_AXE = "axe", "aucun"
ANNEES_DU_TABLEAU = 6
# Ce qui n’a pas d’axe vient après tous les axes
APRES = 1_000_000


@dataclass(frozen=True, slots=True)
class Groupe:
    """Des cartes sous un titre ; `annees` : les colonnes de leur tableau, `lignes` ses rangées."""

    cle: str
    titre: str
    cartes: list[Carte]

    @property
    def annees(self) -> list[int]:
        toutes = {r.annee for c in self.cartes for r in c.trajectoire.serie.releves}
        return sorted(toutes)[-ANNEES_DU_TABLEAU:]

    @property
    def rangees(self) -> list[tuple[Carte, list[str]]]:
        return [(c, [valeur_ecrite(c, annee) for annee in self.annees]) for c in self.cartes]


@require_safe
def trajectoires(request: HttpRequest, pk: UUID) -> HttpResponse:
    """`?verdict=EN_RETARD`, `?axe=`, `?type=` ne gardent que les leurs ; `?ranger=axe` regroupe."""
    contrat = contrat_suivi(request, pk)
    toutes = _cartes(contrat)
    gardees = [c for c in toutes if est_gardee(c, request.GET)]
    contexte = contexte_espace(request, contrat, "indicateurs", suite=[Lien("Trajectoires")])
    par_axe = request.GET.get("ranger") == PAR_AXE
    contexte |= {
        "onglets": onglets_des_indicateurs(contrat, "trajectoires"),
        "groupes": par_axes(gardees) if par_axe else par_verdicts(gardees),
        "par_axe": par_axe,
        "comptes": _puces(request, toutes),
        "menus": _menus(request, toutes),
        "rangements": _rangements(request, par_axe=par_axe),
        "toutes": len(toutes),
        "nombre": len(gardees),
        "regle": REGLE,
        "peut_ajouter": Droit.GERER_INDICATEURS in contexte["droits"],
    }
    return render(request, "indicateurs/trajectoires.html", contexte)


def valeur_ecrite(carte: Carte, annee: int) -> str:
    """Sans l’unité, qui est sous le nom ; vide si rien n’est connu."""
    serie = carte.trajectoire.serie
    releve = serie.en(annee)
    return phrases.lire(releve, serie, avec_unite=False) if releve else ""


def _cartes(contrat: Contrat) -> list[Carte]:
    """Le nombre de requêtes ne dépend pas du nombre d’indicateurs."""
    indicateurs = list(contrat.indicateurs.pour_liste().avec_cibles())
    series = series_du_contrat(contrat, indicateurs)
    recits: dict[UUID, Recit] = {}
    for recit in Recit.objects.du_contrat(contrat).recents_d_abord():
        recits.setdefault(recit.indicateur_id, recit)
    return cartes_de(indicateurs, series, recits, timezone.localdate().year)


def est_gardee(carte: Carte, choix: Any) -> bool:
    """Un choix inconnu garde tout."""
    verdict, axe, genre = (choix.get(nom, "") for nom in ("verdict", "axe", "type"))
    return (
        (verdict not in LIBELLES or carte.verdict.code == verdict)
        and (not axe or _axe_de(carte)[0] == axe)
        and (genre not in TypeIndicateur.values or carte.indicateur.type == genre)
    )


def _axe_de(carte: Carte) -> tuple[str, str]:
    """(numéro, titre) de l’axe auquel l’indicateur est attaché."""
    axe = carte.indicateur.axe
    return (axe.numero, f"{axe.numero}. {axe.titre}") if axe else (SANS_AXE, "Tout le contrat")


def par_verdicts(cartes: Sequence[Carte]) -> list[Groupe]:
    """Ce qui est en retard d’abord, ce qui ne se mesure pas à la fin."""
    groupes = [
        Groupe(code, mot, [c for c in cartes if c.verdict.code == code])
        for code, mot in LIBELLES.items()
    ]
    return [groupe for groupe in groupes if groupe.cartes]


def par_axes(cartes: Sequence[Carte]) -> list[Groupe]:
    """Dans l’ordre du plan ; dans un axe, ce qui est en retard d’abord."""
    rangs = list(LIBELLES)
    triees = sorted(cartes, key=lambda c: rangs.index(c.verdict.code))
    ordres = {_axe_de(c): c.indicateur.axe.ordre if c.indicateur.axe else APRES for c in triees}
    axes = sorted(ordres, key=lambda axe: (ordres[axe], axe))
    return [
        Groupe(f"axe-{rang}", titre, [c for c in triees if _axe_de(c) == (numero, titre)])
        for rang, (numero, titre) in enumerate(axes)
    ]


def _puces(request: HttpRequest, toutes: Sequence[Carte]) -> list[Entree]:
    """Combien par verdict ; celui qui est choisi se retire."""
    entrees = []
    for code, mot in LIBELLES.items():
        nombre = sum(1 for c in toutes if c.verdict.code == code)
        est_choisi = request.GET.get("verdict") == code
        if nombre or est_choisi:
            adresse = _avec(request, verdict=None if est_choisi else code)
            entrees.append(Entree(mot, adresse, code, str(nombre), est_courante=est_choisi))
    return entrees


def _menus(request: HttpRequest, toutes: Sequence[Carte]) -> list[tuple[str, list[Entree]]]:
    """Un menu qui n’aurait qu’un choix ne filtre rien : il n’est pas montré."""
    axes = dict(sorted({_axe_de(c) for c in toutes}))
    types = {t: TypeIndicateur(t).label for t in TypeIndicateur.values
             if any(c.indicateur.type == t for c in toutes)}  # fmt: skip
    menus = (("Axe", "axe", axes), ("Type", "type", types))
    return [(mot, _choix(request, nom, c)) for mot, nom, c in menus if len(c) > 1]


def _choix(request: HttpRequest, nom: str, valeurs: dict[str, str]) -> list[Entree]:
    choisi = request.GET.get(nom, "")
    tous = Entree("Tous", _avec(request, **{nom: None}), est_courante=choisi not in valeurs)
    return [tous] + [
        Entree(mot, _avec(request, **{nom: cle}), est_courante=cle == choisi)
        for cle, mot in valeurs.items()
    ]


def _rangements(request: HttpRequest, *, par_axe: bool) -> list[Entree]:
    return [
        Entree("Par verdict", _avec(request, ranger=None), est_courante=not par_axe),
        Entree("Par axe", _avec(request, ranger=PAR_AXE), est_courante=par_axe),
    ]


def _avec(request: HttpRequest, **changements: str | None) -> str:
    return adresse_avec(request.path, request.GET, changements)
