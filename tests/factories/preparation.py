"""Ce que l’équipe choisit et écrit autour d’un bilan : volets, actions, images, annonces."""

from hashlib import sha256

import factory

from bilans.models import (
    ActionEnAvant,
    AnnonceBilan,
    CharteBilan,
    GenreImage,
    ImageBilan,
    VoletBilan,
)
from tests.factories.bilans import BilanFactory
from tests.factories.contrats import ContratFactory
from tests.factories.plan import ActionFactory, AxeFactory


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


class VoletBilanFactory(factory.django.DjangoModelFactory):
    """Le volet d’un axe du contrat. Trait `cite` : une citation signée."""

    class Meta:
        model = VoletBilan

    class Params:
        cite = factory.Trait(citation="On m’a écoutée.", citation_auteur="Une habitante d’essai")

    bilan = factory.SubFactory(BilanFactory)
    axe = factory.LazyAttribute(lambda o: AxeFactory(contrat=o.bilan.contrat))
    ordre = factory.LazyAttribute(lambda o: o.bilan.volets.count() + 1)


class ActionEnAvantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActionEnAvant

    bilan = factory.SubFactory(BilanFactory)
    action = factory.LazyAttribute(lambda o: ActionFactory(contrat=o.bilan.contrat))
    rang = 1


class AnnonceBilanFactory(factory.django.DjangoModelFactory):
    """Une annonce dont personne n’a encore dit le devenir."""

    class Meta:
        model = AnnonceBilan

    bilan = factory.SubFactory(BilanFactory)
    texte = factory.Sequence(lambda n: f"Annonce d’essai {n}")
    ordre = factory.LazyAttribute(lambda o: o.bilan.annonces.count() + 1)
