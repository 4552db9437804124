from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear

from acteurs.models import NiveauTerritoire, Suivi, historise
from contrats.models import Contrat
from contrats.models.selections_plan import est_suivi
from indicateurs.models.indicateur import Indicateur


class Qualite(models.TextChoices):
    DEFINITIVE = "DEFINITIVE", "Définitive"
    PROVISOIRE = "PROVISOIRE", "Provisoire"
    ESTIMEE = "ESTIMEE", "Estimée"
    SECRET_STATISTIQUE = "SECRET_STATISTIQUE", "Secret statistique"
    NON_DISPONIBLE = "NON_DISPONIBLE", "Non disponible"


NIVEAUX_DE_MESURE = [*NiveauTerritoire.choices, ("qpv", "Quartier prioritaire")]
QUALITES_SANS_VALEUR = (Qualite.SECRET_STATISTIQUE, Qualite.NON_DISPONIBLE)


def contraintes_de_valeur(prefixe: str) -> list[models.CheckConstraint]:
    """Une valeur, ou la raison de son absence ; jamais de division par zéro."""
    sans_valeur = Q(qualite__in=QUALITES_SANS_VALEUR)
    return [
        models.CheckConstraint(
            condition=Q(qualite__in=QUALITES_SANS_VALEUR, valeur=None)
            | (~sans_valeur & Q(valeur__isnull=False)),
            name=f"{prefixe}_valeur_selon_qualite",
            violation_error_message=(
                "Donnez une valeur, ou dites qu’elle est secrète ou indisponible."
            ),
        ),
        models.CheckConstraint(
            condition=Q(denominateur=None) | ~Q(denominateur=0),
            name=f"{prefixe}_denominateur_non_nul",
            violation_error_message="Le dénominateur ne peut pas être zéro.",
        ),
    ]


class MesureQuerySet(models.QuerySet["Mesure"]):
    def suivis_par(self, utilisateur: Any) -> Self:
        return self.filter(indicateur__contrat__in=Contrat.objects.suivis_par(utilisateur))

    def visibles_par(self, utilisateur: Any) -> Self:
        return self.filter(indicateur__in=Indicateur.objects.visibles_par(utilisateur))

    def du_contrat(self, contrat: Contrat, annees: list[int]) -> Self:
        """Celles du territoire entier ; les valeurs d’une commune ou d’un quartier n’y sont pas."""
        entier = self.de_l_ensemble()
        return entier.filter(indicateur__contrat=contrat, annee__in=annees).chronologiques()

    def de_indicateur(self, indicateur: Indicateur, annees: list[int]) -> Self:
        entier = self.de_l_ensemble()
        return entier.filter(indicateur=indicateur, annee__in=annees).chronologiques()

    def de_l_ensemble(self) -> Self:
        """Les valeurs de tout le territoire du contrat, pas celles d’une de ses parties."""
        return self.filter(code_territoire="")

    def de_l_annee_entiere(self, annee: int) -> Self:
        """Du 1er janvier au 31 décembre : ni un trimestre, ni une période à cheval."""
        return self.filter(periode_debut=date(annee, 1, 1), periode_fin=date(annee, 12, 31))

    def periodes_du_contrat(self, contrat: Contrat) -> models.QuerySet:
        """(indicateur, code du territoire, début, fin) de tout ce qui est saisi ou dit absent."""
        saisies = self.filter(indicateur__contrat=contrat).order_by("pk")
        return saisies.values_list(
            "indicateur_id", "code_territoire", "periode_debut", "periode_fin"
        )

    def ranges_par_indicateur(self) -> Self:
        return self.order_by("indicateur_id", "periode_fin", "periode_debut", "pk")

    def dernieres_valeurs(
        self, contrats: Collection[UUID], modele: str, annee: int
    ) -> dict[UUID, tuple[Decimal, int]]:
        """Par contrat : la plus récente valeur connue de l’indicateur du catalogue, et son année.

        Rien après `annee`. Une valeur secrète ou indisponible n’en est pas une.
        """
        connues = self.de_l_ensemble().filter(
            indicateur__contrat__pk__anyof=list(contrats),
            indicateur__modele=modele,
            annee__lte=annee,
            valeur__isnull=False,
        )
        rangees = connues.order_by(
            "indicateur__contrat_id", "-periode_fin", "indicateur__ordre", "pk"
        ).distinct("indicateur__contrat_id")
        lignes = rangees.values_list("indicateur__contrat_id", "valeur", "annee")
        return {contrat: (valeur, an) for contrat, valeur, an in lignes if valeur is not None}

    def pour_api(self, utilisateur: Any) -> Self:
        """Avec `est_suivi` : la personne lit aussi les commentaires."""
        return self.annotate(est_suivi=est_suivi(utilisateur, "indicateur__contrat"))

    def chronologiques(self) -> Self:
        return self.order_by("indicateur", "annee", "periode_fin")


@historise(exclude=["annee"])
class Mesure(Suivi):
    """Une valeur datée, dans l’unité de son indicateur.

    D’un rapport, on garde le numérateur et le dénominateur : la valeur s’en déduit (en %) et ne se
    moyenne jamais. Secret statistique : `valeur` reste vide. `code_territoire` vide : tout le
    territoire du contrat ; sinon le code officiel d’une de ses parties, de niveau
    `niveau_territoire`.
    """

    indicateur = models.ForeignKey(
        Indicateur, verbose_name="indicateur", on_delete=models.CASCADE, related_name="mesures"
    )
    niveau_territoire = models.CharField(
        "niveau du territoire", max_length=12, choices=NIVEAUX_DE_MESURE, blank=True
    )
    code_territoire = models.CharField("code du territoire", max_length=9, blank=True)
    periode_debut = models.DateField("début de la période")
    periode_fin = models.DateField("fin de la période")
    annee = models.GeneratedField(
        expression=ExtractYear("periode_fin"),
        output_field=models.PositiveSmallIntegerField("année"),
        db_persist=True,
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
    source = models.CharField("source", max_length=200, blank=True)
    commentaire = models.TextField("commentaire", blank=True)

    objects = MesureQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "mesure"
        verbose_name_plural = "mesures"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicateur", "periode_debut", "periode_fin", "code_territoire"],
                name="mesure_une_par_periode",
                violation_error_message="Une valeur existe déjà pour cette période.",
            ),
            models.CheckConstraint(
                condition=Q(periode_fin__gte=F("periode_debut")),
                name="mesure_periode_ordonnee",
                violation_error_message="La période finit après avoir commencé.",
            ),
            models.CheckConstraint(
                condition=Q(niveau_territoire="", code_territoire="")
                | ~Q(niveau_territoire="") & ~Q(code_territoire=""),
                name="mesure_territoire_entier",
                violation_error_message="Donnez le territoire et son niveau, ou aucun des deux.",
            ),
            *contraintes_de_valeur("mesure"),
        ]
        indexes = [models.Index(fields=["indicateur", "periode_fin"], name="mesure_par_periode")]

    def __str__(self) -> str:
        return f"{self.indicateur_id} {self.periode_fin:%Y}"
