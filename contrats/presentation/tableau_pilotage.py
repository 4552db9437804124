"""Un tableau du pilotage : la page l’écrit, le tableur l’emporte, un nombre mène à ses lignes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from cls_platform.socle import typographie
from cls_platform.socle.tableur.feuille import Valeur
from cls_platform.socle.typographie import INSECABLE

# La valeur d’un filtre d’adresse, ou plusieurs
Filtre = str | tuple[str, ...]


class Versant(Protocol):
    """De quelle liste et de quels filtres vient un nombre ; une chaîne vide : pas de lien."""

    def __call__(self, liste: str, **filtres: Filtre) -> str: ...


class Genre(StrEnum):
    """Comment s’écrit la valeur d’une colonne ; un texte se lit à gauche, le reste à droite."""

    TEXTE = "texte"
    NOMBRE = "nombre"
    PART = "part"
    EUROS = "euros"
    ETP = "etp"
    ANNEE = "annee"


@dataclass(frozen=True, slots=True)
class Colonne:
    titre: str
    genre: Genre = Genre.NOMBRE

    @property
    def est_a_droite(self) -> bool:
        return self.genre != Genre.TEXTE


@dataclass(frozen=True, slots=True)
class Case:
    """`sinon` : ce que l’on écrit quand il n’y a pas de valeur, et pourquoi."""

    colonne: Colonne
    valeur: Valeur | Decimal
    adresse: str = ""
    sinon: str = ""

    @property
    def ecrit(self) -> str:
        return ecrire(self.valeur, self.colonne.genre)

    @property
    def est_nulle(self) -> bool:
        """Un zéro. Une valeur absente n’en est pas un : `sinon` dit pourquoi."""
        return self.valeur is not None and self.valeur == 0


@dataclass(frozen=True, slots=True)
class Rang:
    """`code` : celui que le tableur emporte à côté du nom."""

    nom: str
    cases: tuple[Case, ...]
    code: str = ""
    adresse: str = ""
    precision: str = ""


@dataclass(frozen=True, slots=True)
class TableauDePilotage:
    """`regle` : comment c’est compté ; `source` : d’où cela vient, et de quand."""

    cle: str
    titre: str
    tete: str
    colonnes: tuple[Colonne, ...]
    rangs: tuple[Rang, ...]
    regle: str = ""
    source: str = ""
    total: Rang | None = None
    vide: str = ""

    @property
    def entetes(self) -> tuple[str, ...]:
        return ("Code", self.tete, *(colonne.titre for colonne in self.colonnes))

    def en_lignes(self) -> Iterator[list[Valeur]]:
        """Les valeurs brutes : une part va de 0 à 1, un montant est en euros."""
        for rang in self.rangs:
            yield [rang.code, rang.nom, *(_brute(case.valeur) for case in rang.cases)]


def rang(
    colonnes: Sequence[Colonne],
    nom: str,
    valeurs: Sequence[Valeur | Decimal],
    *,
    adresses: Sequence[str] = (),
    sinon: str = "",
    code: str = "",
    adresse: str = "",
    precision: str = "",
) -> Rang:
    """`adresses` : une par colonne, vide sans lien ; un zéro n’en a jamais."""
    liens = [*adresses, *("" for _ in valeurs)]
    cases = tuple(
        Case(colonne, valeur, lien if valeur else "", sinon)
        for colonne, valeur, lien in zip(colonnes, valeurs, liens, strict=False)
    )
    return Rang(typographie.typographier(nom), cases, code, adresse, precision)


def source(quoi: str, le: date) -> str:
    return f"Source\u00a0: {quoi}, au {typographie.date_longue(le)}."


def ecrire(valeur: Valeur | Decimal, genre: Genre) -> str:
    if not isinstance(valeur, int | float | Decimal) or genre == Genre.ANNEE:
        return "" if valeur is None else str(valeur)
    return ECRITURES[genre](valeur)


ECRITURES: dict[Genre, Callable[[Any], str]] = {
    Genre.TEXTE: str,
    Genre.NOMBRE: typographie.nombre,
    Genre.PART: lambda valeur: typographie.pourcent(valeur, 0),
    Genre.EUROS: typographie.euros,
    Genre.ETP: lambda valeur: f"{typographie.nombre(valeur)}{INSECABLE}ETP",
}


def _brute(valeur: Valeur | Decimal) -> Valeur:
    return float(valeur) if isinstance(valeur, Decimal) else valeur
