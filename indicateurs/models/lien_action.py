"""L’histoire des fiches que mesure un indicateur : un déclencheur la note du côté de la fiche."""

from typing import Any

from contrats.models.histoire_liens_sql import d_une_liste
from indicateurs.models.indicateur import Indicateur

LIEN: Any = Indicateur.actions.through


class LienIndicateurs(LIEN):
    """Ne s’emploie pas : il ne fait que porter les déclencheurs de la table de liaison."""

    class Meta:
        proxy = True
        verbose_name = "lien indicateurs"
        verbose_name_plural = "liens indicateurs"
        default_permissions = ()
        triggers = d_une_liste("indicateurs", "indicateur_id")
