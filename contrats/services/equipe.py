"""L’équipe d’un contrat : inviter, donner un rôle, le retirer."""

from typing import Any

from django.db import transaction

from acteurs.droits import ROLES_DE_CONTRAT, Droit, Role
from acteurs.models import Utilisateur
from acteurs.services.invitations import inviter
from cls_platform.socle.erreurs import DonneesRefusees, ErreurMetier
from contrats.models import Contrat, Participation
from contrats.permissions import exiger


@transaction.atomic
def ajouter_personne(
    *, contrat: Contrat, email: str, role: str, prenom: str = "", nom: str = "", par: Utilisateur
) -> Participation:
    """Donne un rôle à une personne ; sans compte, elle reçoit une invitation par courriel."""
    exiger(par, Droit.GERER_EQUIPE, contrat)
    if role not in ROLES_DE_CONTRAT:
        raise DonneesRefusees("Choisissez un rôle.", champs={"role": ["Choisissez un rôle."]})
    utilisateur = inviter(email=email, prenom=prenom, nom=nom, contexte=contrat.nom, par=par)
    participation, neuve = Participation.objects.get_or_create(
        contrat=contrat, utilisateur=utilisateur, role=role, defaults={"cree_par": par}
    )
    if not neuve:
        message = f"{utilisateur.nom_complet} tient déjà ce rôle dans le contrat."
        raise DonneesRefusees(message, champs={"email": [message]})
    return participation


@transaction.atomic
def retirer_personne(*, participation: Participation, par: Any) -> None:
    """Retire un rôle. Un contrat garde toujours une personne à la coordination."""
    contrat = participation.contrat
    exiger(par, Droit.GERER_EQUIPE, contrat)
    coordination = list(
        contrat.participations.select_for_update().filter(role=Role.COORDINATEUR).values_list("pk")
    )
    if participation.role == Role.COORDINATEUR and len(coordination) == 1:
        raise ErreurMetier(
            "C’est la seule personne à la coordination. Donnez d’abord ce rôle à quelqu’un d’autre."
        )
    participation.delete()
