"""Une requête figée : écrite et compilée une fois par processus, relue avec d’autres valeurs.

Django met plus de temps à construire et à compiler une requête que PostgreSQL à la lire. Quand sa
forme ne dépend pas de la demande, on la construit avec des `Parametre` à la place des valeurs :

    @cache
    def axes_du_contrat() -> RequeteFigee:
        return figer(Axe.objects.filter(contrat=Parametre("contrat")).values_list("id", "titre"))

    axes_du_contrat().lire(contrat=contrat.pk)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Expression, QuerySet

Convertisseurs = Mapping[int, tuple[Sequence[Callable[..., Any]], Any]]


class Parametre(Expression):
    """Une valeur donnée à la lecture ; elle se place partout où une requête attend une valeur."""

    def __init__(self, nom: str) -> None:
        super().__init__()
        self.nom = nom

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    def __repr__(self) -> str:
        return f"Parametre({self.nom!r})"


@dataclass(frozen=True, slots=True)
class RequeteFigee:
    """Une valeur qui sert plusieurs fois n’est envoyée qu’une fois : les paramètres sont nommés."""

    sql: str
    constantes: Mapping[str, Any]
    convertisseurs: Convertisseurs

    def lire(self, **valeurs: Any) -> list[tuple[Any, ...]]:
        """Les lignes, comme `values_list`. Lève ProgrammingError s’il manque une valeur."""
        with connection.cursor() as curseur:
            curseur.execute(self.sql, {**self.constantes, **valeurs})
            lignes = curseur.fetchall()
        return [self._convertie(ligne) for ligne in lignes] if self.convertisseurs else lignes

    def _convertie(self, ligne: tuple[Any, ...]) -> tuple[Any, ...]:
        valeurs = list(ligne)
        for rang, (convertisseurs, expression) in self.convertisseurs.items():
            for convertir in convertisseurs:
                valeurs[rang] = convertir(valeurs[rang], expression, connection)
        return tuple(valeurs)


def figer(requete: QuerySet[Any, Any]) -> RequeteFigee:
    """Compile une requête `values_list` ; n’exécute rien."""
    compilateur = requete.query.get_compiler(connection=connection)
    sql, parametres = compilateur.as_sql()
    noms = [
        parametre.nom if isinstance(parametre, Parametre) else f"constante_{rang}"
        for rang, parametre in enumerate(parametres)
    ]
    colonnes = [expression for expression, _, _ in compilateur.select]
    return RequeteFigee(
        sql.replace("%%", "%%%%") % tuple(f"%({nom})s" for nom in noms),
        {n: p for n, p in zip(noms, parametres, strict=True) if not isinstance(p, Parametre)},
        compilateur.get_converters(colonnes),
    )
