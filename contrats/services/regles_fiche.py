"""Ce qui se tient ensemble sur une fiche : territoire, région, thèmes, suite, confidentialité."""

from collections.abc import Iterable, Mapping
from typing import Any

from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Action, Contrat

HORS_PERIMETRE = "Choisissez des communes du périmètre du contrat. À retirer : {}."
AUTRE_REGION = "Choisissez des objectifs de la région du contrat. À retirer : {}."
THEME_ABSENT = "Cochez aussi le thème de chaque sous-thème. Il manque : {}."
PAS_SA_SUITE = "Choisissez une autre action, de ce contrat ou du contrat précédent."
RESTREINTE_ET_PUBLIQUE = (
    "Une fiche réservée à l’équipe du plan n’est pas visible du public. Ouvrez-la d’abord à "
    "toute l’équipe du contrat."
)


def exiger_coherence(
    *, contrat: Contrat, valeurs: Mapping[str, Any], action: Action | None = None
) -> dict[str, Any]:
    """Rend les valeurs, complétées de ce qu’elles entraînent. Lève DonneesRefusees."""
    _meme_contrat(contrat, valeurs)
    if communes := valeurs.get("communes"):
        _dans_le_perimetre(contrat, action, communes)
    if objectifs := valeurs.get("objectifs_regionaux"):
        _de_la_region(contrat, objectifs)
    if precedente := valeurs.get("action_precedente"):
        _du_contrat_ou_du_precedent(contrat, action, precedente)
    completes = {**valeurs, **_themes_des_sous_themes(action, valeurs)}
    return completes | _confidentialite(action, valeurs)


def _refuser(champ: str, message: str) -> None:
    raise DonneesRefusees(message, champs={champ: [message]})


def _meme_contrat(contrat: Contrat, valeurs: Mapping[str, Any]) -> None:
    for champ in ("axe", "objectif", "parent"):
        if (rattache := valeurs.get(champ)) and rattache.contrat_id != contrat.pk:
            _refuser(champ, "Choisissez un élément du même contrat.")


def _dans_le_perimetre(contrat: Contrat, action: Action | None, communes: Iterable[Any]) -> None:
    permises = set(contrat.perimetres.ouvertes().values_list("commune_id", flat=True))
    if action:
        permises |= set(action.communes.values_list("pk", flat=True))
    if dehors := sorted(c.nom for c in communes if c.pk not in permises):
        _refuser("communes", HORS_PERIMETRE.format(", ".join(dehors)))


def _de_la_region(contrat: Contrat, objectifs: Iterable[Any]) -> None:
    if dehors := sorted(str(o) for o in objectifs if o.region_id != contrat.region_id):
        _refuser("objectifs_regionaux", AUTRE_REGION.format(", ".join(dehors)))


def _du_contrat_ou_du_precedent(
    contrat: Contrat, action: Action | None, precedente: Action
) -> None:
    contrats = {contrat.pk, contrat.contrat_precedent_id}
    if precedente.contrat_id not in contrats or (action and precedente.pk == action.pk):
        _refuser("action_precedente", PAS_SA_SUITE)


def _themes_des_sous_themes(action: Action | None, valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Un sous-thème va avec son thème : choisi seul, il l’ajoute ; orphelin, il est refusé."""
    if not {"themes", "sous_themes"} & valeurs.keys():
        return {}
    sous_themes = _voulus(action, valeurs, "sous_themes")
    themes = {theme.pk: theme for theme in _voulus(action, valeurs, "themes")}
    manquants = {s.theme_id for s in sous_themes} - themes.keys()
    if not manquants:
        return {}
    trouves = list({s.theme_id: s.theme for s in sous_themes if s.theme_id in manquants}.values())
    if "themes" not in valeurs:
        return {"themes": [*themes.values(), *trouves]}
    champ = "sous_themes" if "sous_themes" in valeurs else "themes"
    noms = ", ".join(sorted(map(str, trouves)))
    message = THEME_ABSENT.format(noms)
    raise DonneesRefusees(message, champs={champ: [message]})


def _voulus(action: Action | None, valeurs: Mapping[str, Any], nom: str) -> list[Any]:
    if nom in valeurs:
        return list(valeurs[nom])
    return list(elements_de(action, nom)) if action else []


def elements_de(action: Action, nom: str) -> Iterable[Any]:
    """La liste liée ; déjà là quand plusieurs fiches ont été lues ensemble."""
    lus = vars(action).get(nom_lu(nom))
    return getattr(action, nom).all() if lus is None else lus


def nom_lu(nom: str) -> str:
    """L’attribut où se garde une liste lue d’avance : une suite simple, sans son gestionnaire."""
    return f"{nom}_lus"


def _confidentialite(action: Action | None, valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Réserver une fiche la retire aussi de la page publique."""
    restreinte = valeurs.get("est_restreinte", bool(action and action.est_restreinte))
    if not restreinte:
        return {}
    if valeurs.get("est_publique") and not valeurs.get("est_restreinte"):
        _refuser("est_publique", RESTREINTE_ET_PUBLIQUE)
    return {"est_publique": False}
