from typing import Self

from django.db import models


class NomenclatureQuerySet(models.QuerySet):
    def actives(self) -> Self:
        return self.filter(est_actif=True)

    def tries(self) -> Self:
        return self.order_by("ordre", "libelle")


class Nomenclature(models.Model):
    """Une liste de vocabulaire, modifiable dans l’administration sans déploiement.

    `est_modifie` protège un libellé changé par l’opérateur du prochain `charger_nomenclatures`.
    """

    code = models.CharField("code", max_length=60, primary_key=True)
    libelle = models.CharField("libellé", max_length=250)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    est_actif = models.BooleanField("proposé à la saisie", default=True)
    est_modifie = models.BooleanField("modifié par l’opérateur", default=False)

    objects = NomenclatureQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.libelle
