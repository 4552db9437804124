"""S’abonner aux nouvelles d’un contrat : double accord, désabonnement d’un geste, oubli.

Le secret d’un lien se calcule de l’abonnement et de la clé du site : la base n’en garde que
l’empreinte, et le même lien vaut dans tous les courriels.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from acteurs.models.jeton import empreinte
from bilans.models import Abonnement
from cls_platform.socle.courriels import (
    entetes_automatiques,
    remettre_ou_attendre,
    signature,
)
from cls_platform.socle.models import Travail
from cls_platform.socle.transport import envoyer
from cls_platform.socle.travaux import executer, tenir
from contrats.models import Contrat

GENRE = "accord_abonnement"
TACHE = "bilans.demander_l_accord"
SEL = "bilans.abonnement"
# Un second courriel à la même adresse n’est pas envoyé avant ce délai
DELAI_ENTRE_ACCORDS = timedelta(hours=1)


@transaction.atomic
def demander_abonnement(*, contrat: Contrat, courriel: str, par: Any = None) -> None:
    """Note la demande et envoie le lien d’accord. Rien ne dit si l’adresse était déjà abonnée.

    Une adresse confirmée reçoit le rappel de son abonnement ; au plus un courriel par heure.
    """
    adresse = courriel.strip().lower()
    abonnement = Abonnement.objects.select_for_update().filter(contrat=contrat, courriel=adresse)
    connu = abonnement.first()
    maintenant = timezone.now()
    if connu and connu.cree_le > maintenant - DELAI_ENTRE_ACCORDS:
        return
    if connu is None:
        connu = Abonnement(contrat=contrat, courriel=adresse)
        connu.empreinte = empreinte(secret_de(connu))
    connu.cree_le = maintenant
    connu.save()
    travail = Travail.objects.create(genre=GENRE, cible_id=connu.pk)
    transaction.on_commit(partial(envoyer, TACHE, travail.pk))


def secret_de(abonnement: Abonnement) -> str:
    return salted_hmac(SEL, str(abonnement.pk), algorithm="sha256").hexdigest()


def abonnement_ouvert(secret: str) -> Abonnement | None:
    """None pour un secret inconnu comme pour un abonnement effacé : rien ne les distingue."""
    return Abonnement.objects.ouverts_par(empreinte(secret)).first()


@transaction.atomic
def confirmer_abonnement(*, secret: str, par: Any = None) -> Abonnement | None:
    """Le second accord. Confirmer deux fois ne change rien."""
    abonnement = abonnement_ouvert(secret)
    if abonnement and abonnement.confirme_le is None:
        abonnement.confirme_le = timezone.now()
        abonnement.save(update_fields=["confirme_le"])
    return abonnement


@transaction.atomic
def desabonner(*, secret: str, par: Any = None) -> Contrat | None:
    """Efface la ligne : il ne reste rien de l’adresse. Rend le contrat, ou None."""
    abonnement = abonnement_ouvert(secret)
    if abonnement is None:
        return None
    contrat = abonnement.contrat
    abonnement.delete()
    return contrat


def envoyer_l_accord(*, travail_id: UUID) -> None:
    executer(travail_id=travail_id, faire=_envoyer)


def _envoyer(travail: Travail) -> None:
    abonnement = Abonnement.objects.select_related("contrat").filter(pk=travail.cible_id).first()
    with transaction.atomic():
        tenir(travail)
        if abonnement:
            remettre_ou_attendre(_courriel(abonnement, str(travail.pk)))


def _courriel(abonnement: Abonnement, cle: str) -> EmailMessage:
    contrat = abonnement.contrat
    est_confirme = abonnement.confirme_le is not None
    contenu = {
        "contrat": contrat,
        "adresse": lien("abonnement_confirmer", abonnement),
        "desabonner": lien("abonnement_arreter", abonnement),
        "jusqu_au": abonnement.cree_le + oubli(),
        "est_confirme": est_confirme,
        **signature(),
    }
    quoi = "votre adresse est déjà abonnée" if est_confirme else "confirmez votre abonnement"
    return EmailMessage(
        subject=f"{contrat.nom}\u00a0: {quoi}",
        body=render_to_string("emails/abonnement.txt", contenu),
        to=[abonnement.courriel],
        headers={**entetes_automatiques(cle), **entetes_de_desabonnement(abonnement)},
    )


def oubli() -> timedelta:
    """Ce que dure une demande que personne ne confirme."""
    return timedelta(days=settings.CLS_ABONNEMENT_CONFIRMATION_JOURS)


def lien(route: str, abonnement: Abonnement) -> str:
    return settings.ADRESSE_PUBLIQUE + reverse(f"bilans:{route}", args=[secret_de(abonnement)])


def entetes_de_desabonnement(abonnement: Abonnement) -> dict[str, str]:
    """Le bouton « Se désabonner » des messageries (RFC 2369, RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{lien('abonnement_arreter', abonnement)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


@transaction.atomic
def purger_les_abonnements(*, le: datetime | None = None) -> int:
    """Ceux que personne n’a confirmés en sept jours. Rend leur nombre."""
    jour = le or timezone.now()
    return Abonnement.objects.jamais_confirmes(jour - oubli()).delete()[0]
