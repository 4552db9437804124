"""Un travail long est une ligne : prise par un seul, reprise s’il meurt, écrite une fois."""

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.models import EtatTravail, Travail
from cls_platform.socle.travaux import (
    MESSAGE_PANNE,
    BailPerdu,
    a_renvoyer,
    avancer,
    echouer,
    executer,
    tenir,
)
from tests.factories import TravailFactory


def lancer_ensemble(nombre: int, geste) -> list:
    """Appelle `geste` dans `nombre` fils à la fois, chacun avec sa connexion à la base."""
    depart = threading.Barrier(nombre)
    rendus: list = []

    def courir() -> None:
        try:
            depart.wait(timeout=10)
            rendus.append(geste())
        finally:
            connection.close()

    fils = [threading.Thread(target=courir) for _ in range(nombre)]
    for f in fils:
        f.start()
    for f in fils:
        f.join(timeout=30)
    return rendus


@pytest.mark.django_db(transaction=True)
def test_de_huit_processus_un_seul_prend_le_travail():
    travail = TravailFactory()
    pris = lancer_ensemble(8, lambda: Travail.objects.prendre(travail.pk))
    gagnants = [t for t in pris if t is not None]
    assert (len(pris), len(gagnants)) == (8, 1)
    travail.refresh_from_db()
    assert (travail.etat, travail.tentatives) == (EtatTravail.EN_COURS, 1)
    assert travail.jeton == gagnants[0].jeton


@pytest.mark.django_db(transaction=True)
def test_de_huit_processus_un_seul_fait_le_travail():
    travail = TravailFactory()
    faits: list[UUID] = []

    def faire(pris: Travail) -> None:
        faits.append(pris.pk)
        with transaction.atomic():
            tenir(pris)

    lancer_ensemble(8, lambda: executer(travail_id=travail.pk, faire=faire))
    travail.refresh_from_db()
    assert (faits, travail.etat) == ([travail.pk], EtatTravail.FAIT)


@pytest.mark.django_db(transaction=True)
def test_deux_balayages_a_la_fois_ne_renvoient_pas_le_meme_travail():
    TravailFactory.create_batch(20)
    renvoyes = [pk for lot in lancer_ensemble(4, a_renvoyer) for pk, _ in lot]
    assert len(renvoyes) == len(set(renvoyes)) == 20


def test_un_travail_pris_ne_se_reprend_pas_tant_que_son_bail_court(db, a_la_date, settings):
    travail = TravailFactory()
    assert Travail.objects.prendre(travail.pk)
    assert Travail.objects.prendre(travail.pk) is None


def test_un_travail_dont_le_processus_est_mort_se_reprend_a_la_fin_du_bail(db, settings):
    travail = TravailFactory()
    premier = Travail.objects.prendre(travail.pk)
    faire_passer(travail, settings.BAIL_TRAVAIL_SECONDES + 1)
    second = Travail.objects.prendre(travail.pk)
    assert second.tentatives == 2
    assert second.jeton != premier.jeton


def test_celui_que_l_on_croyait_mort_ne_peut_plus_rien_ecrire(db, settings):
    """Son jeton est caduc : ni progression, ni résultat, ni échec."""
    travail = TravailFactory()
    premier = Travail.objects.prendre(travail.pk)
    faire_passer(travail, settings.BAIL_TRAVAIL_SECONDES + 1)
    second = Travail.objects.prendre(travail.pk)
    with pytest.raises(BailPerdu):
        avancer(premier, 50)
    with pytest.raises(BailPerdu), transaction.atomic():
        tenir(premier)
    echouer(premier, "Trop tard")
    travail.refresh_from_db()
    assert (travail.etat, travail.progression, travail.jeton) == (
        EtatTravail.EN_COURS,
        0,
        second.jeton,
    )
    with transaction.atomic():
        tenir(second)
    travail.refresh_from_db()
    assert travail.etat == EtatTravail.FAIT


def faire_passer(travail: Travail, secondes: int) -> None:
    """Le temps passe pour le bail de ce travail."""
    avant = Travail.objects.get(pk=travail.pk)
    Travail.objects.filter(pk=travail.pk).update(
        bail_jusqua=avant.bail_jusqua - timedelta(seconds=secondes)
    )


def test_avancer_prolonge_le_bail(db, settings):
    pris = Travail.objects.prendre(TravailFactory().pk)
    faire_passer(pris, settings.BAIL_TRAVAIL_SECONDES - 5)
    avancer(pris, 40)
    pris.refresh_from_db()
    assert pris.progression == 40
    assert pris.bail_jusqua > timezone.now() + timedelta(seconds=settings.BAIL_TRAVAIL_SECONDES - 5)


@pytest.mark.parametrize("etat", [EtatTravail.FAIT, EtatTravail.ECHEC])
def test_un_travail_fini_ne_se_reprend_pas(db, etat):
    travail = TravailFactory(etat=etat)
    assert Travail.objects.prendre(travail.pk) is None
    assert not Travail.objects.a_reprendre().exists()


def test_une_tache_pour_un_travail_inconnu_est_sans_effet(db):
    executer(travail_id=uuid4(), faire=lambda _: pytest.fail("rien à faire"))


def test_une_erreur_du_metier_est_dite_telle_quelle(db):
    travail = TravailFactory()

    def faire(_: Travail) -> None:
        raise ErreurMetier("Le contrat n’a pas de commune.")

    executer(travail_id=travail.pk, faire=faire)
    travail.refresh_from_db()
    assert (travail.etat, travail.message) == (EtatTravail.ECHEC, "Le contrat n’a pas de commune.")


def test_une_panne_ne_montre_pas_son_detail_technique(db):
    travail = TravailFactory()

    def faire(_: Travail) -> None:
        raise RuntimeError("postgres://secret")

    executer(travail_id=travail.pk, faire=faire)
    travail.refresh_from_db()
    assert (travail.etat, travail.message) == (EtatTravail.ECHEC, MESSAGE_PANNE)


def test_un_travail_qui_tue_son_processus_finit_par_etre_abandonne(db, settings):
    travail = TravailFactory(tentatives=settings.TENTATIVES_TRAVAIL_MAX)
    executer(travail_id=travail.pk, faire=lambda _: pytest.fail("une fois de trop"))
    travail.refresh_from_db()
    assert travail.etat == EtatTravail.ECHEC


def test_une_cible_n_a_qu_un_travail_en_attente(db):
    travail = TravailFactory()
    with pytest.raises(IntegrityError, match="un_seul_en_attente"), transaction.atomic():
        TravailFactory(genre=travail.genre, cible_id=travail.cible_id)
    Travail.objects.filter(pk=travail.pk).update(etat=EtatTravail.FAIT)
    TravailFactory(genre=travail.genre, cible_id=travail.cible_id)


def test_le_balayage_ne_renvoie_pas_deux_fois_en_une_minute(db):
    TravailFactory()
    maintenant = timezone.now()
    assert len(a_renvoyer(maintenant)) == 1
    assert not a_renvoyer(maintenant + timedelta(seconds=30))
    assert len(a_renvoyer(maintenant + timedelta(seconds=90))) == 1


def test_le_balayage_laisse_un_travail_qui_avance(db):
    Travail.objects.prendre(TravailFactory().pk)
    assert not a_renvoyer()
