"""Des formules de plusieurs contrats : leurs deux nombres se joignent, ou la page dit pourquoi non."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from contrats.models import Contrat
from indicateurs.models import Calcul, Indicateur, IndicateurModele, MesureDePilotage
from indicateurs.region.lecture import FORMULE, INDISPONIBLE, region
from indicateurs.region.lignes import A_PART, lignes_de
from tests.factories import ActionFactory, ContratFactory, IndicateurFactory, MesureFactory

LE = date(2026, 3, 12)
REGION = "53"
SOMME, RATIO = "A02", "A04"


@pytest.fixture
def contrats(contrat: Contrat) -> list[Contrat]:
    return [contrat, ContratFactory(signe=True, region_id=REGION, ars=contrat.ars)]


def terme(contrat: Contrat, code: str, valeur: Any, **champs: Any) -> Indicateur:
    indicateur = IndicateurFactory(
        contrat=contrat, code=code, unite="personnes", **{"agregation": "SOMME"} | champs
    )
    if valeur is not None:
        MesureFactory(indicateur=indicateur, annee=2025, valeur=valeur)
    return indicateur


def calculer(contrat: Contrat, code: str, formule: str, **champs: Any) -> Indicateur:
    modele = IndicateurModele.objects.get(pk=code)
    pris = {n: getattr(modele, n) for n in ("unite", "agregation", "libelle", "type", "niveau")}
    return IndicateurFactory(
        contrat=contrat, modele=modele, calcul=Calcul.FORMULE, formule=formule, **pris | champs
    )


def lire(contrats: list[Contrat], code: str) -> Any:
    modele = IndicateurModele.objects.get(pk=code)
    (suivi,) = region(contrats, [modele], le=LE, annee=2025)
    return suivi


def test_des_rapports_calcules_se_refont_sur_leurs_deux_nombres(contrats: list[Contrat]) -> None:
    """(30 + 5) / (40 + 60) : ni la moyenne de 75 % et 8,3 %, ni leur somme."""
    for un, quartier, tous in ((contrats[0], 30, 40), (contrats[1], 5, 60)):
        terme(un, "Q", quartier)
        terme(un, "T", tous)
        calculer(un, RATIO, "Q / T")
    lu = lire(contrats, RATIO).annees[2025]
    assert (lu.valeur, lu.contrats, lu.reunies) == (35, 2, 2)
    assert (lu.minimum, lu.maximum) == (Decimal("8.3333"), 75)


def test_un_total_calcule_se_joint_aux_totaux_saisis(contrats: list[Contrat]) -> None:
    terme(contrats[0], "A", 12)
    terme(contrats[0], "B", 7)
    calculer(contrats[0], SOMME, "2 * A + B / 7 - [B]")
    saisi = IndicateurFactory(
        contrat=contrats[1], modele_id=SOMME, unite="nombre", agregation="SOMME"
    )
    MesureFactory(indicateur=saisi, annee=2025, valeur=100)
    lu = lire(contrats, SOMME).annees[2025]
    assert (lu.valeur, lu.reunies) == (2 * 12 + 1 - 7 + 100, 2)


def test_une_formule_de_formules_et_d_actions_se_reunit(
    contrats: list[Contrat],
) -> None:
    for rang, un in enumerate(contrats, start=1):
        action = ActionFactory(contrat=un)
        for valeur in (10 * rang, 1):
            lie = IndicateurFactory(contrat=un, modele_id="A01", agregation="SOMME")
            lie.actions.set([action])
            MesureFactory(indicateur=lie, annee=2025, valeur=valeur)
        terme(un, "T", None, calcul=Calcul.FORMULE, formule="somme_des_actions(A01)")
        calculer(un, SOMME, "T + T")
    assert lire(contrats, SOMME).annees[2025].valeur == 2 * (11 + 21)


@pytest.mark.parametrize(
    ("formule", "autres"),
    [
        ("T + 3", {}),  # 3 compterait une fois par contrat
        ("T * T", {}),
        ("M", {"agregation": "MOYENNE"}),
        ("T + M", {"agregation": "DERNIERE_VALEUR"}),
        ("T + M", {"type": "CONTEXTE"}),
        ("T + M", {"niveau": "REGION"}),
        ("T + INCONNU", {}),
        ("T + (", {}),
    ],
)
def test_un_terme_qui_ne_s_additionne_pas_laisse_la_formule_de_cote(
    contrats: list[Contrat], formule: str, autres: dict[str, str]
) -> None:
    terme(contrats[0], "T", 5)
    terme(contrats[0], "M", 4, **autres)
    calculer(contrats[0], SOMME, formule)
    suivi = lire(contrats, SOMME)
    assert suivi.annees == {}
    assert suivi.ecartes == {FORMULE: 1}


@pytest.mark.parametrize("formule", ["Q / T * 2", "100 / T", "(Q / T) / T"])
def test_un_rapport_qui_n_est_plus_celui_de_deux_sommes_ne_se_reunit_pas(
    contrats: list[Contrat], formule: str
) -> None:
    terme(contrats[0], "Q", 5)
    terme(contrats[0], "T", 10)
    calculer(contrats[0], RATIO, formule)
    assert lire(contrats, RATIO).ecartes == {FORMULE: 1}


def test_des_formules_qui_se_citent_l_une_l_autre_n_arretent_pas_la_page(
    contrats: list[Contrat],
) -> None:
    terme(contrats[0], "X", None, calcul=Calcul.FORMULE, formule="Y")
    terme(contrats[0], "Y", None, calcul=Calcul.FORMULE, formule="X")
    calculer(contrats[0], SOMME, "X + X")
    assert lire(contrats, SOMME).ecartes == {FORMULE: 1}


def test_une_division_par_zero_est_une_valeur_non_disponible(contrats: list[Contrat]) -> None:
    for un, tous in ((contrats[0], 0), (contrats[1], 20)):
        terme(un, "Q", 5)
        terme(un, "T", tous)
        calculer(un, RATIO, "Q / T")
    lu = lire(contrats, RATIO).annees[2025]
    assert (lu.valeur, lu.ecartes) == (25, {INDISPONIBLE: 1})


def test_une_formule_cite_ce_que_la_plateforme_compte(contrats: list[Contrat]) -> None:
    for rang, un in enumerate(contrats, start=1):
        ActionFactory.create_batch(rang, contrat=un, statut="REALISEE")
        ActionFactory(contrat=un)
        terme(
            un, "P", None, agregation="RATIO",
            calcul=Calcul.PILOTAGE, pilotage=MesureDePilotage.ACTIONS_REALISEES,
        )  # fmt: skip
        calculer(un, RATIO, "P")
    modele = IndicateurModele.objects.get(pk=RATIO)
    (suivi,) = region(contrats, [modele], le=LE, annee=2026)
    assert suivi.annees[2026].valeur == 60


def test_contrat_par_contrat_chaque_formule_a_sa_valeur_et_sa_raison(
    contrats: list[Contrat],
) -> None:
    terme(contrats[0], "T", 5)
    calculer(contrats[0], SOMME, "T * 2")
    terme(contrats[1], "T", 7)
    calculer(contrats[1], SOMME, "T + 3")
    modele = IndicateurModele.objects.get(pk=SOMME)
    lues = {li.contrat: li for li in lignes_de(contrats, modele, 2025, LE)}
    ici, la = lues[contrats[0].nom], lues[contrats[1].nom]
    assert (ici.valeur, la.valeur) == (10, 10)
    assert A_PART not in ici.note
    assert la.note.endswith(A_PART)


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_formules(
    client_de: Any, agent_ars: Any, contrat: Contrat, exiger_requetes_plates: Any
) -> None:
    def peupler(n: int) -> None:
        for _ in range(n):
            un = ContratFactory(signe=True, region_id=REGION, ars=contrat.ars)
            terme(un, "T", 5)
            calculer(un, SOMME, "T * 2")

    client = client_de(agent_ars)
    pages = [
        reverse("indicateurs:region", args=[REGION]),
        reverse("indicateurs:region_indicateur", args=[REGION, SOMME]),
    ]
    exiger_requetes_plates(peupler=peupler, lire=lambda: [client.get(page) for page in pages])
