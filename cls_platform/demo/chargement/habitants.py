"""Ce que les habitants d’un contrat de démonstration ont écrit, et ce qu’on leur a répondu."""

from collections.abc import Mapping
from pathlib import Path

from acteurs.models import Utilisateur
from bilans.models import Bilan
from bilans.services.reactions import moderer, recevoir_reaction, repondre
from cls_platform.demo.chargement.lecture import DOSSIER, Donnees, lire_habitants
from contrats.models import Action, Contrat


def charger_habitants(
    contrat: Contrat, *, actions: Mapping[str, Action], par: Utilisateur, dossier: Path = DOSSIER
) -> None:
    """Par les services : une réaction est reçue, lue, puis répondue. Sans fichier, rien."""
    bilan = Bilan.objects.publies().filter(contrat=contrat).recents_d_abord().first()
    for donnees in lire_habitants(contrat.slug, dossier):
        action = actions.get(donnees.get("action", ""))
        if action or bilan:
            _charger(contrat, donnees, action, None if action else bilan, par)


def _charger(
    contrat: Contrat, donnees: Donnees, action: Action | None, bilan: Bilan | None, par: Utilisateur
) -> None:
    reaction = recevoir_reaction(
        contrat=contrat, texte=donnees["texte"], action=action, bilan=bilan
    )
    if "etat" in donnees:
        reaction = moderer(reaction=reaction, etat=donnees["etat"], version=None, par=par)
    if "reponse" in donnees:
        repondre(reaction=reaction, reponse=donnees["reponse"], version=None, par=par)
