"""Les pages de compte : ouvertes à l’anonyme quand il le faut, et à soi seul sinon."""

import pytest
from django.urls import reverse

from acteurs.models import Utilisateur
from tests.droits.matrice_comptes import COMPTES
from tests.factories import InvitationFactory, JetonFactory


@pytest.mark.parametrize("route", COMPTES)
def test_une_page_de_compte_repond_a_chacun_selon_la_table(route, client_de, anonyme, lectrice):
    recus = tuple(client_de(p).get(reverse(route)).status_code for p in (anonyme, lectrice))
    assert recus == COMPTES[route]


def test_personne_ne_s_inscrit_sans_invitation(client, db):
    """L’inscription ouverte est fermée : un compte naît d’une invitation."""
    avant = Utilisateur.objects.count()
    client.post(
        reverse("account_signup"),
        {"email": "x@exemple.fr", "password1": "un-mot-long-12", "password2": "un-mot-long-12"},
    )
    assert Utilisateur.objects.count() == avant


def test_un_lien_d_invitation_ouvre_une_page_et_un_lien_ferme_le_dit(client, db):
    ouverte, expiree = InvitationFactory(), InvitationFactory(expiree=True)
    statuts = [
        client.get(reverse("acteurs:invitation", args=[i])).status_code
        for i in (ouverte.secret, expiree.secret, "inconnu")
    ]
    assert statuts == [200, 410, 410]


def test_une_invitation_acceptee_connecte_et_ne_resert_pas(client, db):
    adresse = reverse("acteurs:invitation", args=[InvitationFactory().secret])
    envoi = {
        "prenom": "Nadia",
        "nom": "Nouvelle",
        "mot_de_passe": "un-mot-de-passe-choisi",
        "confirmation": "un-mot-de-passe-choisi",
    }
    assert client.post(adresse, envoi).status_code == 302
    assert client.get(reverse("contrats:espace")).status_code == 200
    assert client.post(adresse, envoi).status_code == 410


def test_un_faux_lien_de_mot_de_passe_ne_connecte_personne(client, db):
    adresse = reverse("account_reset_password_from_key", args=["0", "faux-jeton"])
    assert client.get(adresse).status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("personnage", "statut"), [("coordinatrice", 302), ("voisine", 404), ("administratrice", 404)]
)
def test_on_ne_revoque_que_ses_propres_jetons(
    request, client_de, coordinatrice, personnage, statut
):
    jeton = JetonFactory(utilisateur=coordinatrice)
    client = client_de(request.getfixturevalue(personnage))
    assert client.post(reverse("acteurs:revoquer_jeton", args=[jeton.pk])).status_code == statut
    jeton.refresh_from_db()
    assert (jeton.revoque_le is not None) is (personnage == "coordinatrice")
