from typing import Any, Self

from django.db import models

from acteurs.models import Suivi, historise
from bilans.models.bilan import Bilan
from bilans.models.image import ImageBilan
from cls_platform.socle.models import Nomenclature
from contrats.models import Contrat


class CodeSection(models.TextChoices):
    """Les parties du bilan, dans leur ordre d’origine."""

    EDITO = "EDITO", "Le mot de l’élu ou de l’élue"
    COMPRENDRE = "COMPRENDRE", "Le contrat local de santé, c’est quoi ?"
    CHIFFRES_CLES = "CHIFFRES_CLES", "L’année en chiffres"
    CARTE = "CARTE", "Notre territoire"
    AVANCEMENT = "AVANCEMENT", "Où en sont les actions ?"
    VOLETS = "VOLETS", "Ce qui a été fait, volet par volet"
    ZOOM = "ZOOM", "Zoom sur une action"
    INDICATEURS = "INDICATEURS", "Quelques indicateurs simples"
    DIFFICULTES = "DIFFICULTES", "Ce qui a été plus difficile"
    BUDGET = "BUDGET", "Qui finance quoi"
    PARTICIPATION = "PARTICIPATION", "La parole aux habitants"
    PERSPECTIVES = "PERSPECTIVES", "Et l’année prochaine ?"
    PARTENAIRES = "PARTENAIRES", "Les partenaires"
    GLOSSAIRE = "GLOSSAIRE", "Les mots à connaître"
    CONTACT = "CONTACT", "Nous contacter"
    A_DECIDER = "A_DECIDER", "Ce que les élus ont à décider"


# Celles qu’une personne écrit ; les autres se font des données
SECTIONS_ECRITES = (
    CodeSection.EDITO,
    CodeSection.ZOOM,
    CodeSection.DIFFICULTES,
    CodeSection.PARTICIPATION,
    CodeSection.PERSPECTIVES,
)
SECTIONS_INTRODUITES = (CodeSection.COMPRENDRE, CodeSection.BUDGET)
# Facultatives, et dans les deux pages pour les élus seulement : jamais dans le bilan public
SECTIONS_DES_ELUS = (CodeSection.A_DECIDER,)
# Ce qu’un bilan a toujours : on ne retire ni les volets, ni les mots, ni le contact
SECTIONS_OBLIGATOIRES = (CodeSection.VOLETS, CodeSection.GLOSSAIRE, CodeSection.CONTACT)


class SectionBilanQuerySet(models.QuerySet["SectionBilan"]):
    def suivies_par(self, utilisateur: Any) -> Self:
        return self.filter(bilan__contrat__in=Contrat.objects.suivis_par(utilisateur))

    def dans_l_ordre(self) -> Self:
        return self.select_related("photo").order_by("ordre", "code")


@historise()
class SectionBilan(Suivi):
    """Une partie du bilan : sa place, sa présence, son texte. Sans rien à dire, elle ne paraît pas.

    `photo` : le portrait de l’élu ou de l’élue (EDITO), l’image du zoom (ZOOM).
    """

    bilan = models.ForeignKey(
        Bilan, verbose_name="bilan", on_delete=models.CASCADE, related_name="sections"
    )
    code = models.CharField("section", max_length=15, choices=CodeSection)
    texte = models.TextField("texte", blank=True)
    signature = models.CharField("signé par", max_length=160, blank=True)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    est_presente = models.BooleanField("paraît dans le bilan", default=True)
    photo = models.ForeignKey(
        ImageBilan,
        verbose_name="photo",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = SectionBilanQuerySet.as_manager()

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

    @property
    def est_neuve(self) -> bool:
        """Vrai tant que personne n’a rien écrit de cette partie : la ligne n’est pas en base."""
        return self._state.adding


class Sigle(Nomenclature):
    """Un sigle et son sens ; un sigle ambigu a une ligne par contexte."""

    sigle = models.CharField("sigle", max_length=20)
    contexte = models.CharField("contexte", max_length=60, blank=True)
    explication = models.CharField("en mots simples", max_length=250, blank=True)

    class Meta:
        verbose_name = "sigle"
        verbose_name_plural = "sigles"
        indexes = [models.Index(fields=["sigle"], name="sigle_par_sigle")]
