"""Codes, noms et appartenances : des fichiers JSON du découpage aux fichiers CSV compacts."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from acteurs.construction.ecriture import ecrire_csv
from acteurs.fichiers_territoires import COLONNES
from cls_platform.socle.erreurs import ErreurMetier

Objet = dict[str, Any]
Ligne = dict[str, str]

NATURES = {
    "CC": "Communauté de communes",
    "CA": "Communauté d'agglomération",
    "CU": "Communauté urbaine",
}
REGROUPEMENTS = {
    "regions": "region",
    "departements": "departement",
    "epci": "epci",
    "ept": "ept",
}
DEJA_DIT = re.compile(r"\b(Communauté|Agglomération|Agglo|Métropole)\b")
ARTICLE_INITIAL = re.compile(r"^(de la |de l'|de |du |des |d')")
SIGLE_FINAL = re.compile(r"\s*\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Parties:
    """Codes des communes déléguées, et des anciennes communes, d'une commune actuelle."""

    deleguees: frozenset[str]
    anciennes: frozenset[str]


def lire_parties(decoupage: Path) -> dict[str, Parties]:
    objets = _lire(decoupage, "communes")
    deleguees: dict[str, set[str]] = defaultdict(set)
    for objet in objets:
        if objet["type"] == "commune-deleguee":
            deleguees[objet["chefLieu"]].add(objet["code"])
    return {
        o["code"]: Parties(frozenset(deleguees[o["code"]]), frozenset(o.get("anciensCodes", ())))
        for o in objets
        if o["type"] == "commune-actuelle"
    }


def construire_codes(decoupage: Path, sortie: Path) -> dict[str, list[Ligne]]:
    """Écrit un fichier par niveau et rend ses lignes, triées par code."""
    objets = {niveau: _lire(decoupage, niveau) for niveau in COLONNES}
    communes = lignes_communes(objets["communes"], objets["epci"], objets["ept"])
    tables = {
        "regions": [{"code": o["code"], "nom": o["nom"]} for o in objets["regions"]],
        "departements": [
            {"code": o["code"], "nom": o["nom"], "region": o["region"]}
            for o in objets["departements"]
        ],
        "epci": [ligne_epci(o) for o in objets["epci"]],
        "ept": [ligne_ept(o) for o in objets["ept"]],
        "communes": communes,
    }
    for niveau, colonne in REGROUPEMENTS.items():
        _ajouter_population(tables[niveau], COLONNES[niveau][0], communes, colonne)
    for niveau, lignes in tables.items():
        lignes.sort(key=lambda ligne: ligne[COLONNES[niveau][0]])
        ecrire_csv(
            sortie / f"{niveau}.csv.gz",
            COLONNES[niveau],
            ({c: ligne[c] for c in COLONNES[niveau]} for ligne in lignes),
        )
    return tables


def lignes_communes(
    objets: Iterable[Objet], epci: Iterable[Objet], ept: Iterable[Objet]
) -> list[Ligne]:
    """Une ligne par commune actuelle. Ses communes déléguées ou associées et ses
    arrondissements deviennent d'autres noms et d'autres codes par lesquels on la trouve."""
    objets = list(objets)
    membre_epci, membre_ept = _appartenances(epci), _appartenances(ept)
    parties: dict[str, list[Objet]] = defaultdict(list)
    for objet in objets:
        if objet["type"] != "commune-actuelle":
            parties[objet.get("commune") or objet["chefLieu"]].append(objet)
    return [
        {
            "code": o["code"],
            "nom": o["nom"],
            "departement": o["departement"],
            "region": o["region"],
            "epci": membre_epci.get(o["code"], ""),
            "ept": membre_ept.get(o["code"], ""),
            "siren": o.get("siren", ""),
            "population": str(o.get("population", "")),
            "codes_postaux": " ".join(sorted(o.get("codesPostaux", []))),
            "autres_codes": " ".join(_autres_codes(o, parties[o["code"]])),
            "autres_noms": "|".join(sorted({p["nom"] for p in parties[o["code"]]} - {o["nom"]})),
        }
        for o in objets
        if o["type"] == "commune-actuelle"
    ]


def nommer_epci(nom: str, nature: str) -> tuple[str, str]:
    """« CC du Pays Rhénan » devient « Communauté de communes du Pays Rhénan », « Pays Rhénan ».

    La nature n'est pas ajoutée à un nom qui la dit déjà (« Decazeville Communauté »).
    """
    nom = " ".join(nom.replace('"', "").split())
    reste = nom.removeprefix(f"{nature} ")
    developpe = nom
    if reste != nom:
        developpe = reste if DEJA_DIT.search(reste) else f"{NATURES[nature]} {reste}"
    court = SIGLE_FINAL.sub("", ARTICLE_INITIAL.sub("", reste))
    return _majuscule(developpe), _majuscule(court)


def ligne_epci(objet: Objet) -> Ligne:
    nom, court = nommer_epci(objet["nom"], objet["type"])
    return {"siren": objet["code"], "nom": nom, "nom_court": court, "nature": objet["type"]}


def ligne_ept(objet: Objet) -> Ligne:
    nom = " ".join(objet["nom"].split())
    return {"siren": objet["code"], "nom": nom, "nom_court": nom}


def _lire(decoupage: Path, niveau: str) -> list[Objet]:
    """Lève ErreurMetier si le fichier manque."""
    fichier = decoupage / f"{niveau}.json"
    if not fichier.exists():
        raise ErreurMetier(f"{fichier.name} manque dans {decoupage} : donnez le bon --decoupage.")
    return json.loads(fichier.read_text(encoding="utf-8"))


def _majuscule(nom: str) -> str:
    return nom[0].upper() + nom[1:]


def _appartenances(groupements: Iterable[Objet]) -> dict[str, str]:
    return {m["code"]: g["code"] for g in groupements for m in g["membres"]}


def _autres_codes(commune: Objet, parties: Iterable[Objet]) -> list[str]:
    codes = {*commune.get("anciensCodes", []), *(p["code"] for p in parties)}
    return sorted(codes - {commune["code"]})


def _ajouter_population(
    lignes: Iterable[Ligne], cle: str, communes: Iterable[Ligne], colonne: str
) -> None:
    """Somme des communes ; vide si l'Insee n'en publie aucune (terres australes, Clipperton)."""
    sommes: dict[str, int] = defaultdict(int)
    for commune in communes:
        if commune["population"]:
            sommes[commune[colonne]] += int(commune["population"])
    for ligne in lignes:
        ligne["population"] = str(sommes.get(ligne[cle], ""))
