"""Ouvrir une annonce, la mener, faire battre l’horloge, compter ce qui est parti."""

from datetime import timedelta

from django.utils import timezone

from bilans.models import AnnonceParution, Bilan
from bilans.parution import compter
from bilans.services import annonce_bilan
from cls_platform.socle.models import Travail
from contrats.models import Contrat
from tests.appuis import horloge
from tests.factories import UtilisateurFactory
from tests.factories.habitants import AbonnementFactory


def abonnes(contrat: Contrat, nombre: int) -> list[str]:
    return [AbonnementFactory(contrat=contrat).courriel for _ in range(nombre)]


def ouvrir(bilan: Bilan) -> Travail:
    travail = annonce_bilan.demander_annonce(bilan=bilan, par=UtilisateurFactory())
    assert travail
    return travail


def annoncer(bilan: Bilan, fois: int = 1) -> AnnonceParution:
    travail = ouvrir(bilan)
    for _ in range(fois):
        annonce_bilan.annoncer_bilan(travail_id=travail.pk)
    return AnnonceParution.objects.get(bilan=bilan)


def battement(apres: timedelta = timedelta(0)) -> int:
    """Ce que fait le battement à ce moment, puis chaque travail qu’il ouvre ; rend leur nombre."""
    moment = timezone.localtime() + apres
    with horloge.a(moment.date(), moment.time()):
        ouverts = annonce_bilan.reprendre_les_annonces(le=timezone.now())
        for travail in ouverts:
            annonce_bilan.annoncer_bilan(travail_id=travail.pk)
    return len(ouverts)


def nombres(annonce: AnnonceParution) -> tuple[int, int, int, int]:
    """Partis, refusés, restants, prévus."""
    lu = compter(AnnonceParution.objects.get(pk=annonce.pk))
    return lu.partis, lu.refuses, lu.restants, lu.prevus


def est_finie(annonce: AnnonceParution) -> bool:
    return AnnonceParution.objects.get(pk=annonce.pk).finie_le is not None
