"""Les lectures que font les pages du plan ; mêlées à ActionQuerySet."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, F, Q, QuerySet, Sum, Value

from cls_platform.socle.requetes import Parametre, RequeteFigee, figer
from contrats.etats import MOIS_SANS_NOUVELLES, StatutAction
from contrats.models.etat_action import debut_des_nouvelles

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


LISTES_DU_PLAN = ("themes", "populations")
# Une annotation « sans_nouvelles » existe déjà : ce compte-ci en prend un autre nom
POINTS = (
    "total",
    "a_risque",
    "en_retard",
    "sans_pilote",
    "sans_echeance",
    "sans_budget",
    "sans_indicateur",
    "muettes",
)


@dataclass(frozen=True, slots=True)
class Voisines:
    """La fiche d’avant et celle d’après, dans l’ordre du plan."""

    precedente: UUID | None
    suivante: UUID | None


class LecturesDuPlan(QuerySet[Any]):
    model: Any

    def points_a_traiter(self, le: date) -> dict[str, int]:
        """Combien de fiches en tout, en retard, à risque, et combien manquent de quelque chose."""
        return _en_points(list(self.compter_les_points(le)))

    def points_du_plan(self, contrat: Any, le: date) -> dict[str, int]:
        """`points_a_traiter` de toutes les fiches du contrat ; une requête figée."""
        depuis = debut_des_nouvelles(le, MOIS_SANS_NOUVELLES)
        return _en_points(_points(self.model).lire(contrat=contrat.pk, le=le, depuis=depuis))

    def compter_les_points(self, le: Any) -> QuerySet[Any, tuple[Any, ...]]:
        requete: Any = self.order_by()
        toutes = requete.avec_statut_affiche(le).avec_risques(le).values(tout=Value(True))  # noqa: FBT003  # une seule ligne
        comptees = toutes.annotate(
            total=Count("pk"),
            a_risque=Count("pk", filter=Q(est_a_risque=True)),
            en_retard=Count("pk", filter=Q(statut_affiche=StatutAction.EN_RETARD)),
            sans_pilote=Count("pk", filter=SANS_PILOTE),
            sans_echeance=Count("pk", filter=Q(date_fin=None)),
            sans_budget=Count("pk", filter=~requete.a_un_budget()),
            sans_indicateur=Count("pk", filter=~requete.a_un_indicateur()),
            muettes=Count("pk", filter=Q(sans_nouvelles=True)),
        )
        return comptees.values_list(*POINTS)

    def completude_du_plan(self, contrat: Any) -> tuple[int, int]:
        """La somme des complétudes (0–100) de toutes les fiches, et leur nombre ; une requête."""
        ((somme, nombre),) = _completudes(self.model).lire(contrat=contrat.pk)
        return somme or 0, nombre

    def lignes_du_plan(self, contrat: Any, le: date) -> list[dict[str, Any]]:
        """Les lignes de `pour_plan` pour ce contrat ; une requête."""
        lignes = _plan(self.model).lire(contrat=contrat.pk, le=le)
        return [dict(zip(COLONNES_DU_PLAN, ligne, strict=True)) for ligne in lignes]

    def choix_du_plan(self, contrat: Any, *, restreintes: bool) -> dict[str, list[tuple[str, str]]]:
        """Code et libellé des thèmes, et des publics, que portent les actions du contrat.

        Sans `restreintes`, ce que seules des fiches restreintes portent n’y est pas. Une requête.
        """
        choix: dict[str, list[tuple[str, str]]] = {relation: [] for relation in LISTES_DU_PLAN}
        for relation, code, libelle, _ in _choix(self.model, restreintes).lire(contrat=contrat.pk):
            choix[relation].append((code, libelle))
        return choix

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
        noms = ("jalons", "notes", "lignes_budget", "financements", "indicateurs", "documents")
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
def _points(actions: Any) -> RequeteFigee:
    plan = actions.objects.filter(contrat=Parametre("contrat"))
    return figer(plan.compter_les_points(Parametre("le")))


def _en_points(lignes: list[tuple[Any, ...]]) -> dict[str, int]:
    comptes = dict(zip(POINTS, lignes[0] if lignes else (0,) * len(POINTS), strict=True))
    return comptes | {"sans_nouvelles": comptes.pop("muettes")}


@cache
def _completudes(actions: Any) -> RequeteFigee:
    plan = actions.objects.filter(contrat=Parametre("contrat")).order_by()
    parts = plan.avec_part_remplie().values(tout=Value(True))  # noqa: FBT003  # une seule ligne
    sommes = parts.annotate(somme=Sum("part_remplie"), nombre=Count("pk"))
    return figer(sommes.values_list("somme", "nombre"))


@cache
def _choix(actions: Any, restreintes: bool) -> RequeteFigee:  # noqa: FBT001  # la clé du cache
    du_contrat = actions.objects.filter(contrat=Parametre("contrat")).order_by()
    lisibles = du_contrat if restreintes else du_contrat.filter(est_restreinte=False)
    themes, publics = (_portes(actions, lisibles, relation) for relation in LISTES_DU_PLAN)
    return figer(themes.union(publics, all=True).order_by("relation", "ordre", "libelle"))


def _portes(actions: Any, lisibles: Any, relation: str) -> Any:
    liste = actions._meta.get_field(relation).related_model.objects
    portes = liste.filter(pk__in=lisibles.values(relation)).order_by()
    nommes = portes.annotate(relation=Value(relation, output_field=CharField()))
    return nommes.values_list("relation", "code", "libelle", "ordre")
