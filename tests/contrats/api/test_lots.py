"""Les lots par l’API : simuler, écrire exactement cela, annuler ; le même service que la page."""

import pytest

from acteurs.models import Portee
from contrats.models import Lot
from contrats.services.plan import modifier_action
from tests.appuis.api import JSON, RACINE, lire, outil, pointeurs, probleme
from tests.factories import ActeurFactory, ActionFactory

LOTS = f"{RACINE}lots/"


@pytest.fixture
def fiches(contrat, axe):
    return [ActionFactory(contrat=contrat, axe=axe, themes=["acces_soins"]) for _ in range(3)]


@pytest.fixture
def client(coordinatrice):
    return outil(coordinatrice, nom="Outil d’essai")


def envoyer(client, contrat, changements, fiches=None, **autres):
    corps = {"contrat": str(contrat.pk), "changements": changements, **autres}
    if fiches is not None:
        corps["actions"] = [str(fiche.pk) for fiche in fiches]
    return client.post(LOTS, corps, content_type=JSON)


def test_une_simulation_dit_tout_et_n_ecrit_rien(client, contrat, fiches):
    reponse = envoyer(client, contrat, {"priorite": "BAS"}, fiches, simulation=True)
    assert reponse.status_code == 201
    lot = reponse.json()
    assert (lot["etat"], lot["comptes"]["A_FAIRE"], lot["annulable_jusqua"]) == ("PREVU", 3, None)
    ligne = lot["lignes"][0]
    assert (ligne["avant"], ligne["apres"]) == ({"priorite": ""}, {"priorite": "BAS"})
    assert not contrat.actions.filter(priorite="BAS").exists()


def test_une_simulation_s_ecrit_puis_s_annule(client, contrat, fiches, administratrice):
    lot = envoyer(client, contrat, {"priorite": "BAS"}, fiches, simulation=True).json()
    modifier_action(action=fiches[2], valeurs={"titre": "Neuf"}, version=1, par=administratrice)
    ecrit = client.post(f"{LOTS}{lot['id']}/appliquer/").json()
    assert (ecrit["comptes"]["FAITE"], ecrit["comptes"]["CONFLIT"]) == (2, 1)
    assert contrat.actions.filter(priorite="BAS", modifie_via="api:Outil d’essai").count() == 2
    rendu = client.post(f"{LOTS}{lot['id']}/annuler/").json()
    assert (rendu["etat"], rendu["comptes"]["RENDUE"]) == ("ANNULE", 2)
    assert not contrat.actions.filter(priorite="BAS").exists()


def test_les_filtres_sont_ceux_de_la_liste_des_actions(client, contrat, fiches):
    modifier_action(
        action=fiches[0], valeurs={"priorite": "ELEVE"}, version=1,
        par=contrat.participations.get(role="COORDINATEUR").utilisateur,
    )  # fmt: skip
    autre = ActeurFactory()
    changements = {
        "statut": "REPORTEE",
        "statut_raison": "Élections",
        "decaler_date_fin": {"nombre": 6, "unite": "mois"},
        "themes": {"ajouter": ["jeunes"], "retirer": ["acces_soins"]},
        "partenaires": {"ajouter": [str(autre.pk)]},
    }
    lot = envoyer(client, contrat, changements, filtres="priorite=ELEVE").json()
    assert [ligne["action"] for ligne in lot["lignes"]] == [str(fiches[0].pk)]
    fiches[0].refresh_from_db()
    assert f"{fiches[0].date_fin}" == "2028-06-30"
    assert [t.pk for t in fiches[0].themes.all()] == ["jeunes"]
    assert fiches[0].liens_acteurs.get().acteur == autre


@pytest.mark.parametrize(
    ("corps", "champ"),
    [
        ({"changements": {}}, ""),
        ({"changements": {"titre": "Le même"}}, "/changements/titre"),
        ({"changements": {"statut": "BLOQUEE"}}, "/statut_raison"),
        ({"changements": {"statut": "EN_VACANCES"}}, "/changements/statut"),
        ({"changements": {"themes": {"ajouter": ["inconnu"]}}}, "/themes"),
        ({"changements": {"priorite": "BAS"}, "filtres": ""}, "/actions"),
        ({"changements": {"priorite": "BAS"}, "inconnu": 1}, "/inconnu"),
        (
            {"changements": {"decaler_date_fin": {"nombre": 1, "unite": "ans"}}},
            "/changements/decaler_date_fin/unite",
        ),
    ],
)
def test_un_corps_mal_fait_nomme_son_champ(client, contrat, fiches, corps, champ):
    envoi = {"fiches": fiches, **corps}
    changements = envoi.pop("changements")
    reponse = probleme(envoyer(client, contrat, changements, **envoi), 400)
    assert not champ or champ in pointeurs(reponse)
    assert not Lot.objects.filter(lignes__isnull=False).exists()


@pytest.mark.parametrize("filtres", ["axe=ici", "inconnu=1", "statut=EN_VACANCES"])
def test_un_filtre_mal_ecrit_est_refuse(client, contrat, fiches, filtres):
    reponse = envoyer(client, contrat, {"priorite": "BAS"}, filtres=filtres)
    assert "/filtres" in pointeurs(probleme(reponse, 400))
    assert not contrat.actions.filter(priorite="BAS").exists()


@pytest.mark.parametrize("qui", ["lectrice", "elue", "agent_ars", "partenaire"])
def test_qui_ne_modifie_aucune_fiche_est_refuse(request, contrat, fiches, qui):
    client = outil(request.getfixturevalue(qui))
    probleme(envoyer(client, contrat, {"priorite": "BAS"}, fiches), 403)


def test_la_voisine_ne_connait_ni_le_contrat_ni_ses_lots(client, voisine, contrat, fiches):
    lot = envoyer(client, contrat, {"priorite": "BAS"}, fiches).json()
    autre = outil(voisine)
    reponse = probleme(envoyer(autre, contrat, {"priorite": "BAS"}, fiches), 400)
    assert "/contrat" in pointeurs(reponse)
    assert lire(autre, "lots/")["results"] == []
    for suite in ("", "appliquer/", "annuler/"):
        methode = autre.get if not suite else autre.post
        probleme(methode(f"{LOTS}{lot['id']}/{suite}"), 404)


def test_un_pilote_n_ecrit_que_sa_fiche_et_ne_lit_que_ses_lots(
    client, pilote, contrat, action, fiches
):
    envoyer(client, contrat, {"priorite": "BAS"}, fiches)
    sien = envoyer(outil(pilote), contrat, {"priorite": "ELEVE"}, [action, *fiches]).json()
    assert (sien["comptes"]["FAITE"], sien["comptes"]["REFUSEE"]) == (1, 3)
    assert [lot["id"] for lot in lire(outil(pilote), "lots/")["results"]] == [sien["id"]]
    assert len(lire(client, "lots/", contrat=str(contrat.pk))["results"]) == 2


def test_un_jeton_de_lecture_n_ecrit_pas(coordinatrice, contrat, fiches):
    client = outil(coordinatrice, Portee.LECTURE)
    probleme(envoyer(client, contrat, {"priorite": "BAS"}, fiches), 403)


def test_une_visite_anonyme_ne_lit_aucun_lot(client, contrat, fiches, client_de, anonyme):
    envoyer(client, contrat, {"priorite": "BAS"}, fiches)
    assert lire(client_de(anonyme), "lots/")["results"] == []


def test_annuler_ce_qui_n_est_pas_ecrit_est_un_conflit(client, contrat, fiches):
    lot = envoyer(client, contrat, {"priorite": "BAS"}, fiches, simulation=True).json()
    probleme(client.post(f"{LOTS}{lot['id']}/annuler/"), 409)
