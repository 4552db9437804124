from typing import Any

from django.db import models

from acteurs.models import Acteur, Suivi, historise
from contrats.models.contrat import Contrat


class RolePartie(models.TextChoices):
    PORTEUR = "PORTEUR", "Porteur"
    COPILOTE = "COPILOTE", "Copilote"
    SIGNATAIRE = "SIGNATAIRE", "Signataire"
    COSIGNATAIRE_ASSOCIE = "COSIGNATAIRE_ASSOCIE", "Cosignataire associé"
    PARTENAIRE = "PARTENAIRE", "Partenaire"
    FINANCEUR = "FINANCEUR", "Financeur"
    APPUI_METHODOLOGIQUE = "APPUI_METHODOLOGIQUE", "Appui méthodologique"


ROLES_SIGNATAIRES = (
    RolePartie.PORTEUR,
    RolePartie.COPILOTE,
    RolePartie.SIGNATAIRE,
    RolePartie.COSIGNATAIRE_ASSOCIE,
)


class PartieQuerySet(models.QuerySet["Partie"]):
    def signataires(self) -> "PartieQuerySet":
        return self.filter(role__in=ROLES_SIGNATAIRES)

    def suivies_par(self, utilisateur: Any) -> "PartieQuerySet":
        suivis = Contrat.objects.suivis_par(utilisateur)
        return self.filter(contrat__in=suivis).select_related("contrat", "acteur", "modifie_par")

    def pour_liste(self) -> "PartieQuerySet":
        return self.select_related("acteur__type").order_by("role", "acteur__cle_tri")


@historise()
class Partie(Suivi):
    """Une organisation liée au contrat, et le rôle qu’elle y tient."""

    contrat = models.ForeignKey(
        Contrat, verbose_name="contrat", on_delete=models.CASCADE, related_name="parties"
    )
    acteur = models.ForeignKey(
        Acteur, verbose_name="organisation", on_delete=models.PROTECT, related_name="parties"
    )
    role = models.CharField("rôle", max_length=25, choices=RolePartie)
    representant_nom = models.CharField("représentée par", max_length=120, blank=True)
    representant_fonction = models.CharField("en qualité de", max_length=120, blank=True)
    date_deliberation = models.DateField("délibération", null=True, blank=True)
    date_signature = models.DateField("signature", null=True, blank=True)

    objects = PartieQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "partie au contrat"
        verbose_name_plural = "parties au contrat"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["contrat", "acteur", "role"],
                name="partie_unique",
                violation_error_message="Cette organisation tient déjà ce rôle dans le contrat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acteur_id} {self.role}"
