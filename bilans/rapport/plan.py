"""Les volets : actions publiques, leurs partenaires, leurs indicateurs. Sept requêtes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bilans import palette
from bilans.etats_publics import EtatPublic, etat_public
from bilans.instantane import Action, Indicateur, Volet
from bilans.mots import NUMEROS_UTILES
from bilans.rapport.parties import Organisation
from contrats.etats import STATUT_PUBLIC
from contrats.models import Action as ActionDuPlan
from contrats.models import ActionActeur, Axe, Contrat, RoleActeur
from indicateurs import phrases
from indicateurs.calcul.lecture import series_publiees
from indicateurs.models import Indicateur as IndicateurDuContrat
from indicateurs.series import Serie

ACTIONS_EN_AVANT = 3
PARTENAIRES_CITES = frozenset(
    {RoleActeur.COPILOTE, RoleActeur.PARTENAIRE, RoleActeur.FINANCEUR, RoleActeur.INTERVENANT}
)
SANS_AXE = ""


@dataclass
class PlanLu:
    """Ce que les requêtes ont rendu, par identifiant."""

    axes: list[dict[str, Any]]
    actions: list[dict[str, Any]]
    partenaires: dict[Any, list[Organisation]]
    themes: dict[Any, list[str]]
    indicateurs: dict[Any, Indicateur]
    axe_des_indicateurs: dict[Any, Any]
    indicateurs_des_actions: dict[Any, list[Any]] = field(default_factory=dict)

    @property
    def organisations(self) -> list[Organisation]:
        return [o for liste in self.partenaires.values() for o in liste]

    @property
    def contextes(self) -> set[str]:
        return {theme for liste in self.themes.values() for theme in liste}


def lire_plan(contrat: Contrat, annee: int, le: date) -> PlanLu:
    axes = list(
        Axe.objects.filter(contrat=contrat)
        .order_by("ordre", "numero", "pk")
        .values("id", "numero", "titre", "titre_public", "promesse")
    )
    actions = list(
        ActionDuPlan.objects.filter(contrat=contrat, est_publique=True)
        .avec_statut_affiche(le)
        .order_by("ordre", "numero", "pk")
        .values(
            "id", "axe_id", "numero", "titre", "resume_public", "statut_affiche",
            "pilote_id", "pilote__nom", "pilote__nom_court", "pilote__type__famille",
            "pilote__cle_tri",
        )
    )  # fmt: skip
    series = _series(contrat, annee, le)
    return PlanLu(
        axes=axes,
        actions=actions,
        partenaires=_partenaires(contrat, actions),
        themes=themes_des_actions(contrat),
        indicateurs={i: _indicateur(i, serie, annee) for i, (_, serie) in series.items()},
        axe_des_indicateurs={i: axe for i, (axe, _) in series.items()},
        indicateurs_des_actions=_liens_indicateurs(contrat),
    )


def _partenaires(
    contrat: Contrat, actions: Iterable[dict[str, Any]]
) -> dict[Any, list[Organisation]]:
    """Le pilote d’abord, puis les autres dans l’ordre alphabétique, sans doublon."""
    trouves: dict[Any, dict[str, Organisation]] = defaultdict(dict)
    for a in actions:
        if a["pilote_id"]:
            pilote = Organisation(
                str(a["pilote_id"]), a["pilote__nom"], a["pilote__nom_court"],
                a["pilote__type__famille"], a["pilote__cle_tri"],
            )  # fmt: skip
            trouves[a["id"]][pilote.id] = pilote
    liens = (
        ActionActeur.objects.filter(
            action__contrat=contrat,
            action__est_publique=True,
            action__est_restreinte=False,
            action__corbeille_le=None,
            role__in=PARTENAIRES_CITES,
        )
        .order_by("acteur__cle_tri", "acteur_id")
        .values_list(
            "action_id", "acteur_id", "acteur__nom", "acteur__nom_court", "acteur__type__famille",
            "acteur__cle_tri",
        )
    )  # fmt: skip
    for action, ident, *suite in liens:
        trouves[action].setdefault(str(ident), Organisation(str(ident), *suite))
    return {action: list(liste.values()) for action, liste in trouves.items()}


def themes_des_actions(contrat: Contrat) -> dict[Any, list[str]]:
    liens = ActionDuPlan.themes.through.objects.filter(action__contrat=contrat)
    themes: dict[Any, list[str]] = defaultdict(list)
    for action, theme in liens.order_by("theme__ordre", "theme_id").values_list(
        "action_id", "theme_id"
    ):
        themes[action].append(theme)
    return themes


def _liens_indicateurs(contrat: Contrat) -> dict[Any, list[Any]]:
    liens = IndicateurDuContrat.actions.through.objects.filter(
        indicateur__contrat=contrat, indicateur__est_public=True
    )
    par_action: dict[Any, list[Any]] = defaultdict(list)
    for action, indicateur in liens.order_by("indicateur__ordre", "indicateur_id").values_list(
        "action_id", "indicateur_id"
    ):
        par_action[action].append(indicateur)
    return par_action


def _series(contrat: Contrat, annee: int, le: date) -> dict[Any, tuple[Any, Serie]]:
    """Indicateurs publics, saisis ou calculés, jusqu’à l’année du bilan, secret appliqué."""
    publics = list(IndicateurDuContrat.objects.filter(contrat=contrat).publics().dans_l_ordre())
    series = series_publiees(contrat, publics, jusqu_a=annee, le=le)
    return {i.pk: (i.axe_id, series[i.pk]) for i in publics}


def _indicateur(cle: Any, serie: Serie, annee: int) -> Indicateur:
    return Indicateur(
        cle=str(cle), serie=serie,
        titre=phrases.constat(serie, annee), phrase=phrases.comparaison(serie, annee),
    )  # fmt: skip


def volets(plan: PlanLu, annee: int) -> tuple[Volet, ...]:
    """Un volet par axe qui a quelque chose à montrer, puis ce qui n’a pas d’axe."""
    actions: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for action in plan.actions:
        actions[action["axe_id"]].append(action)
    axe_de_l_action = {a["id"]: a["axe_id"] for a in plan.actions}
    indicateurs: dict[Any, list[Indicateur]] = defaultdict(list)
    for ident, indicateur in plan.indicateurs.items():
        axe = plan.axe_des_indicateurs[ident] or _axe_des_liens(plan, ident, axe_de_l_action)
        indicateurs[axe].append(indicateur)
    entetes = [*plan.axes, _sans_axe(plan, bool(actions[None]))]
    utiles = [e for e in entetes if actions[e["id"]] or indicateurs[e["id"]]]
    themes = [_themes_dominants(plan, actions[e["id"]]) for e in utiles]
    couleurs = palette.couleurs_des_volets(themes)
    return tuple(
        Volet(
            numero=e["numero"], titre=e["titre_public"] or e["titre"], promesse=e["promesse"],
            couleur=couleur, citation=None, utile=numero_utile(siens),
            actions=_actions(plan, actions[e["id"]], annee),
            indicateurs=tuple(indicateurs[e["id"]]), cle=str(e["id"] or ""),
        )
        for e, siens, couleur in zip(utiles, themes, couleurs, strict=True)
    )  # fmt: skip


def _sans_axe(plan: PlanLu, a_des_actions: bool) -> dict[str, Any]:  # noqa: FBT001  (un seul drapeau, nommé à l’appel)
    titre = nom_sans_axe(plan) if a_des_actions else "Notre territoire en chiffres"
    return {"id": None, "numero": SANS_AXE, "titre": titre, "titre_public": "", "promesse": ""}


def nom_sans_axe(plan: PlanLu) -> str:
    return "Pour tout le territoire" if plan.axes else "Les actions du contrat"


def _axe_des_liens(plan: PlanLu, indicateur: Any, axe_de_l_action: dict[Any, Any]) -> Any:
    """Sans axe propre, un indicateur suit la première action publique qu’il mesure."""
    return next(
        (
            axe
            for action, axe in axe_de_l_action.items()
            if indicateur in plan.indicateurs_des_actions.get(action, ())
        ),
        None,
    )


def _themes_dominants(plan: PlanLu, actions: list[dict[str, Any]]) -> list[str]:
    return dominants(plan.themes, (a["id"] for a in actions))


def dominants(themes: Mapping[Any, list[str]], actions: Iterable[Any]) -> list[str]:
    """Les thèmes de ces actions, le plus fréquent d’abord."""
    comptes = Counter(theme for action in actions for theme in themes.get(action, ()))
    return [theme for theme, _ in comptes.most_common()]


def numero_utile(dominants: list[str]) -> str:
    return NUMEROS_UTILES.get(dominants[0], "") if dominants else ""


def _actions(plan: PlanLu, lignes: list[dict[str, Any]], annee: int) -> tuple[Action, ...]:
    return designees(_action(plan, ligne, annee) for ligne in lignes)


def designees(actions_lues: Iterable[Action]) -> tuple[Action, ...]:
    """Les trois actions que les données mettent en avant, quand l’équipe n’a rien choisi."""
    actions = tuple(actions_lues)
    racontables = sorted(
        (rang for rang, action in enumerate(actions) if action.resume),
        key=lambda rang: (_interet(actions[rang]), rang),
    )
    choisies = set(racontables[:ACTIONS_EN_AVANT])
    return tuple(replace(a, en_avant=rang in choisies, rang=0) for rang, a in enumerate(actions))


def _interet(action: Action) -> int:
    """Ce qui a été fait et compté passe devant ; ce qui ne se fera pas vient en dernier."""
    ordre = (EtatPublic.TERMINEE, EtatPublic.EN_COURS, EtatPublic.EN_RETARD)
    rang = ordre.index(action.etat) if action.etat in ordre else len(ordre)
    return rang * 2 + (0 if action.fait else 1)


def _action(plan: PlanLu, ligne: dict[str, Any], annee: int) -> Action:
    statut = ligne["statut_affiche"]
    return Action(
        cle=str(ligne["id"]), numero=ligne["numero"], titre=ligne["titre"],
        statut=statut, etat=etat_public(statut),
        libelle_statut=STATUT_PUBLIC[statut], resume=ligne["resume_public"].strip(),
        fait=_fait(plan, ligne["id"], annee), en_avant=False,
        partenaires=tuple(o.nom for o in plan.partenaires.get(ligne["id"], ())),
    )  # fmt: skip


def _fait(plan: PlanLu, action: Any, annee: int) -> str:
    """Le premier compte de l’année parmi les indicateurs liés : « 112 personnes formées… »."""
    lies = (plan.indicateurs[i] for i in plan.indicateurs_des_actions.get(action, ()))
    return next(
        (i.titre for i in lies if phrases.est_un_compte(i.serie, annee)),
        "",
    )
