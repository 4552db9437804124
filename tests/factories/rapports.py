from datetime import date
from hashlib import sha256

import factory

from bilans.models import RapportRegional
from tests.factories.acteurs import UtilisateurFactory
from tests.factories.bilans import deposer_octets, pdf_minimal


class RapportRegionalFactory(factory.django.DjangoModelFactory):
    """Un rapport de toute la Bretagne, en attente. Trait `fait` : données figées et fichier."""

    class Meta:
        model = RapportRegional

    class Params:
        fait = factory.Trait(
            arrete_le=date(2026, 3, 10),
            instantane={
                "schema": 1,
                "denominateurs": {"millesime_population": "2023 (Mayotte : 2017)"},
                "silhouette": {"cadre": 1},
                "carte": None,
            },
            chemin=factory.Sequence(lambda n: f"rapports/essai-{n}.pdf"),
            sha256=factory.LazyFunction(lambda: sha256(pdf_minimal()).hexdigest()),
            taille=factory.LazyFunction(lambda: len(pdf_minimal())),
            pages=1,
        )

    region_id = "53"
    le = date(2026, 3, 1)
    demande_par = factory.SubFactory(UtilisateurFactory)
    travail = factory.SubFactory("tests.factories.bilans.TravailFactory", fait=True)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        rapport = super()._create(model_class, *args, **kwargs)
        if rapport.chemin:
            deposer_octets(rapport.chemin, pdf_minimal())
        return rapport
