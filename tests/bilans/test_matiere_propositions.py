"""Un premier jet, le texte de l’an passé, et « Reprendre » : rien n’est inventé ni perdu."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilans.ecriture.reprise import ajouter
from bilans.models import Bilan, SectionBilan
from contrats.etats import StatutAction
from contrats.models import Action, Contrat, TypeInstance
from tests.appuis.proprietes import sans_chrono
from tests.appuis.requetes import exiger_requetes_plates
from tests.bilans.appuis_matiere import lire, lot, note
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
    ReunionFactory,
)
from tests.factories.preparation import AnnonceBilanFactory


@pytest.fixture
def bilan(contrat: Contrat) -> Bilan:
    return BilanFactory(contrat=contrat, annee=2025)


# Ce que les élus ont à décider


def test_a_decider_se_propose_de_l_ordre_du_jour_des_reunions_qui_viennent(bilan: Bilan) -> None:
    copil = InstanceFactory(contrat=bilan.contrat, nom="Comité de pilotage")
    ReunionFactory(
        instance=copil, date=date(2026, 6, 12),
        ordre_du_jour="Accueil des participants\n1. Passer à 16 communes\n- Financer 2027.\nQuestions diverses",
    )  # fmt: skip
    assert lire(bilan, "A_DECIDER").proposition == (
        "- Passer à 16 communes\n  Pour quand : 12\xa0juin 2026\n  Qui décide : Comité de pilotage",
        "- Financer 2027\n  Pour quand : 12\xa0juin 2026\n  Qui décide : Comité de pilotage",
    )
    assert "réunions fermées" in lire(bilan, "A_DECIDER").reserve
    prevus = lot(bilan, "A_DECIDER", "À l’ordre du jour des réunions qui viennent")
    assert [t.reserve for t in prevus] == ["Réunion fermée.", "Réunion fermée."]


@pytest.mark.parametrize(
    "champs",
    [
        {"date": date(2026, 2, 12)},
        {"date": date(2027, 1, 12)},
        {"annulee": True},
        {"niveau": "PARTICIPATION"},
    ],
    ids=["passée", "trop loin", "annulée", "on n’y décide pas"],
)
def test_une_reunion_ou_rien_n_est_a_decider_ne_propose_rien(
    bilan: Bilan, champs: dict[str, object]
) -> None:
    donnees = {"date": date(2026, 6, 12), "niveau": "STRATEGIQUE"} | champs
    genre = TypeInstance.objects.filter(niveau=donnees.pop("niveau")).first()
    assert genre
    instance = InstanceFactory(contrat=bilan.contrat, type_id=genre.pk)
    ReunionFactory(instance=instance, ordre_du_jour="Décider", **donnees)
    assert lire(bilan, "A_DECIDER").proposition == ()


def test_une_decision_qui_attend_se_propose_et_une_faite_non(bilan: Bilan) -> None:
    tenue = ReunionFactory(
        instance__contrat=bilan.contrat, instance__nom="Comité", etat="TENUE",
        date=date(2025, 5, 2), est_publique=True,
    )  # fmt: skip
    DecisionFactory(reunion=tenue, texte="Louer une salle.", echeance=date(2026, 9, 1))
    DecisionFactory(reunion=tenue, texte="Trop tard.", echeance=date(2026, 1, 1))
    DecisionFactory(reunion=tenue, texte="Déjà fait.", statut="FAIT")
    matiere = lire(bilan, "A_DECIDER")
    assert matiere.proposition == (
        "- Louer une salle\n  Pour quand : 1ᵉʳ\xa0septembre 2026\n  Qui décide : Comité",
        "- Trop tard\n  Qui décide : Comité",
    )
    assert matiere.reserve == ""
    assert matiere.premier_jet == "\n".join(matiere.proposition)


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
