"""L’état d’une fiche, champ par champ : pour remplir un formulaire, pour comparer."""

from collections.abc import Collection
from typing import Any

from contrats.champs_fiche import PREFIXE_LIBRE, cle_libre
from contrats.etats import StatutAction
from contrats.models import (
    Action,
    NiveauParticipation,
    NiveauPrevention,
    OrigineAction,
    Priorite,
)
from contrats.services.liens_action import LIENS, LISTES, ROLE_DU_LIEN

ENUMERATIONS: dict[str, Any] = {
    "statut": StatutAction,
    "priorite": Priorite,
    "origine": OrigineAction,
    "niveau_prevention": NiveauPrevention,
    "participation": NiveauParticipation,
}
# Le lien à charger avec la liste, pour l’écrire sans autre requête
TRI_DES_LISTES = {"communes": ("cle_tri", "pk")}


def valeurs_de(action: Action, champs: Collection[str]) -> dict[str, Any]:
    """Une requête par liste demandée, une pour toutes les organisations, une pour les libres."""
    valeurs: dict[str, Any] = {}
    for nom in LISTES.intersection(champs):
        valeurs[nom] = _liste(action, nom)
    valeurs |= _organisations(action, ROLE_DU_LIEN.keys() & set(champs))
    valeurs |= _libres(action, [nom for nom in champs if nom.startswith(PREFIXE_LIBRE)])
    directs = [n for n in champs if n not in LIENS and not n.startswith(PREFIXE_LIBRE)]
    valeurs |= {nom: getattr(action, nom) for nom in directs}
    return {nom: valeurs[nom] for nom in champs}


def _liste(action: Action, nom: str) -> list[Any]:
    elements = getattr(action, nom).all()
    if nom == "sous_themes":
        elements = elements.select_related("theme")
    return list(elements.order_by(*TRI_DES_LISTES.get(nom, ("ordre", "libelle"))))


def _organisations(action: Action, noms: Collection[str]) -> dict[str, Any]:
    if not noms:
        return {}
    liens = list(action.liens_acteurs.select_related("acteur").order_by("acteur__cle_tri", "pk"))
    return {nom: [x.acteur for x in liens if x.role == ROLE_DU_LIEN[nom]] for nom in noms}


def _libres(action: Action, noms: Collection[str]) -> dict[str, str]:
    if not noms:
        return {}
    ecrites = {cle_libre(v.champ): v.valeur for v in action.valeurs_libres.select_related("champ")}
    return {nom: ecrites.get(nom, "") for nom in noms}


def en_mots(nom: str, valeur: Any) -> str:
    """Une valeur comme un humain la lit."""
    if valeur is None or valeur == "":
        return ""
    if nom in ENUMERATIONS:
        return str(ENUMERATIONS[nom](valeur).label)
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if nom.startswith("date_"):
        return f"{valeur:%d/%m/%Y}"
    if nom in LIENS:
        return "\n".join(sorted(str(element) for element in valeur))
    return str(valeur)
