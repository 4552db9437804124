from datetime import date

import factory
from django.core.files.base import ContentFile

from acteurs.models import (
    DonneeContexte,
    EditionDonnees,
    EditionZonage,
    FichierRecu,
    GenreFichier,
    Zone,
    ZoneCommune,
)
from tests.factories.acteurs import UtilisateurFactory

EMPREINTE = "0" * 64


class EditionZonageFactory(factory.django.DjangoModelFactory):
    """Un zonage fictif, national, sans zone : `communes=["29232"]` en fait une zone."""

    class Meta:
        model = EditionZonage
        skip_postgeneration_save = True

    type_id = "PRIORITAIRE"
    millesime = factory.Sequence(lambda n: f"essai-{n}")
    date_effet = date(2024, 1, 1)
    source = "Essai, zones inventées"
    fichier = "essai.csv"
    sha256 = EMPREINTE

    @factory.post_generation
    def communes(edition, create: bool, codes: list[str] | None, **_: object) -> None:  # noqa: N805  (post_generation de factory_boy)
        if create and codes:
            zone = Zone.objects.create(edition=edition, code="Z1", nom="Zone d’essai")
            ZoneCommune.objects.bulk_create(ZoneCommune(zone=zone, commune_id=c) for c in codes)


class EditionDonneesFactory(factory.django.DjangoModelFactory):
    """Un millésime fictif : `valeurs={"29232": 12}`."""

    class Meta:
        model = EditionDonnees
        skip_postgeneration_save = True

    indicateur_id = "C04"
    annee = factory.Sequence(lambda n: 1990 + n % 36)
    niveau = "commune"
    source = "Essai, chiffres inventés"
    fichier = "essai.csv"
    sha256 = EMPREINTE

    @factory.post_generation
    def valeurs(edition, create: bool, lues: dict[str, object] | None, **_: object) -> None:  # noqa: N805  (post_generation de factory_boy)
        if create and lues:
            DonneeContexte.objects.bulk_create(
                DonneeContexte(edition=edition, code_territoire=c, valeur=v)
                for c, v in lues.items()
            )


class FichierRecuFactory(factory.django.DjangoModelFactory):
    """Un petit zonage reçu ; `liste=True` : une petite liste de contrats."""

    class Meta:
        model = FichierRecu

    class Params:
        liste = factory.Trait(
            genre=GenreFichier.CLS,
            nom="contrats.csv",
            parametres={},
            fichier=factory.LazyFunction(
                lambda: ContentFile(
                    b"code_cls;nom;region;phase\nESSAI-X;Essai;53;intention\n", "contrats.csv"
                )
            ),
        )

    genre = GenreFichier.ZONAGE
    nom = "zonage.csv"
    parametres = factory.LazyFunction(
        lambda: {
            "type": "PRIORITAIRE",
            "millesime": "2024",
            "date_effet": "2024-01-01",
            "source": "Essai",
            "region": "53",
        }
    )
    fichier = factory.LazyFunction(
        lambda: ContentFile(b"code_zone;code_commune\nZ1;29232\n", "zonage.csv")
    )
    cree_par = factory.SubFactory(UtilisateurFactory)
