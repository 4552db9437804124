"""Les valeurs de plusieurs fiches, lues d’un coup : une requête par sorte de lien."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from acteurs.models import Acteur, Utilisateur
from cls_platform.socle.tableaux import CLE_PARMI
from contrats.lots import COLONNES, DATES, NOMENCLATURES, en_code
from contrats.models import Action, ActionActeur, Population, SousTheme, Theme
from contrats.models.selections_plan import DES_ACTIONS
from contrats.services.liens_action import ROLE_DU_LIEN
from contrats.services.regles_fiche import elements_de, nom_lu

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
SOUS = "sous_themes"
LUES_ENSEMBLE = frozenset({"themes", SOUS})


def lire_fiches(
    pks: Iterable[UUID], champs: Collection[str] = (), *, verrouiller: bool = False
) -> dict[UUID, Action]:
    """Les fiches encore dans le plan, sans leurs textes, avec les listes que ces champs touchent.

    Les verrous se prennent dans l’ordre des identifiants : deux lots ne s’attendent jamais l’un
    l’autre.
    """
    requete = Action.objects.filter(**{CLE_PARMI: list(pks)}).order_by("pk").only(*LUES)
    if verrouiller:
        requete = requete.select_for_update(of=("self",))
    fiches = {action.pk: action for action in requete}
    for nom in _listes_touchees(champs):
        _poser_la_liste(fiches, nom)
    return fiches


def _listes_touchees(champs: Collection[str]) -> list[str]:
    """Thèmes et sous-thèmes se lisent ensemble : l’un ne va pas sans l’autre."""
    touches = set(champs)
    if LUES_ENSEMBLE & touches:
        touches |= LUES_ENSEMBLE
    roles = ["liens_acteurs"] if ROLE_DU_LIEN.keys() & touches else []
    return [*(nom for nom in NOMENCLATURES if nom in touches), *roles]


def _poser_la_liste(fiches: Mapping[UUID, Action], nom: str) -> None:
    """Garde à chaque fiche ce qu’elle porte, là où `elements_de` le cherche ; deux requêtes."""
    listes: dict[UUID, list[Any]] = {pk: [] for pk in fiches}
    for action_id, element in _elements(list(fiches), nom):
        listes[action_id].append(element)
    for pk, action in fiches.items():
        setattr(action, nom_lu(nom), listes[pk])


def _elements(fiches: list[UUID], nom: str) -> Iterable[tuple[UUID, Any]]:
    if nom == "liens_acteurs":
        liens = ActionActeur.objects.filter(**{DES_ACTIONS: fiches})
        return [(lien.action_id, lien) for lien in liens]
    champ: Any = Action._meta.get_field(nom)
    table, cible = champ.remote_field.through, f"{champ.m2m_reverse_field_name()}_id"
    lignes = table.objects.filter(**{DES_ACTIONS: fiches}).values_list("action_id", cible)
    portes = list(lignes)
    connus = MODELES_CITES[nom].objects.filter(pk__in={code for _, code in portes})
    objets = {o.pk: o for o in (connus.select_related("theme") if nom == SOUS else connus)}
    return [(action_id, objets[code]) for action_id, code in portes]


def actuelles(action: Action, champs: Collection[str]) -> dict[str, Any]:
    """Les valeurs de la fiche, en codes ; sans requête après `lire_fiches`."""
    valeurs = {
        nom: en_code(getattr(action, CLES.get(nom, nom))) for nom in champs if nom in COLONNES
    }
    for nom in NOMENCLATURES:
        if nom in champs:
            valeurs[nom] = sorted(element.pk for element in elements_de(action, nom))
    roles = ROLE_DU_LIEN.keys() & set(champs)
    if roles:
        liens = list(elements_de(action, "liens_acteurs"))
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
