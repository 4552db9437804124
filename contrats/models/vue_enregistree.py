"""Les vues du plan que l’on garde : un nom sur des filtres et une présentation."""

import uuid
from functools import cache
from typing import Any, Self

from django.db import models
from django.db.models import Q

from acteurs.models import Utilisateur
from cls_platform.socle.requetes import Parametre, RequeteFigee, figer
from contrats.models.contrat import Contrat

LIENS = ("nom", "parametres", "est_partagee")


class VueEnregistreeQuerySet(models.QuerySet["VueEnregistree"]):
    def lisibles_par(self, utilisateur: Any) -> Self:
        """Les siennes, et celles que l’équipe partage."""
        suivis = Contrat.objects.suivis_par(utilisateur)
        return self.filter(Q(proprietaire=utilisateur) | Q(est_partagee=True), contrat__in=suivis)

    def du_plan(self, contrat: Contrat, utilisateur: Any) -> Self:
        """Les siennes d’abord, puis celles de l’équipe, par nom."""
        lisibles = self.filter(Q(proprietaire=utilisateur) | Q(est_partagee=True), contrat=contrat)
        return lisibles.select_related("proprietaire").order_by("est_partagee", "nom", "pk")

    def liens_du_plan(self, contrat: Contrat, utilisateur: Any) -> list[dict[str, Any]]:
        """Celles de `du_plan`, pour les ouvrir ; une requête figée."""
        lignes = _liens().lire(contrat=contrat.pk, proprietaire=utilisateur.pk)
        return [dict(zip(LIENS, ligne, strict=True)) for ligne in lignes]


@cache
def _liens() -> RequeteFigee:
    lisibles: Any = VueEnregistree.objects.du_plan(
        Parametre("contrat"),  # type: ignore[arg-type]  # une valeur à venir
        Parametre("proprietaire"),
    )
    return figer(lisibles.values_list(*LIENS))


class VueEnregistree(models.Model):
    """Des filtres du plan, tels que l’adresse de la page les porte."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="vues"
    )
    proprietaire = models.ForeignKey(
        Utilisateur, verbose_name="enregistrée par", on_delete=models.CASCADE, related_name="+"
    )
    nom = models.CharField("nom de la vue", max_length=80)
    parametres = models.CharField("paramètres de l’adresse", max_length=1000, blank=True)
    est_partagee = models.BooleanField("partagée avec l’équipe", default=False)

    objects = VueEnregistreeQuerySet.as_manager()

    class Meta:
        verbose_name = "vue enregistrée"
        verbose_name_plural = "vues enregistrées"
        constraints = [
            models.UniqueConstraint(
                fields=["contrat", "proprietaire", "nom"],
                name="vueenregistree_unique",
                violation_error_message="Vous avez déjà une vue de ce nom.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom
