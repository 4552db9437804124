"""Les chiffres de la gouvernance : réunions tenues, organisations actives, comptées autrement."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from contrats.etats import StatutAction
from contrats.gouvernance import organisations_actives, reunions_tenues
from contrats.models import (
    DecisionReunion,
    EtatPresence,
    EtatReunion,
    PassageStatut,
    Reunion,
    StatutDecision,
)
from tests.appuis.proprietes import sans_chrono
from tests.factories import (
    ActeurFactory,
    ActionActeurFactory,
    ActionFactory,
    ContratFactory,
    DecisionFactory,
    InstanceFactory,
    PresenceFactory,
    ReunionFactory,
)

LE = date(2026, 3, 12)
COMMENCES = {"EN_COURS", "EN_RETARD", "EN_PAUSE", "BLOQUEE"}
ACHEVES = {"REALISEE", "REALISEE_PARTIELLEMENT"}
ANNEES = st.integers(2023, 2028)
DATES = st.none() | st.builds(date, ANNEES, st.integers(1, 12), st.integers(1, 28))


def ouverte(statut, debut, fin, annee):
    """La règle relue sans SQL ; le contrat va du 1/1/2024 au 31/12/2028."""
    debut, fin = debut or date(2024, 1, 1), fin or date(2028, 12, 31)
    if debut.year > annee:
        return False
    return statut in COMMENCES or (statut in ACHEVES and fin.year >= annee)


class TestComptes(TestCase):
    @settings(sans_chrono, max_examples=20)
    @given(
        st.lists(
            st.tuples(st.sampled_from(list(StatutAction)), DATES, DATES, st.integers(0, 4),
                      st.integers(0, 4)),
            max_size=5,
        ),
        st.lists(
            st.tuples(st.sampled_from(list(EtatReunion)), ANNEES, st.integers(0, 4),
                      st.sampled_from(list(EtatPresence))),
            max_size=5,
        ),
        ANNEES,
    )  # fmt: skip
    def test_les_deux_comptes_sont_ceux_d_un_calcul_sans_base(self, actions, reunions, annee):
        contrat = ContratFactory(signe=True)
        acteurs = ActeurFactory.create_batch(5)
        instance = InstanceFactory(contrat=contrat)
        attendues = set()
        for statut, un_jour, un_autre, pilote, associee in actions:
            debut, fin = (
                sorted((un_jour, un_autre)) if un_jour and un_autre else (un_jour, un_autre)
            )
            action = ActionFactory(
                contrat=contrat,
                statut=statut,
                date_debut=debut,
                date_fin=fin,
                pilote=acteurs[pilote],
            )
            ActionActeurFactory(action=action, acteur=acteurs[associee])
            if ouverte(statut, debut, fin, annee):
                attendues |= {acteurs[pilote].pk, acteurs[associee].pk}
        tenues = 0
        for rang, (etat, annee_de, present, presence) in enumerate(reunions, start=1):
            le = date(annee_de, 1, rang)
            reunion = ReunionFactory(instance=instance, etat=etat, date=le)
            PresenceFactory(reunion=reunion, acteur=acteurs[present], etat=presence)
            if etat == "TENUE" and annee_de == annee:
                tenues += 1
                attendues |= {acteurs[present].pk} if presence == "PRESENT" else set()
        assert organisations_actives(contrat, annee) == attendues
        assert reunions_tenues(contrat, annee) == tenues


def test_une_action_a_la_corbeille_ne_rend_pas_active(contrat):
    ActionFactory(
        contrat=contrat, pilote=ActeurFactory(), statut="EN_COURS", corbeille_le="2026-01-01T00:00Z"
    )
    assert organisations_actives(contrat, 2026) == set()


def test_un_autre_contrat_ne_compte_pas(contrat, autre_contrat):
    PresenceFactory(reunion=ReunionFactory(instance__contrat=autre_contrat, tenue=True))
    assert (organisations_actives(contrat, 2026), reunions_tenues(contrat, 2026)) == (set(), 0)


def test_les_organisations_actives_se_lisent_en_une_requete(contrat, nombre_requetes):
    PresenceFactory(reunion=ReunionFactory(instance__contrat=contrat, tenue=True))
    assert nombre_requetes(lambda: organisations_actives(contrat, 2026)) == 1


def test_les_decisions_en_retard_viennent_d_abord_puis_les_autres_qui_attendent(contrat):
    reunion = ReunionFactory(instance__contrat=contrat, tenue=True)
    dates = {
        "plus tard": (date(2026, 6, 1), "A_FAIRE"),
        "en retard": (date(2026, 1, 31), "EN_COURS"),
        "sans date": (None, "A_FAIRE"),
        "faite": (date(2026, 1, 30), "FAIT"),
        "annulée": (None, "ANNULE"),
    }
    for texte, (echeance, statut) in dates.items():
        DecisionFactory(reunion=reunion, texte=texte, echeance=echeance, statut=statut)
    siennes = DecisionReunion.objects.du_contrat(contrat)
    ordre = [d.texte for d in siennes.pour_suivi()]
    assert ordre == ["en retard", "plus tard", "sans date", "faite", "annulée"]
    assert [d.texte for d in siennes.en_retard(LE)] == ["en retard"]
    annotees = siennes.avec_retard(LE)
    assert {d.texte: d.est_en_retard for d in annotees} == {t: t == "en retard" for t in dates}
    assert {d.statut for d in siennes.en_attente()} == {
        StatutDecision.A_FAIRE,
        StatutDecision.EN_COURS,
    }


def test_une_decision_se_trouve_sans_accent(contrat):
    reunion = ReunionFactory(instance__contrat=contrat, tenue=True)
    DecisionFactory(reunion=reunion, texte="Écrire à l’hôpital")
    DecisionFactory(reunion=reunion, texte="Réunir les élus")
    trouvees = DecisionReunion.objects.du_contrat(contrat).rechercher("hopital ecrire")
    assert [d.texte for d in trouvees] == ["Écrire à l’hôpital"]


def test_une_reunion_du_jour_est_encore_a_venir(contrat):
    instance = InstanceFactory(contrat=contrat)
    jour = ReunionFactory(instance=instance, date=LE)
    veille = ReunionFactory(instance=instance, date=date(2026, 3, 11))
    siennes = Reunion.objects.du_contrat(contrat)
    assert list(siennes.a_venir(LE)) == [jour]
    assert list(siennes.sans_suite(LE)) == [veille]


@pytest.mark.parametrize(
    ("passages", "ouvertes"),
    [
        ([], {2024, 2025, 2026}),
        ([("2025-03-01", "A_VENIR", "EN_COURS")], {2025, 2026}),
        ([("2025-03-01", "EN_COURS", "ABANDONNEE"), ("2026-02-01", "", "EN_COURS")], {2024, 2026}),
        ([("2025-12-31", "A_VENIR", "EN_COURS")], {2025, 2026}),
        # Écrite plus tard que l’année regardée : son premier statut en tient lieu
        ([("2026-01-01", "", "EN_COURS")], {2024, 2025, 2026}),
    ],
)
def test_une_action_est_ouverte_selon_son_statut_d_alors(contrat, passages, ouvertes):
    action = ActionFactory(
        contrat=contrat, pilote=ActeurFactory(), statut="EN_COURS", date_debut=date(2024, 1, 1)
    )
    for jour, de, vers in passages:
        le = datetime.fromisoformat(jour).replace(hour=12, tzinfo=UTC)
        PassageStatut.objects.create(action=action, de=de, vers=vers, le=le)
    lues = {an for an in (2024, 2025, 2026) if organisations_actives(contrat, an)}
    assert lues == ouvertes
