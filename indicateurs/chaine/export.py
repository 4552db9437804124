"""La chaîne dans un tableur : une ligne par indicateur de chaque action, vides compris."""

from collections.abc import Iterable, Iterator

from cls_platform.socle.tableur.feuille import Valeur
from contrats.affichage import MOT_DU_STATUT
from indicateurs.chaine.affichage import ActionMontree, Bloc, Groupe
from indicateurs.models import Confiance, TypeEffet

ENTETES = (
    "Axe", "Besoins", "Objectif", "Action", "Statut", "Indicateur", "Unité", "Effet", "Confiance",
    "Comment l’action y contribue", "Ce qui manque",
)  # fmt: skip
SANS_ACTION = "Objectif sans action"
SANS_INDICATEUR = "Action que rien ne mesure"
SANS_EFFET = "Effet à décrire"


def lignes(groupes: Iterable[Groupe]) -> list[list[Valeur]]:
    return [
        [groupe.titre, *suite]
        for groupe in groupes
        for bloc in groupe.blocs
        for suite in _du_bloc(bloc)
    ]


def _du_bloc(bloc: Bloc) -> Iterator[list[Valeur]]:
    besoins = "\n".join(f"B{besoin.rang} {besoin.libelle}" for besoin in bloc.besoins)
    debut: list[Valeur] = [besoins, bloc.objectif.nom if bloc.objectif else ""]
    if not bloc.actions:
        yield [*debut, *[""] * 7, SANS_ACTION]
    for montree in bloc.actions:
        for suite in _de_l_action(montree):
            yield [*debut, *suite]


def _de_l_action(montree: ActionMontree) -> Iterator[list[Valeur]]:
    action = montree.action
    debut: list[Valeur] = [action.nom, MOT_DU_STATUT[action.statut]]
    if not montree.mesures:
        yield [*debut, *[""] * 5, SANS_INDICATEUR if action.compte else ""]
    for mesure in montree.mesures:
        effet = mesure.effet
        yield [
            *debut,
            mesure.indicateur.nom,
            mesure.indicateur.unite,
            str(TypeEffet(effet.type).label) if effet else "",
            str(Confiance(effet.confiance).label) if effet else "",
            effet.explication if effet else "",
            SANS_EFFET if effet is None and action.compte else "",
        ]
