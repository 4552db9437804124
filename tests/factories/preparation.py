"""Ce que l’équipe choisit et écrit autour d’un bilan : volets, actions, images, annonces."""

from hashlib import sha256

import factory

from bilans.models import AnnonceBilan, CharteBilan, GenreImage, ImageBilan
from tests.factories import ecriture
from tests.factories.bilans import BilanFactory
from tests.factories.contrats import ContratFactory
from tests.factories.ecriture import ActionEnAvantFactory

__all__ = [
    "ActionEnAvantFactory",
    "AnnonceBilanFactory",
    "CharteBilanFactory",
    "ImageBilanFactory",
    "VoletBilanFactory",
]


class ImageBilanFactory(factory.django.DjangoModelFactory):
    """Une ligne sans fichier : la photo d’essai. Trait `logo`."""

    class Meta:
        model = ImageBilan

    class Params:
        logo = factory.Trait(genre=GenreImage.LOGO, credit="", type_mime="image/png")

    contrat = factory.SubFactory(ContratFactory, signe=True, public=True)
    genre = GenreImage.PHOTO
    nom = "essai.jpg"
    alternative = "Une salle d’essai, vide"
    credit = "Photo : service d’essai"
    sha256 = factory.Sequence(lambda n: sha256(f"image {n}".encode()).hexdigest())
    chemin = factory.LazyAttribute(lambda o: f"bilans/images/{o.contrat.pk}/{o.sha256}.jpg")
    type_mime = "image/jpeg"
    largeur = 1200
    hauteur = 800
    taille = 120_000


class CharteBilanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CharteBilan

    contrat = factory.SubFactory(ContratFactory, signe=True, public=True)
    couleur_fond = "#0d3440"
    couleur_accent = "#b5451b"


class VoletBilanFactory(ecriture.VoletBilanFactory):
    """À la suite des autres. Trait `cite` : une citation signée."""

    class Params:
        cite = factory.Trait(citation="On m’a écoutée.", citation_auteur="Une habitante d’essai")

    ordre = factory.LazyAttribute(lambda o: o.bilan.volets.count() + 1)


class AnnonceBilanFactory(factory.django.DjangoModelFactory):
    """Une annonce dont personne n’a encore dit le devenir."""

    class Meta:
        model = AnnonceBilan

    bilan = factory.SubFactory(BilanFactory)
    texte = factory.Sequence(lambda n: f"Annonce d’essai {n}")
    ordre = factory.LazyAttribute(lambda o: o.bilan.annonces.count() + 1)
