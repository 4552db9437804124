"""S’abonner demande deux accords ; se désabonner, un geste ; personne ne sait qui l’est."""

import re
from datetime import timedelta
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bilans.models import Abonnement
from bilans.services import abonnements
from cls_platform.socle.models import EtatTravail, Travail
from cls_platform.socle.travaux import a_renvoyer
from contrats.models import Contrat
from tests.appuis import serveur_smtp
from tests.factories.habitants import AbonnementFactory

ADRESSE = "habitante@exemple.fr"


def envoyer_l_accord() -> None:
    for travail in Travail.objects.filter(genre=abonnements.GENRE):
        abonnements.envoyer_l_accord(travail_id=travail.pk)


def chemins(message: Any) -> list[str]:
    return re.findall(r"https://cls\.exemple\.fr(\S+)", message.body)


def test_rien_n_est_abonne_sans_le_second_accord(client: Client, contrat: Contrat) -> None:
    abonnements.demander_abonnement(contrat=contrat, courriel=" Habitante@Exemple.fr ")
    envoyer_l_accord()
    assert [m.to for m in mail.outbox] == [[ADRESSE]]
    confirmer = chemins(mail.outbox[0])[0]
    assert client.get(confirmer).status_code == 200
    assert not Abonnement.objects.confirmes().exists()
    client.post(confirmer)
    assert Abonnement.objects.confirmes().get().courriel == ADRESSE


def test_la_base_ne_garde_que_l_empreinte_du_secret(contrat: Contrat) -> None:
    abonnements.demander_abonnement(contrat=contrat, courriel=ADRESSE)
    abonnement = Abonnement.objects.get()
    secret = abonnements.secret_de(abonnement)
    assert abonnement.empreinte != secret
    assert abonnements.abonnement_ouvert(secret) == abonnement
    assert abonnements.abonnement_ouvert("0" * 64) is None


def test_la_reponse_est_la_meme_pour_une_adresse_deja_abonnee(
    client: Client, contrat: Contrat
) -> None:
    AbonnementFactory(contrat=contrat, courriel=ADRESSE)
    adresse = reverse("bilans:suivre", args=[contrat.slug])
    reponses = [client.post(adresse, {"courriel": c}) for c in (ADRESSE, "autre@exemple.fr")]
    assert {(r.status_code, r["Location"]) for r in reponses} == {(302, f"{adresse}?envoye")}


def test_redemander_dans_l_heure_n_envoie_rien_de_plus(contrat: Contrat) -> None:
    for _ in range(3):
        abonnements.demander_abonnement(contrat=contrat, courriel=ADRESSE)
    assert Travail.objects.filter(genre=abonnements.GENRE).count() == 1
    assert Abonnement.objects.count() == 1


def test_une_messagerie_desabonne_d_un_seul_envoi_sans_cookie(contrat: Contrat) -> None:
    """RFC 8058 : POST, corps « List-Unsubscribe=One-Click », ni session, ni jeton."""
    abonnement = AbonnementFactory(contrat=contrat)
    secret = abonnements.secret_de(abonnement)
    adresse = reverse("bilans:abonnement_arreter", args=[secret])
    strict = Client(enforce_csrf_checks=True)
    reponse = strict.post(adresse, {"List-Unsubscribe": "One-Click"})
    assert reponse.status_code == 200
    assert not Abonnement.objects.exists()
    assert strict.post(adresse).status_code == 200
    assert strict.get(adresse).status_code == 404


def test_lire_le_lien_ne_desabonne_personne(client: Client, contrat: Contrat) -> None:
    abonnement = AbonnementFactory(contrat=contrat)
    reponse = client.get(
        reverse("bilans:abonnement_arreter", args=[abonnements.secret_de(abonnement)])
    )
    assert reponse["X-Robots-Tag"].startswith("noindex")
    assert Abonnement.objects.exists()


def test_chaque_courriel_porte_de_quoi_se_desabonner(contrat: Contrat) -> None:
    abonnements.demander_abonnement(contrat=contrat, courriel=ADRESSE)
    envoyer_l_accord()
    entetes = mail.outbox[0].extra_headers
    secret = abonnements.secret_de(Abonnement.objects.get())
    assert entetes["List-Unsubscribe"] == f"<https://cls.exemple.fr/abonnement/{secret}/arreter/>"
    assert entetes["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_ce_que_personne_ne_confirme_s_efface_en_sept_jours(contrat: Contrat) -> None:
    vieux = timezone.now() - timedelta(days=8)
    AbonnementFactory(contrat=contrat, confirme_le=None, cree_le=vieux)
    garde = AbonnementFactory(contrat=contrat, cree_le=vieux)
    attend = AbonnementFactory(contrat=contrat, confirme_le=None, cree_le=timezone.now())
    assert abonnements.purger_les_abonnements() == 1
    assert set(Abonnement.objects.all()) == {garde, attend}


def test_un_serveur_en_panne_n_oublie_pas_une_demande(contrat: Contrat) -> None:
    """La page a dit « un courriel vient de partir » : il part dès que le serveur répond."""
    with serveur_smtp.ouverte() as boite:
        boite.au_destinataire = lambda _adresse: "451 4.3.0 plus tard"
        abonnements.demander_abonnement(contrat=contrat, courriel=ADRESSE)
        envoyer_l_accord()
        travail = Travail.objects.get(genre=abonnements.GENRE)
        assert (travail.etat, len(boite.recus)) == (EtatTravail.EN_FILE, 0)
        le = timezone.now()
        assert not a_renvoyer(le + timedelta(minutes=1))
        assert a_renvoyer(le + timedelta(minutes=3)) == [(travail.pk, abonnements.GENRE)]
        boite.retablir()
        envoyer_l_accord()
        assert boite.adresses() == {ADRESSE: 1}


def test_une_adresse_qui_n_existe_pas_n_est_pas_essayee_sans_fin(contrat: Contrat) -> None:
    with serveur_smtp.ouverte() as boite:
        boite.au_destinataire = lambda _adresse: "550 5.1.1 inconnue"
        abonnements.demander_abonnement(contrat=contrat, courriel=ADRESSE)
        for _ in range(3):
            envoyer_l_accord()
        assert len(boite.tentes) == 1
    assert Travail.objects.get(genre=abonnements.GENRE).etat == EtatTravail.ECHEC
