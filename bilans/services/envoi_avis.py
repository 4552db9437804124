"""Le courriel d’une demande d’avis : le lien sans compte, le rappel à l’approche de la date.

Le secret naît à l’envoi et n’est gardé nulle part : seule son empreinte l’est. Le dernier lien
envoyé vaut seul, jusqu’à 30 jours après la date demandée.
"""

import secrets
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from acteurs.models import Utilisateur
from acteurs.models.jeton import empreinte
from bilans.models import AvisBilan
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.models import EtatTravail, Travail
from cls_platform.socle.travaux import executer, tenir

GENRE, TACHE = "avis_demande", "bilans.envoyer_la_demande_d_avis"
DELAI_ENTRE_ENVOIS = timedelta(hours=20)
JOURS_DU_RAPPEL = 3
PLUS_ATTENDU = "Cet avis n’est plus attendu\u00a0: le courriel n’est pas parti."


def demander_l_envoi(*, avis: AvisBilan, par: Any, est_rappel: bool = False) -> Travail:
    """Dans la transaction de l’appelant. `par` vide : le rappel automatique."""
    return Travail.objects.create(
        genre=GENRE,
        cible_id=avis.pk,
        parametres={"rappel": est_rappel, "automatique": par is None},
        demande_par_id=par.pk if par else None,
    )


def dernier_envoi(avis: AvisBilan) -> Travail | None:
    return envois([avis.pk]).get(avis.pk)


def envois(cles: list[UUID]) -> dict[UUID, Travail]:
    """Le dernier envoi de chaque demande, échecs compris ; une requête."""
    travaux = Travail.objects.filter(genre=GENRE, cible_id__in=cles).order_by("cree_le")
    return {travail.cible_id: travail for travail in travaux}


@transaction.atomic
def ouvrir_les_rappels(*, le: date) -> list[Travail]:
    """Trois jours avant la date, une seule fois, à qui n’a pas encore répondu."""
    attendus = AvisBilan.objects.a_rappeler(le, le + timedelta(days=JOURS_DU_RAPPEL))
    ouverts = []
    for avis in attendus:
        partis = Travail.objects.filter(genre=GENRE, cible_id=avis.pk)
        recents = partis.filter(cree_le__gt=timezone.now() - DELAI_ENTRE_ENVOIS)
        attendent = partis.filter(etat__in=(EtatTravail.EN_FILE, EtatTravail.EN_COURS))
        deja = partis.filter(parametres__automatique=True)
        if not (recents.exists() or attendent.exists() or deja.exists()):
            ouverts.append(demander_l_envoi(avis=avis, par=None, est_rappel=True))
    return ouverts


def envoyer_la_demande(*, travail_id: UUID) -> None:
    """Rejouer l’appel est sans effet : le travail n’est pris qu’une fois."""
    executer(travail_id=travail_id, faire=_envoyer)


def _envoyer(travail: Travail) -> None:
    demandes = AvisBilan.objects.attendus().select_related("bilan__contrat", "acteur")
    avis = demandes.filter(pk=travail.cible_id).first()
    if avis is None or not avis.courriel or not avis.bilan.est_modifiable:
        raise ErreurMetier(PLUS_ATTENDU)
    demandeur = travail.demande_par_id
    qui = Utilisateur.objects.filter(pk=demandeur).first() if demandeur else None
    with transaction.atomic():
        tenir(travail)
        secret = secrets.token_urlsafe(32)
        AvisBilan.objects.filter(pk=avis.pk).update(empreinte=empreinte(secret))
        _courriel(avis, secret, qui, est_rappel=bool(travail.parametres.get("rappel"))).send()


def _courriel(
    avis: AvisBilan, secret: str, qui: Utilisateur | None, *, est_rappel: bool
) -> EmailMessage:
    contrat = avis.bilan.contrat
    sujet = f"{contrat.nom}\u00a0: votre avis sur le bilan {avis.bilan.annee}"
    contenu = {
        "avis": avis,
        "bilan": avis.bilan,
        "contrat": contrat,
        "qui": f"{qui.prenom} {qui.nom}".strip() if qui else "",
        "est_rappel": est_rappel,
        "expire_le": avis.expire_le,
        "adresse": settings.ADRESSE_PUBLIQUE
        + reverse("bilans:avis_par_lien", args=[contrat.slug, secret]),
    }
    return EmailMessage(
        subject=f"Rappel. {sujet}" if est_rappel else sujet,
        body=render_to_string("emails/avis_bilan.txt", contenu),
        to=[avis.courriel],
        reply_to=[contrat.courriel_contact] if contrat.courriel_contact else None,
    )
