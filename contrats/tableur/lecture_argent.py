"""Les montants d’une ligne du tableur face au budget de la fiche.

Trois versions se comparent : celle de l’export (le témoin), celle du fichier, celle en ligne. Un
montant que le fichier n’a pas touché n’est pas un changement ; touché des deux côtés, un conflit.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from cls_platform.socle.tableur.feuille import Valeur
from contrats.models import LigneBudget
from contrats.montants import en_unite
from contrats.tableur.budget import Budget, PlusieursLignes, ligne_visee, lire_temoin
from contrats.tableur.changements import Ecart
from contrats.tableur.colonnes import TEMOIN, Colonne
from contrats.tableur.lignes import LigneLue
from contrats.tableur.valeurs import Lu, ValeurRefusee, montrer


@dataclass(slots=True)
class LectureArgent:
    """`lus` : tout ce qui se lit ; `montants` : ce qui sera écrit. `budget` None : fiche neuve."""

    ligne: LigneLue
    budget: Budget | None
    lus: dict[str, Decimal] = field(default_factory=dict)
    montants: dict[str, Decimal | None] = field(default_factory=dict)
    ecarts: list[Ecart] = field(default_factory=list)
    touchees_ailleurs: list[LigneBudget | None] = field(default_factory=list)

    @property
    def est_en_conflit(self) -> bool:
        return bool(self.touchees_ailleurs)

    @property
    def leur_auteur(self) -> str:
        """Qui a changé le montant en ligne ; vide si la dépense a été retirée."""
        auteurs = (x.modifie_par for x in self.touchees_ailleurs if x and x.modifie_par)
        return next((auteur.nom_complet for auteur in auteurs), "")

    def retenir(self, colonne: Colonne, valeur: Valeur, lu: Lu) -> None:
        """Lève ValeurRefusee quand le montant est la somme de plusieurs dépenses."""
        if lu.valeur is not None:
            self.lus[colonne.cle] = lu.valeur
        if self.budget is None:
            if lu.valeur is not None:
                self.montants[colonne.cle] = lu.valeur
        elif valeur not in (None, "") or self.ligne.identifiant:
            self._comparer(self.budget, colonne, lu.valeur)

    def _comparer(self, budget: Budget, colonne: Colonne, voulu: Decimal | None) -> None:
        avant = budget.montants.get(colonne.cle)
        exportes = self._exportes()
        if voulu == avant or (exportes is not None and voulu == exportes.get(colonne.cle)):
            return
        visee = self._visee(budget, colonne, avant)
        self.montants[colonne.cle] = voulu
        unite = colonne.reference.unite
        self.ecarts.append(
            Ecart(colonne.cle, colonne.entete, en_unite(avant, unite), en_unite(voulu, unite))
        )
        if exportes is not None and avant != exportes.get(colonne.cle):
            self.touchees_ailleurs.append(visee)

    def _exportes(self) -> dict[str, Decimal] | None:
        """None sans témoin : le fichier ne vient pas d’un export, ou sa cellule a été touchée."""
        temoin = self.ligne.cellules.get(TEMOIN.cle)
        return lire_temoin(montrer(temoin)) if self.ligne.identifiant else None

    def _visee(self, budget: Budget, colonne: Colonne, avant: Decimal | None) -> LigneBudget | None:
        case = colonne.reference
        try:
            return ligne_visee(budget.lignes, case)
        except PlusieursLignes as plusieurs:
            raise ValeurRefusee(
                f"ne dit pas laquelle des {plusieurs.nombre} dépenses de {case.annee} changer. "
                f"Changez-les dans l’onglet Budget de la fiche, et remettez ici "
                f"{en_unite(avant, case.unite) or 'une cellule vide'}"
            ) from plusieurs
