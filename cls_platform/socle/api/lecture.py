"""Le plan de lecture d’une liste : des lignes, jamais d’instances.

D’abord les identifiants de la page, ensuite leurs colonnes en une requête, enfin leurs enfants par
groupes. Le serializer décrit la même ressource pour OpenAPI et pour le détail ; un test exige que
les deux donnent le même JSON.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cls_platform.socle import tableaux

ANYOF = f"pk__{tableaux.DansTableau.lookup_name}"
Lignes = dict[Any, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Lecteur:
    """Pour qui, et quel jour, on lit."""

    utilisateur: Any
    le: date


def telle_quelle(requete: QuerySet, lecteur: Lecteur) -> QuerySet:
    return requete


def sans_enfants(lignes: Lignes, lecteur: Lecteur) -> None:
    """Rien à ajouter aux colonnes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDeLecture:
    """`colonnes` : clé JSON vers colonne. `annoter` ajoute les colonnes calculées ; `completer`
    ajoute aux lignes ce qui n’est pas une colonne et retire ce que le lecteur ne voit pas."""

    colonnes: Mapping[str, str]
    annoter: Callable[[QuerySet, Lecteur], QuerySet] = field(default=telle_quelle)
    completer: Callable[[Lignes, Lecteur], None] = field(default=sans_enfants)

    def lire(self, requete: QuerySet, pks: Sequence[Any], lecteur: Lecteur) -> list[dict[str, Any]]:
        """Les lignes dans l’ordre de `pks` ; une ligne effacée entre-temps manque."""
        colonnes = (
            self.annoter(requete, lecteur)
            .filter(**{ANYOF: pks})
            .order_by()
            .values_list("pk", *self.colonnes.values())
        )
        lignes = {pk: dict(zip(self.colonnes, valeurs, strict=True)) for pk, *valeurs in colonnes}
        self.completer(lignes, lecteur)
        return [lignes[pk] for pk in pks if pk in lignes]


def colonnes_simples(*noms: str) -> dict[str, str]:
    return {nom: nom for nom in noms}
