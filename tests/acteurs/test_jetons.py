"""Un jeton de l’API : montré une fois, un an au plus, jamais relisible."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from acteurs.models import Jeton, Portee
from acteurs.services.acces_api import jeton_valide, noter_usage
from acteurs.services.jetons import JETONS_PAR_PERSONNE, creer_jeton, revoquer_jeton
from cls_platform.socle.erreurs import DonneesRefusees
from tests.factories import JetonFactory


def creer(par, jours: int = 90, portees=(Portee.LECTURE,)) -> tuple[Jeton, str]:
    return creer_jeton(nom="Outil d’essai", portees=portees, jours=jours, par=par)


def test_le_secret_ouvre_l_api_et_n_est_gardee_que_son_empreinte(coordinatrice):
    jeton, secret = creer(coordinatrice)
    assert secret.startswith("cls_")
    assert len(secret) >= 47
    assert jeton_valide(secret) == jeton
    valeurs = [str(v) for v in Jeton.objects.filter(pk=jeton.pk).values_list().get()]
    assert not any(secret in v for v in valeurs)


def test_deux_jetons_n_ont_jamais_le_meme_secret(coordinatrice):
    assert len({creer(coordinatrice)[1] for _ in range(5)}) == 5


@pytest.mark.parametrize("jours", [0, -1, 366, 4000])
def test_un_jeton_dure_d_un_jour_a_un_an(coordinatrice, jours):
    with pytest.raises(DonneesRefusees):
        creer(coordinatrice, jours=jours)


def test_la_base_refuse_un_jeton_de_plus_d_un_an(coordinatrice):
    with pytest.raises(IntegrityError, match="jeton_un_an_au_plus"), transaction.atomic():
        JetonFactory(expire_le=timezone.now() + timedelta(days=400))


@pytest.mark.parametrize("portees", [(), ("TOUT",), (Portee.LECTURE, "TOUT")])
def test_une_portee_inconnue_ou_aucune_portee_est_refusee(coordinatrice, portees):
    with pytest.raises(DonneesRefusees):
        creer(coordinatrice, portees=portees)


def test_ecrire_suppose_de_lire(coordinatrice):
    jeton, _ = creer(coordinatrice, portees=[Portee.ECRITURE_ACTIONS])
    assert set(jeton.portees) == {Portee.LECTURE, Portee.ECRITURE_ACTIONS}


@pytest.mark.parametrize("trait", ["expire", "revoque"])
def test_un_jeton_expire_ou_revoque_n_ouvre_rien(db, trait):
    assert jeton_valide(JetonFactory(**{trait: True}).secret) is None


def test_le_jeton_d_un_compte_ferme_n_ouvre_rien(db):
    jeton = JetonFactory(utilisateur__is_active=False)
    assert jeton_valide(jeton.secret) is None


def test_un_jeton_cesse_de_valoir_a_l_heure_dite(coordinatrice, a_la_date, aujourdhui):
    _, secret = creer(coordinatrice, jours=30)
    with a_la_date(aujourdhui + timedelta(days=29)):
        assert jeton_valide(secret)
    with a_la_date(aujourdhui + timedelta(days=31)):
        assert jeton_valide(secret) is None


def test_revoquer_est_immediat_et_se_refait_sans_effet(coordinatrice):
    jeton, secret = creer(coordinatrice)
    revoquer_jeton(jeton=jeton, par=coordinatrice)
    jeton.refresh_from_db()
    premier = jeton.revoque_le
    revoquer_jeton(jeton=jeton, par=coordinatrice)
    jeton.refresh_from_db()
    assert (jeton_valide(secret), jeton.revoque_le) == (None, premier)


def test_on_ne_revoque_pas_le_jeton_d_une_autre(coordinatrice, voisine):
    jeton, secret = creer(voisine)
    revoquer_jeton(jeton=jeton, par=coordinatrice)
    assert jeton_valide(secret) == jeton


def test_on_n_a_pas_plus_de_vingt_jetons_valides(coordinatrice, voisine):
    JetonFactory.create_batch(JETONS_PAR_PERSONNE - 1, utilisateur=coordinatrice)
    JetonFactory(utilisateur=coordinatrice, revoque=True)
    JetonFactory(utilisateur=voisine)
    creer(coordinatrice)
    with pytest.raises(DonneesRefusees, match="vingt jetons"):
        creer(coordinatrice)


def test_le_dernier_usage_est_note_au_plus_une_fois_par_minute(db, nombre_requetes):
    jeton = JetonFactory()
    assert nombre_requetes(lambda: noter_usage(jeton)) == 1
    jeton.refresh_from_db()
    assert jeton.dernier_usage_le is not None
    assert nombre_requetes(lambda: noter_usage(jeton)) == 0
