"""Une image reçue ressort droite, petite et muette ; une image dangereuse est refusée vite."""

import io

import pytest
from PIL import Image, ImageFile
from PIL.PngImagePlugin import PngInfo

from bilans.images import (
    COTE_LOGO,
    COTE_PHOTO,
    POIDS_MAX,
    ImageRefusee,
    preparer_logo,
    preparer_photo,
)
from tests.bilans.exemples_images import image, jpeg_annonce, photo_de_telephone, png_annonce

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>'


def relue(octets: bytes) -> Image.Image:
    return Image.open(io.BytesIO(octets))


def test_une_photo_perd_ses_metadonnees_et_se_redresse() -> None:
    prete = preparer_photo(photo_de_telephone())
    lue = relue(prete.octets)
    assert (prete.largeur, prete.hauteur) == lue.size == (300, 400)
    assert not dict(lue.getexif())
    assert not {"exif", "comment", "icc_profile", "xmp"} & set(lue.info)
    assert b"Espion" not in prete.octets
    assert b"chez moi" not in prete.octets
    rouge, _, bleu = lue.getpixel((150, 20))
    assert (rouge > 200, bleu < 60) == (True, True)


@pytest.mark.parametrize("genre", ["PNG", "WEBP"])
def test_un_png_et_un_webp_perdent_aussi_ce_qu_ils_disent(genre: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Appareil Espion"
    notes = PngInfo()
    notes.add_text("Auteur", "chez moi", zip=True)
    recue = image(genre=genre, exif=exif, pnginfo=notes, icc_profile=b"profil espion")
    for prete in (preparer_photo(recue), preparer_logo(recue)):
        lue = relue(prete.octets)
        assert not dict(lue.getexif())
        assert not {"exif", "Auteur", "icc_profile"} & set(lue.info)


@pytest.mark.parametrize("genre", ["JPEG", "PNG", "WEBP"])
def test_les_trois_genres_deviennent_un_jpeg_borne(genre: str) -> None:
    prete = preparer_photo(image(2400, 1200, genre))
    assert (prete.type_mime, prete.extension) == ("image/jpeg", "jpg")
    assert (prete.largeur, prete.hauteur) == (COTE_PHOTO, COTE_PHOTO // 2)


def test_une_petite_photo_n_est_pas_agrandie() -> None:
    assert preparer_photo(image(200, 100)).largeur == 200


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16"])
def test_tous_les_modes_de_png_se_lisent(mode: str) -> None:
    sortie = io.BytesIO()
    Image.new(mode, (80, 60)).save(sortie, "PNG")
    assert preparer_photo(sortie.getvalue()).largeur == 80


def test_un_jpeg_d_imprimeur_en_quatre_couleurs_se_lit() -> None:
    assert preparer_photo(image(mode="CMYK")).type_mime == "image/jpeg"


def test_la_transparence_d_une_photo_devient_blanche() -> None:
    sortie = io.BytesIO()
    Image.new("RGBA", (80, 60), (0, 0, 0, 0)).save(sortie, "PNG")
    assert relue(preparer_photo(sortie.getvalue()).octets).getpixel((10, 10)) == (255, 255, 255)


def test_un_logo_garde_sa_transparence() -> None:
    sortie = io.BytesIO()
    Image.new("RGBA", (2000, 500), (0, 0, 0, 0)).save(sortie, "PNG", pnginfo=None)
    prete = preparer_logo(sortie.getvalue())
    assert (prete.largeur, prete.type_mime, prete.extension) == (COTE_LOGO, "image/png", "png")
    assert relue(prete.octets).getpixel((5, 5))[3] == 0


def test_la_meme_image_donne_toujours_les_memes_octets() -> None:
    assert (
        preparer_photo(photo_de_telephone()).sha256 == preparer_photo(photo_de_telephone()).sha256
    )


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (png_annonce(10_000, 10_000), "100 mégapixels"),
        (jpeg_annonce(12_000, 9_000), "108 mégapixels"),
        (png_annonce(60_000, 60_000), "trop grande"),
        (png_annonce(4, 4), "trop petite"),
        (png_annonce(3_000, 3_000), "abîmée"),
        (image()[:2000], "abîmée"),
        (SVG, "PNG"),
        (b"GIF89a" + b"\0" * 200, "pas une image"),
        (b"%PDF-1.7", "pas une image"),
        (b"", "pas une image"),
        (b"\xff\xd8\xff" + b"\0" * 100, "pas une image"),
        (b"\x89PNG\r\n\x1a\n", "pas une image"),
    ],
)  # fmt: skip
def test_une_mauvaise_image_est_refusee_en_disant_pourquoi(
    monkeypatch: pytest.MonkeyPatch, octets: bytes, phrase: str
) -> None:
    """Cent mégapixels se comptent dans l’en-tête : décodée, l’image serait dite abîmée.

    Le moteur du PDF, chargé par un autre essai, demande à Pillow d’accepter les images coupées.
    """
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(ImageRefusee, match=phrase):
        preparer_photo(octets)


def test_un_fichier_trop_lourd_dit_la_limite() -> None:
    with pytest.raises(ImageRefusee, match="20\u00a0Mo"):
        preparer_photo(b"\xff\xd8\xff" + b"\0" * POIDS_MAX)
