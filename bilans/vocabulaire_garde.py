"""Les règles et le lexique, gardés en mémoire tant que l’opérateur n’y touche pas.

Relus et compilés à chaque frappe, ils coûteraient plus que l’analyse du texte. L’empreinte de leurs
cinq tables est lue à chaque fois, en une requête : ce qui change dans l’administration vaut
aussitôt, dans tous les processus. Elle est lue avant les listes : ce que l’on garde peut être plus
récent qu’elle, jamais plus ancien.
"""

from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from bilans.langage import Lexique, Reglement
from bilans.vocabulaire import lire_lexique, lire_reglement

SQL_EMPREINTE = """
SELECT md5(concat_ws('-',
  (SELECT string_agg(md5(t::text), '' ORDER BY code) FROM bilans_reglelangage t),
  (SELECT string_agg(md5(t::text), '' ORDER BY code) FROM bilans_bandelisibilite t),
  (SELECT string_agg(md5(t::text), '' ORDER BY code) FROM bilans_termearemplacer t),
  (SELECT string_agg(md5(t::text), '' ORDER BY code) FROM bilans_exceptionsigle t),
  (SELECT string_agg(md5(t::text), '' ORDER BY code) FROM bilans_sigle t)))
"""


class Vocabulaire(NamedTuple):
    reglement: Reglement
    lexique: Lexique


def vocabulaire() -> Vocabulaire:
    return _lire(_empreinte())


def _empreinte() -> str:
    with connection.cursor() as curseur:
        curseur.execute(SQL_EMPREINTE)
        return str(curseur.fetchone()[0])


@lru_cache(maxsize=1)
def _lire(_marque: str) -> Vocabulaire:
    return Vocabulaire(lire_reglement(), lire_lexique())
