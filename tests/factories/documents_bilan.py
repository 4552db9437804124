import hashlib

import factory

from bilans.models import DocumentBilan, GenreDocument
from tests.factories.acteurs import UtilisateurFactory
from tests.factories.bilans import BilanFactory, deposer_octets, pdf_minimal


class DocumentBilanFactory(factory.django.DjangoModelFactory):
    """Un document fait, avec un vrai fichier (un PDF minimal). Trait `demande` : en file."""

    class Meta:
        model = DocumentBilan

    class Params:
        demande = factory.Trait(
            chemin="", sha256="", taille=0, pages=0,
            travail=factory.SubFactory("tests.factories.bilans.TravailFactory"),
        )  # fmt: skip

    bilan = factory.SubFactory(BilanFactory, avec_pdf=True)
    genre = GenreDocument.ELUS
    demande_par = factory.SubFactory(UtilisateurFactory)
    travail = factory.SubFactory("tests.factories.bilans.TravailFactory", fait=True)
    chemin = factory.LazyAttribute(lambda o: f"bilans/{o.bilan.pk}/{o.genre}.pdf")
    sha256 = factory.LazyFunction(lambda: hashlib.sha256(pdf_minimal()).hexdigest())
    taille = factory.LazyFunction(lambda: len(pdf_minimal()))
    pages = 2

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        document = super()._create(model_class, *args, **kwargs)
        if document.chemin:
            deposer_octets(document.chemin, pdf_minimal())
        return document
