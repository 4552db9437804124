from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from acteurs.models import Commune, Suivi, historise
from cls_platform.socle.models import Nomenclature
from contrats.models.contrat import Contrat
from contrats.models.revision_couverture import compter_les_revisions


class TypeAvenant(Nomenclature):
    class Meta:
        verbose_name = "type d’avenant"
        verbose_name_plural = "types d’avenant"


# Les deux types qui ont un effet sur la couverture ; les autres sont des mots
PROROGATION, PERIMETRE = "prorogation", "perimetre"


class EtatAvenant(models.TextChoices):
    PREPARATION = "PREPARATION", "En préparation"
    SIGNE = "SIGNE", "Signé"


class AvenantQuerySet(models.QuerySet["Avenant"]):
    def signes(self) -> Self:
        return self.filter(etat=EtatAvenant.SIGNE)

    def en_vigueur(self, le: date) -> Self:
        return self.signes().filter(date_signature__lte=le, date_effet__lte=le)

    def prolongations(self) -> Self:
        return self.exclude(date_fin_apres=None)

    def suivis_par(self, utilisateur: Any) -> Self:
        """Ceux des contrats que la personne suit."""
        suivis = Contrat.objects.suivis_par(utilisateur)
        return self.filter(contrat__in=suivis).select_related("contrat", "modifie_par")

    def visibles_par(self, utilisateur: Any) -> Self:
        """Ceux des contrats suivis, et les avenants signés des contrats publics."""
        suivis = Contrat.objects.suivis_par(utilisateur)
        return self.filter(
            Q(contrat__in=suivis) | Q(etat=EtatAvenant.SIGNE, contrat__est_public=True)
        )

    def ranges(self) -> Self:
        """Le plus récent d’abord."""
        return self.order_by("-numero")

    def ranges_par_contrat(self) -> Self:
        return self.order_by("contrat", "numero")

    def pour_liste(self) -> Self:
        return self.prefetch_related("types", "communes_entrantes", "communes_sortantes").ranges()

    def liens_de(self, cles: Any) -> Any:
        """(avenant, liste, code) de chaque type et de chaque commune des avenants donnés."""
        listes = ("types", "communes_entrantes", "communes_sortantes")
        requetes = [
            self.filter(pk__in=list(cles), **{f"{liste}__isnull": False})
            .order_by()
            .values_list("pk", models.Value(liste), liste)
            for liste in listes
        ]
        return requetes[0].union(*requetes[1:], all=True)


@historise()
class Avenant(Suivi):
    """Un acte qui change le contrat signé : sa durée, son périmètre, ses signataires, ses actions.

    En vigueur à la plus tardive de ses deux dates, signature et effet, une fois signé. La fin qu’il
    remplace et celle qu’il pose sont gardées : la fin du contrat se connaît donc à toute date.
    """

    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="avenants"
    )
    numero = models.PositiveSmallIntegerField("numéro")
    types = models.ManyToManyField(
        TypeAvenant, verbose_name="ce qu’il change", related_name="avenants"
    )
    objet = models.TextField("objet")
    etat = models.CharField(
        "état", max_length=12, choices=EtatAvenant, default=EtatAvenant.PREPARATION
    )
    date_signature = models.DateField("signature", null=True, blank=True)
    date_effet = models.DateField("effet", null=True, blank=True)
    date_fin_avant = models.DateField("fin remplacée", null=True, blank=True)
    date_fin_apres = models.DateField("nouvelle fin", null=True, blank=True)
    communes_entrantes = models.ManyToManyField(
        Commune, verbose_name="communes qui entrent", related_name="+", blank=True
    )
    communes_sortantes = models.ManyToManyField(
        Commune, verbose_name="communes qui sortent", related_name="+", blank=True
    )

    objects = AvenantQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "avenant"
        verbose_name_plural = "avenants"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["contrat", "numero"],
                name="avenant_numero_unique",
                violation_error_message="Un autre avenant de ce contrat porte ce numéro.",
            ),
            models.CheckConstraint(
                condition=Q(numero__gte=1),
                name="avenant_numero_positif",
                violation_error_message="Le premier avenant porte le numéro 1.",
            ),
            models.CheckConstraint(
                condition=Q(etat=EtatAvenant.PREPARATION)
                | Q(date_signature__isnull=False, date_effet__isnull=False),
                name="avenant_signe_et_date",
                violation_error_message="Un avenant signé a une date de signature et d’effet.",
            ),
            models.CheckConstraint(
                condition=Q(etat=EtatAvenant.PREPARATION)
                | Q(date_fin_avant=None, date_fin_apres=None)
                | Q(
                    date_fin_avant__isnull=False,
                    date_fin_apres__isnull=False,
                    date_fin_apres__gt=F("date_fin_avant"),
                ),
                name="avenant_prolonge_apres_la_fin",
                violation_error_message="La nouvelle fin vient après celle qu’elle remplace.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["contrat"],
                condition=Q(etat=EtatAvenant.SIGNE, date_fin_apres__isnull=False),
                name="avenant_prolongation",
            )
        ]
        triggers = compter_les_revisions("contrat_id")

    def __str__(self) -> str:
        return f"Avenant n° {self.numero}"

    @property
    def est_signe(self) -> bool:
        return self.etat == EtatAvenant.SIGNE

    @property
    def en_vigueur_le(self) -> date | None:
        """Le premier jour où il compte ; None tant qu’il n’est pas signé."""
        if not (self.est_signe and self.date_signature and self.date_effet):
            return None
        return max(self.date_signature, self.date_effet)
