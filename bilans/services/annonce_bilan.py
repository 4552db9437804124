"""Dire aux abonnés qu’un bilan est paru : ouvrir l’annonce, la mener, la reprendre, l’oublier.

Chaque abonné a sa ligne, écrite à la publication. Un travail envoie ce qui est dû ; ce que le
serveur n’a pas pris attend son heure, et le battement rouvre un travail. Le courriel d’une
personne est l’affaire de `envoi_parution`.
"""

import time
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from acteurs.droits import Droit
from bilans.models import (
    Abonnement,
    AnnonceParution,
    Bilan,
    EnvoiParution,
    EtatEnvoi,
    MotifEnvoi,
)
from bilans.parution import compter
from bilans.services import constat_annonce
from bilans.services.envoi_parution import ServeurMuet, ecrire_au_suivant
from cls_platform.socle.courriels import facteur
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.models import EtatTravail, Travail
from cls_platform.socle.transport import envoyer
from cls_platform.socle.travaux import avancer, executer, tenir
from contrats.permissions import exiger

GENRE = "annonce_bilan"
TACHE = "bilans.annoncer_bilan"
# Un travail rend la main bien avant la limite de Celery, même si le dernier courriel traîne
DUREE_D_UN_PASSAGE = 20.0
# Après une panne que personne n’a prévue, on ne recommence pas à chaque minute
REPIT = timedelta(hours=1)
# Le temps de réessayer ce qui est refusé ; autant qu’un dossier de fiches
OUBLI = timedelta(days=7)
RIEN_A_REPRENDRE = "Il n’y a plus de courriel à renvoyer pour cette annonce."


def demander_annonce(*, bilan: Bilan, par: Any) -> Travail | None:
    """Dans la transaction qui publie : une ligne par abonné. None si personne n’attend.

    L’annonce d’une édition d’avant s’arrête ; qui ne l’a pas reçue est de celle-ci.
    """
    arreter_les_annonces(bilan=bilan)
    abonnes = list(Abonnement.objects.a_prevenir(bilan).values_list("pk", flat=True))
    if not abonnes:
        return None
    annonce = AnnonceParution.objects.create(bilan=bilan)
    EnvoiParution.objects.bulk_create(
        [EnvoiParution(annonce=annonce, abonnement_id=pk) for pk in abonnes], batch_size=1000
    )
    return _ouvrir(annonce, par=par.pk)


def arreter_les_annonces(*, bilan: Bilan) -> None:
    """Le bilan est retiré ou remplacé : ce qui n’est pas parti ne part plus."""
    for annonce in AnnonceParution.objects.de_l_annee(bilan).en_cours():
        _arreter(annonce)


def _arreter(annonce: AnnonceParution) -> None:
    """Le courriel que l’on envoie en ce moment finit de partir avant que la main soit rendue."""
    annonce.envois.restants().update(etat=EtatEnvoi.ECARTE, motif=MotifEnvoi.ARRETE)
    _clore(annonce)


def _ouvrir(annonce: AnnonceParution, *, par: UUID | None = None) -> Travail:
    travail = Travail.objects.create(genre=GENRE, cible_id=annonce.pk, demande_par_id=par)
    transaction.on_commit(partial(envoyer, TACHE, travail.pk))
    return travail


def annoncer_bilan(*, travail_id: UUID) -> None:
    """Envoie ce qui est dû. Rejouer l’appel n’écrit à personne une seconde fois."""
    executer(travail_id=travail_id, faire=_annoncer)


def _annoncer(travail: Travail) -> None:
    annonces = AnnonceParution.objects.select_related("bilan__contrat")
    annonce = annonces.defer("bilan__instantane", "bilan__technique").get(pk=travail.cible_id)
    reste_du = _envoyer_ce_qui_est_du(annonce, travail)
    with transaction.atomic():
        tenir(travail)
        if not annonce.envois.restants().exists():
            _clore(annonce)
        elif reste_du:
            _ouvrir(annonce)


def _envoyer_ce_qui_est_du(annonce: AnnonceParution, travail: Travail) -> bool:
    """Jusqu’au bout, à la panne du serveur, ou au temps d’un passage ; vrai dans ce dernier cas.

    Ce qu’un autre processus tient en ce moment n’est pas attendu : le battement y reviendra.
    """
    fin = time.monotonic() + DUREE_D_UN_PASSAGE
    with facteur() as tenu:
        try:
            while ecrire_au_suivant(annonce=annonce, tenu=tenu):
                avancer(travail, compter(annonce).pourcentage)
                if time.monotonic() > fin:
                    return True
        except ServeurMuet:
            return False
    return False


def _clore(annonce: AnnonceParution) -> None:
    """Une fois ; ce qui a été refusé se dit à la coordination."""
    a_clore = AnnonceParution.objects.en_cours().filter(pk=annonce.pk)
    if a_clore.update(finie_le=timezone.now()) and annonce.envois.refuses().exists():
        constat_annonce.demander(annonce=annonce)


def reprendre_les_annonces(*, le: datetime) -> list[Travail]:
    """Ce que le battement rouvre : un travail par annonce qui a quelque chose à envoyer."""
    ouverts = (_rouvrir(annonce) for annonce in AnnonceParution.objects.a_reprendre(le))
    return [travail for travail in ouverts if travail is not None]


def _rouvrir(annonce: AnnonceParution) -> Travail | None:
    """None si un travail attend ou court déjà, ou vient de s’interrompre sans raison connue.

    La base n’admet qu’un travail en attente par annonce.
    """
    siens = Travail.objects.filter(genre=GENRE, cible_id=annonce.pk)
    interrompu = siens.filter(etat=EtatTravail.ECHEC, fini_le__gt=timezone.now() - REPIT)
    if _travaux_en_attente(annonce).exists() or interrompu.exists():
        return None
    try:
        with transaction.atomic():
            return _ouvrir(annonce)
    except IntegrityError:
        return None


def _travaux_en_attente(annonce: AnnonceParution) -> QuerySet[Travail]:
    attendent = (EtatTravail.EN_FILE, EtatTravail.EN_COURS)
    return Travail.objects.filter(genre=GENRE, cible_id=annonce.pk, etat__in=attendent)


@transaction.atomic
def reessayer_les_refus(*, bilan: Bilan, par: Any) -> int:
    """Remet à envoyer ce que le serveur a refusé ; rend leur nombre.

    Lève DroitRefuse, ou ErreurMetier si le bilan n’est plus en ligne ou s’il n’y a rien à renvoyer.
    """
    exiger(par, Droit.PUBLIER_BILAN, bilan.contrat)
    siennes = AnnonceParution.objects.lisibles().filter(bilan=bilan, oubliee_le=None)
    annonce = siennes.select_for_update(of=("self",)).first()
    remis = 0
    if annonce is not None:
        remis = annonce.envois.refuses().update(
            etat=EtatEnvoi.A_ENVOYER, motif="", tentatives=0, prochain_le=timezone.now()
        )
    if annonce is None or not remis:
        raise ErreurMetier(RIEN_A_REPRENDRE)
    AnnonceParution.objects.filter(pk=annonce.pk).update(finie_le=None)
    if not _travaux_en_attente(annonce).exists():
        _ouvrir(annonce, par=par.pk)
    return remis


@transaction.atomic
def oublier_les_envois(*, le: datetime | None = None) -> int:
    """Sept jours après la fin, il ne reste d’une annonce que ses nombres. Rend combien."""
    jour = le or timezone.now()
    finies = list(AnnonceParution.objects.a_oublier(jour - OUBLI).select_for_update())
    for annonce in finies:
        compte = compter(annonce)
        AnnonceParution.objects.filter(pk=annonce.pk).update(
            oubliee_le=jour, prevus=compte.prevus, partis=compte.partis, refuses=compte.refuses
        )
        annonce.envois.all().delete()
    return len(finies)
