from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import factory
from django.conf import settings

from bilans import rapport
from bilans.dossier.sections import FormatDossier, SectionFiche, reglages
from bilans.etats import StatutBilan
from bilans.models import Bilan, CodeSection, DossierFiches, SectionBilan
from bilans.technique.lecture import lire_technique
from cls_platform.socle.models import EtatTravail, Travail
from tests.factories.acteurs import UtilisateurFactory
from tests.factories.contrats import ContratFactory

PUBLIE_LE = datetime(2026, 2, 20, 15, 0, tzinfo=UTC)


def instantane_de(valeurs: object) -> dict:
    """Les données du contrat au 20 février 2026, lues par le vrai `rapport`."""
    brouillon = Bilan(contrat=valeurs.contrat, annee=valeurs.annee, edition=valeurs.edition)
    return rapport.construire(brouillon, arrete_le=date(2026, 2, 20)).vers_simple()


def technique_de(valeurs: object) -> dict:
    """Les données techniques du contrat, lues le même jour."""
    brouillon = Bilan(contrat=valeurs.contrat, annee=valeurs.annee, edition=valeurs.edition)
    return lire_technique(brouillon, arrete_le=date(2026, 2, 20)).vers_simple()


class BilanFactory(factory.django.DjangoModelFactory):
    """Un brouillon. Trait `publie` : données lues du contrat, figées, et un vrai fichier déposé.

    Trait `avec_technique` : les données de son bilan technique, figées aussi.

    Le fichier est un PDF minimal : faire le vrai PDF est l’objet des tests de `bilans.pdf`.
    """

    class Meta:
        model = Bilan
        skip_postgeneration_save = True

    class Params:
        publie = factory.Trait(
            statut=StatutBilan.PUBLIE,
            publie_le=PUBLIE_LE,
            avec_pdf=True,
        )
        avec_technique = factory.Trait(technique=factory.LazyAttribute(technique_de))
        avec_pdf = factory.Trait(
            instantane_le=PUBLIE_LE,
            instantane=factory.LazyAttribute(instantane_de),
            chemin=factory.LazyAttribute(
                lambda o: f"bilans/{o.contrat.pk}/{o.annee}-{o.edition}-{o.sha256[:16]}.pdf"
            ),
            sha256=factory.LazyFunction(lambda: sha256(pdf_minimal()).hexdigest()),
            taille=factory.LazyFunction(lambda: len(pdf_minimal())),
            pages=1,
        )

    contrat = factory.SubFactory(ContratFactory, signe=True, public=True)
    annee = 2025
    edition = 1
    statut = StatutBilan.BROUILLON
    code_court = factory.Sequence(lambda n: f"t{n:06d}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        bilan = super()._create(model_class, *args, **kwargs)
        if bilan.chemin:
            deposer_octets(bilan.chemin, pdf_minimal())
        return bilan


def deposer_octets(chemin: str, octets: bytes) -> None:
    destination = Path(settings.MEDIA_ROOT) / chemin
    destination.parent.mkdir(parents=True, exist_ok=True)
    destination.write_bytes(octets)


def pdf_minimal() -> bytes:
    """Le plus petit PDF d’une page qu’un lecteur accepte."""
    objets = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    sortie, places = b"%PDF-1.7\n", []
    for rang, objet in enumerate(objets, start=1):
        places.append(len(sortie))
        sortie += b"%d 0 obj%bendobj\n" % (rang, objet)
    debut = len(sortie)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    sortie += b"xref\n0 4\n0000000000 65535 f \n" + table
    return sortie + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % debut


class SectionBilanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SectionBilan

    bilan = factory.SubFactory(BilanFactory)
    code = CodeSection.EDITO
    texte = "Une année d’essais, et des habitants qui s’en saisissent."
    signature = "Camille Exemple, vice-présidente fictive"


class DossierFichesFactory(factory.django.DjangoModelFactory):
    """Un dossier fait, d’une section sans montant. `fiches` : les identifiants ; avec un fichier."""

    class Meta:
        model = DossierFiches

    contrat = factory.SubFactory(ContratFactory)
    demande_par = factory.SubFactory(UtilisateurFactory)
    titre = "essai-fiches-2026-03-16.pdf"
    format = FormatDossier.PDF
    reglages = factory.LazyFunction(lambda: reglages([SectionFiche.PILOTAGE]).en_simple())
    travail = factory.SubFactory("tests.factories.bilans.TravailFactory", fait=True)
    chemin = factory.Sequence(lambda n: f"dossiers/essai-{n}.pdf")
    taille = factory.LazyFunction(lambda: len(pdf_minimal()))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        dossier = super()._create(model_class, *args, **kwargs)
        if dossier.chemin:
            deposer_octets(dossier.chemin, pdf_minimal())
        return dossier


class TravailFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Travail

    class Params:
        fait = factory.Trait(etat=EtatTravail.FAIT, progression=100)

    genre = "bilan_pdf"
    cible_id = factory.Faker("uuid4")
