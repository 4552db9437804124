"""Tous les indicateurs en un tableau : l’année, celle d’avant, la cible, la source."""

from dataclasses import dataclass

from bilans.instantane import Indicateur, Instantane
from bilans.page_web.photos import Adresser
from cls_platform.socle.typographie import typographier
from indicateurs import phrases
from indicateurs.series import Releve, Serie


@dataclass(frozen=True, slots=True)
class LigneIndicateur:
    libelle: str
    volet: str
    valeur: str
    avant: str
    cible: str
    source: str


@dataclass(frozen=True, slots=True)
class Tableau:
    annee: int
    lignes: tuple[LigneIndicateur, ...]

    @property
    def annee_avant(self) -> int:
        return self.annee - 1


def lire(page: Instantane, _adresser: Adresser) -> Tableau | None:
    lignes = tuple(
        _ligne(indicateur, volet.titre, page.annee)
        for volet in page.volets
        for indicateur in volet.indicateurs
    )
    return Tableau(page.annee, lignes) if lignes else None


def _ligne(indicateur: Indicateur, volet: str, annee: int) -> LigneIndicateur:
    serie = indicateur.serie
    return LigneIndicateur(
        libelle=typographier(serie.libelle),
        volet=typographier(volet),
        valeur=_lu(serie.en(annee), serie),
        avant=_lu(serie.en(annee - 1), serie),
        cible=_cible(serie),
        source=typographier(serie.source),
    )


def _lu(releve: Releve | None, serie: Serie) -> str:
    return phrases.lire(releve, serie) if releve else ""


def _cible(serie: Serie) -> str:
    if serie.cible is None:
        return ""
    ecrite = phrases.ecrire(serie.cible.valeur, serie.unite, serie.decimales)
    return f"{ecrite} en {serie.cible.annee}"
