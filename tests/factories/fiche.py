from hashlib import sha256

import factory
from django.core.files.base import ContentFile

from contrats.models import ChampLibre, DocumentAction
from tests.factories.contrats import ContratFactory
from tests.factories.plan import ActionFactory

TEXTE = b"Compte rendu fictif d'une reunion d'essai.\n"


class ChampLibreFactory(factory.django.DjangoModelFactory):
    """Un champ de texte ; `genre="CHOIX"` et `choix=[…]` pour une liste."""

    class Meta:
        model = ChampLibre

    contrat = factory.SubFactory(ContratFactory)
    libelle = factory.Sequence(lambda n: f"Champ d’essai {n}")
    ordre = factory.LazyAttribute(lambda o: o.contrat.champs_libres.count() + 1)


class DocumentActionFactory(factory.django.DjangoModelFactory):
    """Un petit texte déposé pour de vrai."""

    class Meta:
        model = DocumentAction

    action = factory.SubFactory(ActionFactory)
    titre = "Compte rendu d’essai"
    nom = "compte-rendu.txt"
    fichier = factory.LazyAttribute(lambda o: ContentFile(TEXTE, name=o.nom))
    taille = len(TEXTE)
    sha256 = sha256(TEXTE).hexdigest()
