"""Donner l’avis de son organisation par l’API : une fois, motivé, sur le PDF lu."""

from typing import Any

import pytest
from django.test import Client

from acteurs.models import Portee, Utilisateur
from bilans.models import AvisBilan
from contrats.models import Contrat
from tests.appuis.api import outil, pointeurs, probleme
from tests.bilans.api.appuis import envoyer
from tests.factories import AvisBilanFactory, BilanFactory

FAVORABLE = {"sens": "FAVORABLE", "texte": "Clair et honnête."}


@pytest.fixture
def avis(contrat: Contrat, partenaire: Utilisateur) -> AvisBilan:
    """Celui de l’organisation de la partenaire."""
    return AvisBilanFactory(
        bilan=BilanFactory(contrat=contrat, avec_pdf=True), acteur=partenaire.acteur
    )


def donner(client: Client, avis: AvisBilan, corps: Any, si: str = '"1"') -> Any:
    return envoyer(client, "patch", f"avis-bilans/{avis.pk}/", corps, si)


def test_une_organisation_donne_son_avis_sur_le_pdf_du_moment(
    avis: AvisBilan, partenaire: Utilisateur
) -> None:
    reponse = donner(outil(partenaire, nom="Outil du réseau"), avis, FAVORABLE)
    assert reponse.status_code == 200, reponse.content.decode()
    lu = reponse.json()
    assert (lu["sens"], lu["moyen"], lu["sha256"]) == ("FAVORABLE", "COMPTE", avis.bilan.sha256)
    assert lu["rendu_nom"].startswith(partenaire.nom_complet)
    avis.refresh_from_db()
    assert (avis.rendu_par, avis.modifie_via) == (partenaire, "api:Outil du réseau")


def test_l_agence_du_contrat_donne_le_sien(contrat: Contrat, agent_ars: Utilisateur) -> None:
    avis = AvisBilanFactory(bilan=BilanFactory(contrat=contrat, avec_pdf=True), acteur=contrat.ars)
    assert donner(outil(agent_ars), avis, FAVORABLE).status_code == 200


@pytest.mark.parametrize(
    ("corps", "champ", "phrase"),
    [
        ({"texte": "Sans avis."}, "/sens", "Choisissez un avis."),
        ({"sens": "PEUT_ETRE"}, "/sens", ""),
        ({"sens": "RESERVES"}, "/texte", "Écrivez vos réserves"),
        ({"sens": "DEFAVORABLE", "texte": "  "}, "/texte", "pourquoi l’avis est défavorable"),
        ({"sens": "FAVORABLE", "texte": "x" * 5001}, "/texte", "5000"),
        ({"sens": "FAVORABLE", "rendu_nom": "Quelqu’un"}, "/rendu_nom", "Champ inconnu"),
    ],
)
def test_un_avis_incomplet_est_refuse_sur_le_champ_en_cause(
    avis: AvisBilan, partenaire: Utilisateur, corps: Any, champ: str, phrase: str
) -> None:
    refus = probleme(donner(outil(partenaire), avis, corps), 400)
    assert pointeurs(refus) == {champ}
    assert phrase in refus["errors"][0]["message"]
    avis.refresh_from_db()
    assert avis.rendu_le is None


def test_un_avis_rendu_reste_tel_quel(avis: AvisBilan, partenaire: Utilisateur) -> None:
    client = outil(partenaire)
    assert donner(client, avis, FAVORABLE).status_code == 200
    refus = probleme(donner(client, avis, {"sens": "RESERVES", "texte": "Non."}, '"2"'), 409)
    assert "déjà rendu" in refus["detail"]
    # Répéter le même appel montre l’avis tel qu’il a été rendu
    assert probleme(donner(client, avis, FAVORABLE), 412)["actuel"]["sens"] == "FAVORABLE"


def test_on_ne_donne_plus_d_avis_sur_un_bilan_publie(
    contrat: Contrat, partenaire: Utilisateur
) -> None:
    publie = BilanFactory(contrat=contrat, publie=True)
    avis = AvisBilanFactory(bilan=publie, acteur=partenaire.acteur)
    refus = probleme(donner(outil(partenaire), avis, FAVORABLE), 409)
    assert "publié" in refus["detail"]


def test_la_version_est_demandee(avis: AvisBilan, partenaire: Utilisateur) -> None:
    probleme(donner(outil(partenaire), avis, FAVORABLE, ""), 428)


@pytest.mark.parametrize(
    ("personnage", "statut"),
    [
        ("coordinatrice", 403),
        ("elue", 403),
        ("agent_ars", 403),
        ("lectrice", 404),
        ("voisine", 404),
    ],
)
def test_personne_d_autre_ne_donne_l_avis_d_une_organisation(
    request: Any, avis: AvisBilan, personnage: str, statut: int
) -> None:
    client = outil(request.getfixturevalue(personnage))
    refus = probleme(donner(client, avis, FAVORABLE), statut)
    if statut == 403:
        assert "une personne de cette organisation" in refus["detail"]


def test_sans_compte_ni_portee_rien_ne_s_ecrit(avis: AvisBilan, partenaire: Utilisateur) -> None:
    probleme(donner(Client(), avis, FAVORABLE), 401)
    refus = probleme(donner(outil(partenaire, Portee.LECTURE), avis, FAVORABLE), 403)
    assert "ECRITURE_BILANS" in refus["detail"]
