"""Les pages imprimées d’une partie que l’on écrit : un brouillon d’images, jamais un document."""

import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone

from bilans.models.bilan import Bilan
from cls_platform.socle.models import Travail

# Au-delà, personne n’y revient : elles se referont en moins d’une seconde
JOURS_GARDES = 7


class ApercuImprimeQuerySet(models.QuerySet["ApercuImprime"]):
    def expires(self, le: datetime | None = None) -> Self:
        return self.filter(demande_le__lt=(le or timezone.now()) - timedelta(days=JOURS_GARDES))


class ApercuImprime(models.Model):
    """`code` : celui de la partie dans l’éditeur. `empreinte` : ce dont les images sont faites ;
    vide tant qu’aucune ne l’est. `pages` : combien d’images."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bilan = models.ForeignKey(
        Bilan, verbose_name="bilan", on_delete=models.CASCADE, related_name="apercus"
    )
    code = models.CharField("partie", max_length=60)
    travail = models.ForeignKey(
        Travail, verbose_name="travail", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    empreinte = models.CharField("empreinte du contenu", max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField("pages", default=0)
    demande_le = models.DateTimeField("demandé le", default=timezone.now)

    objects = ApercuImprimeQuerySet.as_manager()

    class Meta:
        verbose_name = "aperçu imprimé"
        verbose_name_plural = "aperçus imprimés"
        constraints = [
            models.UniqueConstraint(
                fields=["bilan", "code"],
                name="apercu_unique",
                violation_error_message="Cet aperçu est déjà demandé.",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def est_en_cours(self) -> bool:
        travail: Any = self.travail
        return travail is not None and not travail.est_fini
