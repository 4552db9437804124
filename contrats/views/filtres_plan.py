"""Les filtres du plan, en liens : menus, filtres actifs, points à traiter."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from django.http import HttpRequest

from acteurs.droits import Droit
from acteurs.models import Acteur
from cls_platform.socle.navigation import Entree
from contrats.adresses import adresse_avec, adresse_sans
from contrats.affichage import MOT_DU_STATUT
from contrats.arborescence import MOTS_DE_LA_BARRE
from contrats.etats import MOIS_SANS_NOUVELLES
from contrats.models import Action, Axe, Contrat, Population, Theme
from contrats.presentation.barre import SANS_ARGENT, TOUS_LES_SANS, autres_actifs


@dataclass(frozen=True, slots=True)
class Absence:
    """Ce qui manque à une fiche ; `valeur` est celle que pose la puce dans l’adresse."""

    nom: str
    libelle: str
    valeur: str = "true"


ABSENCES = (
    Absence("en_retard", "En retard"),
    Absence("a_risque", "À risque"),
    Absence("sans_pilote", "Sans pilote"),
    Absence("sans_echeance", "Sans échéance"),
    Absence("sans_budget", "Sans budget"),
    Absence("sans_indicateur", "Sans indicateur"),
    Absence(
        "sans_nouvelles",
        f"Sans nouvelles depuis {MOIS_SANS_NOUVELLES} mois",
        str(MOIS_SANS_NOUVELLES),
    ),
)
# Dites par autres_actifs, avec les autres filtres du panneau
DITES_AILLEURS = frozenset(TOUS_LES_SANS)


@dataclass(frozen=True, slots=True)
class Menu:
    libelle: str
    choix: Sequence[Entree]


def menus(
    request: HttpRequest,
    contrat: Contrat,
    fiches: Iterable[Mapping[str, Any]],
    droits: frozenset[Droit],
) -> list[Menu]:
    """Statut et pilote d’après les fiches montrées ; thème et public d’après le plan entier."""
    statuts = Counter(fiche["statut_affiche"] for fiche in fiches)
    pilotes = {str(f["pilote_id"]): f["pilote__nom"] for f in fiches if f["pilote_id"]}
    actions: Any = Action.objects
    portes = actions.choix_du_plan(contrat, restreintes=Droit.MODIFIER_PLAN in droits)
    choix = {
        "statut": ("Statut", [(s.value, MOT_DU_STATUT[s]) for s in MOTS_DE_LA_BARRE if statuts[s]]),
        "pilote": ("Pilote", sorted(pilotes.items(), key=lambda paire: paire[1])),
        "theme": ("Thème", portes["themes"]),
        "population": ("Public", portes["populations"]),
    }
    return [
        Menu(libelle, _entrees(request, nom, valeurs)) for nom, (libelle, valeurs) in choix.items()
    ]


def _entrees(request: HttpRequest, nom: str, valeurs: Iterable[tuple[str, str]]) -> list[Entree]:
    choisies = request.GET.getlist(nom)
    sans = adresse_avec(request.path, request.GET, {nom: None})
    avec = f"{sans}{'&' if '?' in sans else '?'}{nom}="
    return [
        Entree(libelle, sans, est_courante=True)
        if valeur in choisies
        else Entree(libelle, avec + quote_plus(valeur))
        for valeur, libelle in valeurs
    ]


def actifs(request: HttpRequest, contrat: Contrat) -> list[Entree]:
    """Un lien par filtre posé ; il le retire."""
    ecritures: dict[str, Callable[[str], str]] = {
        "recherche": lambda v: f"« {v} »",
        "statut": lambda v: f"Statut : {MOT_DU_STATUT.get(v, v)}",
        "pilote": lambda v: f"Pilote : {_nom(Acteur, v)}",
        "theme": lambda v: f"Thème : {_nom(Theme, v)}",
        "population": lambda v: f"Public : {_nom(Population, v)}",
        "axe": lambda v: f"Axe : {_nom(Axe, v)}",
        **{a.nom: a.libelle.format for a in ABSENCES if a.nom not in DITES_AILLEURS},
        "sans_nouvelles": lambda v: f"Sans nouvelles depuis {v} mois",
    }
    puces = [
        Entree(ecritures[nom](valeur), adresse_sans(request.path, request.GET, nom, valeur))
        for nom in ecritures
        for valeur in request.GET.getlist(nom)
        if valeur
    ]
    return puces + autres_actifs(request)


def _nom(modele: Any, cle: str) -> str:
    return str(modele.objects.get(pk=cle))


def absences(
    request: HttpRequest, points: Mapping[str, int], droits: frozenset[Droit]
) -> list[Entree]:
    """Ce qui manque, avec son compte ; rien quand il ne manque rien, ni pour qui ne voit pas
    les montants."""
    return [
        Entree(
            absence.libelle,
            adresse_avec(request.path, request.GET, {absence.nom: absence.valeur}),
            compte=str(points[absence.nom]),
        )
        for absence in ABSENCES
        if points[absence.nom]
        and not request.GET.get(absence.nom)
        and (absence.nom not in SANS_ARGENT or Droit.VOIR_BUDGET in droits)
    ]
