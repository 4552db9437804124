"""Ce que les habitants écrivent : reçu sans compte, lu avant de paraître, répondu."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.services.suivi import creer, enregistrer
from bilans.adresses_publiques import adresse_de_la_reaction
from bilans.models import Bilan, EtatReaction, Reaction
from cls_platform.socle.courriels import remettre_ou_attendre
from cls_platform.socle.erreurs import DonneesRefusees
from cls_platform.socle.models import Travail
from cls_platform.socle.transport import envoyer
from cls_platform.socle.travaux import executer, tenir
from contrats.models import Action, Contrat
from contrats.permissions import exiger

GENRE = "reponse_habitant"
TACHE = "bilans.repondre_a_l_habitant"
VIA = "site public"
TEXTE_MAX, REPONSE_MAX = 1000, 2000


def recevoir_reaction(
    *,
    contrat: Contrat,
    texte: str,
    courriel: str = "",
    bilan: Bilan | None = None,
    action: Action | None = None,
    par: Any = None,
) -> Reaction:
    """Une réaction à lire. `par` reste vide : personne n’a de compte ici, rien d’autre n’est gardé.

    Lève DonneesRefusees pour un texte vide ou trop long, une adresse mal écrite.
    """
    _exiger_la_longueur("texte", texte, TEXTE_MAX)
    reaction = Reaction(
        contrat=contrat, bilan=bilan, action=action, texte=texte.strip(), courriel=courriel.strip()
    )
    return creer(reaction, par=par, via=VIA)


def _exiger_la_longueur(champ: str, texte: str, maximum: int) -> None:
    """La base garde un texte sans borne : la règle est ici."""
    if len(texte.strip()) > maximum:
        dit = f"Gardez l’essentiel : {maximum} signes au plus."
        raise DonneesRefusees(dit, champs={champ: [dit]})


@transaction.atomic
def moderer(*, reaction: Reaction, etat: str, version: int | None, par: Any) -> Reaction:
    """Publier, garder sans publier, écarter. Écartée, l’adresse s’efface. Lève ConflitVersion."""
    exiger(par, Droit.REPONDRE_AUX_HABITANTS, reaction.contrat)
    if etat not in EtatReaction.values or etat == EtatReaction.ATTENTE:
        raise DonneesRefusees("Choisissez de publier, de garder ou d’écarter cette réaction.")
    valeurs = {"etat": etat}
    if etat == EtatReaction.REJETEE:
        valeurs["courriel"] = ""
    return enregistrer(reaction, valeurs=valeurs, version=version, par=par)


@transaction.atomic
def repondre(*, reaction: Reaction, reponse: str, version: int | None, par: Any) -> Reaction:
    """Écrit la réponse. Une adresse laissée la reçoit, puis s’efface ; sans adresse, c’est fait.

    Une réponse envoyée ne part qu’une fois. Lève DonneesRefusees si elle est vide, ConflitVersion.
    """
    exiger(par, Droit.REPONDRE_AUX_HABITANTS, reaction.contrat)
    if not reponse.strip():
        raise DonneesRefusees("Écrivez votre réponse.", champs={"reponse": ["Écrivez-la ici."]})
    _exiger_la_longueur("reponse", reponse, REPONSE_MAX)
    valeurs: dict[str, Any] = {"reponse": reponse.strip()}
    if not reaction.courriel:
        valeurs["repondu_le"] = reaction.repondu_le or timezone.now()
    a_jour = enregistrer(reaction, valeurs=valeurs, version=version, par=par)
    if a_jour.courriel:
        travail = Travail.objects.create(genre=GENRE, cible_id=a_jour.pk, demande_par_id=par.pk)
        transaction.on_commit(partial(envoyer, TACHE, travail.pk))
    return a_jour


def envoyer_reponse(*, travail_id: UUID) -> None:
    """Envoie la réponse et efface l’adresse. Rejouer l’appel est sans effet."""
    executer(travail_id=travail_id, faire=_envoyer)


def _envoyer(travail: Travail) -> None:
    with transaction.atomic():
        tenir(travail)
        reactions = Reaction.objects.select_for_update(of=("self",)).select_related(
            "contrat", "action", "bilan"
        )
        reaction = reactions.get(pk=travail.cible_id)
        if not reaction.courriel:
            return
        message = _courriel(reaction)
        enregistrer(
            reaction,
            valeurs={"courriel": "", "repondu_le": timezone.now()},
            version=None,
            par=None,
            via=VIA,
        )
        remettre_ou_attendre(message)


def _courriel(reaction: Reaction) -> EmailMessage:
    contrat = reaction.contrat
    contenu = {
        "reaction": reaction,
        "contrat": contrat,
        "adresse": settings.ADRESSE_PUBLIQUE + adresse_de_la_reaction(reaction),
    }
    return EmailMessage(
        subject=f"{contrat.nom} : une réponse à votre message",
        body=render_to_string("emails/reponse_habitant.txt", contenu),
        to=[reaction.courriel],
        reply_to=[contrat.courriel_contact] if contrat.courriel_contact else None,
    )


@transaction.atomic
def effacer_les_courriels(*, le: datetime | None = None) -> int:
    """L’adresse d’une réaction s’oublie au bout de trois mois. Rend le nombre d’adresses."""
    jour = le or timezone.now()
    avant = jour - timedelta(days=settings.CLS_REACTIONS_COURRIEL_JOURS)
    return Reaction.objects.avec_courriel(avant).update(courriel="")
