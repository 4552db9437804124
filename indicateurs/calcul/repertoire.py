"""Les indicateurs d’un contrat que des formules citent, et qui dépend de qui. Aucune requête."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from uuid import UUID

from indicateurs.calcul.syntaxe import (
    Citation,
    Expression,
    FormuleIllisible,
    analyser,
    citations,
)
from indicateurs.models import Agregation, Calcul, Indicateur

ADDITIONNABLES = (Agregation.SOMME, Agregation.RATIO)
BOUCLE = "Cet indicateur dépend de lui-même\u00a0: {}."


@dataclass(frozen=True)
class Repertoire:
    """`lies` : ceux qui mesurent au moins une action du plan."""

    indicateurs: Mapping[UUID, Indicateur]
    lies: frozenset[UUID] = frozenset()
    erreurs: dict[UUID, str] = field(default_factory=dict)

    @cached_property
    def par_code(self) -> dict[str, UUID]:
        return {i.code: pk for pk, i in self.indicateurs.items() if i.code}

    @cached_property
    def expressions(self) -> dict[UUID, Expression]:
        """Les formules qui se lisent ; celles des autres sont dans `erreurs`."""
        lues: dict[UUID, Expression] = {}
        for pk, indicateur in self.indicateurs.items():
            if indicateur.calcul == Calcul.FORMULE:
                try:
                    lues[pk] = analyser(indicateur.formule)
                except FormuleIllisible as erreur:
                    self.erreurs[pk] = str(erreur)
        return lues

    def cites(self, citation: Citation) -> list[UUID]:
        """Les indicateurs qu’elle désigne, dans un ordre fixe ; vide si le code est inconnu."""
        if not citation.est_somme:
            pk = self.par_code.get(citation.code)
            return [] if pk is None else [pk]
        return [
            pk
            for pk, i in self.indicateurs.items()
            if pk in self.lies
            and citation.code in (i.modele_id, i.code)
            and i.agregation in ADDITIONNABLES
        ]

    def dependances(self, pk: UUID) -> list[UUID]:
        if pk not in self.expressions:
            return []
        return [d for c in citations(self.expressions[pk]) for d in self.cites(c)]

    def fermeture(self, depuis: Iterable[UUID]) -> set[UUID]:
        """Ceux-là, et tout ce dont ils dépendent."""
        vus: set[UUID] = set()
        reste = list(depuis)
        while reste:
            pk = reste.pop()
            if pk not in vus:
                vus.add(pk)
                reste += self.dependances(pk)
        return vus

    def boucle(self, depart: UUID) -> list[UUID]:
        """Un chemin qui part de cet indicateur et y revient ; vide s’il n’y en a pas."""
        chemins = {suivant: [depart, suivant] for suivant in self.dependances(depart)}
        reste = list(chemins)
        while reste:
            ici = reste.pop(0)
            if ici == depart:
                return chemins[ici]
            for suivant in self.dependances(ici):
                if suivant not in chemins:
                    chemins[suivant] = [*chemins[ici], suivant]
                    reste.append(suivant)
        return []

    def nommer(self, boucle: Iterable[UUID]) -> str:
        """« A → B → A »."""
        noms = (self.indicateurs[pk] for pk in boucle)
        return " → ".join(i.code or f"«\u00a0{i.libelle}\u00a0»" for i in noms)

    def ordre(self, depuis: Iterable[UUID]) -> list[UUID]:
        """Les formules à calculer, chacune après ce qu’elle cite ; une boucle va aux erreurs."""
        graphe = {
            pk: set(self.dependances(pk)) for pk in self.fermeture(depuis) if pk in self.expressions
        }
        while True:
            try:
                ordonnes = list(TopologicalSorter(graphe).static_order())
            except CycleError as erreur:
                boucle: list[UUID] = erreur.args[1][::-1]
                dite = BOUCLE.format(self.nommer(boucle))
                for pk in boucle:
                    self.erreurs[pk] = dite
                    graphe.pop(pk, None)
            else:
                return [pk for pk in ordonnes if pk in graphe]
