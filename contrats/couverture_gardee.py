"""La couverture pour les pages très lues : gardée tant que rien de ce dont elle dépend n’a changé.

La clé porte l’empreinte des données : la somme des révisions que la base compte elle-même à chaque
écriture d’un contrat, d’une phase, d’un périmètre, d’un avenant, d’une commune ou d’un zonage, même
en SQL. L’empreinte est lue avant le calcul : un résultat peut être plus récent qu’elle, jamais plus
ancien. Sans cache, tout se calcule en direct.
"""

from collections.abc import Callable, Iterable
from dataclasses import astuple
from datetime import date
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import connection

from contrats.couverture import LigneCouverture, Niveau, couverture
from contrats.couverture_place import Place
from contrats.couverture_serie import Ecart, ecarts

DUREE = 3600
SQL_EMPREINTE = """
SELECT concat_ws('-', count(*), sum(revision),
       (SELECT concat_ws('.', count(*), max(id)) FROM acteurs_editionterritoires))
FROM contrats_revisioncouverture
"""

T = TypeVar("T")


def empreinte() -> str:
    """Change avec tout contrat, phase, périmètre, avenant, commune, zonage, édition."""
    with connection.cursor() as curseur:
        curseur.execute(SQL_EMPREINTE)
        return str(curseur.fetchone()[0])


def garder(nom: str, calculer: Callable[[], T], *, marque: str | None = None) -> T:
    """Ce que rend `calculer`, gardé sous `nom` ; `marque` : une empreinte déjà lue."""
    cle = f"{nom}-{empreinte() if marque is None else marque}"
    connu: T | None = cache.get(cle)
    if connu is None:
        connu = calculer()
        cache.set(cle, connu, DUREE)
    return connu


def couvertures(
    *,
    le: date,
    niveaux: Iterable[str],
    variante: str,
    marque: str = "",
    **lieu: str | None,
) -> dict[str, list[LigneCouverture]]:
    """Les lignes de `couverture`, pour plusieurs niveaux ; une requête si rien n’a changé.

    `marque` : l’empreinte que la page vient de lire ; sans elle, elle est lue ici.
    """
    marque = marque or empreinte()
    ou = "-".join(f"{nom}.{code}" for nom, code in sorted(lieu.items()) if code)
    cles = {niveau: f"couverture-{niveau}-{variante}-{le}-{ou}-{marque}" for niveau in niveaux}
    connues = cache.get_many(cles.values())
    lues: dict[str, list[LigneCouverture]] = {}
    for niveau, cle in cles.items():
        if cle in connues:
            lues[niveau] = [LigneCouverture(*valeurs) for valeurs in connues[cle]]
        else:
            lues[niveau] = couverture(le=le, niveau=Niveau(niveau), variante=variante, **lieu)
            cache.set(cle, [astuple(ligne) for ligne in lues[niveau]], DUREE)
    return lues


def ecarts_gardes(place: Place) -> list[Ecart]:
    """Les jours où la couverture du territoire change."""
    lus: list[Any] = garder(
        f"couverture-serie-{place.niveau}-{place.code}",
        lambda: [tuple(ecart) for ecart in ecarts(place)],
    )
    return [Ecart(*ligne) for ligne in lus]
