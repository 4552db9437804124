"""Ce que fait le partenaire : garder un brouillon, envoyer, corriger, lire ce qu’il est devenu."""

import pytest
from django.test import Client

from contrats.models import Decision, EtatContribution
from tests.factories import MesureFactory
from tests.indicateurs.contributions.conftest import SIGNEE

HTMX = {"HX-Request": "true"}


def test_la_premiere_page_dit_qui_demande_jusqu_a_quand_et_sur_quoi(page, action, contribution):
    texte = Client().get(page).content.decode()
    for attendu in ("Coline Coordonne", "CPTS des Essais", action.titre, "À remplir", "Répondre"):
        assert attendu in texte
    contribution.lien.refresh_from_db()
    assert contribution.lien.ouvert_le is not None


def test_le_brouillon_se_garde_meme_illisible_et_se_reprend(
    repondre, page, fiche, contribution, indicateur
):
    chiffre = f"mesure-{indicateur.pk}-valeur"
    reponse = repondre("brouillon", fait="À moitié éc\x00rit", **{chiffre: "douze"})
    assert reponse.status_code == 303
    contribution.refresh_from_db()
    assert contribution.etat == EtatContribution.A_REMPLIR
    liste = Client().get(page).content.decode()
    assert ("Brouillon" in liste, "Continuer" in liste) == (True, True)
    texte = Client().get(fiche).content.decode()
    assert "À moitié écrit" in texte
    assert 'value="douze"' in texte


def test_ce_qui_n_a_pas_ete_touche_suit_la_fiche(repondre, fiche, action):
    repondre("brouillon", fait="Commencé")
    type(action).objects.filter(pk=action.pk).update(statut="REALISEE")
    texte = Client().get(fiche).content.decode()
    assert '<option value="REALISEE" selected>' in texte


def test_en_place_le_brouillon_repond_par_son_etat(fiche, contribution):
    reponse = Client().post(
        fiche, {"geste": "brouillon", "fait": "En cours", "version": 1, "page": "p"}, headers=HTMX
    )
    assert reponse.status_code == 200
    assert "Brouillon gardé" in reponse.content.decode()
    assert 'name="version" value="2"' in reponse.content.decode()


def test_deux_pages_ouvertes_ne_s_effacent_pas(fiche, contribution):
    client = Client()
    client.post(fiche, {"geste": "brouillon", "fait": "La première", "version": 1, "page": "a"})
    suite = {"geste": "brouillon", "fait": "La première, suite", "version": 1, "page": "a"}
    assert client.post(fiche, suite).status_code == 303, "une page ne s’oppose pas à elle-même"
    autre = {"geste": "brouillon", "fait": "La seconde", "version": 1, "page": "b"}
    conflit = client.post(fiche, autre)
    texte = conflit.content.decode()
    assert conflit.status_code == 409
    assert "La seconde" in texte
    assert "La première, suite" in texte
    contribution.refresh_from_db()
    assert contribution.brouillon["fait"] == "La première, suite"
    autre["version"] = contribution.version
    assert client.post(fiche, autre).status_code == 303


def test_sans_rien_changer_l_envoi_est_refuse(repondre, contribution):
    reponse = repondre()
    assert reponse.status_code == 422
    assert "au moins une chose" in reponse.content.decode()
    assert not contribution.elements.exists()


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"fait": "x", "nom": ""}, "Écrivez votre nom"),
        ({"fait": "x", "fonction": " "}, "Écrivez votre fonction"),
        ({"statut": "BLOQUEE"}, "Dites pourquoi l’action est «\u00a0bloquée\u00a0»"),
        ({"participants": "-2"}, "supérieure ou égale"),
        ({"participants": "beaucoup"}, "nombre entier"),
    ],
)
def test_une_reponse_refusee_dit_pourquoi_et_rien_n_est_perdu(
    repondre, contribution, champs, phrase
):
    reponse = repondre(**({"freins": "Le transport"} | champs))
    texte = reponse.content.decode()
    assert reponse.status_code == 422
    assert phrase in texte
    assert "Le transport" in texte
    contribution.refresh_from_db()
    assert contribution.brouillon["freins"] == "Le transport"
    assert contribution.etat == EtatContribution.A_REMPLIR


@pytest.mark.parametrize(
    ("tape", "phrase"),
    [("l2", "Vouliez-vous écrire 12"), ("1,23456", "Quatre décimales"), ("9" * 11, "trop grand")],
)
def test_un_nombre_se_lit_comme_dans_la_grille(repondre, indicateur, tape, phrase):
    reponse = repondre(**{f"mesure-{indicateur.pk}-valeur": tape})
    assert reponse.status_code == 422
    assert phrase in reponse.content.decode()


def test_une_etape_ne_se_termine_pas_demain(repondre, jalon):
    reponse = repondre(**{f"etape-{jalon.pk}-fait_le": "01/01/2030"})
    assert reponse.status_code == 422
    assert "pas encore venue" in reponse.content.decode()


def test_une_etape_cochee_sans_date_est_faite_le_jour_de_l_envoi(
    repondre, jalon, contribution, aujourdhui
):
    repondre(**{f"etape-{jalon.pk}-faite": "on"})
    assert contribution.elements.get().propose == {"fait_le": aujourdhui.isoformat()}


def test_l_envoi_ne_propose_que_ce_qui_differe(recue, jalon, indicateur):
    proposes = {(e.genre, e.champ, e.objet): e.propose for e in recue.elements.all()}
    assert proposes == {
        ("STATUT", "statut", None): {"statut": "EN_PAUSE", "raison": "Le local ferme tout l’été"},
        ("NOTE", "fait", None): {"fait": "Deux permanences au marché"},
        ("NOTE", "participants", None): {"participants": "42"},
        ("NOTE", "freins", None): {"freins": "Le transport"},
        ("ETAPE", "fait_le", jalon.pk): {"fait_le": "2026-02-12"},
        ("MESURE", "valeur", indicateur.pk): {"valeur": "1234.5"},
    }
    assert (recue.etat, recue.nom, recue.fonction) == ("RECUE", *SIGNEE.values())


def test_rien_n_entre_dans_la_fiche_avant_l_accord(recue, action, jalon, indicateur):
    action.refresh_from_db()
    jalon.refresh_from_db()
    assert action.statut == "EN_COURS"
    assert jalon.fait_le is None
    assert not action.notes.exists()
    assert not indicateur.mesures.exists()


def test_une_case_videe_ne_propose_rien(repondre, indicateur, contribution):
    MesureFactory(indicateur=indicateur, annee=2026, valeur=12)
    repondre(fait="x", **{f"mesure-{indicateur.pk}-valeur": ""})
    assert [e.champ for e in contribution.elements.all()] == ["fait"]


def test_on_corrige_un_envoi_que_personne_n_a_lu(recue, repondre, fiche):
    texte = Client().get(f"{fiche}?corriger=1").content.decode()
    assert "Deux permanences au marché" in texte
    assert repondre(fait="Trois permanences").status_code == 303
    assert [e.propose for e in recue.elements.all()] == [{"fait": "Trois permanences"}]


def test_un_envoi_commence_a_traiter_ne_se_corrige_plus(recue, repondre, fiche):
    recue.elements.first().contribution.elements.filter(champ="fait").update(
        decision=Decision.ACCEPTE, decide_le=recue.envoyee_le
    )
    type(recue).objects.filter(pk=recue.pk).update(etat=EtatContribution.EN_PARTIE)
    reponse = repondre(fait="Trop tard")
    assert reponse.status_code == 400
    assert "a commencé à traiter" in reponse.content.decode()
    assert "Corriger et renvoyer" not in Client().get(fiche).content.decode()


def test_le_partenaire_lit_ce_que_sa_reponse_est_devenue(recue, fiche):
    recue.elements.filter(champ="freins").update(
        decision=Decision.REFUSE, raison="Déjà noté en mars", decide_le=recue.envoyee_le
    )
    recue.elements.filter(champ="fait").update(
        decision=Decision.MODIFIE, ecrit={"fait": "Écrit autrement"}, decide_le=recue.envoyee_le
    )
    texte = Client().get(fiche).content.decode()
    for attendu in ("Non retenu", "Déjà noté en mars", "Écrit autrement", "Camille Exemple"):
        assert attendu in texte


def test_seul_ce_qui_est_demande_est_pose(lien, fiche, jalon, indicateur):
    type(lien).objects.filter(pk=lien.pk).update(demandes=["NOTE"])
    texte = Client().get(fiche).content.decode()
    assert 'name="fait"' in texte
    assert 'name="statut"' not in texte
    assert f"etape-{jalon.pk}" not in texte
    assert f"mesure-{indicateur.pk}" not in texte


def test_une_valeur_qui_etonne_est_envoyee_et_signalee_a_tous_deux(
    repondre, fiche, contribution, indicateur, client_de, coordinatrice
):
    MesureFactory(indicateur=indicateur, annee=contribution.lien.annee, valeur=12)
    reponse = repondre(**{f"mesure-{indicateur.pk}-valeur": "1 200"})
    assert reponse.status_code == 303
    assert "À vérifier : Dix fois plus" in Client().get(fiche).content.decode()
    page = f"/espace/contributions/{contribution.pk}/"
    assert "À vérifier : Dix fois plus" in client_de(coordinatrice).get(page).content.decode()


def test_une_valeur_calculee_ne_se_demande_pas(fiche, contribution, indicateur):
    type(indicateur).objects.update(calcul="FORMULE", formule="A01")
    assert f"mesure-{indicateur.pk}" not in Client().get(fiche).content.decode()
