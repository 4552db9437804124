"""Ce que l’on écrit et choisit pour chaque volet : texte, photo, citation, trois actions."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from acteurs.models import Suivi, historise
from bilans.models.bilan import Bilan
from bilans.models.image import ImageBilan
from contrats.models import Action, Axe, Contrat


class VoletBilanQuerySet(models.QuerySet["VoletBilan"]):
    def suivis_par(self, utilisateur: Any) -> Self:
        return self.filter(bilan__contrat__in=Contrat.objects.suivis_par(utilisateur))

    def dans_l_ordre(self) -> Self:
        return self.select_related("axe", "photo").order_by("ordre", "axe__ordre", "pk")


@historise()
class VoletBilan(Suivi):
    """Un volet du bilan. `axe` vide : les actions sans axe. Vide, un champ ne paraît pas.

    Sans ligne pour un axe, le volet paraît tel que le plan le dit : la ligne n’écrit que ce qu’une
    personne a voulu autrement.
    """

    bilan = models.ForeignKey(
        Bilan, verbose_name="bilan", on_delete=models.CASCADE, related_name="volets"
    )
    axe = models.ForeignKey(
        Axe, verbose_name="axe", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    est_present = models.BooleanField("paraît dans le bilan", default=True)
    texte = models.TextField("ce qui s’est passé cette année", max_length=4000, blank=True)
    citation = models.TextField("citation", max_length=600, blank=True)
    citation_auteur = models.CharField("qui parle", max_length=160, blank=True)
    utile = models.CharField("numéro ou adresse utile", max_length=400, blank=True)
    photo = models.ForeignKey(
        ImageBilan,
        verbose_name="photo",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = VoletBilanQuerySet.as_manager()

    class Meta(Suivi.Meta):
        verbose_name = "volet du bilan"
        verbose_name_plural = "volets du bilan"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["bilan", "axe"],
                name="volet_bilan_unique",
                nulls_distinct=False,
                violation_error_message="Ce volet existe déjà dans le bilan.",
            ),
            models.CheckConstraint(
                condition=Q(citation="") | ~Q(citation_auteur=""),
                name="volet_bilan_citation_signee",
                violation_error_message="Dites qui parle : « une habitante », « un médecin ».",
            ),
        ]

    def __str__(self) -> str:
        return self.axe.titre if self.axe else "Pour tout le territoire"

    @property
    def est_neuf(self) -> bool:
        """Vrai tant que personne n’a rien écrit de ce volet : la ligne n’est pas en base."""
        return self._state.adding


@historise()
class ActionEnAvant(Suivi):
    """Une action racontée dans son volet, à ce rang (1 à 3). `recit` : à la place de son résumé."""

    bilan = models.ForeignKey(
        Bilan, verbose_name="bilan", on_delete=models.CASCADE, related_name="actions_en_avant"
    )
    action = models.ForeignKey(
        Action, verbose_name="action", on_delete=models.CASCADE, related_name="+"
    )
    rang = models.PositiveSmallIntegerField("rang")
    recit = models.TextField("récit", max_length=1500, blank=True)

    class Meta(Suivi.Meta):
        verbose_name = "action mise en avant"
        verbose_name_plural = "actions mises en avant"
        constraints = [
            *Suivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["bilan", "action"],
                name="action_en_avant_unique",
                violation_error_message="Cette action est déjà mise en avant.",
            ),
            models.CheckConstraint(
                condition=Q(rang__gte=1, rang__lte=3),
                name="action_en_avant_rang",
                violation_error_message="Un volet raconte trois actions au plus.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rang}. {self.action_id}"
