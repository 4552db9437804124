"""Ce que le partenaire écrit par son lien : un brouillon, puis un envoi."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, ErreurMetier
from cls_platform.socle.typographie import date_longue
from contrats.models import (
    Contribution,
    Decision,
    ElementPropose,
    EtatContribution,
    GenreElement,
    LienContribution,
)
from contrats.models.contribution import RIEN_DE_NOUVEAU

PREFIXE_VIA = "contribution:"
PAGE = "page"
DEJA_LUE = (
    "La coordination a commencé à traiter votre envoi : il ne se corrige plus ici. Écrivez-lui."
)
DEJA_REPONDU = "Vous avez déjà répondu pour cette fiche. Relisez votre réponse pour la corriger."
RIEN_DE_DIT = "Écrivez ou changez au moins une chose avant d’envoyer."


@dataclass(frozen=True, slots=True)
class Propose:
    """Un champ proposé : ce qui a été lu, ce qui est proposé, en textes."""

    genre: str
    champ: str
    objet: UUID | None
    libelle: str
    lu: Mapping[str, str]
    propose: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Signature:
    nom: str
    fonction: str


@transaction.atomic
def garder_brouillon(
    *,
    contribution: Contribution,
    saisie: Mapping[str, str],
    page: str,
    version: int | None,
    par: LienContribution,
) -> Contribution:
    """Garde ce qui est tapé, tel quel. Lève ConflitVersion si une autre page a écrit depuis.

    `page` : la page ouverte, que rien n’oppose à elle-même quand deux envois se suivent de près.
    """
    actuelle = _ouverte(contribution, par)
    neuf = {**saisie, PAGE: page}
    if sans_page(actuelle.brouillon) == dict(saisie):
        return actuelle
    de_la_meme_page = bool(page) and actuelle.brouillon.get(PAGE) == page
    if actuelle.version != version and not de_la_meme_page:
        raise ConflitVersion(actuelle)
    actuelle.brouillon, actuelle.brouillon_le = neuf, timezone.now()
    actuelle.version += 1
    actuelle.save(update_fields=["brouillon", "brouillon_le", "version"])
    return actuelle


@transaction.atomic
def envoyer(
    *,
    contribution: Contribution,
    elements: Sequence[Propose],
    signature: Signature,
    par: LienContribution,
) -> Contribution:
    """Propose ces champs ; un envoi que personne n’a commencé à traiter remplace le précédent."""
    actuelle = _ouverte(contribution, par)
    if not elements:
        raise DonneesRefusees(RIEN_DE_DIT)
    actuelle.elements.all().delete()
    ElementPropose.objects.bulk_create(
        ElementPropose(
            contribution=actuelle,
            genre=e.genre,
            champ=e.champ,
            objet=e.objet,
            libelle=e.libelle[:300],
            ordre=rang,
            lu=dict(e.lu),
            propose=dict(e.propose),
        )
        for rang, e in enumerate(elements)
    )
    actuelle.nom, actuelle.fonction = signature.nom, signature.fonction
    actuelle.etat, actuelle.envoyee_le = EtatContribution.RECUE, timezone.now()
    actuelle.version += 1
    actuelle.save(update_fields=["nom", "fonction", "etat", "envoyee_le", "version"])
    return actuelle


@transaction.atomic
def dire_rien_de_nouveau(
    *, contribution: Contribution, signature: Signature, par: LienContribution
) -> Contribution:
    """Répond d’un geste, à la date du jour ; une note se propose, et la fiche ne change pas.

    Déjà dit : sans effet. Lève ErreurMetier si la fiche a reçu une autre réponse.
    """
    actuelle = _ouverte(contribution, par)
    if actuelle.etat != EtatContribution.A_REMPLIR:
        if not actuelle.elements.filter(champ=RIEN_DE_NOUVEAU).exists():
            raise ErreurMetier(DEJA_REPONDU)
        return actuelle
    phrase = f"Rien de nouveau au {date_longue(timezone.localdate())}."
    dit = Propose(
        genre=GenreElement.NOTE,
        champ=RIEN_DE_NOUVEAU,
        objet=None,
        libelle="Rien de nouveau",
        lu={RIEN_DE_NOUVEAU: ""},
        propose={RIEN_DE_NOUVEAU: phrase},
    )
    return envoyer(contribution=actuelle, elements=[dit], signature=signature, par=par)


def sans_page(brouillon: Mapping[str, str]) -> dict[str, str]:
    return {nom: texte for nom, texte in brouillon.items() if nom != PAGE}


def _ouverte(contribution: Contribution, par: LienContribution) -> Contribution:
    """La ligne, verrouillée, si le lien vaut encore et la laisse écrire."""
    lien = LienContribution.objects.valables().filter(pk=par.pk).first()
    ouvertes = Contribution.objects.ouvertes().filter(lien=lien, pk=contribution.pk)
    if lien is None or not ouvertes.exists():
        raise ErreurMetier("Ce lien ne vaut plus. Demandez-en un autre à la coordination.")
    actuelle = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
    if not est_modifiable(actuelle):
        raise ErreurMetier(DEJA_LUE)
    return actuelle


def est_modifiable(contribution: Contribution) -> bool:
    """À remplir, ou envoyée sans qu’aucun champ ait été décidé."""
    return contribution.etat in {EtatContribution.A_REMPLIR, EtatContribution.RECUE}


def moyen(contribution: Contribution) -> str:
    """Ce que garde l’historique : le nom de la personne, lui, s’efface un jour."""
    return f"{PREFIXE_VIA}{contribution.pk}"


def marquer_decide(
    *,
    element: ElementPropose,
    decision: Decision,
    par: Any,
    ecrit: Mapping[str, str] | None = None,
    raison: str = "",
) -> None:
    """Note la décision et où en est la contribution ; l’écriture a déjà eu lieu."""
    element.decision, element.raison = decision, raison
    element.ecrit = dict(ecrit) if ecrit is not None else None
    element.decide_le, element.decide_par = timezone.now(), par
    element.save(update_fields=["decision", "raison", "ecrit", "decide_le", "decide_par"])
    contribution = element.contribution
    reste = contribution.elements.filter(decision=Decision.EN_ATTENTE).exists()
    contribution.etat = EtatContribution.EN_PARTIE if reste else EtatContribution.TRAITEE
    contribution.save(update_fields=["etat"])
