"""Ce que les contrats couvrent de chaque zonage : des quartiers par quartier, un classement par commune."""

from datetime import date

import pytest
from django.test import Client

from acteurs.models import EditionZonage, Zone, ZoneCommune
from contrats.couverture import Variante
from contrats.couverture_zonages import communes_du_zonage, couverture_des_zonages
from tests.appuis.api import lire
from tests.factories import ContratFactory, PassagePhaseFactory, PerimetreFactory

LE = date(2025, 6, 1)
QUIMPER, BRIEC, OUESSANT = "29232", "29020", "29155"


def zoner(type_zonage: str, *zones: tuple, date_effet=date(2024, 1, 1)) -> EditionZonage:
    """`zones` : (code, classe, population, communes)."""
    edition = EditionZonage.objects.create(
        type_id=type_zonage,
        millesime=f"{date_effet:%Y}",
        date_effet=date_effet,
        source="Essai",
        fichier="essai.csv",
    )
    for code, classe, population, communes in zones:
        zone = Zone.objects.create(
            edition=edition, code=code, nom=code, classe=classe, population=population
        )
        ZoneCommune.objects.bulk_create(ZoneCommune(zone=zone, commune_id=c) for c in communes)
    return edition


def lignes(**options):
    voulu = {"le": LE, "variante": Variante.SIGNE, **options}
    return {ligne.ligne.code: ligne for ligne in couverture_des_zonages(**voulu)}


def test_sans_zonage_charge_il_n_y_a_rien(contrat):
    assert lignes() == {}


def test_des_quartiers_se_comptent_avec_leurs_habitants(contrat):
    zoner("QPV", ("QN1", "", 4000, [QUIMPER]), ("QN2", "", 1000, [OUESSANT]))
    qpv = lignes()["QPV"]
    assert (qpv.zones, qpv.zones_couvertes) == (2, 1)
    assert (qpv.ligne.population, qpv.ligne.population_couverte) == (5000, 4000)
    assert (qpv.ligne.communes, qpv.ligne.communes_couvertes) == (2, 1)


def test_un_quartier_a_cheval_n_est_couvert_que_si_toutes_ses_communes_le_sont(contrat):
    zoner("QPV", ("QN1", "", 4000, [QUIMPER, OUESSANT]))
    qpv = lignes()["QPV"]
    assert (qpv.zones_couvertes, qpv.ligne.population_couverte) == (0, 0)
    assert qpv.ligne.communes_couvertes == 1


def test_un_classement_se_compte_en_communes_classe_par_classe(contrat):
    zoner("ZONAGE_MEDECINS", ("Z1", "ZIP", None, [QUIMPER, OUESSANT]), ("Z2", "ZAC", None, [BRIEC]))
    lues = lignes()
    assert list(lues) == ["ZONAGE_MEDECINS:ZIP", "ZONAGE_MEDECINS:ZAC"]
    zip_ = lues["ZONAGE_MEDECINS:ZIP"].ligne
    assert (zip_.population, zip_.population_couverte) == (64385 + 860, 64385)


def test_une_commune_de_deux_zones_compte_une_fois(contrat):
    zoner("CPTS", ("C1", "", None, [QUIMPER, BRIEC]), ("C2", "", None, [QUIMPER]))
    cpts = lignes()["CPTS"].ligne
    assert (cpts.communes, cpts.population) == (2, 64385 + 5816)


def test_deux_contrats_sur_une_commune_comptent_pour_deux_contrats(contrat):
    PerimetreFactory(contrat=ContratFactory(signe=True), commune_id=QUIMPER)
    zoner("QPV", ("QN1", "", 4000, [QUIMPER]))
    assert lignes()["QPV"].ligne.contrats == 2


def test_un_projet_ne_couvre_que_dans_sa_variante(db):
    projet = ContratFactory(en_projet=True)
    PassagePhaseFactory(contrat=projet, vers="DIAGNOSTIC")
    PerimetreFactory(contrat=projet, commune_id=OUESSANT)
    zoner("QPV", ("QN1", "", 1000, [OUESSANT]))
    assert lignes()["QPV"].zones_couvertes == 0
    assert lignes(variante=Variante.SIGNE_OU_PROJET)["QPV"].zones_couvertes == 1


def test_l_edition_est_celle_en_vigueur_ce_jour_la(contrat):
    zoner("QPV", ("QN1", "", 4000, [QUIMPER]), date_effet=date(2015, 1, 1))
    zoner("QPV", ("QN9", "", 9000, [BRIEC]), date_effet=date(2026, 1, 1))
    assert (lignes()["QPV"].millesime, lignes()["QPV"].ligne.population) == ("2015", 4000)


@pytest.mark.parametrize(
    ("lieu", "zones"),
    [({"region": "53"}, 2), ({"departement": "35"}, 0), ({"epci": "200068120"}, 1)],
)
def test_un_lieu_ne_garde_que_ses_zones(contrat, lieu, zones):
    zoner("QPV", ("QN1", "", 4000, [QUIMPER]), ("QN2", "", 1000, [OUESSANT]))
    lues = lignes(**lieu)
    assert (lues["QPV"].zones if lues else 0) == zones


def test_les_communes_d_une_classe(contrat):
    zoner("ZONAGE_MEDECINS", ("Z1", "ZIP", None, [QUIMPER]), ("Z2", "ZAC", None, [BRIEC]))
    assert communes_du_zonage("ZONAGE_MEDECINS:ZAC", LE) == {BRIEC}
    assert communes_du_zonage("ZONAGE_MEDECINS", LE) == {QUIMPER, BRIEC}


def test_l_api_a_un_niveau_zonage(contrat):
    zoner("QPV", ("QN1", "", 4000, [QUIMPER]))
    (ligne,) = lire(Client(), "couverture/", niveau="zonage")["results"]
    assert ligne["code"] == "QPV"
    assert (ligne["zones"], ligne["zones_couvertes"], ligne["millesime"]) == (1, 1, "2024")
