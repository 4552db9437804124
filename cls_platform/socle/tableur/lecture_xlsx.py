"""Un classeur Excel, lu ligne à ligne : une feuille trop longue est refusée sans être dépliée."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from cls_platform.socle.tableur.feuille import Feuille, simplifier
from cls_platform.socle.tableur.garde import ABIME, RAPPORT_REGARDE_AU_DELA, TAILLE_LUE
from cls_platform.socle.tableur.limites import (
    LIGNES_VIDES_MAX,
    ORDINAIRES,
    ClasseurRefuse,
    Limites,
    trop_de_cellules,
    trop_de_colonnes,
    trop_de_lignes,
)

_FUSION = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
_ETENDUE = re.compile(rb"<(?:\w+:)?dimension\s")
_LIGNE = re.compile(rb"<(?:\w+:)?row[\s>/]")
_CELLULE = re.compile(rb"<(?:\w+:)?c[\s>/]")
# Les fusions sont écrites après les cellules
FIN_LUE = 4 * 1024 * 1024


class LecteurXlsx:
    def __init__(
        self, fichier: BinaryIO, archive: zipfile.ZipFile, limites: Limites = ORDINAIRES
    ) -> None:
        self.archive = archive
        self.limites = limites
        _refuser_les_etendues_a_chercher(archive, limites)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                self.classeur = load_workbook(
                    fichier, read_only=True, data_only=True, keep_links=False
                )
            except Exception as erreur:
                raise ClasseurRefuse(ABIME) from erreur

    @property
    def noms(self) -> list[str]:
        return [feuille.title for feuille in self._feuilles()]

    def _feuilles(self) -> list[Any]:
        """Les feuilles de cellules, sans les graphiques ni ce qui a été caché."""
        return [
            f
            for f in self.classeur.worksheets
            if hasattr(f, "iter_rows") and f.sheet_state == "visible"
        ]

    def lire(self, nom: str) -> Feuille:
        source: Any = next(f for f in self._feuilles() if f.title == nom)
        partie = self.archive.getinfo(source._worksheet_path.lstrip("/"))  # noqa: SLF001  (openpyxl ne l’expose pas)
        _refuser_les_lignes_sans_fin(self.archive, partie, self.limites)
        source.reset_dimensions()
        feuille = Feuille(nom, limites=self.limites)
        try:
            for ligne in self._lignes(source):
                feuille.ajouter([simplifier(cellule) for cellule in ligne])
        except ClasseurRefuse:
            raise
        except Exception as erreur:
            raise ClasseurRefuse(ABIME) from erreur
        feuille.fusions = list(self._fusions(partie))
        return feuille

    @staticmethod
    def _lignes(source: Any) -> Iterator[tuple[Any, ...]]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield from source.iter_rows(values_only=True)

    def _fusions(self, partie: zipfile.ZipInfo) -> Iterator[tuple[int, int, int]]:
        with self.archive.open(partie) as flux:
            flux.seek(max(0, partie.file_size - FIN_LUE))
            fin = flux.read()
        for trouve in _FUSION.finditer(fin):
            colonne, ligne, _, derniere = range_boundaries(trouve[1].decode())
            if not (colonne and ligne and derniere):
                continue
            if derniere > self.limites.lignes * 60:
                raise trop_de_lignes(self.limites)
            if derniere > ligne:
                yield ligne - 1, colonne - 1, derniere - ligne + 1


def _refuser_les_etendues_a_chercher(archive: zipfile.ZipFile, limites: Limites) -> None:
    """Une feuille qui ne dit pas son étendue est lue en entier à l’ouverture : pas une immense."""
    for partie in archive.infolist():
        if partie.filename.endswith(".xml") and not _dit_son_etendue(archive, partie):
            for lignes, cellules in _comptes(archive, partie):
                if lignes > max(LIGNES_VIDES_MAX, limites.lignes):
                    raise trop_de_lignes(limites)
                if cellules > limites.cellules:
                    raise trop_de_cellules(limites)


def _refuser_les_lignes_sans_fin(
    archive: zipfile.ZipFile, partie: zipfile.ZipInfo, limites: Limites
) -> None:
    """Une ligne se lit d’un bloc : celle d’un million de cellules ne s’ouvre pas."""
    for lignes, cellules in _comptes(archive, partie):
        if cellules > limites.colonnes * (lignes + 1):
            raise trop_de_colonnes(limites)
        if lignes > max(LIGNES_VIDES_MAX, limites.lignes):
            return


def _dit_son_etendue(archive: zipfile.ZipFile, partie: zipfile.ZipInfo) -> bool:
    with archive.open(partie) as flux:
        return bool(_ETENDUE.search(flux.read(TAILLE_LUE)))


def _comptes(archive: zipfile.ZipFile, partie: zipfile.ZipInfo) -> Iterator[tuple[int, int]]:
    """(lignes, cellules) rencontrées, morceau après morceau ; rien pour une partie ordinaire."""
    if partie.file_size < RAPPORT_REGARDE_AU_DELA:
        return
    lignes = cellules = 0
    with archive.open(partie) as flux:
        while morceau := flux.read(TAILLE_LUE):
            lignes += len(_LIGNE.findall(morceau))
            cellules += len(_CELLULE.findall(morceau))
            yield lignes, cellules
