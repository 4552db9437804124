"""La page des documents, la publication contrôlée, le retrait, la correction."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from acteurs.models import Utilisateur
from bilans.etats import StatutBilan
from bilans.models import Bilan, GenreDocument
from cls_platform.socle.models import EtatTravail, Travail
from contrats.models import Contrat
from tests.factories import BilanFactory
from tests.factories.documents_bilan import DocumentBilanFactory


@pytest.fixture
def client(client_de: Callable[..., Client], coordinatrice: Utilisateur) -> Client:
    return client_de(coordinatrice)


@pytest.fixture
def pret(contrat: Contrat, action: object) -> Bilan:
    return BilanFactory(contrat=contrat, avec_pdf=True, avec_technique=True)


def adresse(nom: str, objet: object) -> str:
    return reverse(f"bilans:{nom}", args=[objet.pk])


def test_la_page_propose_chaque_document_et_le_demande(client: Client, pret: Bilan) -> None:
    page = client.get(adresse("documents", pret)).content.decode()
    for genre in GenreDocument:
        assert str(genre.label) in page
    client.post(adresse("document_demander", pret), {"genre": "ELUS", "previent": "1"})
    document = pret.documents.get()
    assert (document.genre, document.previent) == ("ELUS", True)
    assert "Le document se prépare" in client.get(adresse("documents", pret)).content.decode()


def test_un_genre_inconnu_est_refuse(client: Client, pret: Bilan) -> None:
    reponse = client.post(adresse("document_demander", pret), {"genre": "AUTRE"})
    assert reponse.status_code in {400, 409, 422}
    assert not pret.documents.exists()


def test_sans_donnees_figees_la_page_dit_quoi_faire_d_abord(
    client: Client, contrat: Contrat
) -> None:
    page = client.get(adresse("documents", BilanFactory(contrat=contrat))).content.decode()
    assert "Demandez d’abord le bilan public" in page


def test_le_fragment_d_un_document_fini_recharge_la_page(client: Client, pret: Bilan) -> None:
    document = DocumentBilanFactory(bilan=pret, demande=True)
    fragment = client.get(adresse("document_travail", document))
    assert "HX-Refresh" not in fragment
    Travail.objects.filter(pk=document.travail_id).update(etat=EtatTravail.FAIT)
    assert client.get(adresse("document_travail", document))["HX-Refresh"] == "true"


def test_un_document_echoue_se_recommence(client: Client, pret: Bilan) -> None:
    document = DocumentBilanFactory(bilan=pret, demande=True)
    Travail.objects.update(etat=EtatTravail.ECHEC, message="La police manque.")
    page = client.get(adresse("documents", pret)).content.decode()
    assert "La police manque." in page
    assert "Recommencer" in page
    client.post(adresse("document_demander", pret), {"genre": document.genre})
    document.refresh_from_db()
    assert document.travail.etat == EtatTravail.EN_FILE


def test_un_fichier_se_telecharge_a_son_nom_sans_etre_garde(client: Client, pret: Bilan) -> None:
    document = DocumentBilanFactory(bilan=pret, genre="DIAPORAMA", chemin="bilans/essai.pptx")
    reponse = client.get(adresse("document_fichier", document))
    assert reponse["Content-Type"].endswith("presentationml.presentation")
    assert (
        f'filename="{pret.contrat.slug}-bilan-2025-diaporama.pptx"'
        in reponse["Content-Disposition"]
    )
    assert reponse["Cache-Control"] == "private, no-store"
    assert b"".join(reponse.streaming_content)


def test_le_partenaire_ne_voit_ni_n_ouvre_le_bilan_technique_avec_ses_montants(
    client_de: Callable[..., Client], partenaire: Utilisateur, pret: Bilan
) -> None:
    client = client_de(partenaire)
    reserve = DocumentBilanFactory(bilan=pret, genre="TECHNIQUE")
    page = BeautifulSoup(client.get(adresse("documents", pret)).content, "html.parser")
    assert [h.text for h in page.select("h2[id^=d-]")] == [
        "Bilan public", "Deux pages pour les élus", "Bilan technique sans les montants", "Diaporama",
    ]  # fmt: skip
    assert client.get(adresse("document_fichier", reserve)).status_code == 403
    assert client.get(adresse("document_travail", reserve)).status_code == 403
    demande = client.post(adresse("document_demander", pret), {"genre": "TECHNIQUE"})
    assert demande.status_code == 403


def test_la_voisine_ne_trouve_pas_un_document(
    client_de: Callable[..., Client], voisine: Utilisateur, pret: Bilan
) -> None:
    document = DocumentBilanFactory(bilan=pret)
    for nom in ("document_fichier", "document_travail"):
        assert client_de(voisine).get(adresse(nom, document)).status_code == 404


def test_publier_sans_pdf_dit_ce_qui_l_empeche(client: Client, contrat: Contrat) -> None:
    bilan = BilanFactory(contrat=contrat)
    page = client.get(adresse("publier", bilan)).content.decode()
    assert "Le PDF n’a pas été demandé." in page
    reponse = client.post(adresse("publier", bilan), {"sha256": ""})
    assert reponse.status_code == 422
    bilan.refresh_from_db()
    assert bilan.statut == StatutBilan.BROUILLON


def test_on_ne_publie_pas_un_pdf_refait_depuis_qu_on_l_a_lu(client: Client, pret: Bilan) -> None:
    demande = {"sha256": "0" * 64, "confirme": "1"}
    reponse = client.post(adresse("publier", pret), demande)
    assert reponse.status_code == 422
    assert "refait depuis" in reponse.content.decode()


def test_les_avertissements_se_confirment_avant_de_publier(client: Client, pret: Bilan) -> None:
    page = BeautifulSoup(client.get(adresse("publier", pret)).content, "html.parser")
    assert page.select_one("#t-avertit")
    assert all(lien["href"] for lien in page.select(".controles-du-bilan a"))
    sha = page.select_one("input[name=sha256]")["value"]
    refus = client.post(adresse("publier", pret), {"sha256": sha})
    assert refus.status_code == 422
    assert "confirmez" in refus.content.decode()
    assert (
        client.post(adresse("publier", pret), {"sha256": sha, "confirme": "1"}).status_code == 303
    )
    pret.refresh_from_db()
    assert pret.statut == StatutBilan.PUBLIE


def test_un_bilan_publie_ne_se_publie_plus(client: Client, contrat: Contrat) -> None:
    publie = BilanFactory(contrat=contrat, publie=True)
    assert client.get(adresse("publier", publie)).status_code == 302


def test_retirer_demande_un_motif_puis_le_garde(client: Client, contrat: Contrat) -> None:
    publie = BilanFactory(contrat=contrat, publie=True)
    assert client.get(adresse("retirer", publie)).status_code == 200
    assert client.post(adresse("retirer", publie), {"motif": " "}).status_code == 422
    assert client.post(adresse("retirer", publie), {"motif": "Une erreur."}).status_code == 303
    publie.refresh_from_db()
    assert (publie.statut, publie.motif_retrait) == (StatutBilan.ARCHIVE, "Une erreur.")
    assert "Une erreur." in client.get(adresse("bilan", publie)).content.decode()


def test_corriger_ouvre_une_edition_et_garde_l_ancienne_en_ligne(
    client: Client, contrat: Contrat
) -> None:
    publie = BilanFactory(contrat=contrat, publie=True)
    reponse = client.post(adresse("corriger", publie))
    correction = Bilan.objects.get(contrat=contrat, edition=2)
    assert reponse["Location"] == adresse("bilan", correction)
    publie.refresh_from_db()
    assert publie.statut == StatutBilan.PUBLIE
    assert correction.code_court
    encore = client.post(adresse("corriger", publie), follow=True).content.decode()
    assert "déjà en préparation" in encore
