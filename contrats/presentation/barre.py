"""Ce qui entoure toute vue du plan : onglets, filtres posés, panneau des autres filtres."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from acteurs.droits import Droit
from acteurs.models import Acteur, Commune, Utilisateur
from cls_platform.socle import typographie
from cls_platform.socle.navigation import Entree
from contrats.adresses import adresse_avec, adresse_sans
from contrats.affichage import MOT_DU_STATUT
from contrats.filters import FiltresDuPlan
from contrats.models import (
    Action,
    Contrat,
    NiveauPrevention,
    Objectif,
    ObjectifRegional,
    OrigineAction,
    Priorite,
    SousTheme,
)
from contrats.permissions import peut
from contrats.presentation.lignes import nom_numerote

ARBRE, EXTRAITS = "arbre", "extraits"
VUES = {
    ARBRE: "Arbre",
    "tableau": "Tableau",
    "cartes": "Cartes",
    "calendrier": "Calendrier",
    "pilotes": "Par pilote",
    "themes": "Par thème",
    "matrices": "Matrices",
}
SANS = {
    "sans_axe": ("Sans axe", "Avec un axe"),
    "sans_theme": ("Sans thème", "Avec un thème"),
    "sans_indicateur": ("Sans indicateur", "Avec un indicateur"),
    "incompletes": ("Peu remplies", "Assez remplies"),
}
# Proposés à qui peut voir les montants ; les autres n’en recevraient aucune fiche
SANS_ARGENT = {
    "sans_budget": ("Sans budget", "Avec un budget"),
    "sans_financement": ("Sans financement", "Avec un financement"),
    "ecart_financement": ("Budget et financements différents", "Budget et financements égaux"),
}
TOUS_LES_SANS = SANS | SANS_ARGENT
# Des menus sur la ligne des filtres ; au téléphone, seulement dans le panneau
EN_MENU = ("statut", "pilote", "theme", "population")


@dataclass(frozen=True, slots=True)
class Liste:
    """Un choix du panneau des filtres."""

    nom: str
    libelle: str
    options: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class ChampDate:
    nom: str
    libelle: str
    valeur: str


def onglets(request: HttpRequest, vue: str) -> list[Entree]:
    """Une vue par onglet, tous les filtres gardés ; les extraits quand on cherche un mot."""
    noms = dict(VUES)
    if request.GET.get("recherche", "").strip():
        noms = {EXTRAITS: "Réponses", **noms}
    return [
        Entree(
            libelle,
            adresse_avec(
                request.path, request.GET, {"vue": None if code == ARBRE else code, "tri": None}
            ),
            est_courante=code == vue,
        )
        for code, libelle in noms.items()
    ]


def champs_caches(parametres: QueryDict, *sauf: str) -> list[tuple[str, str]]:
    """Le reste de l’adresse, pour un formulaire qui ne change que ses propres champs."""
    return [
        (nom, valeur)
        for nom, valeurs in parametres.lists()
        if nom not in {"page", *sauf}
        for valeur in valeurs
        if valeur
    ]


def caches_de_recherche(parametres: QueryDict) -> list[tuple[str, str]]:
    """Chercher depuis l’arbre mène aux réponses classées."""
    caches = champs_caches(parametres, "recherche")
    return caches if parametres.get("vue") else [*caches, ("vue", EXTRAITS)]


# Filtres actifs --------------------------------------------------------------------------------


def _nom_de(modele: Any, **cle: str) -> str:
    return str(modele.objects.filter(**cle).first() or "introuvable")


def _date(valeur: str) -> str:
    lue = FiltresDuPlan.base_filters["echeance_avant"].field.clean(valeur)
    return typographie.date_courte(lue)


ECRITURES: dict[str, tuple[str, Callable[[str], str]]] = {
    "objectif": ("Objectif", lambda v: _nom_de(Objectif, pk=v)),
    "pilote_personne": ("Personne pilote", lambda v: _nom_de(Utilisateur, pk=v)),
    "partenaire": ("Partenaire", lambda v: _nom_de(Acteur, pk=v)),
    "acteur": ("Organisation", lambda v: _nom_de(Acteur, pk=v)),
    "sous_theme": ("Sous-thème", lambda v: _nom_de(SousTheme, pk=v)),
    "commune": ("Commune", lambda v: _nom_de(Commune, pk=v)),
    "priorite": ("Priorité", lambda v: dict(Priorite.choices).get(v, v)),
    "origine": ("Origine", lambda v: dict(OrigineAction.choices).get(v, v)),
    "prevention": ("Prévention", lambda v: dict(NiveauPrevention.choices).get(v, v)),
    "objectif_regional": ("Projet régional", lambda v: _nom_de(ObjectifRegional, pk=v)),
    "echeance_avant": ("Échéance jusqu’au", _date),
    "echeance_apres": ("Échéance à partir du", _date),
    "modifiee_depuis": ("Modifiée depuis le", _date),
}


def autres_actifs(request: HttpRequest) -> list[Entree]:
    """Une puce par filtre du panneau ; elle retire sa seule valeur."""
    puces = []
    for nom in (*ECRITURES, *TOUS_LES_SANS):
        for valeur in filter(None, request.GET.getlist(nom)):
            adresse = adresse_sans(request.path, request.GET, nom, valeur)
            puces.append(Entree(_phrase(nom, valeur), adresse))
    return puces


def _phrase(nom: str, valeur: str) -> str:
    if nom in TOUS_LES_SANS:
        return TOUS_LES_SANS[nom][valeur != "true"]
    libelle, ecrire = ECRITURES[nom]
    return f"{libelle}\u00a0: {ecrire(valeur)}"


# Panneau des autres filtres ----------------------------------------------------------------------


def panneau(
    contrat: Contrat, parametres: QueryDict, utilisateur: Any
) -> tuple[list[Liste], list[ChampDate]]:
    """Les choix que porte ce plan ; une liste sans choix n’est pas montrée."""
    actions: Any = contrat.actions.lisibles_par(utilisateur)
    sans_permis = TOUS_LES_SANS if peut(utilisateur, Droit.VOIR_BUDGET, contrat) else SANS
    axes = contrat.axes.dans_l_ordre().values_list("pk", "numero", "titre")
    objectifs = contrat.objectifs.dans_l_ordre().values_list("pk", "numero", "titre")
    toutes: Any = Action.objects
    lit_tout = peut(utilisateur, Droit.MODIFIER_PLAN, contrat)
    portes = toutes.choix_du_plan(contrat, restreintes=lit_tout)
    choix: dict[str, tuple[str, Iterable[tuple[Any, str]]]] = {
        "statut": ("Statut", MOT_DU_STATUT.items()),
        "pilote": ("Pilote", actions.pilotes_lies()),
        "theme": ("Thème", portes["themes"]),
        "population": ("Public", portes["populations"]),
        "axe": ("Axe", [(pk, nom_numerote(n, t)) for pk, n, t in axes]),
        "objectif": ("Objectif", [(pk, nom_numerote(n, t)) for pk, n, t in objectifs]),
        "partenaire": ("Partenaire", _distincts(actions.partenaires_lies())),
        "sous_theme": ("Sous-thème", _distincts(actions.noms_lies("sous_themes"))),
        "commune": ("Commune concernée", _distincts(actions.communes_liees())),
        "priorite": ("Priorité", Priorite.choices),
        "origine": ("Origine", OrigineAction.choices),
        "prevention": ("Prévention", NiveauPrevention.choices),
        **{
            nom: (sans, [("true", "Oui"), ("false", "Non")])
            for nom, (sans, _) in sans_permis.items()
        },
    }
    listes = [
        _liste(parametres, nom, libelle, options) for nom, (libelle, options) in choix.items()
    ]
    dates = [
        ChampDate(nom, ECRITURES[nom][0], parametres.get(nom, ""))
        for nom in ("echeance_apres", "echeance_avant", "modifiee_depuis")
    ]
    return [liste for liste in listes if liste.options], dates


def noms_du_panneau() -> frozenset[str]:
    return frozenset(
        {*ECRITURES, *TOUS_LES_SANS, *EN_MENU, "axe"}
        - {"acteur", "pilote_personne", "objectif_regional"}
    )


def _distincts(liens: Iterable[tuple[Any, Any, str]]) -> list[tuple[Any, str]]:
    return list(dict.fromkeys((code, libelle) for _, code, libelle in liens))


def _liste(
    parametres: QueryDict, nom: str, libelle: str, options: Iterable[tuple[Any, str]]
) -> Liste:
    choisies = parametres.getlist(nom)
    return Liste(nom, libelle, [(str(code), mot, str(code) in choisies) for code, mot in options])
