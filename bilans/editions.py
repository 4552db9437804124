"""Les éditions publiées d’un bilan : celle qui vaut, celles qu’elle remplace, celles retirées."""

from dataclasses import dataclass
from typing import Any

from bilans.etats import EtatEdition, StatutBilan
from bilans.models import Bilan


@dataclass(frozen=True, slots=True)
class LectureEdition:
    """`bilan` est l’édition demandée ; `en_cours`, celle publiée aujourd’hui, s’il y en a une.

    `editions` : toutes, la dernière d’abord. Les données figées sont à relire une à une.
    """

    bilan: Bilan
    en_cours: Bilan | None
    editions: tuple[Bilan, ...]

    @property
    def est_retiree(self) -> bool:
        """Ôtée du site, avec ou sans motif : rien n’est venu la remplacer."""
        return self._etat == EtatEdition.RETIREE

    @property
    def est_remplacee(self) -> bool:
        """Lisible, mais une édition plus récente l’a corrigée."""
        return self._etat == EtatEdition.REMPLACEE

    @property
    def _etat(self) -> str:
        bilan: Any = self.bilan
        return bilan.etat_edition


def edition_lue(slug: str, annee: int, numero: int | None = None) -> LectureEdition | None:
    """Une requête. Sans numéro, l’édition publiée ; à défaut, la dernière, retirée.

    None si rien n’a jamais été publié, ou pas sous ce numéro.
    """
    editions = tuple(Bilan.objects.editions_publiques(slug, annee))
    en_cours = next((b for b in editions if b.statut == StatutBilan.PUBLIE), None)
    if numero is None:
        choisie = en_cours or next(iter(editions), None)
    else:
        choisie = next((b for b in editions if b.edition == numero), None)
    return LectureEdition(choisie, en_cours, editions) if choisie else None
