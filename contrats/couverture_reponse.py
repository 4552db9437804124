"""La réponse à une question de couverture, telle que la donnent l’API, la commande et l’export."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date
from typing import Any

from cls_platform.socle.tableur.feuille import Valeur
from contrats.couverture import LigneCouverture, Niveau, Variante
from contrats.couverture_denominateurs import SOURCE, Denominateurs, denominateurs
from contrats.couverture_gardee import couvertures, garder
from contrats.couverture_place import Place
from contrats.couverture_serie import Ecart, Mesure, PointDeSerie, points
from contrats.couverture_zonages import LigneZonage, couverture_des_zonages

ENTETES = (
    "code",
    "nom",
    "population",
    "population_couverte",
    "taux_population",
    "communes",
    "communes_couvertes",
    "taux_communes",
    "contrats",
    "date",
    "variante",
    "millesime_population",
)
ENTETES_DES_ZONAGES = (*ENTETES[:9], "zones", "zones_couvertes", "millesime", *ENTETES[9:])


@dataclass(frozen=True, slots=True)
class ReponseCouverture:
    """`lieu` : le territoire auquel on s’est limité, par niveau ; vide, toute la France."""

    le: date
    niveau: str
    variante: str
    lignes: Sequence[LigneCouverture | LigneZonage]
    denominateurs: Denominateurs
    lieu: dict[str, str] = field(default_factory=dict)

    def vers_dict(self) -> dict[str, Any]:
        return {
            "date": self.le.isoformat(),
            "niveau": self.niveau,
            "variante": self.variante,
            "region": self.lieu.get("region"),
            "departement": self.lieu.get("departement"),
            "epci": self.lieu.get("epci"),
            "commune": self.lieu.get("commune"),
            "source": SOURCE,
            "denominateurs": self.denominateurs.vers_dict(),
            "count": len(self.lignes),
            "results": [ligne.vers_dict() for ligne in self.lignes],
        }

    @property
    def entetes(self) -> tuple[str, ...]:
        """Les clés de l’API, puis ce qui vaut pour toutes les lignes."""
        return ENTETES_DES_ZONAGES if self.niveau == Niveau.ZONAGE else ENTETES

    def en_lignes(self) -> Iterator[list[Valeur]]:
        """Une ligne par territoire, sous `entetes` ; chacune dit sa date et son millésime."""
        millesime = self.denominateurs.millesime_population
        fin: list[Valeur] = [self.le, self.variante, millesime]
        for ligne in self.lignes:
            yield [*ligne.vers_dict().values(), *fin]


@dataclass(frozen=True, slots=True)
class ReponseDeSerie:
    """La couverture d’un territoire de mois en mois, sous les mêmes clés qu’un jour donné."""

    place: Place
    changements: Sequence[Ecart]
    au: date
    millesime_population: str

    def en_lignes(self) -> Iterator[list[Valeur]]:
        """Sous ENTETES : chaque mois, une ligne par variante."""
        for point in points(self.changements, du=None, au=self.au):
            for variante, mesure, taux in (
                (Variante.SIGNE, point.signe, point.taux_signe),
                (Variante.SIGNE_OU_PROJET, point.signe_ou_projet, point.taux_signe_ou_projet),
            ):
                ligne = self._ligne(point, mesure, taux)
                yield [*astuple(ligne), point.le, variante.value, self.millesime_population]

    def _ligne(self, point: PointDeSerie, mesure: Mesure, taux: float) -> LigneCouverture:
        return LigneCouverture(
            code=self.place.code,
            nom=self.place.nom,
            population=point.population,
            population_couverte=mesure.population_couverte,
            taux_population=taux,
            communes=point.communes,
            communes_couvertes=mesure.communes_couvertes,
            taux_communes=mesure.communes_couvertes / point.communes if point.communes else 0.0,
            contrats=mesure.contrats,
        )


def repondre(
    *, le: date, niveau: str, variante: str, lieu: dict[str, str] | None = None
) -> ReponseCouverture:
    ou = lieu or {}
    lignes: Sequence[LigneCouverture | LigneZonage]
    if niveau == Niveau.ZONAGE:
        lignes = zonages_gardes(le, variante, ou)
    else:
        lignes = couvertures(le=le, niveaux=[niveau], variante=variante, **ou)[niveau]
    return ReponseCouverture(le, niveau, variante, lignes, denominateurs_gardes(le, ou), ou)


def territoire_de(ligne: LigneCouverture | LigneZonage) -> LigneCouverture:
    return ligne.ligne if isinstance(ligne, LigneZonage) else ligne


def zonages_gardes(le: date, variante: str, lieu: dict[str, str]) -> list[LigneZonage]:
    nom = f"couverture-zonages-{variante}-{le}-{_ou(lieu)}"
    return garder(nom, lambda: couverture_des_zonages(le=le, variante=variante, **lieu))


def _ou(lieu: dict[str, str]) -> str:
    return "-".join(f"{nom}.{code}" for nom, code in sorted(lieu.items()))


def denominateurs_gardes(le: date, lieu: dict[str, str]) -> Denominateurs:
    nom = f"couverture-denominateurs-{le}-{_ou(lieu)}"
    return garder(nom, lambda: denominateurs(le, **lieu))
