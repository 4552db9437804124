"""Le site public : ce qui est ouvert se lit sans compte, le reste n’existe pas."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from bilans.models import Bilan
from contrats.couverture_gardee import SQL_EMPREINTE
from contrats.models import Contrat
from tests.appuis.requetes import requetes_de
from tests.factories import BilanFactory


def test_tout_visiteur_telecharge_le_pdf_publie_et_son_empreinte_sert_d_etag(
    client: Client, contrat: Contrat
) -> None:
    bilan = BilanFactory(contrat=contrat, publie=True)
    adresse = reverse("bilans:bilan_pdf", args=[contrat.slug, bilan.annee])
    reponse: Any = client.get(adresse)
    assert reponse["Content-Type"] == "application/pdf"
    assert b"".join(reponse.streaming_content).startswith(b"%PDF")
    assert reponse["ETag"] == f'"{bilan.sha256}"'
    relue = client.get(adresse, headers={"If-None-Match": f'"{bilan.sha256}"'})
    assert relue.status_code == 304


def test_un_brouillon_n_a_ni_page_ni_fichier_publics(client: Client, contrat: Contrat) -> None:
    bilan = BilanFactory(contrat=contrat, avec_pdf=True)
    for nom in ("bilan_public", "bilan_pdf"):
        assert (
            client.get(reverse(f"bilans:{nom}", args=[contrat.slug, bilan.annee])).status_code
            == 404
        )


def test_un_contrat_sans_page_publique_est_introuvable(
    client: Client, autre_contrat: Contrat
) -> None:
    assert client.get(reverse("bilans:contrat", args=[autre_contrat.slug])).status_code == 404


def test_un_code_postal_mene_au_contrat(client: Client, contrat: Contrat) -> None:
    page = client.get(reverse("contrats:liste"), {"recherche": "29000"}).content.decode()
    assert contrat.nom in page


def test_la_page_d_un_bilan_publie_ne_change_plus_quand_le_plan_change(
    client: Client, contrat: Contrat, action: Any
) -> None:
    bilan = BilanFactory(contrat=contrat, publie=True)
    adresse = reverse("bilans:bilan_public", args=[contrat.slug, bilan.annee])
    avant = client.get(adresse).content
    type(action).objects.filter(pk=action.pk).update(titre="Un titre changé après coup")
    assert b"Un titre chang" not in client.get(adresse).content
    assert avant


def test_l_accueil_ne_coute_pas_plus_de_requetes_avec_plus_de_contrats(
    client: Client, contrat: Contrat, exiger_requetes_plates: Callable[..., int]
) -> None:
    def peupler(nombre: int) -> None:
        for _ in range(nombre):
            BilanFactory(contrat=contrat, publie=True, annee=2030 + Bilan.objects.count())

    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(reverse("bilans:accueil")))


def test_l_accueil_lit_l_empreinte_des_donnees_une_seule_fois(
    client: Client, contrat: Contrat
) -> None:
    """La première lecture calcule tout, la deuxième trouve tout gardé."""
    for _ in range(2):
        lues = requetes_de(lambda: client.get(reverse("bilans:accueil")))
        assert [sql.strip() for sql in lues].count(SQL_EMPREINTE.strip()) == 1
