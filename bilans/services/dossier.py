"""Un dossier de fiches : tout de suite s’il est court, sinon en arrière-plan, gardé sept jours."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bilans.dossier.construction import AUCUNE, DossierVide, construire
from bilans.dossier.page import rendre_pdf
from bilans.dossier.sections import DROIT_DE_LA_SECTION, FormatDossier, Reglages, relire
from bilans.dossier.word import rendre_docx
from bilans.models import DossierFiches
from bilans.services.depot import ranger
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.models import Travail
from cls_platform.socle.travaux import avancer, executer, tenir
from contrats.models import Contrat
from contrats.permissions import exiger

GENRE = "dossier_fiches"
FICHES_EN_DIRECT = 5
# Un PDF de 150 fiches se fait en une demi-minute ; bien au-delà, le travail perdrait son bail
FICHES_MAXIMUM = 150
TROP_DE_FICHES = (
    f"Un document tient {FICHES_MAXIMUM} fiches au plus. Choisissez-en moins, un axe par exemple."
)
DONNEES_LUES, PART_DU_RENDU = 15, 80
TYPES = {
    FormatDossier.PDF: "application/pdf",
    FormatDossier.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Fichier:
    nom: str
    type_mime: str
    octets: bytes


def nom_du_fichier(contrat: Contrat, format_: str, le: date, *, numero: str = "") -> str:
    quoi = "fiches"
    if numero:
        quoi = "fiche-" + "".join(c if c.isalnum() else "-" for c in numero).strip("-")
    return f"{contrat.slug}-{quoi}-{le:%Y-%m-%d}.{format_.lower()}"


def exiger_les_sections(*, contrat: Contrat, reglages: Reglages, par: Any) -> None:
    """Lève DroitRefuse : une section que la personne ne peut pas lire n’entre pas au dossier."""
    for section, droit in DROIT_DE_LA_SECTION.items():
        if reglages.montre(section):
            exiger(par, droit, contrat)


def produire(
    *,
    contrat: Contrat,
    actions: Any,
    format_: str,
    reglages: Reglages,
    le: date,
    avancement: Callable[[int], None] = lambda _pourcentage: None,
) -> Fichier:
    """Le fichier de ces fiches, déjà restreintes à qui le demande. Lève DossierVide."""
    nombre = contrat.actions.count()
    contenu = construire(contrat, actions, reglages, le=le, tout_le_plan=nombre)
    avancement(DONNEES_LUES)
    suivre = partial(_au_rendu, avancement)
    if format_ == FormatDossier.PDF:
        octets = rendre_pdf(contenu, suivre).octets
    else:
        octets = rendre_docx(contenu, suivre)
    seule = contenu.fiches[0].numero if contenu.est_une_fiche else ""
    nom = nom_du_fichier(contrat, format_, le, numero=seule)
    return Fichier(nom, TYPES[FormatDossier(format_)], octets)


def _au_rendu(avancement: Callable[[int], None], part: int) -> None:
    avancement(DONNEES_LUES + part * PART_DU_RENDU // 100)


def produire_pour(
    *, contrat: Contrat, fiches: Iterable[UUID], format_: str, reglages: Reglages, par: Any
) -> Fichier:
    """Ces fiches, parmi celles que la personne lit. Lève DroitRefuse ou DossierVide."""
    exiger_les_sections(contrat=contrat, reglages=reglages, par=par)
    actions = contrat.actions.lisibles_par(par).filter(pk__in=list(fiches))
    return produire(
        contrat=contrat,
        actions=actions,
        format_=format_,
        reglages=reglages,
        le=timezone.localdate(),
    )


@transaction.atomic
def demander_dossier(
    *, contrat: Contrat, fiches: list[UUID], format_: str, reglages: Reglages, par: Any
) -> DossierFiches:
    """Ouvre le travail. Lève DroitRefuse, DossierVide, ou ErreurMetier au-delà du maximum."""
    exiger_les_sections(contrat=contrat, reglages=reglages, par=par)
    if not fiches:
        raise DossierVide(AUCUNE)
    if len(fiches) > FICHES_MAXIMUM:
        raise ErreurMetier(TROP_DE_FICHES)
    dossier = DossierFiches.objects.create(
        contrat=contrat,
        demande_par=par,
        titre=nom_du_fichier(contrat, format_, timezone.localdate()),
        format=format_,
        reglages=reglages.en_simple(),
        fiches=fiches,
    )
    return _confier(dossier)


@transaction.atomic
def refaire_dossier(*, dossier: DossierFiches, par: Any) -> DossierFiches:
    """Recommence un travail qui a échoué ; sans effet s’il court encore, ou s’il est fait."""
    exiger_les_sections(contrat=dossier.contrat, reglages=relire(dossier.reglages), par=par)
    actuel = DossierFiches.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    if actuel.chemin or (actuel.travail and not actuel.travail.est_fini):
        return actuel
    return _confier(actuel)


def _confier(dossier: DossierFiches) -> DossierFiches:
    dossier.travail = Travail.objects.create(
        genre=GENRE, cible_id=dossier.pk, demande_par_id=dossier.demande_par_id
    )
    dossier.save(update_fields=["travail"])
    return dossier


def rendre_dossier(*, travail_id: UUID) -> None:
    """Fait le fichier. Rejouer l’appel est sans effet : le travail n’est pris qu’une fois."""
    executer(travail_id=travail_id, faire=_faire)


def _faire(travail: Travail) -> None:
    """Avec les droits qu’a, à ce moment, la personne qui l’a demandé."""
    dossier = DossierFiches.objects.select_related("contrat", "demande_par").get(
        pk=travail.cible_id
    )
    par, contrat, reglages = dossier.demande_par, dossier.contrat, relire(dossier.reglages)
    exiger_les_sections(contrat=contrat, reglages=reglages, par=par)
    actions = contrat.actions.suivis_par(par).filter(pk__in=dossier.fiches)
    incluses = list(actions.values_list("pk", flat=True))
    fichier = produire(
        contrat=contrat,
        actions=actions,
        format_=dossier.format,
        reglages=reglages,
        le=timezone.localdate(),
        avancement=partial(avancer, travail),
    )
    empreinte = sha256(fichier.octets).hexdigest()
    extension = dossier.format.lower()
    chemin = ranger(f"dossiers/{dossier.pk}-{empreinte[:16]}.{extension}", fichier.octets)
    with transaction.atomic():
        tenir(travail)
        DossierFiches.objects.filter(pk=dossier.pk).update(
            chemin=chemin, sha256=empreinte, taille=len(fichier.octets), fiches=incluses
        )


def ouvrir(dossier: DossierFiches) -> BinaryIO:
    """Lève FileNotFoundError tant que le fichier n’est pas fait."""
    if not dossier.chemin:
        raise FileNotFoundError("Ce document n’est pas encore fait.")
    return (Path(settings.MEDIA_ROOT) / dossier.chemin).open("rb")


def effacer_les_expires() -> int:
    """Sept jours après la demande, la ligne puis le fichier partent. Rend leur nombre."""
    expires = list(DossierFiches.objects.expires())
    for dossier in expires:
        with transaction.atomic():
            dossier.delete()
            if dossier.chemin:
                transaction.on_commit(partial(_oter, dossier.chemin))
    return len(expires)


def _oter(chemin: str) -> None:
    (Path(settings.MEDIA_ROOT) / chemin).unlink(missing_ok=True)
