"""Qui décide, et quand : les instances d’un contrat, leurs réunions, qui y était."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Count, Max, Min, Q

from acteurs.models import Acteur, Suivi, historise
from cls_platform.socle.models import Nomenclature
from contrats.models.contrat import Contrat
from contrats.models.selections_plan import est_suivi


class NiveauInstance(models.TextChoices):
    STRATEGIQUE = "STRATEGIQUE", "Stratégique"
    OPERATIONNEL = "OPERATIONNEL", "Opérationnel"
    THEMATIQUE = "THEMATIQUE", "Thématique"
    INFORMATION = "INFORMATION", "Information"
    PARTICIPATION = "PARTICIPATION", "Participation des habitants"


class TypeInstance(Nomenclature):
    """Comité de pilotage, comité technique, groupe thématique… `niveau` : ce qui s’y joue."""

    niveau = models.CharField("niveau", max_length=13, choices=NiveauInstance)
    frequence_mois = models.PositiveSmallIntegerField(
        "une réunion tous les … mois", null=True, blank=True
    )

    class Meta:
        verbose_name = "type d’instance"
        verbose_name_plural = "types d’instance"


class InstanceQuerySet(models.QuerySet["Instance"]):
    def suivis_par(self, utilisateur: Any) -> Self:
        suivies = self.filter(contrat__in=Contrat.objects.suivis_par(utilisateur))
        return suivies.select_related("contrat", "type", "modifie_par")

    def membres_de(self, cles: Any) -> Any:
        """(instance, organisation) de chaque membre des instances données, rangées par nom."""
        liees = self.filter(pk__in=list(cles), membres__isnull=False)
        return liees.order_by("membres__cle_tri", "membres__pk").values_list("pk", "membres")

    def avec_reunions(self, le: date) -> Self:
        """Avec `nombre_tenues`, `derniere_tenue`, `prochaine` et `sans_suite` (passée, à dire)."""
        tenues, prevues = Q(reunions__etat=EtatReunion.TENUE), Q(reunions__etat=EtatReunion.PREVUE)
        return self.annotate(
            nombre_tenues=Count("reunions", filter=tenues),
            derniere_tenue=Max("reunions__date", filter=tenues),
            prochaine=Min("reunions__date", filter=prevues & Q(reunions__date__gte=le)),
            sans_suite=Max("reunions__date", filter=prevues & Q(reunions__date__lt=le)),
        )

    def dans_l_ordre(self) -> Self:
        return self.select_related("type").order_by("ordre", "type__ordre", "nom", "pk")


@historise()
class Instance(Suivi):
    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="instances"
    )
    type = models.ForeignKey(
        TypeInstance, verbose_name="type", on_delete=models.PROTECT, related_name="+"
    )
    nom = models.CharField("nom", max_length=150)
    role = models.TextField("ce qu’elle décide", max_length=1000, blank=True)
    frequence_mois = models.PositiveSmallIntegerField(
        "une réunion tous les … mois", null=True, blank=True
    )
    membres = models.ManyToManyField(
        Acteur, verbose_name="organisations membres", blank=True, related_name="+"
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    est_active = models.BooleanField("se réunit encore", default=True)

    objects = InstanceQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "instance"
        verbose_name_plural = "instances"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["contrat", "nom"],
                name="instance_nom_unique",
                violation_error_message="Une instance du contrat porte déjà ce nom.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class EtatReunion(models.TextChoices):
    PREVUE = "PREVUE", "Prévue"
    TENUE = "TENUE", "Tenue"
    ANNULEE = "ANNULEE", "Annulée"


class ReunionQuerySet(models.QuerySet["Reunion"]):
    def suivis_par(self, utilisateur: Any) -> Self:
        suivies = self.filter(instance__contrat__in=Contrat.objects.suivis_par(utilisateur))
        return suivies.select_related("instance__contrat", "instance__type", "modifie_par")

    def visibles_par(self, utilisateur: Any) -> Self:
        """Celles des contrats suivis, et les réunions publiques des contrats publics."""
        return self.filter(
            Q(instance__contrat__in=Contrat.objects.suivis_par(utilisateur))
            | Q(est_publique=True, instance__contrat__est_public=True)
        )

    def pour_api(self, utilisateur: Any) -> Self:
        """Avec `est_suivi` : la personne en lit aussi ce qui est interne."""
        return self.annotate(est_suivi=est_suivi(utilisateur, "instance__contrat"))

    def du_contrat(self, contrat: Contrat) -> Self:
        return self.filter(instance__contrat=contrat)

    def tenues(self) -> Self:
        return self.filter(etat=EtatReunion.TENUE)

    def publiques(self) -> Self:
        return self.filter(est_publique=True)

    def de_l_annee(self, annee: int) -> Self:
        return self.filter(date__year=annee)

    def avec_organisations(self) -> Self:
        """Avec `organisations` : combien y étaient ; zéro aussi quand personne ne l’a noté."""
        presentes = Q(presences__etat=EtatPresence.PRESENT)
        return self.annotate(organisations=Count("presences", filter=presentes))

    def a_venir(self, le: date) -> Self:
        """Celles du jour et des suivants, la plus proche d’abord ; les annulées restent dites."""
        return self.exclude(etat=EtatReunion.TENUE).filter(date__gte=le).dans_l_ordre()

    def sans_suite(self, le: date) -> Self:
        """Leur jour est passé ; personne n’a dit si elles se sont tenues."""
        return self.filter(etat=EtatReunion.PREVUE, date__lt=le).dans_l_ordre()

    def dans_l_ordre(self) -> Self:
        return self.select_related("instance__type").order_by("date", "heure", "pk")

    def annoncees_a_tous(self, le: date) -> Self:
        """Celles qui viennent, ouvertes à tous, dans les contrats publics."""
        ouvertes = self.publiques().filter(instance__contrat__est_public=True)
        return ouvertes.a_venir(le).select_related("instance__type", "instance__contrat")

    def rangees_par_contrat(self) -> Self:
        return self.order_by("instance__contrat", "date", "pk")

    def recentes_d_abord(self) -> Self:
        return self.select_related("instance__type").order_by("-date", "-heure", "pk")


@historise()
class Reunion(Suivi):
    instance = models.ForeignKey(
        Instance, verbose_name="instance", on_delete=models.CASCADE, related_name="reunions"
    )
    date = models.DateField("date")
    heure = models.TimeField("heure", null=True, blank=True)
    lieu = models.CharField("lieu", max_length=200, blank=True)
    etat = models.CharField("état", max_length=7, choices=EtatReunion, default=EtatReunion.PREVUE)
    ordre_du_jour = models.TextField("ordre du jour", max_length=4000, blank=True)
    compte_rendu = models.TextField("compte rendu", max_length=20000, blank=True)
    participants = models.PositiveIntegerField("participants", null=True, blank=True)
    est_publique = models.BooleanField("ouverte au public", default=False)

    objects = ReunionQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "réunion"
        verbose_name_plural = "réunions"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["instance", "date", "heure"],
                nulls_distinct=False,
                name="reunion_une_par_moment",
                violation_error_message="Cette instance a déjà une réunion à ce moment.",
            ),
        ]
        indexes = [models.Index(fields=["instance", "-date"], name="reunion_date")]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y}"


class EtatPresence(models.TextChoices):
    PRESENT = "PRESENT", "Présente"
    EXCUSE = "EXCUSE", "Excusée"


@historise()
class Presence(Suivi):
    """Une organisation, présente ou excusée : jamais le nom d’une personne."""

    reunion = models.ForeignKey(
        Reunion, verbose_name="réunion", on_delete=models.CASCADE, related_name="presences"
    )
    acteur = models.ForeignKey(
        Acteur, verbose_name="organisation", on_delete=models.PROTECT, related_name="presences"
    )
    etat = models.CharField(
        "présence", max_length=7, choices=EtatPresence, default=EtatPresence.PRESENT
    )

    class Meta(Suivi.Meta):
        verbose_name = "présence"
        verbose_name_plural = "présences"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["reunion", "acteur"],
                name="presence_une_par_organisation",
                violation_error_message="Cette organisation est déjà notée.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acteur_id} : {self.etat}"
