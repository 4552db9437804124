"""Un classeur OpenDocument (ISO/IEC 26300), lu en un passage ; ce qui se répète est borné."""

import zipfile
from contextlib import suppress
from datetime import date
from typing import Any
from xml.parsers import expat

from cls_platform.socle.tableur.feuille import Feuille, Valeur, simplifier
from cls_platform.socle.tableur.garde import parcourir
from cls_platform.socle.tableur.limites import (
    ORDINAIRES,
    ClasseurRefuse,
    Limites,
    trop_de_colonnes,
    trop_de_lignes,
)

CELLULES = ("table-cell", "covered-table-cell")
ESPACES_MAX = 10_000


def _court(nom: str) -> str:
    return nom.rpartition(":")[2]


class LecteurOds:
    def __init__(self, archive: zipfile.ZipFile, limites: Limites = ORDINAIRES) -> None:
        self.archive = archive
        self.limites = limites
        self._noms = _Noms().lire(archive)

    @property
    def noms(self) -> list[str]:
        return self._noms

    def lire(self, nom: str) -> Feuille:
        return _Lignes(nom, self.limites).lire(self.archive)


class _Noms:
    def __init__(self) -> None:
        self.noms: list[str] = []

    def lire(self, archive: zipfile.ZipFile) -> list[str]:
        lecteur = expat.ParserCreate()
        lecteur.StartElementHandler = self.debut
        parcourir(archive, "content.xml", lecteur)
        return self.noms

    def debut(self, nom: str, attributs: dict[str, str]) -> None:
        if _court(nom) == "table":
            self.noms.append(attributs.get("table:name", f"Feuille {len(self.noms) + 1}"))


class _FeuilleLue(Exception):
    """La feuille demandée est finie : le reste du fichier n’a pas à être lu."""


class _Lignes:
    """Le lecteur d’une feuille : une ligne, une cellule, un texte à la fois."""

    def __init__(self, nom: str, limites: Limites) -> None:
        self.feuille = Feuille(nom, limites=limites)
        self.limites = limites
        self.dedans = False
        self.ligne: list[Valeur] = []
        self.repetitions = 1
        self.attributs: dict[str, str] | None = None
        self.textes: list[str] = []
        self.en_texte = 0
        self.en_note = 0

    def lire(self, archive: zipfile.ZipFile) -> Feuille:
        lecteur = expat.ParserCreate()
        lecteur.buffer_text = True
        lecteur.StartElementHandler = self.debut
        lecteur.EndElementHandler = self.fin
        lecteur.CharacterDataHandler = self.texte
        with suppress(_FeuilleLue):
            parcourir(archive, "content.xml", lecteur)
        return self.feuille

    def debut(self, nom: str, attributs: dict[str, str]) -> None:
        court = _court(nom)
        if court == "table":
            self.dedans = attributs.get("table:name") == self.feuille.nom
        elif not self.dedans:
            return
        elif court == "table-row":
            self.ligne = []
            self.repetitions = _entier(attributs, "table:number-rows-repeated")
        elif court in CELLULES:
            self.attributs, self.textes = attributs, []
        elif court == "annotation":
            self.en_note += 1
        elif self.attributs is not None and not self.en_note:
            self._debut_de_texte(court, attributs)

    def _debut_de_texte(self, court: str, attributs: dict[str, str]) -> None:
        if court == "p":
            self.en_texte += 1
            if self.textes:
                self.textes.append("\n")
            self.textes.append("")
        elif court == "line-break":
            self.textes.append("\n")
        elif court == "tab":
            self.textes.append("\t")
        elif court == "s":
            self.textes.append(" " * min(_entier(attributs, "text:c"), ESPACES_MAX))

    def texte(self, texte: str) -> None:
        if self.en_texte and not self.en_note:
            self.textes.append(texte)

    def fin(self, nom: str) -> None:
        court = _court(nom)
        if not self.dedans:
            return
        if court == "p" and not self.en_note:
            self.en_texte = max(0, self.en_texte - 1)
        elif court == "annotation":
            self.en_note -= 1
        elif court in CELLULES:
            self._fin_de_cellule()
        elif court == "table-row":
            self._fin_de_ligne()
        elif court == "table":
            raise _FeuilleLue

    def _fin_de_cellule(self) -> None:
        attributs: dict[str, str] = self.attributs or {}
        self.attributs = None
        valeur = simplifier(_valeur(attributs, "".join(self.textes)))
        repetitions = _entier(attributs, "table:number-columns-repeated")
        hauteur = _entier(attributs, "table:number-rows-spanned")
        if hauteur > 1:
            self.feuille.fusions.append((len(self.feuille.lignes), len(self.ligne), hauteur))
        if valeur in (None, ""):
            self.ligne.extend(
                [None] * min(repetitions, self.limites.colonnes + 1 - len(self.ligne))
            )
        elif len(self.ligne) + repetitions > self.limites.colonnes:
            raise trop_de_colonnes(self.limites)
        else:
            self.ligne.extend([valeur] * repetitions)

    def _fin_de_ligne(self) -> None:
        est_vide = all(valeur in (None, "") for valeur in self.ligne)
        if est_vide:
            # Un tableur écrit « un million de lignes vides » d’un seul trait, à la fin
            self.repetitions = min(self.repetitions, self.limites.lignes)
        elif len(self.feuille.lignes) + self.repetitions > self.limites.lignes:
            raise trop_de_lignes(self.limites)
        for _ in range(self.repetitions):
            self.feuille.ajouter(list(self.ligne))


def _entier(attributs: dict[str, str], nom: str) -> int:
    valeur = attributs.get(nom, "1")
    if not valeur.isascii() or not valeur.isdigit():
        raise ClasseurRefuse(f"Ce classeur est mal écrit : {nom} vaut « {valeur[:20]} ».")
    return max(1, int(valeur[:12]))


def _valeur(attributs: dict[str, str], texte: str) -> Any:
    genre = attributs.get("office:value-type", "")
    try:
        if genre in {"float", "currency", "percentage"}:
            return float(attributs["office:value"])
        if genre == "date":
            return date.fromisoformat(attributs["office:date-value"][:10])
    except (KeyError, ValueError):
        return texte
    if genre == "boolean":
        return attributs.get("office:boolean-value") == "true"
    return texte
