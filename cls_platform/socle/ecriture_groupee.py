"""Écrire beaucoup de lignes en une instruction, chacune avec ses valeurs.

`bulk_create` prépare chaque colonne de chaque ligne, même celles que rien ne change ; `bulk_update`
écrit un cas par ligne et par colonne. Ici ce qui varie part en un seul document JSON, que la base
remet en lignes, et le reste en constantes : la requête a la même forme quel que soit le nombre.
Comme elles, ces fonctions ne valident rien et n’envoient aucun signal.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from types import NoneType
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import AutoField, JSONField, Model

# Ce qu’aucun champ ne change avant d’écrire
TELS_QUELS = frozenset({str, int, bool, UUID, NoneType})
# Une instruction trop longue dépasserait le délai accordé à une requête
LOT = 500


def inserer(
    modele: type[Model],
    *,
    colonnes: Mapping[str, Sequence[Any]],
    communes: Mapping[str, Any] | None = None,
    sauf_presentes: bool = False,
    lot: int = LOT,
) -> None:
    """`colonnes` : une valeur par ligne ; `communes` : la même pour toutes ; le reste, par défaut.

    `sauf_presentes` : une ligne que la base a déjà est ignorée.
    """
    variables = {_champ(modele, nom): suite for nom, suite in colonnes.items()}
    pk: Any = modele._meta.pk
    if pk not in variables and pk.has_default():
        variables[pk] = [pk.get_default() for _ in next(iter(variables.values()))]
    constantes = dict(_constantes(modele, communes or {}, variables))
    noms = ", ".join(_nom(champ) for champ in (*constantes, *variables))
    lus = [f"%s::{_type(champ)}" for champ in constantes]
    lus += [f"v.{_nom(champ)}" for champ in variables]
    requete = (
        f'INSERT INTO "{modele._meta.db_table}" ({noms})'  # noqa: S608  # des noms du modèle
        f" SELECT {', '.join(lus)} FROM {_lignes(variables)}"
        f"{' ON CONFLICT DO NOTHING' if sauf_presentes else ''}"
    )
    valeurs = [_prete(champ, valeur) for champ, valeur in constantes.items()]
    _executer(requete, valeurs, variables, lot)


def mettre_a_jour(
    modele: type[Model],
    cles: Sequence[Any],
    *,
    colonnes: Mapping[str, Sequence[Any]],
    communes: Mapping[str, Any],
    compteur: str,
    lot: int = LOT,
) -> None:
    """`colonnes` : une valeur par clé, dans le même ordre ; `communes` : la même pour toutes.

    Chaque ligne écrite ajoute un à `compteur`. Une ligne disparue est ignorée.
    """
    pk: Any = modele._meta.pk
    constantes = {_champ(modele, nom): valeur for nom, valeur in communes.items()}
    variables = {pk: cles} | {_champ(modele, nom): suite for nom, suite in colonnes.items()}
    poses = [f"{_nom(champ)} = %s::{_type(champ)}" for champ in constantes]
    poses += [f"{_nom(champ)} = v.{_nom(champ)}" for champ in variables if champ is not pk]
    requete = (
        f'UPDATE "{modele._meta.db_table}" AS t'  # noqa: S608  # des noms du modèle
        f' SET {", ".join(poses)}, "{compteur}" = t."{compteur}" + 1'
        f" FROM {_lignes(variables)} WHERE t.{_nom(pk)} = v.{_nom(pk)}"
    )
    valeurs = [_prete(champ, valeur) for champ, valeur in constantes.items()]
    _executer(requete, valeurs, variables, lot)


def _constantes(
    modele: type[Model], communes: Mapping[str, Any], variables: Mapping[Any, Any]
) -> Iterator[tuple[Any, Any]]:
    donnees = {_champ(modele, nom): valeur for nom, valeur in communes.items()}
    for champ in modele._meta.concrete_fields:
        if champ not in variables and not champ.generated and not isinstance(champ, AutoField):
            yield champ, donnees[champ] if champ in donnees else champ.get_default()


def _lignes(variables: Iterable[Any]) -> str:
    """Le document, remis en lignes ; un type sans longueur : la colonne la vérifie."""
    colonnes = ", ".join(f"{_nom(champ)} {_type(champ)}" for champ in variables)
    return f"json_to_recordset(%s::json) AS v({colonnes})"


def _executer(
    requete: str, valeurs: list[Any], variables: Mapping[Any, Sequence[Any]], lot: int
) -> None:
    noms = [champ.column for champ in variables]
    pretes = [_pretes(champ, suite) for champ, suite in variables.items()]
    lignes = [dict(zip(noms, ligne, strict=True)) for ligne in zip(*pretes, strict=True)]
    with connection.cursor() as curseur:
        for debut in range(0, len(lignes), lot):
            document = orjson.dumps(lignes[debut : debut + lot], default=str).decode()
            curseur.execute(requete, [*valeurs, document])


def _pretes(champ: Any, suite: Sequence[Any]) -> list[Any]:
    """Un document dans le document reste tel quel."""
    if isinstance(champ, JSONField):
        return list(suite)
    return [_prete(champ, valeur) for valeur in suite]


def _champ(modele: type[Model], nom: str) -> Any:
    return modele._meta.get_field(nom)


def _nom(champ: Any) -> str:
    return f'"{champ.column}"'


def _type(champ: Any) -> str:
    return str(champ.db_type(connection).partition("(")[0])


def _prete(champ: Any, valeur: Any) -> Any:
    if type(valeur) in TELS_QUELS:
        return valeur
    nue = valeur.value if isinstance(valeur, Enum) else valeur
    return champ.get_db_prep_save(nue, connection)
