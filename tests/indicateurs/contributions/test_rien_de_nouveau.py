"""« Rien de nouveau », d’un geste : daté, relu par la coordination, sans rien changer avant elle."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from contrats.models import Action, Decision, EtatContribution
from indicateurs.contribution import etat
from indicateurs.services.contributions import Choix, accepter, refuser
from tests.factories import ContributionFactory, LienContributionFactory
from tests.indicateurs.contributions.conftest import SIGNEE, adresse

ANCIEN = datetime(2024, 1, 15, tzinfo=UTC)


@pytest.fixture
def muette(action) -> Action:
    """Commencée, et sans rien d’écrit depuis des années."""
    Action.objects.filter(pk=action.pk).update(statut="EN_COURS", modifie_le=ANCIEN)
    action.refresh_from_db()
    return action


@pytest.fixture
def dire(fiche):
    return lambda: Client().post(fiche, {"geste": "rien"})


def est_sans_nouvelles(action, le) -> bool:
    return Action.objects.filter(pk=action.pk).sans_nouvelles(le).exists()


def choix_de(contribution) -> Choix:
    element = contribution.elements.get()
    lu = etat.lire(contribution)
    present = lu.valeur(element.genre, element.champ, element.objet)
    return Choix(element.pk, element.propose, present)


def test_un_formulaire_par_fiche_le_dit_sans_javascript(page, fiche, contribution, aujourdhui):
    client = Client(enforce_csrf_checks=True)
    liste = BeautifulSoup(client.get(page).content, "html.parser")
    bouton = liste.select_one('button[name="geste"][value="rien"]')
    assert contribution.action.titre in bouton.text
    formulaire = bouton.find_parent("form")
    assert (formulaire["action"], formulaire["method"]) == (fiche, "post")
    jeton = formulaire.select_one('[name="csrfmiddlewaretoken"]')["value"]
    reponse = client.post(fiche, {"geste": "rien", "csrfmiddlewaretoken": jeton})
    assert (reponse.status_code, reponse.url) == (303, page)
    contribution.refresh_from_db()
    assert contribution.etat == EtatContribution.RECUE
    assert contribution.envoyee_le.date() == aujourdhui
    element = contribution.elements.get()
    assert (element.genre, element.champ) == ("NOTE", "rien")
    assert element.propose["rien"].startswith("Rien de nouveau au ")


def test_la_liste_du_partenaire_dit_ce_qu_il_a_repondu_et_ne_le_redemande_pas(page, dire):
    dire()
    liste = BeautifulSoup(Client().get(page).content, "html.parser")
    assert "Rien de nouveau" in liste.select_one(".fiches-partenaire").text
    assert liste.select_one('button[value="rien"]') is None


def test_le_geste_repete_n_ajoute_rien(dire, contribution):
    dire()
    contribution.refresh_from_db()
    version = contribution.version
    assert dire().status_code == 303
    contribution.refresh_from_db()
    assert (contribution.version, contribution.elements.count()) == (version, 1)


def test_une_vraie_reponse_n_est_pas_effacee_par_une_page_restee_ouverte(recue, dire):
    reponse = dire()
    assert reponse.status_code == 400
    assert "déjà répondu" in reponse.content.decode()
    assert recue.elements.count() == 6


def test_un_brouillon_se_reprend_et_n_a_pas_le_geste(page, repondre):
    repondre("brouillon", fait="Commencé")
    assert 'value="rien"' not in Client().get(page).content.decode()


def test_on_se_ravise_en_repondant_vraiment(dire, repondre, contribution):
    dire()
    assert repondre(fait="Une permanence").status_code == 303
    assert [e.champ for e in contribution.elements.all()] == ["fait"]


def test_le_nom_est_celui_du_dernier_envoi_signe_sinon_l_organisation_seule(
    lien, cpts, contrat, action, dire, contribution
):
    dire()
    contribution.refresh_from_db()
    assert contribution.auteur == "CPTS des Essais"
    autre = LienContributionFactory(contrat=contrat, acteur=cpts, actions=[action])
    ContributionFactory(lien=autre, action__contrat=contrat, action__pilote=cpts, recue=True)
    seconde = autre.contributions.get(action=action)
    Client().post(adresse(autre, seconde), {"geste": "rien"})
    seconde.refresh_from_db()
    assert seconde.nom == SIGNEE["nom"]


def test_la_fiche_reste_sans_nouvelles_tant_que_la_coordination_n_a_pas_accepte(
    muette, dire, contribution, coordinatrice, aujourdhui
):
    avant = (muette.version, muette.modifie_le, muette.statut)
    dire()
    muette.refresh_from_db()
    assert (muette.version, muette.modifie_le, muette.statut) == avant
    assert est_sans_nouvelles(muette, aujourdhui)
    contribution.refresh_from_db()
    accepter(contribution=contribution, choix=[choix_de(contribution)], par=coordinatrice)
    assert not est_sans_nouvelles(muette, aujourdhui)
    note = muette.notes.get()
    assert note.fait.startswith("Rien de nouveau au ")
    assert (note.date_note, note.modifie_via) == (aujourdhui, f"contribution:{contribution.pk}")


def test_non_retenu_il_ne_compte_pas_comme_une_nouvelle(
    muette, dire, contribution, coordinatrice, aujourdhui
):
    dire()
    element = contribution.elements.get()
    refuser(contribution=contribution, element=element.pk, raison="Appelez", par=coordinatrice)
    element.refresh_from_db()
    assert element.decision == Decision.REFUSE
    assert est_sans_nouvelles(muette, aujourdhui)
    assert not muette.notes.exists()


def test_la_coordination_le_voit_date_et_l_accepte_en_place(
    client_de, coordinatrice, contrat, dire, contribution, muette
):
    dire()
    client = client_de(coordinatrice)
    liste = client.get(reverse("indicateurs:contributions", args=[contrat.pk])).content.decode()
    assert "Rien de nouveau" in liste
    adresse_de_lecture = reverse("indicateurs:contribution", args=[contribution.pk])
    lue = BeautifulSoup(client.get(adresse_de_lecture).content, "html.parser")
    assert "Rien de nouveau au" in lue.text
    element = contribution.elements.get()
    present = lue.select_one(f'[name="{element.pk}-present"]')["value"]
    donnees = {"geste": "tout", f"{element.pk}-present": present}
    assert client.post(adresse_de_lecture, donnees).status_code == 303
    assert muette.notes.count() == 1


def test_la_coordination_peut_en_corriger_les_mots(client_de, coordinatrice, dire, contribution):
    dire()
    element = contribution.elements.get()
    donnees = {
        "geste": f"accepter:{element.pk}",
        f"{element.pk}-present": '{"rien": ""}',
        f"{element.pk}-rien": "Toujours en attente du local.",
    }
    adresse_de_lecture = reverse("indicateurs:contribution", args=[contribution.pk])
    assert client_de(coordinatrice).post(adresse_de_lecture, donnees).status_code == 303
    assert contribution.action.notes.get().fait == "Toujours en attente du local."
    element.refresh_from_db()
    assert element.decision == Decision.MODIFIE


def test_une_fiche_reprise_ne_recoit_plus_rien(fiche, action, dire):
    Action.objects.filter(pk=action.pk).update(est_restreinte=True)
    assert dire().status_code == 404


def test_le_lien_de_la_coordination_dit_ce_qui_n_a_rien_de_nouveau(
    client_de, coordinatrice, lien, dire
):
    dire()
    texte = client_de(coordinatrice).get(reverse("indicateurs:lien", args=[lien.pk]))
    assert "Rien de nouveau" in texte.content.decode()
