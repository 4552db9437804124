"""Le transport : un identifiant entre, un service est appelé."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from bilans.services import (
    abonnements,
    annonce_bilan,
    annonce_document,
    apercus,
    constat_annonce,
    courriels_relecture,
    documents,
    dossier,
    envoi_avis,
    rappels,
    rapport_regional,
    reactions,
    rendu,
)
from cls_platform.socle.transport import envoyer
from cls_platform.socle.travaux import a_renvoyer
from contrats.tasks import TACHE_PAR_GENRE as TACHES_DES_CONTRATS
from indicateurs.tasks import TACHE_PAR_GENRE as TACHES_DES_INDICATEURS

TACHE_PAR_GENRE = {
    rendu.GENRE: rendu.TACHE,
    documents.GENRE: documents.TACHE,
    apercus.GENRE: apercus.TACHE,
    annonce_document.GENRE: annonce_document.TACHE,
    dossier.GENRE: "bilans.rendre_dossier",
    rapport_regional.GENRE: "bilans.faire_rapport",
    rapport_regional.GENRE_ANNONCE: rapport_regional.TACHE_ANNONCE,
    rappels.GENRE: rappels.TACHE,
    courriels_relecture.GENRE_REPONSE: courriels_relecture.TACHE_REPONSE,
    courriels_relecture.GENRE_RECAPITULATIF: courriels_relecture.TACHE_RECAPITULATIF,
    envoi_avis.GENRE: envoi_avis.TACHE,
    reactions.GENRE: reactions.TACHE,
    abonnements.GENRE: abonnements.TACHE,
    annonce_bilan.GENRE: annonce_bilan.TACHE,
    constat_annonce.GENRE: constat_annonce.TACHE,
    **TACHES_DES_CONTRATS,
    **TACHES_DES_INDICATEURS,
}


@shared_task(name="bilans.rendre")
def rendre(travail_id: str) -> None:
    rendu.rendre_bilan(travail_id=UUID(travail_id))


@shared_task(name="bilans.rendre_document")
def rendre_document(travail_id: str) -> None:
    documents.rendre_document(travail_id=UUID(travail_id))


@shared_task(name="bilans.rendre_apercu")
def rendre_apercu(travail_id: str) -> None:
    apercus.rendre_apercu(travail_id=UUID(travail_id))


@shared_task(name="bilans.annoncer_document")
def annoncer_document(travail_id: str) -> None:
    annonce_document.annoncer(travail_id=UUID(travail_id))


@shared_task(name="bilans.rendre_dossier")
def rendre_dossier(travail_id: str) -> None:
    dossier.rendre_dossier(travail_id=UUID(travail_id))


@shared_task(name="bilans.faire_rapport")
def faire_rapport(travail_id: str) -> None:
    rapport_regional.faire_rapport(travail_id=UUID(travail_id))


@shared_task(name="bilans.annoncer_rapport")
def annoncer_rapport(travail_id: str) -> None:
    rapport_regional.annoncer_rapport(travail_id=UUID(travail_id))


@shared_task(name="bilans.envoyer_rappels")
def envoyer_rappels(travail_id: str) -> None:
    rappels.envoyer_les_rappels(travail_id=UUID(travail_id))


@shared_task(name="bilans.rappeler_campagnes")
def rappeler_campagnes() -> None:
    for travail in rappels.rappeler_les_campagnes(le=timezone.localdate()):
        envoyer(rappels.TACHE, travail.pk)


@shared_task(name="bilans.effacer_dossiers")
def effacer_dossiers() -> None:
    dossier.effacer_les_expires()
    apercus.effacer_les_anciens()


@shared_task(name="bilans.repondre_a_l_habitant")
def repondre_a_l_habitant(travail_id: str) -> None:
    reactions.envoyer_reponse(travail_id=UUID(travail_id))


@shared_task(name="bilans.demander_l_accord")
def demander_l_accord(travail_id: str) -> None:
    abonnements.envoyer_l_accord(travail_id=UUID(travail_id))


@shared_task(name="bilans.annoncer_bilan")
def annoncer_bilan(travail_id: str) -> None:
    annonce_bilan.annoncer_bilan(travail_id=UUID(travail_id))


@shared_task(name="bilans.reprendre_annonces")
def reprendre_annonces() -> None:
    annonce_bilan.reprendre_les_annonces(le=timezone.now())


@shared_task(name="bilans.dire_les_refus")
def dire_les_refus(travail_id: str) -> None:
    constat_annonce.dire_les_refus(travail_id=UUID(travail_id))


@shared_task(name="bilans.effacer_les_courriels")
def effacer_les_courriels() -> None:
    reactions.effacer_les_courriels()
    abonnements.purger_les_abonnements()
    annonce_bilan.oublier_les_envois()


@shared_task(name="bilans.reprendre_travaux")
def reprendre_travaux() -> None:
    """Remet en file ce qui attend et ce dont le processus est mort."""
    for travail_id, genre in a_renvoyer():
        envoyer(TACHE_PAR_GENRE[genre], travail_id)


@shared_task(name="bilans.annoncer_reponse")
def annoncer_reponse(travail_id: str) -> None:
    courriels_relecture.envoyer_la_reponse(travail_id=UUID(travail_id))


@shared_task(name="bilans.recapituler")
def recapituler(travail_id: str) -> None:
    courriels_relecture.envoyer_le_recapitulatif(travail_id=UUID(travail_id))


@shared_task(name="bilans.envoyer_la_demande_d_avis")
def envoyer_la_demande_d_avis(travail_id: str) -> None:
    envoi_avis.envoyer_la_demande(travail_id=UUID(travail_id))


@shared_task(name="bilans.relecture_du_jour")
def relecture_du_jour() -> None:
    """Le récapitulatif de la veille, et le rappel des avis attendus dans trois jours."""
    courriels_relecture.ouvrir_les_recapitulatifs(le=timezone.now())
    envoi_avis.ouvrir_les_rappels(le=timezone.localdate())
