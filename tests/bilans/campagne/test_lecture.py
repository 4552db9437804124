"""Qui en est où : les contrats dont on attend le bilan, leur étape, leur date, leurs filtres."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import BadRequest
from django.http import QueryDict

from acteurs.models import Utilisateur
from bilans.campagne.filtres import TableauFilterSet
from bilans.campagne.lecture import contrats_de, redacteurs, sans_bilan_attendu, tableau_de
from bilans.campagne.ligne import AvisLus, Etape, LigneCampagne
from bilans.campagne.tableau import TableauCampagne
from bilans.models import Campagne, SectionBilan
from contrats.models import Contrat
from tests.appuis.horloge import AUJOURDHUI
from tests.factories import (
    AvisBilanFactory,
    BilanFactory,
    CampagneFactory,
    ContratFactory,
    ParticipationFactory,
    SectionBilanFactory,
    UtilisateurFactory,
)


@pytest.fixture
def campagne(db: None) -> Campagne:
    return CampagneFactory()


def lu(campagne: Campagne, qui: Utilisateur, le: date = AUJOURDHUI) -> TableauCampagne:
    return tableau_de(campagne, qui, le)


def ligne_de(contrat: Contrat, tableau: TableauCampagne) -> LigneCampagne:
    return next(ligne for ligne in tableau if ligne.contrat == contrat.pk)


def test_on_attend_le_bilan_des_contrats_signes_en_cours_cette_annee(
    campagne: Campagne, contrat: Contrat, agent_ars: Utilisateur
) -> None:
    fini = ContratFactory(termine=True, date_fin=date(2025, 6, 30))
    commence = ContratFactory(signe=True, date_debut=None, date_signature=date(2025, 12, 1))
    deja = ContratFactory(en_projet=True)
    BilanFactory(contrat=deja, annee=2025)
    for hors in (
        {"en_projet": True},
        {"termine": True},
        {"signe": True, "date_debut": date(2026, 1, 1)},
        {"signe": True, "phase": "ABANDONNE"},
        {"signe": True, "region_id": "76"},
    ):
        ContratFactory(**hors)
    assert {ligne.contrat for ligne in lu(campagne, agent_ars)} == {
        contrat.pk, fini.pk, commence.pk, deja.pk,
    }  # fmt: skip
    assert sans_bilan_attendu(campagne, agent_ars) == 3


def test_la_delegation_ne_voit_que_ses_contrats(
    campagne: Campagne, contrat: Contrat, agent_dd: Utilisateur
) -> None:
    ContratFactory(signe=True, epci="243500659")
    (ligne,) = lu(campagne, agent_dd)
    assert (ligne.contrat, ligne.departement_nom) == (contrat.pk, "Finistère")


def test_la_date_d_un_contrat_qui_mene_sa_campagne_l_emporte(
    campagne: Campagne, contrat: Contrat, agent_ars: Utilisateur
) -> None:
    autre = ContratFactory(signe=True)
    CampagneFactory(du_contrat=True, contrat=contrat, remise_le=date(2026, 3, 10))
    CampagneFactory(du_contrat=True, contrat=autre, annee=2024, remise_le=date(2026, 3, 1))
    tableau = lu(campagne, agent_ars)
    siennes, communes = ligne_de(contrat, tableau), ligne_de(autre, tableau)
    assert (siennes.remise_le, siennes.a_ses_dates) == (date(2026, 3, 10), True)
    assert (siennes.jours, siennes.est_en_retard) == (-2, True)
    assert (communes.remise_le, communes.a_ses_dates) == (campagne.remise_le, False)


def test_un_bilan_remis_n_est_pas_en_retard_meme_retire_depuis(
    campagne: Campagne, contrat: Contrat, agent_ars: Utilisateur
) -> None:
    bilan = BilanFactory(contrat=contrat, annee=2025, publie=True, instantane={"essai": True})
    le = date(2026, 4, 2)
    assert not ligne_de(contrat, lu(campagne, agent_ars, le)).est_en_retard
    type(bilan).objects.filter(pk=bilan.pk).update(statut="ARCHIVE")
    retiree = ligne_de(contrat, lu(campagne, agent_ars, le))
    assert (retiree.etape, retiree.est_en_retard) == (Etape.RETIRE, False)


def test_les_avis_attendus_et_en_retard_se_comptent(
    campagne: Campagne, contrat: Contrat, agent_ars: Utilisateur
) -> None:
    bilan = BilanFactory(contrat=contrat, annee=2025, statut="RELECTURE")
    AvisBilanFactory(bilan=bilan, rendu=True)
    AvisBilanFactory(bilan=bilan)
    AvisBilanFactory(bilan=bilan, attendu_le=date(2026, 3, 11))
    ligne = ligne_de(contrat, lu(campagne, agent_ars))
    assert ligne.avis == AvisLus(demandes=3, attendus=2, en_retard=1)


def test_la_derniere_activite_est_celle_de_tout_ce_qui_s_ecrit(
    campagne: Campagne, contrat: Contrat, agent_ars: Utilisateur
) -> None:
    assert ligne_de(contrat, lu(campagne, agent_ars)).activite_le is None
    bilan = BilanFactory(contrat=contrat, annee=2025)
    tard = datetime(2026, 6, 1, tzinfo=UTC)
    section = SectionBilanFactory(bilan=bilan)
    SectionBilan.objects.filter(pk=section.pk).update(modifie_le=tard)
    assert ligne_de(contrat, lu(campagne, agent_ars)).activite_le == tard


def test_la_coordination_nomme_qui_ecrit_le_bilan(
    campagne: Campagne, contrat: Contrat, coordinatrice: Utilisateur, elue: Utilisateur,
    agent_ars: Utilisateur,
) -> None:  # fmt: skip
    partie = UtilisateurFactory(is_active=False)
    ParticipationFactory(contrat=contrat, utilisateur=partie, role="COORDINATEUR")
    assert ligne_de(contrat, lu(campagne, agent_ars)).coordination == ("Coline Coordonne",)
    assert redacteurs(contrat.pk) == [coordinatrice]


def test_la_campagne_d_un_contrat_n_a_que_lui(contrat: Contrat) -> None:
    propre = CampagneFactory(du_contrat=True, contrat=contrat)
    ContratFactory(signe=True)
    assert [c.pk for c in contrats_de(propre)] == [contrat.pk]


# Filtres --------------------------------------------------------------------------------------


@pytest.fixture
def monde(campagne: Campagne, contrat: Contrat, agent_ars: Utilisateur) -> dict[str, Contrat]:
    """Cornouaille pas commencé ; B en brouillon ; C publié, corrigé ; D en retard, avis attendu."""
    contrats = {"A": contrat}
    for nom in "BCD":
        contrats[nom] = ContratFactory(signe=True, nom=f"Contrat {nom}")
    BilanFactory(contrat=contrats["B"], annee=2025)
    BilanFactory(contrat=contrats["C"], annee=2025, publie=True, instantane={"essai": True})
    BilanFactory(contrat=contrats["C"], annee=2025, edition=2)
    relu = BilanFactory(contrat=contrats["D"], annee=2025, statut="RELECTURE")
    AvisBilanFactory(bilan=relu)
    CampagneFactory(du_contrat=True, contrat=contrats["D"], remise_le=date(2026, 3, 1))
    ParticipationFactory(contrat=contrats["B"], role="COORDINATEUR")
    return contrats


@pytest.mark.parametrize(
    ("demande", "trouves"),
    [
        ("", "DABC"),
        ("etape=BROUILLON", "B"),
        ("etape=BROUILLON&etape=RELECTURE", "DB"),
        ("etape=PAS_COMMENCE", "A"),
        ("en_retard=true", "D"),
        ("en_retard=false", "ABC"),
        ("avis_attendus=true", "D"),
        ("correction=true", "C"),
        ("sans_coordination=true", "DAC"),
        ("recherche=quimper", "A"),
        ("departement=29", "A"),
        ("tri=nom", "BCDA"),
        ("tri=-nom", "ADCB"),
        ("tri=etape", "ABDC"),
        ("tri=remise&en_retard=false", "BCA"),
    ],
)
def test_les_filtres_et_l_ordre(
    campagne: Campagne, monde: dict[str, Contrat], agent_ars: Utilisateur, demande: str,
    trouves: str,
) -> None:  # fmt: skip
    tableau: Any = lu(campagne, agent_ars)
    filtre = TableauFilterSet(QueryDict(demande), queryset=tableau, le=AUJOURDHUI, par=agent_ars)
    filtre.exiger_valide()
    cles = {contrat.pk: cle for cle, contrat in monde.items()}
    assert "".join(cles[ligne.contrat] for ligne in filtre.qs) == trouves


def test_le_compte_d_un_filtre_est_ce_qu_il_montrerait(
    campagne: Campagne, monde: dict[str, Contrat], agent_ars: Utilisateur
) -> None:
    tableau: Any = lu(campagne, agent_ars)
    filtre = TableauFilterSet(QueryDict("en_retard=false"), queryset=tableau, par=agent_ars)
    assert filtre.nombre("etape", filtre.condition("etape", ["RELECTURE"])) == 0
    assert filtre.nombre("en_retard", filtre.condition("en_retard", valeur=True)) == 1
    assert list(tableau.par_etape().values()) == [1, 1, 1, 0, 1, 0]


@pytest.mark.parametrize("demande", ["etape=FAUX", "departement=00", "en_retard=1", "tri=hasard"])
def test_un_filtre_mal_ecrit_est_nomme(
    campagne: Campagne, agent_ars: Utilisateur, demande: str
) -> None:
    filtre = TableauFilterSet(QueryDict(demande), queryset=TableauCampagne([]), par=agent_ars)
    with pytest.raises(BadRequest, match=demande.split("=", maxsplit=1)[0]):
        filtre.exiger_valide()
