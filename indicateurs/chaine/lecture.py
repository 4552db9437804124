"""La chaîne d’un contrat, telle qu’une personne a le droit de la lire ; huit requêtes."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from contrats.affichage import MOT_DU_STATUT
from contrats.models import Action, Axe, Contrat, Objectif
from indicateurs.chaine.maillons import (
    ActionLue,
    AxeLu,
    BesoinLu,
    Chaine,
    EffetLu,
    IndicateurLu,
    ObjectifLu,
)
from indicateurs.models import Besoin, Confiance, Effet, Indicateur, TypeEffet

SANS_NOM = "Sans titre"


def chaine_de(contrat: Contrat, utilisateur: Any, le: date) -> Chaine:
    """Une fiche restreinte que la personne ne lit pas n’y est pas, ni ses liens."""
    actions = tuple(_actions(contrat, utilisateur, le))
    lisibles = {action.pk for action in actions}
    liens = Indicateur.objects.liens_du_contrat(contrat)
    gardes = frozenset((action, indicateur) for action, indicateur in liens if action in lisibles)
    return Chaine(
        besoins=_besoins(contrat),
        axes=tuple(
            AxeLu(pk=a["id"], nom=_nomme(a["numero"], a["titre"], "."))
            for a in Axe.objects.charpente(contrat)
        ),
        objectifs=tuple(
            ObjectifLu(
                pk=o["id"],
                axe=o["axe_id"],
                parent=o["parent_id"],
                nom=_nomme(o["numero"], o["titre"]),
            )
            for o in Objectif.objects.charpente(contrat)
        ),
        actions=actions,
        indicateurs=_indicateurs(contrat),
        liens=gardes,
        effets=_effets(contrat, gardes),
    )


def _nomme(numero: str, titre: str, point: str = "") -> str:
    return f"{numero}{point} {titre}".strip() if numero else titre or SANS_NOM


def _actions(contrat: Contrat, utilisateur: Any, le: date) -> list[ActionLue]:
    actions: Any = Action.objects.filter(contrat=contrat).lisibles_par(utilisateur)
    lignes = actions.avec_statut_affiche(le).dans_l_ordre()
    colonnes = lignes.values_list("pk", "axe", "objectif", "numero", "titre", "statut_affiche")
    return [
        ActionLue(
            pk=pk,
            axe=axe,
            objectif=objectif,
            nom=_nomme(numero, titre),
            statut=statut,
            mot=str(MOT_DU_STATUT[statut]),
        )
        for pk, axe, objectif, numero, titre, statut in colonnes
    ]


def _indicateurs(contrat: Contrat) -> tuple[IndicateurLu, ...]:
    lignes = Indicateur.objects.filter(contrat=contrat).dans_l_ordre()
    return tuple(
        IndicateurLu(pk=pk, nom=nom, unite=unite, type=genre, calcul=calcul)
        for pk, nom, unite, genre, calcul in lignes.values_list(
            "pk", "libelle", "unite", "type", "calcul"
        )
    )


def _besoins(contrat: Contrat) -> tuple[BesoinLu, ...]:
    reponses: dict[UUID, set[UUID]] = defaultdict(set)
    for besoin, objectif in Besoin.objects.reponses_du_contrat(contrat):
        reponses[besoin].add(objectif)
    return tuple(
        BesoinLu(
            pk=besoin.pk,
            rang=rang,
            libelle=besoin.libelle,
            constat=besoin.constat,
            source=besoin.source,
            objectifs=frozenset(reponses[besoin.pk]),
        )
        for rang, besoin in enumerate(Besoin.objects.filter(contrat=contrat).dans_l_ordre(), 1)
    )


def _effets(
    contrat: Contrat, liens: frozenset[tuple[UUID, UUID]]
) -> dict[tuple[UUID, UUID], EffetLu]:
    """Ceux dont l’action et l’indicateur sont encore reliés."""
    return {
        (effet.action_id, effet.indicateur_id): EffetLu(
            type=effet.type,
            confiance=effet.confiance,
            explication=effet.explication,
            dit=f"{TypeEffet(effet.type).label}, {str(Confiance(effet.confiance).label).lower()}",
        )
        for effet in Effet.objects.du_contrat(contrat)
        if (effet.action_id, effet.indicateur_id) in liens
    }
