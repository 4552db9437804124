"""Un tableau à en-têtes connus : la feuille, la ligne d’en-tête, puis des lignes par colonne.

L’ordre des colonnes est libre ; accents, casse, ponctuation et tirets bas des en-têtes ne comptent
pas. Des lignes de titre peuvent précéder les en-têtes.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from cls_platform.socle.tableur.cles import cle_d_entete
from cls_platform.socle.tableur.feuille import Feuille, Valeur
from cls_platform.socle.tableur.lecture import Classeur, ouvrir
from cls_platform.socle.tableur.limites import ORDINAIRES, ClasseurRefuse, Limites

LIGNES_REGARDEES = 30
ERREUR_DE_FORMULE = re.compile(
    r"^#(REF|N/A|NAME\?|NOM\?|VALUE|VALEUR|DIV/0|NUM|NOMBRE|NULL|NUL)!?$"
)


@dataclass(frozen=True, slots=True)
class Colonne:
    """`synonymes` : d’autres mots sous lesquels on la rencontre."""

    cle: str
    entete: str
    synonymes: tuple[str, ...] = ()
    est_obligatoire: bool = False

    @property
    def mots(self) -> Iterator[str]:
        for mot in (self.entete, self.cle, *self.synonymes):
            yield cle_d_entete(mot.replace("_", " "))


@dataclass(frozen=True, slots=True)
class Ligne:
    """`numero` : comme le tableur compte. Une colonne absente du fichier n’a pas de valeur."""

    numero: int
    valeurs: Mapping[str, Valeur]

    def texte(self, cle: str) -> str:
        return montrer(self.valeurs.get(cle))


@dataclass(frozen=True, slots=True)
class Table:
    """`entetes` : le texte de chaque colonne reconnue, par clé."""

    feuille: str
    entetes: Mapping[str, str]
    inconnues: list[str] = field(default_factory=list)
    lignes: list[Ligne] = field(default_factory=list)

    def entete(self, cle: str) -> str:
        return self.entetes.get(cle, cle)


def montrer(valeur: Valeur) -> str:
    """La cellule comme on la lirait : une date à la française, un nombre entier sans décimale."""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    return "" if valeur is None else str(valeur).strip()


def est_une_erreur_de_formule(texte: str) -> bool:
    return bool(ERREUR_DE_FORMULE.match(texte))


def lire_table(
    fichier: BinaryIO, nom: str, colonnes: Sequence[Colonne], limites: Limites = ORDINAIRES
) -> Table:
    """La feuille dont les en-têtes sont les mieux reconnus. Lève ClasseurRefuse."""
    index = {mot: colonne.cle for colonne in reversed(colonnes) for mot in colonne.mots}
    classeur = ouvrir(fichier, nom, limites, index)
    feuille, rang = _la_mieux_reconnue(classeur, index)
    if rang < 0:
        attendus = ", ".join(colonne.entete for colonne in colonnes if colonne.est_obligatoire)
        raise ClasseurRefuse(
            f"Aucune ligne d’en-tête n’a été reconnue. Il faut au moins ces colonnes : {attendus}."
        )
    places, inconnues = _placer(feuille.lignes[rang], index)
    _exiger_les_obligatoires(colonnes, places)
    return Table(
        feuille=feuille.nom,
        entetes={cle: montrer(feuille.lignes[rang][place]) for cle, place in places.items()},
        inconnues=inconnues,
        lignes=list(_lignes(feuille, rang, places)),
    )


def _la_mieux_reconnue(classeur: Classeur, index: Mapping[str, str]) -> tuple[Feuille, int]:
    """La feuille et le rang de ses en-têtes ; -1 quand aucune ligne n’en a deux."""
    trouves: list[tuple[int, int, Feuille, int]] = []
    for nom in classeur.noms:
        feuille = classeur.lire(nom)
        nombre, rang = _entetes_de(feuille, index)
        trouves.append((nombre, -len(trouves), feuille, rang))
    if not trouves:
        raise ClasseurRefuse("Ce classeur n’a aucune feuille visible.")
    nombre, _, feuille, rang = max(trouves, key=lambda trouve: trouve[:2])
    return feuille, rang if nombre else -1


def _entetes_de(feuille: Feuille, index: Mapping[str, str]) -> tuple[int, int]:
    """(colonnes reconnues, rang de la ligne) ; une seule colonne suffit si elle est seule."""
    meilleur = (0, -1)
    for rang, ligne in enumerate(feuille.lignes[:LIGNES_REGARDEES]):
        reconnues = {index[mot] for mot in map(_mot, ligne) if mot in index}
        if len(reconnues) > meilleur[0] and (len(reconnues) > 1 or len(ligne) == 1):
            meilleur = (len(reconnues), rang)
    return meilleur


def _mot(valeur: Valeur) -> str:
    return cle_d_entete(valeur) if isinstance(valeur, str) else ""


def _placer(ligne: Sequence[Valeur], index: Mapping[str, str]) -> tuple[dict[str, int], list[str]]:
    """La place de chaque colonne reconnue, et les en-têtes inconnus. Lève ClasseurRefuse."""
    places: dict[str, int] = {}
    inconnues = []
    for place, valeur in enumerate(ligne):
        cle = index.get(_mot(valeur))
        if cle is None:
            inconnues += [montrer(valeur)] if montrer(valeur) else []
        elif cle in places:
            deux = f"« {montrer(ligne[places[cle]])} » et « {montrer(valeur)} »"
            raise ClasseurRefuse(
                f"Deux colonnes disent la même chose : {deux}. Retirez-en une, puis recommencez."
            )
        else:
            places[cle] = place
    return places, inconnues


def _exiger_les_obligatoires(colonnes: Sequence[Colonne], presentes: Collection[str]) -> None:
    manquent = [c.entete for c in colonnes if c.est_obligatoire and c.cle not in presentes]
    if manquent:
        pluriel = "Ces colonnes manquent" if len(manquent) > 1 else "Cette colonne manque"
        raise ClasseurRefuse(f"{pluriel} : {', '.join(manquent)}. Ajoutez-la, puis recommencez.")


def _lignes(feuille: Feuille, rang: int, places: Mapping[str, int]) -> Iterator[Ligne]:
    """Les lignes où quelque chose est écrit dans une colonne reconnue."""
    for suivant, ligne in enumerate(feuille.lignes[rang + 1 :], start=rang + 2):
        valeurs = {
            cle: ligne[place] if place < len(ligne) else None for cle, place in places.items()
        }
        if any(valeur not in (None, "") for valeur in valeurs.values()):
            yield Ligne(suivant, valeurs)
