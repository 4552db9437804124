"""Ce qu’une réponse doit tenir pour être proposée, puis acceptée. Aucun accès à la base."""

from decimal import Decimal

from contrats.etats import STATUTS_A_JUSTIFIER, StatutAction
from contrats.models import GenreElement
from indicateurs.contribution.etat import Valeurs


def manques(genre: str, valeurs: Valeurs, present: Valeurs) -> dict[str, str]:
    """Ce qui empêche de proposer ces valeurs : une phrase par champ en cause."""
    if genre == GenreElement.STATUT:
        change = valeurs["statut"] != present["statut"]
        if change and valeurs["statut"] in STATUTS_A_JUSTIFIER and not valeurs["raison"]:
            mot = StatutAction(valeurs["statut"]).label.lower()
            return {"raison": f"Dites pourquoi l’action est «\u00a0{mot}\u00a0»."}
    if genre == GenreElement.MESURE and "numerateur" in valeurs:
        return _manques_du_rapport(valeurs)
    return {}


def _manques_du_rapport(valeurs: Valeurs) -> dict[str, str]:
    for nom, autre in (("numerateur", "denominateur"), ("denominateur", "numerateur")):
        if valeurs[autre] and not valeurs[nom]:
            return {nom: "Donnez les deux nombres, ou aucun."}
    if valeurs["denominateur"] and not Decimal(valeurs["denominateur"]):
        return {"denominateur": "Ce nombre ne peut pas être zéro."}
    return {}
