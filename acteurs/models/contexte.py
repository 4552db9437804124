"""Les données de contexte d’un territoire : un indicateur, une année, un niveau, des valeurs.

Chaque millésime est gardé. Une valeur n’est jamais une moyenne de valeurs : un ratio garde son
numérateur et son dénominateur, un indicateur qui ne s’additionne pas n’est lu qu’au niveau publié.
"""

import uuid
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import CheckConstraint, Count, Q, UniqueConstraint
from django.utils import timezone

from acteurs.models.territoire import Region
from acteurs.models.utilisateur import Utilisateur
from cls_platform.socle.models import Nomenclature

CHIFFRES, DECIMALES = 20, 6


class NiveauTerritoire(models.TextChoices):
    COMMUNE = "commune", "Commune"
    EPCI = "epci", "Intercommunalité"
    DEPARTEMENT = "departement", "Département"
    REGION = "region", "Région"
    FRANCE = "france", "France"


class AgregationContexte(models.TextChoices):
    SOMME = "SOMME", "Somme des communes"
    RATIO = "RATIO", "Numérateur divisé par dénominateur"
    NON_AGREGABLE = "NON_AGREGABLE", "Ne s’additionne pas"


class SensContexte(models.TextChoices):
    HAUSSE = "HAUSSE", "Une hausse est favorable"
    BAISSE = "BAISSE", "Une baisse est favorable"
    NEUTRE = "NEUTRE", "Ni l’un ni l’autre"


class QualiteContexte(models.TextChoices):
    DEFINITIVE = "DEFINITIVE", "Définitive"
    SECRET_STATISTIQUE = "SECRET_STATISTIQUE", "Secret statistique"
    NON_DISPONIBLE = "NON_DISPONIBLE", "Non disponible"


# Par combien multiplier un quotient pour l’écrire dans l’unité de l’indicateur
MULTIPLES = {
    "%": 100,
    "taux pour 1 000": 1_000,
    "taux pour 10 000": 10_000,
    "taux pour 100 000": 100_000,
}


class IndicateurContexte(Nomenclature):
    """`numerateur`, `denominateur` : ce qu’ils comptent. `niveau` : le plus fin que l’on publie."""

    definition = models.CharField("définition", max_length=300, blank=True)
    unite = models.CharField("unité", max_length=40)
    sens = models.CharField("sens", max_length=10, choices=SensContexte)
    niveau = models.CharField("niveau de publication", max_length=12, choices=NiveauTerritoire)
    agregation = models.CharField(
        "pour un territoire plus grand", max_length=15, choices=AgregationContexte
    )
    numerateur = models.CharField("numérateur", max_length=120, blank=True)
    denominateur = models.CharField("dénominateur", max_length=120, blank=True)
    source = models.CharField("source habituelle", max_length=120)
    limites = models.CharField("limites", max_length=300, blank=True)
    seuil = models.DecimalField("seuil", max_digits=12, decimal_places=3, null=True, blank=True)

    class Meta:
        verbose_name = "indicateur de contexte"
        verbose_name_plural = "indicateurs de contexte"

    @property
    def multiple(self) -> int:
        return MULTIPLES.get(self.unite, 1)


class EditionDonneesQuerySet(models.QuerySet["EditionDonnees"]):
    def valant_pour(self, region: str | None) -> Self:
        """Celles d’une région et celles de la France ; None : toutes."""
        return self if region is None else self.filter(Q(region=region) | Q(region=None))

    def pour_liste(self) -> Self:
        """Avec le nombre de territoires décrits, et de ceux dont la valeur est connue."""
        return self.select_related("indicateur", "region", "charge_par").annotate(
            territoires=Count("donnees"),
            renseignes=Count("donnees", filter=Q(donnees__qualite=QualiteContexte.DEFINITIVE)),
        )

    def recentes_d_abord(self) -> Self:
        return self.order_by("indicateur__ordre", "indicateur", "-annee", "niveau", "region")


class EditionDonnees(models.Model):
    """`annee` : celle que décrivent les valeurs. `date` : celle de leur publication."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    indicateur = models.ForeignKey(
        IndicateurContexte,
        verbose_name="indicateur",
        on_delete=models.PROTECT,
        related_name="editions",
    )
    annee = models.PositiveSmallIntegerField("année")
    niveau = models.CharField("niveau", max_length=12, choices=NiveauTerritoire)
    region = models.ForeignKey(
        Region,
        verbose_name="région",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="donnees_de_contexte",
        help_text="Vide : toute la France.",
    )
    source = models.CharField("source", max_length=250)
    date = models.DateField("publiée le", null=True, blank=True)
    fichier = models.CharField("fichier", max_length=200)
    sha256 = models.CharField("empreinte SHA-256 du fichier", max_length=64)
    charge_le = models.DateTimeField("chargée le", default=timezone.now)
    charge_par = models.ForeignKey(
        Utilisateur,
        verbose_name="chargée par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = EditionDonneesQuerySet.as_manager()

    class Meta:
        verbose_name = "édition de données de contexte"
        verbose_name_plural = "éditions de données de contexte"
        constraints = [
            UniqueConstraint(
                fields=["indicateur", "annee", "niveau", "region"],
                nulls_distinct=False,
                name="edition_donnees_unique",
                violation_error_message="Ce millésime de cet indicateur est déjà chargé.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicateur_id} {self.annee}"


class DonneeContexteQuerySet(models.QuerySet["DonneeContexte"]):
    def connues(self) -> Self:
        """Sans celles que cache le secret statistique, ou qui manquent."""
        return self.filter(qualite=QualiteContexte.DEFINITIVE)


class DonneeContexte(models.Model):
    """Ce que la source dit d’un territoire ; sans valeur, `qualite` dit pourquoi."""

    edition = models.ForeignKey(
        EditionDonnees, verbose_name="édition", on_delete=models.CASCADE, related_name="donnees"
    )
    code_territoire = models.CharField("code du territoire", max_length=9)
    valeur = models.DecimalField(
        "valeur", max_digits=CHIFFRES, decimal_places=DECIMALES, null=True, blank=True
    )
    numerateur = models.DecimalField(
        "numérateur", max_digits=CHIFFRES, decimal_places=DECIMALES, null=True, blank=True
    )
    denominateur = models.DecimalField(
        "dénominateur", max_digits=CHIFFRES, decimal_places=DECIMALES, null=True, blank=True
    )
    qualite = models.CharField(
        "qualité", max_length=20, choices=QualiteContexte, default=QualiteContexte.DEFINITIVE
    )

    objects = DonneeContexteQuerySet.as_manager()

    class Meta:
        verbose_name = "donnée de contexte"
        verbose_name_plural = "données de contexte"
        constraints = [
            UniqueConstraint(
                fields=["edition", "code_territoire"],
                name="donnee_une_par_territoire",
                violation_error_message="Ce territoire a déjà sa valeur dans cette édition.",
            ),
            CheckConstraint(
                condition=Q(numerateur=None, denominateur=None)
                | Q(numerateur__isnull=False, denominateur__gt=Decimal(0)),
                name="donnee_denominateur_positif",
                violation_error_message=(
                    "Un numérateur vient avec un dénominateur plus grand que zéro."
                ),
            ),
            CheckConstraint(
                condition=Q(valeur__isnull=False)
                | Q(numerateur__isnull=False)
                | ~Q(qualite=QualiteContexte.DEFINITIVE),
                name="donnee_valeur_ou_raison",
                violation_error_message="Sans valeur, dites pourquoi : secret ou non disponible.",
            ),
        ]
        indexes = [models.Index(fields=["code_territoire", "edition"], name="donnee_du_territoire")]

    def __str__(self) -> str:
        return f"{self.code_territoire} : {self.valeur}"
