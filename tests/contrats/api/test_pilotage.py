"""Le pilotage dans l’API : les comptes de la page, pour les agents de la région."""

import pytest
from django.urls import reverse

from tests.contrats.pilotage import monde as fabrique
from tests.factories import ActionFactory, JetonFactory

ADRESSE = reverse("api:pilotage-list")


@pytest.fixture
def demander(client, agent_ars):
    jeton = JetonFactory(utilisateur=agent_ars)

    def lire(**parametres):
        return client.get(ADRESSE, parametres, headers={"authorization": f"Bearer {jeton.secret}"})

    return lire


def test_chaque_bloc_est_rendu_avec_la_question_comprise(demander, contrat):
    contrat.delete()
    monde = fabrique.creer()
    corps = demander(region="53", situation="tous").json()
    assert (corps["region"], corps["situation"], corps["departement"]) == ("53", "tous", None)
    assert corps["actions"] == len(monde.fiches)
    assert sum(s["actions"] for s in corps["statuts"]) == len(monde.fiches)
    assert {"themes", "retards", "argent", "signataires", "coordination"} <= corps.keys()
    assert corps["argent"]["contrats"] == len(monde.contrats)
    assert corps["comparaisons"]["region"]["contrats"] == len(monde.contrats)


def test_la_region_est_demandee_et_doit_exister(demander, contrat):
    assert demander().status_code == 400
    assert "Bretagne" in demander().json()["errors"][0]["message"]
    assert demander(region="99").status_code == 404


def test_un_parametre_inconnu_ou_mal_ecrit_est_nomme(demander, contrat):
    for parametres in ({"regoin": "53"}, {"situation": "hier"}, {"annee": "x"}):
        reponse = demander(region="53", **parametres)
        assert reponse.status_code == 400
        assert reponse.json()["errors"]


def test_sans_compte_ou_sans_la_region_rien_ne_se_lit(client, demander, contrat, autre_contrat):
    assert client.get(ADRESSE, {"region": "53"}).status_code == 401
    assert demander(region="76").status_code == 403


def test_une_coordinatrice_n_y_a_pas_acces(client, coordinatrice):
    jeton = JetonFactory(utilisateur=coordinatrice)
    entete = {"authorization": f"Bearer {jeton.secret}"}
    assert client.get(ADRESSE, {"region": "53"}, headers=entete).status_code == 403


def test_ecrire_n_existe_pas(client, agent_ars):
    jeton = JetonFactory(utilisateur=agent_ars, ecriture=True)
    entete = {"authorization": f"Bearer {jeton.secret}"}
    assert client.post(ADRESSE, {}, headers=entete).status_code == 405


def test_le_nombre_de_requetes_est_fixe(demander, contrat, exiger_requetes_plates):
    def peupler(nombre):
        for _ in range(nombre):
            ActionFactory(contrat=contrat, themes=["prevention"])

    exiger_requetes_plates(peupler=peupler, lire=lambda: demander(region="53"))
