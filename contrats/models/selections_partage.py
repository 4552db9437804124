"""Ce que l’on lit d’un contrat sans le suivre : public, partagé, offert ; mêlé à ActionQuerySet."""

from datetime import date
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from contrats.models.confidentialite import plans_modifies_par
from contrats.models.contrat import Contrat
from contrats.models.lectures_plan import COLONNES_DU_PLAN
from contrats.models.selections_plan import est_suivi

DU_PARTAGE = ("partage_id", "partage_axe", "partage_objectif", "contrat__nom")
# La place dans le plan qui reçoit, sous les noms que lisent les vues
DE_LA_PLACE = tuple(
    f"recu__{lieu}__{champ}" for lieu in ("axe", "objectif") for champ in ("numero", "titre")
)


def _rangee(ligne: dict[str, Any]) -> dict[str, Any]:
    """La place donnée par le contrat qui reçoit remplace celle du contrat qui tient la fiche."""
    place = {"axe_id": ligne["partage_axe"], "objectif_id": ligne["partage_objectif"]}
    place |= {n.removeprefix("recu__"): ligne.get(n) for n in DE_LA_PLACE if n in ligne}
    return ligne | place


class SelectionDesPartages(QuerySet[Any]):
    model: Any

    def visibles_par(self, utilisateur: Any) -> Any:
        """Les actions publiques des contrats publics, celles des contrats suivis, et celles qu’un
        autre contrat partage avec eux."""
        suivis = Contrat.objects.suivis_par(utilisateur)
        publiques = Q(est_publique=True, contrat__in=Contrat.objects.publics())
        requete: Any = self.filter(
            publiques | Q(contrat__in=suivis) | self._partagees(utilisateur, suivis)
        )
        return requete.lisibles_par(utilisateur)

    def publiees(self) -> Any:
        """Ce que tout le monde lit : les actions publiques des contrats publics, sans les fiches
        restreintes."""
        publics = Contrat.objects.publics()
        return self.filter(est_publique=True, est_restreinte=False, contrat__in=publics)

    def pour_le_public(self, le: date) -> Any:
        """Avec son contrat, son pilote, ses thèmes et son statut de ce jour-là."""
        requete: Any = self.select_related("contrat__region", "axe", "pilote")
        return requete.avec_statut_affiche(le).prefetch_related("themes")

    def recentes_du_public(self) -> Any:
        """Les dernières touchées d’abord, tous contrats mêlés."""
        return self.order_by("-modifie_le", "pk")

    def _partagees(self, utilisateur: Any, suivis: QuerySet[Contrat]) -> Q:
        """Vide pour qui voit tout, ou rien."""
        if not utilisateur.is_authenticated or utilisateur.est_administrateur:
            return Q()
        recues = self._lignes("partages").acceptes().filter(contrat__in=suivis)
        return Q(est_restreinte=False, pk__in=recues.order_by().values("action"))

    def partagees_avec(self, contrat: Contrat) -> Any:
        """Les fiches d’autres contrats que celui-ci a acceptées, avec la place qu’il leur donne."""
        recu = FilteredRelation(
            "partages", condition=Q(partages__contrat=contrat, partages__etat="ACCEPTE")
        )
        liees = self.annotate(recu=recu).filter(recu__isnull=False, est_restreinte=False)
        return liees.annotate(
            partage_id=F("recu__pk"),
            partage_axe=F("recu__axe_id"),
            partage_objectif=F("recu__objectif_id"),
        )

    def lignes_partagees(self, le: date) -> list[dict[str, Any]]:
        """Celles de `partagees_avec`, comme `pour_plan`, rangées dans le plan qui les reçoit."""
        requete: Any = self
        datees = requete.avec_statut_affiche(le).avec_avancement().dans_l_ordre()
        return [_rangee(ligne) for ligne in datees.values(*COLONNES_DU_PLAN, *DU_PARTAGE)]

    def vues_partagees(self, le: date, tri: str = "") -> list[dict[str, Any]]:
        """Celles de `partagees_avec`, comme `pour_vues`."""
        requete: Any = self
        lignes = requete.pour_vues(le, tri, (*DU_PARTAGE, *DE_LA_PLACE))
        return [_rangee(ligne) for ligne in lignes]

    def avec_suivi(self, utilisateur: Any) -> Any:
        """Annote `est_suivi` : la personne en lit aussi les textes internes."""
        suivi: Any = est_suivi(utilisateur)
        if utilisateur.is_authenticated and not utilisateur.est_administrateur:
            suivis = Contrat.objects.suivis_par(utilisateur)
            recues = self._lignes("partages").acceptes()
            suivi |= Exists(recues.filter(action=OuterRef("pk"), contrat__in=suivis))
        return self.annotate(est_suivi=suivi)

    def de_la_bibliotheque(self) -> Any:
        """Les fiches que leur contrat a offertes, tant qu’il en est d’accord."""
        return self.filter(
            offre__isnull=False, contrat__bibliotheque__est_ouvert=True, est_restreinte=False
        )

    def offertes_a(self, utilisateur: Any) -> Any:
        """Celles de la bibliothèque, pour qui modifie un plan au moins ; aucune pour les autres."""
        return self.de_la_bibliotheque().filter(Exists(plans_modifies_par(utilisateur)))

    def pour_bibliotheque(self) -> Any:
        return self.select_related("contrat__region").order_by("cle_tri", "pk")

    def avec_offre(self) -> Any:
        """Dans l’ordre du plan ; annote `est_offerte`."""
        requete: Any = self
        offertes = self._lignes("offre").filter(action=OuterRef("pk"))
        return requete.annotate(est_offerte=Exists(offertes)).dans_l_ordre()

    def _lignes(self, relation: str) -> Any:
        return self.model._meta.get_field(relation).related_model.objects
