"""La couverture pour les pages très lues : gardée tant que rien de ce dont elle dépend n’a changé.

La clé porte l’empreinte des données. Entrer ou sortir une commune, signer, changer de phase ou de
dates change la version du contrat, donc l’empreinte : la page le montre aussitôt. L’empreinte est
lue avant le calcul : un résultat peut être plus récent qu’elle, jamais plus ancien. Sans cache,
tout se calcule en direct.
"""

from collections.abc import Iterable
from dataclasses import astuple
from datetime import date

from django.core.cache import cache
from django.db import connection

from contrats.couverture import LigneCouverture, Niveau, couverture

DUREE = 3600
SQL_EMPREINTE = """
SELECT concat_ws('-', count(*), sum(version), extract(epoch FROM max(modifie_le)),
       (SELECT count(*) FROM contrats_passagephase),
       (SELECT concat_ws('.', count(*), max(id)) FROM acteurs_editionterritoires))
FROM contrats_contrat
"""


def empreinte() -> str:
    """Change avec tout contrat, toute phase et toute édition des territoires."""
    with connection.cursor() as curseur:
        curseur.execute(SQL_EMPREINTE)
        return str(curseur.fetchone()[0])


def couvertures(
    *, le: date, niveaux: Iterable[str], variante: str, marque: str = ""
) -> dict[str, list[LigneCouverture]]:
    """Les lignes de `couverture`, pour plusieurs niveaux ; une requête si rien n’a changé.

    `marque` : l’empreinte que la page vient de lire ; sans elle, elle est lue ici.
    """
    marque = marque or empreinte()
    cles = {niveau: f"couverture-{niveau}-{variante}-{le}-{marque}" for niveau in niveaux}
    connues = cache.get_many(cles.values())
    lues: dict[str, list[LigneCouverture]] = {}
    for niveau, cle in cles.items():
        if cle in connues:
            lues[niveau] = [LigneCouverture(*valeurs) for valeurs in connues[cle]]
        else:
            lues[niveau] = couverture(le=le, niveau=Niveau(niveau), variante=variante)
            cache.set(cle, [astuple(ligne) for ligne in lues[niveau]], DUREE)
    return lues
