"""La chaîne rangée comme la page la montre : axe, objectif et ses besoins, actions, indicateurs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from indicateurs.chaine.filtre import FiltreChaine
from indicateurs.chaine.maillons import (
    ActionLue,
    BesoinLu,
    Chaine,
    EffetLu,
    IndicateurLu,
    ObjectifLu,
)

SANS_AXE = "Hors des axes"
SANS_OBJECTIF = "Sans objectif"


@dataclass(frozen=True, slots=True)
class MesureMontree:
    """Un indicateur de l’action, et l’effet que l’on en attend s’il est décrit."""

    indicateur: IndicateurLu
    effet: EffetLu | None


@dataclass(frozen=True, slots=True)
class ActionMontree:
    action: ActionLue
    mesures: tuple[MesureMontree, ...]


@dataclass(frozen=True, slots=True)
class Bloc:
    """`objectif` None : les actions de l’axe qui n’en ont pas. `au_dessus` : son parent.

    `besoins` : ceux auxquels il répond, lui ou l’objectif qui le contient.
    """

    objectif: ObjectifLu | None
    au_dessus: str
    besoins: tuple[BesoinLu, ...]
    actions: tuple[ActionMontree, ...]


@dataclass(frozen=True, slots=True)
class Groupe:
    axe: UUID | None
    titre: str
    blocs: tuple[Bloc, ...]


def groupes(chaine: Chaine, filtre: FiltreChaine) -> list[Groupe]:
    """Les axes dans l’ordre du plan ; ce qui est sans axe à la fin. Un groupe vide disparaît."""
    axes: list[tuple[UUID | None, str]] = [(axe.pk, axe.nom) for axe in chaine.axes]
    trouves = [
        Groupe(pk, titre, tuple(_blocs(chaine, filtre, pk)))
        for pk, titre in [*axes, (None, SANS_AXE)]
        if filtre.axe in (None, pk)
    ]
    return [groupe for groupe in trouves if groupe.blocs]


def axe_de(chaine: Chaine, objectif: ObjectifLu) -> UUID | None:
    """Le sien, ou celui d’un objectif qui le contient."""
    if objectif.axe:
        return objectif.axe
    axes = (chaine.par_objectif[pk].axe for pk in chaine.lignee(objectif.pk))
    return next((axe for axe in axes if axe), None)


def dans_l_arbre(chaine: Chaine) -> Iterator[ObjectifLu]:
    """Chaque objectif juste avant ceux qu’il contient ; une boucle se range à la fin."""
    connus, sortis = chaine.par_objectif, set()

    def descendre(parent: UUID | None) -> Iterator[ObjectifLu]:
        for objectif in chaine.objectifs:
            est_enfant = objectif.parent == parent
            orphelin = parent is None and objectif.parent not in connus
            if (est_enfant or orphelin) and objectif.pk not in sortis:
                sortis.add(objectif.pk)
                yield objectif
                yield from descendre(objectif.pk)

    yield from descendre(None)
    yield from (o for o in chaine.objectifs if o.pk not in sortis)


def _blocs(chaine: Chaine, filtre: FiltreChaine, axe: UUID | None) -> Iterator[Bloc]:
    parents = {objectif.parent for objectif in chaine.objectifs}
    for objectif in dans_l_arbre(chaine):
        if axe_de(chaine, objectif) != axe:
            continue
        bloc = _bloc(chaine, filtre, objectif)
        detaille = objectif.pk in parents and not bloc.actions
        if not detaille and _se_garde(chaine, filtre, bloc):
            yield bloc
    libres = [a for a in chaine.actions if a.objectif is None and a.axe == axe]
    bloc = Bloc(None, "", (), tuple(_montrer(chaine, filtre, libres, SANS_OBJECTIF)))
    if libres and _se_garde(chaine, filtre, bloc):
        yield bloc


def _bloc(chaine: Chaine, filtre: FiltreChaine, objectif: ObjectifLu) -> Bloc:
    actions = [a for a in chaine.actions if a.objectif == objectif.pk]
    lignee = chaine.lignee(objectif.pk)
    besoins = tuple(besoin for besoin in chaine.besoins if besoin.objectifs & lignee)
    parent = chaine.par_objectif.get(objectif.parent) if objectif.parent else None
    mots = " ".join([objectif.nom, *(besoin.libelle for besoin in besoins)])
    montrees = tuple(_montrer(chaine, filtre, actions, mots))
    return Bloc(objectif, parent.nom if parent else "", besoins, montrees)


def _montrer(
    chaine: Chaine, filtre: FiltreChaine, actions: Iterable[ActionLue], mots: str
) -> Iterator[ActionMontree]:
    for action in actions:
        mesures = [
            MesureMontree(indicateur, chaine.effets.get((action.pk, indicateur.pk)))
            for indicateur in chaine.indicateurs_de[action.pk]
        ]
        if filtre.regarde_les_effets:
            mesures = [m for m in mesures if _du_genre(m.effet, filtre)]
            if not mesures:
                continue
        noms = [mesure.indicateur.nom for mesure in mesures]
        if filtre.trouve(mots, action.nom, *noms):
            yield ActionMontree(action, tuple(mesures))


def _du_genre(effet: EffetLu | None, filtre: FiltreChaine) -> bool:
    return (
        effet is not None
        and filtre.effet in ("", effet.type)
        and filtre.confiance in ("", effet.confiance)
    )


def _se_garde(chaine: Chaine, filtre: FiltreChaine, bloc: Bloc) -> bool:
    """Un objectif sans action se voit, sauf quand on cherche des actions."""
    if filtre.besoin and not _repond(chaine, filtre.besoin, bloc.objectif):
        return False
    if bloc.actions:
        return True
    if filtre.regarde_les_effets or bloc.objectif is None:
        return False
    return filtre.trouve(bloc.objectif.nom, *(besoin.libelle for besoin in bloc.besoins))


def _repond(chaine: Chaine, besoin: UUID, objectif: ObjectifLu | None) -> bool:
    """L’objectif, ou celui qui le contient, répond à ce besoin."""
    if objectif is None:
        return False
    vise = next(b for b in chaine.besoins if b.pk == besoin)
    return bool(vise.objectifs & chaine.lignee(objectif.pk))
