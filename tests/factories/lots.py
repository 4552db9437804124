import factory

from contrats.models import EtatLigne, EtatLot, LigneDeLot, Lot
from tests.factories.contrats import ContratFactory


class LotFactory(factory.django.DjangoModelFactory):
    """Un lot relu, pas encore écrit. `fiches` : celles qu’il changerait."""

    class Meta:
        model = Lot
        skip_postgeneration_save = True

    contrat = factory.SubFactory(ContratFactory)
    demande = factory.LazyFunction(lambda: {"valeurs": {"priorite": "BAS"}})
    est_tout = True
    etat = EtatLot.PREVU

    @factory.post_generation
    def fiches(lot, create: bool, fiches: list | None, **_: object) -> None:  # noqa: N805  (le lot, pas la fabrique)
        for rang, fiche in enumerate(fiches or ()):
            LigneDeLot.objects.create(
                lot=lot,
                action=fiche,
                rang=rang,
                version=fiche.version,
                avant={"priorite": ""},
                apres={"priorite": "BAS"},
                etat=EtatLigne.A_FAIRE,
            )
