"""La page « Chaîne » : elle montre ce qui est relié, compte ce qui manque, le répare sur place."""

import io

import openpyxl
import pytest
from django.urls import reverse

from indicateurs.models import Besoin, Effet
from tests.appuis.pages import lire, soupe
from tests.appuis.requetes import exiger_requetes_plates
from tests.factories import (
    ActionFactory,
    BesoinFactory,
    EffetFactory,
    IndicateurFactory,
    ObjectifFactory,
)


@pytest.fixture
def adresse(contrat):
    return reverse("indicateurs:chaine", args=[contrat.pk])


@pytest.fixture
def objectif(axe, action):
    objectif = ObjectifFactory(axe=axe, titre="Ouvrir des permanences")
    type(action).objects.filter(pk=action.pk).update(objectif=objectif)
    return objectif


def puces(page):
    return {a.get_text(" ", strip=True) for a in page.select(".puces a")}


def test_la_page_va_du_besoin_a_l_effet(
    client_de, lectrice, contrat, objectif, action, indicateur, adresse
):
    BesoinFactory(contrat=contrat, objectifs=[objectif])
    EffetFactory(action=action, indicateur=indicateur, etabli=True, type="FINAL")
    chaine = lire(client_de(lectrice), adresse).select_one(".chaine-objectifs")
    texte = chaine.get_text(" ", strip=True)
    for maillon in (objectif.titre, "B1", action.titre, indicateur.libelle, "Effet final, établi"):
        assert maillon in texte


def test_chaque_manque_est_compte_et_sa_liste_a_un_geste(
    client_de, coordinatrice, contrat, axe, objectif, action, adresse
):
    BesoinFactory(contrat=contrat)
    ActionFactory(contrat=contrat, axe=axe, titre="Sans mesure")
    IndicateurFactory(contrat=contrat, libelle="Sans action")
    client = client_de(coordinatrice)
    lues = puces(lire(client, adresse))
    assert {"Besoin sans objectif 1", "Actions que rien ne mesure 2"} <= lues
    assert "Indicateur sans action 1" in lues
    liste = lire(client, adresse, manque="actions").select_one(".manque-ouvert")
    assert "Sans mesure" in liste.text
    assert liste.select_one("select[name=indicateur]")


def test_une_lectrice_voit_les_manques_sans_pouvoir_les_reparer(
    client_de, lectrice, contrat, objectif, action, adresse
):
    page = lire(client_de(lectrice), adresse, manque="actions")
    assert page.select_one(".manque-ouvert")
    assert not page.select("#chaine form[method=post]")


def test_relier_un_indicateur_depuis_la_liste_la_raccourcit(
    client_de, coordinatrice, contrat, objectif, action, adresse
):
    indicateur = IndicateurFactory(contrat=contrat)
    reponse = client_de(coordinatrice).post(
        reverse("indicateurs:chaine_mesurer", args=[contrat.pk]),
        {"action": action.pk, "indicateur": indicateur.pk, "retour": "manque=actions&autre=x"},
    )
    assert (reponse.status_code, reponse["Location"]) == (303, f"{adresse}?manque=actions")
    assert list(action.indicateurs.all()) == [indicateur]


def test_un_besoin_s_ecrit_et_se_relie_sur_place(
    client_de, coordinatrice, contrat, objectif, adresse
):
    client = client_de(coordinatrice)
    client.post(reverse("indicateurs:besoin_ajouter", args=[contrat.pk]), {"libelle": "Le premier"})
    besoin = Besoin.objects.get()
    reponse = client.post(
        reverse("indicateurs:besoin_relier", args=[besoin.pk]), {"objectif": objectif.pk}
    )
    assert reponse.status_code == 303
    assert list(besoin.objectifs.all()) == [objectif]
    assert objectif.titre in lire(client, adresse).select_one(".besoins").text


def test_un_besoin_vide_revient_avec_son_erreur_et_rien_n_est_perdu(
    client_de, coordinatrice, contrat, objectif
):
    reponse = client_de(coordinatrice).post(
        reverse("indicateurs:besoin_ajouter", args=[contrat.pk]), {"source": "Mon enquête"}
    )
    page = soupe(reponse)
    assert reponse.status_code == 422
    assert "Écrivez le besoin" in page.text
    assert page.select_one("[name=source]")["value"] == "Mon enquête"


def test_un_objectif_de_la_voisine_ne_se_relie_pas(
    client_de, coordinatrice, contrat, autre_contrat, objectif
):
    besoin = BesoinFactory(contrat=contrat)
    ailleurs = ObjectifFactory(axe__contrat=autre_contrat)
    reponse = client_de(coordinatrice).post(
        reverse("indicateurs:besoin_relier", args=[besoin.pk]), {"objectif": ailleurs.pk}
    )
    assert reponse.status_code == 422
    assert "Choisissez dans la liste" in soupe(reponse).text
    assert not besoin.objectifs.exists()


def test_une_fiche_restreinte_n_est_ni_montree_ni_comptee_a_qui_ne_la_lit_pas(
    client_de, lectrice, coordinatrice, contrat, objectif, indicateur, adresse
):
    cachee = ActionFactory(contrat=contrat, titre="Réservée", est_restreinte=True)
    vu = lire(client_de(lectrice), adresse, manque="actions")
    assert "Réservée" not in vu.text
    assert "Réservée" in lire(client_de(coordinatrice), adresse, manque="actions").text
    EffetFactory(action=cachee)
    assert "Réservée" not in lire(client_de(lectrice), adresse).text


def test_un_effet_se_decrit_sur_sa_page(client_de, coordinatrice, action, indicateur, adresse):
    client = client_de(coordinatrice)
    ici = reverse("indicateurs:effet", args=[action.pk, indicateur.pk])
    page = lire(client, ici)
    version = page.select_one("[name=version]")["value"]
    valeurs = {"type": "FINAL", "confiance": "ETABLIE", "version": version}
    assert client.post(ici, valeurs).status_code == 422
    assert client.post(ici, valeurs | {"explication": "Une étude."}).status_code == 303
    assert Effet.objects.get().confiance == "ETABLIE"


def test_deux_corrections_d_un_besoin_se_montrent_face_a_face(client_de, coordinatrice, contrat):
    besoin = BesoinFactory(contrat=contrat)
    ici = reverse("indicateurs:besoin", args=[besoin.pk])
    client = client_de(coordinatrice)
    client.post(ici, {"libelle": "Le premier", "version": 1})
    reponse = client.post(ici, {"libelle": "Le second", "version": 1})
    assert reponse.status_code == 409
    assert "Le premier" in soupe(reponse).text
    assert "Le second" in soupe(reponse).text
    repris = client.post(ici, {"libelle": "Le second", "version": 1, "reprendre": "1"})
    assert soupe(repris).select_one("[name=libelle]")["value"] == "Le second"


def test_l_export_a_une_ligne_par_mesure_et_dit_ce_qui_manque(
    client_de, lectrice, contrat, objectif, action, indicateur
):
    ActionFactory(contrat=contrat, titre="Sans mesure")
    reponse = client_de(lectrice).get(reverse("indicateurs:chaine_exporter", args=[contrat.pk]))
    feuille = openpyxl.load_workbook(io.BytesIO(reponse.content)).active
    lues = [[cellule.value or "" for cellule in ligne] for ligne in feuille.iter_rows(min_row=2)]
    assert [(ligne[5], ligne[10]) for ligne in lues] == [
        (indicateur.libelle, "Effet à décrire"),
        ("", "Action que rien ne mesure"),
    ]


def test_le_nombre_de_requetes_ne_depend_pas_de_la_taille_du_plan(
    client_de, coordinatrice, contrat, axe, objectif, adresse
):
    client = client_de(coordinatrice)

    def peupler(nombre):
        for rang in range(nombre):
            action = ActionFactory(contrat=contrat, axe=axe, objectif=objectif, titre=f"A{rang}")
            EffetFactory(action=action)
            BesoinFactory(contrat=contrat, objectifs=[objectif])

    assert exiger_requetes_plates(peupler=peupler, lire=lambda: lire(client, adresse)) <= 30
