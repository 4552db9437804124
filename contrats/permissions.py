"""Qui : la porte unique des gestes sous un contrat. Le « quand » est dans `etats.py`."""

from typing import Any

from acteurs.droits import DROITS_DU_ROLE, DROITS_DU_SIEGE, Droit, Role, roles_ayant
from acteurs.permissions import charge_des_donnees
from cls_platform.socle.erreurs import DroitRefuse
from contrats.models import Action, Contrat, Lot
from contrats.models.confidentialite import plans_modifies_par

DROITS_SUR_UNE_ACTION = {
    Droit.MODIFIER_PLAN: Droit.MODIFIER_SES_ACTIONS,
    Droit.SAISIR_MESURES: Droit.SAISIR_SES_MESURES,
}


def roles_sur(utilisateur: Any, contrat: Contrat) -> frozenset[str]:
    """Les rôles de la personne sur ce contrat ; deux requêtes au plus."""
    if not utilisateur.is_authenticated:
        return frozenset()
    if utilisateur.est_administrateur:
        return frozenset({Role.ADMINISTRATEUR})
    roles = set(
        contrat.participations.filter(utilisateur=utilisateur).values_list("role", flat=True)
    )
    if (
        est_agent_ars(utilisateur)
        and Contrat.objects.filter(pk=contrat.pk).suivis_par_ars(utilisateur).exists()
    ):
        roles.add(Role.REFERENT_ARS)
    return frozenset(roles)


def droits_sur(utilisateur: Any, contrat: Contrat) -> frozenset[Droit]:
    """Tous les droits de la personne sur ce contrat ; ceux du siège n’en sont pas."""
    roles = roles_sur(utilisateur, contrat)
    droits = frozenset().union(*(DROITS_DU_ROLE[role] for role in roles))
    return droits if Role.ADMINISTRATEUR in roles else droits - DROITS_DU_SIEGE


def droits_generaux(utilisateur: Any) -> frozenset[Droit]:
    """Les droits qui ne dépendent pas d’un contrat : créer, voir la couverture, administrer."""
    if not utilisateur.is_authenticated:
        return frozenset()
    if utilisateur.est_administrateur:
        return DROITS_DU_ROLE[Role.ADMINISTRATEUR]
    roles = set(utilisateur.participations.values_list("role", flat=True).distinct())
    generaux = {Droit.CREER_CONTRAT, Droit.VOIR_COUVERTURE}
    if est_agent_ars(utilisateur):
        roles.add(Role.REFERENT_ARS)
        generaux.add(Droit.PILOTER_REGION)
        generaux |= {Droit.CHARGER_DONNEES} if charge_des_donnees(utilisateur) else set()
    tous = frozenset().union(*(DROITS_DU_ROLE[role] for role in roles))
    return tous & generaux


def est_agent_ars(utilisateur: Any) -> bool:
    return utilisateur.affectations.exists()


def peut(utilisateur: Any, droit: Droit, contrat: Contrat) -> bool:
    return droit in droits_sur(utilisateur, contrat)


def exiger(utilisateur: Any, droit: Droit, contrat: Contrat) -> None:
    """Lève DroitRefuse, avec la raison et les rôles à qui s’adresser."""
    if not peut(utilisateur, droit, contrat):
        raise refus(droit)


def exiger_general(utilisateur: Any, droit: Droit) -> None:
    if droit not in droits_generaux(utilisateur):
        raise refus(droit)


def exiger_un_plan(utilisateur: Any) -> None:
    """Modifier le plan d’un contrat au moins ; lève DroitRefuse."""
    if not plans_modifies_par(utilisateur).exists():
        raise refus(Droit.MODIFIER_PLAN)


def refus(droit: Droit) -> DroitRefuse:
    roles = ", ".join(roles_ayant(droit))
    return DroitRefuse(f"Votre rôle ne permet pas de {droit.label}. Le peuvent : {roles}.")


def est_pilote(utilisateur: Any, action: Action) -> bool:
    """La personne, ou son organisation, pilote l’action."""
    return utilisateur.is_authenticated and (
        action.pilote_personne_id == utilisateur.pk
        or (utilisateur.acteur_id is not None and action.pilote_id == utilisateur.acteur_id)
    )


def peut_sur_action(
    utilisateur: Any, droit: Droit, action: Action, droits: frozenset[Droit] | None = None
) -> bool:
    """`droit` vaut pour tout le plan ; son équivalent restreint vaut pour ses propres actions."""
    droits = droits_sur(utilisateur, action.contrat) if droits is None else droits
    restreint = DROITS_SUR_UNE_ACTION.get(droit)
    return droit in droits or (restreint in droits and est_pilote(utilisateur, action))


def droits_sur_action(utilisateur: Any, action: Action) -> frozenset[Droit]:
    """Les droits sur le contrat, moins ceux qui ne valent que pour les actions que l’on pilote."""
    droits = droits_sur(utilisateur, action.contrat)
    if est_pilote(utilisateur, action):
        return droits
    return droits - frozenset(DROITS_SUR_UNE_ACTION.values())


def exiger_sur_action(utilisateur: Any, droit: Droit, action: Action) -> None:
    if not peut_sur_action(utilisateur, droit, action):
        raise refus(droit)


def exiger_sur_des_actions(utilisateur: Any, droit: Droit, contrat: Contrat) -> frozenset[Droit]:
    """Le droit sur tout le plan, ou au moins sur les actions que l’on pilote ; rend les droits.

    Chaque action se vérifie encore par `peut_sur_action`.
    """
    droits = droits_sur(utilisateur, contrat)
    if not peut_sur_des_actions(droits, droit):
        raise refus(droit)
    return droits


def peut_sur_des_actions(droits: frozenset[Droit], droit: Droit) -> bool:
    return bool(droits & {droit, DROITS_SUR_UNE_ACTION[droit]})


def exiger_sur_lot(utilisateur: Any, lot: Lot) -> frozenset[Droit]:
    """Un lot est à qui l’a fait, et à qui modifie tout le plan ; rend les droits."""
    droits = exiger_sur_des_actions(utilisateur, Droit.MODIFIER_PLAN, lot.contrat)
    if lot.cree_par_id != utilisateur.pk and Droit.MODIFIER_PLAN not in droits:
        raise refus(Droit.MODIFIER_PLAN)
    return droits
