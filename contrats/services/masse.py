"""Modifier plusieurs fiches à la fois : choisir, relire, écrire ce qui a été relu, annuler.

Au-delà de 200 fiches, l’écriture et l’annulation sont des travaux de fond, faits par paquets : un
paquet est écrit entier ou pas du tout, et un travail repris continue où l’autre s’est arrêté.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from acteurs.droits import Droit
from acteurs.models import Utilisateur
from cls_platform.socle.ecriture_groupee import inserer
from cls_platform.socle.erreurs import DonneesRefusees, TransitionRefusee
from cls_platform.socle.models import Travail
from cls_platform.socle.travaux import avancer, executer, tenir
from contrats.lots import Demande
from contrats.models import Contrat, EtatLigne, EtatLot, LigneDeLot, Lot
from contrats.permissions import exiger_sur_des_actions, exiger_sur_lot
from contrats.services.annulation_lot import annuler_lignes
from contrats.services.apercu_lot import apercevoir, exiger_demande
from contrats.services.application_lot import appliquer_lignes

ECRITURE, ANNULATION = "modification_lot", "annulation_lot"
TACHES = {ECRITURE: "contrats.modifier_lot", ANNULATION: "contrats.annuler_lot"}
FICHES_EN_DIRECT = 200
PAQUET = 250
FICHES_MAX = 2000
OUBLI = timedelta(days=1)
TROP_DE_FICHES = f"Un lot a {FICHES_MAX} fiches au plus. Filtrez davantage."
PARAMETRES_MAX = 2000
DE_LA_LIGNE = ("action_id", "rang", "version", "avant", "apres", "etat", "motif")
TROP_DE_FILTRES = "Ces filtres sont trop longs. Retirez-en, puis recommencez."
AUCUNE_FICHE = "Cochez au moins une fiche, ou prenez toutes les fiches filtrées."
DEJA_FAIT = "Ce lot est déjà écrit. Commencez-en un autre depuis le plan."
TROP_TARD = "Le délai de 30 minutes est passé. Modifiez les fiches, ou faites un autre lot."
RIEN_A_ANNULER = "Ce lot n’est pas à annuler : il n’est pas écrit, ou il est déjà annulé."
PAS_PREVU = "Relisez d’abord l’aperçu de ce lot."
EN_COURS = "Ce lot est en cours d’écriture. Attendez la fin."


@transaction.atomic
def choisir(
    *,
    contrat: Contrat,
    par: Any,
    fiches: Collection[str] = (),
    axes: Collection[str] = (),
    parametres: str = "",
    est_tout: bool = False,
    demande: Demande | None = None,
    via: str = "page",
) -> Lot:
    """Retient les fiches choisies ; leur liste se résout à l’aperçu. Lève DonneesRefusees.

    `demande` : celle d’un autre lot, à revoir.
    """
    exiger_sur_des_actions(par, Droit.MODIFIER_PLAN, contrat)
    if not (fiches or axes or est_tout):
        raise DonneesRefusees(AUCUNE_FICHE)
    if len(fiches) > FICHES_MAX:
        raise DonneesRefusees(TROP_DE_FICHES)
    if len(parametres) > PARAMETRES_MAX:
        raise DonneesRefusees(TROP_DE_FILTRES)
    Lot.objects.oublies(contrat, par, timezone.now() - OUBLI).delete()
    return Lot.objects.create(
        contrat=contrat,
        est_tout=est_tout,
        parametres=parametres,
        fiches={} if est_tout else {"fiches": list(fiches), "axes": list(axes)},
        demande=demande.en_json() if demande else {},
        via=via,
        cree_par=par,
    )


@transaction.atomic
def preparer(*, lot: Lot, pks: Iterable[UUID], demande: Demande, par: Any) -> Lot:
    """Calcule et garde l’aperçu ; n’écrit aucune fiche. Lève DonneesRefusees ou DroitRefuse."""
    droits = exiger_sur_lot(par, lot)
    lot = _verrouille(lot)
    if lot.etat not in {EtatLot.CHOISI, EtatLot.PREVU} or lot.travail_id:
        raise TransitionRefusee(DEJA_FAIT)
    pks = list(pks)
    if len(pks) > FICHES_MAX:
        raise DonneesRefusees(TROP_DE_FICHES)
    lignes = apercevoir(
        contrat=lot.contrat, pks=pks, demande=demande, par=par, via=lot.via, droits=droits
    )
    lot.lignes.all().delete()
    inserer(
        LigneDeLot,
        colonnes={nom: [getattr(ligne, nom) for ligne in lignes] for nom in DE_LA_LIGNE},
        communes={"lot": lot.pk},
    )
    lot.demande, lot.etat = demande.en_json(), EtatLot.PREVU
    cochees = set(lot.fiches.get("fiches", ()))
    lot.disparues = len(cochees - set(map(str, pks)))
    lot.save(update_fields=["demande", "etat", "disparues"])
    return lot


@transaction.atomic
def appliquer(*, lot: Lot, par: Any) -> Travail | None:
    """Écrit ce que l’aperçu a montré, ou rend le travail de fond qui le fera.

    Un second envoi est sans effet. Lève DroitRefuse, TransitionRefusee, ou DonneesRefusees si ce
    qui est demandé n’existe plus.
    """
    exiger_sur_lot(par, lot)
    lot = _verrouille(lot)
    if lot.en_cours or lot.etat in {EtatLot.FAIT, EtatLot.ANNULE}:
        return lot.en_cours
    if lot.etat != EtatLot.PREVU:
        raise TransitionRefusee(PAS_PREVU)
    exiger_demande(lot.contrat, Demande.depuis(lot.demande), lot.via)
    a_faire = lot.lignes.a_l_etat(EtatLigne.A_FAIRE)
    if a_faire.count() > FICHES_EN_DIRECT:
        lot.travail = _ouvrir(ECRITURE, lot, par)
        lot.save(update_fields=["travail"])
        return lot.travail
    appliquer_lignes(lot=lot, lignes=list(a_faire), par=par)
    _declarer_fait(lot)
    return None


@transaction.atomic
def annuler(*, lot: Lot, par: Any) -> Travail | None:
    """Rend aux fiches leurs valeurs d’avant, dans les 30 minutes ; ou le travail qui le fera.

    Une fiche dont un des champs du lot a changé depuis est laissée. Lève DroitRefuse ou
    TransitionRefusee.
    """
    exiger_sur_lot(par, lot)
    lot = _verrouille(lot)
    if lot.en_cours or lot.etat == EtatLot.ANNULE:
        return lot.en_cours
    jusqua = lot.annulable_jusqua
    if jusqua is None:
        raise TransitionRefusee(RIEN_A_ANNULER)
    if timezone.now() > jusqua and not lot.annulation_id:
        raise TransitionRefusee(TROP_TARD)
    faites = lot.lignes.a_l_etat(EtatLigne.FAITE)
    if faites.count() > FICHES_EN_DIRECT:
        lot.annulation = _ouvrir(ANNULATION, lot, par)
        lot.save(update_fields=["annulation"])
        return lot.annulation
    annuler_lignes(lot=lot, lignes=list(faites), par=par)
    _declarer_annule(lot, par)
    return None


def appliquer_en_fond(*, travail_id: UUID) -> None:
    executer(travail_id=travail_id, faire=_appliquer_par_paquets)


def annuler_en_fond(*, travail_id: UUID) -> None:
    executer(travail_id=travail_id, faire=_annuler_par_paquets)


def _appliquer_par_paquets(travail: Travail) -> None:
    lot, par = _lot_et_personne(travail)
    exiger_sur_lot(par, lot)
    exiger_demande(lot.contrat, Demande.depuis(lot.demande), lot.via)
    _par_paquets(travail, lot, EtatLigne.A_FAIRE, appliquer_lignes, par)
    with transaction.atomic():
        tenir(travail)
        _declarer_fait(lot)


def _annuler_par_paquets(travail: Travail) -> None:
    lot, par = _lot_et_personne(travail)
    exiger_sur_lot(par, lot)
    _par_paquets(travail, lot, EtatLigne.FAITE, annuler_lignes, par)
    with transaction.atomic():
        tenir(travail)
        _declarer_annule(lot, par)


def _par_paquets(
    travail: Travail, lot: Lot, etat: str, faire: Callable[..., None], par: Any
) -> None:
    """Un paquet et l’état de ses lignes : une transaction, que seul fait qui tient le bail."""
    total = max(travail.parametres["fiches"], 1)
    while lignes := list(lot.lignes.a_l_etat(etat)[:PAQUET]):
        with transaction.atomic():
            reste = lot.lignes.a_l_etat(etat).count() - len(lignes)
            avancer(travail, max(0, min(99, 100 - 100 * reste // total)))
            faire(lot=lot, lignes=lignes, par=par)


def _lot_et_personne(travail: Travail) -> tuple[Lot, Any]:
    lot = Lot.objects.select_related("contrat").get(pk=travail.cible_id)
    return lot, Utilisateur.objects.get(pk=str(travail.demande_par_id))


def _verrouille(lot: Lot) -> Lot:
    liees = Lot.objects.select_related("contrat", "travail", "annulation")
    return liees.select_for_update(of=("self",)).get(pk=lot.pk)


def _ouvrir(genre: str, lot: Lot, par: Any) -> Travail:
    etat = EtatLigne.A_FAIRE if genre == ECRITURE else EtatLigne.FAITE
    return Travail.objects.create(
        genre=genre,
        cible_id=lot.pk,
        demande_par_id=par.pk,
        parametres={"fiches": lot.lignes.a_l_etat(etat).count()},
    )


def _declarer_fait(lot: Lot) -> None:
    lot.etat, lot.fait_le = EtatLot.FAIT, timezone.now()
    lot.save(update_fields=["etat", "fait_le"])


def _declarer_annule(lot: Lot, par: Any) -> None:
    lot.etat, lot.annule_le, lot.annule_par = EtatLot.ANNULE, timezone.now(), par
    lot.save(update_fields=["etat", "annule_le", "annule_par"])
