"""Lire un zonage : l’édition du jour, région par région."""

from datetime import date

import pytest

from acteurs.models import EditionZonage
from acteurs.services.donnees import retirer_zonage
from acteurs.zonages import (
    classes_des_communes,
    communes_de,
    empreinte,
    types_charges,
    zones_du_type,
    zones_par_type,
)
from cls_platform.socle.erreurs import DroitRefuse
from tests.acteurs.donnees.fichiers import charger_zonage, csv

pytestmark = pytest.mark.django_db

LE = date(2026, 1, 1)


@pytest.fixture
def national(administratrice):
    contenu = csv("code_zone;nom_zone;code_commune", "A;Zone A;29232 29020", "B;Zone B;31117")
    charger_zonage(contenu, administratrice, "CPTS", millesime="2020", date_effet=date(2020, 1, 1))
    return EditionZonage.objects.get(millesime="2020")


@pytest.fixture
def regional(administratrice, national):
    contenu = csv("code_zone;nom_zone;code_commune", "C;Zone C;29051")
    charger_zonage(
        contenu, administratrice, "CPTS", millesime="2023", date_effet=date(2023, 6, 1), region="53"
    )
    return EditionZonage.objects.get(millesime="2023")


def test_avant_sa_date_d_effet_un_zonage_n_existe_pas(national):
    assert communes_de("CPTS", date(2019, 12, 31)) == frozenset()
    assert communes_de("CPTS", date(2020, 1, 1)) == {"29232", "29020", "31117"}


def test_l_edition_d_une_region_remplace_la_nationale_chez_elle_seulement(regional):
    assert communes_de("CPTS", LE) == {"29051", "31117"}
    assert communes_de("CPTS", date(2023, 5, 31)) == {"29232", "29020", "31117"}


def test_une_region_ou_un_departement_se_demande_seul(national):
    assert communes_de("CPTS", LE, region="76") == {"31117"}
    assert communes_de("CPTS", LE, departement="29") == {"29232", "29020"}


def test_une_zone_porte_ses_communes_son_millesime_et_sa_source(national):
    (zone,) = zones_du_type("CPTS", LE, region="53")
    assert (zone.code, zone.nom, zone.communes) == ("A", "Zone A", ("29020", "29232"))
    assert (zone.millesime, zone.edition) == ("2020", national.pk)


def test_les_zones_de_quelques_communes(national):
    (zone,) = zones_du_type("CPTS", LE, communes=["29232"])
    assert zone.communes == ("29232",)
    assert list(zones_par_type(["29232"], LE)) == [
        "Communautés professionnelles territoriales de santé"
    ]


def test_les_classes_se_demandent_par_leur_code(administratrice):
    contenu = csv("code_commune;classe", "29232;ZIP", "29020;ZAC", "29051;HZ")
    charger_zonage(contenu, administratrice, "ZONAGE_MEDECINS")
    assert communes_de("ZONAGE_MEDECINS", LE, classes=["ZIP", "ZAC"]) == {"29232", "29020"}
    assert classes_des_communes("ZONAGE_MEDECINS", LE, ["29232", "29051", "31117"]) == {
        "29232": ("ZIP",),
        "29051": ("HZ",),
    }


def test_un_type_jamais_charge_n_a_aucune_zone(db):
    assert zones_du_type("CLSM", LE) == []
    assert types_charges(LE) == {}


def test_retirer_un_millesime_rend_le_precedent(regional, administratrice):
    retirer_zonage(edition=regional, par=administratrice)
    assert communes_de("CPTS", LE) == {"29232", "29020", "31117"}


def test_l_empreinte_change_a_chaque_ecriture(national, administratrice):
    avant = empreinte()
    retirer_zonage(edition=national, par=administratrice)
    assert empreinte() != avant


def test_un_siege_ne_retire_pas_le_millesime_national(national, agent_ars):
    with pytest.raises(DroitRefuse):
        retirer_zonage(edition=national, par=agent_ars)
    assert EditionZonage.objects.filter(pk=national.pk).exists()


def test_une_lecture_est_une_requete(regional, nombre_requetes):
    assert nombre_requetes(lambda: zones_du_type("CPTS", LE)) == 1
