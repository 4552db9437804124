from django.db import models

from acteurs.models import Suivi, historise
from bilans.models.bilan import Bilan
from cls_platform.socle.models import Nomenclature


class CodeSection(models.TextChoices):
    EDITO = "EDITO", "Le mot de l’élu ou de l’élue"
    DIFFICULTES = "DIFFICULTES", "Ce qui a été plus difficile"
    PARTICIPATION = "PARTICIPATION", "La parole aux habitants"
    PERSPECTIVES = "PERSPECTIVES", "Et l’année prochaine ?"


@historise()
class SectionBilan(Suivi):
    """Un texte écrit pour le bilan. Vide, la section ne paraît pas."""

    bilan = models.ForeignKey(
        Bilan, verbose_name="bilan", on_delete=models.CASCADE, related_name="sections"
    )
    code = models.CharField("section", max_length=15, choices=CodeSection)
    texte = models.TextField("texte", blank=True)
    signature = models.CharField("signé par", max_length=160, blank=True)

    class Meta(Suivi.Meta):
        verbose_name = "section du bilan"
        verbose_name_plural = "sections du bilan"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["bilan", "code"],
                name="section_unique",
                violation_error_message="Cette section existe déjà.",
            ),
        ]

    def __str__(self) -> str:
        return CodeSection(self.code).label


class Sigle(Nomenclature):
    """Un sigle et son sens ; un sigle ambigu a une ligne par contexte."""

    sigle = models.CharField("sigle", max_length=20)
    contexte = models.CharField("contexte", max_length=60, blank=True)
    explication = models.CharField("en mots simples", max_length=250, blank=True)

    class Meta:
        verbose_name = "sigle"
        verbose_name_plural = "sigles"
        indexes = [models.Index(fields=["sigle"], name="sigle_par_sigle")]
