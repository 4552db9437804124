"""Une édition publiée reste à son adresse : remplacée, elle le dit ; retirée, elle le dit aussi."""

import pytest
from django.test import Client
from django.urls import reverse

from bilans.editions import edition_lue
from bilans.models import Bilan
from contrats.models import Contrat
from tests.factories import BilanFactory
from tests.factories.bilans import PUBLIE_LE


@pytest.fixture
def remplacee(contrat: Contrat) -> Bilan:
    """L’édition 1, remplacée par la 2, publiée."""
    BilanFactory(
        contrat=contrat, edition=2, publie=True, code_court="edition2",
        note_correction="Le nombre d’ateliers était faux.",
    )  # fmt: skip
    return BilanFactory(contrat=contrat, publie=True, statut="ARCHIVE", code_court="edition1")


def version(contrat: Contrat, numero: int, nom: str = "edition_publique") -> str:
    return reverse(f"bilans:{nom}", args=[contrat.slug, 2025, numero])


def test_une_edition_remplacee_se_lit_avec_un_avis(
    client: Client, contrat: Contrat, remplacee: Bilan
) -> None:
    reponse = client.get(version(contrat, 1))
    assert reponse.status_code == 200
    stable = reverse("bilans:bilan_public", args=[contrat.slug, 2025])
    page = reponse.content.decode()
    assert stable in page
    assert "n’est plus la dernière" in page
    assert "Ce que l’édition 2 corrige\u00a0: Le nombre d’ateliers était faux." in page
    for nom in ("edition_pdf", "edition_csv", "edition_json"):
        assert version(contrat, 1, nom) in page
    for nom in ("edition_csv", "edition_json"):
        assert client.get(version(contrat, 1, nom)).status_code == 200
    lu = client.get(version(contrat, 1, "edition_pdf"))
    assert lu.status_code == 200
    assert b"".join(lu.streaming_content).startswith(b"%PDF")


def test_l_edition_en_cours_est_a_l_adresse_stable_et_a_son_numero(
    client: Client, contrat: Contrat, remplacee: Bilan
) -> None:
    lue = edition_lue(contrat.slug, 2025)
    assert lue is not None
    assert (lue.bilan.edition, lue.est_remplacee, lue.est_retiree) == (2, False, False)
    ancienne = edition_lue(contrat.slug, 2025, 1)
    assert ancienne is not None
    assert (ancienne.est_remplacee, ancienne.en_cours) == (True, lue.bilan)
    en_vigueur = client.get(version(contrat, 2))
    assert "Le nombre d’ateliers était faux." in en_vigueur.content.decode()
    stable = reverse("bilans:bilan_public", args=[contrat.slug, 2025])
    assert (
        f'<link rel="canonical" href="https://cls.exemple.fr{stable}">'
        in en_vigueur.content.decode()
    )
    assert client.get(version(contrat, 3)).status_code == 404


def test_une_edition_retiree_laisse_une_page_qui_le_dit_et_un_pdf_410(
    client: Client, contrat: Contrat
) -> None:
    BilanFactory(
        contrat=contrat, publie=True, statut="ARCHIVE", retire_le=PUBLIE_LE,
        motif_retrait="Un chiffre était faux.",
    )  # fmt: skip
    de_l_annee = ("public", "pdf", "deux_pages", "csv", "json", "partage")
    for chemin in (
        *(reverse(f"bilans:bilan_{nom}", args=[contrat.slug, 2025]) for nom in de_l_annee),
        version(contrat, 1),
        version(contrat, 1, "edition_pdf"),
        version(contrat, 1, "edition_csv"),
        version(contrat, 1, "edition_json"),
    ):
        reponse = client.get(chemin)
        assert reponse.status_code == 410, chemin
        assert "Un chiffre était faux." in reponse.content.decode()


def test_une_edition_retiree_puis_corrigee_reste_dite_retiree(
    client: Client, contrat: Contrat
) -> None:
    BilanFactory(
        contrat=contrat, publie=True, statut="ARCHIVE", retire_le=PUBLIE_LE, motif_retrait="Faux."
    )
    BilanFactory(contrat=contrat, edition=2, publie=True)
    assert client.get(version(contrat, 1)).status_code == 410
    assert client.get(version(contrat, 2)).status_code == 200


def test_un_brouillon_n_a_ni_edition_ni_adresse_courte(client: Client, contrat: Contrat) -> None:
    BilanFactory(contrat=contrat, code_court="ebauche")
    assert edition_lue(contrat.slug, 2025) is None
    assert client.get(version(contrat, 1)).status_code == 404
    assert client.get("/b/ebauche").status_code == 404


@pytest.mark.parametrize("code", ["edition1", "EDITION2"])
def test_l_adresse_courte_de_chaque_edition_mene_a_celle_d_aujourd_hui(
    client: Client, contrat: Contrat, remplacee: Bilan, code: str
) -> None:
    reponse = client.get(f"/b/{code}")
    assert reponse.status_code == 301
    assert reponse["Location"] == reverse("bilans:bilan_public", args=[contrat.slug, 2025])


def test_le_bilan_d_un_contrat_ferme_n_a_aucune_adresse(
    client: Client, autre_contrat: Contrat
) -> None:
    autre_contrat.est_public = False
    autre_contrat.save()
    BilanFactory(contrat=autre_contrat, publie=True, code_court="fermee2")
    assert client.get("/b/fermee2").status_code == 404
    assert client.get(version(autre_contrat, 1)).status_code == 404
