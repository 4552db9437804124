"""Ce que les commandes désignent : l’auteur d’une écriture."""

from django.core.management.base import CommandError

from acteurs.models import Utilisateur


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
