"""La bibliothèque d’actions : accord du contrat, choix des fiches, panier, copie dans un plan.

Seul le contenu d’une idée se reprend : ni personne, ni organisation, ni montant, ni note, ni date.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer, verrouiller
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.etats import StatutAction
from contrats.models import (
    Action,
    Axe,
    Contrat,
    FicheAuPanier,
    FicheOfferte,
    Inspiration,
    Jalon,
    Objectif,
    OrigineAction,
    PartageBibliotheque,
    PassageStatut,
)
from contrats.permissions import exiger, exiger_un_plan
from contrats.services.copie_liens import liens_de
from contrats.services.rangs import charpente_de, ecrire_rangs

TEXTES = (
    "titre",
    "contexte",
    "objectif_general",
    "objectifs_operationnels",
    "description",
    "resultats_attendus",
    "modalites_evaluation",
)
LISTES = ("themes", "populations")
PANIER_VIDE = "Cochez au moins une fiche de votre panier."
PANIER_PLEIN = "Un panier tient 100 fiches. Retirez-en, ou ajoutez-les d’abord à un plan."
FICHES_AU_PANIER = 100


def est_ouverte(*, contrat: Contrat) -> bool:
    return PartageBibliotheque.objects.filter(contrat=contrat, est_ouvert=True).exists()


@transaction.atomic
def regler_bibliotheque(
    *, contrat: Contrat, est_ouvert: bool, fiches: Collection[UUID], par: Any
) -> PartageBibliotheque:
    """L’accord du contrat et la liste de ses fiches offertes ; une fiche réservée n’en est pas."""
    exiger(par, Droit.MODIFIER_PLAN, contrat)
    verrouiller(contrat, version=None)
    accord = PartageBibliotheque.objects.filter(contrat=contrat).first()
    if accord is None:
        accord = creer(PartageBibliotheque(contrat=contrat), par=par)
    accord = enregistrer(accord, valeurs={"est_ouvert": est_ouvert}, version=None, par=par)
    permises = contrat.actions.filter(est_restreinte=False, pk__in=list(fiches))
    voulues = set(permises.values_list("pk", flat=True))
    offertes = FicheOfferte.objects.filter(action__contrat=contrat)
    presentes = set(offertes.values_list("action_id", flat=True))
    offertes.exclude(action__in=voulues).delete()
    FicheOfferte.objects.bulk_create(
        FicheOfferte(action_id=pk, offerte_par=par) for pk in voulues - presentes
    )
    return accord


@transaction.atomic
def mettre_au_panier(*, action: Action, par: Any) -> None:
    """Sans effet si elle y est déjà. Lève DonneesRefusees si le panier est plein."""
    exiger_un_plan(par)
    if par.panier.count() >= FICHES_AU_PANIER:
        raise DonneesRefusees(PANIER_PLEIN)
    FicheAuPanier.objects.get_or_create(utilisateur=par, action=action)


def retirer_du_panier(*, action: Action, par: Any) -> None:
    FicheAuPanier.objects.filter(utilisateur=par, action=action).delete()


@transaction.atomic
def ajouter_du_panier(
    *,
    contrat: Contrat,
    fiches: Collection[UUID],
    axe: Axe | None,
    objectif: Objectif | None,
    par: Any,
) -> list[Action]:
    """Crée une fiche « à discuter » par fiche choisie, à la fin de la place, et les sort du panier.

    Ses étapes sont des suggestions, sans date. La fiche dit de laquelle elle s’inspire.
    """
    exiger(par, Droit.MODIFIER_PLAN, contrat)
    verrouiller(contrat, version=None)
    axe = objectif.axe if objectif else axe
    if any(lieu and lieu.contrat_id != contrat.pk for lieu in (axe, objectif)):
        raise DonneesRefusees("Choisissez une place du même contrat.")
    choisies = [au_panier.action for au_panier in FicheAuPanier.objects.de(par)]
    choisies = [action for action in choisies if action.pk in set(fiches)]
    if not choisies:
        raise DonneesRefusees(PANIER_VIDE, champs={"fiches": [PANIER_VIDE]})
    copies = _ecrire(contrat, choisies, axe, objectif, par)
    FicheAuPanier.objects.filter(utilisateur=par, action__in=choisies).delete()
    return copies


def _ecrire(
    contrat: Contrat, sources: list[Action], axe: Axe | None, objectif: Objectif | None, par: Any
) -> list[Action]:
    rang = contrat.actions.count()
    copies = [
        Action(
            **{nom: getattr(source, nom) for nom in TEXTES},
            contrat=contrat,
            axe=axe,
            objectif=objectif,
            statut=StatutAction.A_DISCUTER,
            origine=OrigineAction.NOUVELLE,
            est_publique=False,
            ordre=rang + place,
            modifie_par=par,
        )
        for place, source in enumerate(sources, start=1)
    ]
    Action.objects.bulk_create(copies)
    paires = {s.pk: c.pk for s, c in zip(sources, copies, strict=True)}
    _ecrire_liens(paires, par)
    PassageStatut.objects.bulk_create(
        PassageStatut(action=copie, vers=copie.statut, par=par) for copie in copies
    )
    Inspiration.objects.bulk_create(
        Inspiration(action=copie, source=source, mention=mention_de(source))
        for source, copie in zip(sources, copies, strict=True)
    )
    ecrire_rangs(charpente=charpente_de(contrat), par=par)
    return copies


def _ecrire_liens(paires: dict[UUID, UUID], par: Any) -> None:
    for nom in LISTES:
        lien: Any = getattr(Action, nom)
        cible = f"{lien.field.m2m_reverse_field_name()}_id"
        lien.through.objects.bulk_create(
            lien.through(**{"action_id": paires[action], cible: code})
            for action, code in liens_de(nom, paires)
        )
    etapes = Jalon.objects.filter(action__in=list(paires), est_abandonne=False).order_by("ordre")
    Jalon.objects.bulk_create(
        Jalon(
            action_id=paires[etape.action_id],
            libelle=etape.libelle,
            ordre=etape.ordre,
            modifie_par=par,
            modifie_le=timezone.now(),
        )
        for etape in etapes
    )


def mention_de(source: Action) -> str:
    """« Titre de la fiche », contrat et région d’origine."""
    contrat = source.contrat
    return f"«\u00a0{source.titre}\u00a0», {contrat.nom} ({contrat.region.nom})"
