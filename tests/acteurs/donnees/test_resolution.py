"""Un code, aujourd’hui ou autrefois : la commune d’aujourd’hui, ou la phrase qui dit pourquoi non."""

import pytest

from acteurs.models import Commune, Epci
from acteurs.resolution import couper, normaliser, resoudre

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("niveau", "ecrit", "attendu"),
    [
        ("commune", "1004", "01004"),
        ("commune", " 2a004 ", "2A004"),
        ("commune", "29 232", "29232"),
        ("departement", "1", "01"),
        ("departement", "974", "974"),
        ("region", "4", "04"),
        ("epci", "200 068 120", "200068120"),
        ("france", "France", "FR"),
    ],
)
def test_un_code_est_remis_comme_l_insee_l_ecrit(niveau, ecrit, attendu):
    assert normaliser(niveau, ecrit) == attendu


@pytest.mark.parametrize(
    "texte", ["29232,29020", "29232 29020", "29232|29020", "29232; 29020 ", "29232 , 29020"]
)
def test_plusieurs_codes_se_separent_de_toutes_les_facons(texte):
    assert couper(texte) == ["29232", "29020"]


def test_une_commune_actuelle_est_elle_meme():
    trouvee = resoudre("commune", ["29232"])["29232"]
    assert (trouvee.code, trouvee.nom, trouvee.regions) == ("29232", "Quimper", {"53"})
    assert trouvee.succession == ""


def test_une_commune_fusionnee_designe_celle_qui_lui_succede(fusionnee):
    trouvee = resoudre("commune", ["29901"])["29901"]
    assert trouvee.code == "29232"
    assert trouvee.succession == "La commune 29901 est aujourd’hui dans Quimper (29232)."


def test_deux_fusions_de_suite_se_suivent(fusionnee):
    Commune.objects.create(
        code="29904", nom="Plus-Ancienne", departement_id="29", region_id="53",
        codes_postaux=[], date_fin="2015-01-01", successeur=fusionnee,
    )  # fmt: skip
    assert resoudre("commune", ["29904"])["29904"].code == "29232"


def test_un_ancien_code_porte_par_une_commune_la_designe(deleguee):
    assert resoudre("commune", [deleguee])[deleguee].code == "29020"


def test_une_commune_disparue_sans_suite_est_refusee(disparue):
    assert "n’existe plus depuis le 01/01/2021" in resoudre("commune", ["29903"])["29903"].refus


@pytest.mark.parametrize(
    ("niveau", "code", "attendu"),
    [
        ("commune", "29999", "Aucune commune"),
        ("commune", "Quimper", "s’écrit 29232"),
        ("epci", "999999999", "Aucune intercommunalité"),
        ("epci", "12", "SIREN"),
        ("departement", "99", "Aucun département"),
        ("region", "99", "Aucune région"),
    ],
)
def test_un_code_inconnu_est_refuse_avec_une_phrase(niveau, code, attendu):
    assert attendu in resoudre(niveau, [code])[code].refus


def test_une_intercommunalite_fermee_est_refusee():
    Epci.objects.filter(pk="243500659").update(date_fin="2025-01-01")
    assert (
        "n’existe plus depuis le 01/01/2025" in resoudre("epci", ["243500659"])["243500659"].refus
    )


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_codes(nombre_requetes):
    tous = list(Commune.objects.values_list("pk", flat=True))
    assert nombre_requetes(lambda: resoudre("commune", [*tous, "29999"])) <= 3
