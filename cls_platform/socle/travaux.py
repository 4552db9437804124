"""Exécuter un travail long : le prendre, dire où l’on en est, le rendre. Une seule fois."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cls_platform.socle.erreurs import ErreurMetier, PlusTard
from cls_platform.socle.models import EtatTravail, Travail
from cls_platform.socle.models.travail import DELAI_DE_RENVOI

journal = structlog.get_logger(__name__)

# Avant chaque nouvel essai d’un travail remis à plus tard ; le dernier de `TENTATIVES_TRAVAIL_MAX`
# échoue
ATTENTES = tuple(timedelta(minutes=minutes) for minutes in (2, 15, 60, 240))
MESSAGE_PANNE = "Le travail s’est interrompu. Recommencez ; si cela se répète, écrivez-nous."


class BailPerdu(Exception):
    """Un autre processus a repris ce travail : celui-ci s’arrête sans rien écrire."""


def executer(*, travail_id: UUID, faire: Callable[[Travail], None]) -> None:
    """Prend le travail et appelle `faire`, qui le termine par `tenir`.

    Sans effet si un autre le tient ou s’il est fini. Une erreur du métier est montrée telle
    quelle à la personne ; toute autre est journalisée et dite simplement. `PlusTard` remet le
    travail dans la file, un peu plus loin à chaque fois.
    """
    travail = Travail.objects.prendre(travail_id)
    if travail is None:
        return
    if travail.tentatives > settings.TENTATIVES_TRAVAIL_MAX:
        echouer(travail, MESSAGE_PANNE)
        return
    try:
        faire(travail)
    except BailPerdu:
        journal.warning("bail_perdu", travail=str(travail.pk))
    except PlusTard as attente:
        reporter(travail, attente.message)
    except ErreurMetier as erreur:
        echouer(travail, erreur.message)
    except Exception:  # noqa: BLE001  (frontière du travail : tout échec se dit à la personne)
        journal.exception("travail_interrompu", travail=str(travail.pk))
        echouer(travail, MESSAGE_PANNE)


def avancer(travail: Travail, progression: int) -> None:
    """Note la progression (%) et prolonge le bail. Lève BailPerdu."""
    bail = timezone.now() + timedelta(seconds=settings.BAIL_TRAVAIL_SECONDES)
    if not Travail.objects.tenus(travail).update(progression=progression, bail_jusqua=bail):
        raise BailPerdu


def tenir(travail: Travail) -> None:
    """À appeler dans la transaction du résultat : verrouille la ligne et la déclare faite.

    Le verrou et le jeton garantissent qu’un seul processus écrit un résultat. Lève BailPerdu.
    """
    if not Travail.objects.tenus(travail).select_for_update().exists():
        raise BailPerdu
    Travail.objects.tenus(travail).update(
        etat=EtatTravail.FAIT, progression=100, fini_le=timezone.now(), bail_jusqua=None
    )


def echouer(travail: Travail, message: str) -> None:
    Travail.objects.tenus(travail).update(
        etat=EtatTravail.ECHEC, message=message, fini_le=timezone.now(), bail_jusqua=None
    )


def reporter(travail: Travail, message: str) -> None:
    """Remis en file pour plus tard (`envoye_le` à venir) ; le dernier essai échoue."""
    if travail.tentatives > len(ATTENTES):
        echouer(travail, message)
        return
    reprise = timezone.now() + ATTENTES[travail.tentatives - 1]
    Travail.objects.tenus(travail).update(
        etat=EtatTravail.EN_FILE,
        message=message,
        bail_jusqua=None,
        envoye_le=reprise - DELAI_DE_RENVOI,
    )


@transaction.atomic
def a_renvoyer(le: datetime | None = None) -> list[tuple[UUID, str]]:
    """Les travaux à remettre dans la file, marqués comme tels : (identifiant, genre)."""
    le = le or timezone.now()
    lignes = Travail.objects.a_renvoyer(le).select_for_update(skip_locked=True)
    trouves = list(lignes.values_list("pk", "genre"))
    Travail.objects.filter(pk__in=[pk for pk, _ in trouves]).update(envoye_le=le)
    return trouves
