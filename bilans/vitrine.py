"""Ce que montre le site public, lu en quelques requêtes et déjà prêt à écrire."""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.urls import reverse
from django.utils.safestring import SafeString

from bilans import rapport
from bilans.instantane import Instantane
from bilans.models import Bilan
from contrats.carte import carte_des_departements
from contrats.couverture import LigneCouverture, Niveau, Variante, nationale
from contrats.couverture_gardee import couvertures, empreinte
from contrats.etats import StatutAction
from contrats.models import Action, Contrat

DUREE_CACHE = 300


@dataclass(frozen=True, slots=True)
class ChiffresNationaux:
    """Les quatre chiffres de l’accueil ; `taux` entre 0 et 1, au jour `le`."""

    le: date
    taux: float
    population_couverte: int
    population: int
    contrats: int
    actions: int
    actions_terminees: int
    bilans: int


@dataclass(frozen=True, slots=True)
class CarteCouverture:
    svg: SafeString
    classes: tuple[tuple[int, str, int], ...]
    lignes: tuple[LigneCouverture, ...]


def page_du_contrat(contrat: Contrat, *, le: date) -> Instantane:
    """Où en est le contrat ce jour-là : les mêmes formes que le bilan, jamais figées."""
    return rapport.construire(Bilan(contrat=contrat, annee=le.year), arrete_le=le, avec_carte=False)


def chiffres_nationaux(le: date) -> ChiffresNationaux:
    """Gardés cinq minutes, moins si un contrat change ; recalculés si Redis manque."""
    cle = f"accueil-chiffres-{le}-{empreinte()}"
    if (connus := cache.get(cle)) is not None:
        return connus
    chiffres = _calculer_chiffres(le)
    cache.set(cle, chiffres, DUREE_CACHE)
    return chiffres


def _calculer_chiffres(le: date) -> ChiffresNationaux:
    lues = couvertures(le=le, niveaux=[Niveau.FRANCE], variante=Variante.SIGNE)
    france = nationale(lues[Niveau.FRANCE])
    publics = Contrat.objects.publics().en_vigueur(le)
    actions = Action.objects.filter(contrat__in=publics, est_publique=True)
    terminees = (StatutAction.REALISEE, StatutAction.REALISEE_PARTIELLEMENT)
    return ChiffresNationaux(
        le=le,
        taux=france.taux_population,
        population_couverte=france.population_couverte,
        population=france.population,
        contrats=publics.count(),
        actions=actions.count(),
        actions_terminees=actions.filter(statut__in=terminees).count(),
        bilans=Bilan.objects.publics().count(),
    )


def carte_de_couverture(le: date, variante: str = Variante.SIGNE) -> CarteCouverture:
    """France par département ; gardée cinq minutes, moins si un contrat change."""
    cle = f"carte-departements-{variante}-{le}-{empreinte()}"
    if (connue := cache.get(cle)) is not None:
        return connue
    lues = couvertures(le=le, niveaux=[Niveau.DEPARTEMENT], variante=variante)
    lignes = lues[Niveau.DEPARTEMENT]
    dessin = carte_des_departements(lignes, lien=_contrats_de)
    carte = CarteCouverture(
        svg=dessin.svg,
        classes=tuple((c.rang, c.libelle, c.effectif) for c in dessin.classes),
        lignes=tuple(lignes),
    )
    cache.set(cle, carte, DUREE_CACHE)
    return carte


def _contrats_de(departement: str) -> str:
    return f"{reverse('contrats:liste')}?departement={departement}"
