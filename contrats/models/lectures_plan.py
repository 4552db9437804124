"""Les lectures que font les pages du plan ; mêlées à ActionQuerySet."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from cls_platform.socle.requetes import Parametre, RequeteFigee, figer
from contrats.etats import StatutAction

SANS_PILOTE = Q(pilote=None, pilote_personne=None, pilote_nom="")
COLONNES_DU_PLAN = (
    "id",
    "axe_id",
    "objectif_id",
    "numero",
    "titre",
    "statut_affiche",
    "date_fin",
    "pilote_id",
    "pilote_personne_id",
    "pilote__nom",
    "pilote_personne__prenom",
    "pilote_personne__nom",
    "pilote_nom",
    "avancement",
)


@dataclass(frozen=True, slots=True)
class Voisines:
    """La fiche d’avant et celle d’après, dans l’ordre du plan."""

    precedente: UUID | None
    suivante: UUID | None


class LecturesDuPlan(QuerySet[Any]):
    model: Any

    def points_a_traiter(self, le: date) -> dict[str, int]:
        """Combien de fiches en tout, en retard, à risque, sans pilote, sans échéance."""
        requete: Any = self.order_by()
        return (
            requete.avec_statut_affiche(le)
            .avec_risques(le)
            .aggregate(
                total=Count("pk"),
                a_risque=Count("pk", filter=Q(est_a_risque=True)),
                en_retard=Count("pk", filter=Q(statut_affiche=StatutAction.EN_RETARD)),
                sans_pilote=Count("pk", filter=SANS_PILOTE),
                sans_echeance=Count("pk", filter=Q(date_fin=None)),
            )
        )

    def lignes_du_plan(self, contrat: Any, le: date) -> list[dict[str, Any]]:
        """Les lignes de `pour_plan` pour ce contrat ; une requête."""
        lignes = _plan(self.model).lire(contrat=contrat.pk, le=le)
        return [dict(zip(COLONNES_DU_PLAN, ligne, strict=True)) for ligne in lignes]

    def choix_du_plan(self, contrat: Any, relation: str) -> list[tuple[str, str]]:
        """Code et libellé des « themes » ou « populations » que portent les actions du contrat."""
        return _choix(self.model, relation).lire(contrat=contrat.pk)

    def pour_plan(self, le: Any) -> QuerySet[Any, dict[str, Any]]:
        """Les lignes du plan, à plat et dans l’ordre, avec le nom du pilote et l’avancement."""
        requete: Any = self
        datees = requete.avec_statut_affiche(le).avec_avancement()
        return datees.dans_l_ordre().values(*COLONNES_DU_PLAN)

    def pour_fiche(self, le: date) -> Any:
        liees = ("contrat", "axe", "objectif", "pilote", "pilote_personne", "modifie_par")
        requete: Any = self.select_related(*liees)
        return requete.avec_statut_affiche(le).avec_avancement().avec_completude()

    def comptes_de(self, action: Any) -> dict[str, int]:
        """Ce que porte une fiche, onglet par onglet ; une requête."""
        noms = ("jalons", "notes", "lignes_budget", "financements", "documents")
        comptes = {nom: Count(nom, distinct=True) for nom in noms}
        return self.filter(pk=action.pk).order_by().aggregate(**comptes)

    def voisines_de(self, action: Any) -> Voisines:
        """L’ordre de l’arbre : axes, puis objectifs, puis fiches ; sans axe, à la fin."""
        ordre = list(
            self.order_by(
                F("axe__ordre").asc(nulls_last=True),
                F("objectif__ordre").asc(nulls_first=True),
                "ordre",
                "numero",
                "pk",
            ).values_list("pk", flat=True)
        )
        rang = ordre.index(action.pk)
        avant, apres = ordre[:rang], ordre[rang + 1 :]
        return Voisines(avant[-1] if avant else None, apres[0] if apres else None)


@cache
def _plan(actions: Any) -> RequeteFigee:
    lignes = actions.objects.filter(contrat=Parametre("contrat")).pour_plan(Parametre("le"))
    return figer(lignes.values_list(*COLONNES_DU_PLAN))


@cache
def _choix(actions: Any, relation: str) -> RequeteFigee:
    portes = actions.objects.filter(contrat=Parametre("contrat")).order_by().values(relation)
    liste = actions._meta.get_field(relation).related_model.objects
    return figer(liste.filter(pk__in=portes).tries().values_list("code", "libelle"))
