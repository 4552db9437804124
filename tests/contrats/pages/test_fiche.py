"""La vue d’ensemble d’un contrat : la lire, créer, décrire, changer de phase."""

from datetime import date

import pytest
from django.urls import reverse

from contrats.etats import Phase
from contrats.models import Contrat
from contrats.services.cycle_de_vie import modifier_contrat
from tests.appuis.pages import lire, soupe
from tests.factories import ActionFactory


@pytest.fixture
def adresse(contrat):
    return reverse("contrats:fiche", args=[contrat.pk])


def test_la_vue_d_ensemble_dit_communes_habitants_et_signataires(client_de, coordinatrice, adresse):
    texte = lire(client_de(coordinatrice), adresse).select_one(".contrat").text
    assert "14\u00a0communes" in texte
    assert "2\u00a0organisations" in texte


def test_le_rail_compte_les_fiches_et_marque_la_page(client_de, coordinatrice, contrat, adresse):
    ActionFactory.create_batch(3, contrat=contrat)
    rail = lire(client_de(coordinatrice), adresse).select_one(".cadre > nav.rail")
    assert rail.select_one("[aria-current]").text == "Vue d’ensemble"
    assert "Plan d’actions3" in rail.text


@pytest.mark.parametrize("personne", ["elue", "pilote", "partenaire", "lectrice"])
def test_qui_ne_change_pas_la_phase_n_en_voit_aucun_bouton(client_de, request, personne, adresse):
    page = lire(client_de(request.getfixturevalue(personne)), adresse)
    assert not page.select("#phase a")
    assert "Modifier le contrat" not in page.text


def test_l_agent_de_l_ars_change_la_phase_sans_modifier_le_contrat(client_de, agent_ars, adresse):
    page = lire(client_de(agent_ars), adresse)
    assert "Commencer l’évaluation finale" in page.select_one("#phase").text
    assert "Modifier le contrat" not in page.text


def test_la_voisine_ne_trouve_pas_le_contrat(client_de, voisine, adresse):
    assert client_de(voisine).get(adresse).status_code == 404


class TestPhase:
    def adresse(self, contrat, vers):
        return reverse("contrats:changer_phase", args=[contrat.pk, vers])

    def test_changer_de_phase_garde_la_date_d_effet(self, client_de, coordinatrice, contrat):
        client_de(coordinatrice).post(
            self.adresse(contrat, "evaluation"), {"date_effet": "01/02/2026", "version": 1}
        )
        contrat.refresh_from_db()
        assert contrat.phase == Phase.EVALUATION
        assert contrat.passages.get().date_effet == date(2026, 2, 1)

    def test_arreter_demande_pourquoi(self, client_de, coordinatrice, contrat):
        reponse = client_de(coordinatrice).post(
            self.adresse(contrat, "abandonne"), {"date_effet": "01/02/2026", "version": 1}
        )
        assert reponse.status_code == 422
        assert soupe(reponse).select_one(".resume-erreurs a")["href"] == "#id_raison"

    def test_un_passage_que_la_table_ne_permet_pas_n_existe_pas(
        self, client_de, coordinatrice, contrat
    ):
        client = client_de(coordinatrice)
        assert client.get(self.adresse(contrat, "intention")).status_code == 404
        assert client.get(self.adresse(contrat, "nimporte")).status_code == 404

    def test_une_elue_est_refusee_avec_la_raison(self, client_de, elue, contrat):
        reponse = client_de(elue).get(self.adresse(contrat, "evaluation"))
        assert reponse.status_code == 403
        assert "faire avancer le contrat" in reponse.content.decode()


class TestModifier:
    @pytest.fixture
    def page(self, contrat):
        return reverse("contrats:modifier", args=[contrat.pk])

    def envoi(self, contrat, **valeurs):
        return {
            "version": 1,
            "nom": contrat.nom,
            "generation": 1,
            "initiative": "CONJOINTE",
            "region": "53",
            "ars": contrat.ars_id,
            "date_debut": "01/01/2024",
            "date_fin": "31/12/2028",
            **valeurs,
        }

    def test_modifier_ecrit_le_contrat(self, client_de, coordinatrice, contrat, page):
        envoi = self.envoi(contrat, nom="Cornouaille nouvelle")
        assert client_de(coordinatrice).post(page, envoi).status_code == 303
        contrat.refresh_from_db()
        assert contrat.nom == "Cornouaille nouvelle"

    def test_une_fin_avant_le_debut_se_dit_a_cote_de_la_fin(
        self, client_de, coordinatrice, contrat, page
    ):
        reponse = client_de(coordinatrice).post(page, self.envoi(contrat, date_fin="01/01/2020"))
        assert reponse.status_code == 422
        assert soupe(reponse).select_one(".resume-erreurs a")["href"] == "#id_date_fin"

    def test_une_version_perimee_montre_les_deux(
        self, client_de, coordinatrice, administratrice, contrat, page
    ):
        modifier_contrat(
            contrat=contrat, valeurs={"nom": "Le sien"}, version=1, par=administratrice
        )
        reponse = client_de(coordinatrice).post(page, self.envoi(contrat, nom="Le mien"))
        assert reponse.status_code == 409
        assert "Le sien" in soupe(reponse).select_one(".versions").text
        contrat.refresh_from_db()
        assert contrat.nom == "Le sien"


class TestCreer:
    def test_creer_mene_au_contrat_et_donne_la_coordination(
        self, client_de, coordinatrice, contrat
    ):
        reponse = client_de(coordinatrice).post(
            reverse("contrats:creer"),
            {
                "nom": "Pays des Essais",
                "generation": 1,
                "phase": "INTENTION",
                "initiative": "CONJOINTE",
                "region": "53",
                "ars": contrat.ars_id,
            },
        )
        neuf = Contrat.objects.get(nom="Pays des Essais")
        assert reponse.url == reverse("contrats:fiche", args=[neuf.pk])
        assert neuf.participations.get().utilisateur == coordinatrice

    def test_une_lectrice_ne_cree_pas_de_contrat(self, client_de, lectrice):
        assert client_de(lectrice).get(reverse("contrats:creer")).status_code == 403
