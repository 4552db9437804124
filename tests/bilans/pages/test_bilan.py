"""Le tableau de bord d’un bilan : où il en est, la prochaine action, son PDF."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from acteurs.models import Utilisateur
from bilans.etats import StatutBilan
from bilans.models import SECTIONS_ECRITES, Bilan, CodeSection
from cls_platform.socle.models import EtatTravail, Travail
from contrats.models import Contrat
from tests.factories import BilanFactory, CommentaireBilanFactory


@pytest.fixture
def client(client_de: Callable[..., Client], coordinatrice: Utilisateur) -> Client:
    return client_de(coordinatrice)


@pytest.fixture
def bilan(client: Client, contrat: Contrat) -> Bilan:
    client.post(reverse("bilans:bilans", args=[contrat.pk]), {"annee": "2025"})
    return Bilan.objects.get(contrat=contrat, annee=2025)


def lire(client: Client, bilan: Bilan) -> BeautifulSoup:
    reponse = client.get(reverse("bilans:bilan", args=[bilan.pk]))
    assert reponse.status_code == 200
    return BeautifulSoup(reponse.content, "html.parser")


def prochaine(client: Client, bilan: Bilan) -> str:
    """Le geste proposé, et un seul bouton principal dans la page."""
    page = lire(client, bilan)
    (bouton,) = page.select("#contenu .bouton.principal, main .bouton.principal")
    return bouton.get_text(strip=True)


def ecrire_tout(bilan: Bilan) -> None:
    bilan.sections.filter(code__in=SECTIONS_ECRITES).update(texte="Un texte.")


def test_ouvrir_un_bilan_prepare_toutes_ses_parties(bilan: Bilan) -> None:
    assert bilan.statut == StatutBilan.BROUILLON
    assert bilan.sections.count() == len(CodeSection)


def test_une_annee_hors_du_contrat_n_est_pas_proposee(client: Client, contrat: Contrat) -> None:
    reponse = client.post(reverse("bilans:bilans", args=[contrat.pk]), {"annee": "2012"})
    assert reponse.status_code == 422
    assert not Bilan.objects.exists()


def test_la_prochaine_action_suit_le_bilan_jusqu_a_la_publication(
    client: Client, contrat: Contrat, action: object
) -> None:
    bilan = BilanFactory(contrat=contrat)
    for code in CodeSection:
        bilan.sections.create(code=code)
    assert prochaine(client, bilan) == "Écrire le bilan"
    bilan.sections.filter(code="EDITO").update(texte="Un mot.")
    assert prochaine(client, bilan) == "Continuer d’écrire"
    ecrire_tout(bilan)
    assert prochaine(client, bilan) == "Demander le PDF"
    pret = BilanFactory(contrat=contrat, annee=2024, avec_pdf=True)
    Bilan.objects.filter(pk=pret.pk).update(instantane_le="2100-01-01T00:00Z")
    assert prochaine(client, pret) == "Envoyer en relecture"
    Bilan.objects.filter(pk=pret.pk).update(statut="RELECTURE")
    commentaire = CommentaireBilanFactory(bilan=pret)
    assert prochaine(client, pret) == "Répondre aux commentaires"
    commentaire.delete()
    assert prochaine(client, pret) == "Noter la validation"
    Bilan.objects.filter(pk=pret.pk).update(statut="VALIDE")
    assert prochaine(client, pret) == "Publier le bilan"


@pytest.mark.parametrize(
    ("personnage", "geste"),
    [
        ("elue", "Noter la validation"),
        ("partenaire", "Relire et commenter"),
        ("agent_ars", "Relire et commenter"),
        ("lectrice", "Lire le PDF"),
    ],
)
def test_en_relecture_chacun_a_sa_prochaine_action(
    request: pytest.FixtureRequest, client_de: Callable[..., Client], contrat: Contrat,
    personnage: str, geste: str,
) -> None:  # fmt: skip
    bilan = BilanFactory(contrat=contrat, avec_pdf=True, statut="RELECTURE")
    assert prochaine(client_de(request.getfixturevalue(personnage)), bilan) == geste


def test_la_frise_dit_ou_en_est_le_bilan(client: Client, contrat: Contrat) -> None:
    bilan = BilanFactory(contrat=contrat, avec_pdf=True, statut="RELECTURE")
    etapes = lire(client, bilan).select(".phases li")
    assert [e["class"][0] for e in etapes] == ["faite", "ici", "a_venir", "a_venir"]
    assert etapes[1]["aria-current"] == "step"


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


def test_un_travail_echoue_propose_de_recommencer(client: Client, bilan: Bilan) -> None:
    client.post(reverse("bilans:demander", args=[bilan.pk]))
    Travail.objects.update(etat=EtatTravail.ECHEC, message="La section « Édito » n’a pas pu…")
    page = lire(client, bilan)
    assert "Édito" in page.text
    client.post(page.select_one(".travail form")["action"])
    assert Travail.objects.filter(etat=EtatTravail.EN_FILE).count() == 1


def test_une_lectrice_ne_voit_pas_les_gestes_et_ne_peut_pas_les_faire(
    client_de: Callable[..., Client], lectrice: Utilisateur, bilan: Bilan
) -> None:
    client = client_de(lectrice)
    page = client.get(reverse("bilans:bilan", args=[bilan.pk])).content.decode()
    assert "Demander le PDF" not in page
    assert client.post(reverse("bilans:demander", args=[bilan.pk])).status_code == 403


def test_la_voisine_ne_trouve_pas_le_bilan(
    client_de: Callable[..., Client], voisine: Utilisateur, bilan: Bilan
) -> None:
    client = client_de(voisine)
    for nom in ("bilan", "travail", "telecharger", "documents", "publier", "retirer"):
        assert client.get(reverse(f"bilans:{nom}", args=[bilan.pk])).status_code == 404
    for nom in ("demander", "publier", "etat", "retirer", "corriger", "document_demander"):
        assert client.post(reverse(f"bilans:{nom}", args=[bilan.pk])).status_code == 404


def test_le_nombre_de_requetes_de_la_page_est_borne(
    client: Client, bilan: Bilan, nombre_requetes: Callable[..., int]
) -> None:
    adresse = reverse("bilans:bilan", args=[bilan.pk])
    client.get(adresse)
    assert nombre_requetes(lambda: client.get(adresse)) < 45
