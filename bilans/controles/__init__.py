"""Ce qui se vérifie avant de publier : ce qui bloque, ce qui se dit, et le geste qui répare.

Bloque ce qui rendrait le document faux, inaccessible ou incompréhensible. Le reste est un choix de
l’équipe : publier sans relecture, sans avis ou sans visa est permis, mais dit.
"""

from collections.abc import Callable, Iterator
from datetime import date

from django.utils import timezone

from bilans.controles import document, langage, suivi
from bilans.controles.controle import Controle, Gravite, Lu, Sujet
from bilans.models import Bilan

__all__ = ["Controle", "Gravite", "Sujet", "ce_qui_bloque", "controles"]

REGLES: tuple[Callable[[Lu], Iterator[Controle]], ...] = (
    document.pdf,
    document.rien_a_lire,
    document.page_publique,
    document.sections_vides,
    document.points_a_decider,
    document.sigles,
    langage.sigles_du_pdf,
    document.photos,
    document.lisibilite,
    suivi.volets,
    suivi.annonces,
    suivi.commentaires,
    suivi.avis,
    suivi.validation,
    suivi.visas,
)


def controles(bilan: Bilan, *, le: date | None = None) -> list[Controle]:
    """Tous, ce qui bloque d’abord ; aucun pour un bilan déjà publié."""
    if not bilan.est_modifiable:
        return []
    lu = Lu(bilan, le or timezone.localdate())
    trouves = [controle for regle in REGLES for controle in regle(lu)]
    return sorted(trouves, key=lambda c: (not c.bloque, list(Sujet).index(c.sujet)))


def ce_qui_bloque(bilan: Bilan) -> list[Controle]:
    return [controle for controle in controles(bilan) if controle.bloque]
