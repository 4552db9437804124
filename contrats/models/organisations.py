"""Les organisations et les personnes que l’on propose d’abord quand on travaille sur un contrat."""

from django.db.models import Q, QuerySet

from acteurs.models import Acteur, Utilisateur
from contrats.models.action import ActionActeur
from contrats.models.contrat import Contrat


def organisations_de(contrat: Contrat) -> QuerySet[Acteur]:
    """Parties au contrat, pilotes et partenaires de ses actions, organisations de son équipe."""
    equipe = Utilisateur.objects.filter(participations__contrat=contrat)
    partenaires = ActionActeur.objects.filter(action__contrat=contrat, action__corbeille_le=None)
    return Acteur.objects.filter(
        Q(pk__in=contrat.parties.values("acteur"))
        | Q(pk__in=contrat.actions.exclude(pilote=None).values("pilote"))
        | Q(pk__in=partenaires.values("acteur"))
        | Q(pk__in=equipe.exclude(acteur=None).values("acteur"))
    ).tries()


def personnes_de(contrat: Contrat) -> QuerySet[Utilisateur]:
    """Les personnes de l’équipe, par nom."""
    return Utilisateur.objects.filter(pk__in=contrat.participations.values("utilisateur")).order_by(
        "nom", "prenom", "pk"
    )
