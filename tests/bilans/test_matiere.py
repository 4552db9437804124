"""La matière : chaque phrase se retrouve dans ce que le contrat a noté, et nulle part ailleurs."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilans.ecriture.reprise import ajouter
from bilans.models import Bilan, SectionBilan
from bilans.rapport.matiere import Matiere, matiere
from contrats.etats import StatutAction
from contrats.models import Action, Contrat, NoteSuivi, PassageStatut, Reunion
from tests.appuis.proprietes import defait, sans_chrono, troupe_gardee
from tests.appuis.requetes import exiger_requetes_plates
from tests.factories import (
    ActionFactory,
    AxeFactory,
    BilanFactory,
    DecisionFactory,
    FinancementFactory,
    IndicateurFactory,
    InstanceFactory,
    JalonFactory,
    MesureFactory,
    NoteSuiviFactory,
    PresenceFactory,
    ReunionFactory,
)
from tests.factories.preparation import AnnonceBilanFactory

LE = date(2026, 3, 1)


@pytest.fixture
def bilan(contrat: Contrat) -> Bilan:
    return BilanFactory(contrat=contrat, annee=2025)


def lire(bilan: Bilan, code: str) -> Matiere:
    return matiere(bilan, code, le=LE)


def lot(bilan: Bilan, code: str, titre: str) -> tuple[Any, ...]:
    return next((x.trouvailles for x in lire(bilan, code).lots if x.titre == titre), ())


def note(action: Action, le: date = date(2025, 11, 3), **champs: Any) -> NoteSuivi:
    return NoteSuiviFactory(action=action, date_note=le, **{"fait": "", **champs})


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


# Les propositions


def test_la_proposition_d_un_volet_compte_ses_actions_et_ses_indicateurs(bilan: Bilan) -> None:
    axe = AxeFactory(contrat=bilan.contrat)
    ActionFactory.create_batch(2, contrat=bilan.contrat, axe=axe, realisee=True)
    mesuree = ActionFactory(contrat=bilan.contrat, axe=axe)
    indicateur = IndicateurFactory(
        contrat=bilan.contrat, actions=[mesuree], libelle_public="Personnes accueillies"
    )
    MesureFactory(indicateur=indicateur, valeur=212)
    assert lire(bilan, f"volet-{axe.pk}").proposition == (
        "2\u00a0actions sur\u00a03 sont terminées.",
        "1\u00a0action sur\u00a03 est en cours.",
        "212\u00a0personnes accueillies en 2025.",
    )


def test_la_proposition_du_budget_dit_le_total_et_le_premier_financeur(
    bilan: Bilan, action: Action
) -> None:
    FinancementFactory(action=action, fir=True, montant_accorde=Decimal(24_000))
    FinancementFactory(action=action, montant_accorde=Decimal("1500.50"))
    total, premier, volet = lire(bilan, "BUDGET").proposition
    assert total == "En 2025, 2 financeurs ont apporté 25\u202f500,50\u00a0€."
    assert "24\u202f000\u00a0€" in premier
    assert "25\u202f500,50\u00a0€" in volet


def test_sans_donnees_rien_n_est_propose(bilan: Bilan) -> None:
    for code in ("EDITO", "BUDGET", "PARTICIPATION", "PERSPECTIVES", "DIFFICULTES", "ZOOM"):
        assert lire(bilan, code).proposition == ()


def test_ce_qui_est_en_retard_arrete_ou_abandonne_est_dit_action_par_action(bilan: Bilan) -> None:
    ActionFactory(contrat=bilan.contrat, titre="Bus", statut=StatutAction.EN_PAUSE)
    ActionFactory(contrat=bilan.contrat, titre="Cinéma", statut=StatutAction.ABANDONNEE)
    ActionFactory(contrat=bilan.contrat, titre="Marche", realisee=True)
    assert lire(bilan, "DIFFICULTES").proposition == (
        "L’action «\u00a0Bus\u00a0» est arrêtée pour l’instant.",
        "L’action «\u00a0Cinéma\u00a0» ne se fera pas.",
    )


def test_ce_qui_commence_l_an_prochain_est_propose_dans_l_ordre_des_dates(bilan: Bilan) -> None:
    en_cours = ActionFactory(contrat=bilan.contrat, titre="Bus")
    JalonFactory(action=en_cours, libelle="Quatrième lieu", echeance=date(2026, 9, 1))
    JalonFactory(action=en_cours, echeance=date(2026, 2, 1), fait_le=date(2026, 1, 5))
    ActionFactory(contrat=bilan.contrat, titre="Marche", date_debut=date(2026, 4, 1))
    ActionFactory(contrat=bilan.contrat, titre="Caché", date_debut=date(2026, 5, 1), interne=True)
    assert lire(bilan, "PERSPECTIVES").proposition == (
        "Avril 2026 : l’action «\u00a0Marche\u00a0» commence.",
        "Septembre 2026 : Quatrième lieu (Bus).",
    )


# L’an passé


def test_le_texte_de_l_an_passe_vient_du_dernier_bilan_publie(
    bilan: Bilan, contrat: Contrat
) -> None:
    dit = {"texte": "Le gel.", "signature": "", "photo": None}
    simple = BilanFactory(contrat=contrat, annee=2023, publie=True).instantane
    simple |= {"annee": 2024, "textes": {**simple["textes"], "difficultes": dit}}
    BilanFactory(contrat=contrat, annee=2024, publie=True, instantane=simple)
    BilanFactory(contrat=contrat, annee=2026, publie=True)
    avant = lire(bilan, "DIFFICULTES").avant
    assert avant is not None
    assert (avant.annee, avant.texte) == (2024, "Le gel.")
    assert lire(bilan, "ZOOM").avant is None


def test_l_edito_propose_le_plus_grand_compte_de_l_annee(bilan: Bilan) -> None:
    for libelle, valeur in (("Personnes formées", 40), ("Personnes accueillies", 1264)):
        indicateur = IndicateurFactory(contrat=bilan.contrat, libelle_public=libelle)
        MesureFactory(indicateur=indicateur, valeur=valeur)
    assert lire(bilan, "EDITO").proposition == ("1\u202f264\u00a0personnes accueillies en 2025.",)


def test_l_avancement_se_compare_au_dernier_bilan_publie(
    bilan: Bilan, contrat: Contrat, action: Action
) -> None:
    BilanFactory(contrat=contrat, annee=2023, publie=True)
    action.statut = StatutAction.REALISEE
    action.save()
    lues = [t.texte for t in lot(bilan, "AVANCEMENT", "Par rapport au bilan 2023")]
    assert "Actions «\u00a0terminée\u00a0»\u00a0: 1, contre 0 en 2023." in lues
    assert "Actions «\u00a0en cours\u00a0»\u00a0: 0, contre 1 en 2023." in lues


def test_ce_qui_reste_d_une_annonce_est_propose_pour_la_suite(bilan: Bilan) -> None:
    AnnonceBilanFactory(bilan=bilan, texte="Faite", devenir="TENU")
    AnnonceBilanFactory(bilan=bilan, texte="Plus tard", devenir="REPORTE", explication="x")
    titre = "Annoncé en 2024, pas encore fini"
    assert [t.texte for t in lot(bilan, "PERSPECTIVES", titre)] == ["Plus tard"]


def test_une_partie_qui_se_fait_seule_n_a_pas_de_matiere(bilan: Bilan) -> None:
    for code in ("GLOSSAIRE", "CONTACT", "PARTENAIRES", "CARTE", "VOLETS"):
        assert lire(bilan, code).est_vide


def test_la_matiere_n_ecrit_rien(bilan: Bilan, action: Action) -> None:
    note(action, fait="Trois ateliers")
    lire(bilan, "EDITO")
    assert not SectionBilan.objects.filter(bilan=bilan).exists()


# Reprendre


@sans_chrono
@given(st.text(max_size=60), st.text(min_size=1, max_size=30).map(str.strip).filter(bool))
def test_reprendre_ne_perd_rien_de_ce_qui_est_tape(texte: str, repris: str) -> None:
    augmente = ajouter(texte, repris)
    assert repris in augmente.replace("\r\n", "\n") or repris in augmente
    assert augmente.replace("\r\n", "\n").startswith(texte.replace("\r\n", "\n").rstrip())
    assert ajouter(augmente, repris) == augmente


@pytest.mark.parametrize("code", ["EDITO", "DIFFICULTES", "PARTICIPATION", "PERSPECTIVES"])
def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_lignes(bilan: Bilan, code: str) -> None:
    instance, jours = InstanceFactory(contrat=bilan.contrat), iter(range(1, 300))

    def peupler(nombre: int) -> None:
        for _ in range(nombre):
            action = ActionFactory(contrat=bilan.contrat, axe=AxeFactory(contrat=bilan.contrat))
            note(action, fait="x", freins="y", suites="z", participants=9)
            JalonFactory(action=action, echeance=date(2026, 9, 1))
            jour = date.fromordinal(date(2025, 1, 1).toordinal() + next(jours))
            DecisionFactory(reunion=ReunionFactory(instance=instance, tenue=True, date=jour))

    def relire() -> None:
        bilan.refresh_from_db()
        lire(bilan, code)

    assert exiger_requetes_plates(peupler=peupler, lire=relire) <= 36
