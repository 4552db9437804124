"""Les lignes de budget d’une fiche vues comme des colonnes : une somme par année et par famille."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from uuid import UUID

from cls_platform.socle.tableur.feuille import Valeur
from contrats.models import LigneBudget
from contrats.tableur.cases_budget import MESURES, CaseBudget
from contrats.tableur.colonnes import MONTANTS, Colonne, est_un_montant
from contrats.tableur.montants_lus import en_nombre, somme

SANS_MONTANT = "aucun"
_COLONNE_DE = {
    (c.reference.annee, c.reference.unite, c.reference.famille.est_valorisation,
     c.reference.mesure): c for c in MONTANTS
}  # fmt: skip


class PlusieursLignes(ValueError):
    """Une colonne somme plusieurs dépenses : elle ne dit pas laquelle changer."""

    def __init__(self, nombre: int) -> None:
        super().__init__(nombre)
        self.nombre = nombre


@dataclass(frozen=True, slots=True)
class Budget:
    """`montants` : par clé de colonne, ce que la base additionne."""

    lignes: tuple[LigneBudget, ...] = ()
    montants: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def cellules(self) -> dict[str, Valeur]:
        return {cle: en_nombre(montant) for cle, montant in self.montants.items()}

    @property
    def versions(self) -> dict[UUID, int]:
        return {ligne.pk: ligne.version for ligne in self.lignes}

    def temoin(self) -> str:
        """Tous les montants en une cellule : `budget_prevu_2026=12000 etp_prevu_2026=0.5`."""
        ecrits = (f"{cle}={valeur}" for cle, valeur in sorted(self.cellules.items()))
        return " ".join(ecrits) or SANS_MONTANT


def lire_budget(lignes: Iterable[LigneBudget]) -> Budget:
    lues = tuple(sorted(lignes, key=lambda ligne: (ligne.annee, ligne.cree_le, str(ligne.pk))))
    parts: dict[str, list[Decimal | None]] = {}
    for ligne in lues:
        for mesure in MESURES:
            colonne = _COLONNE_DE.get((ligne.annee, ligne.unite, ligne.est_valorisation, mesure))
            if colonne is not None:
                parts.setdefault(colonne.cle, []).append(getattr(ligne, mesure))
    sommes = {cle: somme(montants) for cle, montants in parts.items()}
    return Budget(lues, {cle: total for cle, total in sommes.items() if total is not None})


def lire_temoin(texte: str) -> dict[str, Decimal] | None:
    """Les montants du jour de l’export ; None si la cellule est vide ou a été touchée."""
    if texte in ("", SANS_MONTANT):
        return {} if texte else None
    montants = {}
    for part in texte.split():
        cle, _, valeur = part.partition("=")
        if not est_un_montant(cle):
            return None
        try:
            montants[cle] = Decimal(valeur)
        except InvalidOperation:
            return None
    return montants


def ligne_visee(lignes: Iterable[LigneBudget], case: CaseBudget) -> LigneBudget | None:
    """La dépense qu’une colonne change ; None : il faut l’ajouter. Lève PlusieursLignes."""
    memes = [ligne for ligne in lignes if _est_de(ligne, case)]
    portent = [ligne for ligne in memes if getattr(ligne, case.mesure) is not None]
    candidates = portent or memes
    if len(candidates) > 1:
        raise PlusieursLignes(len(candidates))
    return candidates[0] if candidates else None


def _est_de(ligne: LigneBudget, case: CaseBudget) -> bool:
    return (ligne.annee, ligne.unite, ligne.est_valorisation) == (
        case.annee, case.unite, case.famille.est_valorisation
    )  # fmt: skip


def colonnes_presentes(budgets: Iterable[Budget]) -> list[Colonne]:
    """Celles où une fiche au moins a un montant, par année puis par famille."""
    presentes = {cle for budget in budgets for cle in budget.montants}
    return [colonne for colonne in MONTANTS if colonne.cle in presentes]
