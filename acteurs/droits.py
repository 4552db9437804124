"""Qui peut quoi : les rôles, les droits, et la table qui les relie. Une phrase par droit."""

from django.db.models import TextChoices


class Role(TextChoices):
    ADMINISTRATEUR = "ADMINISTRATEUR", "Administrateur"
    COORDINATEUR = "COORDINATEUR", "Coordonnateur ou coordonnatrice"
    REFERENT_ARS = "REFERENT_ARS", "Référent ARS"
    ELU = "ELU", "Élu ou élue"
    PILOTE = "PILOTE", "Pilote d’action"
    PARTENAIRE = "PARTENAIRE", "Partenaire"
    LECTEUR = "LECTEUR", "Lecteur"


ROLES_DE_CONTRAT = (
    Role.COORDINATEUR,
    Role.ELU,
    Role.PILOTE,
    Role.PARTENAIRE,
    Role.LECTEUR,
)


class Droit(TextChoices):
    LIRE_CONTRAT = "LIRE_CONTRAT", "lire le contrat, son plan et ses indicateurs"
    CREER_CONTRAT = "CREER_CONTRAT", "créer un contrat"
    MODIFIER_CONTRAT = "MODIFIER_CONTRAT", "modifier le contrat, son périmètre et ses signataires"
    CHANGER_PHASE = "CHANGER_PHASE", "faire avancer le contrat d’une phase à l’autre"
    GERER_EQUIPE = "GERER_EQUIPE", "inviter des personnes et choisir leur rôle"
    VOIR_BUDGET = "VOIR_BUDGET", "voir le budget et les financements"
    MODIFIER_PLAN = "MODIFIER_PLAN", "modifier toutes les actions du plan"
    MODIFIER_SES_ACTIONS = "MODIFIER_SES_ACTIONS", "modifier les actions dont vous êtes pilote"
    GERER_INDICATEURS = "GERER_INDICATEURS", "choisir les indicateurs et leurs cibles"
    SAISIR_MESURES = "SAISIR_MESURES", "saisir les valeurs de tous les indicateurs"
    SAISIR_SES_MESURES = "SAISIR_SES_MESURES", "saisir les valeurs de vos actions"
    REDIGER_BILAN = "REDIGER_BILAN", "écrire le bilan et demander son PDF"
    RELIRE_BILAN = "RELIRE_BILAN", "relire le bilan et le commenter"
    VISER_POUR_ARS = "VISER_POUR_ARS", "donner l’avis et le visa de l’ARS sur le bilan"
    VISER_POUR_PORTEUR = "VISER_POUR_PORTEUR", "donner le visa du porteur sur le bilan"
    MENER_CAMPAGNE = "MENER_CAMPAGNE", "ouvrir et suivre une campagne de bilans"
    REPONDRE_AUX_HABITANTS = (
        "REPONDRE_AUX_HABITANTS",
        "lire les réactions des habitants et y répondre",
    )
    PUBLIER_BILAN = "PUBLIER_BILAN", "publier le bilan"
    VOIR_COUVERTURE = "VOIR_COUVERTURE", "voir la couverture du territoire"
    PILOTER_REGION = "PILOTER_REGION", "suivre les territoires d’une ARS et en tenir la doctrine"
    CHARGER_DONNEES = "CHARGER_DONNEES", "charger des zonages, des données et des contrats"
    ADMINISTRER = "ADMINISTRER", "administrer la plateforme"


LECTURE = frozenset({Droit.LIRE_CONTRAT, Droit.VOIR_COUVERTURE})

# Donnés au siège d’une ARS pour sa région, jamais par un contrat
DROITS_DU_SIEGE = frozenset({Droit.CHARGER_DONNEES})

DROITS_DU_ROLE: dict[str, frozenset[Droit]] = {
    Role.ADMINISTRATEUR: frozenset(Droit),
    Role.COORDINATEUR: LECTURE
    | {
        Droit.CREER_CONTRAT,
        Droit.MODIFIER_CONTRAT,
        Droit.CHANGER_PHASE,
        Droit.GERER_EQUIPE,
        Droit.VOIR_BUDGET,
        Droit.MODIFIER_PLAN,
        Droit.MODIFIER_SES_ACTIONS,
        Droit.GERER_INDICATEURS,
        Droit.SAISIR_MESURES,
        Droit.SAISIR_SES_MESURES,
        Droit.REDIGER_BILAN,
        Droit.RELIRE_BILAN,
        Droit.PUBLIER_BILAN,
        Droit.MENER_CAMPAGNE,
        Droit.REPONDRE_AUX_HABITANTS,
    },
    Role.REFERENT_ARS: LECTURE
    | {
        Droit.CREER_CONTRAT,
        Droit.CHANGER_PHASE,
        Droit.VOIR_BUDGET,
        Droit.PILOTER_REGION,
        Droit.CHARGER_DONNEES,
        Droit.RELIRE_BILAN,
        Droit.VISER_POUR_ARS,
        Droit.MENER_CAMPAGNE,
    },
    Role.ELU: LECTURE
    | {
        Droit.RELIRE_BILAN,
        Droit.PUBLIER_BILAN,
        Droit.VISER_POUR_PORTEUR,
        Droit.VOIR_BUDGET,
        Droit.REPONDRE_AUX_HABITANTS,
    },
    Role.PILOTE: LECTURE
    | {
        Droit.VOIR_BUDGET,
        Droit.MODIFIER_SES_ACTIONS,
        Droit.SAISIR_SES_MESURES,
        Droit.RELIRE_BILAN,
    },
    Role.PARTENAIRE: LECTURE | {Droit.SAISIR_SES_MESURES, Droit.RELIRE_BILAN},
    Role.LECTEUR: LECTURE,
}


def roles_avec(droit: Droit) -> list[Role]:
    return [role for role in Role if droit in DROITS_DU_ROLE[role]]


def roles_ayant(droit: Droit) -> list[str]:
    """Libellés des rôles qui ont ce droit, pour dire à qui s’adresser dans un refus."""
    return [role.label for role in roles_avec(droit)]
