"""Une variable absente du contexte est une faute : elle fait échouer le test.

Un paramètre facultatif de composant s'écrit `{{ nom|default:"…" }}` ; le filtre vaut déclaration.
"""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import engines
from django.template.base import FilterExpression

NOS_GABARITS = str(Path(settings.BASE_DIR) / "templates")
DECLARE_FACULTATIF = {"default", "default_if_none"}


class VariableAbsente(Exception):
    """Un de nos gabarits lit une variable que personne ne lui a donnée."""


class Sentinelle(str):
    """Valeur de `string_if_invalid` : lève pour nos gabarits, se tait pour ceux des paquets."""

    __slots__ = ()

    def __contains__(self, _texte: object) -> bool:
        return True

    def __bool__(self) -> bool:
        return True

    def __mod__(self, variable: object) -> Any:
        lieu = sys._getframe(1).f_locals
        expression, contexte = lieu.get("self"), lieu.get("context")
        if not isinstance(expression, FilterExpression) or contexte is None:
            return ""
        origine = str(contexte.render_context.template.origin.name)
        facultatif = any(f.__name__ in DECLARE_FACULTATIF for f, _ in expression.filters)
        if origine.startswith(NOS_GABARITS) and not facultatif:
            nom = origine.removeprefix(NOS_GABARITS).lstrip("/")
            raise VariableAbsente(f"{nom} : la variable « {variable} » n’est pas définie.")
        return resoudre_sans_sentinelle(expression, contexte)


def resoudre_sans_sentinelle(expression: FilterExpression, contexte: Any) -> Any:
    moteur = contexte.template.engine
    sentinelle, moteur.string_if_invalid = moteur.string_if_invalid, ""
    try:
        return expression.resolve(contexte)
    finally:
        moteur.string_if_invalid = sentinelle


def poser_la_sentinelle() -> None:
    engines["django"].engine.string_if_invalid = Sentinelle("")
