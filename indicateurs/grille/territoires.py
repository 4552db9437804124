"""Les parties du territoire d’un contrat qui peuvent avoir leurs valeurs."""

from datetime import date

from acteurs.models import Commune, Epci, NiveauTerritoire
from acteurs.zonages import QPV, zones_du_type
from contrats.models import Contrat

NIVEAU_QPV = "qpv"
Territoire = tuple[str, str]
CODE_LE_PLUS_LONG = 9
TOUT_LE_TERRITOIRE = "Tout le territoire du contrat"


def territoires_de(contrat: Contrat, le: date) -> list[tuple[str, list[tuple[Territoire, str]]]]:
    """(groupe, [((niveau, code), nom)…]) : intercommunalités, communes, quartiers prioritaires."""
    codes = list(contrat.perimetres.codes_au(le))
    communes = Commune.objects.filter(pk__in=codes).order_by("cle_tri")
    epcis = Epci.objects.filter(communes__in=codes).distinct().order_by("cle_tri")
    quartiers = zones_du_type(QPV, le, communes=codes) if codes else []
    groupes: list[tuple[str, list[tuple[Territoire, str]]]] = [
        ("Intercommunalités", [((NiveauTerritoire.EPCI.value, e.pk), e.nom) for e in epcis]),
        ("Communes", [((NiveauTerritoire.COMMUNE.value, c.pk), c.nom) for c in communes]),
        (
            "Quartiers prioritaires",
            [((NIVEAU_QPV, q.code), q.nom) for q in quartiers if len(q.code) <= CODE_LE_PLUS_LONG],
        ),
    ]
    return [(titre, choix) for titre, choix in groupes if choix]


def noms_des_territoires(contrat: Contrat, le: date) -> dict[str, str]:
    """Le nom de chaque partie, par code."""
    return {code: nom for _, choix in territoires_de(contrat, le) for (_, code), nom in choix}
