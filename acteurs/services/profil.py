"""Ce qu’une personne change elle-même dans son compte."""

from acteurs.models import Utilisateur


def modifier_profil(*, prenom: str, nom: str, fonction: str, par: Utilisateur) -> Utilisateur:
    par.prenom, par.nom, par.fonction = prenom, nom, fonction
    par.save(update_fields=["prenom", "nom", "fonction"])
    return par
