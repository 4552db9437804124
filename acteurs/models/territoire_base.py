"""Ce que tout territoire a en commun : nom, population, fin, ordre alphabétique et recherche."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import (
    Case,
    CheckConstraint,
    Expression,
    F,
    GeneratedField,
    Index,
    Q,
    QuerySet,
    Value,
    When,
)

from cls_platform.socle.fonctions_sql import (
    CleTri,
    ContientMots,
    RequetePrefixes,
    VecteurRecherche,
    colonne_cle_tri,
    commence_par,
)

ARTICLES = ("le", "la", "les", "l")


def contient(texte: str) -> ContientMots:
    return ContientMots("recherche", RequetePrefixes(Value(texte)))


def _noms_exacts(texte: str) -> list[CleTri]:
    return [CleTri(Value(saisie)) for saisie in (texte, *(f"{a} {texte}" for a in ARTICLES))]


def _rang(texte: str) -> Case:
    """0 : nom exact, article initial mis à part ; 1 : début du nom ; 2 : débuts de mots."""
    return Case(
        When(cle_tri__in=_noms_exacts(texte), then=0),
        When(commence_par("cle_tri", texte), then=1),
        When(contient(texte), then=2),
        default=3,
        output_field=models.SmallIntegerField(),
    )


def colonne_recherche(*tableaux: Expression) -> GeneratedField:
    return GeneratedField(
        expression=VecteurRecherche("nom", *tableaux),
        output_field=SearchVectorField(),
        db_persist=True,
    )


class TerritoireQuerySet(QuerySet):
    def actuelles(self) -> Self:
        return self.filter(date_fin__isnull=True)

    def tries(self) -> Self:
        """Ordre alphabétique français : Ersa, Étampes, Étaples."""
        return self.order_by("cle_tri", "pk")

    def rechercher(self, texte: str) -> Self:
        """Accents, tirets et casse ignorés ; nom exact, puis début du nom, puis début de mot,
        puis population décroissante. Un texte sans lettre ni chiffre ne trouve rien."""
        return self.filter(self._trouves(texte)).order_by(
            _rang(texte), F("population").desc(nulls_last=True), "cle_tri", "pk"
        )

    def nommees_exactement(self, texte: str) -> Self:
        """Celles qui portent ce nom et rien de plus, article initial mis à part."""
        return self.filter(cle_tri__in=_noms_exacts(texte))

    def _trouves(self, texte: str) -> Q:
        return Q(contient(texte))


class Territoire(models.Model):
    nom = models.CharField("nom", max_length=120)
    population = models.IntegerField(
        "population",
        null=True,
        blank=True,
        help_text="Population municipale ; vide si l’Insee n’en publie pas.",
    )
    date_fin = models.DateField(
        "date de fin",
        null=True,
        blank=True,
        help_text="Premier jour où le territoire n’existe plus.",
    )
    cle_tri = colonne_cle_tri()
    recherche = colonne_recherche()

    class Meta:
        abstract = True
        constraints = [
            CheckConstraint(
                condition=Q(population__gte=0),
                name="%(class)s_population_positive",
                violation_error_message="La population est un nombre positif ou nul.",
            ),
        ]
        indexes = [
            Index(fields=["cle_tri"], name="%(class)s_cle_tri"),
            GinIndex(fields=["recherche"], name="%(class)s_recherche", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.nom
