"""Un rapport régional : demandé, fait une fois en arrière-plan, gardé tel quel, annoncé."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from acteurs.droits import Droit
from acteurs.models import Departement
from acteurs.ressort import Ressort, ressort_de
from bilans.models import RapportRegional
from bilans.rapport_regional.construction import construire
from bilans.rapport_regional.page import rendre_rapport
from bilans.services.depot import ranger
from cls_platform.socle.erreurs import DroitRefuse, ErreurMetier
from cls_platform.socle.models import Travail
from cls_platform.socle.transport import envoyer
from cls_platform.socle.travaux import avancer, executer, tenir
from contrats.permissions import exiger_general
from contrats.pilotage.ensemble import exiger_le_pilotage

GENRE, GENRE_ANNONCE = "rapport_regional", "rapport_annonce"
TACHE_ANNONCE = "bilans.annoncer_rapport"
DONNEES_LUES, PART_DU_RENDU = 30, 65
SANS_COMPTE = "Le compte qui a demandé ce rapport n’existe plus. Demandez-le à nouveau."
HORS_RESSORT = (
    "Ce rapport porte sur un territoire que vous ne pilotez plus. Demandez-en un sur le vôtre."
)


def exiger_le_rapport(*, region: str, par: Any) -> Ressort:
    """Piloter la région ; pour la France, en piloter une. Lève DroitRefuse."""
    if region:
        return exiger_le_pilotage(par, region)
    exiger_general(par, Droit.PILOTER_REGION)
    return ressort_de(par)


@transaction.atomic
def demander_rapport(
    *, region: str, le: date, avec_montants: bool, previent: bool, par: Any
) -> RapportRegional:
    """Ouvre le travail ; s’il y en a déjà un pareil en attente, rend celui-là."""
    ressort = exiger_le_rapport(region=region, par=par)
    demande = {
        "region_id": region or None,
        "le": le,
        "delegations": _delegations(region, ressort),
        "avec_montants": avec_montants,
        "demande_par": par,
    }
    for pareil in RapportRegional.objects.filter(**demande, chemin="").select_related("travail"):
        if pareil.est_en_cours:
            return pareil
    return _confier(RapportRegional.objects.create(**demande, previent=previent))


def _delegations(region: str, ressort: Ressort) -> list[str]:
    """Les départements auxquels le rapport se limite ; aucun au siège."""
    if not region or ressort.a_toute_la_region(region):
        return []
    siens = Departement.objects.filter(region=region, pk__in=ressort.delegations)
    return sorted(siens.values_list("pk", flat=True))


@transaction.atomic
def refaire_rapport(*, rapport: RapportRegional, par: Any) -> RapportRegional:
    """Recommence un travail qui a échoué ; sans effet s’il court encore, ou s’il est fait."""
    exiger_le_rapport(region=rapport.region_id or "", par=par)
    actuel = RapportRegional.objects.select_for_update(of=("self",)).get(pk=rapport.pk)
    if actuel.est_fait or actuel.est_en_cours:
        return actuel
    return _confier(actuel)


def _confier(rapport: RapportRegional) -> RapportRegional:
    rapport.travail = Travail.objects.create(
        genre=GENRE, cible_id=rapport.pk, demande_par_id=rapport.demande_par_id
    )
    rapport.save(update_fields=["travail"])
    return rapport


def faire_rapport(*, travail_id: UUID) -> None:
    """Fait le PDF. Rejouer l’appel est sans effet : le travail n’est pris qu’une fois."""
    executer(travail_id=travail_id, faire=_faire)


def _faire(travail: Travail) -> None:
    """Avec les droits qu’a, à ce moment, la personne qui l’a demandé."""
    rapport = RapportRegional.objects.select_related("region", "demande_par").get(
        pk=travail.cible_id
    )
    _exiger_encore(rapport)
    instantane = construire(rapport, arrete_le=timezone.localdate())
    avancer(travail, DONNEES_LUES)
    resultat = rendre_rapport(
        instantane,
        avancer=lambda part: avancer(travail, DONNEES_LUES + part * PART_DU_RENDU // 100),
    )
    chemin = ranger(f"rapports/{rapport.pk}-{resultat.sha256[:16]}.pdf", resultat.octets)
    with transaction.atomic():
        tenir(travail)
        RapportRegional.objects.filter(pk=rapport.pk).update(
            instantane=instantane.vers_simple(),
            arrete_le=instantane.arrete_le,
            chemin=chemin,
            sha256=resultat.sha256,
            taille=len(resultat.octets),
            pages=resultat.pages,
        )
        if rapport.previent:
            _prevenir(rapport)


def _exiger_encore(rapport: RapportRegional) -> None:
    """Lève ErreurMetier si la personne n’est plus là, ou ne pilote plus ce territoire."""
    if rapport.demande_par is None:
        raise ErreurMetier(SANS_COMPTE)
    ressort = exiger_le_rapport(region=rapport.region_id or "", par=rapport.demande_par)
    if not RapportRegional.objects.lisibles_dans(ressort).filter(pk=rapport.pk).exists():
        raise DroitRefuse(HORS_RESSORT)


def _prevenir(rapport: RapportRegional) -> None:
    """Le courriel est un autre travail : s’il échoue, le rapport reste fait."""
    annonce = Travail.objects.create(
        genre=GENRE_ANNONCE, cible_id=rapport.pk, demande_par_id=rapport.demande_par_id
    )
    transaction.on_commit(partial(envoyer, TACHE_ANNONCE, annonce.pk))


def annoncer_rapport(*, travail_id: UUID) -> None:
    """Envoie le courriel. Rejouer l’appel est sans effet : le travail n’est pris qu’une fois."""
    executer(travail_id=travail_id, faire=_annoncer)


def _annoncer(travail: Travail) -> None:
    rapports = RapportRegional.objects.select_related("region", "demande_par")
    rapport = rapports.defer("instantane").get(pk=travail.cible_id)
    if rapport.demande_par is None or not rapport.est_fait:
        raise ErreurMetier(SANS_COMPTE)
    with transaction.atomic():
        tenir(travail)
        _courriel(rapport, rapport.demande_par).send()


def _courriel(rapport: RapportRegional, a: Any) -> EmailMessage:
    contenu = {
        "rapport": rapport,
        "quoi": nom_du_rapport(rapport),
        "adresse": settings.ADRESSE_PUBLIQUE + reverse("bilans:rapport", args=[rapport.pk]),
    }
    return EmailMessage(
        subject=f"{nom_du_rapport(rapport)} : votre rapport est prêt",
        body=render_to_string("emails/rapport.txt", contenu),
        to=[a.email],
    )


def nom_du_rapport(rapport: RapportRegional) -> str:
    """« Rapport régional, Bretagne » ou « Rapport national »."""
    return f"Rapport régional, {rapport.region.nom}" if rapport.region else "Rapport national"


def nom_du_fichier(rapport: RapportRegional, extension: str = "pdf") -> str:
    lieu = slugify(rapport.region.nom) if rapport.region else "france"
    return f"rapport-cls-{lieu}-{rapport.le:%Y-%m-%d}.{extension}"


def ouvrir(rapport: RapportRegional) -> BinaryIO:
    """Lève FileNotFoundError tant que le fichier n’est pas fait."""
    if not rapport.chemin:
        raise FileNotFoundError("Ce rapport n’est pas encore fait.")
    return (Path(settings.MEDIA_ROOT) / rapport.chemin).open("rb")
