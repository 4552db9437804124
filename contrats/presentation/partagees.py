"""Les fiches qu’un autre contrat tient, telles que le plan qui les reçoit les montre."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from contrats import affichage
from contrats.adresses import adresse_de
from contrats.filters import FiltresDesPartagees
from contrats.models import Action, Contrat
from contrats.presentation.tableau import LigneDeTableau, lignes_de_tableau


@dataclass(frozen=True, slots=True)
class LignePartagee:
    ligne: LigneDeTableau
    marque: str


def marque_de(fiche: Mapping[str, Any]) -> str:
    """Qui la tient."""
    return f"Partagée, tenue par {fiche['contrat__nom']}"


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


def lignes_partagees(
    contrat: Contrat, parametres: QueryDict, utilisateur: Any, choisies: Sequence[str], le: date
) -> list[LignePartagee]:
    """Celles qui passent les filtres, pour le tableau."""
    actions = _filtrees(contrat, parametres, utilisateur, le)
    fiches = actions.vues_partagees(le, parametres.get("tri", ""))
    lignes = lignes_de_tableau(fiches, actions, choisies, le)
    return [
        LignePartagee(
            replace(ligne, numero="", adresse=adresse_de("contrats:partage", fiche["partage_id"])),
            marque_de(fiche),
        )
        for fiche, ligne in zip(fiches, lignes, strict=True)
    ]


def rangee(
    fiche: Mapping[str, Any], le: date, etat: str = "", *, avec_coche: bool = False
) -> SafeString:
    """La rangée d’une fiche partagée dans l’arbre : elle se lit, elle ne se modifie pas."""
    adresse = adresse_de("contrats:partage", fiche["partage_id"])
    pilote = affichage.pilote(affichage.nom_du_pilote(fiche)) or affichage.SANS_PILOTE
    return SafeString(
        f'<tr class="fiche partagee" id="fiche-{fiche["id"]}" role="row"{etat}>'
        f"{affichage.coche(fiche, ouverte=False) if avec_coche else ''}"
        '<td class="c-num num" role="cell"></td>'
        '<th class="c-titre" scope="row" role="rowheader">'
        f'<a href="{adresse}">{escape(fiche["titre"])}</a>'
        f'<span class="marque-de-partage">{escape(marque_de(fiche))}</span></th>'
        f'<td class="c-statut" role="cell">{affichage.statut(fiche["statut_affiche"])}</td>'
        f'<td class="c-pilote" role="cell">{pilote}</td>'
        f'<td class="c-echeance" role="cell">{affichage.echeance(fiche, le)}</td>'
        f'<td class="c-avance" role="cell">{affichage.avancement(fiche["avancement"])}</td></tr>'
    )
