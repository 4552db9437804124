"""Les fiches d’un dossier, lues avec tout ce qu’il montre : un nombre fixe de requêtes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from acteurs.models import Commune
from bilans.dossier.sections import Reglages, SectionFiche
from contrats.argent import Ecart, ecarts
from contrats.models import (
    Action,
    ActionActeur,
    AxeOttawa,
    ChampLibre,
    Contrat,
    Determinant,
    Dispositif,
    DocumentAction,
    Financement,
    Jalon,
    LigneBudget,
    NoteSuivi,
    ObjectifRegional,
    PassageStatut,
    Population,
    SousTheme,
    Theme,
    TypeAction,
    ValeurLibre,
)
from contrats.models.selections_fiche import DANS_L_ARBRE
from contrats.tableur.etat import Branches, branches_de
from indicateurs.calcul.lecture import series_du_contrat
from indicateurs.models import Indicateur
from indicateurs.series import Serie

LIEES = ("axe", "pilote", "pilote_personne", "action_precedente")


@dataclass(frozen=True, slots=True)
class FichesLues:
    """Les fiches dans l’ordre de l’arbre, et ce qui se lit une fois pour toutes."""

    actions: list[Any]
    branches: Branches
    champs_libres: list[ChampLibre]
    ecarts: Mapping[UUID, list[Ecart]]
    le: date
    series: Mapping[UUID, Serie] = field(default_factory=dict)


def _liens() -> dict[SectionFiche, tuple[Prefetch, ...]]:
    """Ce que chaque section demande en plus de la fiche ; une requête par lien."""
    partenaires = ActionActeur.objects.select_related("acteur").order_by("acteur__cle_tri", "pk")
    acteurs = Prefetch("liens_acteurs", partenaires)
    indicateurs = Indicateur.objects.dans_l_ordre()
    return {
        SectionFiche.PILOTAGE: (acteurs,),
        SectionFiche.PARTENAIRES: (acteurs,),
        SectionFiche.ETAPES: (
            Prefetch("jalons", Jalon.objects.dans_l_ordre().select_related("pilote")),
        ),
        SectionFiche.PUBLICS: (
            Prefetch("populations", Population.objects.tries()),
            Prefetch("communes", Commune.objects.order_by("cle_tri", "pk")),
        ),
        SectionFiche.BUDGET: (
            Prefetch("lignes_budget", LigneBudget.objects.pour_fiche()),
            Prefetch("financements", Financement.objects.pour_fiche()),
        ),
        SectionFiche.INDICATEURS: (Prefetch("indicateurs", indicateurs),),
        SectionFiche.RATTACHEMENTS: (
            Prefetch("sous_themes", SousTheme.objects.tries()),
            Prefetch("types_action", TypeAction.objects.tries()),
            Prefetch("determinants", Determinant.objects.tries()),
            Prefetch("ottawa", AxeOttawa.objects.tries()),
            Prefetch("objectifs_regionaux", ObjectifRegional.objects.tries()),
            Prefetch("dispositifs", Dispositif.objects.tries()),
        ),
        SectionFiche.LIBRES: (Prefetch("valeurs_libres", ValeurLibre.objects.actives()),),
        SectionFiche.JOURNAL: (
            Prefetch("notes", NoteSuivi.objects.recentes()),
            Prefetch("passages", PassageStatut.objects.derniers()),
        ),
        SectionFiche.DOCUMENTS: (Prefetch("documents", DocumentAction.objects.pour_liste()),),
    }


def lire(contrat: Contrat, actions: Any, reglages: Reglages, le: date) -> FichesLues:
    """`actions` : les fiches à montrer, déjà restreintes à ce que la personne peut lire."""
    liens = {
        lien.prefetch_through: lien
        for section, siens in _liens().items()
        if reglages.montre(section)
        for lien in siens
    }
    liens["themes"] = Prefetch("themes", Theme.objects.tries())
    datees = actions.avec_statut_affiche(le).avec_avancement().select_related(*LIEES)
    lues = list(datees.order_by(*DANS_L_ARBRE).prefetch_related(*liens.values()))
    return FichesLues(
        actions=lues,
        branches=branches_de(contrat),
        champs_libres=list(contrat.champs_libres.actifs()),
        ecarts=_ecarts(actions) if reglages.montre(SectionFiche.BUDGET) else {},
        le=le,
        series=_series(contrat, lues, le) if reglages.montre(SectionFiche.INDICATEURS) else {},
    )


def _series(contrat: Contrat, actions: list[Any], le: date) -> dict[UUID, Serie]:
    """Celles des indicateurs des fiches montrées, saisis ou calculés."""
    mesures = {i.pk: i for action in actions for i in action.indicateurs.all()}
    return series_du_contrat(contrat, mesures.values(), le=le)


def _ecarts(actions: QuerySet[Action]) -> dict[UUID, list[Ecart]]:
    """Par fiche, les années où le budget et les financements diffèrent ; deux requêtes."""
    choisies = actions.order_by().values("pk")
    trouves: dict[UUID, list[Ecart]] = {}
    for ecart in ecarts(
        LigneBudget.objects.filter(action__in=choisies).couts(),
        Financement.objects.filter(action__in=choisies).ressources(),
    ):
        trouves.setdefault(ecart.action, []).append(ecart)
    return trouves
