"""Les questions que posent les vues du plan sur les fiches ; mêlées à ActionQuerySet."""

from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from cls_platform.socle.requetes import Parametre, RequeteFigee, figer
from cls_platform.socle.tableaux import CLE_PARMI
from contrats.etats import StatutAction
from contrats.models.fiche_complete import Priorite
from contrats.models.selections_plan import DES_ACTIONS

COLONNES_DES_VUES = (
    "id",
    "axe_id",
    "objectif_id",
    "numero",
    "titre",
    "statut_affiche",
    "statut",
    "date_debut",
    "date_fin",
    "pilote_id",
    "pilote_personne_id",
    "pilote__nom",
    "pilote_nom",
    "pilote_personne__prenom",
    "pilote_personne__nom",
    "avancement",
    "priorite",
    "origine",
    "niveau_prevention",
    "modifie_le",
    "axe__numero",
    "axe__titre",
    "objectif__numero",
    "objectif__titre",
)
# L’ordre de l’arbre : axes, objectifs, fiches ; sans axe, à la fin
DANS_L_ARBRE = (
    F("axe__ordre").asc(nulls_last=True),
    F("objectif__ordre").asc(nulls_first=True),
    "ordre",
    "numero",
    "pk",
)


def _rang(colonne: str, codes: Any) -> Case:
    """Le rang d’un code dans sa liste ; vide, à la fin."""
    rangs = [When(**{colonne: code.value}, then=Value(rang)) for rang, code in enumerate(codes)]
    return Case(*rangs, default=Value(len(rangs)), output_field=IntegerField())


TRIS: dict[str, Any] = {
    "titre": F("cle_tri"),
    "axe": F("axe__ordre"),
    "objectif": F("objectif__ordre"),
    "statut": _rang("statut_affiche", StatutAction),
    "pilote": F("pilote__cle_tri"),
    "debut": F("date_debut"),
    "echeance": F("date_fin"),
    "avancement": F("avancement"),
    "priorite": _rang("priorite", Priorite),
    "modifiee": F("modifie_le"),
}


class SelectionDeLaFiche(QuerySet[Any]):
    def de_sous_theme(self, code: str) -> Any:
        return self._portant("sous_themes", soustheme=code)

    def de_commune(self, code: str) -> Any:
        return self._portant("communes", commune=code)

    def d_objectif_regional(self, code: str) -> Any:
        return self._portant("objectifs_regionaux", objectifregional=code)

    def _portant(self, relation: str, **lien: Any) -> Any:
        liens = getattr(self.model, relation).through.objects
        return self.filter(Exists(liens.filter(action=OuterRef("pk"), **lien)))

    def avec_partenaire(self, acteur: UUID) -> Any:
        """Les actions auxquelles cette organisation est associée, quel que soit son rôle."""
        liens = self.model.liens_acteurs.rel.related_model.objects
        return self.filter(Exists(liens.filter(action=OuterRef("pk"), acteur=acteur)))

    def modifiees_depuis(self, jour: date) -> Any:
        debut = timezone.make_aware(datetime.combine(jour, time.min))
        return self.filter(modifie_le__gte=debut)

    def sans_theme(self) -> Any:
        return self.filter(themes=None)

    def avec_theme(self) -> Any:
        return self.exclude(themes=None)

    def a_un_indicateur(self) -> Q:
        """La relation est posée sur l’action par l’application des indicateurs."""
        liens = self.model._meta.get_field("indicateurs").through.objects
        return Q(Exists(liens.filter(action=OuterRef("pk"))))

    def sans_indicateur(self) -> Any:
        return self.filter(indicateurs=None)

    def avec_indicateur(self) -> Any:
        return self.exclude(indicateurs=None)

    def pour_vues(
        self, le: date, tri: str = "", en_plus: tuple[str, ...] = ()
    ) -> QuerySet[Any, dict[str, Any]]:
        """Les lignes des vues, à plat : dans l’ordre du plan, ou triées (« -echeance » à l’envers).

        Ce qui manque vient toujours à la fin.
        """
        requete: Any = self
        lignes = (
            requete.avec_statut_affiche(le).avec_avancement().values(*COLONNES_DES_VUES, *en_plus)
        )
        return lignes.order_by(*_ordre(tri))

    def vues_du_plan(
        self, contrat: Any, le: date, tri: str = "", *, parmi: list[UUID] | None = None
    ) -> list[dict[str, Any]]:
        """Les lignes de `pour_vues` : les fiches du contrat, ou `parmi` elles ; requête figée."""
        fiches: Any = self.model
        connu = tri if tri.removeprefix("-") in TRIS else ""
        valeurs = {"contrat": contrat.pk, "le": le} | ({} if parmi is None else {"parmi": parmi})
        lignes = _vues(fiches, connu, est_bornee=parmi is not None).lire(**valeurs)
        return [dict(zip(COLONNES_DES_VUES, ligne, strict=True)) for ligne in lignes]

    def dans_l_arbre(self) -> Any:
        return self.order_by(*DANS_L_ARBRE)

    def roles_lies(self) -> Any:
        """(action, rôle, organisation, nom) ; une requête."""
        liens = self.model.liens_acteurs.rel.related_model.objects
        return (
            liens.filter(action__in=self.order_by().values("pk"))
            .order_by("acteur__cle_tri", "acteur_id", "role")
            .values_list("action_id", "role", "acteur_id", "acteur__nom")
        )

    def noms_lies(self, relation: str) -> Any:
        """(action, code, libellé) des thèmes, publics… de ces actions ; une requête."""
        liens = getattr(self.model, relation).through.objects
        siens = liens.filter(action__in=self.order_by().values("pk"))
        return _nommes(siens, self.model._meta.get_field(relation).m2m_reverse_field_name())

    def noms_portes(self, actions: list[UUID], relation: str) -> list[tuple[Any, ...]]:
        """Comme `noms_lies` ou `partenaires_lies`, pour ces fiches-là ; une requête figée."""
        fiches: Any = self.model
        lignes = _noms(fiches, relation).lire(actions=actions)
        # Une requête sans doublon porte aussi ce qui l’ordonne
        return [ligne[:3] for ligne in lignes]

    def pilotes_lies(self) -> Any:
        """(code, nom) des organisations qui pilotent ces actions, par ordre alphabétique."""
        pilotees = self.order_by().exclude(pilote=None)
        return (
            pilotees.order_by("pilote__cle_tri").values_list("pilote_id", "pilote__nom").distinct()
        )

    def partenaires_lies(self) -> Any:
        """(action, organisation, nom), chaque organisation une fois ; une requête."""
        liens = self.model.liens_acteurs.rel.related_model.objects
        return _partenaires(liens.filter(action__in=self.order_by().values("pk")))

    def communes_liees(self) -> Any:
        """(action, code Insee, nom) des communes concernées ; une requête."""
        liens = self.model.communes.through.objects
        return (
            liens.filter(action__in=self.order_by().values("pk"))
            .order_by("commune__cle_tri", "commune_id")
            .values_list("action_id", "commune_id", "commune__nom")
        )

    def jalons_lies(self) -> Any:
        """(action, échéance, terminée le) des étapes qui ne sont pas abandonnées ; une requête."""
        jalons = self.model.jalons.rel.related_model.objects
        return (
            jalons.filter(action__in=self.order_by().values("pk"), est_abandonne=False)
            .order_by("action_id", "ordre", "pk")
            .values_list("action_id", "echeance", "fait_le")
        )

    def croisement(self, *axes: str) -> dict[tuple[Any, ...], int]:
        """Combien de fiches à chaque croisement de deux listes ; une requête."""
        lignes = self.order_by().values_list(*axes).annotate(n=Count("pk", distinct=True))
        return {tuple(ligne[:-1]): ligne[-1] for ligne in lignes}


def _nommes(liens: Any, cible: str) -> Any:
    ranges = liens.order_by(f"{cible}__ordre", f"{cible}__libelle")
    return ranges.values_list("action_id", f"{cible}_id", f"{cible}__libelle")


def _partenaires(liens: Any) -> Any:
    ranges = liens.order_by("acteur__cle_tri", "acteur_id")
    return ranges.values_list("action_id", "acteur_id", "acteur__nom").distinct()


@cache
def _noms(actions: Any, relation: str) -> RequeteFigee:
    if relation == "partenaires":
        liens = actions.liens_acteurs.rel.related_model.objects
        return figer(_partenaires(liens.filter(**{DES_ACTIONS: Parametre("actions")})))
    liens = getattr(actions, relation).through.objects
    cible = actions._meta.get_field(relation).m2m_reverse_field_name()
    return figer(_nommes(liens.filter(**{DES_ACTIONS: Parametre("actions")}), cible))


@cache
def _vues(actions: Any, tri: str, *, est_bornee: bool) -> RequeteFigee:
    fiches = actions.objects.filter(contrat=Parametre("contrat"))
    if est_bornee:
        fiches = fiches.filter(**{CLE_PARMI: Parametre("parmi")})
    lignes = fiches.pour_vues(Parametre("le"), tri)
    return figer(lignes.values_list(*COLONNES_DES_VUES))


def _ordre(tri: str) -> tuple[Any, ...]:
    cle = TRIS.get(tri.removeprefix("-"))
    if cle is None:
        return DANS_L_ARBRE
    sens = cle.desc(nulls_last=True) if tri.startswith("-") else cle.asc(nulls_last=True)
    return (sens, *DANS_L_ARBRE)
