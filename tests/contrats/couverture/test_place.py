"""Le territoire d’une page : son nom avec son article, son adresse, où mène « Couverture »."""

import pytest

from acteurs.models import Departement, Region
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.couverture_place import FRANCE, place, place_par_defaut
from contrats.noms_de_lieux import _DEPARTEMENTS, _REGIONS, complement
from tests.factories import AffectationArsFactory, UtilisateurFactory


@pytest.mark.parametrize(
    ("niveau", "code", "nom", "ecrit"),
    [
        ("region", "53", "Bretagne", "de la Bretagne"),
        ("region", "32", "Hauts-de-France", "des Hauts-de-France"),
        ("region", "76", "Occitanie", "de l’Occitanie"),
        ("region", "04", "La Réunion", "de La Réunion"),
        ("departement", "29", "Finistère", "du Finistère"),
        ("departement", "22", "Côtes-d'Armor", "des Côtes-d’Armor"),
        ("departement", "01", "Ain", "de l’Ain"),
        ("departement", "35", "Ille-et-Vilaine", "d’Ille-et-Vilaine"),
        ("departement", "75", "Paris", "de Paris"),
    ],
)
def test_chaque_territoire_a_son_article(niveau, code, nom, ecrit):
    assert complement(niveau, code, nom) == ecrit


@pytest.mark.parametrize("articles", [_REGIONS, _DEPARTEMENTS])
def test_un_code_n_a_qu_un_article(articles):
    codes = [code for liste in articles.values() for code in liste.split()]
    assert len(codes) == len(set(codes))


def test_une_intercommunalite_est_rattachee_a_sa_region_et_a_son_departement(db):
    quimper = place("epci", "200068120")
    assert (quimper.region, quimper.departement) == ("53", "29")
    assert quimper.lieu == {"epci": "200068120"}


@pytest.mark.parametrize("niveau", ["region", "departement", "epci"])
def test_un_code_inconnu_est_refuse_avec_un_exemple(db, niveau):
    with pytest.raises(DonneesRefusees, match="Aucun territoire ne porte le code « zz »"):
        place(niveau, "zz")


def test_la_delegation_arrive_sur_son_departement(agent_dd):
    assert place_par_defaut(agent_dd).adresse.endswith("/departements/29/")


def test_le_siege_arrive_sur_sa_region(agent_ars):
    assert place_par_defaut(agent_ars).adresse.endswith("/regions/53/")


def test_deux_delegations_d_une_region_arrivent_sur_la_region(agent_dd):
    AffectationArsFactory(utilisateur=agent_dd, region="53", departement_id="35")
    assert place_par_defaut(agent_dd).adresse.endswith("/regions/53/")


def test_deux_regions_arrivent_sur_la_france(agent_ars):
    AffectationArsFactory(utilisateur=agent_ars, region="76")
    assert place_par_defaut(agent_ars) == FRANCE


def test_sans_affectation_on_arrive_sur_la_france(db):
    assert place_par_defaut(UtilisateurFactory()) == FRANCE


def test_les_territoires_de_l_extrait_sont_nommes(db):
    for region in Region.objects.all():
        assert region.nom in place("region", region.pk).titre
    for departement in Departement.objects.all():
        assert departement.nom in place("departement", departement.pk).titre
