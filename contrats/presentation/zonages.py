"""Ce que les contrats couvrent de chaque zonage, à l’écran."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cls_platform.socle import typographie
from contrats.couverture_etats import Selection
from contrats.couverture_place import Place
from contrats.couverture_zonages import LigneZonage
from contrats.presentation.couverture import Question


@dataclass(frozen=True, slots=True)
class LigneDeZonage:
    """Nombres écrits ; `zones` est vide pour un classement de communes sans quartier."""

    nom: str
    population: str
    couverts: str
    part: str
    communes: str
    zones: str
    contrats: str
    origine: str
    adresse_toutes: str
    adresse: str
    adresse_contrats: str


def lignes_de_zonages(
    zonages: Iterable[LigneZonage], place: Place, question: Question
) -> Iterator[LigneDeZonage]:
    for zonage in zonages:
        ligne = zonage.ligne
        yield LigneDeZonage(
            nom=ligne.nom,
            population=typographie.nombre(ligne.population),
            couverts=typographie.nombre(ligne.population_couverte),
            part=typographie.pourcent(ligne.taux_population) if ligne.population else "",
            communes=_sur(ligne.communes_couvertes, ligne.communes),
            zones=_sur(zonage.zones_couvertes, zonage.zones),
            contrats=typographie.nombre(ligne.contrats),
            origine=", ".join(filter(None, (zonage.source, zonage.millesime))),
            adresse_toutes=question.communes(place, zonage=ligne.code),
            adresse=question.communes(place, Selection.COUVERTES, zonage=ligne.code),
            adresse_contrats=question.communes(place, liste="contrats", zonage=ligne.code),
        )


def _sur(partie: int, tout: int) -> str:
    return f"{typographie.nombre(partie)} sur {typographie.nombre(tout)}"
