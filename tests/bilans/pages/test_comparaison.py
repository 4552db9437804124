"""La page qui compare les bilans publiés : pour tous si le contrat est public, sinon à l’équipe."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from bilans.models import Bilan
from contrats.models import Action, Contrat
from tests.appuis.requetes import requetes_de
from tests.factories import ActionFactory, BilanFactory, IndicateurFactory, MesureFactory


@pytest.fixture
def deux_bilans(contrat: Contrat, action: Action) -> list[Bilan]:
    MesureFactory(indicateur=IndicateurFactory(contrat=contrat, actions=[action]))
    un = BilanFactory(contrat=contrat, annee=2024, publie=True)
    action.statut = "REALISEE"
    action.save()
    return [un, BilanFactory(contrat=contrat, annee=2025, publie=True)]


def publique(contrat: Contrat, suite: str = "") -> str:
    return reverse("bilans:comparer", args=[contrat.slug]) + suite


def texte(reponse) -> str:
    return " ".join(BeautifulSoup(reponse.content, "html.parser").get_text(" ").split())


def test_sans_compte_on_lit_ce_qui_a_change(client: Client, contrat, deux_bilans) -> None:
    reponse = client.get(publique(contrat))
    assert reponse.status_code == 200
    lu = texte(reponse)
    assert "En 2024, aucune action n’était terminée, sur 1." in lu
    assert "En 2025, 1 action sur 1 était terminée." in lu
    assert deux_bilans[0].contrat.actions.get().titre in lu


def test_une_comparaison_tient_sans_javascript_et_chaque_case_dit_son_annee(
    client: Client, contrat, deux_bilans
) -> None:
    page = BeautifulSoup(client.get(publique(contrat)).content, "html.parser")
    for table in page.select("table.compare"):
        tetes = [th.get_text(strip=True) for th in table.select("thead th")][1:]
        for rang in table.select("tbody tr"):
            assert [td["data-titre"] for td in rang.select("td")] == tetes


def test_on_choisit_les_annees(client: Client, contrat, deux_bilans) -> None:
    page = BeautifulSoup(client.get(publique(contrat, "?annee=2025")).content, "html.parser")
    cochees = [case["value"] for case in page.select("input[name=annee][checked]")]
    assert cochees == ["2025"]
    assert "En 2024," not in page.get_text()


@pytest.mark.parametrize("demande", ["?annee=abcd", "?annee=99999", "?annee=²025", "?annee="])
def test_une_annee_qui_ne_se_lit_pas_est_ignoree(
    client: Client, contrat, deux_bilans, demande: str
) -> None:
    assert client.get(publique(contrat, demande)).status_code == 200


def test_une_annee_sans_bilan_n_a_rien_a_montrer(client: Client, contrat, deux_bilans) -> None:
    assert client.get(publique(contrat, "?annee=2011")).status_code == 404


def test_un_brouillon_ou_un_bilan_retire_n_y_est_pas(client: Client, contrat, deux_bilans) -> None:
    Bilan.objects.filter(pk=deux_bilans[1].pk).update(statut="ARCHIVE")
    BilanFactory(contrat=contrat, annee=2026, avec_pdf=True)
    lu = texte(client.get(publique(contrat)))
    assert "2025" not in lu.split("côte à côte")[1]
    assert "2026" not in lu.split("côte à côte")[1]


def test_sans_bilan_publie_la_page_publique_n_existe_pas(client: Client, contrat) -> None:
    BilanFactory(contrat=contrat)
    assert client.get(publique(contrat)).status_code == 404


def test_un_contrat_non_public_ne_se_compare_pas_en_public(
    client: Client, contrat, deux_bilans, client_de: Callable, coordinatrice, voisine
) -> None:
    Contrat.objects.filter(pk=contrat.pk).update(est_public=False)
    assert client.get(publique(contrat)).status_code == 404
    espace = reverse("bilans:comparer_espace", args=[contrat.pk])
    assert client_de(coordinatrice).get(espace).status_code == 200
    assert client_de(voisine).get(espace).status_code == 404


def test_l_espace_sans_bilan_dit_quoi_attendre(client_de, lectrice, contrat) -> None:
    reponse = client_de(lectrice).get(reverse("bilans:comparer_espace", args=[contrat.pk]))
    assert "Aucun bilan publié pour l’instant" in texte(reponse)


def test_ce_qui_change_aujourd_hui_ne_change_pas_la_comparaison(
    client: Client, contrat, deux_bilans
) -> None:
    avant = client.get(publique(contrat)).content
    Action.objects.filter(contrat=contrat).update(titre="Tout autre", statut="ABANDONNEE")
    ActionFactory(contrat=contrat, titre="Une de plus")
    assert client.get(publique(contrat)).content == avant


def test_le_csv_est_celui_des_annees_montrees(client: Client, contrat, deux_bilans) -> None:
    page = BeautifulSoup(client.get(publique(contrat, "?annee=2024")).content, "html.parser")
    lien = page.find("a", string=lambda t: t and "CSV" in t) or page.select_one("a[href*=csv]")
    reponse = client.get(lien["href"])
    assert reponse["Content-Type"].startswith("text/csv")
    contenu = reponse.content.decode("utf-8-sig")
    assert ";2024;" in contenu
    assert ";2025;" not in contenu


def test_la_page_se_relit_d_un_304(client: Client, contrat, deux_bilans) -> None:
    premiere = client.get(publique(contrat))
    relue = client.get(publique(contrat), headers={"if-none-match": premiere["ETag"]})
    assert relue.status_code == 304


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_bilans(
    client: Client, contrat, deux_bilans
) -> None:
    def lire() -> None:
        client.get(publique(contrat))

    lire()
    peu = requetes_de(lire)
    for annee in (2021, 2022, 2023, 2026):
        BilanFactory(contrat=contrat, annee=annee, publie=True)
    assert len(requetes_de(lire)) == len(peu)
