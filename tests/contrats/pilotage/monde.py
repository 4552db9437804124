"""Une région à piloter, tirée au sort d’une graine : quatre contrats suivis, un voisin, un clos.

Tout y est rangé dans de simples listes, pour que les tests recomptent sans la base.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from contrats.etats import Phase, StatutAction
from contrats.models import ObjectifRegional, Population, Theme
from tests.appuis.horloge import AUJOURDHUI
from tests.factories import ActionFactory, ContratFactory, FinancementFactory, LigneBudgetFactory

QUIMPER, CHATEAUGIRON = "200068120", "243500659"
STATUTS = list(StatutAction)


@dataclass
class FicheDuMonde:
    contrat: Any
    action: Any
    themes: set[str]
    populations: set[str]
    objectifs: set[str]
    statut: str
    fin: date | None
    impose: bool

    @property
    def lu(self) -> str:
        """Le statut que l’on lit : la règle, redite sans SQL."""
        echue = self.fin is not None and self.fin < AUJOURDHUI
        if echue and not self.impose and self.statut in {"A_VENIR", "EN_COURS"}:
            return "EN_RETARD"
        return self.statut


@dataclass
class Monde:
    contrats: list[Any]
    fiches: list[FicheDuMonde]
    financements: list[Any] = field(default_factory=list)
    lignes: list[Any] = field(default_factory=list)


def creer(graine: int = 7, fiches: int = 40) -> Monde:
    alea = random.Random(graine)  # noqa: S311  (un jeu d’essai, pas un secret)
    objectifs = [
        ObjectifRegional.objects.get_or_create(
            code=f"essai-53-{rang}", libelle=f"Objectif d’essai {rang}", region_id="53"
        )[0].pk
        for rang in range(3)
    ]
    contrats = [
        ContratFactory(signe=True, epci=QUIMPER),
        ContratFactory(signe=True, epci=QUIMPER, phase=Phase.EVALUATION),
        ContratFactory(en_projet=True, epci=CHATEAUGIRON),
        ContratFactory(phase=Phase.ELABORATION),
    ]
    themes = list(Theme.objects.values_list("pk", flat=True)[:5])
    publics = list(Population.objects.values_list("pk", flat=True)[:4])
    monde = Monde(contrats, [])
    for _ in range(fiches):
        monde.fiches.append(_fiche(alea, alea.choice(contrats), themes, publics, objectifs))
        monde.financements.append(_financement(alea, monde.fiches[-1].action))
        monde.lignes.append(
            LigneBudgetFactory(
                action=monde.fiches[-1].action,
                annee=alea.choice((2024, 2025, 2026)),
                prevu=alea.randrange(0, 9000),
                realise=alea.choice((None, alea.randrange(0, 9000))),
                est_valorisation=alea.random() < 0.2,
            )
        )
    return monde


def _fiche(
    alea: random.Random, contrat: Any, themes: list[str], publics: list[str], objectifs: list[str]
) -> FicheDuMonde:
    statut = alea.choice(STATUTS).value
    fin = alea.choice([None, AUJOURDHUI + timedelta(days=alea.randrange(-600, 400))])
    impose = alea.random() < 0.2
    action = ActionFactory(
        contrat=contrat,
        statut=statut,
        date_debut=None,
        date_fin=fin,
        statut_est_impose=impose,
        statut_raison="Raison d’essai",
    )
    choix = [set(alea.sample(liste, alea.randrange(3))) for liste in (themes, publics, objectifs)]
    action.themes.set(choix[0])
    action.populations.set(choix[1])
    action.objectifs_regionaux.set(choix[2])
    return FicheDuMonde(contrat, action, *choix, statut, fin, impose)


def _financement(alea: random.Random, action: Any) -> Any:
    financeur = alea.choice(("fir", "collectivite", "caf"))
    return FinancementFactory(
        action=action,
        annee=alea.choice((2024, 2025, 2026)),
        type_financeur_id=financeur,
        mission_fir=alea.choice(("", "M1", "M2")) if financeur == "fir" else "",
        statut=alea.choice(("PREVISIONNEL", "DEMANDE", "ACCORDE", "VERSE", "REFUSE")),
        montant_demande=alea.choice((None, alea.randrange(0, 9000))),
        montant_accorde=alea.choice((None, alea.randrange(0, 9000))),
        montant_verse=alea.choice((None, alea.randrange(0, 9000))),
    )
