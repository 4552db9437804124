"""L’élu·e écrit son mot par un lien : sans compte, sans secret gardé, sans rien perdre."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from acteurs.models.jeton import empreinte
from bilans.models import LienEdito
from bilans.services.liens_edito import VIA, donner_lien, revoquer_lien
from bilans.services.redaction import ecrire_section
from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse
from tests.bilans.exemples_images import image

AUTO = {"X-CLS-Auto": "1"}
SANS_ECRIRE = ["agent_ars", "elue", "pilote", "partenaire", "lectrice", "voisine"]


@pytest.fixture
def donne(bilan, coordinatrice):
    return donner_lien(bilan=bilan, nom="Camille Exemple", jours=21, par=coordinatrice)


@pytest.fixture
def adresse(donne):
    slug = donne.lien.bilan.contrat.slug
    return reverse("bilans:edito_par_lien", args=[slug, donne.secret])


@pytest.fixture
def anonyme(client_de):
    return client_de(AnonymousUser())


def edito(bilan):
    return bilan.sections.get(code="EDITO")


def test_la_base_ne_garde_que_l_empreinte(donne):
    lien = LienEdito.objects.get()
    assert lien.empreinte == empreinte(donne.secret)
    assert donne.secret not in str(vars(lien))


def test_le_secret_n_est_montre_qu_une_fois(client, bilan):
    page = reverse("bilans:edito_liens", args=[bilan.pk])
    reponse = client.post(page, {"nom": "Camille", "jours": 21})
    assert "/mot-pour-le-bilan/" in reponse.content.decode()
    assert "/mot-pour-le-bilan/" not in client.get(page).content.decode()
    assert reponse["Cache-Control"].startswith("max-age=0")


@pytest.mark.parametrize("jours", [0, 91])
def test_un_lien_dure_de_un_a_quatre_vingt_dix_jours(bilan, coordinatrice, jours):
    with pytest.raises(DonneesRefusees):
        donner_lien(bilan=bilan, nom="X", jours=jours, par=coordinatrice)


@pytest.mark.parametrize("personnage", SANS_ECRIRE)
def test_seule_la_coordination_donne_et_revoque(request, bilan, donne, personnage):
    par = request.getfixturevalue(personnage)
    with pytest.raises(DroitRefuse):
        donner_lien(bilan=bilan, nom="X", jours=5, par=par)
    with pytest.raises(DroitRefuse):
        revoquer_lien(lien=donne.lien, par=par)


def test_sans_compte_l_elue_ecrit_et_signe(anonyme, bilan, adresse):
    page = anonyme.get(adresse)
    assert page.status_code == 200
    assert "Camille Exemple" in page.content.decode()
    assert page["Referrer-Policy"] == "strict-origin"
    assert "noindex" in page["X-Robots-Tag"]
    donnees = {"texte": "Chères habitantes.", "signature": "Camille Exemple", "version": 1}
    assert anonyme.post(adresse, donnees).status_code == 303
    ecrite = edito(bilan)
    assert (ecrite.texte, ecrite.modifie_par, ecrite.modifie_via) == (
        "Chères habitantes.",
        None,
        VIA,
    )


def test_l_edito_s_enregistre_tout_seul(anonyme, bilan, adresse):
    reponse = anonyme.post(adresse, {"texte": "A", "version": 1}, headers=AUTO)
    assert json.loads(reponse.content)["version"] == 2


def test_l_elue_et_la_coordinatrice_voient_les_deux_textes(anonyme, bilan, adresse, coordinatrice):
    ecrire_section(section=edito(bilan), texte="Le sien", version=1, par=coordinatrice)
    reponse = anonyme.post(adresse, {"texte": "Le mien", "version": 1})
    assert reponse.status_code == 409
    assert "Le sien" in reponse.content.decode()
    assert "Le mien" in reponse.content.decode()
    auto = anonyme.post(adresse, {"texte": "Le mien", "version": 1}, headers=AUTO)
    assert auto.status_code == 409
    assert edito(bilan).texte == "Le sien"


def test_l_historique_dit_que_c_est_par_le_lien(anonyme, client, bilan, adresse):
    anonyme.post(adresse, {"texte": "A", "version": 1})
    page = client.get(reverse("bilans:ecrire_histoire", args=[bilan.pk, "EDITO"]))
    assert "Par le lien de l’édito" in page.content.decode()


def test_l_elue_donne_son_portrait(anonyme, bilan, donne):
    slug = bilan.contrat.slug
    envoi = reverse("bilans:edito_portrait", args=[slug, donne.secret])
    fichier = SimpleUploadedFile("moi.jpg", image(), "image/jpeg")
    mots = {"alternative": "Camille Exemple sourit", "credit": "Démonstration"}
    assert anonyme.post(envoi, {"fichier": fichier, "alternative": ""}).status_code == 422
    fichier.seek(0)
    assert anonyme.post(envoi, {"fichier": fichier, **mots}).status_code == 303
    assert edito(bilan).photo.alternative == "Camille Exemple sourit"


@pytest.mark.parametrize("cause", ["inconnu", "expire", "revoque"])
def test_un_lien_qui_ne_vaut_pas_rend_toujours_la_meme_page(
    anonyme, bilan, donne, adresse, coordinatrice, cause
):
    if cause == "inconnu":
        adresse = adresse.replace(donne.secret, "x" * 43)
    elif cause == "expire":
        LienEdito.objects.update(expire_le=timezone.now() - timedelta(seconds=1))
    else:
        revoquer_lien(lien=donne.lien, par=coordinatrice)
    for reponse in (anonyme.get(adresse), anonyme.post(adresse, {"texte": "A", "version": 1})):
        assert reponse.status_code == 404
        assert "ne vaut pas, ou ne vaut plus" in reponse.content.decode()
    assert not edito(bilan).texte


def test_un_bilan_publie_ne_s_ecrit_plus_par_le_lien(anonyme, bilan, adresse):
    type(bilan).objects.filter(pk=bilan.pk).update(
        statut="PUBLIE", instantane={}, sha256="a" * 64, chemin="x", publie_le="2026-01-01T00:00Z"
    )
    assert anonyme.post(adresse, {"texte": "A", "version": 1}).status_code == 400


def test_le_debit_est_limite(anonyme, adresse, settings, horloge_arretee):
    settings.DEBIT_CONTRIBUTIONS = "2/min"
    assert [anonyme.get(adresse).status_code for _ in range(3)] == [200, 200, 429]


def test_un_lien_se_revoque_d_un_geste(client, bilan, donne):
    client.post(reverse("bilans:edito_revoquer", args=[donne.lien.pk]))
    assert not bilan.liens_edito.valables().exists()
