"""Ce qu’il faut pour rendre un verdict : d’où l’on part ; et comment une valeur se répartit."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from acteurs.models import Utilisateur
from cls_platform.demo.chargement.lecture import DOSSIER, VIA, lire_trajectoires
from contrats.models import Contrat
from indicateurs.models import Indicateur
from indicateurs.saisie_case import Lue
from indicateurs.services.indicateurs import modifier_indicateur
from indicateurs.services.valeurs import repartir


def charger_trajectoires(contrat: Contrat, *, par: Utilisateur, dossier: Path = DOSSIER) -> None:
    """Rien pour un contrat qui n’a pas de fichier. Une valeur de départ déjà là est gardée."""
    donnees = lire_trajectoires(contrat.slug, dossier)
    indicateurs = {i.libelle: i for i in contrat.indicateurs.select_related("contrat")}
    for libelle, depart in donnees.get("departs", {}).items():
        if indicateurs[libelle].valeur_reference is None:
            _partir(indicateurs[libelle], depart, par=par)
    for libelle, par_annee in donnees.get("parts", {}).items():
        for annee, parts in par_annee.items():
            _repartir(indicateurs[libelle], annee, parts, par=par)


def _partir(indicateur: Indicateur, depart: Mapping[str, Any], *, par: Utilisateur) -> None:
    valeurs = {
        "annee_reference": depart["annee"],
        "valeur_reference": Decimal(str(depart["valeur"])),
    }
    if "seuil" in depart:
        valeurs["seuil"] = Decimal(str(depart["seuil"]))
    modifier_indicateur(indicateur=indicateur, valeurs=valeurs, version=None, par=par, via=VIA)


def _repartir(
    indicateur: Indicateur, annee: int, parts: Mapping[str, int], *, par: Utilisateur
) -> None:
    mesure = indicateur.mesures.de_l_ensemble().de_l_annee_entiere(annee).get()
    lues = {modalite: Lue(Decimal(valeur)) for modalite, valeur in parts.items()}
    repartir(mesure=mesure, parts=lues, par=par, via=VIA)
