"""Les gestes sur l’arbre du plan : modifier, déplacer, ranger, supprimer.

Chaque geste verrouille le contrat : deux déplacements se suivent, jamais ne se croisent. Les rangs
sont ceux de la lecture du plan, sans trou ni doublon, du premier axe à la dernière fiche.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.services.suivi import enregistrer, verrouiller
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import Action, Axe, Contrat, NiveauObjectif, Objectif, PartageAction
from contrats.ordre_du_plan import (
    Charpente,
    Noeud,
    emboitement_admis,
    placer,
    rangs,
    voisins,
)
from contrats.permissions import exiger
from contrats.services.rangs import MODELES, charpente_de, ecrire_rangs

FIN = 10_000


@transaction.atomic
def modifier_axe(
    *, axe: Axe, valeurs: Mapping[str, Any], version: int | None, par: Any, via: str = "page"
) -> Axe:
    exiger(par, Droit.MODIFIER_PLAN, axe.contrat)
    return enregistrer(axe, valeurs=valeurs, version=version, par=par, via=via)


@transaction.atomic
def modifier_objectif(
    *,
    objectif: Objectif,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
) -> Objectif:
    """Numéro, titre, niveau ; la place se change par `deplacer_objectif`."""
    exiger(par, Droit.MODIFIER_PLAN, objectif.contrat)
    actuel = verrouiller(objectif, version=version)
    niveau = valeurs.get("niveau", actuel.niveau)
    exiger_emboitement(actuel.parent, niveau)
    for enfant in actuel.enfants.all():
        _exiger(niveau, enfant.niveau)
    return enregistrer(actuel, valeurs=valeurs, version=None, par=par, via=via)


def exiger_emboitement(parent: Objectif | None, niveau: str) -> None:
    """Lève DonneesRefusees si un objectif de ce niveau ne peut pas être dans ce parent."""
    if parent is not None:
        _exiger(parent.niveau, niveau)


def _exiger(contenant: str, contenu: str) -> None:
    if not emboitement_admis(contenant, contenu):
        dessus, dessous = NiveauObjectif(contenant).label, NiveauObjectif(contenu).label
        raise DonneesRefusees(
            f"«\u00a0{dessus}\u00a0» ne peut pas contenir «\u00a0{dessous}\u00a0». "
            "Changez le niveau ou la place.",
            champs={"niveau": ["Ce niveau ne va pas avec la place de l’objectif dans le plan."]},
        )


# Déplacer ----------------------------------------------------------------------------------------


@transaction.atomic
def deplacer_axe(*, axe: Axe, position: int, version: int | None, par: Any) -> None:
    """`position` : 0 pour le premier."""
    plan = ouvrir(axe.contrat, par)
    actuel = verrouiller(axe, version=version)
    placer(plan.axes, _noeud(plan.axes, actuel.pk), position)
    _fermer(plan, "axe", actuel, {}, par)


@transaction.atomic
def deplacer_objectif(
    *,
    objectif: Objectif,
    axe: Axe | None,
    parent: Objectif | None,
    position: int,
    version: int | None,
    par: Any,
) -> None:
    """Sous un objectif ou directement sous un axe ; ce qu’il contient le suit."""
    plan = ouvrir(objectif.contrat, par)
    actuel = verrouiller(objectif, version=version)
    axe, parent = _lieu_a_jour(actuel.contrat_id, axe, parent)
    branche = plan.descendants(actuel.pk)
    if parent and parent.pk in branche:
        raise DonneesRefusees("Un objectif ne peut pas aller dans ce qu’il contient.")
    exiger_emboitement(parent, actuel.niveau)
    cle_axe = axe.pk if axe else None
    for noeud in plan.objectifs:
        if noeud.id in branche:
            noeud.axe = cle_axe
    noeud = _noeud(plan.objectifs, actuel.pk)
    noeud.parent = parent.pk if parent else None
    placer(plan.objectifs, noeud, position)
    _faire_suivre(branche, cle_axe, actuel.pk, par)
    _fermer(plan, "objectif", actuel, {"axe": axe, "parent": parent}, par)


@transaction.atomic
def deplacer_action(
    *,
    action: Action,
    axe: Axe | None,
    objectif: Objectif | None,
    position: int,
    version: int | None,
    par: Any,
) -> None:
    """Sous un objectif, directement sous un axe, ou sans axe."""
    plan = ouvrir(action.contrat, par)
    actuel = verrouiller(action, version=version)
    axe, objectif = _lieu_a_jour(actuel.contrat_id, axe, objectif)
    noeud = _noeud(plan.actions, actuel.pk)
    noeud.axe, noeud.parent = axe.pk if axe else None, objectif.pk if objectif else None
    placer(plan.actions, noeud, position)
    _fermer(plan, "action", actuel, {"axe": axe, "objectif": objectif}, par)


@transaction.atomic
def decaler(*, objet: Any, sens: int, version: int | None, par: Any) -> None:
    """Monte (-1) ou descend (1) d’un rang, sans changer de lieu ; au bout, rien ne bouge."""
    genre = next(nom for nom, modele in MODELES.items() if isinstance(objet, modele))
    plan = ouvrir(objet.contrat, par)
    actuel = verrouiller(objet, version=version)
    liste = getattr(plan, f"{genre}s")
    noeud = _noeud(liste, actuel.pk)
    placer(liste, noeud, max(voisins(liste, noeud.lieu).index(noeud) + sens, 0))
    _fermer(plan, genre, actuel, {}, par)


def ouvrir(contrat: Contrat, par: Any) -> Charpente:
    """Verrouille le contrat et lit son plan. Lève DroitRefuse."""
    exiger(par, Droit.MODIFIER_PLAN, contrat)
    verrouiller(contrat, version=None)
    return charpente_de(contrat)


def _noeud(liste: list[Noeud], pk: UUID) -> Noeud:
    return next(noeud for noeud in liste if noeud.id == pk)


def _fermer(plan: Charpente, genre: str, objet: Any, valeurs: Mapping[str, Any], par: Any) -> None:
    """Les rangs de tous, puis l’élément déplacé, seul à compter une version."""
    rang = rangs(plan)[genre][objet.pk]
    ecrire_rangs(charpente=plan, par=par, sauf=objet.pk)
    enregistrer(objet, valeurs={**valeurs, "ordre": rang}, version=None, par=par)


def _lieu_a_jour(
    contrat: UUID, axe: Axe | None, objectif: Objectif | None
) -> tuple[Axe | None, Objectif | None]:
    """L’objectif relu une fois le contrat verrouillé : son axe a pu changer depuis la page."""
    if objectif is not None:
        objectif = Objectif.objects.select_related("axe").filter(pk=objectif.pk).first()
        if objectif is None:
            raise DonneesRefusees("Cet objectif vient d’être supprimé. Choisissez une autre place.")
        axe = objectif.axe
    if any(lieu and lieu.contrat_id != contrat for lieu in (axe, objectif)):
        raise DonneesRefusees("Choisissez une place du même contrat.")
    return axe, objectif


def _faire_suivre(branche: list[UUID], axe: UUID | None, sauf: UUID, par: Any) -> None:
    """Ce que contient une branche déplacée change d’axe avec elle."""
    signature = {
        "axe": axe,
        "version": F("version") + 1,
        "modifie_le": timezone.now(),
        "modifie_par": par,
        "modifie_via": "page",
    }
    ailleurs = ~Q(axe=axe) | Q(axe=None) if axe else ~Q(axe=None)
    Objectif.objects.filter(ailleurs, pk__in=branche).exclude(pk=sauf).update(**signature)
    Action.avec_corbeille.filter(ailleurs, objectif__in=branche).update(**signature)
    PartageAction.objects.filter(ailleurs, objectif__in=branche).update(**signature)


# Supprimer ---------------------------------------------------------------------------------------


@transaction.atomic
def supprimer_niveau(
    *,
    niveau: Axe | Objectif,
    version: int | None,
    par: Any,
    vers: Axe | Objectif | None = None,
) -> None:
    """Efface un axe ou un objectif sans fiche, et les objectifs vides qu’il contient.

    Avec `vers`, ses fiches y sont d’abord déplacées, à la fin. Lève DonneesRefusees s’il reste
    des fiches.
    """
    plan = ouvrir(niveau.contrat, par)
    actuel = verrouiller(niveau, version=version)
    branche = branche_de(plan, actuel)
    fiches = fiches_de(plan, actuel)
    if fiches and vers is None:
        raise DonneesRefusees(
            "Il reste des fiches ici. Choisissez où les déplacer, ou déplacez-les une à une."
        )
    if vers is not None and (vers.pk == actuel.pk or vers.pk in branche):
        raise DonneesRefusees("Choisissez une place hors de ce que vous supprimez.")
    for fiche in Action.objects.filter(pk__in=fiches).dans_l_ordre():
        objectif = vers if isinstance(vers, Objectif) else None
        axe = vers if isinstance(vers, Axe) else None
        deplacer_action(
            action=fiche, axe=axe, objectif=objectif, position=FIN, version=None, par=par
        )
    _detacher_la_corbeille(actuel, branche)
    for pk in reversed(branche):
        Objectif.objects.filter(pk=pk).delete()
    if isinstance(actuel, Axe):
        actuel.delete()
    ecrire_rangs(charpente=charpente_de(niveau.contrat), par=par)


def branche_de(plan: Charpente, niveau: Axe | Objectif) -> list[UUID]:
    """Les objectifs de ce niveau, du plus haut au plus profond."""
    if isinstance(niveau, Objectif):
        return plan.descendants(niveau.pk)
    racines = [o.id for o in plan.objectifs if o.axe == niveau.pk and o.parent is None]
    dessous = [pk for racine in racines for pk in plan.descendants(racine)]
    return dessous + [o.id for o in plan.objectifs if o.axe == niveau.pk and o.id not in dessous]


def fiches_de(plan: Charpente, niveau: Axe | Objectif) -> list[UUID]:
    branche = set(branche_de(plan, niveau))
    return [f.id for f in plan.actions if f.parent in branche or f.axe == niveau.pk]


def _detacher_la_corbeille(niveau: Axe | Objectif, branche: list[UUID]) -> None:
    """Une fiche à la corbeille ne retient pas son axe ; rendue, elle revient sans axe."""
    jetees = Action.avec_corbeille.exclude(corbeille_le=None)
    jetees.filter(objectif__in=branche).update(objectif=None)
    if isinstance(niveau, Axe):
        jetees.filter(axe=niveau).update(axe=None)
