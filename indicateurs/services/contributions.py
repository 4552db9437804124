"""Décider d’une contribution, champ par champ, par les services de chaque objet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.services.suivi import verrouiller
from cls_platform.socle.erreurs import DonneesRefusees, ErreurMetier
from contrats.models import (
    Contribution,
    Decision,
    ElementPropose,
    EtatContribution,
    GenreElement,
)
from contrats.permissions import exiger
from contrats.services.contributions import marquer_decide, moyen
from contrats.services.jalons import modifier_jalon
from contrats.services.journal import ajouter_note, modifier_note
from contrats.services.plan import modifier_action
from indicateurs.contribution import etat
from indicateurs.contribution.ecriture import pour_le_service
from indicateurs.contribution.etat import EtatLu, Valeurs
from indicateurs.contribution.regles import manques
from indicateurs.models import QUALITES_SANS_VALEUR, Qualite
from indicateurs.services.mesures import saisir_annee

DEJA_DECIDE = "Ce champ est déjà décidé."
A_CHANGE = "«\u00a0{}\u00a0» a changé depuis que vous l’avez lu. Comparez de nouveau, puis décidez."
N_EXISTE_PLUS = "«\u00a0{}\u00a0» n’existe plus dans la fiche. Vous pouvez seulement le refuser."


class ElementChange(ErreurMetier):
    """La fiche a changé entre la lecture et la décision ; rien n’est écrit."""

    code = "element_change"


@dataclass(frozen=True, slots=True)
class Choix:
    """Un champ accepté : la valeur à écrire, et celle de la fiche que la page montrait."""

    element: UUID
    valeurs: Valeurs
    present: Valeurs


@transaction.atomic
def accepter(*, contribution: Contribution, choix: Sequence[Choix], par: Any) -> None:
    """Écrit ces champs, tous ou aucun.

    Lève ElementChange si l’un d’eux a changé depuis sa lecture, DonneesRefusees ou DroitRefuse.
    """
    lue = _verrouillee(contribution, par)
    present = etat.lire(lue)
    par_cle = {element.pk: element for element in lue.elements.select_for_update().all()}
    retenus = [(_a_decider(par_cle, c.element), c) for c in choix]
    for element, accepte in retenus:
        _verifier(element, accepte, present)
    notes: Valeurs = {}
    for element, accepte in retenus:
        if element.genre == GenreElement.NOTE:
            notes |= accepte.valeurs
        else:
            _ecrire(lue, element, accepte.valeurs, present, par)
    if notes:
        _ecrire_note(lue, notes, par)
    for element, accepte in retenus:
        telle_quelle = accepte.valeurs == element.propose
        decision = Decision.ACCEPTE if telle_quelle else Decision.MODIFIE
        element.contribution = lue
        marquer_decide(element=element, decision=decision, ecrit=accepte.valeurs, par=par)


@transaction.atomic
def refuser(*, contribution: Contribution, element: UUID, raison: str, par: Any) -> None:
    """Rien n’est écrit dans la fiche ; le partenaire lira la raison."""
    lue = _verrouillee(contribution, par)
    if not raison.strip():
        phrase = "Dites pourquoi : le partenaire le lira."
        raise DonneesRefusees(phrase, champs={"refus": [phrase]})
    elements = {e.pk: e for e in lue.elements.select_for_update().all()}
    refuse = _a_decider(elements, element)
    refuse.contribution = lue
    marquer_decide(element=refuse, decision=Decision.REFUSE, raison=raison.strip(), par=par)


def _verrouillee(contribution: Contribution, par: Any) -> Contribution:
    """La contribution d’aujourd’hui et sa fiche ; la fiche est verrouillée jusqu’à la fin."""
    exiger(par, Droit.MODIFIER_PLAN, contribution.action.contrat)
    lues = Contribution.objects.select_related("lien__acteur", "note")
    lue = lues.select_for_update(of=("self",)).get(pk=contribution.pk)
    if lue.etat == EtatContribution.A_REMPLIR:
        raise ErreurMetier("Ce partenaire n’a encore rien envoyé pour cette fiche.")
    lue.action = verrouiller(contribution.action, version=None)
    return lue


def _a_decider(elements: Mapping[UUID, ElementPropose], pk: UUID) -> ElementPropose:
    element = elements.get(pk)
    if element is None:
        raise ElementChange("Le partenaire a corrigé son envoi entre-temps. Relisez-le.")
    if element.decision != Decision.EN_ATTENTE:
        raise ErreurMetier(DEJA_DECIDE)
    return element


def _verifier(element: ElementPropose, choix: Choix, present: EtatLu) -> None:
    actuelle = present.valeur(element.genre, element.champ, element.objet)
    if actuelle is None:
        raise ErreurMetier(N_EXISTE_PLUS.format(element.libelle))
    if actuelle != choix.present:
        raise ElementChange(A_CHANGE.format(element.libelle))
    if not any(choix.valeurs.values()):
        raise DonneesRefusees("Écrivez une valeur, ou refusez ce champ.")
    if fautes := manques(element.genre, choix.valeurs, actuelle):
        raise DonneesRefusees(
            " ".join(fautes.values()), champs={nom: [p] for nom, p in fautes.items()}
        )


def _ecrire(
    contribution: Contribution, element: ElementPropose, valeurs: Valeurs, lu: EtatLu, par: Any
) -> None:
    typees = pour_le_service(element.genre, element.champ, valeurs)
    signe = {"par": par, "via": moyen(contribution)}
    if element.genre == GenreElement.STATUT:
        action = contribution.action
        modifier_action(action=action, valeurs=typees, version=None, **signe)
    elif element.genre == GenreElement.ETAPE and element.objet:
        jalon = lu.jalons[element.objet]
        jalon.action = contribution.action
        modifier_jalon(jalon=jalon, valeurs=typees, version=jalon.version, **signe)
    elif element.objet:
        _ecrire_mesure(element.objet, typees, lu, signe)


def _ecrire_mesure(objet: UUID, valeurs: dict[str, Any], lu: EtatLu, signe: dict[str, Any]) -> None:
    """Une valeur dite indisponible ou secrète redevient définitive : on vient de la donner."""
    mesure = lu.mesures.get(objet)
    if mesure and mesure.qualite in QUALITES_SANS_VALEUR:
        valeurs["qualite"] = Qualite.DEFINITIVE
    saisir_annee(
        indicateur=lu.indicateurs[objet],
        annee=lu.annee,
        valeurs=valeurs,
        version=mesure.version if mesure else 0,
        **signe,
    )


def _ecrire_note(contribution: Contribution, textes: Valeurs, par: Any) -> None:
    """Une seule note par contribution : les champs acceptés plus tard la complètent."""
    valeurs: dict[str, Any] = {}
    for champ, texte in textes.items():
        valeurs |= pour_le_service(GenreElement.NOTE, champ, {champ: texte})
    via = moyen(contribution)
    if contribution.note:
        note, version = contribution.note, contribution.note.version
        note.action = contribution.action
        modifier_note(note=note, valeurs=valeurs, version=version, par=par, via=via)
        return
    valeurs["date_note"] = _date_de_la_note(contribution)
    contribution.note = ajouter_note(action=contribution.action, valeurs=valeurs, par=par, via=via)
    contribution.save(update_fields=["note"])


def _date_de_la_note(contribution: Contribution) -> date:
    """Le jour de l’envoi ; le 31 décembre quand on parle d’une année passée."""
    envoi = contribution.envoyee_le
    jour = timezone.localtime(envoi).date() if envoi else timezone.localdate()
    annee = contribution.lien.annee
    return jour if annee >= jour.year else date(annee, 12, 31)
