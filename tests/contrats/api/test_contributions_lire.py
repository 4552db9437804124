"""Les contributions par l’API : en lecture seule, pour qui modifie le plan."""

import pytest
from django.test import Client, RequestFactory

from contrats.api.contributions import ContributionViewSet
from tests.appuis.api import JSON, RACINE, decrits_un_par_un, ids, lire, outil, resultats
from tests.factories import ContributionFactory

CHEMIN = "contributions/"


@pytest.fixture
def recue(action):
    return ContributionFactory(action=action, recue=True)


def test_la_coordination_lit_ce_qui_est_recu(coordinatrice, recue, action):
    ContributionFactory(action=action, brouillon={"fait": "BROUILLON"})
    (lue,) = resultats(outil(coordinatrice), CHEMIN)
    assert lue["id"] == str(recue.pk)
    assert (lue["etat"], lue["nom"], lue["annee"]) == ("RECUE", "Camille Exemple", 2026)
    (element,) = lue["elements"]
    assert element["propose"] == {"statut": "EN_PAUSE", "raison": ""}
    assert "BROUILLON" not in str(lue)


@pytest.mark.parametrize("qui", ["pilote", "elue", "lectrice", "agent_ars", "voisine"])
def test_les_autres_n_en_voient_aucune(recue, qui, request):
    client = outil(request.getfixturevalue(qui))
    assert ids(client, CHEMIN) == set()
    assert client.get(f"{RACINE}{CHEMIN}{recue.pk}/").status_code == 404


def test_sans_compte_la_liste_est_vide(recue):
    assert ids(Client(), CHEMIN) == set()


def test_la_liste_et_le_detail_disent_la_meme_chose(coordinatrice, recue):
    client = outil(coordinatrice)
    liste = resultats(client, CHEMIN)
    assert lire(client, f"{CHEMIN}{recue.pk}/") == liste[0]
    requete = RequestFactory().get("/")
    requete.user = coordinatrice
    (decrit,) = decrits_un_par_un(ContributionViewSet, requete)
    assert {cle: str(v) for cle, v in decrit.items() if cle != "elements"} == {
        cle: str(v) for cle, v in liste[0].items() if cle != "elements"
    }


def test_elles_se_filtrent(coordinatrice, recue, action):
    client = outil(coordinatrice)
    assert ids(client, CHEMIN, action=action.pk, etat="RECUE", annee=2026)
    assert ids(client, CHEMIN, etat="TRAITEE") == set()


def test_elles_ne_s_ecrivent_pas(coordinatrice, recue):
    client = outil(coordinatrice)
    un = f"{RACINE}{CHEMIN}{recue.pk}/"
    assert client.patch(un, {}, content_type=JSON).status_code == 405
    assert client.post(f"{RACINE}{CHEMIN}", {}, content_type=JSON).status_code == 405
