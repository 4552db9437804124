from datetime import date

import factory

from contrats.models import Avenant, EtatAvenant
from tests.factories.contrats import ContratFactory


class AvenantFactory(factory.django.DjangoModelFactory):
    """Un avenant en préparation d’un contrat signé ; traits `signe`, `prolongation`.

    La prolongation signée pose aussi la fin du contrat, comme le fait le service.
    """

    class Meta:
        model = Avenant
        skip_postgeneration_save = True

    class Params:
        signe = factory.Trait(
            etat=EtatAvenant.SIGNE,
            date_signature=date(2025, 6, 2),
            date_effet=date(2025, 6, 2),
        )

    contrat = factory.SubFactory(ContratFactory, signe=True)
    numero = factory.LazyAttribute(lambda o: o.contrat.avenants.count() + 1)
    objet = "Prolonger d’un an le temps d’écrire la suite."

    @factory.post_generation
    def types(avenant, create: bool, codes: list[str] | None, **_: object) -> None:  # noqa: N805  (post_generation de factory_boy)
        if create and codes:
            avenant.types.set(codes)
