"""Ouvrir un fichier donné par une personne : XLSX, ODS ou CSV, reconnu à son contenu."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO, Protocol

from cls_platform.socle.tableur import lecture_csv, lecture_ods, lecture_xlsx
from cls_platform.socle.tableur.feuille import Feuille
from cls_platform.socle.tableur.garde import ouvrir_archive, verifier_taille
from cls_platform.socle.tableur.limites import ORDINAIRES, ClasseurRefuse, Limites

ANCIEN_EXCEL = b"\xd0\xcf\x11\xe0"
FORMATS_LUS = (".xlsx", ".ods", ".csv")
AUTRE_FORMAT = "Ce format n’est pas lu. Enregistrez le fichier en .xlsx, .ods ou .csv."


class Lecteur(Protocol):
    @property
    def noms(self) -> list[str]: ...

    def lire(self, nom: str) -> Feuille: ...


@dataclass(frozen=True, slots=True)
class Classeur:
    """Un fichier ouvert et contrôlé ; une feuille n’est lue que si on la demande."""

    lecteur: Lecteur
    est_csv: bool = False

    @property
    def noms(self) -> list[str]:
        return self.lecteur.noms

    def lire(self, nom: str) -> Feuille:
        if nom not in self.noms:
            feuilles = ", ".join(f"« {n} »" for n in self.noms)
            raise ClasseurRefuse(f"Il n’y a pas de feuille « {nom} ». Ce fichier a : {feuilles}.")
        return self.lecteur.lire(nom).finir()


def ouvrir(
    fichier: BinaryIO, nom: str, limites: Limites = ORDINAIRES, mots: Collection[str] = ()
) -> Classeur:
    """`mots` : les en-têtes attendus, qui départagent les séparateurs d’un CSV.

    Lève ClasseurRefuse : trop gros, abîmé, piégé, ou d’un autre format.
    """
    fichier.seek(0, 2)
    verifier_taille(fichier.tell())
    fichier.seek(0)
    debut = fichier.read(4)
    fichier.seek(0)
    if debut == b"PK\x03\x04":
        return _ouvrir_archive(fichier, limites)
    if debut == ANCIEN_EXCEL:
        raise ClasseurRefuse(
            "Ce fichier est d’un ancien Excel (.xls) ou protégé. Enregistrez-le en .xlsx."
        )
    if PurePath(nom).suffix.lower() not in {".csv", ".txt", ".tsv"}:
        raise ClasseurRefuse(AUTRE_FORMAT)
    lecteur = lecture_csv.LecteurCsv(fichier.read(), PurePath(nom).stem, limites, mots)
    return Classeur(lecteur, est_csv=True)


def _ouvrir_archive(fichier: BinaryIO, limites: Limites) -> Classeur:
    archive = ouvrir_archive(fichier)
    parties = set(archive.namelist())
    if "xl/workbook.xml" in parties:
        return Classeur(lecture_xlsx.LecteurXlsx(fichier, archive, limites))
    if "content.xml" in parties:
        return Classeur(lecture_ods.LecteurOds(archive, limites))
    raise ClasseurRefuse(AUTRE_FORMAT)
