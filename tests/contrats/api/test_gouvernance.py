"""La gouvernance par l’API : ce que lit chacun, et ce qui reste interne."""

from datetime import date

import pytest
from django.test import Client, RequestFactory

from contrats.api.gouvernance import DecisionViewSet, InstanceViewSet, ReunionViewSet
from tests.appuis.api import RACINE, decrits_un_par_un, ids, lire, outil, resultats
from tests.factories import (
    ActeurFactory,
    DecisionFactory,
    InstanceFactory,
    PresenceFactory,
    ReunionFactory,
)

INTERNES = ("compte_rendu", "participants", "presentes", "excusees")


@pytest.fixture
def client(coordinatrice):
    return outil(coordinatrice)


@pytest.fixture
def reunion(contrat):
    instance = InstanceFactory(contrat=contrat, membres=[ActeurFactory()])
    faite = ReunionFactory(
        instance=instance, tenue=True, publique=True, compte_rendu="Dit.", participants=9
    )
    PresenceFactory(reunion=faite)
    PresenceFactory(reunion=faite, etat="EXCUSE")
    return faite


def test_sans_suivre_le_contrat_on_ne_lit_que_ses_reunions_ouvertes(reunion, voisine):
    ReunionFactory(instance=reunion.instance)
    DecisionFactory(reunion=reunion)
    for client in (Client(), outil(voisine)):
        (lue,) = resultats(client, "reunions/")
        detail = lire(client, f"reunions/{reunion.pk}/")
        assert lue["id"] == str(reunion.pk)
        assert {lue[cle] for cle in INTERNES} == {detail[cle] for cle in INTERNES} == {None}
        assert ids(client, "instances/") == ids(client, "decisions/") == set()


def test_une_reunion_ouverte_d_un_contrat_ferme_ne_se_lit_pas(autre_contrat):
    ReunionFactory(instance__contrat=autre_contrat, publique=True)
    assert ids(Client(), "reunions/") == set()


@pytest.mark.parametrize(
    ("chemin", "vue"),
    [
        ("instances/", InstanceViewSet),
        ("reunions/", ReunionViewSet),
        ("decisions/", DecisionViewSet),
    ],
)
def test_la_liste_et_le_detail_disent_la_meme_chose(client, coordinatrice, reunion, chemin, vue):
    DecisionFactory(reunion=reunion, acteur=ActeurFactory(), echeance=date(2026, 6, 1))
    DecisionFactory(reunion=reunion)
    requete = RequestFactory().get("/")
    requete.user = coordinatrice
    attendus = {str(corps["id"]): corps for corps in decrits_un_par_un(vue, requete)}
    lus = resultats(client, chemin)
    assert lus
    for lu in lus:
        detail = lire(client, f"{chemin}{lu['id']}/")
        assert lu == detail
        assert lu.keys() == attendus[lu["id"]].keys()


def test_les_reunions_et_les_decisions_se_filtrent(client, contrat, reunion):
    prevue = ReunionFactory(instance__contrat=contrat, date=date(2026, 9, 1))
    retard = DecisionFactory(reunion=reunion, echeance=date(2026, 2, 1))
    DecisionFactory(reunion=reunion, statut="FAIT")
    cle = str(contrat.pk)
    assert ids(client, "reunions/", contrat=cle, etat="PREVUE") == {str(prevue.pk)}
    assert ids(client, "reunions/", depuis="2026-09-01") == {str(prevue.pk)}
    assert ids(client, "reunions/", annee=2026, est_publique="true") == {str(reunion.pk)}
    assert ids(client, "decisions/", contrat=cle, voir="en_retard") == {str(retard.pk)}
    assert ids(client, "instances/", contrat=cle, est_active="false") == set()


def test_l_api_ne_les_ecrit_pas(client, reunion):
    assert client.patch(f"{RACINE}reunions/{reunion.pk}/", {}).status_code == 405
    assert client.post(f"{RACINE}decisions/", {}).status_code == 405
