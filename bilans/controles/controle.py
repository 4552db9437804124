"""Un contrôle, et ce que tous lisent du bilan, une seule fois."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from bilans.instantane import Instantane, Texte
from bilans.langage import Sigles
from bilans.lieux import Lieu, lieux
from bilans.models import SECTIONS_DES_ELUS, SECTIONS_ECRITES, Bilan, CodeSection
from bilans.rapport import construire_et_relever
from bilans.relecture import ancres
from bilans.relecture.adresses import ou_corriger
from bilans.relecture.ancres import Ancre
from bilans.relecture.etat import EtatRelecture, etat_de_la_relecture

ECRITES = (*SECTIONS_ECRITES, *SECTIONS_DES_ELUS)


class Gravite(StrEnum):
    BLOQUANT = "BLOQUANT"
    AVERTISSEMENT = "AVERTISSEMENT"


class Sujet(StrEnum):
    """Les groupes de la page, dans leur ordre."""

    DOCUMENT = "Le document"
    TEXTES = "Les textes"
    ACTIONS = "Les actions et les annonces"
    RELECTURE = "La relecture et la validation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Controle:
    """`quoi` : ce qui ne va pas. `ou` : la partie, et `adresse` où la réparer par `remede`."""

    gravite: Gravite
    sujet: Sujet
    quoi: str
    ou: str
    ancre: str
    adresse: str
    remede: str

    @property
    def bloque(self) -> bool:
        return self.gravite == Gravite.BLOQUANT


class Lu:
    """Ce que les contrôles lisent du bilan, une seule fois."""

    def __init__(self, bilan: Bilan, le: date) -> None:
        self.bilan, self.le = bilan, le

    @cached_property
    def _document(self) -> tuple[Instantane, Sigles]:
        return construire_et_relever(self.bilan, arrete_le=self.le)

    @property
    def instantane(self) -> Instantane:
        return self._document[0]

    @property
    def sigles(self) -> Sigles:
        return self._document[1]

    @cached_property
    def relecture(self) -> EtatRelecture:
        return etat_de_la_relecture(self.bilan, self.le)

    @cached_property
    def lieux(self) -> tuple[Lieu, ...]:
        return lieux(self.instantane)

    @cached_property
    def textes(self) -> list[tuple[Ancre, str, Texte]]:
        """(ancre, nom, texte) de chaque section écrite qui paraît."""
        lus = self.instantane.textes
        trouves = ((code, getattr(lus, code.lower())) for code in ECRITES)
        return [(ancres.section(c), str(c.label), t) for c, t in trouves if t and t.texte.strip()]


def ancre_du_lieu(lieu: Lieu) -> Ancre:
    """La partie que l’on commente là où ce texte se lit ; le bilan entier, à défaut."""
    if lieu.code in CodeSection:
        return ancres.section(lieu.code)
    genre, _, cle = lieu.code.partition("-")
    try:
        return ancres.lire(f"{genre}:{cle}")
    except ancres.AncreInconnue:
        return ancres.BILAN


def controle(
    gravite: Gravite, sujet: Sujet, quoi: str, ancre: Ancre, ou: str, adresse: str, remede: str
) -> Controle:
    return Controle(
        gravite=gravite,
        sujet=sujet,
        quoi=quoi,
        ou=ou,
        ancre=str(ancre),
        adresse=adresse,
        remede=remede,
    )


def sur_le_document(gravite: Gravite, quoi: str, adresse: str, remede: str) -> Controle:
    return controle(gravite, Sujet.DOCUMENT, quoi, ancres.BILAN, "Le document", adresse, remede)


def sur_un_texte(
    lu: Lu, gravite: Gravite, quoi: str, ancre: Ancre, ou: str, remede: str
) -> Controle:
    adresse = ou_corriger(lu.bilan, ancre)
    return controle(gravite, Sujet.TEXTES, quoi, ancre, str(ou), adresse, remede)


def sur_la_relecture(quoi: str, adresse: str, remede: str) -> Controle:
    return controle(
        Gravite.AVERTISSEMENT, Sujet.RELECTURE, quoi, ancres.BILAN, "La relecture", adresse, remede
    )
