"""Choisir des décisions : quelles listes, quelle organisation, quelle instance."""

from collections.abc import Iterable
from typing import Any

from cls_platform.socle.navigation import Entree
from contrats.adresses import adresse_avec
from contrats.filtres_gouvernance import Voir
from contrats.models import Contrat
from contrats.presentation.gouvernance import organisations_des_decisions

FILTRES = ("voir", "instance", "acteur", "recherche", "statut", "reunion")


def est_filtree(parametres: Any) -> bool:
    return any(parametres.get(nom) for nom in FILTRES)


def menus(chemin: str, parametres: Any, contrat: Contrat) -> list[tuple[str, list[Entree]]]:
    """Un menu sans choix n’est pas montré."""
    instances = contrat.instances.dans_l_ordre().values_list("pk", "nom")
    possibles = [
        _menu(chemin, parametres, "voir", "Montrer", Voir.choices, sans=""),
        _menu(
            chemin,
            parametres,
            "acteur",
            "Organisation",
            [(str(pk), nom) for pk, nom in organisations_des_decisions(contrat)],
            sans="Toutes",
        ),
        _menu(
            chemin,
            parametres,
            "instance",
            "Instance",
            [(str(pk), nom) for pk, nom in instances],
            sans="Toutes",
        ),
    ]
    return [menu for menu in possibles if menu]


def _menu(
    chemin: str,
    parametres: Any,
    nom: str,
    libelle: str,
    choix: Iterable[tuple[str, Any]],
    *,
    sans: str,
) -> tuple[str, list[Entree]] | None:
    """`sans` : le mot qui n’en choisit aucun ; vide, le premier choix vaut absence de réponse."""
    valeurs = [(code, str(mot)) for code, mot in choix]
    if not valeurs or (sans and len(valeurs) < 2):
        return None
    d_office = "" if sans else valeurs[0][0]
    choisi = parametres.get(nom) or d_office
    tous = [("", sans), *valeurs] if sans else valeurs
    entrees = [
        Entree(
            mot,
            adresse_avec(chemin, parametres, {nom: None if code == d_office else code}),
            est_courante=code == choisi,
        )
        for code, mot in tous
    ]
    mot = dict(valeurs).get(choisi)
    return (f"{libelle}\u00a0: {mot}" if mot else libelle), entrees
