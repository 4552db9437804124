"""Les fiches restreintes : qui les lit ; mêlé à ActionQuerySet."""

from typing import Any

from django.db.models import Q, QuerySet

from acteurs.droits import DROITS_DU_ROLE, ROLES_DE_CONTRAT, Droit
from contrats.models.contrat import Contrat

ROLES_QUI_MODIFIENT_LE_PLAN = [
    role.value for role in ROLES_DE_CONTRAT if Droit.MODIFIER_PLAN in DROITS_DU_ROLE[role]
]


def plans_modifies_par(utilisateur: Any) -> Any:
    """Les contrats dont la personne modifie tout le plan."""
    if not utilisateur.is_authenticated:
        return Contrat.objects.none()
    if utilisateur.est_administrateur:
        return Contrat.objects.all()
    equipes = utilisateur.participations.filter(role__in=ROLES_QUI_MODIFIENT_LE_PLAN)
    return Contrat.objects.filter(pk__in=equipes.values("contrat"))


def pilotage_de(utilisateur: Any) -> Q:
    """La personne, ou son organisation, est pilote."""
    du_pilote = Q(pilote_personne=utilisateur)
    if utilisateur.acteur_id:
        du_pilote |= Q(pilote=utilisateur.acteur_id)
    return du_pilote


class LectureRestreinte(QuerySet[Any]):
    def pilotees_par(self, utilisateur: Any) -> Any:
        """Les actions dont la personne, ou son organisation, est pilote."""
        return self.filter(pilotage_de(utilisateur))

    def restreintes(self) -> Any:
        return self.filter(est_restreinte=True)

    def lisibles_par(self, utilisateur: Any) -> Any:
        """Sans les fiches restreintes de qui ne modifie pas le plan et ne les pilote pas."""
        if not utilisateur.is_authenticated:
            return self.filter(est_restreinte=False)
        if utilisateur.est_administrateur:
            return self
        suivis = Contrat.objects.suivis_par(utilisateur)
        modifies = Contrat.objects.filter(
            participations__utilisateur=utilisateur,
            participations__role__in=ROLES_QUI_MODIFIENT_LE_PLAN,
        )
        return self.filter(
            Q(est_restreinte=False)
            | Q(contrat__in=modifies)
            | (pilotage_de(utilisateur) & Q(contrat__in=suivis))
        )
