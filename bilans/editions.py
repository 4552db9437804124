"""Les éditions publiées d’un bilan : celle qui vaut, celles qu’elle remplace, celles retirées."""

from dataclasses import dataclass

from bilans.etats import StatutBilan
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
        if self.bilan.statut == StatutBilan.PUBLIE:
            return False
        derniere = self.bilan.edition == self.editions[0].edition
        return self.bilan.retire_le is not None or derniere

    @property
    def est_remplacee(self) -> bool:
        """Lisible, mais une édition plus récente l’a corrigée."""
        return not self.est_retiree and self.bilan.statut != StatutBilan.PUBLIE


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
