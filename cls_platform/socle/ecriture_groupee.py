"""Écrire beaucoup de lignes en une instruction, chacune avec ses valeurs.

`bulk_create` prépare chaque colonne de chaque ligne, même celles que rien ne change ; `bulk_update`
écrit un cas par ligne et par colonne. Ici une colonne qui varie est un tableau, donc un seul
paramètre, et les autres sont des constantes : la requête a la même forme quel que soit le nombre.
Comme elles, ces fonctions ne valident rien et n’envoient aucun signal.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from django.db import connection
from django.db.models import AutoField, Model

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
    tableaux = {_champ(modele, nom): suite for nom, suite in colonnes.items()}
    pk: Any = modele._meta.pk
    if pk not in tableaux and pk.has_default():
        tableaux[pk] = [pk.get_default() for _ in next(iter(tableaux.values()))]
    constantes = dict(_constantes(modele, communes or {}, tableaux))
    noms = ", ".join(_nom(champ) for champ in (*constantes, *tableaux))
    lus = ", ".join([*map(_place, constantes), *(f"v.{_nom(champ)}" for champ in tableaux)])
    requete = (
        f'INSERT INTO "{modele._meta.db_table}" ({noms}) SELECT {lus} FROM {_deplie(tableaux)}'  # noqa: S608  # des noms du modèle
        f"{' ON CONFLICT DO NOTHING' if sauf_presentes else ''}"
    )
    valeurs = [_prete(champ, valeur) for champ, valeur in constantes.items()]
    _executer(requete, valeurs, tableaux, lot)


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
    tableaux = {pk: cles} | {_champ(modele, nom): suite for nom, suite in colonnes.items()}
    poses = [f"{_nom(champ)} = {_place(champ)}" for champ in constantes]
    poses += [f"{_nom(champ)} = v.{_nom(champ)}" for champ in tableaux if champ is not pk]
    requete = (
        f'UPDATE "{modele._meta.db_table}" AS t'  # noqa: S608  # des noms du modèle
        f' SET {", ".join(poses)}, "{compteur}" = t."{compteur}" + 1'
        f" FROM {_deplie(tableaux)} WHERE t.{_nom(pk)} = v.{_nom(pk)}"
    )
    valeurs = [_prete(champ, valeur) for champ, valeur in constantes.items()]
    _executer(requete, valeurs, tableaux, lot)


def _constantes(
    modele: type[Model], communes: Mapping[str, Any], tableaux: Mapping[Any, Any]
) -> Iterator[tuple[Any, Any]]:
    donnees = {_champ(modele, nom): valeur for nom, valeur in communes.items()}
    for champ in modele._meta.concrete_fields:
        if champ not in tableaux and not champ.generated and not isinstance(champ, AutoField):
            yield champ, donnees[champ] if champ in donnees else champ.get_default()


def _deplie(tableaux: Mapping[Any, Any]) -> str:
    """Les tableaux, remis en lignes."""
    places = ", ".join(f"{_place(champ)}[]" for champ in tableaux)
    return f"unnest({places}) AS v({', '.join(_nom(champ) for champ in tableaux)})"


def _executer(
    requete: str, valeurs: list[Any], tableaux: Mapping[Any, Sequence[Any]], lot: int
) -> None:
    nombre = len(next(iter(tableaux.values())))
    with connection.cursor() as curseur:
        for debut in range(0, nombre, lot):
            suites = [
                [_prete(champ, valeur) for valeur in suite[debut : debut + lot]]
                for champ, suite in tableaux.items()
            ]
            curseur.execute(requete, [*valeurs, *suites])


def _champ(modele: type[Model], nom: str) -> Any:
    return modele._meta.get_field(nom)


def _nom(champ: Any) -> str:
    return f'"{champ.column}"'


def _place(champ: Any) -> str:
    """Le type sans sa longueur : la colonne la vérifie, un tableau couperait en silence."""
    return f"%s::{champ.db_type(connection).partition('(')[0]}"


def _prete(champ: Any, valeur: Any) -> Any:
    nue = valeur.value if isinstance(valeur, Enum) else valeur
    return champ.get_db_prep_save(nue, connection)
