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


@dataclass(frozen=True, slots=True)
class Accueil:
    chiffres: ChiffresNationaux
    carte: CarteCouverture


def page_du_contrat(contrat: Contrat, *, le: date) -> Instantane:
    """Où en est le contrat ce jour-là : les mêmes formes que le bilan, jamais figées."""
    return rapport.construire(Bilan(contrat=contrat, annee=le.year), arrete_le=le, avec_carte=False)


def accueil(le: date) -> Accueil:
    """L’empreinte des données est lue une fois, pour les chiffres comme pour la carte."""
    marque = empreinte()
    return Accueil(_chiffres_nationaux(le, marque), _carte_de_couverture(le, marque))


def _chiffres_nationaux(le: date, marque: str) -> ChiffresNationaux:
    """Gardés cinq minutes, moins si un contrat change ; recalculés si Redis manque."""
    cle = f"accueil-chiffres-{le}-{marque}"
    if (connus := cache.get(cle)) is not None:
        return connus
    chiffres = _calculer_chiffres(le, marque)
    cache.set(cle, chiffres, DUREE_CACHE)
    return chiffres


def _calculer_chiffres(le: date, marque: str) -> ChiffresNationaux:
    france = nationale(_lignes(Niveau.FRANCE, le, marque))
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


def _carte_de_couverture(le: date, marque: str) -> CarteCouverture:
    """France par département ; gardée cinq minutes, moins si un contrat change."""
    cle = f"carte-departements-{le}-{marque}"
    if (connue := cache.get(cle)) is not None:
        return connue
    lignes = _lignes(Niveau.DEPARTEMENT, le, marque)
    dessin = carte_des_departements(lignes, lien=_contrats_de)
    carte = CarteCouverture(
        svg=dessin.svg,
        classes=tuple((c.rang, c.libelle, c.effectif) for c in dessin.classes),
        lignes=tuple(lignes),
    )
    cache.set(cle, carte, DUREE_CACHE)
    return carte


def _lignes(niveau: Niveau, le: date, marque: str) -> list[LigneCouverture]:
    lues = couvertures(le=le, niveaux=[niveau], variante=Variante.SIGNE, marque=marque)
    return lues[niveau]


def _contrats_de(departement: str) -> str:
    return f"{reverse('contrats:liste')}?departement={departement}"
