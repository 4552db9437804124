"""Les seuls écrivains du plan d’actions."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, verrouiller
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.champs_fiche import PREFIXE_LIBRE
from contrats.models import Action, Axe, Contrat, Objectif
from contrats.permissions import exiger, exiger_sur_action, peut_sur_action
from contrats.services.arbre import exiger_emboitement
from contrats.services.liens_action import LIENS, cles_libres, ecrire_liens
from contrats.services.regles_fiche import exiger_coherence
from contrats.services.statut import avec_raison, noter_passage

# Ce que la fiche complète ajoute, dans l’ordre où l’API le montre
CHAMPS_DE_LA_FICHE_COMPLETE = (
    "objectif_general",
    "objectifs_operationnels",
    "modalites_evaluation",
    "moyens",
    "freins",
    "leviers",
    "echeancier",
    "est_annuelle",
    "quartiers",
    "services_pilotes",
    "pilote_nom",
    "elu_referent",
    "instance",
    "priorite",
    "origine",
    "action_precedente",
    "niveau_prevention",
    "participation",
    "participation_detail",
    "autres_plans",
    "est_restreinte",
)
CHAMPS_MODIFIABLES = frozenset(
    {
        "numero",
        "titre",
        "resume_public",
        "contexte",
        "description",
        "resultats_attendus",
        "statut",
        "statut_raison",
        "statut_est_impose",
        "date_debut",
        "date_fin",
        "pilote",
        "pilote_personne",
        "axe",
        "objectif",
        "est_publique",
        *CHAMPS_DE_LA_FICHE_COMPLETE,
    }
)
# Ce qu’un pilote ne décide pas seul, même sur son action
CHAMPS_DU_PLAN = frozenset(
    {
        "numero",
        "axe",
        "objectif",
        "pilote",
        "pilote_personne",
        "pilote_nom",
        "est_publique",
        "est_restreinte",
    }
)


def champs_modifiables(
    utilisateur: Any, action: Action, droits: frozenset[Droit]
) -> frozenset[str]:
    """Ce que la personne peut écrire sur cette action : tout, ce qu’un pilote décide, ou rien."""
    if not peut_sur_action(utilisateur, Droit.MODIFIER_PLAN, action, droits):
        return frozenset()
    tous = CHAMPS_MODIFIABLES | LIENS | cles_libres(action.contrat)
    return tous if Droit.MODIFIER_PLAN in droits else tous - CHAMPS_DU_PLAN


@transaction.atomic
def creer_action(
    *, contrat: Contrat, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Action:
    """Ajoute une fiche à la fin du plan. Lève DroitRefuse ou DonneesRefusees."""
    exiger(par, Droit.MODIFIER_PLAN, contrat)
    verrouiller(contrat, version=None)
    valeurs = exiger_coherence(contrat=contrat, valeurs=valeurs)
    champs = {nom: v for nom, v in valeurs.items() if nom in CHAMPS_MODIFIABLES}
    champs = avec_raison(None, champs, via=via)
    dernier = contrat.actions.order_by("-ordre").values_list("ordre", flat=True).first() or 0
    action = creer(Action(contrat=contrat, ordre=dernier + 1, **champs), par=par, via=via)
    noter_passage(avant=None, apres=action, par=par)
    ecrire_liens(action=action, valeurs=valeurs, deja_comptee=True, par=par, via=via)
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
    _exiger_connus(valeurs)
    avant = verrouiller(action, version=version)
    valeurs = exiger_coherence(contrat=avant.contrat, valeurs=valeurs, action=avant)
    champs = {nom: v for nom, v in valeurs.items() if nom in CHAMPS_MODIFIABLES}
    champs = avec_raison(avant, champs, via=via)
    apres = enregistrer(avant, valeurs=champs, version=None, par=par, via=via)
    noter_passage(avant=avant, apres=apres, par=par)
    comptee = apres.version != avant.version
    ecrire_liens(action=apres, valeurs=valeurs, deja_comptee=comptee, par=par, via=via)
    return apres


def _exiger_connus(valeurs: Mapping[str, Any]) -> None:
    inconnus = {
        nom
        for nom in valeurs.keys() - CHAMPS_MODIFIABLES - LIENS
        if not nom.startswith(PREFIXE_LIBRE)
    }
    if inconnus:
        raise DonneesRefusees(f"Ces champs ne se modifient pas : {', '.join(sorted(inconnus))}.")


def creer_axe(*, contrat: Contrat, valeurs: Mapping[str, Any], par: Any, via: str = "page") -> Axe:
    exiger(par, Droit.MODIFIER_PLAN, contrat)
    rang = contrat.axes.count() + 1
    return creer(
        Axe(contrat=contrat, ordre=rang, **{"numero": str(rang), **valeurs}), par=par, via=via
    )


def creer_objectif(
    *, contrat: Contrat, valeurs: Mapping[str, Any], par: Any, via: str = "page"
) -> Objectif:
    """Dans un autre objectif, il en suit l’axe et s’y emboîte. Lève DonneesRefusees."""
    exiger(par, Droit.MODIFIER_PLAN, contrat)
    exiger_coherence(contrat=contrat, valeurs=valeurs)
    rang = contrat.objectifs.count() + 1
    objectif = Objectif(contrat=contrat, ordre=rang, **valeurs)
    exiger_emboitement(objectif.parent, objectif.niveau)
    if objectif.parent:
        objectif.axe = objectif.parent.axe
    return creer(objectif, par=par, via=via)
