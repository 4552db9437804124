"""Les valeurs de plusieurs fiches, lues d’un coup : une requête par sorte de lien."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from acteurs.models import Acteur, Utilisateur
from contrats.lots import COLONNES, DATES, NOMENCLATURES, en_code
from contrats.models import Action, Population, SousTheme, Theme
from contrats.services.liens_action import ROLE_DU_LIEN

CLES = {"pilote": "pilote_id", "pilote_personne": "pilote_personne_id"}
MODELES_CITES: Mapping[str, Any] = {
    "themes": Theme,
    "sous_themes": SousTheme,
    "populations": Population,
    "pilote": Acteur,
    "pilote_personne": Utilisateur,
    **dict.fromkeys(ROLE_DU_LIEN, Acteur),
}
LUES = (*COLONNES, "contrat", "version", "modifie_par", "est_restreinte")
LUES_ENSEMBLE = frozenset({"themes", "sous_themes"})


def lire_fiches(
    pks: Iterable[UUID], champs: Collection[str] = (), *, verrouiller: bool = False
) -> dict[UUID, Action]:
    """Les fiches encore dans le plan, sans leurs textes, avec les listes que ces champs touchent.

    Les verrous se prennent dans l’ordre des identifiants : deux lots ne s’attendent jamais l’un
    l’autre.
    """
    requete = Action.objects.filter(pk__in=list(pks)).order_by("pk").only(*LUES)
    if verrouiller:
        requete = requete.select_for_update(of=("self",))
    return {action.pk: action for action in requete.prefetch_related(*_liens(champs))}


def _liens(champs: Collection[str]) -> list[Any]:
    """Thèmes et sous-thèmes se lisent ensemble : l’un ne va pas sans l’autre."""
    touches = set(champs)
    if LUES_ENSEMBLE & touches:
        touches |= LUES_ENSEMBLE
    liens: list[Any] = [nom for nom in ("themes", "populations") if nom in touches]
    if "sous_themes" in touches:
        liens.append(Prefetch("sous_themes", SousTheme.objects.select_related("theme")))
    if ROLE_DU_LIEN.keys() & touches:
        liens.append("liens_acteurs")
    return liens


def actuelles(action: Action, champs: Collection[str]) -> dict[str, Any]:
    """Les valeurs de la fiche, en codes ; sans requête après `lire_fiches`."""
    valeurs = {
        nom: en_code(getattr(action, CLES.get(nom, nom))) for nom in champs if nom in COLONNES
    }
    for nom in NOMENCLATURES:
        if nom in champs:
            valeurs[nom] = sorted(element.pk for element in getattr(action, nom).all())
    roles = ROLE_DU_LIEN.keys() & set(champs)
    if roles:
        liens = list(action.liens_acteurs.all())
        for nom in roles:
            role = ROLE_DU_LIEN[nom]
            valeurs[nom] = sorted(str(x.acteur_id) for x in liens if x.role == role)
    return valeurs


def en_colonnes(codes: Mapping[str, Any]) -> dict[str, Any]:
    """Les codes des colonnes, comme le modèle les porte ; les listes n’y sont pas."""
    return {
        CLES.get(nom, nom): _decoder(nom, code) for nom, code in codes.items() if nom in COLONNES
    }


def _decoder(nom: str, code: Any) -> Any:
    if code is None:
        return None
    if nom in DATES:
        return date.fromisoformat(code)
    return UUID(code) if nom in CLES else code


def absents(valeurs: Iterable[Mapping[str, Any]]) -> set[tuple[str, str]]:
    """Les (champ, code) cités par ces valeurs et effacés depuis ; une requête par champ cité."""
    cites: dict[str, set[str]] = defaultdict(set)
    for codes in valeurs:
        for nom, code in citations(codes):
            cites[nom].add(code)
    perdus: set[tuple[str, str]] = set()
    for nom, cles in cites.items():
        presents = MODELES_CITES[nom].objects.filter(pk__in=cles).values_list("pk", flat=True)
        perdus |= {(nom, cle) for cle in cles - set(map(str, presents))}
    return perdus


def citations(codes: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Les (champ, code) de ces valeurs."""
    return {
        (nom, code)
        for nom in MODELES_CITES.keys() & codes.keys()
        for code in (codes[nom] if isinstance(codes[nom], list) else [codes[nom]])
        if code
    }
