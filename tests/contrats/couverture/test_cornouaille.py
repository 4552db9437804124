"""Le territoire du contrat de Cornouaille : six intercommunalités et une île, 59 communes."""

import csv
import gzip
from datetime import date
from pathlib import Path

import pytest

from acteurs.models import Commune, Epci
from contrats.couverture import Niveau, couverture
from contrats.couverture_detail import etats_des_communes
from tests.factories import ContratFactory, PerimetreFactory

DONNEES = Path(__file__).resolve().parents[3] / "acteurs" / "donnees"
SIX = {
    "200068120": "Quimper Bretagne Occidentale",
    "242900660": "Pays Fouesnantais",
    "242900702": "Pays Bigouden Sud",
    "242900710": "Haut Pays Bigouden",
    "242900645": "Douarnenez Communauté",
    "242900629": "Cap Sizun - Pointe du Raz",
}
ILE_DE_SEIN, QUIMPER = "29083", "29232"
LE = date(2025, 6, 1)


def lignes(nom: str) -> list[dict[str, str]]:
    with gzip.open(DONNEES / f"{nom}.csv.gz", "rt", encoding="utf-8") as fichier:
        return list(csv.DictReader(fichier))


@pytest.fixture
def cornouaille(db) -> list[Commune]:
    """Les six intercommunalités et Sein, telles que les livre le produit."""
    for ligne in lignes("epci"):
        if ligne["siren"] in SIX:
            champs = {nom: ligne[nom] for nom in ("nom", "nom_court", "nature")}
            Epci.objects.get_or_create(siren=ligne["siren"], defaults=champs)
    for ligne in lignes("communes"):
        if ligne["epci"] in SIX:
            Commune.objects.get_or_create(
                code=ligne["code"],
                defaults={
                    "nom": ligne["nom"],
                    "departement_id": ligne["departement"],
                    "region_id": "53",
                    "epci_id": ligne["epci"],
                    "siren": ligne["siren"],
                    "population": int(ligne["population"]),
                    "codes_postaux": ligne["codes_postaux"].split(),
                },
            )
    return [*Commune.objects.filter(epci__in=SIX), Commune.objects.get(pk=ILE_DE_SEIN)]


def contrat_sur(communes):
    contrat = ContratFactory(signe=True)
    for commune in communes:
        PerimetreFactory(contrat=contrat, commune=commune)
    return contrat


def france():
    (ligne,) = couverture(le=LE, niveau=Niveau.FRANCE)
    return ligne


def test_les_six_intercommunalites_et_sein_font_59_communes(cornouaille):
    assert {epci.nom_court for epci in Epci.objects.filter(pk__in=SIX)} == set(SIX.values())
    contrat_sur(cornouaille)
    ligne = france()
    assert ligne.communes_couvertes == 59
    assert ligne.population_couverte == sum(c.population or 0 for c in cornouaille)


def test_un_contrat_de_la_seule_ville_de_quimper_n_ajoute_aucun_habitant(cornouaille):
    contrat_sur(cornouaille)
    avant = france()
    contrat_sur([Commune.objects.get(pk=QUIMPER)])
    apres = france()
    assert apres.population_couverte == avant.population_couverte
    assert apres.communes_couvertes == avant.communes_couvertes
    assert apres.contrats == avant.contrats + 1


def test_quimper_est_alors_la_seule_commune_couverte_deux_fois(cornouaille):
    contrat_sur(cornouaille)
    contrat_sur([Commune.objects.get(pk=QUIMPER)])
    doubles = {c for c, etat in etats_des_communes(LE).items() if etat.etat == "PLUSIEURS"}
    assert doubles == {QUIMPER}


def test_l_ile_de_sein_compte_sans_intercommunalite(cornouaille):
    contrat_sur(cornouaille)
    sans_epci = next(li for li in couverture(le=LE, niveau=Niveau.EPCI) if not li.code)
    assert sans_epci.nom == "Sans intercommunalité"
    assert sans_epci.communes_couvertes == 1
