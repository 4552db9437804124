"""Territoires officiels : Code officiel géographique de l'Insee, intercommunalités de la DGCL.

Une ligne n'est jamais supprimée : un territoire qui disparaît est clos par `date_fin`.
"""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Count, F, Func, Q, Sum, TextField
from django.db.models.functions import Coalesce

from acteurs.models.territoire_base import (
    Territoire,
    TerritoireQuerySet,
    colonne_recherche,
    contient,
)
from cls_platform.socle.fonctions_sql import Juxtaposition, colonne_cle_tri

MOTIF_SIREN = r"^[0-9]{9}$"
MESSAGE_SIREN = "Le numéro SIREN compte neuf chiffres."


class GroupementQuerySet(TerritoireQuerySet):
    def _trouves(self, texte: str) -> Q:
        """Un groupement se trouve aussi par le nom ou le code postal d'une de ses communes."""
        communes = Commune.objects.actuelles().filter(contient(texte))
        return Q(contient(texte)) | Q(pk__in=communes.values(str(self.model._meta.model_name)))


class CommuneQuerySet(TerritoireQuerySet):
    def sans_epci(self) -> Self:
        """Îles dispensées d'intercommunalité et communes des collectivités d'outre-mer."""
        return self.filter(epci__isnull=True)

    def du_code_postal(self, code: str) -> Self:
        """Une commune a plusieurs codes, un code a plusieurs communes : la plus peuplée d’abord."""
        trouvees = self.actuelles().filter(codes_postaux__contains=[code])
        return trouvees.pour_un_choix().order_by(F("population").desc(nulls_last=True), "cle_tri")

    def pour_un_choix(self) -> Self:
        return self.select_related("departement", "epci", "region")

    def principales_de(self, epci: "Epci") -> Any:
        """Régions et départements des communes de l’intercommunalité, le plus peuplé d’abord."""
        return (
            self.actuelles()
            .filter(epci=epci)
            .values("region", "region__nom", "departement", "departement__nom")
            .annotate(habitants=Coalesce(Sum("population"), 0))
            .order_by("-habitants", "departement")
        )

    def populations_au(self, le: date, **lieu: str | None) -> Any:
        """(code, population) des communes qui existent ce jour-là dans le lieu."""
        codes = {nom: code for nom, code in lieu.items() if code}
        existent = self.filter(Q(date_fin=None) | Q(date_fin__gt=le), **codes)
        return existent.values_list("pk", "population")

    def reperes(self) -> dict[str, int]:
        """Nombres à comparer aux totaux publiés. Sans habitant : villages détruits de la Meuse
        (0) et terres où l'Insee ne recense pas (NULL)."""
        return self.aggregate(
            communes_sans_epci=Count("pk", filter=Q(epci__isnull=True)),
            communes_sans_habitant=Count("pk", filter=Q(population__isnull=True) | Q(population=0)),
            population=Coalesce(Sum("population"), 0),
        )


class Region(Territoire):
    """Régions, et collectivités d'outre-mer qui en tiennent lieu (975, 977, 978, 984 à 989)."""

    code = models.CharField("code Insee", max_length=3, primary_key=True)
    recherche = colonne_recherche(Func("code", template="ARRAY[%(expressions)s]"))

    objects = TerritoireQuerySet.as_manager()

    class Meta(Territoire.Meta):
        verbose_name = "région"
        constraints = [
            *Territoire.Meta.constraints,
            CheckConstraint(
                condition=Q(code__regex=r"^([0-9]{2}|9[78][0-9])$"),
                name="region_code_insee",
                violation_error_message="Le code d’une région compte deux ou trois chiffres.",
            ),
        ]


class Departement(Territoire):
    code = models.CharField("code Insee", max_length=3, primary_key=True)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="departements", verbose_name="région"
    )
    recherche = colonne_recherche(Func("code", template="ARRAY[%(expressions)s]"))

    objects = TerritoireQuerySet.as_manager()

    class Meta(Territoire.Meta):
        verbose_name = "département"
        constraints = [
            *Territoire.Meta.constraints,
            CheckConstraint(
                condition=Q(code__regex=r"^([0-9]{2}|2[AB]|9[78][0-9])$"),
                name="departement_code_insee",
                violation_error_message="Le code d’un département s’écrit 29, 2A ou 974.",
            ),
        ]


class NatureEpci(models.TextChoices):
    CC = "CC", "Communauté de communes"
    CA = "CA", "Communauté d’agglomération"
    CU = "CU", "Communauté urbaine"
    METRO = "METRO", "Métropole"
    MET69 = "MET69", "Métropole de Lyon"


class Groupement(Territoire):
    """`nom` est entier, `nom_court` sans sa nature : il range et il tient sur une carte."""

    siren = models.CharField("SIREN", max_length=9, primary_key=True)
    nom_court = models.CharField("nom court", max_length=120)
    cle_tri = colonne_cle_tri("nom_court")

    objects = GroupementQuerySet.as_manager()

    class Meta(Territoire.Meta):
        abstract = True
        constraints = [
            *Territoire.Meta.constraints,
            CheckConstraint(
                condition=Q(siren__regex=MOTIF_SIREN),
                name="%(class)s_siren_neuf_chiffres",
                violation_error_message=MESSAGE_SIREN,
            ),
        ]


class Epci(Groupement):
    """Intercommunalité à fiscalité propre."""

    nature = models.CharField("nature", max_length=5, choices=NatureEpci)

    class Meta(Groupement.Meta):
        verbose_name = "intercommunalité"
        constraints = [
            *Groupement.Meta.constraints,
            CheckConstraint(
                condition=Q(nature__in=NatureEpci.values),
                name="epci_nature_connue",
                violation_error_message="Choisissez une nature d’intercommunalité de la liste.",
            ),
        ]


class Ept(Groupement):
    """Établissement public territorial : découpe la Métropole du Grand Paris, hors Paris."""

    class Meta(Groupement.Meta):
        verbose_name = "établissement public territorial"
        verbose_name_plural = "établissements publics territoriaux"


class Commune(Territoire):
    code = models.CharField("code Insee", max_length=5, primary_key=True)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    departement = models.ForeignKey(
        Departement, models.PROTECT, related_name="communes", verbose_name="département"
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="communes",
        verbose_name="région",
        help_text="Celle du département : recopiée pour les regroupements.",
    )
    epci = models.ForeignKey(
        Epci,
        models.PROTECT,
        related_name="communes",
        verbose_name="intercommunalité",
        null=True,
        blank=True,
    )
    ept = models.ForeignKey(
        Ept,
        models.PROTECT,
        related_name="communes",
        verbose_name="établissement public territorial",
        null=True,
        blank=True,
    )
    codes_postaux = ArrayField(models.CharField(max_length=5), verbose_name="codes postaux")
    autres_codes = ArrayField(
        models.CharField(max_length=5),
        verbose_name="autres codes Insee",
        default=list,
        blank=True,
        help_text="Codes des anciennes communes et des arrondissements qu’elle contient.",
    )
    autres_noms = ArrayField(
        models.CharField(max_length=120),
        verbose_name="autres noms",
        default=list,
        blank=True,
        help_text="Noms des communes déléguées ou associées et des arrondissements.",
    )
    successeur = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="absorbees",
        verbose_name="commune qui lui succède",
        null=True,
        blank=True,
    )
    recherche = colonne_recherche(
        Juxtaposition("codes_postaux", "autres_noms", output_field=ArrayField(TextField()))
    )

    objects = CommuneQuerySet.as_manager()

    class Meta(Territoire.Meta):
        constraints = [
            *Territoire.Meta.constraints,
            CheckConstraint(
                condition=Q(code__regex=r"^([0-9]{5}|2[AB][0-9]{3})$"),
                name="commune_code_insee",
                violation_error_message="Le code Insee d’une commune s’écrit 29232 ou 2A004.",
            ),
            CheckConstraint(
                condition=Q(siren="") | Q(siren__regex=MOTIF_SIREN),
                name="commune_siren_neuf_chiffres",
                violation_error_message=MESSAGE_SIREN,
            ),
            CheckConstraint(
                condition=Q(successeur__isnull=True) | Q(date_fin__isnull=False),
                name="commune_successeur_si_close",
                violation_error_message="Seule une commune close a un successeur.",
            ),
            CheckConstraint(
                condition=Q(successeur__isnull=True) | ~Q(successeur=F("code")),
                name="commune_successeur_autre",
                violation_error_message="Une commune ne peut pas se succéder à elle-même.",
            ),
        ]


class EditionTerritoires(models.Model):
    """Édition des données officielles chargées ; la plus récente est en vigueur."""

    annee_cog = models.PositiveSmallIntegerField("année du Code officiel géographique")
    date_effet = models.DateField("date d’effet")
    millesime_population = models.CharField("millésime de la population", max_length=120)
    sources = models.JSONField("sources")
    sha256 = models.CharField("empreinte SHA-256", max_length=64, unique=True)
    charge_le = models.DateTimeField("chargée le", auto_now_add=True)

    class Meta:
        verbose_name = "édition des territoires"
        verbose_name_plural = "éditions des territoires"
        get_latest_by = ["date_effet", "charge_le"]

    def __str__(self) -> str:
        return f"Code officiel géographique {self.annee_cog}"
