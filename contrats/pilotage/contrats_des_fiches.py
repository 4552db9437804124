"""Les contrats qui ont une des fiches, ou un des signataires, qu’un filtre garde."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from cls_platform.socle.filtrage import JeuDeFiltres
from contrats.pilotage.comptes import ContratLu
from contrats.pilotage.ensemble import Ensemble

# Ces choix disent de quels contrats on parle : ils ne filtrent pas les fiches
DE_L_ENSEMBLE = frozenset({"contrat"})


@dataclass(frozen=True, slots=True)
class LigneDeContrat:
    contrat: ContratLu
    fiches: int


@dataclass(frozen=True, slots=True)
class FiltreDesContrats:
    """Se lit comme un jeu de filtres, compté par contrat ; sans filtre, tous y sont.

    `fiches` : combien de ses fiches sont gardées. Un filtre sur les signataires ne les compte pas.
    """

    de: Ensemble
    fiches: JeuDeFiltres
    signataires: JeuDeFiltres

    def exiger_valide(self) -> None:
        self.fiches.exiger_valide()
        self.signataires.exiger_valide()

    @property
    def actifs(self) -> dict[str, Any]:
        return {**self.fiches.actifs, **self.signataires.actifs}

    @property
    def filters(self) -> Any:
        return {**self.fiches.filters, **self.signataires.filters}

    @property
    def qs(self) -> list[LigneDeContrat]:
        gardees: Any = self.fiches.qs
        comptes = dict(gardees.order_by().values_list("contrat").annotate(n=Count("pk")))
        gardes = set(self.de.cles)
        if self.fiches.actifs.keys() - DE_L_ENSEMBLE:
            gardes &= comptes.keys()
        if self.signataires.actifs.keys() - DE_L_ENSEMBLE:
            signent: Any = self.signataires.qs
            gardes &= set(signent.order_by().values_list("contrat", flat=True))
        return [
            LigneDeContrat(contrat, comptes.get(pk, 0))
            for contrat, pk in zip(self.de.contrats, self.de.cles, strict=True)
            if pk in gardes
        ]
