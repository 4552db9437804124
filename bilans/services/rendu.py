"""Demander le PDF d’un bilan, et le faire (dans le processus de fond).

Un seul moment de lecture fige ce que montre le bilan et son bilan technique ; tous les documents se
font ensuite de ces données-là, jamais de la base.
"""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.services.suivi import enregistrer, verrouiller
from bilans import pdf, rapport
from bilans.instantane import Instantane
from bilans.models import Bilan, CharteBilan
from bilans.rapport.reprise import edition_d_avant, peut_reprendre
from bilans.services import annonce_document
from bilans.services.depot import deposer, lire_images
from bilans.technique import donnees as donnees_techniques
from bilans.technique.donnees import Technique
from bilans.technique.lecture import lire_technique
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.lecture_figee import un_seul_moment
from cls_platform.socle.models import Travail
from cls_platform.socle.travaux import avancer, executer, tenir
from contrats.models import Action, DecisionReunion, Financement, LigneBudget, NoteSuivi, Reunion
from contrats.permissions import exiger
from indicateurs.models import Indicateur, Mesure

GENRE = "bilan_pdf"
TACHE = "bilans.rendre"
DONNEES_LUES = 15
RIEN_A_REPRENDRE = "Aucune édition d’avant n’a de données à reprendre\u00a0: celles du jour valent."
PART_DU_RENDU = 80


@transaction.atomic
def demander_pdf(
    *, bilan: Bilan, par: Any, previent: bool = False, reprises: bool | None = None
) -> Travail:
    """Ouvre le travail ; s’il y en a déjà un en attente pour ce bilan, rend celui-là.

    `previent` : un courriel part quand le PDF est fait. `reprises`, d’une correction : avec les
    données de l’édition d’avant, ou celles du jour ; None : comme la dernière fois.
    """
    exiger(par, Droit.REDIGER_BILAN, bilan.contrat)
    actuel = verrouiller(bilan, version=None)
    if not actuel.est_modifiable:
        raise ErreurMetier("Ce bilan est publié : son PDF ne change plus. Ouvrez une correction.")
    if actuel.travail and not actuel.travail.est_fini:
        return actuel.travail
    if reprises is not None:
        _choisir_les_donnees(actuel, reprises=reprises, par=par)
    travail = Travail.objects.create(
        genre=GENRE, cible_id=actuel.pk, demande_par_id=par.pk, parametres={"previent": previent}
    )
    Bilan.objects.filter(pk=actuel.pk).update(travail=travail)
    return travail


def _choisir_les_donnees(bilan: Bilan, *, reprises: bool, par: Any) -> None:
    """Lève ErreurMetier s’il n’y a rien à reprendre."""
    if reprises and not peut_reprendre(edition_d_avant(bilan)):
        raise ErreurMetier(RIEN_A_REPRENDRE)
    enregistrer(bilan, valeurs={"reprend_les_donnees": reprises}, version=None, par=par)


def rendre_bilan(*, travail_id: UUID, le: date | None = None) -> None:
    """Fait le PDF. Rejouer l’appel est sans effet : le travail n’est pris qu’une fois."""
    executer(travail_id=travail_id, faire=lambda travail: _faire(travail, le))


def figer(bilan: Bilan, *, le: date) -> tuple[Instantane, Technique]:
    """Les deux jeux de données, lus au même instant ; repris de l’édition d’avant, ensemble."""
    with un_seul_moment():
        instantane = rapport.construire(bilan, arrete_le=le)
        return instantane, _technique(bilan, instantane.arrete_le)


def _technique(bilan: Bilan, le: date) -> Technique:
    avant = edition_d_avant(bilan) if bilan.reprend_les_donnees else None
    if avant is None or not avant.technique:
        return lire_technique(bilan, arrete_le=le)
    return replace(donnees_techniques.relire(avant.technique), edition=bilan.edition)


def _faire(travail: Travail, le: date | None) -> None:
    bilan = Bilan.objects.select_related("contrat").get(pk=travail.cible_id)
    lu_le = timezone.now()
    instantane, technique = figer(bilan, le=le or timezone.localdate())
    avancer(travail, DONNEES_LUES)
    resultat = pdf.rendre(
        instantane,
        images=lire_images(instantane),
        avancer=lambda part: avancer(travail, DONNEES_LUES + part * PART_DU_RENDU // 100),
    )
    chemin = deposer(bilan, resultat)
    with transaction.atomic():
        tenir(travail)
        actuel = verrouiller(bilan, version=None)
        if not actuel.est_modifiable:
            raise ErreurMetier("Le bilan a été publié entre-temps : son PDF ne change plus.")
        Bilan.objects.filter(pk=actuel.pk).update(
            instantane=instantane.vers_simple(),
            technique=technique.vers_simple(),
            instantane_le=lu_le,
            chemin=chemin,
            sha256=resultat.sha256,
            taille=len(resultat.octets),
            pages=resultat.pages,
        )
        if travail.parametres.get("previent"):
            annonce_document.demander(cible=bilan.pk, par=travail.demande_par_id)


def donnees_plus_recentes(bilan: Bilan) -> bool:
    """Vrai si une action, une valeur, un montant, une réunion ou un texte a changé depuis."""
    if bilan.instantane_le is None or bilan.est_fige:
        return False
    ecrites = partial(_ecrites_depuis, depuis=bilan.instantane_le)
    contrat = bilan.contrat
    ecrits: tuple[QuerySet[Any], ...] = (
        bilan.sections.all(),
        bilan.volets.all(),
        bilan.actions_en_avant.all(),
        bilan.annonces.all(),
        bilan.decisions_sigles.all(),
        contrat.images.all(),
        CharteBilan.objects.filter(contrat=contrat),
    )
    du_plan: tuple[QuerySet[Any], ...] = (
        # Une fiche mise à la corbeille change aussi le bilan
        Action.avec_corbeille.filter(contrat=contrat),
        Indicateur.objects.filter(contrat=contrat),
        Mesure.objects.filter(indicateur__contrat=contrat),
        LigneBudget.objects.filter(action__contrat=contrat),
        Financement.objects.filter(action__contrat=contrat),
        NoteSuivi.objects.filter(action__contrat=contrat),
        Reunion.objects.du_contrat(contrat),
        DecisionReunion.objects.du_contrat(contrat),
    )
    return any(map(ecrites, ecrits if bilan.reprend_les_donnees else (*ecrits, *du_plan)))


def _ecrites_depuis(requete: QuerySet[Any], *, depuis: Any) -> bool:
    return requete.filter(modifie_le__gt=depuis).exists()
