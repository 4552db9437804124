"""La part de la population et le nombre de communes couvertes (P09, P10) : ceux de la région.

Les mêmes que la page de couverture, au 31 décembre ou aujourd’hui ; la population est celle du
dernier millésime chargé.
"""

from collections.abc import Collection

from cls_platform.socle.typographie import date_longue, nombre, pourcent
from contrats.couverture import Niveau
from contrats.couverture_gardee import ecarts_gardes
from contrats.couverture_place import Place
from contrats.couverture_serie import PointDeSerie, cumuler
from indicateurs.calcul.pilotage.vue import Point, Points, Vue, absent
from indicateurs.models import MesureDePilotage

SANS_TERRITOIRE = "Les territoires de la région ne sont pas chargés."


def de_la_couverture(vue: Vue, mesures: Collection[str]) -> Points:
    """Deux requêtes par région, une seule si la couverture est déjà gardée."""
    points = {}
    for region in dict.fromkeys(contrat.region_id for contrat in vue.contrats):
        ecarts = ecarts_gardes(Place(Niveau.REGION.value, region))
        for contrat in (c for c in vue.contrats if c.region_id == region):
            annees = vue.annees(contrat)
            lus = list(cumuler(ecarts, [vue.jour(annee) for annee in annees]))
            for mesure, ecrire in ECRITURES.items():
                siens = {a: ecrire(vue, a, p) for a, p in zip(annees, lus, strict=True)}
                points[contrat.pk, mesure.value] = siens
    return points


def _population(vue: Vue, annee: int, lu: PointDeSerie) -> Point:
    if not lu.population:
        return absent(annee, SANS_TERRITOIRE)
    return Point(
        releve=vue.part(annee, lu.signe.population_couverte, lu.population),
        phrase=f"Contrats signés de la région, au {date_longue(lu.le)}. Signés ou en projet\u00a0: "
        f"{pourcent(lu.taux_signe_ou_projet)}.",
    )


def _communes(vue: Vue, annee: int, lu: PointDeSerie) -> Point:
    return Point(
        releve=vue.nombre(annee, lu.signe.communes_couvertes),
        phrase=f"Sur {nombre(lu.communes)} communes de la région, au {date_longue(lu.le)}. Signés "
        f"ou en projet\u00a0: {nombre(lu.signe_ou_projet.communes_couvertes)}.",
    )


ECRITURES = {
    MesureDePilotage.POPULATION_COUVERTE: _population,
    MesureDePilotage.COMMUNES_COUVERTES: _communes,
}
