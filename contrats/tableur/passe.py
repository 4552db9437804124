"""Ce que disait une fiche à une version passée, d’après son historique."""

from typing import Any
from uuid import UUID

from contrats.models import Action
from contrats.tableur.colonnes import EXPORTEES, Genre
from contrats.tableur.etat import ecrire
from contrats.tableur.valeurs import montrer

# Portés par la ligne même de l’action, donc par son historique
_GENRES = {
    Genre.NUMERO,
    Genre.LIGNE,
    Genre.TEXTE,
    Genre.CHOIX,
    Genre.DEBUT,
    Genre.FIN,
    Genre.OUI_NON,
}
COLONNES = tuple(c for c in EXPORTEES if c.genre in _GENRES)


def valeurs_a_la_version(action: UUID, version: int) -> dict[str, str]:
    """Les champs simples, comme ils s’écrivaient ; vide si l’historique n’a pas cette version."""
    copies_de: Any = Action.events.rel.related_model  # type: ignore[attr-defined]  # posé par pghistory
    copies = copies_de.objects.filter(pgh_obj_id=action, version=version)
    passe = copies.order_by("-pgh_id").first()
    if passe is None:
        return {}
    return {c.cle: montrer(ecrire(passe, c)) for c in COLONNES}
