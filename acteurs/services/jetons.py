"""Créer et révoquer les jetons de l’API. Le secret n’est rendu qu’à la création."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from acteurs.models import Jeton, Portee, Utilisateur
from acteurs.models.jeton import empreinte, nouveau_secret
from cls_platform.socle.erreurs import DonneesRefusees

JETONS_PAR_PERSONNE = 20


def creer_jeton(
    *, nom: str, portees: Sequence[str], jours: int, par: Utilisateur
) -> tuple[Jeton, str]:
    """Rend le jeton et son secret, que personne ne reverra.

    Lève DonneesRefusees au-delà d’un an, sans portée, ou au-delà de vingt jetons valides.
    """
    if not 1 <= jours <= 365:
        raise DonneesRefusees(
            "Un jeton dure d’un jour à un an.", champs={"jours": ["Choisissez une durée."]}
        )
    if not portees or set(portees) - set(Portee.values):
        raise DonneesRefusees("Choisissez ce que l’outil peut faire.")
    if Jeton.objects.de(par).valides().count() >= JETONS_PAR_PERSONNE:
        raise DonneesRefusees("Vous avez déjà vingt jetons. Révoquez-en un d’abord.")
    secret = nouveau_secret()
    jeton = Jeton.objects.create(
        utilisateur=par,
        nom=nom,
        prefixe=secret[:10],
        empreinte=empreinte(secret),
        portees=sorted(set(portees) | {Portee.LECTURE}),
        expire_le=timezone.now() + timedelta(days=jours),
    )
    return jeton, secret


def revoquer_jeton(*, jeton: Jeton, par: Utilisateur) -> None:
    """Le jeton cesse de valoir aussitôt ; révoquer deux fois est sans effet."""
    Jeton.objects.de(par).filter(pk=jeton.pk, revoque_le=None).update(revoque_le=timezone.now())
