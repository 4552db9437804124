"""Remplir une fiche, la dupliquer, dire tout ce qu’elle contient."""

from typing import Any

from acteurs.models import Commune
from contrats.copie import Options
from contrats.models import Action, Axe, Contrat
from contrats.services.copie_fiches import COLONNES
from contrats.services.copie_plan import dupliquer_fiche
from contrats.services.liens_action import LISTES
from tests.factories import (
    ActionActeurFactory,
    ActionFactory,
    FinancementFactory,
    JalonFactory,
    LigneBudgetFactory,
    NoteSuiviFactory,
    ObjectifFactory,
)

TOUT = Options(indicateurs=True, notes=True, budget=True, documents=True, remise_a_zero=False)


def remplir(action: Action) -> None:
    action.themes.set(["acces_soins"])
    action.populations.set(["seniors"])
    action.communes.set(Commune.objects.filter(pk="29232"))
    JalonFactory(action=action, fait=True)
    ActionActeurFactory(action=action)
    NoteSuiviFactory(action=action)
    LigneBudgetFactory(action=action)
    FinancementFactory(action=action)


def dupliquer(action: Action, par: Any, options: Options = TOUT, titre: str = "") -> Action:
    return dupliquer_fiche(
        action=action, titre=titre or action.titre, axe=action.axe, objectif=action.objectif,
        options=options, par=par,
    )  # fmt: skip


def contenu(action: Action) -> dict:
    """Tout ce que dit une fiche, hors identité, place et visibilité publique."""
    sans = {"est_publique"}
    champs = {nom: getattr(action, nom) for nom in COLONNES if nom not in sans}
    listes = {n: sorted(getattr(action, n).values_list("pk", flat=True)) for n in LISTES}
    return champs | listes | {
        "roles": sorted(action.liens_acteurs.values_list("acteur_id", "role")),
        "etapes": list(action.jalons.dans_l_ordre().values_list("libelle", "echeance", "fait_le")),
        "notes": list(action.notes.values_list("date_note", "fait")),
        "depenses": list(action.lignes_budget.values_list("annee", "nature", "prevu", "realise")),
        "financements": list(action.financements.values_list("annee", "statut", "montant_accorde")),
        "indicateurs": list(action.indicateurs.values_list("pk", flat=True)),
        "documents": list(action.documents.values_list("titre", "sha256")),
        "champs": list(action.valeurs_libres.values_list("champ", "valeur")),
    }  # fmt: skip


def garnir_la_branche(contrat: Contrat, axe: Axe) -> Axe:
    """Deux objectifs emboîtés, une fiche à chaque niveau."""
    haut = ObjectifFactory(axe=axe, niveau="STRATEGIQUE", numero="1.1")
    bas = ObjectifFactory(axe=axe, parent=haut, niveau="OPERATIONNEL", numero="1.1.1")
    for objectif in (None, haut, bas):
        remplir(ActionFactory(contrat=contrat, axe=axe, objectif=objectif))
    return axe
