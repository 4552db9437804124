"""Rappeler une date de remise à qui écrit un bilan pas encore publié, et à qui mène la campagne.

Un rappel est noté avant de partir : un processus tué entre les deux en perd un, jamais deux ne
partent. Un courriel refusé est dénoté, et repart le lendemain.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from smtplib import SMTPException
from typing import Any
from uuid import UUID

import structlog
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from acteurs.models import Utilisateur
from bilans.campagne.courriels import rappel, recapitulatif
from bilans.campagne.droits import peut_mener
from bilans.campagne.lecture import contrats_de, lire_lignes, redacteurs
from bilans.campagne.ligne import LigneCampagne
from bilans.campagne.reste import reste_a_faire
from bilans.models import Campagne, RappelCampagne
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.models import EtatTravail, Travail
from cls_platform.socle.travaux import avancer, executer, tenir
from cls_platform.socle.typographie import pluriel

GENRE, TACHE = "rappel_campagne", "bilans.envoyer_rappels"
# Un service arrêté le jour dit rattrape son rappel pendant trois jours, pas au-delà
RATTRAPAGE = 3
journal = structlog.get_logger(__name__)


def palier_du(campagne: Campagne, le: date) -> int | None:
    """Le rappel qui doit partir ce jour-là, en jours avant la remise ; le plus proche d’abord."""
    reste = (campagne.remise_le - le).days
    dus = [jours for jours in campagne.rappels if reste <= jours <= reste + RATTRAPAGE]
    return min(dus, default=None) if reste >= 0 and campagne.ouvre_le <= le else None


def rappeler_les_campagnes(*, le: date) -> list[Travail]:
    """Un envoi par campagne qui a quelqu’un à rappeler ce jour-là ; rien ne repart."""
    ouverts = (_ouvrir(campagne, le) for campagne in Campagne.objects.a_rappeler(le))
    return [travail for travail in ouverts if travail is not None]


@transaction.atomic
def _ouvrir(campagne: Campagne, le: date) -> Travail | None:
    """Le verrou de la campagne empêche deux envois à la fois."""
    lues = Campagne.objects.select_related("contrat", "modifie_par")
    actuelle = lues.select_for_update(of=("self",)).get(pk=campagne.pk)
    palier = palier_du(actuelle, le)
    if palier is None or _en_attente(actuelle) or not _a_ecrire(actuelle, palier, le):
        return None
    return Travail.objects.create(genre=GENRE, cible_id=actuelle.pk)


def _en_attente(campagne: Campagne) -> bool:
    attendent = (EtatTravail.EN_FILE, EtatTravail.EN_COURS)
    return Travail.objects.filter(genre=GENRE, cible_id=campagne.pk, etat__in=attendent).exists()


def _restent(campagne: Campagne, le: date) -> list[LigneCampagne]:
    """Les bilans que cette campagne attend encore ; ni la démonstration, ni qui a ses dates."""
    return [
        ligne
        for ligne in lire_lignes(campagne, contrats_de(campagne), le)
        if not (ligne.est_remis or ligne.a_ses_dates or ligne.est_demonstration)
    ]


@dataclass(frozen=True, slots=True)
class AEcrire:
    """`lignes` : les contrats à rappeler. `restent` : le récapitulatif, vide s’il est parti."""

    lignes: list[LigneCampagne]
    restent: list[LigneCampagne]

    def __bool__(self) -> bool:
        return bool(self.lignes or self.restent)


def _a_ecrire(campagne: Campagne, palier: int, le: date) -> AEcrire:
    """Sans les rappels déjà partis, ni les contrats que personne n’écrit."""
    partis = RappelCampagne.objects.deja_partis(campagne, palier)
    restent = _restent(campagne, le)
    lignes = [li for li in restent if li.coordination and li.contrat not in partis]
    recapitule = None not in partis and _mene(campagne) is not None
    return AEcrire(lignes, restent if recapitule else [])


def _mene(campagne: Campagne) -> Utilisateur | None:
    """Qui a ouvert ou changé en dernier la campagne d’une région, s’il la mène encore."""
    qui = campagne.modifie_par
    if campagne.contrat_id or qui is None or not qui.is_active:
        return None
    return qui if peut_mener(qui, campagne) else None


def envoyer_les_rappels(*, travail_id: UUID) -> None:
    """Écrit à chacun. Rejouer l’appel est sans effet : ce qui est parti est noté."""
    executer(travail_id=travail_id, faire=_envoyer)


def _envoyer(travail: Travail) -> None:
    """Les dates du jour : une campagne prolongée depuis la demande n’a peut-être plus de rappel."""
    le = timezone.localdate()
    campagnes = Campagne.objects.select_related("region", "contrat", "modifie_par")
    campagne = campagnes.filter(pk=travail.cible_id).first()
    palier = palier_du(campagne, le) if campagne else None
    if campagne is not None and palier is not None:
        refuses = sum(not parti for parti in _ecrire_a_chacun(campagne, palier, le, travail))
        if refuses:
            raise ErreurMetier(f"{pluriel(refuses, 'rappel')} n’ont pas pu partir.")
    with transaction.atomic():
        tenir(travail)


def _ecrire_a_chacun(campagne: Campagne, palier: int, le: date, travail: Travail) -> Iterator[bool]:
    """Pour chaque courriel, s’il est parti (ou l’était déjà)."""
    voulus = _a_ecrire(campagne, palier, le)
    for rang, ligne in enumerate(voulus.lignes):
        avancer(travail, rang * 100 // len(voulus.lignes))
        ecrit = rappel(campagne, ligne, reste_a_faire(ligne), redacteurs(ligne.contrat))
        yield _envoyer_une_fois(campagne, palier, ligne.contrat, ecrit)
    if voulus.restent and (qui := _mene(campagne)):
        ecrit = recapitulatif(campagne, voulus.restent, qui)
        yield _envoyer_une_fois(campagne, palier, None, ecrit)


def _envoyer_une_fois(
    campagne: Campagne, palier: int, contrat: UUID | None, courriel: EmailMessage
) -> bool:
    """Noté, puis envoyé ; refusé par le serveur de courriel, dénoté. Vrai s’il est parti."""
    cle: dict[str, Any] = {"campagne": campagne, "contrat_id": contrat}
    note, est_neuf = RappelCampagne.objects.get_or_create(
        **cle, remise_le=campagne.remise_le, jours_avant=palier
    )
    if not est_neuf:
        return True
    try:
        courriel.send()
    except (SMTPException, OSError) as erreur:
        journal.warning("rappel_refuse", campagne=str(campagne.pk), erreur=str(erreur))
        note.delete()
        return False
    return True
