"""Le relevé de décisions : suivre, filtrer, changer l’état en place, emporter."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from contrats.models import DecisionReunion
from tests.appuis.pages import lire, soupe
from tests.factories import ActeurFactory, DecisionFactory, InstanceFactory, ReunionFactory


@pytest.fixture
def client(client_de, coordinatrice):
    return client_de(coordinatrice)


@pytest.fixture
def reunion(contrat):
    return ReunionFactory(instance__contrat=contrat, tenue=True)


def adresse(nom, objet, *suite):
    return reverse(f"contrats:{nom}", args=[objet.pk, *suite])


def textes(page) -> list[str]:
    return [th.find(string=True).strip() for th in page.select("main tbody th")]


def test_une_liste_vide_dit_ou_se_notent_les_decisions(client, contrat):
    page = lire(client, adresse("decisions", contrat))
    assert "Aucune décision notée" in page.main.text


def test_celles_qui_attendent_sont_montrees_les_plus_en_retard_d_abord(client, contrat, reunion):
    DecisionFactory(reunion=reunion, texte="Plus tard", echeance=date(2026, 6, 1))
    DecisionFactory(reunion=reunion, texte="En retard", echeance=date(2026, 3, 1))
    DecisionFactory(reunion=reunion, texte="Faite", statut="FAIT")
    page = lire(client, adresse("decisions", contrat))
    assert textes(page) == ["En retard", "Plus tard"]
    assert "11\xa0jours de retard" in page.main.text
    assert page.select_one(".onglets .compte.alerte").text == "1"


def test_les_filtres_se_combinent(client, contrat, reunion):
    cpts = ActeurFactory(nom="CPTS d’essai")
    ailleurs = ReunionFactory(instance=InstanceFactory(contrat=contrat), tenue=True)
    DecisionFactory(reunion=reunion, texte="Écrire aux médecins", acteur=cpts)
    DecisionFactory(reunion=ailleurs, texte="Écrire aux élus", acteur=ActeurFactory())
    DecisionFactory(reunion=ailleurs, texte="Close", acteur=cpts, statut="FAIT")
    ou = adresse("decisions", contrat)
    assert textes(lire(client, ou, acteur=str(cpts.pk))) == ["Écrire aux médecins"]
    assert textes(lire(client, ou, recherche="elus")) == ["Écrire aux élus"]
    assert textes(lire(client, ou, instance=str(ailleurs.instance.pk), voir="closes")) == ["Close"]
    assert len(textes(lire(client, ou, voir="toutes"))) == 3
    vide = lire(client, ou, recherche="introuvable")
    assert "Aucune décision ne répond à ces filtres" in vide.main.text


@pytest.mark.parametrize("filtre", [{"voir": "rien"}, {"acteur": "x"}, {"statut": "FINI"}])
def test_un_filtre_mal_ecrit_est_refuse(client, contrat, filtre):
    lire(client, adresse("decisions", contrat), code=400, **filtre)


def test_une_decision_se_note_depuis_la_reunion(client, reunion):
    saisie = {"texte": "Écrire aux médecins", "echeance": "01/06/2026", "statut": "A_FAIRE"}
    reponse = client.post(adresse("decision_ajouter", reunion), saisie)
    assert reponse["Location"] == f"{adresse('reunion', reunion)}#decisions"
    page = lire(client, adresse("reunion", reunion))
    assert textes(page) == ["Écrire aux médecins"]


def test_une_echeance_avant_la_reunion_est_refusee_et_la_saisie_gardee(client, reunion):
    saisie = {"texte": "Écrire", "echeance": "01/01/2026", "statut": "A_FAIRE"}
    reponse = client.post(adresse("decision_ajouter", reunion), saisie)
    page = soupe(reponse)
    assert reponse.status_code == 422
    assert "L’échéance vient avant la réunion" in page.main.text
    assert page.select_one("textarea").text.strip() == "Écrire"


def test_un_bouton_clot_la_decision_et_garde_les_filtres(client, contrat, reunion):
    decision = DecisionFactory(reunion=reunion)
    saisie = {"version": 1, "statut": "FAIT", "vue": "decisions", "parametres": "voir=toutes"}
    reponse = client.post(adresse("decision_statut", decision), saisie)
    assert reponse["Location"] == f"{adresse('decisions', contrat)}?voir=toutes"
    assert DecisionReunion.objects.get().statut == "FAIT"


def test_en_place_la_ligne_revient_seule(client, reunion):
    decision = DecisionFactory(reunion=reunion)
    saisie = {"version": 1, "statut": "EN_COURS", "vue": "reunion"}
    entetes = {"HX-Request": "true"}
    reponse = client.post(adresse("decision_statut", decision), saisie, headers=entetes)
    ligne = soupe(reponse)
    assert reponse.status_code == 200
    assert ligne.find()["id"] == f"decision-{decision.pk}"
    assert "Enregistré à" in ligne.text
    assert ligne.select_one("input[name=version]")["value"] == "2"


def test_en_place_un_geste_perime_rend_la_ligne_a_jour(client, reunion):
    decision = DecisionFactory(reunion=reunion, version=2, statut="ANNULE")
    saisie = {"version": 1, "statut": "FAIT", "vue": "decisions"}
    entetes = {"HX-Request": "true"}
    ligne = soupe(client.post(adresse("decision_statut", decision), saisie, headers=entetes))
    assert "a changé entre-temps" in ligne.text
    assert "Annulé" in ligne.text


def test_modifier_une_decision_changee_entre_temps_montre_les_deux(client, reunion):
    decision = DecisionFactory(reunion=reunion, texte="Le sien", version=2)
    saisie = {"version": 1, "texte": "Le mien", "statut": "A_FAIRE"}
    reponse = client.post(adresse("decision_modifier", decision), saisie)
    assert reponse.status_code == 409
    assert "Le sien" in soupe(reponse).main.text


def test_l_export_a_les_decisions_de_la_page_dans_le_meme_ordre(client, contrat, reunion):
    DecisionFactory(reunion=reunion, texte="=1+1", echeance=date(2026, 6, 1))
    DecisionFactory(reunion=reunion, texte="En retard", echeance=date(2026, 3, 1))
    DecisionFactory(reunion=reunion, statut="FAIT")
    reponse = client.get(adresse("decisions_exporter", contrat, "xlsx"))
    feuille = openpyxl.load_workbook(io.BytesIO(reponse.content)).active
    lignes = list(feuille.iter_rows(values_only=True))
    assert [ligne[0] for ligne in lignes[1:]] == ["En retard", "=1+1"]
    assert [ligne[4] for ligne in lignes[1:]] == ["oui", "non"]
    assert client.get(adresse("decisions_exporter", contrat, "pdf")).status_code == 404
