"""Deux personnes sur une fiche : ce qui ne se contredit pas se réunit, le reste se départage.

Chacun est parti d’une version. Un champ que l’un seul a changé garde sa valeur ; une liste reçoit
les ajouts et les retraits des deux. Un même champ écrit différemment par les deux est un conflit.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from acteurs.models import Acteur, Suivi
from acteurs.services.suivi import verrouiller
from cls_platform.socle.erreurs import ConflitVersion
from contrats.histoire.etats import Valeurs, a_la_version, a_present, comparable
from contrats.models import Action
from contrats.models.vocabulaire_liens import LIENS, LISTES

# Ce qui n’a de sens qu’ensemble : changé par les deux, même en partie, c’est le même champ
ENSEMBLES: tuple[frozenset[str], ...] = (
    frozenset({"statut", "statut_raison", "statut_est_impose"}),
    frozenset({"pilote", "pilote_personne", "pilote_nom"}),
    frozenset({"axe", "objectif"}),
    frozenset({"origine", "action_precedente"}),
    frozenset({"type_financeur", "mission_fir"}),
    frozenset({"devenir", "explication"}),
)


@dataclass(frozen=True, slots=True)
class Departage:
    """Le choix de la personne devant les deux versions ; il vaut pour ce qu’elle a vu.

    `vu` : la version qu’elle a eue sous les yeux. Sans `garde_la_mienne`, l’autre reste.
    """

    vu: int
    garde_la_mienne: bool = True


@dataclass(frozen=True, slots=True)
class Fusion:
    """`retenues` : ce qui s’écrit ; `en_conflit` : les champs à départager."""

    retenues: dict[str, Any]
    en_conflit: frozenset[str]


class ConflitDeChamps(ConflitVersion):
    """Les deux ont changé les mêmes champs ; rien n’est écrit."""

    def __init__(self, actuel: Any, champs: frozenset[str]) -> None:
        super().__init__(actuel)
        self.en_conflit = champs


@transaction.atomic
def ecrire_en_fusionnant(
    *,
    objet: Suivi,
    ecrire: Callable[..., Any],
    valeurs: Mapping[str, Any],
    version: int,
    par: Any,
    departage: Departage | None = None,
) -> Any:
    """Appelle `ecrire(valeurs=…, version=…, par=…)` avec ce que retient la fusion.

    Lève ConflitDeChamps, et ce que lève le service.
    """
    # La fiche d’abord, puis ce qu’elle porte : le même ordre que partout, sans interblocage
    if action := getattr(objet, "action", None):
        verrouiller(action, version=None)
    actuel = verrouiller(objet, version=None)
    fusion = fusionner(actuel, valeurs, version, departage)
    if fusion.en_conflit:
        raise ConflitDeChamps(actuel, fusion.en_conflit)
    return ecrire(valeurs=fusion.retenues, version=actuel.version, par=par)


def fusionner(
    actuel: Suivi, valeurs: Mapping[str, Any], version: int, departage: Departage | None = None
) -> Fusion:
    """Ce qu’il reste de `valeurs`, écrites depuis `version`, devant l’objet tel qu’il est."""
    if actuel.version == version:
        return Fusion(dict(valeurs), frozenset())
    noms = {*valeurs, *_freres(type(actuel), valeurs)}
    depart, present = a_la_version(actuel, noms, version), a_present(actuel, noms)
    miennes = {nom: comparable(type(actuel), nom, valeur) for nom, valeur in valeurs.items()}
    retenues: dict[str, Any] = {}
    conflits: set[str] = set()
    for groupe in _groupes(valeurs):
        if depart is None:
            touche = any(miennes[n] != present[n] for n in groupe)
            conflits |= groupe if touche else set()
        elif len(groupe) == 1 and (nom := next(iter(groupe))) in LIENS:
            retenues |= _reunir(actuel, nom, valeurs[nom], depart[nom], present[nom])
        elif _j_ai_change(groupe, miennes, depart, present):
            if _l_autre_a_change(groupe, valeurs, depart, present):
                conflits |= groupe
            else:
                retenues |= {n: valeurs[n] for n in groupe}
    return _departager(actuel, Fusion(retenues, frozenset(conflits)), valeurs, present, departage)


def _groupes(valeurs: Mapping[str, Any]) -> list[set[str]]:
    ensembles = [ensemble & valeurs.keys() for ensemble in ENSEMBLES]
    seuls = valeurs.keys() - frozenset().union(*ENSEMBLES)
    return [*(set(e) for e in ensembles if e), *({nom} for nom in sorted(seuls))]


def _freres(modele: type[Suivi], valeurs: Mapping[str, Any]) -> set[str]:
    """Les champs qui vont avec ceux-ci, s’ils existent sur ce modèle."""
    connus = {champ.name for champ in modele._meta.concrete_fields}
    return {n for e in ENSEMBLES if e & valeurs.keys() for n in e if n in connus}


def _j_ai_change(
    groupe: Collection[str], miennes: Valeurs, depart: Valeurs, present: Valeurs
) -> bool:
    """Autre chose qu’au départ, et autre chose que ce qui est déjà écrit."""
    return any(miennes[n] != depart[n] for n in groupe) and any(
        miennes[n] != present[n] for n in groupe
    )


def _l_autre_a_change(
    groupe: Collection[str], valeurs: Mapping[str, Any], depart: Valeurs, present: Valeurs
) -> bool:
    freres = {n for e in ENSEMBLES if e & set(groupe) for n in e if n in present}
    return any(depart[n] != present[n] for n in {*groupe, *freres})


def _reunir(
    actuel: Any, nom: str, elements: Any, depart: frozenset[str], present: frozenset[str]
) -> dict[str, Any]:
    """Les ajouts et les retraits des deux ; un élément ne peut pas être l’un et l’autre."""
    miens = {str(element.pk): element for element in elements}
    voulus = (present | (miens.keys() - depart)) - (depart - miens.keys())
    if voulus == present:
        return {}
    ailleurs = voulus - miens.keys()
    autres = _elements(actuel, nom, ailleurs) if ailleurs else []
    return {nom: [*(e for cle, e in miens.items() if cle in voulus), *autres]}


def _elements(action: Action, nom: str, cles: Collection[str]) -> list[Any]:
    modele: Any = getattr(action, nom).model if nom in LISTES else Acteur
    return list(modele._default_manager.filter(pk__in=cles))


def _departager(
    actuel: Suivi,
    fusion: Fusion,
    valeurs: Mapping[str, Any],
    present: Valeurs,
    departage: Departage | None,
) -> Fusion:
    """Le choix fait devant les deux versions vaut si l’autre n’a pas bougé depuis."""
    if departage is None or not fusion.en_conflit:
        return fusion
    if departage.vu != actuel.version:
        vues = a_la_version(actuel, fusion.en_conflit, departage.vu)
        if vues is None or any(vues[n] != present[n] for n in fusion.en_conflit):
            return fusion
    gardees = {n: valeurs[n] for n in fusion.en_conflit} if departage.garde_la_mienne else {}
    return Fusion(fusion.retenues | gardees, frozenset())
