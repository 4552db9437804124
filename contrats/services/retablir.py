"""Revenir en arrière : redonner à un champ une valeur passée, ou remettre un élément supprimé."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.histoire.champ import valeurs_d_alors
from contrats.models import Action, Financement, Jalon, LigneBudget, NoteSuivi
from contrats.permissions import exiger_sur_action
from contrats.services.financement import ajouter_argent
from contrats.services.jalons import ajouter_jalon
from contrats.services.journal import ajouter_note
from contrats.services.plan import modifier_action

VIA = "historique"
DEJA_LA = "Cet élément est déjà revenu dans la fiche."
# Genre → (modèle, ce qui se remet, service)
ELEMENTS: dict[str, tuple[Any, tuple[str, ...], Callable[..., Any]]] = {
    "etape": (
        Jalon,
        ("libelle", "echeance", "fait_le", "est_abandonne", "est_annuel", "pilote", "pilote_nom"),
        ajouter_jalon,
    ),
    "note": (
        NoteSuivi,
        ("date_note", "fait", "participants", "freins", "leviers", "suites"),
        ajouter_note,
    ),
    "depense": (
        LigneBudget,
        ("annee", "nature", "libelle", "unite", "prevu", "realise", "est_valorisation"),
        partial(ajouter_argent, modele=LigneBudget),
    ),
    "financement": (
        Financement,
        ("annee", "type_financeur", "acteur", "mission_fir", "statut", "montant_demande",
         "montant_accorde", "montant_verse"),
        partial(ajouter_argent, modele=Financement),
    ),
}  # fmt: skip


@transaction.atomic
def retablir_champ(
    *, action: Action, champs: Collection[str], d_alors: int, version: int, par: Any
) -> Action:
    """Redonne à ces champs ce qu’ils valaient à la version `d_alors`.

    Les règles d’aujourd’hui s’appliquent. Lève ConflitVersion, DonneesRefusees ou DroitRefuse.
    """
    exiger_sur_action(par, Droit.MODIFIER_PLAN, action)
    valeurs = valeurs_d_alors(action, champs, d_alors)
    return modifier_action(action=action, valeurs=valeurs, version=version, par=par, via=VIA)


@transaction.atomic
def retablir_element(*, action: Action, genre: str, copie: Any, par: Any) -> Any:
    """Remet l’élément tel que sa copie le garde, sous le même identifiant.

    Lève DonneesRefusees s’il est déjà là, ou si les règles d’aujourd’hui n’en veulent plus.
    """
    exiger_sur_action(par, Droit.MODIFIER_PLAN, action)
    modele, champs, ajouter = ELEMENTS[genre]
    if modele.objects.filter(pk=copie.pgh_obj_id).exists():
        raise DonneesRefusees(DEJA_LA)
    valeurs = {nom: _valeur(copie, nom) for nom in champs} | {"id": copie.pgh_obj_id}
    return ajouter(action=action, valeurs=valeurs, par=par, via=VIA)


def _valeur(copie: Any, nom: str) -> Any:
    """Un élément cité qui n’existe plus laisse la place vide ; le modèle dira s’il la faut."""
    champ = copie._meta.get_field(nom)
    if not champ.is_relation:
        return getattr(copie, nom)
    cle = getattr(copie, champ.attname)
    return champ.related_model._default_manager.filter(pk=cle).first() if cle else None
