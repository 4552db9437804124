"""Les seuls écrivains du plan d’actions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.models import Acteur
from acteurs.services.suivi import creer, enregistrer, marquer, verrouiller
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Action, ActionActeur, Axe, Contrat, Jalon, Objectif, RoleActeur
from contrats.permissions import exiger, exiger_sur_action, peut_sur_action

CHAMPS_MODIFIABLES = frozenset(
    {
        "numero",
        "titre",
        "resume_public",
        "contexte",
        "description",
        "resultats_attendus",
        "statut",
        "date_debut",
        "date_fin",
        "pilote",
        "pilote_personne",
        "axe",
        "objectif",
        "est_publique",
    }
)
# Ce qu’un pilote ne décide pas seul, même sur son action
CHAMPS_DU_PLAN = frozenset(
    {"numero", "axe", "objectif", "pilote", "pilote_personne", "est_publique"}
)
LIENS = frozenset({"themes", "populations", "partenaires"})


def champs_modifiables(
    utilisateur: Any, action: Action, droits: frozenset[Droit]
) -> frozenset[str]:
    """Ce que la personne peut écrire sur cette action : tout, ce qu’un pilote décide, ou rien."""
    if not peut_sur_action(utilisateur, Droit.MODIFIER_PLAN, action, droits):
        return frozenset()
    tous = CHAMPS_MODIFIABLES | LIENS
    return tous if Droit.MODIFIER_PLAN in droits else tous - CHAMPS_DU_PLAN


@transaction.atomic
def creer_action(
    *, contrat: Contrat, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Action:
    """Ajoute une fiche à la fin du plan. Lève DroitRefuse ou DonneesRefusees."""
    exiger(par, Droit.MODIFIER_PLAN, contrat)
    verrouiller(contrat, version=None)
    _du_meme_contrat(contrat, valeurs)
    champs = {nom: v for nom, v in valeurs.items() if nom in CHAMPS_MODIFIABLES}
    dernier = contrat.actions.order_by("-ordre").values_list("ordre", flat=True).first() or 0
    action = creer(Action(contrat=contrat, ordre=dernier + 1, **champs), par=par, via=via)
    _ecrire_liens(action, valeurs)
    return action


@transaction.atomic
def modifier_action(
    *, action: Action, valeurs: Mapping[str, Any], version: int | None, par: Any, via: str = "page"
) -> Action:
    """Écrit les champs donnés si l’action est encore à `version`.

    Lève ConflitVersion, DonneesRefusees ou DroitRefuse : un pilote ne change ni la place de sa
    fiche dans le plan, ni son pilote.
    """
    exiger_sur_action(par, Droit.MODIFIER_PLAN, action)
    if CHAMPS_DU_PLAN & valeurs.keys():
        exiger(par, Droit.MODIFIER_PLAN, action.contrat)
    if inconnus := valeurs.keys() - CHAMPS_MODIFIABLES - LIENS:
        raise DonneesRefusees(f"Ces champs ne se modifient pas : {', '.join(sorted(inconnus))}.")
    _du_meme_contrat(action.contrat, valeurs)
    champs = {nom: v for nom, v in valeurs.items() if nom in CHAMPS_MODIFIABLES}
    avant = verrouiller(action, version=version)
    apres = enregistrer(avant, valeurs=champs, version=None, par=par, via=via)
    if _ecrire_liens(apres, valeurs) and apres.version == avant.version:
        marquer(apres, par=par, via=via)
    return apres


def supprimer_action(*, action: Action, version: int, par: Any) -> None:
    """Efface une fiche ; l’historique en garde chaque état. Lève ConflitVersion."""
    with transaction.atomic():
        exiger(par, Droit.MODIFIER_PLAN, action.contrat)
        verrouiller(action, version=version).delete()


def _du_meme_contrat(contrat: Contrat, valeurs: Mapping[str, Any]) -> None:
    for champ in ("axe", "objectif", "parent"):
        if (rattache := valeurs.get(champ)) and rattache.contrat_id != contrat.pk:
            message = "Choisissez un élément du même contrat."
            raise DonneesRefusees(message, champs={champ: [message]})


def _ecrire_liens(action: Action, valeurs: Mapping[str, Any]) -> bool:
    """Remplace thèmes, publics et partenaires donnés ; dit si quelque chose a changé."""
    change = False
    for champ in ("themes", "populations"):
        if champ in valeurs:
            nouveaux = {element.pk for element in valeurs[champ]}
            lien = getattr(action, champ)
            if nouveaux != set(lien.values_list("pk", flat=True)):
                lien.set(nouveaux)
                change = True
    if "partenaires" in valeurs:
        change |= _ecrire_partenaires(action, valeurs["partenaires"])
    return change


def _ecrire_partenaires(action: Action, partenaires: Iterable[Acteur]) -> bool:
    voulus = {acteur.pk for acteur in partenaires}
    liens = action.liens_acteurs.filter(role=RoleActeur.PARTENAIRE)
    presents = set(liens.values_list("acteur_id", flat=True))
    liens.filter(acteur_id__in=presents - voulus).delete()
    ActionActeur.objects.bulk_create(
        ActionActeur(action=action, acteur_id=pk, role=RoleActeur.PARTENAIRE)
        for pk in voulus - presents
    )
    return voulus != presents


def creer_axe(*, contrat: Contrat, valeurs: Mapping[str, Any], par: Any, via: str = "page") -> Axe:
    exiger(par, Droit.MODIFIER_PLAN, contrat)
    rang = contrat.axes.count() + 1
    return creer(
        Axe(contrat=contrat, ordre=rang, **{"numero": str(rang), **valeurs}), par=par, via=via
    )


def creer_objectif(
    *, contrat: Contrat, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Objectif:
    exiger(par, Droit.MODIFIER_PLAN, contrat)
    _du_meme_contrat(contrat, valeurs)
    rang = contrat.objectifs.count() + 1
    return creer(Objectif(contrat=contrat, ordre=rang, **valeurs), par=par, via=via)


@transaction.atomic
def ajouter_jalon(
    *, action: Action, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Jalon:
    """Ajoute une étape à la fin."""
    exiger_sur_action(par, Droit.MODIFIER_PLAN, action)
    verrouiller(action, version=None)
    dernier = action.jalons.order_by("-ordre").values_list("ordre", flat=True).first() or 0
    return creer(Jalon(action=action, ordre=dernier + 1, **valeurs), par=par, via=via)


def modifier_jalon(
    *, jalon: Jalon, valeurs: Mapping[str, Any], version: int | None, par: Any, via: str = "page"
) -> Jalon:
    exiger_sur_action(par, Droit.MODIFIER_PLAN, jalon.action)
    return enregistrer(jalon, valeurs=valeurs, version=version, par=par, via=via)
