"""Les erreurs du métier : une phrase en français, un code stable, les champs en cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.core.exceptions import ValidationError


class ErreurMetier(Exception):
    """Une règle du domaine refuse le geste ; `message` dit pourquoi et que faire."""

    code = "erreur_metier"

    def __init__(self, message: str, *, champs: Mapping[str, Sequence[str]] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.champs = {nom: list(textes) for nom, textes in (champs or {}).items()}


class DonneesRefusees(ErreurMetier):
    """Des valeurs saisies ne tiennent pas les règles du modèle."""

    code = "donnees_refusees"

    @classmethod
    def depuis(cls, erreur: ValidationError) -> DonneesRefusees:
        champs = (
            erreur.message_dict if hasattr(erreur, "error_dict") else {"__all__": erreur.messages}
        )
        return cls(" ".join(erreur.messages), champs=champs)


class DroitRefuse(ErreurMetier):
    """La personne connectée n’a pas le droit demandé (403)."""

    code = "droit_refuse"


class ObjetSupprime(ErreurMetier):
    """L’objet a été supprimé, ou mis à la corbeille, pendant que l’on écrivait."""

    code = "objet_supprime"

    def __init__(self) -> None:
        super().__init__(
            "Quelqu’un vient de supprimer cet élément\u00a0: rien n’est écrit. Copiez votre texte, "
            "puis demandez à la coordination de le sortir de la corbeille."
        )


class TransitionRefusee(ErreurMetier):
    """L’état actuel n’admet pas ce passage."""

    code = "transition_refusee"


class PlusTard(ErreurMetier):
    """Un travail n’a pas pu se faire maintenant : il attend son tour, puis recommence seul."""

    code = "plus_tard"


class ConflitVersion(ErreurMetier):
    """Quelqu’un d’autre a enregistré entre-temps ; `actuel` est l’objet tel qu’en base."""

    code = "conflit_version"

    def __init__(self, actuel: Any) -> None:
        super().__init__("Cette fiche a changé pendant que vous écriviez. Rien n’est perdu.")
        self.actuel = actuel
