"""Où en est-on, en une phrase ; la prochaine étape, par la règle écrite sur la page."""

from datetime import date
from uuid import UUID

import pytest

from cls_platform.socle.typographie import INSECABLE
from contrats.a_faire import mots
from contrats.a_faire.faits import FaitsContrat, FaitsEpci, SuiviLu
from contrats.a_faire.regle import REGLES, prochaine_etape
from contrats.a_faire.situations import motifs_du_contrat, situation_du_contrat

LE = date(2026, 3, 12)


def contrat(**champs):
    """Un contrat signé, coordonné, suivi, dont rien n’est attendu."""
    faits = {
        "id": UUID(int=1), "nom": "Contrat d’essai", "cle_tri": "contrat d essai", "region": "53",
        "est_demonstration": True, "phase": "MISE_EN_OEUVRE", "date_signature": date(2024, 1, 22),
        "date_debut": date(2024, 1, 1), "date_fin": date(2028, 12, 31),
        "phase_depuis": date(2024, 1, 22), "population": 100_000, "communes": 14,
        "departements": ("29",), "coordinateurs": 1, "signataires": 6, "sans_signature": 0,
        "sans_deliberation": 0, "derniere_nouvelle": LE, "a_une_suite": False,
        "suivi": SuiviLu(version=1, referent=UUID(int=2)),
    }  # fmt: skip
    return FaitsContrat(**faits | champs)


def epci(**champs):
    faits = {
        "siren": "200068120", "nom": "Quimper", "cle_tri": "quimper", "region": "53",
        "population": 100_000, "communes": 14, "communes_couvertes": 0, "departements": ("29",),
        "fin_precedente": None,
    }  # fmt: skip
    return FaitsEpci(**faits | champs)


def etape(faits):
    return prochaine_etape(faits, motifs_du_contrat(faits, LE), LE)


def phrase(faits):
    situation, prochaine = situation_du_contrat(faits, LE), etape(faits)
    ecrite = mots.du_contrat(faits, situation, prochaine.code if prochaine else "", LE)
    return ecrite.replace(INSECABLE, " ")


def test_un_contrat_qui_va_bien_n_attend_rien():
    assert etape(contrat()) is None
    assert phrase(contrat()) == "Mise en œuvre, jusqu’au 31 décembre 2028"


@pytest.mark.parametrize(
    ("champs", "attendue", "geste"),
    [
        (
            {"date_fin": date(2026, 10, 30)},
            "Finit le 30 octobre 2026, dans 7 mois",
            "Choisir\u00a0: proroger ou renouveler",
        ),
        (
            {"date_fin": date(2026, 10, 30), "a_une_suite": True},
            "Finit le 30 octobre 2026, dans 7 mois ; la suite est en préparation",
            "Faire avancer la suite",
        ),
        (
            {"date_fin": date(2026, 3, 11)},
            "Fini depuis le 11 mars 2026, et pas encore clos",
            "Clore le contrat ou le prolonger",
        ),
        (
            {"phase": "SIGNATURE", "date_signature": None, "sans_signature": 3,
             "sans_deliberation": 2},
            "Signature prête, 2 délibérations attendues sur 6",
            "Relancer 2\u00a0signataires",
        ),
        (
            {"phase": "SIGNATURE", "date_signature": None, "sans_signature": 1},
            "5 signatures sur 6",
            "Relancer 1\u00a0signataire",
        ),
        (
            {"phase": "SIGNATURE", "date_signature": None, "signataires": 0},
            "À signer, aucun signataire n’est encore nommé",
            "Faire nommer les signataires",
        ),
        (
            {"phase": "DIAGNOSTIC", "date_signature": None, "phase_depuis": date(2025, 1, 6)},
            "Diagnostic partagé depuis 14 mois",
            "Commencer l’élaboration du plan",
        ),
        (
            {"phase": "DIAGNOSTIC", "date_signature": None, "coordinateurs": 0,
             "phase_depuis": date(2026, 3, 1)},
            "Diagnostic partagé depuis moins d’un mois. Aucun coordonnateur dans l’équipe",
            "Inviter un coordonnateur",
        ),
        (
            {"a_un_bilan": False},
            "Mise en œuvre, jusqu’au 31 décembre 2028. Aucun bilan 2025 publié",
            "Demander le bilan 2025",
        ),
        (
            {"derniere_nouvelle": date(2025, 9, 11)},
            "Mise en œuvre, jusqu’au 31 décembre 2028. Rien d’écrit depuis le 11 septembre 2025",
            "Prendre des nouvelles de l’équipe",
        ),
        ({"suivi": SuiviLu()}, "Mise en œuvre, jusqu’au 31 décembre 2028", "Affecter un référent"),
    ],
)  # fmt: skip
def test_la_phrase_et_le_geste_d_un_contrat(champs, attendue, geste):
    assert (phrase(contrat(**champs)), etape(contrat(**champs)).libelle) == (attendue, geste)


@pytest.mark.parametrize(
    ("champs", "attendue"),
    [
        ({}, "Aucun contrat, aucun contact noté"),
        (
            {"fin_precedente": date(2026, 3, 1)},
            "Aucun contrat depuis la fin du précédent, en mars 2026",
        ),
        ({"communes_couvertes": 2}, "2 communes couvertes sur 14, aucun contact noté"),
        (
            {"suivi": SuiviLu(1, note_le=date(2025, 11, 4), note_genre="RENCONTRE",
                              note_texte="accord de principe")},
            "Aucun contrat. Rencontre du 4 novembre 2025 : accord de principe",
        ),
    ],
)  # fmt: skip
def test_la_phrase_d_un_territoire_sans_contrat(champs, attendue):
    assert mots.sans_contrat(epci(**champs), LE).replace(INSECABLE, " ") == attendue


def test_une_longue_note_est_coupee_entre_deux_mots():
    coupee = mots.extrait(
        "Une phrase bien trop longue pour tenir dans une cellule de tableau, " * 3
    )
    assert coupee.endswith("…")
    assert len(coupee) <= mots.EXTRAIT + 1


def test_chaque_regle_a_son_code_et_sa_phrase():
    assert len({regle.code for regle in REGLES}) == len(REGLES)
    assert all(regle.quand and regle.alors for regle in REGLES)
