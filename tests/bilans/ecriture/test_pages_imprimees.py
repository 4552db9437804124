"""L’aperçu en pages imprimées : demandé au travailleur, refait quand il change, borné, à qui écrit."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from bilans import pdf
from bilans.models import ApercuImprime
from bilans.services.redaction import ecrire_section
from bilans.services.sommaire import montrer_section
from bilans.tasks import TACHE_PAR_GENRE, effacer_dossiers, rendre_apercu
from cls_platform.socle.models import EtatTravail, Travail

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _dossier(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def zoom(bilan, coordinatrice):
    section = bilan.sections.get(code="ZOOM")
    return ecrire_section(section=section, texte="Le bus passe.", version=1, par=coordinatrice)


def adresse(bilan, code="ZOOM", nom="ecrire_pages", *suite):
    return reverse(f"bilans:{nom}", args=[bilan.pk, code, *suite])


def lire(client, bilan, code="ZOOM"):
    reponse = client.get(adresse(bilan, code), headers=HTMX)
    assert reponse.status_code == 200
    return reponse.content.decode()


def faire(client, bilan, code="ZOOM"):
    """La demande, le travail, et ce que la page montre ensuite."""
    assert "Mise en page en cours" in lire(client, bilan, code)
    rendre_apercu(str(travail().pk))
    return lire(client, bilan, code)


def travail():
    return Travail.objects.get(genre="bilan_apercu", etat=EtatTravail.EN_FILE)


def images(page):
    return re.findall(r'<img src="([^"]+)"', page)


def test_les_pages_se_font_hors_de_la_requete_puis_se_montrent(client, bilan, zoom):
    premiere = lire(client, bilan)
    assert 'hx-trigger="load delay:' in premiere
    assert images(premiere) == []
    rendre_apercu(str(travail().pk))
    page = lire(client, bilan)
    assert "1\xa0page." in page
    assert "hx-trigger" not in page
    assert "Page 1 sur 1 de « Zoom sur une action »" in page
    image = client.get(images(page)[0])
    assert (image["Content-Type"], image["Cache-Control"]) == (
        "image/webp", "private, max-age=86400, immutable",
    )  # fmt: skip
    with Image.open(io.BytesIO(image.content)) as lue:
        assert lue.size == (1191, 1684)


def test_relire_sans_rien_changer_ne_redemande_rien(client, bilan, zoom):
    premiere = faire(client, bilan)
    assert lire(client, bilan) == premiere
    assert Travail.objects.filter(genre="bilan_apercu").count() == 1


def test_un_texte_enregistre_refait_les_pages_et_laisse_voir_celles_d_avant(client, bilan, zoom):
    avant = images(faire(client, bilan))
    client.post(adresse(bilan, "ZOOM", "ecrire_section"), {"texte": "Plus tard.", "version": 2})
    pendant = lire(client, bilan)
    assert "Mise en page en cours" in pendant
    assert images(pendant) == avant
    rendre_apercu(str(travail().pk))
    apres = images(lire(client, bilan))
    assert apres != avant
    # Une page encore ouverte montre celles d’avant
    assert client.get(avant[0]).status_code == 200
    assert client.get(apres[0]).status_code == 200


def test_ecrire_une_autre_partie_ne_refait_pas_celle_ci(client, bilan, zoom, coordinatrice):
    premiere = faire(client, bilan)
    autre = bilan.sections.get(code="DIFFICULTES")
    ecrire_section(section=autre, texte="Du retard.", version=1, par=coordinatrice)
    assert lire(client, bilan) == premiere


def test_deux_personnes_qui_ecrivent_la_meme_partie_partagent_un_travail(
    client, client_de, administratrice, bilan, zoom
):
    lire(client, bilan)
    autre = client_de(administratrice)
    if autre.get(adresse(bilan)).status_code == 200:
        lire(autre, bilan)
    assert Travail.objects.filter(genre="bilan_apercu").count() == 1


def test_le_meme_message_livre_deux_fois_ne_fait_rien_de_plus(client, bilan, zoom):
    page = faire(client, bilan)
    seul = Travail.objects.get(genre="bilan_apercu")
    rendre_apercu(str(seul.pk))
    seul.refresh_from_db()
    assert seul.tentatives == 1
    assert lire(client, bilan) == page


def test_les_essais_d_avant_ne_s_accumulent_pas(client, bilan, zoom, coordinatrice):
    for version in range(2, 6):
        faire(client, bilan)
        section = bilan.sections.get(code="ZOOM")
        ecrire_section(section=section, texte=f"{version}", version=version, par=coordinatrice)
    assert Travail.objects.filter(genre="bilan_apercu").count() == 1
    assert ApercuImprime.objects.count() == 1


def test_une_partie_vide_ou_retiree_dit_qu_elle_n_a_pas_de_page(client, bilan, coordinatrice):
    assert "il n’y a encore rien à y montrer" in lire(client, bilan)
    section = bilan.sections.get(code="ZOOM")
    montrer_section(section=section, est_presente=False, par=coordinatrice)
    assert "vous l’avez retirée" in lire(client, bilan)
    assert "s’impriment dans les volets" in lire(client, bilan, "INDICATEURS")
    assert not Travail.objects.filter(genre="bilan_apercu").exists()


def test_une_partie_qui_ne_se_met_pas_en_page_est_nommee_et_se_retente(
    client, bilan, zoom, monkeypatch
):
    def render(self, *args, **options):
        raise MemoryError

    with monkeypatch.context() as panne:
        panne.setattr(pdf.Page, "render", render)
        page = faire(client, bilan)
    assert "La section «\xa0Zoom sur une action\xa0» n’a pas pu être mise en page" in page
    assert lire(client, bilan) == page
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        assert images(faire(client, bilan))


def test_au_dela_du_debit_la_page_dit_quand_revenir(client, bilan, zoom, settings, coordinatrice):
    with time_machine.travel("2026-03-02T09:00:10Z", tick=False):
        settings.DEBIT_APERCUS = "1/min"
        avant = faire(client, bilan)
        section = bilan.sections.get(code="ZOOM")
        ecrire_section(section=section, texte="Encore.", version=2, par=coordinatrice)
        page = lire(client, bilan)
        assert "La suite dans 50 s" in page
        assert images(page) == images(avant)


def test_la_page_entiere_se_lit_sans_script(client, bilan, zoom):
    entiere = client.get(adresse(bilan)).content.decode()
    assert '<noscript> <a href="">Actualiser</a></noscript>' in entiere
    rendre_apercu(str(travail().pk))
    entiere = client.get(adresse(bilan)).content.decode()
    assert len(images(entiere)) == 1
    assert adresse(bilan, "ZOOM", "ecrire_apercu") in entiere


def test_l_onglet_laisse_choisir_la_page_a_l_ecran_ou_les_pages(client, bilan):
    edition = adresse(bilan, "EDITO", "ecrire_section")
    ecran = client.get(f"{edition}?cote=apercu").content.decode()
    coupees = client.get(f"{edition}?cote=apercu&vue=pages").content.decode()
    assert "data-cls-apercu" in ecran
    assert "data-cls-apercu" not in coupees
    assert 'hx-trigger="load, cls:enregistre from:body"' in coupees
    for page in (ecran, coupees):
        assert "Page à l’écran" in page
        assert "Pages imprimées" in page


@pytest.mark.parametrize(
    "faux", ["0" * 16, "..%2F..%2Fx", "A" * 16, "*" * 16, "0" * 15, "deadbeefdeadbeef"]
)
def test_une_image_inconnue_est_introuvable(client, bilan, zoom, faux):
    faire(client, bilan)
    cherchee = f"{adresse(bilan)}{faux}/1/"
    assert client.get(cherchee).status_code == 404


def test_les_images_ne_se_donnent_qu_a_qui_ecrit(client, client_de, elue, voisine, bilan, zoom):
    image = images(faire(client, bilan))[0]
    assert client_de(elue).get(image).status_code == 403
    assert client_de(voisine).get(image).status_code == 404
    assert client_de(voisine).get(adresse(bilan)).status_code == 404


def test_un_depot_vide_se_refait(client, bilan, zoom, tmp_path):
    faire(client, bilan)
    for image in tmp_path.rglob("*.webp"):
        image.unlink()
    assert images(faire(client, bilan))


def test_les_pages_d_une_partie_delaissee_s_effacent(client, bilan, zoom, tmp_path):
    faire(client, bilan)
    assert list(Path(tmp_path).rglob("*.webp"))
    effacer_dossiers()
    assert ApercuImprime.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        effacer_dossiers()
    assert not ApercuImprime.objects.exists()
    assert not Travail.objects.filter(genre="bilan_apercu").exists()
    assert not list(Path(tmp_path).rglob("*.webp"))


def test_le_balayage_sait_renvoyer_un_apercu():
    assert TACHE_PAR_GENRE["bilan_apercu"] == "bilans.rendre_apercu"
