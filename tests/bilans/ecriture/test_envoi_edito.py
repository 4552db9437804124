"""Le lien de l’édito part par courriel ; l’adresse ne reste nulle part, un refus se lit au champ."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.urls import reverse

from bilans.models import LienEdito
from bilans.services.envoi_edito import envoyer_le_lien
from bilans.services.liens_edito import LienDonne, donner_lien, revoquer_lien
from cls_platform.socle.erreurs import DonneesRefusees, DroitRefuse, ErreurMetier
from cls_platform.socle.models import Travail
from tests.appuis import serveur_smtp
from tests.appuis.serveur_smtp import Boite

VERS = "vers-l-elue@exemple.fr"
DEMANDE = {"nom": "Camille Exemple", "jours": 21, "courriel": VERS}


@pytest.fixture
def boite() -> Iterator[Boite]:
    with serveur_smtp.ouverte() as ouverte:
        yield ouverte


@pytest.fixture
def page(bilan):
    return reverse("bilans:edito_liens", args=[bilan.pk])


@pytest.fixture
def donne(bilan, coordinatrice):
    return donner_lien(bilan=bilan, nom="Camille Exemple", jours=21, par=coordinatrice)


def lu(reponse):
    return BeautifulSoup(reponse.content, "html.parser")


def erreur_du_champ(reponse) -> str:
    """Ce que lit, au champ « Envoyer ce lien à », qui y revient."""
    champ = lu(reponse).find(id="envoi_courriel")
    assert champ["aria-invalid"] == "true"
    cle = next(c for c in champ["aria-describedby"].split() if c.endswith("_error"))
    return lu(reponse).find(id=cle).get_text(strip=True)


def test_le_lien_cree_part_au_nom_de_qui_l_envoie(client, page, bilan, coordinatrice):
    reponse = client.post(page, DEMANDE)
    assert reponse.status_code == 200
    (recu,) = mail.outbox
    adresse = lu(reponse).find("input", {"readonly": True})["value"]
    assert recu.to == [VERS]
    assert recu.subject == f"{bilan.contrat.nom}\u00a0: votre mot pour le bilan {bilan.annee}"
    assert adresse in recu.body
    assert f"{coordinatrice.prenom} {coordinatrice.nom} vous demande un mot" in recu.body
    assert recu.extra_headers["Auto-Submitted"] == "auto-generated"
    assert LienEdito.objects.get().envoye_le is not None


def test_sans_adresse_le_lien_se_copie_comme_avant(client, page):
    reponse = client.post(page, DEMANDE | {"courriel": ""})
    assert not mail.outbox
    page_lue = lu(reponse)
    assert "/mot-pour-le-bilan/" in page_lue.find("input", {"readonly": True})["value"]
    assert page_lue.find("a", href=lambda h: h and h.startswith("mailto:"))


def test_l_adresse_ne_reste_nulle_part(client, page, caplog):
    """Ni dans une table, ni dans la file, ni dans l’historique, ni dans un journal."""
    client.post(page, DEMANDE)
    assert VERS not in caplog.text
    assert not Travail.objects.exists()
    with connection.cursor() as curseur:
        tables = connection.introspection.table_names(curseur)
        for table in tables:
            curseur.execute(
                f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s', [f"%{VERS}%"]
            )
            assert curseur.fetchone() == (0,), table
    assert VERS not in client.get(page).content.decode()


def test_le_lien_deja_montre_s_envoie_ensuite(client, donne):
    envoi = reverse("bilans:edito_envoyer", args=[donne.lien.pk])
    reponse = client.post(envoi, {"courriel": VERS, "secret": donne.secret})
    assert reponse.status_code == 200
    assert donne.secret in mail.outbox[0].body
    assert LienEdito.objects.count() == 1


@pytest.mark.parametrize(
    ("reponse_du_serveur", "phrase"),
    [
        ("550 5.1.1 inconnue", "refuse cette adresse. Vérifiez-la, ou copiez le lien."),
        ("450 4.2.0 plus tard", "ne peut pas écrire à cette adresse pour l’instant."),
        ("421 4.3.2 arrêt", "ne répond pas. Rien n’est parti."),
    ],
)
def test_un_refus_se_lit_a_cote_du_champ_et_le_lien_reste_a_copier(
    client, page, boite, reponse_du_serveur, phrase
):
    boite.au_destinataire = lambda _: reponse_du_serveur
    reponse = client.post(page, DEMANDE)
    assert reponse.status_code == 422
    assert phrase in erreur_du_champ(reponse)
    assert lu(reponse).find(id="envoi_courriel")["value"] == VERS
    assert "/mot-pour-le-bilan/" in lu(reponse).find("input", {"readonly": True})["value"]
    assert LienEdito.objects.get().envoye_le is None


def test_apres_un_refus_le_meme_lien_se_renvoie(client, page, boite):
    boite.au_destinataire = lambda _: "421 4.3.2 arrêt"
    formulaire = lu(client.post(page, DEMANDE)).find("form", action=lambda a: a and "envoyer" in a)
    champs = {c["name"]: c["value"] for c in formulaire.find_all("input") if c.get("value")}
    boite.retablir()
    assert client.post(formulaire["action"], champs).status_code == 200
    assert boite.adresses() == {VERS: 1}
    assert LienEdito.objects.count() == 1


def test_une_adresse_mal_ecrite_ne_cree_pas_de_lien(client, page):
    reponse = client.post(page, DEMANDE | {"courriel": "camille"})
    assert reponse.status_code == 422
    assert "Écrivez une adresse comme nom@exemple.fr." in reponse.content.decode()
    assert not LienEdito.objects.exists()


def test_les_envois_d_une_personne_sont_comptes(client, donne, settings, horloge_arretee):
    settings.DEBIT_EDITO_COURRIELS = "2/h"
    envoi = reverse("bilans:edito_envoyer", args=[donne.lien.pk])
    valeurs = {"courriel": VERS, "secret": donne.secret}
    reponses = [client.post(envoi, valeurs) for _ in range(3)]
    assert [r.status_code for r in reponses] == [200, 200, 422]
    assert "Trop de courriels envoyés." in erreur_du_champ(reponses[2])
    assert len(mail.outbox) == 2


def test_seul_le_secret_du_lien_l_envoie(bilan, donne, coordinatrice, voisine):
    autre = donner_lien(bilan=bilan, nom="X", jours=5, par=coordinatrice)
    croise = LienDonne(donne.lien, autre.secret)
    with pytest.raises(ErreurMetier, match="ne vaut plus"):
        envoyer_le_lien(donne=croise, courriel=VERS, par=coordinatrice)
    with pytest.raises(DroitRefuse):
        envoyer_le_lien(donne=donne, courriel=VERS, par=voisine)
    revoquer_lien(lien=donne.lien, par=coordinatrice)
    with pytest.raises(ErreurMetier, match="ne vaut plus"):
        envoyer_le_lien(donne=donne, courriel=VERS, par=coordinatrice)
    assert not mail.outbox


def test_un_serveur_qui_se_tait_laisse_un_doute(donne, coordinatrice, boite):
    boite.au_texte = lambda _: ""
    with pytest.raises(DonneesRefusees, match="peut-être") as refus:
        envoyer_le_lien(donne=donne, courriel=VERS, par=coordinatrice)
    assert "Demandez s’il est arrivé" in refus.value.champs["courriel"][0]
