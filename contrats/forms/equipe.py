"""Inviter une personne dans l’équipe d’un contrat."""

from django import forms

from acteurs.droits import DROITS_DU_ROLE, ROLES_DE_CONTRAT, Droit, Role
from contrats.forms.base import Formulaire
from contrats.models import Participation


class FormulaireInvitation(Formulaire):
    modele = Participation

    email = forms.EmailField(label="Adresse électronique")
    prenom = forms.CharField(label="Prénom", max_length=80, required=False)
    nom = forms.CharField(label="Nom", max_length=80, required=False)
    role = forms.ChoiceField(
        label="Rôle",
        choices=[(role.value, role.label) for role in ROLES_DE_CONTRAT],
        initial=Role.LECTEUR,
        widget=forms.RadioSelect,
    )


def ce_que_permettent_les_roles() -> list[tuple[str, list[str]]]:
    """Chaque rôle et ses droits, en phrases : on sait ce que l’on donne."""
    return [
        (role.label, [droit.label for droit in Droit if droit in DROITS_DU_ROLE[role]])
        for role in ROLES_DE_CONTRAT
    ]
