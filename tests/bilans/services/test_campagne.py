"""Ouvrir, changer, prolonger, retirer une campagne : qui le peut, ce qui se refuse."""

from datetime import date
from typing import Any

import pytest

from acteurs.models import Region, Utilisateur
from bilans.models import Campagne
from bilans.services import campagne as service
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, DroitRefuse, ErreurMetier
from contrats.models import Contrat
from tests.factories import (
    AffectationArsFactory,
    CampagneFactory,
    ContratFactory,
    RappelCampagneFactory,
    UtilisateurFactory,
)


def dites(**autres: Any) -> dict[str, Any]:
    return {
        "annee": 2025,
        "ouvre_le": date(2026, 3, 12),
        "remise_le": date(2026, 6, 30),
        "correction_debut": None,
        "correction_fin": None,
        "rappels": [30, 10],
        "message": "Bon courage.",
    } | autres


def ouvrir(par: Utilisateur, region: str = "53", **autres: Any) -> Campagne:
    return service.ouvrir_campagne_regionale(
        region=Region.objects.get(pk=region), valeurs=dites(**autres), par=par
    )


def ouvrir_pour(contrat: Contrat, par: Utilisateur, **autres: Any) -> Campagne:
    valeurs = dites(**autres)
    return service.ouvrir_campagne_du_contrat(contrat=contrat, valeurs=valeurs, par=par)


def test_le_siege_ouvre_la_campagne_de_sa_region(agent_ars: Utilisateur) -> None:
    ouverte = ouvrir(agent_ars)
    assert (ouverte.region_id, ouverte.contrat, ouverte.annee) == ("53", None, 2025)
    assert (ouverte.rappels, ouverte.modifie_par) == ([30, 10], agent_ars)


def test_ni_la_delegation_ni_une_autre_agence_ni_une_coordination_n_ouvrent_une_region(
    agent_dd: Utilisateur, coordinatrice: Utilisateur, voisine: Utilisateur
) -> None:
    ailleurs = UtilisateurFactory()
    AffectationArsFactory(utilisateur=ailleurs, region="76")
    for personne in (agent_dd, coordinatrice, voisine, ailleurs):
        with pytest.raises(DroitRefuse):
            ouvrir(personne)
    assert not Campagne.objects.exists()


def test_la_coordination_et_l_agence_ouvrent_celle_d_un_contrat(
    contrat: Contrat, coordinatrice: Utilisateur, agent_dd: Utilisateur
) -> None:
    assert ouvrir_pour(contrat, coordinatrice).contrat == contrat
    assert ouvrir_pour(contrat, agent_dd, annee=2024).annee == 2024


def test_ni_l_elue_ni_la_voisine_n_ouvrent_celle_du_contrat(
    contrat: Contrat, elue: Utilisateur, voisine: Utilisateur
) -> None:
    for personne in (elue, voisine):
        with pytest.raises(DroitRefuse):
            ouvrir_pour(contrat, personne)


def test_l_agence_n_ouvre_rien_pour_un_contrat_d_une_autre_region(
    autre_contrat: Contrat, agent_ars: Utilisateur
) -> None:
    with pytest.raises(DroitRefuse):
        ouvrir_pour(autre_contrat, agent_ars)


@pytest.mark.parametrize(
    ("autres", "phrase"),
    [
        ({"remise_le": date(2026, 3, 1)}, "La date de remise suit l’ouverture"),
        (
            {"correction_debut": date(2026, 6, 1), "correction_fin": date(2026, 7, 1)},
            "commencent après la date de remise",
        ),
        ({"correction_debut": date(2026, 7, 1)}, "un début et une fin"),
        (
            {"correction_debut": date(2026, 7, 9), "correction_fin": date(2026, 7, 1)},
            "un début et une fin",
        ),
        ({"annee": 2027}, "s’écrit à partir du 1ᵉʳ janvier 2027"),
        ({"rappels": [200]}, "la campagne dure 110\u00a0jours"),
        ({"rappels": [7, 6, 5, 4, 3, 2, 1]}, "6 rappels au plus"),
    ],
)
def test_des_dates_a_l_envers_ou_des_rappels_impossibles_sont_refuses(
    agent_ars: Utilisateur, autres: dict[str, Any], phrase: str
) -> None:
    with pytest.raises(DonneesRefusees, match=phrase):
        ouvrir(agent_ars, **autres)


def test_une_seule_campagne_par_region_et_par_an(agent_ars: Utilisateur) -> None:
    ouvrir(agent_ars)
    with pytest.raises(DonneesRefusees, match="existe déjà pour la région"):
        ouvrir(agent_ars)
    assert ouvrir(agent_ars, annee=2026).annee == 2026


def test_une_seule_par_contrat_et_par_an_a_cote_de_celle_de_la_region(
    contrat: Contrat, agent_ars: Utilisateur, coordinatrice: Utilisateur
) -> None:
    ouvrir(agent_ars)
    ouvrir_pour(contrat, coordinatrice)
    with pytest.raises(DonneesRefusees, match="existe déjà pour ce contrat"):
        ouvrir_pour(contrat, coordinatrice)


def test_un_contrat_qui_ne_couvre_pas_l_annee_n_a_pas_de_campagne(
    contrat: Contrat, coordinatrice: Utilisateur
) -> None:
    with pytest.raises(DonneesRefusees, match="ne couvre pas l’année 2023"):
        ouvrir_pour(contrat, coordinatrice, annee=2023)


def test_modifier_compte_une_version_et_refuse_une_ecriture_perimee(
    agent_ars: Utilisateur,
) -> None:
    ouverte = ouvrir(agent_ars)
    a_jour = service.modifier_campagne(
        campagne=ouverte, valeurs={"message": "Autre", "annee": 2020}, version=1, par=agent_ars
    )
    assert (a_jour.message, a_jour.annee, a_jour.version) == ("Autre", 2025, 2)
    with pytest.raises(ConflitVersion):
        service.modifier_campagne(
            campagne=ouverte, valeurs={"message": "Périmé"}, version=1, par=agent_ars
        )


def test_prolonger_decale_les_corrections_d_autant(agent_ars: Utilisateur) -> None:
    campagne = CampagneFactory(avec_corrections=True)
    prolongee = service.prolonger_campagne(
        campagne=campagne, remise_le=date(2026, 4, 10), version=1, par=agent_ars
    )
    assert prolongee.remise_le == date(2026, 4, 10)
    assert prolongee.correction_debut == date(2026, 4, 25)
    assert prolongee.correction_fin == date(2026, 5, 25)


def test_prolonger_demande_une_date_plus_tardive(agent_ars: Utilisateur) -> None:
    for jour in (date(2026, 3, 31), date(2026, 3, 1)):
        with pytest.raises(DonneesRefusees, match="31\u00a0mars 2026"):
            service.prolonger_campagne(
                campagne=CampagneFactory(annee=jour.day + 2010),
                remise_le=jour,
                version=1,
                par=agent_ars,
            )


def test_une_campagne_qui_a_rappele_ne_se_retire_plus(agent_ars: Utilisateur) -> None:
    campagne = CampagneFactory()
    rappel = RappelCampagneFactory(campagne=campagne, contrat=ContratFactory())
    with pytest.raises(ErreurMetier, match="Des rappels sont partis"):
        service.retirer_campagne(campagne=campagne, version=None, par=agent_ars)
    rappel.delete()
    service.retirer_campagne(campagne=campagne, version=None, par=agent_ars)
    assert not Campagne.objects.exists()


def test_la_voisine_ne_change_ni_ne_prolonge_ni_ne_retire(
    contrat: Contrat, voisine: Utilisateur
) -> None:
    campagne = CampagneFactory(du_contrat=True, contrat=contrat)
    commun: dict[str, Any] = {"campagne": campagne, "version": 1, "par": voisine}
    for geste, dit in (
        (service.modifier_campagne, {"valeurs": {"message": "x"}}),
        (service.prolonger_campagne, {"remise_le": date(2027, 1, 1)}),
        (service.retirer_campagne, {}),
    ):
        with pytest.raises(DroitRefuse):
            geste(**commun, **dit)
