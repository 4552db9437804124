"""Les photos : reçues, décrites, montrées à l’équipe, retirées ; jamais sans alt ni crédit."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bilans.models import GenreImage, ImageBilan
from bilans.services.images import ajouter_image, decrire_image, retirer_image
from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse, ErreurMetier
from tests.bilans.exemples_images import image, photo_de_telephone, png_annonce
from tests.factories import BilanFactory, ImageBilanFactory, SectionBilanFactory

SANS_ECRIRE = ["agent_ars", "elue", "pilote", "partenaire", "lectrice", "voisine"]


def ajouter(contrat, par, contenu=b"", **valeurs):
    mots = {"alternative": "Un marché", "credit": "Démonstration", "nom": "../../marche.jpg"}
    contenu = contenu or photo_de_telephone()
    return ajouter_image(
        contrat=contrat, genre=GenreImage.PHOTO, contenu=contenu, par=par, **(mots | valeurs)
    )


def fichier_de(photo):
    return Path(settings.MEDIA_ROOT) / photo.chemin


def envoi(contenu, nom="marche.jpg", **mots):
    champs = {"alternative": "Un marché", "credit": "Démonstration"} | mots
    return champs | {"fichier": SimpleUploadedFile(nom, contenu, "image/jpeg")}


def test_une_photo_se_range_sous_son_empreinte(contrat, coordinatrice):
    photo = ajouter(contrat, coordinatrice)
    assert photo.sha256 in photo.chemin
    assert (photo.largeur, photo.hauteur, photo.nom) == (300, 400, "marche.jpg")
    assert fichier_de(photo).read_bytes()[:2] == b"\xff\xd8"


def test_la_meme_photo_ne_s_ajoute_pas_deux_fois(contrat, coordinatrice):
    ajouter(contrat, coordinatrice)
    with pytest.raises(DonneesRefusees, match="déjà là"):
        ajouter(contrat, coordinatrice)


@pytest.mark.parametrize("vide", ["alternative", "credit"])
def test_une_photo_sans_description_ou_sans_credit_est_refusee(contrat, coordinatrice, vide):
    with pytest.raises(DonneesRefusees):
        ajouter(contrat, coordinatrice, **{vide: "  "})
    assert not ImageBilan.objects.exists()


@pytest.mark.parametrize("personnage", SANS_ECRIRE)
def test_seule_la_coordination_ajoute_une_photo(request, contrat, personnage):
    with pytest.raises(DroitRefuse):
        ajouter(contrat, request.getfixturevalue(personnage))


def test_retirer_une_photo_efface_son_fichier(
    contrat, coordinatrice, django_capture_on_commit_callbacks
):
    photo = ImageBilanFactory(contrat=contrat)
    with django_capture_on_commit_callbacks(execute=True):
        retirer_image(image=photo, par=coordinatrice)
    assert not fichier_de(photo).exists()


def test_une_photo_montree_ne_part_pas(contrat, coordinatrice):
    photo = ImageBilanFactory(contrat=contrat)
    SectionBilanFactory(bilan=BilanFactory(contrat=contrat), photo=photo)
    with pytest.raises(ErreurMetier, match="Un bilan montre cette image"):
        retirer_image(image=photo, par=coordinatrice)
    assert ImageBilan.objects.filter(pk=photo.pk).exists()


def test_le_fichier_qu_un_bilan_fige_montre_reste(
    contrat, coordinatrice, django_capture_on_commit_callbacks
):
    photo = ImageBilanFactory(contrat=contrat)
    BilanFactory(contrat=contrat, instantane={"photo": {"sha256": photo.sha256}})
    with django_capture_on_commit_callbacks(execute=True):
        retirer_image(image=photo, par=coordinatrice)
    assert fichier_de(photo).exists()


def test_une_description_se_change(contrat, coordinatrice):
    photo = ImageBilanFactory(contrat=contrat)
    neuve = decrire_image(
        image=photo, alternative="Autre", credit="Autre", version=1, par=coordinatrice
    )
    assert (neuve.alternative, neuve.version) == ("Autre", 2)


# Pages


def test_la_page_recoit_une_photo_et_la_montre(client, contrat):
    adresse = reverse("bilans:photos", args=[contrat.pk])
    page = client.post(adresse, envoi(image()), follow=True).content.decode()
    photo = ImageBilan.objects.get()
    assert "Un marché" in page
    lue = client.get(reverse("bilans:image", args=[photo.pk]))
    lue.close()
    assert lue["Content-Type"] == "image/jpeg"
    assert lue["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        (png_annonce(10_000, 10_000), "100 mégapixels"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "exportez-le en PNG"),
        (b"MZ\x90", "pas une image"),
        (b"", "pas une image"),
    ],
)
def test_la_page_dit_pourquoi_elle_refuse(client, contrat, contenu, phrase):
    reponse = client.post(reverse("bilans:photos", args=[contrat.pk]), envoi(contenu))
    assert reponse.status_code == 422
    assert phrase in reponse.content.decode()


def test_un_envoi_demesure_est_refuse_avant_d_etre_lu(client, contrat):
    """L’en-tête suffit : cinq gigaoctets annoncés, rien de lu."""
    reponse = client.generic(
        "POST",
        reverse("bilans:photos", args=[contrat.pk]),
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(5 * 10**9),
    )
    assert reponse.status_code == 413
    assert "trop lourd" in reponse.content.decode()


def test_deux_descriptions_se_voient(client, contrat, coordinatrice):
    photo = ImageBilanFactory(contrat=contrat)
    decrire_image(image=photo, alternative="La leur", credit="A", version=1, par=coordinatrice)
    adresse = reverse("bilans:image_decrire", args=[photo.pk])
    page = client.post(adresse, {"alternative": "La vôtre", "credit": "B", "version": 1})
    assert page.status_code == 422
    assert "La leur" in page.content.decode()
    assert "La vôtre" in page.content.decode()
    reponse = client.post(adresse, {"alternative": "La vôtre", "credit": "B", "version": 2})
    assert reponse.status_code == 303


def test_retirer_demande_confirmation(client, contrat):
    photo = ImageBilanFactory(contrat=contrat)
    adresse = reverse("bilans:image_retirer", args=[photo.pk])
    assert client.get(adresse).status_code == 200
    assert ImageBilan.objects.exists()
    client.post(adresse)
    assert not ImageBilan.objects.exists()
