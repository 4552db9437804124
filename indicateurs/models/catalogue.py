from typing import Self

from django.db import models
from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import Concat

from acteurs.models import Region
from cls_platform.socle.fonctions_sql import CleTri
from cls_platform.socle.models import Nomenclature
from cls_platform.socle.models.nomenclature import NomenclatureQuerySet
from indicateurs.models.vocabulaire import (
    Agregation,
    MesureDePilotage,
    NiveauIndicateur,
    Periodicite,
    Sens,
    TypeIndicateur,
)


class IndicateurModeleQuerySet(NomenclatureQuerySet):
    def proposes_a(self, region: str | None) -> Self:
        """Le catalogue national, et celui de la région s’il y en a un ; sans les retirés."""
        return self.actives().filter(Q(region=None) | Q(region=region))

    def de_la_region(self, region: str) -> Self:
        return self.filter(region=region)

    def rechercher(self, texte: str) -> Self:
        """Le code, le libellé ou la définition contient tous les mots, accents ignorés."""
        blanc = Value(" ")
        textes = Concat(
            "code", blanc, "libelle", blanc, "definition", output_field=models.TextField()
        )
        requete = self.annotate(cle_modele=CleTri(textes))
        for mot in texte.split():
            requete = requete.filter(cle_modele__contains=CleTri(Value(mot)))
        return requete

    def avec_usages(self) -> Self:
        """Avec `nombre_suivis` : combien d’indicateurs de contrats en viennent."""
        return self.annotate(nombre_suivis=Count("indicateur"))

    def par_genre(self) -> Self:
        """Contexte, réalisation, résultat, impact ; le national d’abord."""
        rang = Case(*(When(type=t, then=r) for r, t in enumerate(TypeIndicateur.values)))
        return self.order_by(rang, F("region").asc(nulls_first=True), "ordre", "libelle")


class IndicateurModele(Nomenclature):
    """Un indicateur du catalogue : on le choisit tel quel, ou on l’adapte au contrat.

    `region` vide : catalogue national. `pilotage` : la plateforme calcule ses valeurs.
    """

    type = models.CharField("type", max_length=12, choices=TypeIndicateur)
    libelle_public = models.CharField("libellé pour les habitants", max_length=200, blank=True)
    unite = models.CharField("unité", max_length=40)
    sens = models.CharField("sens", max_length=7, choices=Sens)
    source = models.CharField("source", max_length=120)
    producteur = models.CharField("producteur", max_length=120, blank=True)
    periodicite = models.CharField(
        "périodicité", max_length=14, choices=Periodicite, default=Periodicite.ANNUELLE
    )
    niveau = models.CharField("niveau territorial", max_length=15, choices=NiveauIndicateur)
    agregation = models.CharField("agrégation", max_length=16, choices=Agregation)
    numerateur = models.CharField("numérateur", max_length=200, blank=True)
    denominateur = models.CharField("dénominateur", max_length=200, blank=True)
    definition = models.TextField("définition", blank=True)
    limites = models.TextField("limites des données", blank=True)
    seuil = models.DecimalField("seuil", max_digits=12, decimal_places=4, null=True, blank=True)
    decimales = models.PositiveSmallIntegerField("décimales affichées", default=0)
    pilotage = models.CharField(
        "calculé par la plateforme", max_length=24, choices=MesureDePilotage, blank=True
    )
    region = models.ForeignKey(
        Region,
        verbose_name="région",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="indicateurs_du_catalogue",
        help_text="Vide : catalogue national.",
    )

    objects = IndicateurModeleQuerySet.as_manager()  # type: ignore[misc]  # celui de la liste, précisé

    class Meta:
        verbose_name = "indicateur du catalogue"
        verbose_name_plural = "indicateurs du catalogue"
