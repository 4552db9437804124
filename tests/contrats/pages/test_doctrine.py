"""La doctrine d’une région : l’écrire, la corriger, la relire à une date, en voir l’avancement."""

import math
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse

from acteurs.models import Commune
from cls_platform.socle.typographie import pluriel, pourcent
from contrats.models import Doctrine, Maillage
from tests.appuis.pages import lire, soupe
from tests.contrats.doctrine.test_progression import zonage
from tests.factories import DoctrineFactory

PAGE = reverse("contrats:doctrine", args=["53"])
NOUVELLE = reverse("contrats:doctrine_ecrire", args=["53"])
COMPLETE = {
    "depuis": "01/01/2026", "maillage": "COMPLET", "cible_taux": "90", "cible_date": "31/12/2028",
    "texte": "Un contrat partout.",
}  # fmt: skip


@pytest.fixture
def client(client_de, contrat, agent_ars):
    return client_de(agent_ars)


def la_doctrine():
    return Doctrine.objects.get(region="53")


# L’écrire


def test_un_maillage_complet_s_ecrit(client):
    assert client.post(NOUVELLE, COMPLETE).status_code == 303
    ecrite = la_doctrine()
    assert (ecrite.maillage, ecrite.cible_taux) == (Maillage.COMPLET, Decimal("0.9"))
    assert (ecrite.depuis, ecrite.cible_date) == (date(2026, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(("saisie", "gardee"), [("92,5", "0.925"), ("100", "1"), ("90 %", "0.9")])
def test_la_part_s_ecrit_a_la_francaise(client, saisie, gardee):
    client.post(NOUVELLE, COMPLETE | {"cible_taux": saisie})
    assert la_doctrine().cible_taux == Decimal(gardee)


@pytest.mark.parametrize("saisie", ["0", "101", "beaucoup", ""])
def test_une_part_impossible_est_refusee(client, saisie):
    assert client.post(NOUVELLE, COMPLETE | {"cible_taux": saisie}).status_code == 422


def test_une_liste_de_territoires_s_ecrit(client):
    envoi = COMPLETE | {
        "maillage": "PRIORITAIRE", "codes_epci": ["200068120"], "codes_communes": "35069\r\n35099, 35207",
    }  # fmt: skip
    assert client.post(NOUVELLE, envoi).status_code == 303
    ecrite = la_doctrine()
    assert (ecrite.codes_epci, ecrite.codes_communes) == (
        ["200068120"],
        ["35069", "35099", "35207"],
    )


def test_des_codes_faux_sont_nommes_un_par_un(client):
    envoi = COMPLETE | {"maillage": "PRIORITAIRE", "codes_communes": "35069 99999 31117"}
    reponse = client.post(NOUVELLE, envoi)
    assert reponse.status_code == 422
    texte = soupe(reponse).text
    assert "99999\u00a0: Aucune commune" in texte
    assert "31117\u00a0: Castelmaurou est d’une autre région." in texte
    assert not Doctrine.objects.exists()


def test_des_territoires_prioritaires_se_disent(client):
    reponse = client.post(NOUVELLE, COMPLETE | {"maillage": "PRIORITAIRE"})
    assert "Choisissez un zonage, ou des intercommunalités" in soupe(reponse).text


def test_une_liste_ignore_le_millesime_d_un_zonage(client):
    edition = zonage({"ZIP": ["29020"]})
    envoi = COMPLETE | {
        "maillage": "PRIORITAIRE", "codes_epci": ["200068120"], "edition": edition.pk,
    }  # fmt: skip
    assert client.post(NOUVELLE, envoi).status_code == 303
    assert la_doctrine().edition is None


def test_une_classe_que_le_zonage_n_a_pas_est_refusee(client):
    zonage({"ZIP": ["29020"]})
    zonage({"A": ["29020"]}, type_zonage="PRIORITAIRE", region="53")
    envoi = COMPLETE | {
        "maillage": "PRIORITAIRE", "type_zonage": "PRIORITAIRE", "classes": ["ZIP"],
    }  # fmt: skip
    reponse = client.post(NOUVELLE, envoi)
    assert reponse.status_code == 422
    assert "n’a pas de classe ZIP" in soupe(reponse).text


def test_deux_doctrines_ne_commencent_pas_le_meme_jour(client):
    client.post(NOUVELLE, COMPLETE)
    reponse = client.post(NOUVELLE, COMPLETE)
    assert reponse.status_code == 422
    assert "Une doctrine commence déjà ce jour-là" in soupe(reponse).text


def test_la_cible_vient_apres_le_debut(client):
    reponse = client.post(NOUVELLE, COMPLETE | {"cible_date": "01/01/2020"})
    assert reponse.status_code == 422


# La relire


def test_la_page_dit_ce_qui_manque_pour_la_cible(client):
    """Sur les communes bretonnes de l’essai, le contrat en couvre les quatorze de Quimper."""
    DoctrineFactory()
    bretonnes = Commune.objects.filter(region="53").values_list("epci", "population")
    tous = sum(habitants for _, habitants in bretonnes)
    couverts = sum(habitants for epci, habitants in bretonnes if epci == "200068120")
    page = lire(client, PAGE)
    manquent = math.ceil(tous * Fraction(9, 10)) - couverts
    assert page.select_one(".grand").text == pourcent(couverts / tous)
    assert f"Il manque {pluriel(manquent, 'habitant')} pour" in page.select_one(".cible").text


def test_la_courbe_va_jusqu_au_chiffre_du_jour(client):
    DoctrineFactory()
    page = lire(client, PAGE)
    courbe = page.select_one(".courbe-de-doctrine")
    assert "cible 2028" in courbe.select_one("svg").text
    assert courbe.select_one("tbody tr td").text == page.select_one(".grand").text


def test_une_doctrine_ancienne_se_relit_a_sa_date(client):
    DoctrineFactory(depuis=date(2020, 1, 1), cible_taux=Decimal("0.6"))
    DoctrineFactory(depuis=date(2025, 1, 1), cible_taux=Decimal("0.9"))
    assert (
        "cible 60"
        in lire(client, PAGE, date="31/12/2024").select_one("svg.cible-barre")["aria-label"]
    )
    assert (
        "cible 90"
        in lire(client, PAGE, date="01/01/2025").select_one("svg.cible-barre")["aria-label"]
    )
    assert "Aucune doctrine ce jour-là" in lire(client, PAGE, date="31/12/2019").text


def test_une_date_hors_bornes_est_refusee_en_le_disant(client):
    assert client.get(PAGE, {"date": "01/01/1980"}).status_code == 400


def test_la_delegation_la_lit_sans_pouvoir_l_ecrire(client_de, agent_dd):
    DoctrineFactory()
    page = lire(client_de(agent_dd), PAGE)
    assert "Nouvelle doctrine" not in page.text
    assert page.select_one(".cible")


def test_la_page_de_la_region_montre_sa_cible(client):
    DoctrineFactory()
    page = lire(client, reverse("contrats:couverture_region", args=["53"]))
    assert "pour la cible de fin 2028" in page.select_one(".cible").text


def test_sans_doctrine_la_page_dit_quoi_faire(client, client_de, lectrice):
    assert "Écrire la doctrine" in lire(client, PAGE).text
    assert "Écrire la doctrine" not in lire(client_de(lectrice), PAGE).text


# La corriger


def test_la_corriger_garde_son_historique(client):
    doctrine = DoctrineFactory()
    adresse = reverse("contrats:doctrine_modifier", args=[doctrine.pk])
    assert soupe(client.get(adresse)).select_one("#id_cible_taux")["value"] == "90"
    reponse = client.post(adresse, COMPLETE | {"version": 1, "cible_taux": "95"})
    assert reponse.status_code == 303
    doctrine.refresh_from_db()
    assert (doctrine.version, doctrine.cible_taux) == (2, Decimal("0.95"))
    assert "part à couvrir" in lire(client, PAGE).text.lower()


def test_deux_personnes_sur_le_meme_champ_choisissent(client, client_de, administratrice):
    doctrine = DoctrineFactory()
    adresse = reverse("contrats:doctrine_modifier", args=[doctrine.pk])
    client_de(administratrice).post(adresse, COMPLETE | {"version": 1, "cible_taux": "80"})
    reponse = client.post(adresse, COMPLETE | {"version": 1, "cible_taux": "95"})
    assert reponse.status_code == 409
    doctrine.refresh_from_db()
    assert doctrine.cible_taux == Decimal("0.8")
