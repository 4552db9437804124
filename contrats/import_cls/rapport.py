"""Ce qu’une liste de contrats ferait : créer, modifier et quoi, laisser, refuser et pourquoi."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from cls_platform.socle.tableur.rapport import (
    A_SAVOIR,
    REFUSEE,
    LigneDeRapport,
    des_remarques,
)
from cls_platform.socle.tableur.remarques import Remarque


@dataclass(frozen=True, slots=True)
class Ecart:
    """Un champ qui changerait, comme un humain le lit."""

    champ: str
    avant: str
    apres: str


@dataclass(slots=True)
class ContratLu:
    """Une ligne du fichier. None : la cellule est vide ou la colonne absente, rien ne change.

    `communes` : code actuel → intercommunalité qui l’apporte, ou None.
    """

    ligne: int
    code: str
    nom: str | None = None
    region: str | None = None
    porteur_siren: str | None = None
    porteur_nom: str | None = None
    communes: dict[str, str | None] | None = None
    date_signature: date | None = None
    debut: date | None = None
    fin: date | None = None
    generation: int | None = None
    phase: str | None = None
    date_perimetre: date | None = None


@dataclass(frozen=True, slots=True)
class LigneCls:
    """Une ligne acceptée. `contrat` None : il serait créé."""

    lu: ContratLu
    nom: str
    ecarts: tuple[Ecart, ...] = ()
    contrat: UUID | None = None

    def vers_json(self) -> dict[str, Any]:
        return {
            "ligne": self.lu.ligne,
            "code_cls": self.lu.code,
            "nom": self.nom,
            "ecarts": [asdict(ecart) for ecart in self.ecarts],
        }


@dataclass(slots=True)
class RapportCls:
    feuille: str = ""
    lignes: int = 0
    creations: list[LigneCls] = field(default_factory=list)
    modifications: list[LigneCls] = field(default_factory=list)
    inchanges: list[LigneCls] = field(default_factory=list)
    erreurs: list[Remarque] = field(default_factory=list)
    avis: list[Remarque] = field(default_factory=list)
    colonnes_inconnues: list[str] = field(default_factory=list)
    porteurs_crees: list[str] = field(default_factory=list)
    est_ecrit: bool = False

    @property
    def change(self) -> bool:
        return bool(self.creations or self.modifications)

    @property
    def refusees(self) -> int:
        """Le nombre de lignes refusées ; une ligne peut avoir deux erreurs."""
        return len({erreur.ligne for erreur in self.erreurs if erreur.ligne})

    def a_emporter(self) -> Iterator[LigneDeRapport]:
        """Toutes les lignes du fichier, et ce qu’il en advient ; une par champ modifié."""
        for ligne in self.creations:
            yield ligne.lu.ligne, "créé", "", ligne.lu.code, ligne.nom
        for ligne in self.modifications:
            for ecart in ligne.ecarts:
                phrase = f"{ecart.avant or 'vide'} → {ecart.apres}"
                yield ligne.lu.ligne, "modifié", ecart.champ, ligne.lu.code, phrase
        for ligne in self.inchanges:
            yield ligne.lu.ligne, "inchangé", "", ligne.lu.code, ligne.nom
        yield from des_remarques(REFUSEE, self.erreurs)
        yield from des_remarques(A_SAVOIR, self.avis)

    def resume(self) -> dict[str, Any]:
        return {
            "contrats_crees": len(self.creations),
            "contrats_modifies": len(self.modifications),
            "contrats_inchanges": len(self.inchanges),
            "refusees": self.refusees,
            "ecrit": self.est_ecrit,
        }

    def vers_json(self) -> dict[str, Any]:
        return {
            "feuille": self.feuille,
            "ecrit": self.est_ecrit,
            "lignes": self.lignes,
            "contrats_crees": len(self.creations),
            "contrats_modifies": len(self.modifications),
            "contrats_inchanges": len(self.inchanges),
            "erreurs": [erreur.vers_json() for erreur in self.erreurs],
            "avertissements": [avis.vers_json() for avis in self.avis],
            "colonnes_inconnues": self.colonnes_inconnues,
            "porteurs_crees": self.porteurs_crees,
            "creations": [ligne.vers_json() for ligne in self.creations],
            "modifications": [ligne.vers_json() for ligne in self.modifications],
        }
