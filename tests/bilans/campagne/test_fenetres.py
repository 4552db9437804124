"""Les fenêtres d’une campagne : bornes comprises, la correction facultative."""

from datetime import date
from typing import Any

import pytest

from bilans.campagne.fenetres import Moment, compte_a_rebours, ecart_a_la_remise, moment_de
from bilans.campagne.ligne import EditionLue, Etape, situation
from bilans.models import Campagne
from tests.appuis.horloge import AUJOURDHUI


def campagne(**champs: Any) -> Campagne:
    dates = {"ouvre_le": date(2026, 11, 2), "remise_le": date(2027, 3, 31)}
    return Campagne(annee=2026, **dates | champs)


CORRIGEE = {"correction_debut": date(2027, 4, 15), "correction_fin": date(2027, 5, 15)}


@pytest.mark.parametrize(
    ("le", "moment"),
    [
        (date(2026, 11, 1), Moment.A_VENIR),
        (date(2026, 11, 2), Moment.ECRITURE),
        (date(2027, 3, 31), Moment.ECRITURE),
        (date(2027, 4, 1), Moment.ATTENTE),
        (date(2027, 4, 15), Moment.CORRECTION),
        (date(2027, 5, 15), Moment.CORRECTION),
        (date(2027, 5, 16), Moment.TERMINEE),
    ],
)
def test_chaque_jour_est_dans_un_moment_bornes_comprises(le: date, moment: Moment) -> None:
    assert moment_de(campagne(**CORRIGEE), le) == moment


def test_sans_fenetre_de_correction_la_campagne_finit_a_la_remise() -> None:
    assert moment_de(campagne(), date(2027, 4, 1)) == Moment.TERMINEE


@pytest.mark.parametrize(
    ("le", "dit"),
    [
        (date(2027, 3, 19), "dans 12\u00a0jours"),
        (date(2027, 3, 30), "demain"),
        (date(2027, 3, 31), "aujourd’hui"),
        (date(2027, 4, 1), "1\u00a0jour de retard"),
        (date(2027, 4, 3), "3\u00a0jours de retard"),
    ],
)
def test_le_compte_a_rebours_se_dit_en_mots(le: date, dit: str) -> None:
    assert compte_a_rebours(date(2027, 3, 31), le) == dit


@pytest.mark.parametrize(
    ("publie", "dit"),
    [
        (date(2027, 3, 12), "à temps"),
        (date(2027, 3, 31), "le jour de la remise"),
        (date(2027, 4, 5), "5\u00a0jours après la date"),
    ],
)
def test_un_bilan_publie_se_compare_a_sa_date(publie: date, dit: str) -> None:
    assert ecart_a_la_remise(date(2027, 3, 31), publie) == dit


def edition(rang: int, statut: str) -> EditionLue:
    return EditionLue(
        id=Campagne().pk, edition=rang, statut=statut, publie_le=None, modifie_le=AUJOURDHUI
    )


@pytest.mark.parametrize(
    ("statuts", "etape", "rang", "corrige"),
    [
        ([], Etape.PAS_COMMENCE, None, None),
        (["BROUILLON"], Etape.BROUILLON, 1, None),
        (["RELECTURE"], Etape.RELECTURE, 1, None),
        (["VALIDE"], Etape.VALIDE, 1, None),
        (["PUBLIE"], Etape.PUBLIE, 1, None),
        (["ARCHIVE"], Etape.RETIRE, 1, None),
        (["PUBLIE", "BROUILLON"], Etape.PUBLIE, 1, 2),
        (["ARCHIVE", "PUBLIE"], Etape.PUBLIE, 2, None),
        (["ARCHIVE", "BROUILLON"], Etape.BROUILLON, 2, None),
        (["ARCHIVE", "ARCHIVE"], Etape.RETIRE, 2, None),
    ],
)
def test_l_etape_est_ce_qui_est_en_ligne_sinon_ce_qui_s_ecrit_sinon_ce_qui_est_retire(
    statuts: list[str], etape: Etape, rang: int | None, corrige: int | None
) -> None:
    lues = [edition(n, statut) for n, statut in enumerate(statuts, start=1)]
    dite, bilan, correction = situation(lues)
    assert dite == etape
    assert (bilan.edition if bilan else None) == rang
    assert (correction.edition if correction else None) == corrige
