"""Ce que l’on emporte d’un bilan, et qui l’ouvre : PDF, deux pages, technique, diaporama, données.

La page « Documents », le site public et l’API lisent ici le même état et les mêmes droits.
"""

import io
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db.models import TextChoices

from acteurs.droits import Droit
from bilans.donnees_ouvertes import csv_ouvert, json_ouvert
from bilans.etats import EtatEdition, StatutBilan
from bilans.instantane import relire
from bilans.models import Bilan, DocumentBilan
from bilans.services import depot
from bilans.services.documents import (
    TYPES,
    droit_du_genre,
    est_a_jour,
    extension_du_genre,
    nom_de_fichier,
    nom_du_document,
)
from cls_platform.socle.models import EtatTravail, Travail


class GenreFichier(TextChoices):
    """Le bilan lui-même, les documents faits de ses données, ses données ouvertes."""

    PUBLIC = "PUBLIC", "Bilan public"
    ELUS = "ELUS", "Deux pages pour les élus"
    TECHNIQUE = "TECHNIQUE", "Bilan technique"
    TECH_SANS = "TECH_SANS", "Bilan technique sans les montants"
    DIAPORAMA = "DIAPORAMA", "Diaporama"
    CSV = "CSV", "Données ouvertes, en tableur"
    JSON = "JSON", "Données ouvertes, entières"


class EtatFichier(TextChoices):
    NON_DEMANDE = "NON_DEMANDE", "Pas encore demandé"
    EN_FILE = "EN_FILE", "En attente"
    EN_COURS = "EN_COURS", "En cours"
    FAIT = "FAIT", "Fait"
    ECHEC = "ECHEC", "Échec"


DONNEES = {GenreFichier.CSV: csv_ouvert, GenreFichier.JSON: json_ouvert}
TYPES_DES_FICHIERS = {**TYPES, "csv": "text/csv; charset=utf-8", "json": "application/json"}
# Celui des élus ne se donne à tous qu’avec l’édition en vigueur, comme sur sa page
OUVERTS = frozenset({GenreFichier.PUBLIC, *DONNEES})


@dataclass(frozen=True, slots=True)
class DocumentLisible:
    """Un genre d’un bilan, demandé ou non. `document` : sa ligne, pour ceux que l’on demande."""

    bilan: Bilan
    genre: GenreFichier
    document: DocumentBilan | None = None

    @property
    def id(self) -> str:
        """Connu d’avance : le demander deux fois, c’est demander le même."""
        return f"{self.bilan.pk}.{self.genre.value}"

    @property
    def extension(self) -> str:
        if self.genre in DONNEES:
            return self.genre.value.lower()
        return extension_du_genre(self.genre.value)

    @property
    def travail(self) -> Travail | None:
        if self.genre == GenreFichier.PUBLIC:
            return self.bilan.travail
        return self.document.travail if self.document else None

    @property
    def a_un_fichier(self) -> bool:
        if self.genre in DONNEES:
            return self.bilan.instantane_le is not None
        return self.bilan.a_un_pdf if self.genre == GenreFichier.PUBLIC else self._est_fait

    @property
    def _est_fait(self) -> bool:
        return self.document is not None and self.document.est_fait

    @property
    def etat(self) -> EtatFichier:
        """Celui du dernier travail ; un fichier déjà fait reste là pendant qu’un autre se fait."""
        travail = None if self.genre in DONNEES else self.travail
        if travail and travail.etat != EtatTravail.FAIT:
            return EtatFichier(travail.etat)
        return EtatFichier.FAIT if self.a_un_fichier else EtatFichier.NON_DEMANDE

    @property
    def progression(self) -> int:
        if self.etat == EtatFichier.FAIT:
            return 100
        return self.travail.progression if self.travail else 0

    @property
    def message(self) -> str:
        """Ce qui a manqué, après un échec."""
        return self.travail.message if self.travail and self.etat == EtatFichier.ECHEC else ""

    @property
    def est_a_jour(self) -> bool:
        """Fait des données figées d’aujourd’hui ; le PDF et les données le sont toujours."""
        if self.document is None:
            return self.a_un_fichier
        return est_a_jour(self.document, self.bilan)

    @property
    def sha256(self) -> str:
        """Vide pour les données ouvertes : elles s’écrivent quand on les demande."""
        return self._porteur.sha256 if self._porteur else ""

    @property
    def taille(self) -> int | None:
        return self._porteur.taille if self._porteur else None

    @property
    def pages(self) -> int | None:
        return self._porteur.pages if self._porteur else None

    @property
    def _porteur(self) -> Bilan | DocumentBilan | None:
        """La ligne qui porte un fichier fait."""
        porteur = self.bilan if self.genre == GenreFichier.PUBLIC else self.document
        return porteur if porteur and self.a_un_fichier else None


def documents_lisibles(bilan: Bilan, droits: frozenset[Droit]) -> list[DocumentLisible]:
    """Ceux d’un bilan, dans l’ordre des genres. Une requête de plus si `documents` n’est pas lu."""
    faits = {d.genre: d for d in bilan.documents.all()}
    tous = (DocumentLisible(bilan, genre, faits.get(genre.value)) for genre in GenreFichier)
    return [document for document in tous if est_lisible(document, droits)]


def est_lisible(document: DocumentLisible, droits: frozenset[Droit]) -> bool:
    """À l’équipe selon ses droits ; à tous ce que le site public donne."""
    if Droit.LIRE_CONTRAT in droits:
        return droit_du_genre(document.genre.value) in droits
    return est_ouvert(document)


def est_ouvert(document: DocumentLisible) -> bool:
    """Ce que le site public donne sans compte, pour une édition publiée et pas retirée."""
    bilan: Any = document.bilan
    if not bilan.est_fige or not bilan.contrat.est_public:
        return False
    if bilan.etat_edition == EtatEdition.RETIREE:
        return False
    if document.genre == GenreFichier.ELUS:
        return bilan.statut == StatutBilan.PUBLIE and document.est_a_jour
    return document.genre in OUVERTS


@dataclass(frozen=True, slots=True)
class Fichier:
    nom: str
    type_mime: str
    etiquette: str
    flux: BinaryIO


def ouvrir(document: DocumentLisible) -> Fichier:
    """Lève FileNotFoundError tant que rien n’est fait, ou si le fichier manque sur le disque."""
    if not document.a_un_fichier:
        raise FileNotFoundError("Ce document n’est pas encore fait.")
    bilan, extension = document.bilan, document.extension
    nom = nom_de_fichier(bilan, extension)
    if ecrire := DONNEES.get(document.genre):
        flux: BinaryIO = io.BytesIO(ecrire(relire(bilan.instantane or {})))
    elif document.document:
        nom, flux = nom_du_document(document.document), depot.ouvrir_document(document.document)
    else:
        flux = depot.ouvrir(bilan)
    empreinte = document.sha256 or f"{bilan.sha256[:32]}-{extension}"
    return Fichier(nom, TYPES_DES_FICHIERS[extension], f'"{empreinte}"', flux)
