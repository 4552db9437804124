"""Écrire la doctrine d’une région : en poser une nouvelle, corriger celle qui est là."""

from collections.abc import Mapping
from typing import Any

from acteurs.models import NiveauTerritoire
from acteurs.resolution import resoudre
from acteurs.ressort import exiger_piloter_la_region
from acteurs.services.suivi import creer, enregistrer
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Doctrine, Maillage

DE_ZONAGE = ("type_zonage", "edition", "classes")
NIVEAUX = {"codes_epci": NiveauTerritoire.EPCI, "codes_communes": NiveauTerritoire.COMMUNE}
CHAMPS = ("depuis", "maillage", *DE_ZONAGE, *NIVEAUX, "cible_taux", "cible_date", "texte")


def poser_doctrine(
    *, region: str, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Doctrine:
    """Une doctrine de plus ; la précédente reste vraie jusqu’à la veille. Lève DonneesRefusees."""
    exiger_piloter_la_region(par, region)
    propres = _propres(region, valeurs)
    return creer(Doctrine(region_id=region, **propres), par=par, via=via)


def modifier_doctrine(
    *,
    doctrine: Doctrine,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> Doctrine:
    """Lève ConflitVersion, DonneesRefusees ou DroitRefuse."""
    exiger_piloter_la_region(par, doctrine.region_id)
    propres = _propres(doctrine.region_id, {**_valeurs(doctrine), **valeurs})
    return enregistrer(doctrine, valeurs=propres, version=version, par=par, via=via)


def _valeurs(doctrine: Doctrine) -> dict[str, Any]:
    return {nom: getattr(doctrine, nom) for nom in CHAMPS}


def _sans_territoire() -> dict[str, Any]:
    return {"type_zonage": None, "edition": None, "classes": [], "codes_epci": [],
            "codes_communes": []}  # fmt: skip


def _propres(region: str, valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Ce qui ne va pas avec le maillage s’efface ; les codes sont ceux de la région."""
    propres = _sans_territoire() | {nom: valeurs[nom] for nom in CHAMPS if nom in valeurs}
    if propres["maillage"] == Maillage.COMPLET:
        return propres | _sans_territoire()
    liste = {champ: propres[champ] for champ in NIVEAUX}
    if propres["type_zonage"]:
        _verifier_le_zonage(propres, liste)
        return propres
    if not any(liste.values()):
        _refuser("type_zonage", "Choisissez un zonage, ou des intercommunalités et des communes.")
    justes = {champ: _codes(region, champ, NIVEAUX[champ], codes) for champ, codes in liste.items()}
    return propres | {"edition": None, "classes": []} | justes


def _verifier_le_zonage(propres: Mapping[str, Any], liste: Mapping[str, list[str]]) -> None:
    zonage, edition = propres["type_zonage"], propres["edition"]
    if any(liste.values()):
        _refuser("type_zonage", "Choisissez un zonage ou une liste, pas les deux.")
    if edition and edition.type_id != zonage.pk:
        _refuser("edition", "Ce millésime est celui d’un autre zonage.")
    if inconnues := [code for code in propres["classes"] if code not in zonage.classes]:
        _refuser("classes", f"{zonage.libelle} n’a pas de classe {', '.join(inconnues)}.")


def _codes(region: str, champ: str, niveau: str, codes: list[str]) -> list[str]:
    """Les codes tels qu’ils sont donnés, s’ils désignent un territoire de la région."""
    refus = []
    for code, trouve in resoudre(niveau, codes).items() if codes else ():
        if trouve.refus:
            refus.append(f"{code}\u00a0: {trouve.refus}")
        elif region not in trouve.regions:
            refus.append(f"{code}\u00a0: {trouve.nom} est d’une autre région.")
    if refus:
        raise DonneesRefusees(" ".join(refus), champs={champ: sorted(refus)})
    return sorted(set(codes))


def _refuser(champ: str, message: str) -> None:
    raise DonneesRefusees(message, champs={champ: [message]})
