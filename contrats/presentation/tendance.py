"""La couverture au fil du temps : l’escalier, et le même en tableau."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from cls_platform.socle import typographie
from cls_platform.socle.svg import escalier
from contrats.couverture_place import Place
from contrats.couverture_serie import Ecart, PointDeSerie, cumuler, points, premier_jour


@dataclass(frozen=True, slots=True)
class LigneDeTendance:
    """Un mois, ou une année : nombres écrits."""

    le: date
    quand: str
    adresse: str
    signe: str
    avec_projets: str
    habitants: str
    communes: str
    contrats: str


@dataclass(frozen=True, slots=True)
class Cible:
    """Ce que vise une doctrine : une part des habitants, à une date."""

    part: float
    le: date
    nom: str


@dataclass(frozen=True, slots=True)
class Tendance:
    """`svg` est vide quand aucune commune n’a jamais été couverte."""

    depuis: int
    svg: SafeString
    lignes: tuple[LigneDeTendance, ...]


AUCUNE = Tendance(0, SafeString(""), ())


def tendance(
    place: Place,
    changements: Sequence[Ecart],
    au: date,
    *,
    du: date | None = None,
    pas: str = "annee",
    cible: Cible | None = None,
    largeur: float = 346.0,
) -> Tendance:
    """Du premier contrat à `au` ; le dessin suit chaque jour, le tableau va de `pas` en `pas`."""
    premier = du or premier_jour(changements)
    if premier is None or premier > au:
        return AUCUNE
    debut = premier if du else date(premier.year, 1, 1)
    lus = points(changements, du=debut, au=au, pas=pas)
    dessin = dessiner(place, _chaque_changement(changements, debut, au), cible, largeur=largeur)
    lignes = tuple(ligne_de_tendance(place, point, pas) for point in reversed(lus))
    return Tendance(debut.year, dessin, lignes)


def _chaque_changement(changements: Sequence[Ecart], du: date, au: date) -> list[PointDeSerie]:
    jours = {e.le for e in changements if du < e.le < au}
    return list(cumuler(changements, sorted({du, *jours, au})))


def dessiner(
    place: Place, lus: Sequence[PointDeSerie], cible: Cible | None, *, largeur: float
) -> SafeString:
    fin = lus[-1]
    dessin = escalier.dessiner(
        escalier.Escalier(
            titre=f"Part de la population couverte, depuis {lus[0].le.year}",
            description=_en_une_phrase(place, lus),
            series=(
                escalier.Serie(nom="signé", marches=_marches(lus, "taux_signe")),
                escalier.Serie(nom="ou projet", marches=_marches(lus, "taux_signe_ou_projet")),
            ),
            debut=annee_decimale(lus[0].le),
            fin=max(annee_decimale(fin.le), annee_decimale(lus[0].le) + 1),
            visee=escalier.Visee(part=cible.part, nom=cible.nom) if cible else None,
            largeur=largeur,
        )
    )
    return mark_safe(dessin)  # noqa: S308  (tout y est échappé)


def _marches(lus: Sequence[PointDeSerie], taux: str) -> tuple[tuple[float, float], ...]:
    """Les seuls points où la part change, et le premier."""
    tous = [(annee_decimale(point.le), getattr(point, taux)) for point in lus]
    suivants = (apres for avant, apres in itertools.pairwise(tous) if avant[1] != apres[1])
    return (tous[0], *suivants)


def _en_une_phrase(place: Place, lus: Sequence[PointDeSerie]) -> str:
    debut, fin = lus[0], lus[-1]
    return (
        f"{place.nom} : {typographie.pourcent(debut.taux_signe)} des habitants couverts par un "
        f"contrat signé en {debut.le.year}, {typographie.pourcent(fin.taux_signe)} en "
        f"{fin.le.year} ; {typographie.pourcent(fin.taux_signe_ou_projet)} avec les projets."
    )


def annee_decimale(jour: date) -> float:
    premier = date(jour.year, 1, 1)
    return jour.year + (jour - premier).days / (date(jour.year + 1, 1, 1) - premier).days


def ligne_de_tendance(place: Place, point: PointDeSerie, pas: str) -> LigneDeTendance:
    mois = point.le.day == 1
    ecrit = typographie.mois_annee(point.le) if mois else typographie.date_courte(point.le)
    return LigneDeTendance(
        le=point.le,
        quand=str(point.le.year) if pas == "annee" and (point.le.month, mois) == (1, 1) else ecrit,
        adresse=f"{place.adresse}?date={point.le.isoformat()}",
        signe=typographie.pourcent(point.taux_signe),
        avec_projets=typographie.pourcent(point.taux_signe_ou_projet),
        habitants=typographie.nombre(point.signe.population_couverte),
        communes=typographie.nombre(point.signe.communes_couvertes),
        contrats=typographie.nombre(point.signe.contrats),
    )
