"""P01–P10 : chacun égal à un compte à la main, et à ce que montre sa page."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from contrats.budget_plan import comptes_du_plan
from contrats.couverture import Niveau, couverture
from contrats.etats import StatutAction
from contrats.gouvernance import organisations_actives, reunions_tenues
from contrats.models import Action, Contrat, PassageStatut, Theme, UniteBudget
from contrats.pilotage.coordination import coordination
from contrats.pilotage.ensemble import ensemble
from indicateurs.calcul.pilotage.comptes import compter
from indicateurs.calcul.pilotage.vue import Point, Vue
from indicateurs.models import MesureDePilotage
from tests.factories import (
    ActionFactory,
    InstanceFactory,
    LigneBudgetFactory,
    PresenceFactory,
    ReunionFactory,
)

LE = date(2026, 3, 12)
M = MesureDePilotage


def points(contrat: Contrat, mesure: str) -> dict[int, Point]:
    return dict(compter(Vue([contrat], LE), [mesure]).get((contrat.pk, mesure), {}))


def nombres(point: Point) -> tuple[Any, Any]:
    return point.releve.numerateur, point.releve.denominateur


@pytest.fixture
def actions(contrat: Contrat) -> list[Any]:
    """Une par statut, et une de chaque côté de la corbeille."""
    faites = [
        ActionFactory(contrat=contrat, statut=s.value, statut_raison="Essai.") for s in StatutAction
    ]
    ActionFactory(contrat=contrat, statut="REALISEE", corbeille_le=datetime(2026, 1, 1, tzinfo=UTC))
    return faites


@pytest.mark.parametrize(
    ("mesure", "statuts"),
    [
        (
            M.ACTIONS_ENGAGEES,
            {"EN_COURS", "EN_RETARD", "EN_PAUSE", "BLOQUEE", "REALISEE", "REALISEE_PARTIELLEMENT"},
        ),
        (M.ACTIONS_REALISEES, {"REALISEE", "REALISEE_PARTIELLEMENT"}),
        (M.ACTIONS_ABANDONNEES, {"ABANDONNEE"}),
    ],
)
def test_la_part_des_actions_est_celle_des_fiches_d_aujourd_hui(
    contrat: Contrat, actions: list[Any], mesure: str, statuts: set[str]
) -> None:
    point = points(contrat, mesure)[2026]
    attendues = [a for a in actions if a.statut in statuts]
    assert nombres(point) == (len(attendues), len(actions))
    assert point.releve.qualite == "PROVISOIRE"


def test_une_annee_passee_se_lit_sur_les_statuts_notes_ce_jour_la(contrat: Contrat) -> None:
    a, b = ActionFactory(contrat=contrat), ActionFactory(contrat=contrat)
    jeter = ActionFactory(contrat=contrat, corbeille_le=datetime(2026, 1, 5, tzinfo=UTC))
    for action, le, vers in (
        (a, datetime(2024, 5, 1, tzinfo=UTC), "A_VENIR"),
        (a, datetime(2025, 6, 1, tzinfo=UTC), "EN_COURS"),
        (a, datetime(2025, 12, 31, 22, 59, tzinfo=UTC), "REALISEE"),
        (a, datetime(2025, 12, 31, 23, 1, tzinfo=UTC), "BLOQUEE"),
        (b, datetime(2025, 2, 1, tzinfo=UTC), "A_VENIR"),
        (jeter, datetime(2024, 2, 1, tzinfo=UTC), "REALISEE"),
    ):
        PassageStatut.objects.create(action=action, vers=vers, le=le)
    lus = points(contrat, M.ACTIONS_REALISEES)
    assert {an: nombres(p) for an, p in lus.items() if an < 2026} == {2024: (0, 1), 2025: (1, 2)}


def test_un_plan_vide_n_a_pas_de_part(contrat: Contrat) -> None:
    (point,) = points(contrat, M.ACTIONS_ENGAGEES).values()
    assert point.releve.valeur is None
    assert "pas encore d’action" in point.motif


def test_les_reunions_sont_celles_de_la_gouvernance(contrat: Contrat) -> None:
    instance = InstanceFactory(contrat=contrat)
    for jour in (date(2024, 3, 1), date(2026, 1, 5), date(2026, 2, 5)):
        ReunionFactory(instance=instance, tenue=True, date=jour)
    ReunionFactory(instance=instance, date=date(2026, 2, 6))
    ReunionFactory(instance=instance, annulee=True, date=date(2026, 2, 7))
    lus = points(contrat, M.REUNIONS_TENUES)
    assert {an: p.releve.valeur for an, p in lus.items()} == {2024: 1, 2025: 0, 2026: 2}
    assert all(p.releve.valeur == reunions_tenues(contrat, an) for an, p in lus.items())


def test_sans_reunion_notee_on_ne_dit_pas_zero(contrat: Contrat) -> None:
    assert points(contrat, M.REUNIONS_TENUES) == {}


def test_les_partenaires_sont_ceux_de_la_gouvernance(contrat: Contrat, action: Any) -> None:
    instance = InstanceFactory(contrat=contrat)
    PresenceFactory(reunion=ReunionFactory(instance=instance, tenue=True, date=date(2026, 1, 5)))
    lus = points(contrat, M.PARTENAIRES_MOBILISES)
    assert lus[2026].releve.valeur == len(organisations_actives(contrat, 2026)) >= 1


def test_le_budget_execute_est_celui_de_la_page_du_budget(contrat: Contrat, action: Any) -> None:
    for annee, prevu, realise in ((2025, 1000, 250), (2025, 500, 500), (2027, 9, 9)):
        LigneBudgetFactory(action=action, annee=annee, prevu=prevu, realise=realise)
    LigneBudgetFactory(action=action, annee=2025, prevu=70, realise=70, est_valorisation=True)
    LigneBudgetFactory(action=action, annee=2024, prevu=80, realise=None)
    lus = points(contrat, M.BUDGET_EXECUTE)
    assert nombres(lus[2025]) == (750, 1500)
    assert lus[2025].releve.valeur == 50
    page = {r.entete.nom: r.montants for r in comptes_du_plan(contrat).par_annee().rangs}
    assert (page["2025"][1], page["2025"][0]) == nombres(lus[2025])
    assert lus[2024].releve.valeur is None
    assert set(lus) == {2024, 2025}


def test_une_depense_sans_realise_rend_l_execution_provisoire(
    contrat: Contrat, action: Any
) -> None:
    LigneBudgetFactory(action=action, annee=2024, prevu=100, realise=40)
    LigneBudgetFactory(action=action, annee=2024, prevu=100, realise=None)
    point = points(contrat, M.BUDGET_EXECUTE)[2024]
    assert (nombres(point), point.releve.qualite) == ((40, 200), "PROVISOIRE")


def test_les_habitants_comptent_a_partir_de_la_concertation(contrat: Contrat) -> None:
    for niveau in ("", "INFORMATION", "CONSULTATION", "CONCERTATION", "CO_CONSTRUCTION"):
        ActionFactory(contrat=contrat, participation=niveau)
    lus = points(contrat, M.ACTIONS_AVEC_HABITANTS)
    assert {an: nombres(p) for an, p in lus.items()} == {2026: (2, 5)}


def test_les_habitants_d_une_annee_passee_se_lisent_sur_les_fiches_d_alors(
    contrat: Contrat,
) -> None:
    """La dernière copie de chaque fiche avant le 1er janvier, heure de Paris."""
    a, b = ActionFactory(contrat=contrat), ActionFactory(contrat=contrat)
    jetee = ActionFactory(contrat=contrat, corbeille_le=datetime(2026, 1, 5, tzinfo=UTC))
    copies: Any = Action.pgh_event_model  # type: ignore[attr-defined]  # posé par pghistory
    modeles = {ev.pgh_obj_id: ev for ev in copies.objects.filter(pgh_obj__in=[a, b, jetee])}
    copies.objects.all().delete()
    for action, le, niveau in (
        (a, datetime(2024, 5, 1, tzinfo=UTC), "CONCERTATION"),
        (a, datetime(2024, 6, 1, tzinfo=UTC), "INFORMATION"),
        (a, datetime(2025, 12, 31, 22, 59, tzinfo=UTC), "CO_CONSTRUCTION"),
        (a, datetime(2025, 12, 31, 23, 1, tzinfo=UTC), ""),
        (b, datetime(2025, 2, 1, tzinfo=UTC), "CONSULTATION"),
        (jetee, datetime(2024, 2, 1, tzinfo=UTC), "CONCERTATION"),
    ):
        copie = modeles[action.pk]
        copie.pk, copie.participation = None, niveau
        copie._state.adding = True
        copie.save(force_insert=True)
        copies.objects.filter(pk=copie.pk).update(modifie_le=le)
    lus = points(contrat, M.ACTIONS_AVEC_HABITANTS)
    passees = {an: nombres(p) for an, p in lus.items() if an < 2026}
    assert passees == {2024: (0, 1), 2025: (1, 2)}
    assert lus[2025].releve.qualite == "DEFINITIVE"


def test_le_temps_de_coordination_est_celui_du_pilotage(
    contrat: Contrat, action: Any, agent_ars: Any
) -> None:
    action.themes.set([Theme.objects.get(pk="gouvernance")])
    autre = ActionFactory(contrat=contrat)
    for fiche, prevu, realise in ((action, "0.8", "0.5"), (action, "0.2", None), (autre, 3, 3)):
        LigneBudgetFactory(
            action=fiche, annee=2026, unite=UniteBudget.ETP, prevu=prevu, realise=realise
        )
    lu = points(contrat, M.ETP_COORDINATION)[2026].releve.valeur
    assert lu == Decimal("0.7")
    de = ensemble(agent_ars, contrat.region_id, LE)
    (sien,) = [c for c in coordination(de).contrats if c.contrat == str(contrat.pk)]
    assert sien.etp == lu


def test_la_couverture_est_celle_de_la_region(contrat: Contrat) -> None:
    (region,) = [
        li for li in couverture(le=LE, niveau=Niveau.REGION) if li.code == contrat.region_id
    ]
    population = points(contrat, M.POPULATION_COUVERTE)[2026]
    communes = points(contrat, M.COMMUNES_COUVERTES)[2026]
    assert nombres(population) == (region.population_couverte, region.population)
    assert communes.releve.valeur == region.communes_couvertes
    (fin_2025,) = [
        li
        for li in couverture(le=date(2025, 12, 31), niveau=Niveau.REGION)
        if li.code == contrat.region_id
    ]
    assert nombres(points(contrat, M.POPULATION_COUVERTE)[2025]) == (
        fin_2025.population_couverte,
        fin_2025.population,
    )
    assert "Signés ou en projet" in population.phrase


def test_chaque_mesure_a_son_compte(contrat: Contrat) -> None:
    """Aucune n’est oubliée quand le catalogue en gagne une."""
    ActionFactory(contrat=contrat)
    lus = {mesure for _, mesure in compter(Vue([contrat], LE), M.values)}
    assert lus <= set(M.values)
    assert {M.ACTIONS_ENGAGEES, M.POPULATION_COUVERTE, M.PARTENAIRES_MOBILISES} <= lus
