"""Les questions que posent sur les contrats les filtres et l’API ; mêlées à ContratQuerySet."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, TextChoices

from contrats.etats import PHASES_EN_PROJET, PHASES_SIGNEES, PHASES_TERMINEES
from contrats.models.comptes_contrat import ComptesDuContrat


class GroupePhases(TextChoices):
    """Où en est un contrat, en trois mots."""

    SIGNE = "signe", "Signé"
    EN_PROJET = "en_projet", "En projet"
    TERMINE = "termine", "Terminé"


PHASES_DU_GROUPE = {
    GroupePhases.SIGNE: PHASES_SIGNEES,
    GroupePhases.EN_PROJET: PHASES_EN_PROJET,
    GroupePhases.TERMINE: PHASES_TERMINEES,
}


class SelectionContrats(ComptesDuContrat):
    def couvrant(self, le: date, **commune: Any) -> Any:
        """Les contrats dont une commune, dans le périmètre ce jour-là, répond à `commune`."""
        presentes = self.model.perimetres.rel.related_model.objects.au(le)
        return self.filter(Exists(presentes.filter(contrat=OuterRef("pk"), **commune)))

    def du_groupe(self, groupe: str) -> Any:
        return self.filter(phase__in=PHASES_DU_GROUPE[GroupePhases(groupe)])

    def de_theme(self, code: str, *, visibles_par: Any) -> Any:
        """Les contrats dont une action, que la personne peut voir, porte ce thème."""
        actions = self.model.actions.rel.related_model.objects.de_theme(code)
        return self.filter(pk__in=actions.visibles_par(visibles_par).values("contrat"))
