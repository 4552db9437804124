"""La fiche complète par l’API : lue par l’équipe, écrite avec les règles des pages."""

import pytest
from django.test import Client
from django.utils import timezone

from contrats.api.fiche_complete import LISTES_DU_DETAIL
from contrats.models import Action, ObjectifRegional
from contrats.services.plan import CHAMPS_DE_LA_FICHE_COMPLETE
from tests.appuis.api import JSON, RACINE, lire, outil, pointeurs, probleme, resultats
from tests.factories import ActeurFactory, ActionFactory, ChampLibreFactory


def modifier(client, action, version=1, **valeurs):
    return client.patch(
        f"{RACINE}actions/{action.pk}/",
        valeurs,
        content_type=JSON,
        headers={"If-Match": f'"{version}"'},
    )


def test_hors_de_l_equipe_tout_le_detail_est_nul(action, voisine):
    for client in (Client(), outil(voisine)):
        lue = lire(client, f"actions/{action.pk}/")
        assert {
            lue[nom] for nom in (*CHAMPS_DE_LA_FICHE_COMPLETE, *LISTES_DU_DETAIL, "champs_libres")
        } == {None}


def test_les_champs_de_la_fiche_s_ecrivent_et_se_relisent(action, coordinatrice):
    client, copilote = outil(coordinatrice), ActeurFactory()
    reponse = modifier(
        client,
        action,
        objectif_general="Marcher plus",
        priorite="ELEVE",
        communes=["29232"],
        sous_themes=["addictions_tabac"],
        copilotes=[str(copilote.pk)],
        est_annuelle=True,
    )
    assert reponse.status_code == 200, reponse.json()
    lue = lire(client, f"actions/{action.pk}/")
    assert (lue["objectif_general"], lue["priorite"]) == ("Marcher plus", "ELEVE")
    assert (lue["communes"], lue["sous_themes"]) == (["29232"], ["addictions_tabac"])
    assert lue["themes"] == ["addictions"]
    assert {"acteur": str(copilote.pk), "nom": copilote.nom, "role": "COPILOTE"} in lue["acteurs"]
    assert lue["version"] == 2


def test_un_champ_du_contrat_s_ecrit_par_son_identifiant(action, coordinatrice):
    champ = ChampLibreFactory(contrat=action.contrat, genre="NOMBRE", libelle="Places")
    client = outil(coordinatrice)
    modifier(client, action, champs_libres={str(champ.pk): "12,5"})
    assert lire(client, f"actions/{action.pk}/")["champs_libres"] == [
        {"champ": str(champ.pk), "libelle": "Places", "genre": "NOMBRE", "valeur": "12.5"}
    ]


def test_les_regles_des_pages_valent_ici(action, coordinatrice):
    ailleurs = ObjectifRegional.objects.create(code="occ-9", libelle="Essai", region_id="76")
    client = outil(coordinatrice)
    for valeurs in ({"communes": ["31117"]}, {"objectifs_regionaux": [ailleurs.pk]}):
        corps = probleme(modifier(client, action, **valeurs), 400)
        assert pointeurs(corps) == {f"/{nom}" for nom in valeurs}
    action.refresh_from_db()
    assert action.version == 1


@pytest.mark.parametrize("valeurs", [{"priorite": "URGENT"}, {"instance": "a" * 151}])
def test_une_valeur_mal_formee_est_nommee(action, coordinatrice, valeurs):
    corps = probleme(modifier(outil(coordinatrice), action, **valeurs), 400)
    assert pointeurs(corps) == {f"/{nom}" for nom in valeurs}


def test_un_pilote_ne_reserve_pas_sa_fiche(action, pilote):
    probleme(modifier(outil(pilote), action, est_restreinte=True), 403)


@pytest.fixture
def precedente(action) -> Action:
    precedente = ActionFactory(contrat=action.contrat, est_publique=False)
    Action.objects.filter(pk=action.pk).update(action_precedente=precedente)
    return precedente


def precedente_lue(personne, action) -> str | None:
    return lire(outil(personne), f"actions/{action.pk}/")["action_precedente"]


def test_l_action_prolongee_se_lit_quand_on_peut_la_voir(action, precedente, lectrice):
    assert precedente_lue(lectrice, action) == str(precedente.pk)


def test_l_identifiant_d_une_action_prolongee_et_jetee_ne_sort_pas(
    action, precedente, coordinatrice
):
    Action.objects.filter(pk=precedente.pk).update(corbeille_le=timezone.now())
    assert precedente_lue(coordinatrice, action) is None


def test_l_identifiant_d_une_action_prolongee_et_reservee_ne_sort_que_pour_qui_la_lit(
    action, precedente, coordinatrice, lectrice
):
    Action.objects.filter(pk=precedente.pk).update(est_restreinte=True)
    assert precedente_lue(lectrice, action) is None
    assert precedente_lue(coordinatrice, action) == str(precedente.pk)


def test_l_identifiant_d_une_action_d_un_contrat_que_l_on_ne_voit_pas_ne_sort_pas(
    action, autre_action, lectrice, administratrice
):
    Action.objects.filter(pk=action.pk).update(action_precedente=autre_action)
    assert precedente_lue(lectrice, action) is None
    assert precedente_lue(administratrice, action) == str(autre_action.pk)


def test_la_liste_ne_dit_pas_l_action_prolongee(action, precedente, coordinatrice):
    Action.objects.filter(pk=precedente.pk).update(corbeille_le=timezone.now())
    lignes = resultats(outil(coordinatrice), "actions/", contrat=action.contrat_id)
    assert [ligne["id"] for ligne in lignes] == [str(action.pk)]
    assert "action_precedente" not in lignes[0]
    assert str(precedente.pk) not in str(lignes)
