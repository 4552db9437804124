"""Les liens de contribution : les donner, les relancer, les renouveler, les révoquer."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.models import Acteur
from acteurs.models.jeton import empreinte
from cls_platform.socle.erreurs import DonneesRefusees, ErreurMetier
from cls_platform.socle.models import Travail
from contrats.models import (
    Action,
    CleContribution,
    Contrat,
    Contribution,
    Demande,
    LienContribution,
    fiches_par_partenaire,
)
from contrats.models.lien_contribution import ANNEE_MAX, ANNEE_MIN
from contrats.permissions import exiger

GENRE = "lien_contribution"
DELAI_ENTRE_RELANCES = timedelta(hours=20)


@dataclass(frozen=True, slots=True)
class Destinataire:
    """Une organisation, les fiches sur lesquelles on l’interroge, où lui écrire (facultatif)."""

    acteur: Acteur
    actions: Sequence[Action]
    courriel: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Ce que l’on demande à tous, et pour combien de jours."""

    annee: int
    demandes: Sequence[str]
    jours: int
    message: str = ""


@dataclass(frozen=True, slots=True)
class LienDonne:
    """Un lien et son secret, que personne ne reverra."""

    lien: LienContribution
    secret: str


@transaction.atomic
def creer_liens(
    *, contrat: Contrat, destinataires: Sequence[Destinataire], question: Question, par: Any
) -> list[LienDonne]:
    """Un lien par organisation ; un courriel part à celles qui ont une adresse.

    Lève DonneesRefusees : durée, demandes, ou une fiche que l’organisation ne tient pas.
    """
    exiger(par, Droit.MODIFIER_PLAN, contrat)
    _verifier_la_question(question)
    if not destinataires:
        raise _refus("acteurs", "Choisissez au moins une organisation.")
    permises = {a.pk: {f.pk for f in fiches} for a, fiches in fiches_par_partenaire(contrat)}
    return [
        _creer(contrat, destinataire, question, permises.get(destinataire.acteur.pk, set()), par)
        for destinataire in destinataires
    ]


def _creer(
    contrat: Contrat, vers: Destinataire, question: Question, permises: Collection[UUID], par: Any
) -> LienDonne:
    if not vers.actions:
        raise _refus("actions", f"Choisissez au moins une fiche pour {vers.acteur.nom}.")
    if any(action.pk not in permises for action in vers.actions):
        raise _refus("actions", f"{vers.acteur.nom} ne tient pas toutes ces fiches.")
    lien = LienContribution.objects.create(
        contrat=contrat,
        acteur=vers.acteur,
        annee=question.annee,
        demandes=sorted(set(question.demandes), key=Demande.values.index),
        courriel=vers.courriel,
        message=question.message.strip(),
        expire_le=echeance(question.jours),
        cree_par=par,
    )
    Contribution.objects.bulk_create(Contribution(lien=lien, action=a) for a in vers.actions)
    if lien.courriel:
        _demander_envoi(lien, par=par, relance=False)
    return LienDonne(lien, _nouvelle_cle(lien))


def _verifier_la_question(question: Question) -> None:
    _verifier_la_duree(question.jours)
    if not question.demandes or set(question.demandes) - set(Demande.values):
        raise _refus("demandes", "Choisissez au moins une chose à demander.")
    if not ANNEE_MIN <= question.annee <= ANNEE_MAX:
        raise _refus("annee", "Écrivez l’année en quatre chiffres.")


def _verifier_la_duree(jours: int) -> None:
    if not 1 <= jours <= settings.CLS_CONTRIBUTION_JOURS_MAX:
        raise _refus("jours", f"Un lien dure de 1 à {settings.CLS_CONTRIBUTION_JOURS_MAX} jours.")


def echeance(jours: int) -> datetime:
    """La fin du dernier jour, à l’heure de Paris."""
    soir = timezone.localtime() + timedelta(days=jours)
    return soir.replace(hour=23, minute=59, second=59, microsecond=0)


@transaction.atomic
def relancer(*, lien: LienContribution, par: Any) -> Travail:
    """Un nouveau courriel, une fois par jour au plus ; les liens déjà reçus valent encore."""
    actuel = _verrouiller(lien, par)
    _exiger_valable(actuel)
    if not actuel.courriel:
        raise ErreurMetier("Ce lien n’a pas d’adresse. Copiez-en un et envoyez-le vous-même.")
    if not actuel.contributions.ouvertes().filter(etat="A_REMPLIR").exists():
        raise ErreurMetier("Toutes les fiches de ce lien sont déjà revenues.")
    if actuel.travail and not actuel.travail.est_fini:
        raise ErreurMetier("Un courriel attend déjà son départ. Revenez dans un instant.")
    if actuel.relance_le and actuel.relance_le > timezone.now() - DELAI_ENTRE_RELANCES:
        raise ErreurMetier("Une relance est déjà partie aujourd’hui. Laissez-lui un jour.")
    LienContribution.objects.filter(pk=actuel.pk).update(relance_le=timezone.now())
    return _demander_envoi(actuel, par=par, relance=True)


@transaction.atomic
def ajouter_cle(*, lien: LienContribution, par: Any) -> str:
    """Un lien de plus à copier, jusqu’à la même échéance."""
    actuel = _verrouiller(lien, par)
    _exiger_valable(actuel)
    return _nouvelle_cle(actuel)


@transaction.atomic
def renouveler(*, lien: LienContribution, jours: int, par: Any) -> str:
    """Une nouvelle échéance et un nouveau secret ; les précédents ne valent plus."""
    actuel = _verrouiller(lien, par)
    _verifier_la_duree(jours)
    if actuel.revoque_le:
        raise ErreurMetier("Ce lien a été révoqué. Demandez des nouvelles par un lien neuf.")
    actuel.cles.all().delete()
    LienContribution.objects.filter(pk=actuel.pk).update(expire_le=echeance(jours))
    return _nouvelle_cle(actuel)


@transaction.atomic
def revoquer(*, lien: LienContribution, par: Any) -> None:
    """Le lien cesse de valoir aussitôt ; ce qui a été envoyé reste à traiter."""
    actuel = _verrouiller(lien, par)
    actuel.cles.all().delete()
    LienContribution.objects.filter(pk=actuel.pk, revoque_le=None).update(revoque_le=timezone.now())


def _verrouiller(lien: LienContribution, par: Any) -> LienContribution:
    exiger(par, Droit.MODIFIER_PLAN, lien.contrat)
    return LienContribution.objects.select_for_update(of=("self",)).get(pk=lien.pk)


def _exiger_valable(lien: LienContribution) -> None:
    if not lien.est_valable:
        raise ErreurMetier("Ce lien ne vaut plus. Renouvelez-le d’abord.")


def _nouvelle_cle(lien: LienContribution) -> str:
    """256 bits ; seule l’empreinte reste."""
    secret = secrets.token_urlsafe(32)
    CleContribution.objects.create(lien=lien, empreinte=empreinte(secret))
    return secret


def cle_pour_un_courriel(lien: LienContribution) -> str:
    """Faite au moment de l’envoi : le secret ne passe ni par la file, ni par la base."""
    return _nouvelle_cle(lien)


def _demander_envoi(lien: LienContribution, *, par: Any, relance: bool) -> Travail:
    travail = Travail.objects.create(
        genre=GENRE, cible_id=lien.pk, parametres={"relance": relance}, demande_par_id=par.pk
    )
    lien.travail = travail
    LienContribution.objects.filter(pk=lien.pk).update(travail=travail)
    return travail


def lien_ouvert(secret: str) -> LienContribution | None:
    """None pour un secret inconnu, comme pour un lien expiré ou révoqué : rien ne les distingue."""
    return LienContribution.objects.ouvert_par(empreinte(secret)).first()


def noter_ouverture(*, par: LienContribution) -> None:
    LienContribution.objects.filter(pk=par.pk).update(ouvert_le=timezone.now())


def _refus(champ: str, phrase: str) -> DonneesRefusees:
    return DonneesRefusees(phrase, champs={champ: [phrase]})
