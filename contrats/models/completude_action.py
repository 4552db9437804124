"""Ce qui est rempli sur une fiche, lu en une requête pour toutes ; mêlé à ActionQuerySet."""

from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, JSONObject

from contrats.completude import CRITERES, SEUIL_INCOMPLETE, TOTAL, Critere


class LectureCompletude(QuerySet[Any]):
    def avec_completude(self) -> Any:
        """Annote `remplis` (critère → vrai ou faux), que `contrats.completude` compte."""
        etats = {c.nom: models.ExpressionWrapper(self._rempli(c), models.BooleanField())
                 for c in CRITERES}  # fmt: skip
        return self.annotate(remplis=JSONObject(**etats))

    def pour_completude(self) -> QuerySet[Any, dict[str, Any]]:
        """Les fiches du plan, à plat, dans son ordre ; une requête."""
        requete: Any = self
        return requete.avec_completude().dans_l_ordre().values("id", "numero", "titre", "remplis")

    def avec_part_remplie(self) -> Any:
        """Alias `part_remplie` : la complétude, de 0 à 100, arrondie vers le bas comme celle que
        l’on montre."""
        part = Value(100) * F("points") / Value(TOTAL)
        return self._avec_points().alias(part_remplie=Cast(part, IntegerField()))

    def incompletes(self) -> Any:
        """Les fiches sous le seuil."""
        return self._avec_points().filter(points__lt=SEUIL_INCOMPLETE * TOTAL / 100)

    def assez_completes(self) -> Any:
        return self._avec_points().filter(points__gte=SEUIL_INCOMPLETE * TOTAL / 100)

    def _avec_points(self) -> Any:
        points: Any = Value(0)
        for critere in CRITERES:
            points = points + Case(
                When(self._rempli(critere), then=Value(critere.poids)),
                default=Value(0),
                output_field=IntegerField(),
            )
        return self.alias(points=points)

    def _rempli(self, critere: Critere) -> Q:
        condition = Q(pk__in=[])
        for nom in critere.champs:
            condition |= self._porte(nom)
        return condition

    def _porte(self, nom: str) -> Q:
        champ: Any = self.model._meta.get_field(nom)
        if champ.many_to_many:
            relation = champ if champ.auto_created else champ.remote_field
            liens = relation.through._default_manager.order_by()
            return Q(Exists(liens.filter(action=OuterRef("pk"))))
        if champ.one_to_many:
            liees = champ.related_model._default_manager.order_by()
            return Q(Exists(liees.filter(action=OuterRef("pk"))))
        if isinstance(champ, models.CharField | models.TextField):
            return ~Q(**{nom: ""})
        return ~Q(**{f"{nom}__isnull": True})
