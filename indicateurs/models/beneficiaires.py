"""Qui a bénéficié d’une action, une année : des personnes d’un côté, des présences de l’autre."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from acteurs.models import Suivi, historise
from contrats.models import Action, Contrat, Population
from contrats.models.selections_plan import est_suivi


class BeneficiairesQuerySet(models.QuerySet["Beneficiaires"]):
    def suivis_par(self, utilisateur: Any) -> Self:
        return self.filter(action__in=Action.objects.suivis_par(utilisateur))

    def visibles_par(self, utilisateur: Any) -> Self:
        """Ceux des fiches suivies et, petits nombres à masquer, ceux des fiches publiées."""
        return self.filter(
            Q(action__in=Action.objects.suivis_par(utilisateur))
            | Q(action__in=self.publiables().values("action"))
        )

    def publiables(self) -> Self:
        """Ceux des fiches publiques de contrats publics : pour tous, une fois masqués."""
        return self.filter(
            action__est_publique=True,
            action__est_restreinte=False,
            action__corbeille_le=None,
            action__contrat__in=Contrat.objects.publics(),
        )

    def pour_api(self, utilisateur: Any) -> Self:
        """Avec `est_suivi` : la personne lit les nombres sans masque, et les commentaires."""
        return self.annotate(est_suivi=est_suivi(utilisateur, "action__contrat"))

    def ranges_par_action(self) -> Self:
        return self.order_by("action", "annee", "population", "code_qpv", "pk")

    def de_l_annee(self, contrat: Contrat, annee: int) -> Self:
        return self.filter(action__contrat=contrat, annee=annee)

    def totaux(self) -> Self:
        """Une ligne par action et par année : ni un public, ni un quartier."""
        return self.filter(population=None, code_qpv="")


@historise()
class Beneficiaires(Suivi):
    """Un compte d’une action, une année : en tout, d’un public, d’un quartier, ou des deux.

    `personnes` : distinctes, chacune comptée une fois. `presences` : une par venue. Les deux ne
    s’additionnent jamais entre elles. `sont_distinctes` (sur le total de l’action) : aucune de ces
    personnes n’est comptée dans une autre action du contrat la même année.
    """

    action = models.ForeignKey(
        Action, verbose_name="action", on_delete=models.CASCADE, related_name="beneficiaires"
    )
    annee = models.PositiveSmallIntegerField("année")
    population = models.ForeignKey(
        Population,
        verbose_name="public",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Vide : tous les publics.",
    )
    code_qpv = models.CharField("code du quartier prioritaire", max_length=12, blank=True)
    nom_qpv = models.CharField("quartier prioritaire", max_length=120, blank=True)
    personnes = models.PositiveIntegerField("personnes", null=True, blank=True)
    presences = models.PositiveIntegerField("présences", null=True, blank=True)
    sont_distinctes = models.BooleanField("comptées dans aucune autre action", default=False)
    source = models.CharField("source", max_length=200, blank=True)
    commentaire = models.TextField("commentaire", max_length=1000, blank=True)

    objects = BeneficiairesQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "compte de bénéficiaires"
        verbose_name_plural = "comptes de bénéficiaires"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["action", "annee", "population", "code_qpv"],
                nulls_distinct=False,
                name="beneficiaires_un_compte",
                violation_error_message="Ce public est déjà compté pour cette année.",
            ),
            models.CheckConstraint(
                condition=Q(personnes__isnull=False) | Q(presences__isnull=False),
                name="beneficiaires_un_nombre",
                violation_error_message="Donnez un nombre de personnes, de présences, ou les deux.",
            ),
            models.CheckConstraint(
                condition=Q(personnes=None) | Q(presences=None) | Q(presences__gte=F("personnes")),
                name="beneficiaires_presences_suffisantes",
                violation_error_message=(
                    "Il y a au moins une présence par personne : vérifiez les deux nombres."
                ),
            ),
            models.CheckConstraint(
                condition=Q(sont_distinctes=False)
                | Q(population=None, code_qpv="", personnes__isnull=False),
                name="beneficiaires_distinctes_au_total",
                violation_error_message="Seul le total de l’action se déclare sans double compte.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.annee}"
