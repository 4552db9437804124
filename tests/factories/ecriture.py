"""Ce que l’éditeur du bilan pose : images, volets écrits, actions racontées, liens d’édito."""

from datetime import timedelta

import factory
from django.utils import timezone

from acteurs.models.jeton import empreinte
from bilans.images import preparer_photo
from bilans.models import ActionEnAvant, GenreImage, ImageBilan, LienEdito, VoletBilan
from tests.bilans.exemples_images import image
from tests.factories.bilans import BilanFactory, deposer_octets
from tests.factories.contrats import ContratFactory
from tests.factories.plan import ActionFactory, AxeFactory

SECRET = "secret-d-essai-de-l-edito-0123456789"


class ImageBilanFactory(factory.django.DjangoModelFactory):
    """Une photo, son fichier déposé ; chaque appel en fait une autre, un pixel plus large."""

    class Meta:
        model = ImageBilan

    class Params:
        prete = factory.Sequence(lambda n: preparer_photo(image(400 + n, 300)))

    contrat = factory.SubFactory(ContratFactory)
    genre = GenreImage.PHOTO
    nom = "marche.jpg"
    alternative = factory.Sequence(lambda n: f"Des habitants marchent ensemble, vue {n}")
    credit = "Démonstration, dessin de la plateforme"
    sha256 = factory.LazyAttribute(lambda o: o.prete.sha256)
    chemin = factory.LazyAttribute(lambda o: f"bilans/images/{o.contrat.pk}/{o.prete.sha256}.jpg")
    type_mime = "image/jpeg"
    largeur = factory.LazyAttribute(lambda o: o.prete.largeur)
    hauteur = factory.LazyAttribute(lambda o: o.prete.hauteur)
    taille = factory.LazyAttribute(lambda o: len(o.prete.octets))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        photo = super()._create(model_class, *args, **kwargs)
        numero = photo.largeur
        deposer_octets(photo.chemin, preparer_photo(image(numero, 300)).octets)
        return photo


class VoletBilanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = VoletBilan

    bilan = factory.SubFactory(BilanFactory)
    axe = factory.LazyAttribute(lambda o: AxeFactory(contrat=o.bilan.contrat))
    ordre = 1


class ActionEnAvantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ActionEnAvant

    bilan = factory.SubFactory(BilanFactory)
    action = factory.LazyAttribute(lambda o: ActionFactory(contrat=o.bilan.contrat))
    rang = 1


class LienEditoFactory(factory.django.DjangoModelFactory):
    """Un lien qui vaut trois semaines ; son secret est `secret`."""

    class Meta:
        model = LienEdito

    class Params:
        secret = SECRET

    bilan = factory.SubFactory(BilanFactory)
    nom = "Camille Exemple, vice-présidente fictive"
    empreinte = factory.LazyAttribute(lambda o: empreinte(o.secret))
    expire_le = factory.LazyFunction(lambda: timezone.now() + timedelta(days=21))
