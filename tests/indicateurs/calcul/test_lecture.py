"""Les séries d’un contrat, saisies et calculées, lues en base."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contrats.models import Contrat
from indicateurs.calcul.lecture import lecture_du_contrat, series_du_contrat, series_publiees
from indicateurs.calcul.provenance import Origine
from indicateurs.models import Calcul, Indicateur, Qualite
from tests.factories import ActionFactory, IndicateurFactory, MesureFactory

LE = date(2026, 3, 12)
FORMULE = {"calcul": Calcul.FORMULE}


def valeurs(contrat: Contrat, indicateur: Indicateur) -> dict[int, Any]:
    serie = series_du_contrat(contrat, [indicateur], le=LE)[indicateur.pk]
    return {r.annee: r.valeur for r in serie.releves}


def essai(contrat: Contrat, code: str, par_an: dict[int, int], **champs: Any) -> Indicateur:
    indicateur = IndicateurFactory(contrat=contrat, code=code, libelle=f"Essai {code}", **champs)
    for annee, valeur in par_an.items():
        MesureFactory(indicateur=indicateur, annee=annee, valeur=valeur)
    return indicateur


def test_un_rapport_calcule_garde_ses_deux_nombres(contrat: Contrat) -> None:
    essai(contrat, "A01", {2024: 12, 2025: 0})
    essai(contrat, "A02", {2023: 4, 2024: 30, 2025: 8})
    part = IndicateurFactory(contrat=contrat, ratio=True, formule="A02 / A01", **FORMULE)
    lecture = lecture_du_contrat(contrat, [part], le=LE)
    releve = lecture.series[part.pk].en(2024)
    assert releve is not None
    assert (releve.valeur, releve.numerateur, releve.denominateur) == (250, 30, 12)
    assert "A01 n’a pas de valeur en 2023" in lecture.provenances[part.pk][2023].motif
    assert "Division par zéro" in lecture.provenances[part.pk][2025].motif
    assert lecture.de(part.pk, 2024).origine == Origine.FORMULE  # type: ignore[union-attr]  # le relevé existe


def test_une_formule_en_cite_une_autre(contrat: Contrat) -> None:
    essai(contrat, "A", {2025: 6})
    IndicateurFactory(contrat=contrat, code="B", formule="A * 2", **FORMULE)
    c = IndicateurFactory(contrat=contrat, code="C", formule="B + A", **FORMULE)
    assert valeurs(contrat, c) == {2025: 18}


def test_une_boucle_en_base_n_a_pas_de_valeur_et_dit_pourquoi(contrat: Contrat) -> None:
    a = IndicateurFactory(contrat=contrat, code="A", formule="B + 1", **FORMULE)
    IndicateurFactory(contrat=contrat, code="B", formule="A + 1", **FORMULE)
    lecture = lecture_du_contrat(contrat, [a], le=LE)
    assert lecture.series[a.pk].releves == ()
    assert "→" in lecture.erreurs[a.pk]


def test_un_code_disparu_se_dit(contrat: Contrat) -> None:
    essai(contrat, "A", {2025: 6})
    f = IndicateurFactory(contrat=contrat, code="F", formule="A + PARTI", **FORMULE)
    lecture = lecture_du_contrat(contrat, [f], le=LE)
    assert "plus le code PARTI" in lecture.provenances[f.pk][2025].motif


def test_la_somme_des_actions_compte_chaque_indicateur_lie_une_fois(contrat: Contrat) -> None:
    deux = [ActionFactory(contrat=contrat), ActionFactory(contrat=contrat)]
    essai(contrat, "S1", {2024: 5, 2025: 7}, modele_id="A02", actions=deux)
    essai(contrat, "S2", {2025: 30}, modele_id="A02", actions=deux[:1])
    essai(contrat, "S3", {2025: 900}, modele_id="A02")
    somme = IndicateurFactory(contrat=contrat, formule="somme_des_actions(A02)", **FORMULE)
    lecture = lecture_du_contrat(contrat, [somme], le=LE)
    serie = lecture.series[somme.pk]
    assert {r.annee: (r.valeur, r.qualite) for r in serie.releves} == {
        2024: (5, "PROVISOIRE"),
        2025: (37, "DEFINITIVE"),
    }
    assert "1 valeurs d’actions sur 2" in lecture.provenances[somme.pk][2024].phrase


def test_les_communes_d_une_intercommunalite_font_son_territoire(contrat: Contrat) -> None:
    """Quimper Bretagne Occidentale : la valeur de l’EPCI l’emporte sur celle d’une commune."""
    indicateur = IndicateurFactory(contrat=contrat)
    commune = contrat.perimetres.order_by("commune_id")[0].commune
    communes = {"niveau_territoire": "commune", "code_territoire": commune.pk}
    MesureFactory(indicateur=indicateur, valeur=11, **communes)
    MesureFactory(indicateur=indicateur, annee=2024, valeur=9, **communes)
    MesureFactory(
        indicateur=indicateur, valeur=80, niveau_territoire="epci", code_territoire=commune.epci_id
    )
    lecture = lecture_du_contrat(contrat, [indicateur], le=LE)
    assert {r.annee: r.valeur for r in lecture.series[indicateur.pk].releves} == {2024: 9, 2025: 80}
    n = contrat.perimetres.count()
    assert lecture.provenances[indicateur.pk][2024].attendus == n
    assert not lecture.provenances[indicateur.pk][2025].est_partielle


def test_le_taux_suit_le_multiple_de_son_unite(contrat: Contrat) -> None:
    essai(contrat, "N", {2025: 3})
    essai(contrat, "D", {2025: 1200})
    taux = IndicateurFactory(
        contrat=contrat, agregation="RATIO", unite="taux pour 100 000", formule="N / D", **FORMULE
    )
    assert valeurs(contrat, taux) == {2025: 250}


def test_une_formule_publiee_ne_laisse_pas_retrouver_un_petit_nombre(contrat: Contrat) -> None:
    essai(contrat, "A", {2025: 3}, libelle_public="Personnes reçues")
    double = IndicateurFactory(
        contrat=contrat, formule="A * 20", unite="euros", libelle_public="Coût", **FORMULE
    )
    (releve,) = series_publiees(contrat, [double], jusqu_a=2025, le=LE)[double.pk].releves
    assert (releve.valeur, releve.qualite) == (None, Qualite.SECRET_STATISTIQUE)
    assert valeurs(contrat, double) == {2025: 60}


def test_ce_que_compte_la_plateforme_n_est_pas_un_secret(contrat: Contrat) -> None:
    ActionFactory(contrat=contrat, statut="REALISEE")
    ActionFactory(contrat=contrat)
    part = IndicateurFactory(
        contrat=contrat, ratio=True, calcul=Calcul.PILOTAGE, pilotage="ACTIONS_REALISEES"
    )
    releve = series_publiees(contrat, [part], jusqu_a=2026, le=LE)[part.pk].en(2026)
    assert releve is not None
    assert (releve.numerateur, releve.denominateur) == (1, 2)


@pytest.mark.parametrize("annee", [2024, 2026])
def test_un_bilan_s_arrete_a_son_annee(contrat: Contrat, annee: int) -> None:
    indicateur = essai(contrat, "A", {2024: 10, 2025: 20, 2026: 30})
    serie = series_publiees(contrat, [indicateur], jusqu_a=annee, le=LE)[indicateur.pk]
    assert max(r.annee for r in serie.releves) == annee


def test_le_nombre_de_requetes_ne_depend_pas_des_indicateurs(
    contrat: Contrat, exiger_requetes_plates: Callable[..., int]
) -> None:
    commune = contrat.perimetres.order_by("commune_id")[0].commune_id
    rang = iter(range(1000))

    def peupler(n: int) -> None:
        for r in (next(rang) for _ in range(n)):
            saisi = essai(contrat, f"S{r}", {2025: r})
            MesureFactory(
                indicateur=saisi,
                annee=2024,
                valeur=Decimal(r),
                niveau_territoire="commune",
                code_territoire=commune,
            )
            IndicateurFactory(contrat=contrat, formule=f"S{r} * 2", **FORMULE)
            IndicateurFactory(
                contrat=contrat, calcul=Calcul.PILOTAGE, pilotage="ACTIONS_REALISEES", ratio=True
            )

    lire = lambda: series_du_contrat(contrat, le=LE)  # noqa: E731  (une lecture, relue)
    assert exiger_requetes_plates(peupler=peupler, lire=lire) <= 8
