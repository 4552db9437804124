"""Le bilan dans l’espace de travail : ouvrir, écrire, demander, relire, publier."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from acteurs.models import Utilisateur
from bilans.etats import StatutBilan
from bilans.models import Bilan, CodeSection, SectionBilan
from cls_platform.socle.models import EtatTravail, Travail
from contrats.models import Contrat
from tests.factories import BilanFactory


@pytest.fixture
def client(client_de: Callable[..., Client], coordinatrice: Utilisateur) -> Client:
    return client_de(coordinatrice)


@pytest.fixture
def bilan(client: Client, contrat: Contrat) -> Bilan:
    client.post(reverse("bilans:bilans", args=[contrat.pk]), {"annee": "2025"})
    return Bilan.objects.get(contrat=contrat, annee=2025)


def section(bilan: Bilan) -> SectionBilan:
    return bilan.sections.get(code="EDITO")


def adresse_section(bilan: Bilan) -> str:
    return reverse("bilans:section", args=[bilan.pk, "EDITO"])


def test_ouvrir_un_bilan_prepare_toutes_ses_parties(bilan: Bilan) -> None:
    assert bilan.statut == StatutBilan.BROUILLON
    assert bilan.sections.count() == len(CodeSection)


def test_une_annee_hors_du_contrat_n_est_pas_proposee(client: Client, contrat: Contrat) -> None:
    reponse = client.post(reverse("bilans:bilans", args=[contrat.pk]), {"annee": "2012"})
    assert reponse.status_code == 422
    assert not Bilan.objects.exists()


def test_un_texte_enregistre_est_relu_sur_la_page(client: Client, bilan: Bilan) -> None:
    donnees = {"texte": "Une année utile.", "signature": "L’élue", "version": "1"}
    page = client.post(adresse_section(bilan), donnees, follow=True).content.decode()
    assert "Une année utile." in page
    assert section(bilan).version == 2


def test_un_texte_perime_montre_les_deux_versions_et_garde_ce_qui_est_tape(
    client: Client, bilan: Bilan
) -> None:
    client.post(adresse_section(bilan), {"texte": "La leur", "version": "1"})
    reponse = client.post(adresse_section(bilan), {"texte": "La vôtre", "version": "1"})
    page = reponse.content.decode()
    assert reponse.status_code == 409
    assert "La</ins>" in page or "leur" in page
    assert "vôtre" in page
    assert section(bilan).texte == "La leur"


def test_demander_le_pdf_deux_fois_n_ouvre_qu_un_travail(client: Client, bilan: Bilan) -> None:
    adresse = reverse("bilans:demander", args=[bilan.pk])
    client.post(adresse)
    client.post(adresse)
    assert Travail.objects.count() == 1


def test_la_page_suit_le_travail_sans_javascript(client: Client, bilan: Bilan) -> None:
    client.post(reverse("bilans:demander", args=[bilan.pk]))
    Travail.objects.update(etat=EtatTravail.EN_COURS, progression=40)
    page = client.get(reverse("bilans:bilan", args=[bilan.pk])).content.decode()
    assert "40" in page
    fragment = client.get(reverse("bilans:travail", args=[bilan.pk]))
    assert fragment.content.decode().strip() in page


def test_le_fragment_d_un_travail_fini_recharge_la_page(client: Client, bilan: Bilan) -> None:
    client.post(reverse("bilans:demander", args=[bilan.pk]))
    Travail.objects.update(etat=EtatTravail.FAIT, progression=100)
    reponse = client.get(reverse("bilans:travail", args=[bilan.pk]))
    assert reponse["HX-Refresh"] == "true"


def test_publier_sans_pdf_dit_quoi_faire(client: Client, bilan: Bilan) -> None:
    page = client.post(reverse("bilans:publier", args=[bilan.pk]), follow=True).content.decode()
    assert "Demandez d’abord le PDF" in page
    bilan.refresh_from_db()
    assert bilan.statut == StatutBilan.BROUILLON


def test_on_ne_publie_pas_un_pdf_refait_depuis_qu_on_l_a_lu(
    client: Client, contrat: Contrat
) -> None:
    bilan = BilanFactory(contrat=contrat, avec_pdf=True)
    adresse = reverse("bilans:publier", args=[bilan.pk])
    page = client.post(adresse, {"sha256": "0" * 64}, follow=True).content.decode()
    assert "refait depuis" in page
    client.post(adresse, {"sha256": bilan.sha256})
    bilan.refresh_from_db()
    assert bilan.statut == StatutBilan.PUBLIE


def test_une_lectrice_ne_voit_pas_les_gestes_et_ne_peut_pas_les_faire(
    client_de: Callable[..., Client], lectrice: Utilisateur, bilan: Bilan
) -> None:
    client = client_de(lectrice)
    page = client.get(reverse("bilans:bilan", args=[bilan.pk])).content.decode()
    assert "Demander le PDF" not in page
    assert client.post(reverse("bilans:demander", args=[bilan.pk])).status_code == 403
    assert client.post(adresse_section(bilan), {"texte": "x", "version": "1"}).status_code == 403


def test_la_voisine_ne_trouve_pas_le_bilan(
    client_de: Callable[..., Client], voisine: Utilisateur, bilan: Bilan
) -> None:
    client = client_de(voisine)
    for nom in ("bilan", "travail", "telecharger"):
        assert client.get(reverse(f"bilans:{nom}", args=[bilan.pk])).status_code == 404
    for nom in ("demander", "publier", "etat", "retirer"):
        assert client.post(reverse(f"bilans:{nom}", args=[bilan.pk])).status_code == 404
