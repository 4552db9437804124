"""Le journal d’une action : des notes datées, qui nourrissent le bilan de leur année."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, supprimer_en_signant
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Action, NoteSuivi
from contrats.permissions import exiger_sur_action

TEXTES = ("fait", "freins", "leviers", "suites")
RIEN_D_ECRIT = (
    "Écrivez au moins une chose : ce qui a été fait, un frein, un levier, une suite, ou combien de "
    "personnes sont venues."
)
PAS_ENCORE = "Cette date n’est pas encore venue : une note dit ce qui s’est passé."


def ajouter_note(
    *, action: Action, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> NoteSuivi:
    """Un pilote écrit sur ses actions. Lève DroitRefuse ou DonneesRefusees."""
    exiger_sur_action(par, Droit.MODIFIER_PLAN, action)
    propres = _propres(NoteSuivi(), valeurs)
    return creer(NoteSuivi(action=action, **propres), par=par, via=via)


def modifier_note(
    *, note: NoteSuivi, valeurs: Mapping[str, Any], version: int | None, par: Any, via: str = "page"
) -> NoteSuivi:
    """Lève ConflitVersion, DonneesRefusees ou DroitRefuse."""
    exiger_sur_action(par, Droit.MODIFIER_PLAN, note.action)
    propres = _propres(note, valeurs)
    return enregistrer(note, valeurs=propres, version=version, par=par, via=via)


@transaction.atomic
def supprimer_note(*, note: NoteSuivi, version: int | None, par: Any) -> None:
    """Efface une note ; l’historique en garde chaque état. Lève ConflitVersion."""
    exiger_sur_action(par, Droit.MODIFIER_PLAN, note.action)
    supprimer_en_signant(objet=note, version=version, par=par)


def _propres(note: NoteSuivi, valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Les textes sans blancs autour ; refuse une note à venir, ou qui ne dirait plus rien."""
    propres = {nom: v.strip() if nom in TEXTES else v for nom, v in valeurs.items()}
    if (jour := propres.get("date_note")) and jour > timezone.localdate():
        raise DonneesRefusees(PAS_ENCORE, champs={"date_note": [PAS_ENCORE]})
    restent = (propres.get(nom, getattr(note, nom)) for nom in (*TEXTES, "participants"))
    if all(reste in ("", None) for reste in restent):
        raise DonneesRefusees(RIEN_D_ECRIT, champs={"fait": [RIEN_D_ECRIT]})
    return propres
