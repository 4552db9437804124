"""L’annonce d’un bilan quand le serveur de courriel flanche : personne n’est perdu, ni écrit deux fois."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from bilans import tasks
from bilans.models import (
    Abonnement,
    AnnonceParution,
    Bilan,
    EtatEnvoi,
    MotifEnvoi,
)
from bilans.parution import compter
from bilans.services import annonce_bilan
from bilans.services.envoi_parution import ESPACEMENTS
from cls_platform.socle.models import EtatTravail, Travail
from contrats.models import Contrat
from tests.appuis import serveur_smtp
from tests.appuis.serveur_smtp import Boite
from tests.bilans.habitants.appuis_parution import (
    abonnes,
    annoncer,
    battement,
    est_finie,
    nombres,
    ouvrir,
)
from tests.factories import BilanFactory
from tests.factories.habitants import AbonnementFactory


def test_le_serveur_refuse_au_troisieme_courriel_et_personne_n_est_ecrit_deux_fois(
    contrat: Contrat, paru: Bilan, boite: Boite
) -> None:
    """Il tombe au milieu : les suivants attendent avec lui, puis tout repart seul."""
    adresses = abonnes(contrat, 5)
    boite.au_destinataire = lambda _: "250 oui" if len(boite.tentes) < 3 else "421 4.3.2 arrêt"
    annonce = annoncer(paru, fois=10)
    assert nombres(annonce) == (2, 0, 3, 5)
    assert len(boite.tentes) == 3, "on n’insiste pas auprès d’un serveur qui s’arrête"
    boite.retablir()
    assert battement(timedelta(minutes=4)) == 0
    assert battement(timedelta(minutes=6)) == 1
    assert boite.adresses() == dict.fromkeys(adresses, 1)
    assert nombres(annonce) == (5, 0, 0, 5)
    assert est_finie(annonce)


def test_un_refus_passager_n_arrete_pas_les_autres(
    contrat: Contrat, paru: Bilan, boite: Boite
) -> None:
    """Une liste grise : la première fois « plus tard », cinq minutes après c’est oui."""
    adresses = abonnes(contrat, 4)
    boite.au_destinataire = lambda a: "450 4.2.0 plus tard" if a == adresses[2] else "250 oui"
    annonce = annoncer(paru)
    assert nombres(annonce) == (3, 0, 1, 4)
    boite.retablir()
    battement(timedelta(minutes=6))
    assert boite.adresses() == dict.fromkeys(adresses, 1)


def test_les_essais_s_espacent_puis_cessent(contrat: Contrat, paru: Bilan, boite: Boite) -> None:
    abonnes(contrat, 1)
    boite.au_destinataire = lambda _: "452 4.2.2 boîte pleine"
    annonce = annoncer(paru)
    ecoule = timedelta(0)
    for espacement in ESPACEMENTS:
        assert battement(ecoule + espacement - timedelta(minutes=1)) == 0
        ecoule += espacement + timedelta(minutes=1)
        assert battement(ecoule) == 1
    assert nombres(annonce) == (0, 1, 0, 1)
    assert len(boite.tentes) == len(ESPACEMENTS) + 1
    assert ecoule > timedelta(days=3), "une panne d’un long week-end ne perd personne"
    assert battement(ecoule + timedelta(days=9)) == 0


def test_un_serveur_injoignable_ne_perd_personne(contrat: Contrat, paru: Bilan) -> None:
    abonnes(contrat, 3)
    with serveur_smtp.ouverte() as fermee:
        port = fermee.port
    with serveur_smtp.vers(port):
        annonce = annoncer(paru)
    assert nombres(annonce) == (0, 0, 3, 3)
    assert set(annonce.envois.values_list("motif", "tentatives")) == {(MotifEnvoi.SERVEUR, 1)}
    battement(timedelta(minutes=6))
    assert len(mail.outbox) == 3


def test_une_adresse_refusee_pour_de_bon_n_est_plus_essayee(
    contrat: Contrat, paru: Bilan, boite: Boite
) -> None:
    adresses = abonnes(contrat, 3)
    boite.au_destinataire = lambda a: f"550 5.1.1 <{a}> inconnue" if a == adresses[1] else "250 oui"
    annonce = annoncer(paru)
    assert nombres(annonce) == (2, 1, 0, 3)
    assert est_finie(annonce)
    assert annonce.envois.get(etat=EtatEnvoi.REFUSE).motif == MotifEnvoi.ADRESSE
    assert Abonnement.objects.filter(courriel=adresses[1]).exists(), "un serveur peut se tromper"


def test_un_serveur_muet_apres_le_texte_n_est_repris_qu_une_fois(
    contrat: Contrat, paru: Bilan, boite: Boite
) -> None:
    """Il l’a peut-être pris : deux courriels au plus, et la coordination apprend le doute."""
    abonnes(contrat, 1)
    boite.au_texte = lambda _: ""
    annonce = annoncer(paru)
    assert annonce.envois.get().motif == MotifEnvoi.DOUTE
    battement(timedelta(minutes=6))
    assert nombres(annonce) == (0, 1, 0, 1)
    assert battement(timedelta(days=1)) == 0
    assert len(boite.tentes) == 2
    assert compter(annonce).motifs == {MotifEnvoi.DOUTE: 1}


def test_une_connexion_sert_a_plusieurs_courriels(
    contrat: Contrat, paru: Bilan, boite: Boite
) -> None:
    abonnes(contrat, 8)
    annoncer(paru)
    assert (len(boite.recus), boite.connexions) == (8, 1)


def test_un_passage_court_ouvre_le_suivant(
    contrat: Contrat, paru: Bilan, boite: Boite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Un millier d’abonnés ne tient pas dans la limite d’une tâche : un travail suit l’autre."""
    adresses = abonnes(contrat, 3)
    monkeypatch.setattr(annonce_bilan, "DUREE_D_UN_PASSAGE", 0.0)
    annonce = annoncer(paru)
    monkeypatch.undo()
    assert nombres(annonce) == (1, 0, 2, 3)
    suite = Travail.objects.get(genre=annonce_bilan.GENRE, etat=EtatTravail.EN_FILE)
    annonce_bilan.annoncer_bilan(travail_id=suite.pk)
    assert boite.adresses() == dict.fromkeys(adresses, 1)


# Deux processus, ou un mort


def livrer(travail: Travail) -> None:
    try:
        tasks.annoncer_bilan(str(travail.pk))
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_la_tache_livree_dix_fois_a_la_fois_n_ecrit_qu_une_fois(boite: Boite) -> None:
    contrat = AbonnementFactory().contrat
    adresses = [*Abonnement.objects.values_list("courriel", flat=True), *abonnes(contrat, 4)]
    travail = ouvrir(BilanFactory(contrat=contrat, publie=True, annee=2025))
    fils = [threading.Thread(target=livrer, args=(travail,)) for _ in range(10)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert boite.adresses() == dict.fromkeys(adresses, 1)


@pytest.mark.django_db(transaction=True)
def test_un_travail_que_l_on_croyait_mort_ne_double_pas_le_courriel_qu_il_tient(
    boite: Boite,
) -> None:
    """Le serveur traîne sur un courriel, le bail expire, un autre reprend : il saute celui-là."""
    contrat = AbonnementFactory().contrat
    adresses = [*Abonnement.objects.values_list("courriel", flat=True), *abonnes(contrat, 3)]
    travail = ouvrir(BilanFactory(contrat=contrat, publie=True, annee=2025))
    tient, lache = threading.Event(), threading.Event()

    def trainer(_adresse: str) -> None:
        if not tient.is_set():
            tient.set()
            lache.wait(10)

    boite.avant_de_prendre = trainer
    lent = threading.Thread(target=livrer, args=(travail,))
    lent.start()
    assert tient.wait(10)
    Travail.objects.filter(pk=travail.pk).update(bail_jusqua=timezone.now() - timedelta(seconds=1))
    livrer(travail)
    assert len(boite.recus) == len(adresses) - 1
    assert not est_finie(AnnonceParution.objects.get())
    lache.set()
    lent.join()
    battement()
    assert boite.adresses() == dict.fromkeys(adresses, 1)
    assert est_finie(AnnonceParution.objects.get())
