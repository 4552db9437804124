"""La matière : chaque phrase se retrouve dans ce que le contrat a noté, et nulle part ailleurs."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilans.models import Bilan
from contrats.models import Action, Contrat, PassageStatut, Reunion
from tests.appuis.proprietes import defait, troupe_gardee
from tests.bilans.appuis_matiere import lire, lot, note
from tests.factories import (
    ActionFactory,
    AxeFactory,
    BilanFactory,
    DecisionFactory,
    InstanceFactory,
    PresenceFactory,
    ReunionFactory,
)


@pytest.fixture
def bilan(contrat: Contrat) -> Bilan:
    return BilanFactory(contrat=contrat, annee=2025)


# Le journal


def test_chaque_section_recoit_ce_qui_l_aide(bilan: Bilan, action: Action) -> None:
    note(
        action, fait="Trois ateliers", freins="La météo a tout annulé",
        leviers="La mairie prête la salle", suites="Trouver un lieu couvert",
    )  # fmt: skip
    for code, titre, texte in (
        ("EDITO", "Ce qui a été fait", "Trois ateliers"),
        ("DIFFICULTES", "Les freins", "La météo a tout annulé"),
        ("DIFFICULTES", "Ce qui a aidé", "La mairie prête la salle"),
        ("PERSPECTIVES", "Les suites à donner", "Trouver un lieu couvert"),
    ):
        (trouvaille,) = lot(bilan, code, titre)
        assert trouvaille.texte == texte
        assert action.titre in trouvaille.dit
        assert str(action.pk) in trouvaille.adresse


def test_les_notes_d_une_autre_annee_ou_d_un_autre_contrat_n_y_sont_pas(
    bilan: Bilan, action: Action, autre_contrat: Contrat
) -> None:
    note(action, date(2024, 12, 31), fait="L’an d’avant")
    note(ActionFactory(contrat=autre_contrat), fait="Ailleurs")
    assert lot(bilan, "EDITO", "Ce qui a été fait") == ()


def test_une_fiche_interne_le_dit_et_une_fiche_restreinte_n_y_est_pas(bilan: Bilan) -> None:
    interne = ActionFactory(contrat=bilan.contrat, interne=True)
    cachee = ActionFactory(contrat=bilan.contrat, est_restreinte=True, est_publique=False)
    note(interne, fait="À l’intérieur")
    note(cachee, fait="Caché")
    (trouvaille,) = lot(bilan, "EDITO", "Ce qui a été fait")
    assert trouvaille.texte == "À l’intérieur"
    assert trouvaille.reserve


def test_un_volet_ne_recoit_que_ses_fiches(bilan: Bilan) -> None:
    axe, autre = AxeFactory.create_batch(2, contrat=bilan.contrat)
    note(ActionFactory(contrat=bilan.contrat, axe=axe), fait="Ici")
    note(ActionFactory(contrat=bilan.contrat, axe=autre), fait="Là")
    note(ActionFactory(contrat=bilan.contrat, axe=None), fait="Partout")
    titre = "Ce que dit le journal des fiches"
    assert [t.texte for t in lot(bilan, f"volet-{axe.pk}", titre)] == ["Ici"]
    assert [t.texte for t in lot(bilan, "volet-sans-axe", titre)] == ["Partout"]


# Les statuts


def passage(action: Action, de: str, vers: str, le: datetime, raison: str = "") -> None:
    PassageStatut.objects.create(action=action, de=de, vers=vers, le=le, raison=raison)


def test_les_statuts_changes_dans_l_annee_se_lisent_dans_l_historique(
    bilan: Bilan, action: Action
) -> None:
    PassageStatut.objects.all().delete()
    passage(action, "A_VENIR", "EN_COURS", datetime(2025, 3, 12, 9, tzinfo=UTC))
    passage(action, "EN_COURS", "EN_PAUSE", datetime(2025, 9, 1, 9, tzinfo=UTC), "Poste vacant")
    passage(action, "EN_PAUSE", "EN_COURS", datetime(2026, 1, 2, 9, tzinfo=UTC))
    tous = lot(bilan, "AVANCEMENT", "Les statuts qui ont changé")
    assert len(tous) == 2
    assert "«\u00a0Pas encore commencée\u00a0» à «\u00a0En cours\u00a0»" in tous[0].texte
    assert "12\u00a0mars 2025" in tous[0].texte
    (arret,) = lot(bilan, "DIFFICULTES", "Ce qui s’est arrêté ou a pris du retard")
    assert "Poste vacant" in arret.dit


def test_le_31_decembre_a_minuit_est_celui_de_paris(bilan: Bilan, action: Action) -> None:
    PassageStatut.objects.all().delete()
    passage(action, "A_VENIR", "EN_COURS", datetime(2024, 12, 31, 23, 30, tzinfo=UTC))
    passage(action, "EN_COURS", "REALISEE", datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    (unique,) = lot(bilan, "AVANCEMENT", "Les statuts qui ont changé")
    assert "1er\u00a0janvier 2025" in unique.texte or "1ᵉʳ" in unique.texte


# La participation


REUNIONS = st.lists(
    st.tuples(st.booleans(), st.none() | st.integers(0, 300), st.booleans()), max_size=6
)
NOTES = st.lists(st.tuples(st.booleans(), st.none() | st.integers(0, 200)), max_size=6)


@settings(troupe_gardee, max_examples=25)
@given(reunions=REUNIONS, notes=NOTES)
def test_les_nombres_de_la_participation_sont_ceux_d_un_calcul_a_part(
    bilan: Bilan, reunions: Any, notes: Any
) -> None:
    with defait():
        instance = InstanceFactory(contrat=bilan.contrat)
        for jour, (publique, venus, tenue) in enumerate(reunions, start=1):
            ReunionFactory(
                instance=instance, date=date(2025, 5, jour), participants=venus,
                est_publique=publique, etat="TENUE" if tenue else "ANNULEE",
            )  # fmt: skip
        publique_, interne = (
            ActionFactory(contrat=bilan.contrat, interne=i) for i in (False, True)
        )
        for est_publique, participants in notes:
            note(publique_ if est_publique else interne, fait="x", participants=participants)
        dites = " ".join(lire(bilan, "PARTICIPATION").proposition)
    tenues = [(p, v or 0) for p, v, t in reunions if t]
    ouvertes = [v for p, v in tenues if p]
    comptees = sum(n or 0 for p, n in notes if p)
    for nombre, mot in (
        (len(tenues), "réunion"), (len(ouvertes), "réunion"),
    ):  # fmt: skip
        assert not nombre or f"{nombre}\u00a0{mot}" in dites
    assert ("réunions ouvertes à tous" in dites) == (sum(ouvertes) >= 5)
    assert ("d’après leur journal" in dites) == (comptees >= 5)
    if comptees >= 5:
        assert f"{comptees}\u00a0participations aux actions" in dites
    if sum(ouvertes) >= 5:
        assert f"{sum(ouvertes)}\u00a0participations aux réunions" in dites
    if not tenues and comptees < 5:
        assert dites == ""


def test_les_reunions_disent_qui_etait_la_et_une_reunion_fermee_le_dit(bilan: Bilan) -> None:
    instance = InstanceFactory(contrat=bilan.contrat, nom="Comité d’essai")
    fermee: Reunion = ReunionFactory(instance=instance, tenue=True, date=date(2025, 4, 2))
    PresenceFactory.create_batch(3, reunion=fermee)
    PresenceFactory(reunion=fermee, etat="EXCUSE")
    DecisionFactory(reunion=fermee, texte="Décidé entre nous")
    (reunion,) = lot(bilan, "PARTICIPATION", "Les réunions tenues")
    assert reunion.texte == "Comité d’essai, le 2\u00a0avril 2025, avec 3\u00a0organisations."
    (decision,) = lot(bilan, "PARTICIPATION", "Ce qui a été décidé")
    assert reunion.reserve
    assert decision.reserve


def test_un_petit_nombre_de_personnes_est_signale(bilan: Bilan, action: Action) -> None:
    note(action, fait="x", participants=3)
    (trouvaille,) = lot(bilan, "PARTICIPATION", "Les participations notées dans les fiches")
    assert "Moins de cinq" in trouvaille.reserve
