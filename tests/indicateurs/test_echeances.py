"""La règle des échéances, sans base : chaque phrase de la page, et un calcul indépendant."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicateurs.echeances import (
    Attente,
    EtatEcheance,
    Periode,
    date_limite,
    echeances,
    est_renseignee,
    nom_de_la_periode,
)
from tests.appuis.proprietes import sans_chrono

DEBUT, FIN = date(2024, 1, 1), date(2028, 12, 31)
LE = date(2026, 3, 12)


def annee(an: int) -> Periode:
    return Periode(date(an, 1, 1), date(an, 12, 31))


def attente(**champs: object) -> Attente:
    defauts = {
        "periodicite": "ANNUELLE",
        "agregation": "SOMME",
        "type": "RESULTAT",
        "debut": DEBUT,
        "fin": FIN,
    }
    return Attente(**defauts | champs)  # type: ignore[arg-type]  # des champs d’Attente


def etats(attendu: Attente, le: date = LE) -> dict[str, str]:
    return {e.libelle: e.etat.value for e in echeances(attendu, le)}


def test_une_valeur_annuelle_se_donne_avant_le_31_mars_qui_suit() -> None:
    assert date_limite(attente(), annee(2025)) == date(2026, 3, 31)
    assert etats(attente(valeurs=[annee(2024)])) == {
        "2024": "FAITE",
        "2025": "BIENTOT",
        "2026": "A_VENIR",
    }


def test_le_1er_avril_elle_est_en_retard_d_un_jour() -> None:
    (retard,) = [e for e in echeances(attente(valeurs=[annee(2024)]), date(2026, 4, 1)) if e.retard]
    assert (retard.libelle, retard.etat, retard.retard) == ("2025", EtatEcheance.EN_RETARD, 1)


@pytest.mark.parametrize(
    ("rythme", "periode", "limite"),
    [
        ("MENSUELLE", Periode(date(2026, 1, 1), date(2026, 1, 31)), date(2026, 2, 15)),
        ("TRIMESTRIELLE", Periode(date(2026, 1, 1), date(2026, 3, 31)), date(2026, 4, 30)),
        ("SEMESTRIELLE", Periode(date(2025, 7, 1), date(2025, 12, 31)), date(2026, 1, 31)),
        ("PLURIANNUELLE", Periode(date(2024, 1, 1), date(2025, 12, 31)), date(2026, 6, 30)),
    ],
)
def test_le_delai_depend_du_rythme(rythme: str, periode: Periode, limite: date) -> None:
    assert date_limite(attente(periodicite=rythme), periode) == limite


def test_une_donnee_de_contexte_a_deux_ans_pour_paraitre() -> None:
    assert date_limite(attente(type="CONTEXTE"), annee(2023)) == date(2025, 12, 31)


def test_sans_aucune_valeur_seule_la_derniere_echue_est_reclamee() -> None:
    assert etats(attente(), date(2027, 5, 1)) == {"2026": "EN_RETARD", "2027": "A_VENIR"}


def test_apres_la_premiere_valeur_chaque_trou_est_reclame_pendant_deux_ans() -> None:
    mois = [Periode(date(2024, 1, 1), date(2024, 1, 31))]
    lues = [
        e.libelle for e in echeances(attente(periodicite="MENSUELLE", valeurs=mois), LE) if e.retard
    ]
    # Février 2024 se donnait avant le 15 mars 2024 : il y a moins de deux ans
    assert lues[0] == "février 2024"
    assert lues[-1] == "janvier 2026"
    assert len(lues) == 24


def test_une_periode_dont_le_contrat_couvre_moins_de_la_moitie_n_est_pas_attendue() -> None:
    assert "2024" not in etats(attente(debut=date(2024, 7, 3)))
    assert "2024" in etats(attente(debut=date(2024, 7, 2), valeurs=[annee(2024)]))


def test_rien_n_est_attendu_avant_le_debut_ni_sans_date_ni_apres_la_fin() -> None:
    assert echeances(attente(debut=None), LE) == []
    assert echeances(attente(debut=date(2027, 1, 1)), LE) == []
    assert "2026" not in etats(attente(fin=date(2025, 12, 31)))


def test_quatre_trimestres_valent_une_annee_mais_pas_trois() -> None:
    trimestres = [
        Periode(date(2025, m, 1), date(2025, m + 2, monthrange(2025, m + 2)[1]))
        for m in (1, 4, 7, 10)
    ]
    assert est_renseignee(attente(valeurs=trimestres), annee(2025))
    assert not est_renseignee(attente(valeurs=trimestres[:3]), annee(2025))


def test_pour_une_derniere_valeur_un_seul_trimestre_suffit() -> None:
    fin = [Periode(date(2025, 10, 1), date(2025, 12, 31))]
    assert est_renseignee(attente(valeurs=fin, agregation="DERNIERE_VALEUR"), annee(2025))


def test_une_annee_scolaire_compte_pour_l_annee_ou_elle_finit() -> None:
    scolaire = attente(valeurs=[Periode(date(2024, 9, 1), date(2025, 8, 31))])
    assert est_renseignee(scolaire, annee(2025))
    assert not est_renseignee(scolaire, annee(2024))


def test_saisie_par_parties_il_faut_chacune_de_celles_deja_saisies() -> None:
    deux = attente(parts=([annee(2024), annee(2025)], [annee(2024)]))
    assert est_renseignee(deux, annee(2024))
    assert not est_renseignee(deux, annee(2025))


@pytest.mark.parametrize(
    ("periode", "mot"),
    [
        (annee(2025), "2025"),
        (Periode(date(2025, 3, 1), date(2025, 3, 31)), "mars 2025"),
        (Periode(date(2025, 4, 1), date(2025, 6, 30)), "avril à juin 2025"),
        (Periode(date(2024, 1, 1), date(2025, 12, 31)), "2024 et 2025"),
    ],
)
def test_une_periode_se_dit_en_mots(periode: Periode, mot: str) -> None:
    assert nom_de_la_periode(periode) == mot


JOURS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@sans_chrono
@given(debut=JOURS, duree=st.integers(0, 2500), le=JOURS, annees=st.sets(st.integers(2020, 2030)))
def test_les_annees_attendues_sont_celles_qu_un_compte_jour_par_jour_trouve(
    debut: date, duree: int, le: date, annees: set[int]
) -> None:
    """Refait sans aucune fonction de la règle : jours du contrat, 31 mars, deux ans."""
    fin = debut + timedelta(days=duree)
    attendu = {}
    for an in range(debut.year, le.year + 1):
        jours = 366 if an % 4 == 0 else 365
        communs = sum(debut <= date(an, 1, 1) + timedelta(days=j) <= fin for j in range(jours))
        if communs * 2 >= jours:
            attendu[an] = "FAITE" if an in annees else ""
    echues = [an for an in attendu if date(an + 1, 3, 31) < le]
    for an in [an for an, etat in attendu.items() if not etat]:
        if an not in echues:
            attendu[an] = "BIENTOT" if an < le.year else "A_VENIR"
        elif (an == echues[-1] or (annees and an > min(annees))) and le <= date(an + 3, 3, 31):
            attendu[an] = "EN_RETARD"
        else:
            del attendu[an]
    lues = etats(attente(debut=debut, fin=fin, valeurs=[annee(an) for an in annees]), le)
    assert lues == {str(an): etat for an, etat in attendu.items()}
