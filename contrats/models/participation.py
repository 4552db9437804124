from typing import Any, Self

from django.db import models
from django.utils import timezone

from acteurs.droits import ROLES_DE_CONTRAT, Role
from acteurs.models import Utilisateur
from contrats.models.contrat import Contrat


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def pour_liste(self) -> Self:
        return self.select_related("utilisateur__acteur").order_by(
            "utilisateur__nom", "utilisateur__prenom", "pk"
        )

    def suivies_par(self, utilisateur: Any) -> Self:
        suivis = Contrat.objects.suivis_par(utilisateur)
        return self.filter(contrat__in=suivis).select_related("contrat", "utilisateur")


class Participation(models.Model):
    """Une personne, un contrat, un rôle. On peut tenir plusieurs rôles."""

    utilisateur = models.ForeignKey(
        Utilisateur,
        verbose_name="personne",
        on_delete=models.CASCADE,
        related_name="participations",
    )
    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="participations"
    )
    role = models.CharField(
        "rôle", max_length=20, choices=[(r.value, r.label) for r in ROLES_DE_CONTRAT]
    )
    cree_le = models.DateTimeField("depuis le", default=timezone.now, editable=False)
    cree_par = models.ForeignKey(
        Utilisateur,
        verbose_name="ajoutée par",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "participation"
        verbose_name_plural = "participations"
        constraints = [
            models.UniqueConstraint(
                fields=["utilisateur", "contrat", "role"],
                name="participation_unique",
                violation_error_message="Cette personne tient déjà ce rôle dans le contrat.",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[r.value for r in ROLES_DE_CONTRAT]),
                name="participation_role_de_contrat",
                violation_error_message="Ce rôle ne se donne pas sur un contrat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.utilisateur_id} {Role(self.role).label}"
