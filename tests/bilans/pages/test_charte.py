"""La page des couleurs et des logos : choisir, essayer, être prévenu, ranger."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bilans.models import CharteBilan, GenreImage
from bilans.services.charte import regler_charte
from tests.bilans.exemples_images import image
from tests.factories import ImageBilanFactory

CHOIX = {"couleur_fond": "#4a1d5e", "couleur_accent": "#f2a900"}


def adresse(contrat):
    return reverse("bilans:charte", args=[contrat.pk])


@pytest.fixture
def client_coordination(client, coordinatrice):
    client.force_login(coordinatrice)
    return client


def test_la_page_montre_la_couverture_et_les_contrastes(client_coordination, contrat):
    page = client_coordination.get(adresse(contrat)).content.decode()
    assert "Aperçu de la couverture" in page
    assert "13,2" in page
    assert "Aucun logo pour l’instant" in page


def test_enregistrer_puis_relire(client_coordination, contrat):
    reponse = client_coordination.post(adresse(contrat), CHOIX)
    assert (reponse.status_code, reponse.url) == (303, adresse(contrat))
    assert CharteBilan.objects.get().couleur_fond == "#4a1d5e"
    assert 'value="#4a1d5e"' in client_coordination.get(adresse(contrat)).content.decode()


def test_essayer_n_ecrit_rien(client_coordination, contrat):
    reponse = client_coordination.post(adresse(contrat), CHOIX | {"essayer": "1"})
    assert reponse.status_code == 200
    assert "ne sont pas enregistrées" in reponse.content.decode()
    assert 'fill="#4a1d5e"' in reponse.content.decode()
    assert not CharteBilan.objects.exists()


def test_un_jaune_sous_du_blanc_est_refuse_avec_la_mesure(client_coordination, contrat):
    reponse = client_coordination.post(adresse(contrat), CHOIX | {"couleur_fond": "#ffc23c"})
    assert reponse.status_code == 422
    assert "contraste 1,6, il faut 4,5" in reponse.content.decode().replace("\u00a0", " ")


def test_les_couleurs_de_la_plateforme_ne_s_ecrivent_pas(client_coordination, contrat):
    client_coordination.post(
        adresse(contrat), {"couleur_fond": "#0D3440", "couleur_accent": "#ffc23c"}
    )
    charte = CharteBilan.objects.get()
    assert (charte.couleur_fond, charte.couleur_accent) == ("", "")


def test_deux_personnes_rien_ne_se_perd(client_coordination, contrat, coordinatrice):
    regler_charte(
        contrat=contrat, couleur_fond="#14543a", couleur_accent="", version=None, par=coordinatrice
    )
    reponse = client_coordination.post(adresse(contrat), CHOIX)
    page = reponse.content.decode()
    assert reponse.status_code == 409
    assert "#4a1d5e" in page
    assert "#14543a" in page
    version = CharteBilan.objects.get().version
    assert client_coordination.post(
        adresse(contrat), CHOIX | {"version": version, "reprendre": "1"}
    ).status_code == 200  # fmt: skip
    client_coordination.post(adresse(contrat), CHOIX | {"version": version})
    assert CharteBilan.objects.get().couleur_fond == "#4a1d5e"


def test_ajouter_ranger_retirer_un_logo(client_coordination, contrat):
    fichier = SimpleUploadedFile("logo.png", image(genre="PNG"), "image/png")
    ajout = reverse("bilans:logo_ajouter", args=[contrat.pk])
    reponse = client_coordination.post(ajout, {"fichier": fichier, "alternative": "Ville fictive"})
    assert reponse.status_code == 303
    (logo,) = contrat.images.logos()
    assert (logo.genre, logo.type_mime) == (GenreImage.LOGO, "image/png")
    second = ImageBilanFactory(contrat=contrat, genre=GenreImage.LOGO)
    client_coordination.post(reverse("bilans:logo_place", args=[second.pk]), {"rang": "1"})
    assert list(contrat.images.logos()) == [second, logo]
    client_coordination.post(reverse("bilans:logo_retirer", args=[logo.pk]))
    assert list(contrat.images.logos()) == [second]


def test_un_logo_sans_nom_ou_qui_n_est_pas_une_image_est_refuse(client_coordination, contrat):
    ajout = reverse("bilans:logo_ajouter", args=[contrat.pk])
    faux = SimpleUploadedFile("logo.svg", b"<svg/>", "image/svg+xml")
    reponse = client_coordination.post(ajout, {"fichier": faux, "alternative": "Ville fictive"})
    assert reponse.status_code == 422
    assert "SVG" in reponse.content.decode()
    assert client_coordination.post(ajout, {}).status_code == 422


def test_une_photo_ne_se_range_pas_avec_les_logos(client_coordination, contrat):
    photo = ImageBilanFactory(contrat=contrat)
    assert client_coordination.post(
        reverse("bilans:logo_place", args=[photo.pk]), {"rang": "1"}
    ).status_code == 404  # fmt: skip
