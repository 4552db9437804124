"""Le courriel d’un lien de contribution, envoyé par le processus de fond ; l’oubli des noms."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.models import Travail
from cls_platform.socle.travaux import executer, tenir
from contrats.models import Contribution, LienContribution
from contrats.services.liens_contribution import cle_pour_un_courriel


def envoyer_lien(*, travail_id: UUID) -> None:
    """Envoie le courriel. Rejouer l’appel est sans effet : le travail n’est pris qu’une fois."""
    executer(travail_id=travail_id, faire=_envoyer)


def _envoyer(travail: Travail) -> None:
    liens = LienContribution.objects.select_related("contrat", "acteur", "cree_par")
    lien = liens.get(pk=travail.cible_id)
    if not lien.est_valable or not lien.courriel:
        raise ErreurMetier("Ce lien ne vaut plus : le courriel n’est pas parti.")
    with transaction.atomic():
        tenir(travail)
        _courriel(lien, est_relance=bool(travail.parametres.get("relance"))).send()


def _courriel(lien: LienContribution, *, est_relance: bool) -> EmailMessage:
    contrat = lien.contrat
    sujet = f"{contrat.nom} : des nouvelles de vos actions"
    return EmailMessage(
        subject=f"Rappel. {sujet}" if est_relance else sujet,
        body=render_to_string("emails/contribution.txt", _contenu(lien, est_relance=est_relance)),
        to=[lien.courriel],
        reply_to=[contrat.courriel_contact] if contrat.courriel_contact else None,
    )


def _contenu(lien: LienContribution, *, est_relance: bool) -> dict[str, Any]:
    chemin = reverse("indicateurs:partenaire", args=[lien.contrat.slug, cle_pour_un_courriel(lien)])
    return {
        "lien": lien,
        "contrat": lien.contrat,
        "qui": qui_demande(lien),
        "adresse": settings.ADRESSE_PUBLIQUE + chemin,
        "est_relance": est_relance,
        "fiches": [str(c.action) for c in lien.contributions.ouvertes().dans_l_ordre()],
    }


def qui_demande(lien: LienContribution) -> str:
    """Un nom, jamais une adresse ; vide si la personne n’en a pas donné."""
    auteur = lien.cree_par
    return f"{auteur.prenom} {auteur.nom}".strip() if auteur else ""


@transaction.atomic
def effacer_les_noms() -> int:
    """Un an après la fin d’un lien : ni nom, ni fonction, ni adresse, ni brouillon.

    Ce qui a été accepté reste dans la fiche, au nom de l’organisation. Rend le nombre de liens.
    """
    avant = timezone.now() - timedelta(days=settings.CLS_CONTRIBUTION_CONSERVATION_JOURS)
    liens = list(LienContribution.objects.a_effacer(avant).values_list("pk", flat=True))
    Contribution.objects.filter(lien__in=liens).update(nom="", fonction="", brouillon={})
    LienContribution.objects.filter(pk__in=liens).update(courriel="")
    return len(liens)
