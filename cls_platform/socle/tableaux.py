"""`pk__anyof=[…]` : « = ANY(tableau) ».

Un IN à cent paramètres change de texte avec chaque longueur de liste ; un tableau est un seul
paramètre, donc une seule requête préparée.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Field, Lookup

from cls_platform.socle.requetes import Parametre


@Field.register_lookup
class DansTableau(Lookup):
    lookup_name = "anyof"
    prepare_rhs = False

    def __init__(self, lhs: Any, rhs: Iterable[Any] | Parametre) -> None:
        super().__init__(lhs, rhs if isinstance(rhs, Parametre) else list(rhs))

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        champ = self.lhs.output_field
        return "%s", [[champ.get_db_prep_value(une, connection) for une in value]]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        gauche, parametres_gauche = self.process_lhs(compiler, connection)
        droite, parametres_droite = self.process_rhs(compiler, connection)
        return f"{gauche} = ANY({droite})", (*parametres_gauche, *parametres_droite)


# `filter(**{CLE_PARMI: cles})` : une seule requête préparée, quel que soit le nombre de clés
CLE_PARMI = f"pk__{DansTableau.lookup_name}"
