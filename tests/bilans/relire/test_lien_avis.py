"""L’avis sans compte : le lien ouvre un bilan et un formulaire, une fois, et rien d’autre."""

import pytest
from django.test import Client
from django.urls import reverse

from acteurs.models.jeton import empreinte
from bilans.models import AvisBilan, MoyenAvis
from tests.factories import AvisBilanFactory, BilanFactory

SECRET = "un-secret-d-essai-tres-long"
ENVOI = {"sens": "FAVORABLE", "texte": "", "nom": "Dominique Essai", "fonction": "Directrice"}


@pytest.fixture
def avis(contrat) -> AvisBilan:
    bilan = BilanFactory(contrat=contrat, avec_pdf=True, statut="RELECTURE")
    return AvisBilanFactory(bilan=bilan, courriel="a@exemple.fr", empreinte=empreinte(SECRET))


@pytest.fixture
def client(db) -> Client:
    return Client()


def adresse(contrat, nom: str = "avis_par_lien", jeton: str = SECRET) -> str:
    return reverse(f"bilans:{nom}", args=[contrat.slug, jeton])


def test_le_lien_montre_le_bilan_et_le_formulaire(client, contrat, avis):
    reponse = client.get(adresse(contrat))
    page = reponse.content.decode()
    assert avis.acteur.nom in page
    assert adresse(contrat, "avis_par_lien_pdf") in page
    assert reponse["Referrer-Policy"] == "strict-origin"
    assert "noindex" in reponse["X-Robots-Tag"]
    assert "no-store" in reponse["Cache-Control"]


def test_le_pdf_se_lit_par_le_lien_avant_d_etre_public(client, contrat, avis):
    reponse = client.get(adresse(contrat, "avis_par_lien_pdf"))
    assert b"".join(reponse.streaming_content).startswith(b"%PDF")


def test_donner_son_avis_le_signe_et_ferme_le_lien(client, contrat, avis):
    reponse = client.post(adresse(contrat), ENVOI)
    assert "Votre avis est reçu" in reponse.content.decode()
    avis.refresh_from_db()
    assert (avis.sens, avis.moyen) == ("FAVORABLE", MoyenAvis.LIEN)
    assert avis.rendu_nom == "Dominique Essai, Directrice"
    assert client.get(adresse(contrat)).status_code == 404
    assert client.get(adresse(contrat, "avis_par_lien_pdf")).status_code == 404


def test_un_envoi_incomplet_garde_ce_qui_est_tape(client, contrat, avis):
    reponse = client.post(adresse(contrat), {**ENVOI, "sens": "DEFAVORABLE", "nom": "Jo Essai"})
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "Jo Essai" in page
    assert "pourquoi l’avis est défavorable" in page


@pytest.mark.parametrize("nom", ["avis_par_lien", "avis_par_lien_pdf"])
def test_inconnu_expire_ou_publie_la_meme_page(client, contrat, avis, nom):
    inconnu = client.get(adresse(contrat, nom, "rien"))
    AvisBilan.objects.filter(pk=avis.pk).update(attendu_le="2026-02-09")
    expire = client.get(adresse(contrat, nom))
    AvisBilan.objects.filter(pk=avis.pk).update(attendu_le="2026-03-31")
    type(avis.bilan).objects.filter(pk=avis.bilan_id).update(
        statut="PUBLIE", publie_le="2026-03-01T09:00Z"
    )
    publie = client.get(adresse(contrat, nom))
    assert {r.status_code for r in (inconnu, expire, publie)} == {404}
    assert inconnu.content == expire.content == publie.content


def test_le_debit_est_tenu(client, contrat, avis, settings):
    settings.DEBIT_AVIS = "2/h"
    codes = [client.get(adresse(contrat, jeton="essai")).status_code for _ in range(3)]
    assert codes == [404, 404, 429]
    assert "Retry-After" in client.get(adresse(contrat)).headers


def test_le_lien_n_ouvre_aucune_autre_page(client, contrat, avis):
    client.get(adresse(contrat))
    espace = reverse("bilans:relire", args=[avis.bilan_id])
    assert client.get(espace).status_code == 302
