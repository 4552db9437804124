"""Le plan de lecture d’une liste : des lignes, jamais d’instances.

D’abord les identifiants de la page, ensuite leurs colonnes en une requête figée, enfin leurs
enfants par groupes. Le serializer décrit la même ressource pour OpenAPI et pour le détail ; un test
exige que les deux donnent le même JSON.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet, TextField, Value

from cls_platform.socle import tableaux
from cls_platform.socle.requetes import Parametre, RequeteFigee, figer

ANYOF = f"pk__{tableaux.DansTableau.lookup_name}"
RIEN = Value(None, output_field=TextField())
Lignes = dict[Any, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Lecteur:
    """Pour qui, et quel jour, on lit."""

    utilisateur: Any
    le: date | Parametre

    @property
    def type(self) -> "TypeDeLecteur":
        utilisateur = self.utilisateur
        return TypeDeLecteur(
            utilisateur.is_authenticated, getattr(utilisateur, "est_administrateur", False)
        )


class TypeDeLecteur(Parametre):
    """N’importe quelle visite, personne ou administration : ce qui décide de la forme des requêtes.

    Dans une requête à figer, tient la place de l’utilisateur, et vaut sa clé à la lecture.
    """

    def __init__(self, is_authenticated: bool, est_administrateur: bool) -> None:  # noqa: FBT001  (un seul drapeau, nommé à l’appel)
        super().__init__("utilisateur")
        self.is_authenticated = is_authenticated
        self.est_administrateur = est_administrateur


def telle_quelle(requete: QuerySet, lecteur: Lecteur) -> QuerySet:
    return requete


def sans_enfants(lignes: Lignes, lecteur: Lecteur) -> None:
    """Rien à ajouter aux colonnes."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlanDeLecture:
    """`colonnes` : clé JSON vers colonne. `annoter` ajoute les colonnes calculées, d’après le jour
    et la personne seulement ; `completer` ajoute aux lignes ce qui n’est pas une colonne et retire
    ce que le lecteur ne voit pas. `internes` : les clés qu’une visite anonyme ne lit jamais ; pour
    elle, leurs valeurs ne sortent pas de la base."""

    colonnes: Mapping[str, str]
    internes: Collection[str] = ()
    annoter: Callable[[QuerySet, Lecteur], QuerySet] = field(default=telle_quelle)
    completer: Callable[[Lignes, Lecteur], None] = field(default=sans_enfants)

    def lire(
        self, modele: type[Model], pks: Sequence[Any], lecteur: Lecteur
    ) -> list[dict[str, Any]]:
        """Les lignes dans l’ordre de `pks` ; une ligne effacée entre-temps manque."""
        colonnes = _colonnes_figees(self, modele, lecteur.type).lire(
            pks=list(pks), le=lecteur.le, utilisateur=lecteur.utilisateur.pk
        )
        lignes = {pk: dict(zip(self.colonnes, valeurs, strict=True)) for pk, *valeurs in colonnes}
        self.completer(lignes, lecteur)
        return [lignes[pk] for pk in pks if pk in lignes]


@cache
def _colonnes_figees(
    plan: PlanDeLecture, modele: type[Model], utilisateur: TypeDeLecteur
) -> RequeteFigee:
    requete = plan.annoter(modele._default_manager.all(), Lecteur(utilisateur, Parametre("le")))
    choisies = requete.filter(**{ANYOF: Parametre("pks")}).order_by()
    internes = () if utilisateur.is_authenticated else plan.internes
    colonnes = (RIEN if cle in internes else colonne for cle, colonne in plan.colonnes.items())
    return figer(choisies.values_list("pk", *colonnes))


def colonnes_simples(*noms: str) -> dict[str, str]:
    return {nom: nom for nom in noms}
