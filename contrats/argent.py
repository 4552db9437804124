"""Les comptes du plan : des sommes déjà faites par la base entrent, des tableaux en sortent.

Rien ici ne lit la base ; tout est en `Decimal`, sans arrondi. L’argent, les apports en nature et
les équivalents temps plein ne s’additionnent jamais ensemble.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from contrats.models.vocabulaire_argent import UniteBudget

ZERO = Decimal(0)


class MontantBudget(StrEnum):
    PREVU = "prevu"
    REALISE = "realise"


class MontantFinancement(StrEnum):
    DEMANDE = "demande"
    ACCORDE = "accorde"
    VERSE = "verse"


@dataclass(frozen=True, slots=True)
class Depense:
    """Une somme de lignes de budget : `LigneBudgetQuerySet.par_axe_et_annee`."""

    axe: UUID | None
    annee: int
    unite: str
    est_valorisation: bool
    prevu: Decimal
    realise: Decimal

    @property
    def est_en_argent(self) -> bool:
        return self.unite == UniteBudget.EUROS and not self.est_valorisation


@dataclass(frozen=True, slots=True)
class Apport:
    """Une somme de financements : `FinancementQuerySet.par_axe_annee_et_financeur`."""

    axe: UUID | None
    annee: int
    financeur: str
    demande: Decimal
    accorde: Decimal
    verse: Decimal


@dataclass(frozen=True, slots=True)
class Entete:
    """Une ligne ou une colonne de tableau."""

    cle: Any
    nom: str
    court: str = ""


@dataclass(frozen=True, slots=True)
class Rang:
    entete: Entete
    montants: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Tableau:
    """Chaque case est écrite, zéro compris ; `total` somme les lignes, colonne par colonne."""

    colonnes: tuple[str, ...]
    rangs: tuple[Rang, ...]
    total: tuple[Decimal, ...]

    @property
    def est_vide(self) -> bool:
        return not any(any(rang.montants) for rang in self.rangs)


def tableau(colonnes: Sequence[str], rangs: Iterable[Rang]) -> Tableau:
    rangs = tuple(rangs)
    total = tuple(
        sum((rang.montants[place] for rang in rangs), ZERO) for place in range(len(colonnes))
    )
    return Tableau(tuple(colonnes), rangs, total)


@dataclass(frozen=True, slots=True)
class Comptes:
    """Tout ce que le plan coûte et reçoit. `annee` None : toutes les années."""

    depenses: Sequence[Depense]
    apports: Sequence[Apport]
    axes: Sequence[Entete]
    financeurs: Sequence[Entete]
    annee: int | None = None

    @property
    def annees(self) -> list[int]:
        return sorted({d.annee for d in self.depenses} | {a.annee for a in self.apports})

    def par_axe(self, budget: str, financement: str) -> Tableau:
        """Budget et financement de chaque axe, et le second moins le premier."""
        couts = _sommes(self._depenses(lambda d: d.est_en_argent), _axe, budget)
        recus = _sommes(self._apports(), _axe, financement)
        rangs = []
        for axe in self.axes:
            cout, recu = couts.get(axe.cle, ZERO), recus.get(axe.cle, ZERO)
            rangs.append(Rang(axe, (cout, recu, recu - cout)))
        return tableau(("Budget", "Financement", "Écart"), rangs)

    def par_annee(self) -> Tableau:
        """Les cinq montants de chaque année ; l’année choisie n’y change rien."""
        en_argent = [une for une in self.depenses if une.est_en_argent]
        colonnes = [_sommes(en_argent, _annee, nom) for nom in MontantBudget]
        colonnes += [_sommes(self.apports, _annee, nom) for nom in MontantFinancement]
        rangs = (
            Rang(Entete(annee, str(annee)), tuple(c.get(annee, ZERO) for c in colonnes))
            for annee in self.annees
        )
        return tableau(("Prévu", "Réalisé", "Demandé", "Accordé", "Versé"), rangs)

    def par_financeur(self) -> Tableau:
        colonnes = [_sommes(self._apports(), _financeur, nom) for nom in MontantFinancement]
        rangs = (
            Rang(financeur, tuple(c.get(financeur.cle, ZERO) for c in colonnes))
            for financeur in self.financeurs
        )
        return tableau(("Demandé", "Accordé", "Versé"), rangs)

    def qui_finance_quoi(self, financement: str) -> Tableau:
        """Une ligne par financeur, une colonne par axe, et le total de la ligne à la fin."""
        cases = _sommes(self._apports(), lambda a: (a.financeur, a.axe), financement)
        rangs = []
        for financeur in self.financeurs:
            montants = tuple(cases.get((financeur.cle, axe.cle), ZERO) for axe in self.axes)
            rangs.append(Rang(financeur, (*montants, sum(montants, ZERO))))
        return tableau((*(axe.court or axe.nom for axe in self.axes), "Total"), rangs)

    def apports_en_nature(self) -> Tableau:
        """En euros, estimés : locaux, temps, matériel prêtés."""
        choisies = self._depenses(lambda d: d.est_valorisation and d.unite == UniteBudget.EUROS)
        colonnes = [_sommes(choisies, _axe, nom) for nom in MontantBudget]
        rangs = (Rang(axe, tuple(c.get(axe.cle, ZERO) for c in colonnes)) for axe in self.axes)
        return tableau(("Prévus", "Réalisés"), rangs)

    def temps_de_travail(self) -> Tableau:
        """Équivalents temps plein : financés, puis mis à disposition."""
        choisies = self._depenses(lambda d: d.unite == UniteBudget.ETP)
        finances = [d for d in choisies if not d.est_valorisation]
        offerts = [d for d in choisies if d.est_valorisation]
        colonnes = [_sommes(lot, _axe, nom) for lot in (finances, offerts) for nom in MontantBudget]
        rangs = (Rang(axe, tuple(c.get(axe.cle, ZERO) for c in colonnes)) for axe in self.axes)
        return tableau(
            ("Prévus", "Réalisés", "Mis à disposition, prévus", "Mis à disposition, réalisés"),
            rangs,
        )

    def _depenses(self, choisir: Callable[[Depense], bool]) -> list[Depense]:
        return [d for d in self.depenses if self._de_l_annee(d) and choisir(d)]

    def _apports(self) -> list[Apport]:
        return [a for a in self.apports if self._de_l_annee(a)]

    def _de_l_annee(self, une: Depense | Apport) -> bool:
        return self.annee is None or une.annee == self.annee


def _axe(une: Depense | Apport) -> UUID | None:
    return une.axe


def _annee(une: Depense | Apport) -> int:
    return une.annee


def _financeur(apport: Apport) -> str:
    return apport.financeur


def _sommes(
    lignes: Iterable[Any], cle: Callable[[Any], Hashable], montant: str
) -> Mapping[Hashable, Decimal]:
    sommes: dict[Hashable, Decimal] = {}
    for ligne in lignes:
        sommes[cle(ligne)] = sommes.get(cle(ligne), ZERO) + getattr(ligne, montant)
    return sommes


@dataclass(frozen=True, slots=True)
class Ecart:
    """Une année d’une fiche où coût et ressources diffèrent ; `reste` positif : il manque."""

    action: UUID
    annee: int
    cout: Decimal
    ressources: Decimal

    @property
    def reste(self) -> Decimal:
        return self.cout - self.ressources


def ecarts(
    couts: Iterable[Mapping[str, Any]], ressources: Iterable[Mapping[str, Any]]
) -> list[Ecart]:
    """Les années en écart, par action puis par année ; une somme absente vaut zéro."""
    de_cout = {(c["action_id"], c["annee"]): c["somme"] for c in couts}
    de_ressource = {(r["action_id"], r["annee"]): r["somme"] for r in ressources}
    tous = (
        Ecart(*cle, de_cout.get(cle, ZERO), de_ressource.get(cle, ZERO))
        for cle in sorted(de_cout.keys() | de_ressource.keys())
    )
    return [ecart for ecart in tous if ecart.reste]
