"""Dataclasses figées ↔ JSON canonique, sans perte : Decimal et dates y sont des textes."""

import dataclasses
import json
import types
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


class DonneesIllisibles(ValueError):
    """Des données figées ne suivent pas la forme attendue."""


def vers_simple(valeur: Any) -> Any:
    """Dictionnaires, listes, textes, nombres entiers, booléens : ce que JSON sait écrire."""
    if dataclasses.is_dataclass(valeur) and not isinstance(valeur, type):
        return {c.name: vers_simple(getattr(valeur, c.name)) for c in dataclasses.fields(valeur)}
    if isinstance(valeur, tuple):
        return [vers_simple(element) for element in valeur]
    if isinstance(valeur, Decimal | StrEnum):
        return str(valeur)
    return valeur.isoformat() if isinstance(valeur, date) else valeur


def canonique(simple: Any) -> str:
    """Mêmes données, même texte : clés triées, aucun espace, accents lisibles."""
    return json.dumps(
        simple, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def depuis_simple(voulu: type[T], simple: Any) -> T:
    """Lève DonneesIllisibles, avec le chemin de ce qui ne convient pas."""
    return _lire(voulu, simple, voulu.__name__)


def _lire(voulu: Any, simple: Any, chemin: str) -> Any:
    if get_origin(voulu) in (Union, types.UnionType):
        (autre,) = [membre for membre in get_args(voulu) if membre is not type(None)]
        return None if simple is None else _lire(autre, simple, chemin)
    if get_origin(voulu) is tuple:
        _exiger(isinstance(simple, list), chemin, "une liste")
        (element, _suite) = get_args(voulu)
        return tuple(_lire(element, x, f"{chemin}[{rang}]") for rang, x in enumerate(simple))
    if dataclasses.is_dataclass(voulu):
        return _lire_objet(voulu, simple, chemin)
    return _lire_valeur(voulu, simple, chemin)


def _lire_objet(voulu: Any, simple: Any, chemin: str) -> Any:
    _exiger(isinstance(simple, dict), chemin, "un objet")
    champs = _champs(voulu)
    inconnus = sorted(simple.keys() - champs.keys())
    manquants = sorted(champs.keys() - simple.keys())
    _exiger(not inconnus, chemin, f"pas de champ {', '.join(inconnus)}")
    _exiger(not manquants, chemin, f"le champ {', '.join(manquants)}")
    return voulu(**{c: _lire(t, simple[c], f"{chemin}.{c}") for c, t in champs.items()})


def _lire_valeur(voulu: Any, simple: Any, chemin: str) -> Any:
    if voulu in (Decimal, date) or issubclass(voulu, StrEnum):
        _exiger(isinstance(simple, str), chemin, "un texte")
        try:
            return date.fromisoformat(simple) if voulu is date else voulu(simple)
        except (ValueError, InvalidOperation) as erreur:
            raise DonneesIllisibles(f"{chemin} : « {simple} » ne se lit pas.") from erreur
    if voulu is float and type(simple) is int:
        return float(simple)
    _exiger(type(simple) is voulu, chemin, f"une valeur de type {voulu.__name__}")
    return simple


@cache
def _champs(classe: Any) -> dict[str, Any]:
    return get_type_hints(classe)


def _exiger(vrai: bool, chemin: str, attendu: str) -> None:  # noqa: FBT001  (un seul drapeau, nommé à l’appel)
    if not vrai:
        raise DonneesIllisibles(f"{chemin} : il faut {attendu}.")
