"""Les fiches qu’un autre contrat tient, telles que le plan qui les reçoit les montre."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from contrats import affichage
from contrats.filters import FiltresDesPartagees
from contrats.models import Action, Contrat
from contrats.presentation.lignes import Ligne, adresse_de, marque_de

# Ses montants restent chez le contrat qui la tient
CHEZ_L_AUTRE = (
    '<span class="discret">–<span class="invisible"> tenu par l’autre contrat</span></span>'
)


@dataclass(frozen=True, slots=True)
class Recues:
    """Les fiches reçues qui passent les filtres, à la place que ce plan leur donne."""

    actions: Any
    lignes: Sequence[Ligne]


AUCUNE = Recues(Action.objects.none(), ())


def _filtrees(contrat: Contrat, parametres: QueryDict, utilisateur: Any, le: date) -> Any:
    recues = Action.objects.partagees_avec(contrat)
    filtre = FiltresDesPartagees(
        parametres, queryset=recues, le=le, par=utilisateur, sans_formulaire=True
    )
    filtre.exiger_valide()
    return filtre.qs


def fiches_partagees(
    contrat: Contrat, parametres: QueryDict, utilisateur: Any, le: date
) -> list[dict[str, Any]]:
    """Celles qui passent les filtres, à ranger dans l’arbre ; une requête."""
    return _filtrees(contrat, parametres, utilisateur, le).lignes_partagees(le)


def recues(
    contrat: Contrat, parametres: QueryDict, utilisateur: Any, le: date, tri: str = ""
) -> Recues:
    """Celles que les autres vues montrent à côté des fiches du plan ; une requête."""
    actions = _filtrees(contrat, parametres, utilisateur, le)
    return Recues(actions, actions.vues_partagees(le, tri))


def rangee(
    fiche: Mapping[str, Any],
    le: date,
    etat: str = "",
    *,
    avec_coche: bool = False,
    avec_budget: bool = False,
) -> SafeString:
    """La rangée d’une fiche partagée dans l’arbre : elle se lit, elle ne se modifie pas."""
    pilote = affichage.pilote(affichage.nom_du_pilote(fiche)) or affichage.SANS_PILOTE
    return SafeString(
        f'<tr class="fiche partagee" id="fiche-{fiche["id"]}" role="row"{etat}>'
        f"{affichage.coche(fiche, ouverte=False) if avec_coche else ''}"
        '<td class="c-num num" role="cell"></td>'
        '<th class="c-titre" scope="row" role="rowheader">'
        f'<a href="{adresse_de(fiche)}">{escape(fiche["titre"])}</a>'
        f'<span class="marque-de-partage">{escape(marque_de(fiche))}</span></th>'
        f'<td class="c-statut" role="cell">{affichage.statut(fiche["statut_affiche"])}</td>'
        f'<td class="c-pilote" role="cell">{pilote}</td>'
        f'<td class="c-echeance" role="cell">{affichage.echeance(fiche, le)}</td>'
        f'<td class="c-avance" role="cell">{affichage.avancement(fiche["avancement"])}</td>'
        f"{affichage.case_budget(CHEZ_L_AUTRE) if avec_budget else ''}</tr>"
    )
