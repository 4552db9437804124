"""Les courriels d’une campagne : le rappel d’un contrat, le récapitulatif de l’agence."""

from collections.abc import Collection, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from acteurs.models import Utilisateur
from bilans.campagne.fenetres import compte_a_rebours
from bilans.campagne.ligne import LigneCampagne
from bilans.campagne.reste import Reste
from bilans.models import Campagne
from cls_platform.socle.courriels import SANS_REPONSE_D_ABSENCE, signature
from cls_platform.socle.typographie import INSECABLE, date_longue, pluriel


def rappel(
    campagne: Campagne,
    ligne: LigneCampagne,
    restes: Sequence[Reste],
    vers: Collection[Utilisateur],
) -> EmailMessage:
    """Où en est le bilan, ce qui reste et par qui ; à tous ceux qui l’écrivent, ensemble."""
    if ligne.bilan:
        page = reverse("bilans:bilan", args=[ligne.bilan.id])
    else:
        page = reverse("bilans:bilans", args=[ligne.contrat])
    contenu = _commun(campagne) | {
        "contrat": ligne.nom,
        "etape": ligne.etape.label.lower(),
        "restes": restes,
        "page": settings.ADRESSE_PUBLIQUE + page,
    }
    return EmailMessage(
        subject=f"{ligne.nom}{INSECABLE}: le bilan {campagne.annee} est à publier "
        f"{compte_a_rebours(campagne.remise_le, ligne.le)}",
        body=render_to_string("emails/rappel_campagne.txt", contenu),
        to=[compte.email for compte in vers],
        headers=SANS_REPONSE_D_ABSENCE,
    )


def recapitulatif(
    campagne: Campagne, restent: Sequence[LigneCampagne], vers: Utilisateur
) -> EmailMessage:
    """À qui mène la campagne : les contrats qui n’ont pas publié, par étape, et qui l’écrit."""
    combien = pluriel(len(restent), "bilan")
    contenu = _commun(campagne) | {
        "prenom": vers.prenom,
        "region": campagne.region,
        "combien": combien,
        "lignes": restent,
        "page": settings.ADRESSE_PUBLIQUE + reverse("bilans:campagne", args=[campagne.pk]),
    }
    return EmailMessage(
        subject=f"Bilans {campagne.annee}{INSECABLE}: {combien} à publier au plus tard le "
        f"{date_longue(campagne.remise_le)}",
        body=render_to_string("emails/recapitulatif_campagne.txt", contenu),
        to=[vers.email],
        headers=SANS_REPONSE_D_ABSENCE,
    )


def _commun(campagne: Campagne) -> dict[str, Any]:
    return {
        "annee": campagne.annee,
        "remise_le": campagne.remise_le,
        "message": campagne.message,
        **signature(),
    }
