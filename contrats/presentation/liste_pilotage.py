"""La forme commune des listes du pilotage : ce qui les filtre, ce qui en écrit une ligne."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from cls_platform.socle import typographie
from cls_platform.socle.filtrage import JeuDeFiltres
from contrats.pilotage.ensemble import Ensemble
from contrats.presentation.tableau_pilotage import Colonne, Rang, TableauDePilotage


@dataclass(frozen=True, slots=True)
class Liste:
    """`filtrer` rend le jeu de filtres ; `lignes` ce qu’il garde, rangé ; `rang` en écrit une.

    `total` : la dernière ligne, sur tout ce que le filtre garde, et non sur la seule page.
    """

    cle: str
    titre: str
    mot: str
    tete: str
    colonnes: tuple[Colonne, ...]
    filtrer: Callable[[Ensemble, QueryDict], JeuDeFiltres]
    lignes: Callable[[Any], Any]
    rang: Callable[[Any], Rang]
    total: Callable[[Any], Rang] | None = None

    def tableau(self, lues: Iterable[Any], gardees: Any = None) -> TableauDePilotage:
        """`gardees` : tout ce que le filtre garde ; sans elles, aucun total."""
        return TableauDePilotage(
            cle=self.cle,
            titre=self.titre,
            tete=self.tete,
            colonnes=self.colonnes,
            rangs=tuple(self.rang(ligne) for ligne in lues),
            total=self.total(gardees) if self.total and gardees is not None else None,
        )


def filtrer(jeu: type[JeuDeFiltres], lignes: Any, de: Ensemble, choix: QueryDict) -> JeuDeFiltres:
    return jeu(choix, queryset=lignes, le=de.le, par=de.utilisateur, sans_formulaire=True)


def jour(le: date | None) -> str:
    return typographie.date_courte(le) if le else ""
