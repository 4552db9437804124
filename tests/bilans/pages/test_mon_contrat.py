"""« Mon contrat » : d’un code postal ou d’un nom au contrat, ou à une réponse honnête."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contrats.models import Contrat, Perimetre
from tests.appuis.pages import lire
from tests.factories import BilanFactory, CommuneFactory, ContratFactory

ADRESSE = "/mon-contrat/"


def va_au_contrat(client: Client, contrat: Contrat, **demande: str) -> bool:
    reponse = client.get(ADRESSE, demande)
    attendue = reverse("bilans:contrat", args=[contrat.slug])
    return reponse.status_code == 302 and reponse["Location"] == attendue


@pytest.mark.parametrize("ou", ["29000", "Quimper", "QUIMPER", "quimper ", "Ergué-Gabéric", "ergue gaberic"])  # fmt: skip
def test_une_commune_couverte_par_un_seul_contrat_y_mene(
    client: Client, contrat: Contrat, ou: str
) -> None:
    assert va_au_contrat(client, contrat, ou=ou)


def test_un_code_postal_a_plusieurs_communes_donne_le_choix(
    client: Client, contrat: Contrat
) -> None:
    """29500 : Ergué-Gabéric, couverte ; la commune d’essai ne l’est pas."""
    CommuneFactory(code="29999", nom="Essai-sur-Mer", codes_postaux=["29500"], population=10)
    page = lire(client, ADRESSE, ou="29500")
    lignes = {a.get_text(): a["href"] for a in page.select(".choix-de-lieu h2 a")}
    assert list(lignes) == ["Ergué-Gabéric", "Essai-sur-Mer"]
    assert "Aucun contrat public" in page.select(".choix-de-lieu li")[1].get_text()
    assert va_au_contrat(client, contrat, commune="29051")


def test_une_commune_sans_contrat_le_dit_et_oriente(client: Client, contrat: Contrat) -> None:
    page = lire(client, ADRESSE, ou="35150")
    texte = page.select_one("main").get_text(" ", strip=True)
    assert "Piré-Chancé n’a pas de contrat public" in page.h1.get_text()
    assert "il n’y en a pas, ou il se prépare" in texte
    assert contrat.ars.nom in texte
    assert page.select_one('a[href$="?departement=35"]')


def test_un_contrat_ferme_ne_se_devine_pas(client: Client, autre_contrat: Contrat) -> None:
    commune = Perimetre.objects.filter(contrat=autre_contrat).first().commune
    page = lire(client, ADRESSE, commune=commune.pk)
    assert autre_contrat.nom not in page.get_text()
    assert "n’a pas de contrat public" in page.h1.get_text()


def test_un_nom_de_contrat_se_trouve_aussi(client: Client, contrat: Contrat) -> None:
    page = lire(client, ADRESSE, ou="cornouaille")
    liens = {a["href"] for a in page.select(".lignes a")}
    assert reverse("bilans:contrat", args=[contrat.slug]) in liens


def test_deux_contrats_sur_la_meme_commune_laissent_choisir(
    client: Client, contrat: Contrat
) -> None:
    second = ContratFactory(signe=True, public=True, epci="200068120", nom="Essai voisin")
    page = lire(client, ADRESSE, ou="Quimper")
    assert {contrat.nom, second.nom} <= {a.get_text() for a in page.select(".cote a")}


@pytest.mark.parametrize("ou", ["", "zzzz", "00000", "<script>", "\x00", "%", "x" * 500])
def test_ce_qui_ne_se_trouve_pas_ne_casse_rien(client: Client, db: None, ou: str) -> None:
    page = lire(client, ADRESSE, ou=ou)
    assert page.select_one("input[name=ou]")
    assert not page.select("main script")


def test_chercher_ne_coute_pas_plus_de_requetes_avec_plus_de_communes(
    client: Client, contrat: Contrat, exiger_requetes_plates: Callable[..., int]
) -> None:
    nees: list[Any] = []

    def peupler(nombre: int) -> None:
        for _ in range(nombre):
            code = f"29{900 + len(nees)}"
            nees.append(CommuneFactory(code=code, nom=f"Essai {code}", codes_postaux=["29998"]))

    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(ADRESSE, {"ou": "29998"}))


# Les actions par thème


def test_les_actions_publiques_se_lisent_par_theme(
    client: Client, contrat: Contrat, action: Any, autre_action: Any
) -> None:
    action.themes.add("acces_soins")
    autre_action.themes.add("acces_soins")
    adresse = reverse("bilans:actions_publiques")
    page = lire(client, adresse, theme="acces_soins")
    assert [a["href"] for a in page.select(".lignes h2 a")] == [
        reverse("bilans:action_publique", args=[action.pk])
    ]
    assert not lire(client, adresse, theme="prevention").select(".lignes h2")
    assert client.get(adresse, {"theme": "inconnu"}).status_code == 400
    assert page.select_one(".themes-publics a[aria-current] .discret").get_text() == "1"


def test_une_fiche_restreinte_ou_interne_n_est_pas_publique(
    client: Client, contrat: Contrat, action: Any
) -> None:
    type(action).objects.filter(pk=action.pk).update(est_restreinte=True)
    assert not lire(client, reverse("bilans:actions_publiques")).select(".lignes h2")
    adresse = reverse("bilans:action_publique", args=[action.pk])
    assert client.get(adresse).status_code == 404


def test_la_page_publique_est_la_meme_pour_qui_est_connecte(
    client: Client, client_de: Any, coordinatrice: Any, contrat: Contrat, action: Any
) -> None:
    BilanFactory(contrat=contrat, publie=True)
    for adresse in (
        reverse("bilans:actions_publiques"),
        reverse("bilans:action_publique", args=[action.pk]),
        reverse("bilans:contrat", args=[contrat.slug]),
        reverse("bilans:bilan_public", args=[contrat.slug, 2025]),
    ):
        assert client.get(adresse)["ETag"] == client_de(coordinatrice).get(adresse)["ETag"]
