from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from acteurs.models import Commune, Epci
from contrats.models.avenant import Avenant
from contrats.models.contrat import Contrat
from contrats.models.revision_couverture import compter_les_revisions


class PerimetreQuerySet(models.QuerySet["Perimetre"]):
    def au(self, le: date) -> Self:
        """Les communes du périmètre ce jour-là ; le jour de sortie n’en fait plus partie."""
        return self.filter(Q(date_sortie=None) | Q(date_sortie__gt=le), date_entree__lte=le)

    def codes_au(self, le: date) -> "models.QuerySet[Perimetre, str]":
        """Les codes Insee des communes de ce jour-là, dans l’ordre."""
        return self.au(le).order_by("commune_id").values_list("commune_id", flat=True)

    def ouvertes(self) -> Self:
        return self.filter(date_sortie=None)

    def publiques_de(self, communes: Collection[str], le: date) -> Self:
        """Ces communes dans un contrat public, ce jour-là, avec le contrat."""
        publiques = self.au(le).filter(commune__in=communes, contrat__est_public=True)
        return publiques.select_related("contrat__region").order_by(
            "-contrat__date_debut", "contrat__cle_tri", "contrat"
        )

    def pour_liste(self) -> "models.QuerySet[Perimetre, Any]":
        """À plat, par intercommunalité puis par commune ; les communes isolées à la fin."""
        return self.order_by(
            F("commune__epci__cle_tri").asc(nulls_last=True), "commune__cle_tri", "date_entree"
        ).values(
            "commune_id",
            "commune__nom",
            "commune__population",
            "commune__departement_id",
            "commune__epci_id",
            "commune__epci__nom",
            "date_entree",
            "date_sortie",
        )


class Perimetre(models.Model):
    """Une commune dans un contrat, de son entrée (incluse) à sa sortie (exclue).

    `avenant_entree` et `avenant_sortie` : l’acte qui l’a décidé, quand il y en a un.
    """

    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="perimetres"
    )
    commune = models.ForeignKey(
        Commune, verbose_name="commune", on_delete=models.PROTECT, related_name="perimetres"
    )
    date_entree = models.DateField("entrée")
    date_sortie = models.DateField("sortie", null=True, blank=True)
    epci_origine = models.ForeignKey(
        Epci,
        verbose_name="entrée avec l’intercommunalité",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    avenant_entree = models.ForeignKey(
        Avenant,
        verbose_name="entrée par l’avenant",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="entrees",
    )
    avenant_sortie = models.ForeignKey(
        Avenant,
        verbose_name="sortie par l’avenant",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sorties",
    )

    objects = PerimetreQuerySet.as_manager()

    class Meta:
        verbose_name = "commune du périmètre"
        verbose_name_plural = "communes du périmètre"
        constraints = [
            models.CheckConstraint(
                condition=Q(date_sortie=None) | Q(date_sortie__gt=F("date_entree")),
                name="perimetre_sortie_apres_entree",
                violation_error_message="Une commune sort du contrat après y être entrée.",
            ),
            models.UniqueConstraint(
                fields=["contrat", "commune"],
                condition=Q(date_sortie=None),
                name="perimetre_une_presence_ouverte",
                violation_error_message="Cette commune est déjà dans le contrat.",
            ),
            models.UniqueConstraint(
                fields=["contrat", "commune", "date_entree"],
                name="perimetre_une_entree_par_jour",
                violation_error_message="Cette commune est déjà entrée dans le contrat ce jour-là.",
            ),
        ]
        indexes = [models.Index(fields=["commune", "contrat"], name="perimetre_par_commune")]
        triggers = compter_les_revisions("contrat_id")

    def __str__(self) -> str:
        return f"{self.commune_id} dans {self.contrat_id}"
