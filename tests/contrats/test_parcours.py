"""La frise d’un contrat et sa prochaine étape."""

from datetime import date

import pytest

from acteurs.droits import DROITS_DU_ROLE, Role
from contrats.etats import Phase
from contrats.models import Contrat, PassagePhase
from contrats.parcours import annee_en_cours, frise, prochaine_etape

LE = date(2026, 3, 12)
COMPTES = {"nombre_communes": 14, "nombre_signataires": 3, "nombre_actions": 5, "en_retard": 0}
TOUT = DROITS_DU_ROLE[Role.COORDINATEUR]


def contrat(**champs):
    return Contrat(
        **{
            "nom": "Essai",
            "phase": Phase.MISE_EN_OEUVRE,
            "date_debut": date(2023, 7, 1),
            "date_fin": date(2028, 6, 30),
            "date_signature": date(2023, 6, 29),
            **champs,
        }
    )


def test_l_annee_en_cours_se_compte_depuis_le_debut_du_contrat():
    assert annee_en_cours(contrat(), LE) == "année\u00a03 sur\u00a05"
    assert annee_en_cours(contrat(), date(2028, 6, 30)) == "année\u00a05 sur\u00a05"
    assert annee_en_cours(contrat(), date(2028, 7, 1)) == ""
    assert annee_en_cours(contrat(date_fin=None), LE) == ""


def test_la_frise_dit_ce_qui_est_fait_ou_l_on_est_et_la_suite():
    etapes = frise(
        contrat(), [PassagePhase(vers=Phase.DIAGNOSTIC, date_effet=date(2022, 1, 17))], LE
    )
    assert [(e.libelle, e.etat) for e in etapes] == [
        ("Diagnostic", "faite"),
        ("Élaboration", "faite"),
        ("Signature", "faite"),
        ("Mise en œuvre", "ici"),
        ("Évaluation", "a_venir"),
    ]
    assert etapes[0].precision == "janvier 2022"
    assert etapes[2].precision == "29\u00a0juin 2023"


@pytest.mark.parametrize("phase", list(Phase))
def test_la_frise_place_toute_phase_une_seule_fois(phase):
    etapes = frise(contrat(phase=phase), [], LE)
    assert [e.etat for e in etapes].count("ici") == 1


@pytest.mark.parametrize(
    ("champs", "comptes", "attendu"),
    [
        ({}, {"nombre_communes": 0}, "Dessiner le périmètre"),
        ({}, {"nombre_signataires": 0}, "Ajouter les signataires"),
        ({}, {"nombre_actions": 0}, "Écrire la première fiche action"),
        ({"date_signature": None}, {}, "Noter la date de signature"),
        ({"date_fin": date(2026, 12, 31)}, {}, "Préparer l’évaluation finale"),
        ({}, {"en_retard": 2}, "Mettre à jour 2\u00a0fiches en retard"),
        ({}, {}, "Préparer le bilan 2026"),
    ],
)
def test_la_prochaine_etape_est_la_premiere_chose_qui_manque(champs, comptes, attendu):
    assert prochaine_etape(contrat(**champs), COMPTES | comptes, TOUT, LE).titre == attendu


def test_on_ne_propose_que_ce_que_la_personne_peut_faire():
    lecture = DROITS_DU_ROLE[Role.LECTEUR]
    assert prochaine_etape(contrat(), COMPTES | {"en_retard": 2}, lecture, LE) is None


def test_un_contrat_clos_n_attend_plus_rien():
    assert prochaine_etape(contrat(phase=Phase.CLOS), COMPTES, TOUT, LE) is None
