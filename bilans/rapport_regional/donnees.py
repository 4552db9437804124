"""Les données jointes au rapport : le tableau jumeau de la carte pour un tableur, tout en JSON."""

from bilans.rapport_regional.instantane import Instantane
from cls_platform.socle.tableur import liste as tableur
from cls_platform.socle.tableur.feuille import Valeur

ENTETES = (
    "code",
    "nom",
    "etat",
    "population",
    "population_couverte_signe",
    "population_couverte_signe_ou_projet",
    "communes",
    "communes_couvertes_signe",
    "date",
    "millesime_population",
)


def csv_des_territoires(instantane: Instantane) -> bytes:
    """Une ligne par territoire de la carte ; chacune dit sa date et son millésime."""
    fin = (instantane.le, instantane.denominateurs.millesime_population)
    lignes: list[list[Valeur]] = [
        [
            t.code,
            t.nom,
            t.etat,
            t.population,
            t.population_signee,
            t.population_engagee,
            t.communes,
            t.communes_signees,
            *fin,
        ]
        for t in instantane.territoires
    ]
    return tableur.ecrire("csv", "Territoires", ENTETES, lignes)
