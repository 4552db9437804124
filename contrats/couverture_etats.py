"""Dans quel état est une commune, une intercommunalité : les mots et les lignes, sans base.

Une commune signée deux fois est « deux contrats ou plus » ; signée une fois, elle « finit bientôt »
si son dernier jour connu (fin du contrat, ou sortie du périmètre) tombe dans les douze mois. Sans
contrat signé, un contrat en projet la met « en projet ».
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import TextChoices


class EtatCouverture(TextChoices):
    SIGNE = "SIGNE", "Contrat signé"
    FINIT_BIENTOT = "FINIT_BIENTOT", "Contrat signé, finit sous 12 mois"
    PLUSIEURS = "PLUSIEURS", "Deux contrats signés ou plus"
    EN_PROJET = "EN_PROJET", "Contrat en projet"
    AUCUN = "AUCUN", "Aucun contrat"


# Wallis et Futuna, Polynésie française, Nouvelle-Calédonie, Clipperton
PACIFIQUE = ("986", "987", "988", "989")
ETATS_SIGNES = (EtatCouverture.SIGNE, EtatCouverture.FINIT_BIENTOT, EtatCouverture.PLUSIEURS)


class Selection(TextChoices):
    """Les listes derrière les chiffres ; un état de commune en est une aussi."""

    TOUTES = "", "Toutes les communes"
    COUVERTES = "COUVERTES", "Communes couvertes"
    NON_COUVERTES = "NON_COUVERTES", "Communes sans contrat"
    SANS_EPCI = "SANS_EPCI", "Communes sans intercommunalité"
    SANS_POPULATION = "SANS_POPULATION", "Communes sans population publiée"
    PACIFIQUE = "PACIFIQUE", "Communes du Pacifique"


@dataclass(frozen=True, slots=True)
class ContratCouvrant:
    """Un contrat qui couvre une commune ce jour-là ; `fin` : son dernier jour connu."""

    id: UUID
    nom: str
    est_signe: bool
    fin: date | None


@dataclass(frozen=True, slots=True)
class CommuneDuChiffre:
    """Une ligne de la liste. `population` à None : l’Insee n’en publie pas."""

    code: str
    nom: str
    population: int | None
    departement: str
    region: str
    epci: str | None
    epci_nom: str
    etat: str
    signes: tuple[ContratCouvrant, ...]
    projets: tuple[ContratCouvrant, ...]


@dataclass(frozen=True, slots=True)
class EtatCommune:
    """`fin` : dernier jour connu où la commune reste signée ; None si aucun n’est fixé."""

    code: str
    etat: str
    contrats_signes: int
    contrats_en_projet: int
    fin: date | None


@dataclass(frozen=True, slots=True)
class EtatEpci:
    """`etat` : celui où vivent le plus d’habitants ; `est_partiel` : d’autres communes diffèrent.

    Populations en habitants. `fin` : la plus proche des fins de ses communes signées.
    """

    code: str
    nom: str
    etat: str
    est_partiel: bool
    population: int
    population_signee: int
    population_en_projet: int
    communes: int
    communes_signees: int
    communes_en_projet: int
    fin: date | None


@dataclass(frozen=True, slots=True)
class ContratDuChiffre:
    """Un contrat compté, et ce qu’il couvre dans le territoire regardé."""

    id: UUID
    nom: str
    phase: str
    est_signe: bool
    debut: date | None
    fin: date | None
    communes: int
    population: int


def dans_douze_mois(le: date) -> date:
    """Le même jour un an plus tard ; le 28 pour un 29 février."""
    jour = 28 if (le.month, le.day) == (2, 29) else le.day
    return date(le.year + 1, le.month, jour)
