"""Remettre un courriel au serveur, et savoir ce qu’il en a fait : pris, à retenter, refusé.

Un courriel est pris quand le serveur l’a dit (RFC 5321, 250 après le texte). Ce qu’il répond à un
refus n’est ni gardé ni journalisé : l’adresse y est souvent écrite. Son code suffit.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import StrEnum
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from cls_platform.socle.erreurs import ErreurMetier, PlusTard

# Un relais qui filtre prend son temps pour dire qu’il accepte : le quitter trop tôt, c’est douter
PATIENCE_SECONDES = 60
# Bien des relais ferment la ligne après une centaine de courriels
COURRIELS_PAR_CONNEXION = 50
SERVICE_INDISPONIBLE = 421
PERMANENT = 500
# RFC 3834 : ce courriel vient d’un automate
SANS_REPONSE_D_ABSENCE = {"Auto-Submitted": "auto-generated"}


class Refus(StrEnum):
    """Ce que le serveur n’a pas voulu, ou pas pu."""

    ADRESSE = "ADRESSE"
    MESSAGE = "MESSAGE"
    SERVEUR = "SERVEUR"
    DOUTE = "DOUTE"


PHRASES = {
    Refus.ADRESSE: "Le serveur de courriel refuse cette adresse.",
    Refus.MESSAGE: "Le serveur de courriel refuse ce message.",
    Refus.SERVEUR: "Le serveur de courriel ne répond pas.",
    Refus.DOUTE: "Le serveur de courriel s’est tu pendant l’envoi\u00a0: le courriel est peut-être"
    " parti.",
}


class CourrielRefuse(Exception):
    """Le serveur n’a pas pris ce courriel. `DOUTE` : il s’est tu, il l’a peut-être pris."""

    def __init__(self, motif: Refus, *, code: int = 0) -> None:
        super().__init__(f"{motif} {code}")
        self.motif = motif
        self.code = code

    @property
    def phrase(self) -> str:
        """Ce que l’on en dit à qui a demandé l’envoi."""
        if self.motif == Refus.ADRESSE and not self.est_definitif:
            return "Le serveur de courriel ne peut pas écrire à cette adresse pour l’instant."
        return PHRASES[self.motif]

    @property
    def est_definitif(self) -> bool:
        """Le même courriel, plus tard, serait refusé de même."""
        return self.motif in {Refus.ADRESSE, Refus.MESSAGE} and self.code >= PERMANENT

    @property
    def touche_les_autres(self) -> bool:
        """Ce n’est ni cette adresse, ni ce texte : le suivant n’aurait pas plus de chance."""
        return self.motif in {Refus.SERVEUR, Refus.DOUTE}


class Facteur:
    """Une connexion au serveur, gardée d’un courriel à l’autre."""

    def __init__(self, patience: int = PATIENCE_SECONDES) -> None:
        self._connexion: Any = get_connection(timeout=patience)
        self._remis = 0

    def remettre(self, courriel: EmailMessage) -> None:
        """Rend la main quand le serveur l’a pris. Lève CourrielRefuse."""
        self._ouvrir()
        try:
            self._connexion.send_messages([courriel])
        except (SMTPException, OSError, ValueError) as erreur:
            self.fermer()
            raise refus_de(erreur) from erreur
        self._remis += 1

    def _ouvrir(self) -> None:
        """Ouverte ici, elle ne se ferme pas d’elle-même après chaque courriel."""
        if self._remis >= COURRIELS_PAR_CONNEXION:
            self.fermer()
        try:
            self._connexion.open()
        except (SMTPException, OSError) as erreur:
            self.fermer()
            raise CourrielRefuse(Refus.SERVEUR, code=_code(erreur)) from erreur

    def fermer(self) -> None:
        """Un au revoir qui échoue ne change rien à ce qui est parti."""
        self._remis = 0
        with suppress(SMTPException, OSError):
            self._connexion.close()


@contextmanager
def facteur(patience: int = PATIENCE_SECONDES) -> Iterator[Facteur]:
    tenu = Facteur(patience)
    try:
        yield tenu
    finally:
        tenu.fermer()


def remettre(courriel: EmailMessage, *, patience: int = PATIENCE_SECONDES) -> None:
    """Un seul courriel. Lève CourrielRefuse."""
    with facteur(patience) as tenu:
        tenu.remettre(courriel)


def remettre_ou_attendre(courriel: EmailMessage) -> None:
    """Dans un travail : ce qui peut réussir plus tard est repris seul.

    Lève PlusTard, ou ErreurMetier (refus définitif, ou doute : on n’écrit pas deux fois).
    """
    try:
        remettre(courriel)
    except CourrielRefuse as refus:
        if refus.est_definitif or refus.motif == Refus.DOUTE:
            raise ErreurMetier(refus.phrase) from refus
        raise PlusTard(refus.phrase) from refus


def refus_de(erreur: Exception) -> CourrielRefuse:
    """Le sens d’une erreur de la remise, une fois la connexion ouverte."""
    code = _code(erreur)
    return CourrielRefuse(_motif(erreur, code), code=code)


def _motif(erreur: Exception, code: int) -> Refus:
    """Une coupure ne dit pas si le texte était déjà pris : c’est un doute."""
    if isinstance(erreur, SMTPServerDisconnected):
        return Refus.DOUTE
    if isinstance(erreur, SMTPRecipientsRefused) and code != SERVICE_INDISPONIBLE:
        return Refus.ADRESSE
    if isinstance(erreur, SMTPDataError | ValueError) and code != SERVICE_INDISPONIBLE:
        return Refus.MESSAGE
    return Refus.SERVEUR if isinstance(erreur, SMTPException) else Refus.DOUTE


def _code(erreur: Exception) -> int:
    """Celui du serveur, 0 s’il n’a rien dit ; un courriel qui ne s’écrit pas est refusé."""
    if isinstance(erreur, SMTPRecipientsRefused):
        return max((int(code) for code, _ in erreur.recipients.values()), default=0)
    if isinstance(erreur, SMTPResponseException):
        return int(erreur.smtp_code)
    return PERMANENT if isinstance(erreur, ValueError) else 0


def signature() -> Mapping[str, str]:
    """Qui écrit, au bas d’un courriel : l’opérateur et son site."""
    return {"operateur": settings.CLS_NOM_OPERATEUR, "site": settings.ADRESSE_PUBLIQUE}


def entetes_automatiques(cle: str) -> Mapping[str, str]:
    """Ni réponse d’absence, ni double : repris, le courriel garde son identifiant.

    `cle` : ce qui ne change pas d’un essai à l’autre. Bien des messageries n’en montrent qu’un.
    """
    hote = urlsplit(settings.ADRESSE_PUBLIQUE).hostname or "localhost"
    return {"Message-ID": f"<{cle}@{hote}>", **SANS_REPONSE_D_ABSENCE}
