"""Une correction garde les données de l’édition d’avant : des mots changent, aucun chiffre.

Ce que l’équipe écrit et choisit vient de la correction ; tout le reste, de ce qui a été figé.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from bilans.instantane import SCHEMA, Action, Instantane, Volet
from bilans.models import ActionEnAvant, Bilan, CodeSection, VoletBilan
from bilans.rapport.choix import volets_choisis
from bilans.rapport.ecrit import Ecrit
from bilans.rapport.plan import designees, dominants, numero_utile
from contrats.models import Action as ActionDuPlan


def peut_reprendre(bilan: Bilan | None) -> bool:
    """Vrai d’une édition figée au schéma d’aujourd’hui."""
    return bilan is not None and (bilan.instantane or {}).get("schema") == SCHEMA


def edition_d_avant(bilan: Bilan) -> Bilan | None:
    siennes = Bilan.objects.filter(contrat=bilan.contrat_id, annee=bilan.annee).figes()
    return siennes.filter(edition=bilan.edition - 1).first()


def reprendre(
    figees: Instantane, ecrit: Ecrit, avant: Bilan, themes: Mapping[Any, list[str]]
) -> Instantane:
    """Les données de `avant`, dépouillées de ce que son équipe y avait écrit, puis réécrites."""
    nus = _depouilles(figees.volets, avant, themes)
    return replace(
        figees,
        textes=ecrit.textes,
        volets=volets_choisis(nus, ecrit),
        sections=ecrit.sections,
        apparence=ecrit.apparence,
        annonces=ecrit.annonces,
        argent=figees.argent if ecrit.montre(CodeSection.BUDGET) else None,
        mots=(),
    )


def _depouilles(
    volets: tuple[Volet, ...], avant: Bilan, themes: Mapping[Any, list[str]]
) -> tuple[Volet, ...]:
    """Trois requêtes : ce que l’équipe avait écrit des volets et raconté des actions."""
    racontees = ActionEnAvant.objects.filter(bilan=avant).exclude(recit="")
    resumes = dict(
        ActionDuPlan.objects.filter(pk__in=racontees.values("action")).values_list(
            "pk", "resume_public"
        )
    )
    dits = VoletBilan.objects.filter(bilan=avant).exclude(utile="").values_list("axe", flat=True)
    avec_utile = {str(axe or "") for axe in dits}
    return tuple(
        _depouille(
            volet,
            resumes,
            _utile_d_origine(volet, themes) if volet.cle in avec_utile else volet.utile,
        )
        for volet in volets
    )


def _depouille(volet: Volet, resumes: Mapping[Any, str], utile: str) -> Volet:
    nues = (_nue(action, resumes) for action in volet.actions)
    return replace(volet, texte="", citation=None, photo=None, utile=utile, actions=designees(nues))


def _nue(action: Action, resumes: Mapping[Any, str]) -> Action:
    """Un récit tenait lieu de résumé : le résumé de la fiche le remplace."""
    resume = resumes.get(UUID(action.cle)) if action.cle else None
    return action if resume is None else replace(action, resume=resume.strip())


def _utile_d_origine(volet: Volet, themes: Mapping[Any, list[str]]) -> str:
    cles = (UUID(action.cle) for action in volet.actions if action.cle)
    return numero_utile(dominants(themes, cles))
