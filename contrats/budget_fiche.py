"""Le budget d’une fiche comme on le montre : par année, les lignes, les totaux, l’écart en mots."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cls_platform.socle.typographie import euros
from contrats.argent import Ecart
from contrats.models import Action, Financement, LigneBudget, StatutFinancement, UniteBudget
from contrats.models.vocabulaire_argent import FIR
from contrats.montants import en_unite

ZERO = Decimal(0)
NON_ECRIT = "–"
# (colonne, montant écrit)
Montants = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LigneAffichee:
    """`cle` est l’identifiant de la ligne dans la page ; `details` s’écrit dessous."""

    sorte: str
    pk: UUID
    nom: str
    details: tuple[str, ...]
    montants: Montants
    etat: str = ""

    @property
    def cle(self) -> str:
        return f"{self.sorte}-{self.pk}"

    @property
    def modifier(self) -> str:
        return reverse(f"contrats:{self.sorte}_modifier", args=[self.pk])

    @property
    def retirer(self) -> str:
        return reverse(f"contrats:{self.sorte}_retirer", args=[self.pk])


@dataclass(frozen=True, slots=True)
class AnneeAffichee:
    """`totaux` : (nom, montants) ; l’argent, le temps et les apports chacun sur sa ligne."""

    annee: int
    lignes: tuple[LigneAffichee, ...]
    totaux: tuple[tuple[str, Montants], ...]


@dataclass(frozen=True, slots=True)
class Bloc:
    """Les dépenses, ou les financements ; `cle_nouvelle` est la place de la prochaine ligne."""

    sorte: str
    titre: str
    objet: str
    colonnes: tuple[str, ...]
    annees: tuple[AnneeAffichee, ...]
    geste: str
    ajouter: str
    aucun: str

    @property
    def cle_nouvelle(self) -> str:
        return f"{self.sorte}-nouvelle"


@dataclass(frozen=True, slots=True)
class BudgetAffiche:
    depenses: Bloc
    financements: Bloc
    ecarts: tuple[str, ...]

    @property
    def blocs(self) -> tuple[Bloc, Bloc]:
        return self.depenses, self.financements

    @property
    def est_vide(self) -> bool:
        return not any(bloc.annees for bloc in self.blocs)

    @property
    def est_complet(self) -> bool:
        return all(bloc.annees for bloc in self.blocs)


DE_DEPENSE = ("Prévu", "Réalisé")
DE_FINANCEMENT = ("Demandé", "Accordé", "Versé")
MONTANTS = ("montant_demande", "montant_accorde", "montant_verse")
A_CHIFFRER = '<a class="manque" href="{}">À chiffrer</a>'
AUCUN_MONTANT = SafeString('<span class="discret">Aucun montant</span>')
PREVU_ET_REALISE = '{} prévus<span class="discret">, {} réalisés</span>'
# Ce qui ne s’additionne pas ensemble : (nom du total, unité, apport en nature)
FAMILLES = (
    ("Total en argent", UniteBudget.EUROS, False),
    ("Total du temps de travail", UniteBudget.ETP, False),
    ("Total des apports en nature", UniteBudget.EUROS, True),
    ("Total du temps mis à disposition", UniteBudget.ETP, True),
)


def repere(action: Action, *, peut_ecrire: bool) -> SafeString:
    """Le budget dans la tête de la fiche : « 96 000 € prévus, 41 000 € réalisés » ; une requête."""
    totaux = action.lignes_budget.totaux()
    prevu, realise = totaux["total_prevu"], totaux["total_realise"]
    if prevu is None and realise is None:
        onglet = reverse("contrats:action_budget", args=[action.pk])
        return format_html(A_CHIFFRER, onglet) if peut_ecrire else AUCUN_MONTANT
    if prevu is None:
        return format_html("{} réalisés", euros(realise))
    if realise is None:
        return format_html("{} prévus", euros(prevu))
    return format_html(PREVU_ET_REALISE, euros(prevu), euros(realise))


def cle_de(objet: LigneBudget | Financement) -> str:
    return f"{'ligne' if isinstance(objet, LigneBudget) else 'financement'}-{objet.pk}"


def budget_affiche(action: Action, ecarts: Iterable[Ecart]) -> BudgetAffiche:
    """Deux requêtes ; les écarts sont déjà calculés."""
    depenses = Bloc(
        "ligne", "Ce que l’action coûte", "Dépense", DE_DEPENSE,
        annees_de_depense(action.lignes_budget.pour_fiche()),
        "Ajouter une dépense", reverse("contrats:ligne_ajouter", args=[action.pk]),
        "Aucune dépense notée.",
    )  # fmt: skip
    financements = Bloc(
        "financement", "Qui la finance", "Financeur", DE_FINANCEMENT,
        annees_de_financement(action.financements.pour_fiche()),
        "Ajouter un financement", reverse("contrats:financement_ajouter", args=[action.pk]),
        "Aucun financement noté.",
    )  # fmt: skip
    phrases = (f"En {ecart.annee}\u00a0: {phrase_de_l_ecart(ecart)}" for ecart in ecarts)
    return BudgetAffiche(depenses, financements, tuple(phrases))


def annees_de_depense(lignes: Iterable[LigneBudget]) -> tuple[AnneeAffichee, ...]:
    """Rangées par année, comme `pour_fiche`."""
    return _par_annee(lignes, _depense, _totaux_de_depense)


def annees_de_financement(financements: Iterable[Financement]) -> tuple[AnneeAffichee, ...]:
    return _par_annee(financements, _financement, _totaux_de_financement)


def _par_annee(
    objets: Iterable[Any],
    afficher: Callable[[Any], LigneAffichee],
    totaliser: Callable[[list[Any]], tuple[tuple[str, Montants], ...]],
) -> tuple[AnneeAffichee, ...]:
    annees = []
    for annee, groupe in groupby(objets, key=attrgetter("annee")):
        de_l_annee = list(groupe)
        lignes = tuple(afficher(objet) for objet in de_l_annee)
        annees.append(AnneeAffichee(annee, lignes, totaliser(de_l_annee)))
    return tuple(annees)


def _paires(colonnes: Iterable[str], montants: Iterable[Decimal | None], unite: str) -> Montants:
    ecrits = (en_unite(montant, unite) or NON_ECRIT for montant in montants)
    return tuple(zip(colonnes, ecrits, strict=True))


def _depense(ligne: LigneBudget) -> LigneAffichee:
    details = [ligne.libelle] if ligne.libelle else []
    if ligne.est_valorisation:
        details.append("apport en nature")
    return LigneAffichee(
        "ligne",
        ligne.pk,
        ligne.nature.libelle,
        tuple(details),
        _paires(DE_DEPENSE, (ligne.prevu, ligne.realise), ligne.unite),
    )


def _totaux_de_depense(lignes: list[LigneBudget]) -> tuple[tuple[str, Montants], ...]:
    totaux = []
    for nom, unite, en_nature in FAMILLES:
        famille = [x for x in lignes if x.unite == unite and x.est_valorisation == en_nature]
        if famille:
            totaux.append((nom, _paires(DE_DEPENSE, _sommes(famille, "prevu", "realise"), unite)))
    return tuple(totaux)


def _sommes(objets: list[Any], *champs: str) -> list[Decimal | None]:
    """None : aucune ligne n’a ce montant, ce qui n’est pas zéro."""
    return [_somme([getattr(objet, champ) for objet in objets]) for champ in champs]


def _somme(montants: list[Decimal | None]) -> Decimal | None:
    ecrits = [montant for montant in montants if montant is not None]
    return sum(ecrits, ZERO) if ecrits else None


def _financement(financement: Financement) -> LigneAffichee:
    details = [financement.acteur.nom] if financement.acteur else []
    if financement.type_financeur_id == FIR and financement.mission_fir:
        mission = financement.get_mission_fir_display()
        details.append(f"mission {financement.mission_fir[-1]}\u00a0: {mission.lower()}")
    return LigneAffichee(
        "financement",
        financement.pk,
        financement.type_financeur.libelle,
        tuple(details),
        _paires(DE_FINANCEMENT, (getattr(financement, m) for m in MONTANTS), UniteBudget.EUROS),
        etat=StatutFinancement(financement.statut).label,
    )


def _totaux_de_financement(financements: list[Financement]) -> tuple[tuple[str, Montants], ...]:
    sommes = _sommes(financements, *MONTANTS)
    return (("Total", _paires(DE_FINANCEMENT, sommes, UniteBudget.EUROS)),)


def phrase_de_l_ecart(ecart: Ecart) -> str:
    if not ecart.ressources:
        return f"aucun financement en face de {euros(ecart.cout)} de budget."
    if not ecart.cout:
        return f"{euros(ecart.ressources)} de financement, sans budget en face."
    if ecart.reste > 0:
        return f"il reste {euros(ecart.reste)} à trouver sur {euros(ecart.cout)}."
    return f"les financements dépassent le budget de {euros(-ecart.reste)}."
