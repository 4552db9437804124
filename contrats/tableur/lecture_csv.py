"""Un CSV, en UTF-8 ou en encodage d’Excel, séparé par points-virgules, virgules ou tabulations."""

import csv
import io

from contrats.tableur.ecriture_csv import sans_garde
from contrats.tableur.feuille import Feuille, simplifier
from contrats.tableur.limites import ClasseurRefuse

SEPARATEURS = ";,\t"


class LecteurCsv:
    def __init__(self, octets: bytes, nom: str) -> None:
        self.texte = decoder(octets)
        self.nom = nom

    @property
    def noms(self) -> list[str]:
        return [self.nom]

    def lire(self, nom: str) -> Feuille:
        feuille = Feuille(nom)
        tete = self.texte[:20_000]
        separateur = max(SEPARATEURS, key=tete.count)
        ancienne = csv.field_size_limit(2_000_000)
        try:
            for ligne in csv.reader(io.StringIO(self.texte, newline=""), delimiter=separateur):
                feuille.ajouter([simplifier(sans_garde(cellule)) for cellule in ligne])
        except csv.Error as erreur:
            raise ClasseurRefuse(f"Ce CSV est mal écrit : {erreur}.") from erreur
        finally:
            csv.field_size_limit(ancienne)
        return feuille


def decoder(octets: bytes) -> str:
    """UTF-8, UTF-16 annoncé, ou l’encodage d’Excel en France."""
    if octets.startswith((b"\xff\xfe", b"\xfe\xff")):
        return octets.decode("utf-16", errors="replace")
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        texte = octets.decode("cp1252", errors="replace")
    if "\x00" in texte:
        raise ClasseurRefuse(
            "Ce fichier n’est pas un texte. Enregistrez-le en .xlsx, .ods ou .csv."
        )
    return texte
