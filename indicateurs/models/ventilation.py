"""Une valeur répartie par sexe, par âge ou par quartier : chaque part est une ligne."""

from typing import Self

from django.db import models

from acteurs.models import Suivi, historise
from cls_platform.socle.models import Nomenclature
from cls_platform.socle.models.nomenclature import NomenclatureQuerySet
from indicateurs.models.mesure import Mesure, Qualite, contraintes_de_valeur


class Dimension(models.TextChoices):
    SEXE = "SEXE", "Sexe"
    AGE = "AGE", "Âge"
    QPV = "QPV", "Quartier prioritaire"


class ModaliteQuerySet(NomenclatureQuerySet):
    def de_la_dimension(self, dimension: str) -> Self:
        return self.actives().filter(dimension=dimension).tries()


class Modalite(Nomenclature):
    """Une des parts entre lesquelles une dimension répartit : femmes, 75 ans et plus…"""

    dimension = models.CharField("dimension", max_length=5, choices=Dimension)

    objects = ModaliteQuerySet.as_manager()  # type: ignore[misc]  # celui de la liste, précisé

    class Meta:
        verbose_name = "modalité"
        verbose_name_plural = "modalités"


class VentilationQuerySet(models.QuerySet["Ventilation"]):
    def dans_l_ordre(self) -> Self:
        return self.order_by("mesure", "modalite__dimension", "modalite__ordre", "modalite")


@historise()
class Ventilation(Suivi):
    """La part d’une valeur qui revient à une modalité, dans l’unité de l’indicateur."""

    mesure = models.ForeignKey(
        Mesure, verbose_name="valeur", on_delete=models.CASCADE, related_name="ventilations"
    )
    modalite = models.ForeignKey(
        Modalite, verbose_name="modalité", on_delete=models.PROTECT, related_name="+"
    )
    valeur = models.DecimalField("valeur", max_digits=14, decimal_places=4, null=True, blank=True)
    numerateur = models.DecimalField(
        "numérateur", max_digits=14, decimal_places=4, null=True, blank=True
    )
    denominateur = models.DecimalField(
        "dénominateur", max_digits=14, decimal_places=4, null=True, blank=True
    )
    qualite = models.CharField(
        "qualité", max_length=20, choices=Qualite, default=Qualite.DEFINITIVE
    )

    objects = VentilationQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "part d’une valeur"
        verbose_name_plural = "parts d’une valeur"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["mesure", "modalite"],
                name="ventilation_une_par_modalite",
                violation_error_message="Cette part a déjà sa valeur.",
            ),
            *contraintes_de_valeur("ventilation"),
        ]

    def __str__(self) -> str:
        return f"{self.modalite_id} : {self.valeur}"
