"""Un CSV, en UTF-8 ou en encodage d’Excel, séparé par points-virgules, virgules ou tabulations."""

import csv
import io
from collections.abc import Collection
from itertools import islice

from cls_platform.socle.tableur.cles import cle_d_entete
from cls_platform.socle.tableur.ecriture_csv import sans_garde
from cls_platform.socle.tableur.feuille import Feuille, simplifier
from cls_platform.socle.tableur.limites import ORDINAIRES, ClasseurRefuse, Limites

SEPARATEURS = ";,\t"
TETE = 20_000
LIGNES_REGARDEES = 30
CELLULE_MAX = 2_000_000


class LecteurCsv:
    """`mots` : les en-têtes attendus, comme les écrit `cle_d_entete` ; le séparateur est celui qui
    en fait reconnaître le plus. Une cellule pleine de virgules ne trompe donc pas."""

    def __init__(
        self,
        octets: bytes,
        nom: str,
        limites: Limites = ORDINAIRES,
        mots: Collection[str] = (),
    ) -> None:
        self.texte = decoder(octets)
        self.nom = nom
        self.limites = limites
        self.mots = mots

    @property
    def noms(self) -> list[str]:
        return [self.nom]

    def lire(self, nom: str) -> Feuille:
        feuille = Feuille(nom, limites=self.limites)
        ancienne = csv.field_size_limit(CELLULE_MAX)
        try:
            separateur = self._separateur()
            for ligne in csv.reader(io.StringIO(self.texte, newline=""), delimiter=separateur):
                feuille.ajouter([simplifier(sans_garde(cellule)) for cellule in ligne])
        except csv.Error as erreur:
            raise ClasseurRefuse(f"Ce CSV est mal écrit : {erreur}.") from erreur
        finally:
            csv.field_size_limit(ancienne)
        return feuille

    def _separateur(self) -> str:
        tete = self.texte[:TETE]
        return max(SEPARATEURS, key=lambda s: (self._reconnus(tete, s), tete.count(s)))

    def _reconnus(self, tete: str, separateur: str) -> int:
        """Le plus grand nombre d’en-têtes attendus sur une ligne, avec ce séparateur."""
        if not self.mots:
            return 0
        lecteur = csv.reader(io.StringIO(tete, newline=""), delimiter=separateur)
        lignes = islice(lecteur, LIGNES_REGARDEES)
        return max(
            (sum(cle_d_entete(c) in self.mots for c in ligne) for ligne in lignes), default=0
        )


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
