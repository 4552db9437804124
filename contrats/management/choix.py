"""Ce que les commandes désignent : un contrat, l’auteur d’une écriture."""

from uuid import UUID

from django.core.management.base import CommandError

from acteurs.models import Utilisateur
from contrats.models import Contrat


def contrat_designe(texte: str) -> Contrat:
    """Par son identifiant ou son nom d’adresse. Lève CommandError."""
    try:
        trouve = Contrat.objects.filter(pk=UUID(texte)).first()
    except ValueError:
        trouve = Contrat.objects.filter(slug=texte).first()
    if trouve is None:
        raise CommandError(f"Il n’y a pas de contrat « {texte} ».")
    return trouve


def auteur(courriel: str) -> Utilisateur:
    """La personne nommée, ou la plus ancienne qui administre. Lève CommandError."""
    personnes = Utilisateur.objects.filter(is_active=True)
    if courriel:
        trouvee = personnes.filter(email__iexact=courriel).first()
    else:
        trouvee = personnes.filter(est_administrateur=True).order_by("cree_le").first()
    if trouvee is None:
        raise CommandError("Personne ne porte cette écriture : donnez --par avec son courriel.")
    return trouvee
