"""Ce qu’un fichier de données ferait : lignes reprises, lignes refusées et pourquoi, millésimes."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from cls_platform.socle.tableur.rapport import (
    A_SAVOIR,
    REFUSEE,
    LigneDeRapport,
    des_remarques,
)
from cls_platform.socle.tableur.remarques import Remarque, remarque
from cls_platform.socle.tableur.table import Ligne, Table


class Refus(ValueError):
    """Une ligne refusée : la colonne en cause, puis la phrase."""

    def __init__(self, colonne: str, message: str) -> None:
        super().__init__(message)
        self.colonne = colonne


class EtatEdition(StrEnum):
    NOUVELLE = "nouvelle"
    INCHANGEE = "inchangee"
    REMPLACEE = "remplacee"


MOTS_DES_ETATS = {
    EtatEdition.NOUVELLE: "Nouveau millésime",
    EtatEdition.INCHANGEE: "Déjà chargé, rien ne change",
    EtatEdition.REMPLACEE: "Remplace le millésime chargé",
}


@dataclass(frozen=True, slots=True)
class EditionPrevue:
    """`territoires` sur `attendus` : ceux que dit le fichier, ceux qui existent à ce niveau."""

    libelle: str
    millesime: str
    etat: EtatEdition
    territoires: int
    attendus: int
    ajouts: int = 0
    retraits: int = 0
    changements: int = 0

    @property
    def mot(self) -> str:
        return MOTS_DES_ETATS[self.etat]

    @property
    def manquants(self) -> int:
        return max(0, self.attendus - self.territoires)


@dataclass(frozen=True, slots=True)
class LigneReprise:
    """Une ligne acceptée, comme un humain la relit."""

    numero: int
    territoire: str
    contenu: str


@dataclass(slots=True)
class RapportDonnees:
    """`contenu` : ce qui serait écrit, propre à chaque genre de fichier."""

    genre: str
    feuille: str = ""
    lignes: int = 0
    reprises: list[LigneReprise] = field(default_factory=list)
    erreurs: list[Remarque] = field(default_factory=list)
    avis: list[Remarque] = field(default_factory=list)
    colonnes_inconnues: list[str] = field(default_factory=list)
    editions: list[EditionPrevue] = field(default_factory=list)
    contenu: Any = None
    est_ecrit: bool = False

    @property
    def refusees(self) -> int:
        """Le nombre de lignes refusées ; une ligne peut avoir deux erreurs."""
        return len({erreur.ligne for erreur in self.erreurs if erreur.ligne})

    @property
    def change(self) -> bool:
        return any(edition.etat != EtatEdition.INCHANGEE for edition in self.editions)

    @property
    def remplace(self) -> bool:
        return any(edition.etat == EtatEdition.REMPLACEE for edition in self.editions)

    def refuser(self, table: Table, ligne: Ligne, colonne: str, message: str) -> None:
        self.erreurs.append(
            remarque(ligne.numero, table.entete(colonne), ligne.texte(colonne), message)
        )

    def avertir(self, table: Table, ligne: Ligne, colonne: str, message: str) -> None:
        self.avis.append(
            remarque(ligne.numero, table.entete(colonne), ligne.texte(colonne), message)
        )

    def a_emporter(self) -> Iterator[LigneDeRapport]:
        """Toutes les lignes du fichier, et ce qu’il en advient."""
        for reprise in self.reprises:
            yield reprise.numero, "reprise", "", reprise.territoire, reprise.contenu
        yield from des_remarques(REFUSEE, self.erreurs)
        yield from des_remarques(A_SAVOIR, self.avis)

    def resume(self) -> dict[str, Any]:
        """Ce que garde la page du résultat."""
        return {
            "ecrit": self.est_ecrit,
            "acceptees": len(self.reprises),
            "refusees": self.refusees,
            "editions": [
                {"libelle": e.libelle, "millesime": e.millesime, "territoires": e.territoires}
                for e in self.editions
            ],
        }

    def vers_json(self) -> dict[str, Any]:
        return {
            "type": self.genre,
            "feuille": self.feuille,
            "ecrit": self.est_ecrit,
            "lignes": self.lignes,
            "lignes_acceptees": len(self.reprises),
            "lignes_refusees": self.refusees,
            "editions": [asdict(e) | {"manquants": e.manquants} for e in self.editions],
            "erreurs": [erreur.vers_json() for erreur in self.erreurs],
            "avertissements": [avis.vers_json() for avis in self.avis],
            "colonnes_inconnues": self.colonnes_inconnues,
        }
