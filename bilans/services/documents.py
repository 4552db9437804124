"""Les autres documents d’un bilan : demandés, faits une fois des données figées, gardés."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from acteurs.droits import Droit
from acteurs.models import Utilisateur
from acteurs.services.suivi import verrouiller
from bilans import pdf
from bilans.codec import DonneesIllisibles
from bilans.diaporama import rendre_diaporama
from bilans.instantane import Instantane, relire
from bilans.models import DROIT_DU_GENRE, Bilan, DocumentBilan, GenreDocument
from bilans.services import annonce_document
from bilans.services.depot import deposer_document, lire_images
from bilans.technique import donnees as technique
from bilans.technique.page import rendre_technique
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.models import Travail
from cls_platform.socle.transport import envoyer
from cls_platform.socle.travaux import avancer, executer, tenir
from contrats.permissions import exiger

GENRE = "bilan_document"
TACHE = "bilans.rendre_document"
DONNEES_LUES, PART_DU_RENDU = 10, 85
GENRES_TECHNIQUES = (GenreDocument.TECHNIQUE, GenreDocument.TECH_SANS)
EXTENSION: dict[str, str] = {GenreDocument.DIAPORAMA.value: "pptx"}
TYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
SANS_DONNEES = "Demandez d’abord le PDF du bilan : les autres documents se font de ses données."
SANS_TECHNIQUE = "Ce bilan a été figé sans ses données techniques. Ouvrez une correction."
SANS_COMPTE = "Le compte qui a demandé ce document n’existe plus. Demandez-le à nouveau."


@dataclass(frozen=True, slots=True)
class Rendu:
    octets: bytes
    pages: int


def exiger_le_document(*, bilan: Bilan, genre: str, par: Any) -> None:
    """Lève DroitRefuse."""
    exiger(par, droit_du_genre(genre), bilan.contrat)


def droit_du_genre(genre: str) -> Droit:
    """Suivre le contrat suffit ; le bilan technique avec ses montants demande d’en voir."""
    connus: Mapping[Any, Droit] = DROIT_DU_GENRE
    return connus.get(genre, Droit.LIRE_CONTRAT)


@transaction.atomic
def demander_document(
    *, bilan: Bilan, genre: str, par: Any, previent: bool = True
) -> DocumentBilan:
    """Ouvre le travail ; rend le document tel quel s’il se fait, ou s’il est fait de ces données.

    Lève DroitRefuse, ou ErreurMetier tant que rien n’est figé.
    """
    exiger(par, Droit.RELIRE_BILAN, bilan.contrat)
    exiger_le_document(bilan=bilan, genre=genre, par=par)
    actuel = verrouiller(bilan, version=None)
    if actuel.instantane_le is None:
        raise ErreurMetier(SANS_DONNEES)
    document = _document(actuel, genre)
    if document.est_en_cours or est_a_jour(document, actuel):
        return document
    return _confier(document, par=par, previent=previent)


def _document(bilan: Bilan, genre: str) -> DocumentBilan:
    document, _ = DocumentBilan.objects.select_for_update(of=("self",)).get_or_create(
        bilan=bilan, genre=genre
    )
    return document


def _confier(document: DocumentBilan, *, par: Any, previent: bool) -> DocumentBilan:
    travail = Travail.objects.create(genre=GENRE, cible_id=document.pk, demande_par_id=par.pk)
    document.travail, document.demande_par, document.previent = travail, par, previent
    document.demande_le = travail.cree_le
    document.save(update_fields=["travail", "demande_par", "previent", "demande_le"])
    transaction.on_commit(partial(envoyer, TACHE, travail.pk))
    return document


def est_a_jour(document: DocumentBilan, bilan: Bilan) -> bool:
    return document.est_fait and document.source == source_de(bilan, document.genre)


def source_de(bilan: Bilan, genre: str) -> str:
    """Change avec le PDF et le moment de ses données : sans relire les données elles-mêmes."""
    moment = bilan.instantane_le.isoformat() if bilan.instantane_le else ""
    return sha256(f"{genre} {bilan.sha256} {moment}".encode()).hexdigest()


def demander_tous(*, bilan: Bilan, par: Any) -> None:
    """À la publication, sans courriel : qui publie a le droit de les avoir tous."""
    for genre in GenreDocument:
        if bilan.technique or genre not in GENRES_TECHNIQUES:
            demander_document(bilan=bilan, genre=genre, par=par, previent=False)


def rendre_document(*, travail_id: UUID) -> None:
    """Fait le fichier. Rejouer l’appel est sans effet : le travail n’est pris qu’une fois."""
    executer(travail_id=travail_id, faire=_faire)


def _faire(travail: Travail) -> None:
    document = DocumentBilan.objects.select_related("bilan__contrat", "demande_par").get(
        pk=travail.cible_id
    )
    bilan = document.bilan
    _exiger_encore(document, document.demande_par)
    source = source_de(bilan, document.genre)
    avancer(travail, DONNEES_LUES)
    rendu = _rendre(
        bilan,
        document.genre,
        lambda part: avancer(travail, DONNEES_LUES + part * PART_DU_RENDU // 100),
    )
    extension = extension_du_genre(document.genre)
    chemin = deposer_document(document, rendu.octets, extension)
    with transaction.atomic():
        tenir(travail)
        DocumentBilan.objects.filter(pk=document.pk).update(
            source=source,
            chemin=chemin,
            sha256=sha256(rendu.octets).hexdigest(),
            taille=len(rendu.octets),
            pages=rendu.pages,
        )
        if document.previent:
            annonce_document.demander(cible=document.pk, par=travail.demande_par_id)


def _exiger_encore(document: DocumentBilan, par: Utilisateur | None) -> None:
    """Avec les droits qu’a, à ce moment, la personne qui l’a demandé."""
    if par is None:
        raise ErreurMetier(SANS_COMPTE)
    exiger_le_document(bilan=document.bilan, genre=document.genre, par=par)


def _rendre(bilan: Bilan, genre: str, suivre: Callable[[int], None]) -> Rendu:
    instantane = relire(bilan.instantane or {})
    if genre == GenreDocument.ELUS:
        pages_elus = pdf.rendre_elus(instantane, images=lire_images(instantane), avancer=suivre)
        return Rendu(pages_elus.octets, pages_elus.pages)
    if genre == GenreDocument.DIAPORAMA:
        diapos = rendre_diaporama(instantane, images=lire_images(instantane), avancer=suivre)
        return Rendu(diapos.octets, diapos.pages)
    return _technique(bilan, instantane, genre, suivre)


def _technique(
    bilan: Bilan, instantane: Instantane, genre: str, suivre: Callable[[int], None]
) -> Rendu:
    try:
        donnees = technique.relire(bilan.technique or {})
    except DonneesIllisibles as erreur:
        raise ErreurMetier(SANS_TECHNIQUE) from erreur
    avec_montants = genre == GenreDocument.TECHNIQUE
    fait = rendre_technique(instantane, donnees, avec_montants=avec_montants, avancer=suivre)
    return Rendu(fait.octets, fait.pages)


def extension_du_genre(genre: str) -> str:
    return EXTENSION.get(genre, "pdf")


def nom_du_document(document: DocumentBilan) -> str:
    """« cls-de-l-essai-bilan-2025-technique.pdf »."""
    suffixe = document.genre.lower().replace("_", "-")
    return nom_de_fichier(document.bilan, extension_du_genre(document.genre), suffixe)


def nom_de_fichier(bilan: Bilan, extension: str, suffixe: str = "") -> str:
    """« cls-de-l-essai-bilan-2025-edition-2.pdf » : deux éditions ne portent pas le même nom."""
    edition = f"edition-{bilan.edition}" if bilan.edition > 1 else ""
    parties = (bilan.contrat.slug, "bilan", str(bilan.annee), edition, suffixe)
    return f"{'-'.join(part for part in parties if part)}.{extension}"
