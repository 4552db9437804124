"""« Reprendre » : ajouter au texte que l’on écrit ce que la matière propose. Aucune base."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import QueryDict

CHAMP = "reprendre"


def avec_reprise(envoye: "QueryDict | None") -> "QueryDict | None":
    """Le même envoi, ce qui est repris ajouté à la fin du texte tapé ; rien n’en est ôté."""
    repris = envoye.get(CHAMP, "").strip() if envoye else ""
    if envoye is None or not repris:
        return envoye
    augmente = envoye.copy()
    augmente["texte"] = ajouter(envoye.get("texte", ""), repris)
    return augmente


def ajouter(texte: str, repris: str) -> str:
    """Une ligne vide sépare ; ce qui y est déjà mot pour mot n’est pas répété."""
    normal = texte.replace("\r\n", "\n").rstrip()
    if repris in normal:
        return texte
    return f"{normal}\n\n{repris}" if normal else repris
