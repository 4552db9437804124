"""Ce qui manque à la chaîne, et le geste qui le répare : une liste par manque."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from indicateurs.chaine.maillons import Chaine

Choix = tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AReparer:
    """Une ligne. `envoi` : où va le choix ; `lien` : la page du geste, sans choix à faire.

    `caches` : ce que le formulaire envoie avec le choix.
    """

    pk: UUID
    nom: str
    adresse: str = ""
    precision: str = ""
    envoi: str = ""
    caches: tuple[tuple[str, str], ...] = ()
    lien: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manque:
    """`champ` et `choix` : ce que l’on choisit pour réparer une ligne ; vides si c’est un lien."""

    cle: str
    titre: str
    mot: str
    pourquoi: str
    lignes: tuple[AReparer, ...]
    geste: str
    champ: str = ""
    invite: str = ""
    choix: Choix = ()

    @property
    def nombre(self) -> int:
        return len(self.lignes)


def manques(contrat: Any, chaine: Chaine) -> list[Manque]:
    """Tous, même ceux qui n’ont rien à réparer."""
    return [
        _besoins(chaine),
        _objectifs_sans_besoin(chaine),
        _objectifs_sans_action(contrat, chaine),
        _actions(contrat, chaine),
        _indicateurs(contrat, chaine),
        _effets(chaine),
    ]


def _choix(elements: Iterable[Any]) -> Choix:
    return tuple((element.pk, element.nom) for element in elements)


def _besoins(chaine: Chaine) -> Manque:
    return Manque(
        cle="besoins",
        titre="Besoins auxquels aucun objectif ne répond",
        mot="besoin sans objectif,besoins sans objectif",
        pourquoi="Le diagnostic les constate, le plan ne les reprend pas encore.",
        geste="Relier",
        champ="objectif",
        invite="Un objectif y répond",
        choix=_choix(chaine.objectifs),
        lignes=tuple(
            AReparer(
                pk=besoin.pk,
                nom=besoin.libelle,
                adresse=reverse("indicateurs:besoin", args=[besoin.pk]),
                precision=f"B{besoin.rang}",
                envoi=reverse("indicateurs:besoin_relier", args=[besoin.pk]),
            )
            for besoin in chaine.besoins_sans_objectif
        ),
    )


def _objectifs_sans_besoin(chaine: Chaine) -> Manque:
    return Manque(
        cle="objectifs_besoin",
        titre="Objectifs qui ne répondent à aucun besoin",
        mot="objectif sans besoin,objectifs sans besoin",
        pourquoi="Dites à quel besoin chacun répond, ou celui qui le contient.",
        geste="Relier",
        champ="besoin",
        invite="Il répond à",
        choix=tuple((b.pk, f"B{b.rang} {b.libelle}") for b in chaine.besoins),
        lignes=tuple(
            AReparer(
                pk=objectif.pk,
                nom=objectif.nom,
                envoi=reverse("indicateurs:objectif_repondre", args=[objectif.pk]),
            )
            for objectif in chaine.objectifs_sans_besoin
        ),
    )


def _objectifs_sans_action(contrat: Any, chaine: Chaine) -> Manque:
    ajouter = reverse("contrats:action_creer", args=[contrat.pk])
    return Manque(
        cle="objectifs",
        titre="Objectifs sans action",
        mot="objectif sans action,objectifs sans action",
        pourquoi="Rien ne les met en œuvre. Une fiche abandonnée ne compte plus.",
        geste="Ajouter une fiche",
        lignes=tuple(
            AReparer(
                pk=objectif.pk,
                nom=objectif.nom,
                lien=f"{ajouter}?objectif={objectif.pk}"
                + (f"&axe={objectif.axe}" if objectif.axe else ""),
            )
            for objectif in chaine.objectifs_sans_action
        ),
    )


def _actions(contrat: Any, chaine: Chaine) -> Manque:
    envoi = reverse("indicateurs:chaine_mesurer", args=[contrat.pk])
    return Manque(
        cle="actions",
        titre="Actions que rien ne mesure",
        mot="action que rien ne mesure,actions que rien ne mesure",
        pourquoi="Sans indicateur, on ne saura pas dire ce qu’elles ont changé.",
        geste="Relier",
        champ="indicateur",
        invite="Un indicateur la mesure",
        choix=_choix(chaine.indicateurs),
        lignes=tuple(
            AReparer(
                pk=action.pk,
                nom=action.nom,
                adresse=reverse("contrats:action", args=[action.pk]),
                envoi=envoi,
                caches=(("action", str(action.pk)),),
            )
            for action in chaine.actions_sans_indicateur
        ),
    )


def _indicateurs(contrat: Any, chaine: Chaine) -> Manque:
    envoi = reverse("indicateurs:chaine_mesurer", args=[contrat.pk])
    return Manque(
        cle="indicateurs",
        titre="Indicateurs qu’aucune action ne nourrit",
        mot="indicateur sans action,indicateurs sans action",
        pourquoi="Ceux de contexte et ceux que la plateforme calcule n’attendent pas d’action : "
        "ils ne sont pas ici.",
        geste="Relier",
        champ="action",
        invite="Une action le nourrit",
        choix=_choix(action for action in chaine.actions if action.compte),
        lignes=tuple(
            AReparer(
                pk=indicateur.pk,
                nom=indicateur.nom,
                adresse=reverse("indicateurs:fiche", args=[indicateur.pk]),
                precision=indicateur.unite,
                envoi=envoi,
                caches=(("indicateur", str(indicateur.pk)),),
            )
            for indicateur in chaine.indicateurs_sans_action
        ),
    )


def _effets(chaine: Chaine) -> Manque:
    return Manque(
        cle="effets",
        titre="Effets à décrire",
        mot="effet à décrire,effets à décrire",
        pourquoi="L’indicateur mesure l’action ; il reste à dire quel changement on en attend, et "
        "ce que l’on en sait.",
        geste="Décrire l’effet",
        lignes=tuple(
            AReparer(
                pk=indicateur.pk,
                nom=action.nom,
                adresse=reverse("contrats:action", args=[action.pk]),
                precision=indicateur.nom,
                lien=reverse("indicateurs:effet", args=[action.pk, indicateur.pk]),
            )
            for action, indicateur in chaine.liens_sans_effet
        ),
    )
