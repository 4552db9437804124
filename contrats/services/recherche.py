"""L’index de la recherche, rangé d’un coup après une écriture en masse."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

from cls_platform.socle.ecriture_groupee import LOT
from contrats.models import Action, ActionActeur
from contrats.models.recherche_sql import RANGER_LES_FICHES
from contrats.services.declencheurs import sans_declencheurs

# Les mots d’une fiche et de ses organisations : sans cela, calculés à chaque instruction
DE_LA_RECHERCHE = {
    Action: ("recherche_fiche_neuve", "recherche_fiche"),
    ActionActeur: ("recherche_lien_mis", "recherche_lien_change", "recherche_lien_retire"),
}


@contextmanager
def mots_ranges_a_la_fin() -> Iterator[list[UUID]]:
    """Rend la liste où nommer les fiches écrites : leurs mots se calculent une fois, à la sortie.

    Dans la transaction de l’appelant. Une fiche écrite sans être nommée garderait ses anciens mots.
    """
    fiches: list[UUID] = []
    with sans_declencheurs(DE_LA_RECHERCHE):
        yield fiches
    with connection.cursor() as curseur:
        for debut in range(0, len(fiches), LOT):
            curseur.execute(RANGER_LES_FICHES, [fiches[debut : debut + LOT]])
