"""Dépenses et financements par l’API : lire, filtrer, ajouter, modifier, retirer."""

import pytest
from django.test import RequestFactory

from acteurs.models import Portee
from contrats.api.argent import FinancementViewSet, LigneBudgetViewSet
from tests.appuis.api import (
    JSON,
    RACINE,
    decrits_un_par_un,
    ids,
    outil,
    pointeurs,
    probleme,
    resultats,
)
from tests.factories import ActionFactory, FinancementFactory, LigneBudgetFactory

LIGNE = {"annee": 2026, "nature": "prestation", "prevu": "12500.50"}
FINANCEMENT = {"annee": 2026, "type_financeur": "fir", "mission_fir": "M1", "montant_demande": "9"}


@pytest.fixture
def client(coordinatrice):
    return outil(coordinatrice, nom="Tableur d’essai")


def envoyer(client, methode, chemin, corps, si='"1"'):
    entetes = {"If-Match": si} if si and methode != "post" else {}
    return getattr(client, methode)(f"{RACINE}{chemin}", corps, content_type=JSON, headers=entetes)


@pytest.mark.parametrize(
    ("chemin", "corps"), [("lignes_budget/", LIGNE), ("financements/", FINANCEMENT)]
)
def test_un_outil_ajoute_modifie_et_retire(client, action, coordinatrice, chemin, corps):
    cree = envoyer(client, "post", chemin, {**corps, "action": str(action.pk)})
    assert cree.status_code == 201
    objet = cree.json()
    assert objet.items() >= {**corps, "action": str(action.pk)}.items() - {("montant_demande", "9")}
    assert objet["contrat"] == str(action.contrat_id)
    assert cree["Location"].endswith(f"{chemin}{objet['id']}/")

    modifie = envoyer(client, "patch", f"{chemin}{objet['id']}/", {"annee": 2027}, cree["ETag"])
    assert (modifie.status_code, modifie.json()["annee"]) == (200, 2027)
    assert modifie["ETag"].startswith('"2-')
    lu = client.get(f"{RACINE}{chemin}{objet['id']}/")
    assert lu["ETag"] == modifie["ETag"]

    assert envoyer(client, "delete", f"{chemin}{objet['id']}/", {}, '"2"').status_code == 204
    assert client.get(f"{RACINE}{chemin}{objet['id']}/").status_code == 404


def test_l_ecriture_est_signee(client, action, coordinatrice):
    envoyer(client, "post", "lignes_budget/", {**LIGNE, "action": str(action.pk)})
    ligne = action.lignes_budget.get()
    assert (ligne.modifie_par, ligne.modifie_via) == (coordinatrice, "api:Tableur d’essai")


def test_sans_version_ou_perimee_l_ecriture_est_refusee(client, action):
    ligne = LigneBudgetFactory(action=action)
    chemin = f"lignes_budget/{ligne.pk}/"
    probleme(envoyer(client, "patch", chemin, {"annee": 2027}, si=None), 428)
    corps = probleme(envoyer(client, "patch", chemin, {"annee": 2027}, si='"7"'), 412)
    assert corps["actuel"]["annee"] == 2025
    probleme(envoyer(client, "delete", chemin, {}, si='"7"'), 412)


@pytest.mark.parametrize(
    ("chemin", "corps", "champ"),
    [
        ("lignes_budget/", {**LIGNE, "prevu": "-1"}, "/prevu"),
        ("lignes_budget/", {**LIGNE, "prevu": None}, "/prevu"),
        ("lignes_budget/", {**LIGNE, "annee": 26}, "/annee"),
        ("lignes_budget/", {**LIGNE, "total": 1}, "/total"),
        ("lignes_budget/", {**LIGNE, "nature": "inconnue"}, "/nature"),
        ("financements/", {**FINANCEMENT, "type_financeur": "caf"}, "/mission_fir"),
        ("financements/", {**FINANCEMENT, "statut": "REFUSE", "montant_verse": "1"}, "/statut"),
    ],
)
def test_un_corps_contraire_a_une_regle_est_refuse_avec_le_champ(
    client, action, chemin, corps, champ
):
    refus = probleme(envoyer(client, "post", chemin, {**corps, "action": str(action.pk)}), 400)
    assert champ in pointeurs(refus) or (champ in {"/prevu", "/annee"} and refus["errors"])
    assert not action.lignes_budget.exists()
    assert not action.financements.exists()


def test_une_portee_de_lecture_n_ecrit_pas(coordinatrice, action):
    client = outil(coordinatrice, Portee.LECTURE)
    probleme(envoyer(client, "post", "lignes_budget/", {**LIGNE, "action": str(action.pk)}), 403)


def test_les_filtres_choisissent_le_contrat_l_action_et_l_annee(client, contrat, action):
    autre = ActionFactory(contrat=contrat)
    lignes = [
        LigneBudgetFactory(action=action),
        LigneBudgetFactory(action=action, annee=2024, en_nature=True),
        LigneBudgetFactory(action=autre),
    ]
    cles = [str(ligne.pk) for ligne in lignes]
    chemin = "lignes_budget/"
    assert ids(client, chemin, contrat=contrat.pk) == set(cles)
    assert ids(client, chemin, action=action.pk) == set(cles[:2])
    assert ids(client, chemin, annee=2024) == {cles[1]}
    assert ids(client, chemin, est_valorisation="true") == {cles[1]}
    financement = FinancementFactory(action=action, fir=True)
    FinancementFactory(action=autre, refuse=True)
    assert ids(client, "financements/", type_financeur="fir") == {str(financement.pk)}
    assert ids(client, "financements/", statut="ACCORDE") == {str(financement.pk)}
    probleme(client.get(f"{RACINE}financements/", {"montant": 3}), 400)


@pytest.mark.parametrize("vue", [LigneBudgetViewSet, FinancementViewSet])
def test_la_liste_et_le_detail_donnent_le_meme_json(client, action, coordinatrice, vue):
    LigneBudgetFactory(action=action)
    FinancementFactory(action=action, fir=True)
    requete = RequestFactory().get("/")
    requete.user = coordinatrice
    chemin = "lignes_budget/" if vue is LigneBudgetViewSet else "financements/"
    [ligne] = resultats(client, chemin)
    assert ligne == client.get(f"{RACINE}{chemin}{ligne['id']}/").json()
    [decrit] = decrits_un_par_un(vue, requete)
    assert decrit.keys() == ligne.keys()


def test_la_liste_garde_le_meme_nombre_de_requetes(client, action, exiger_requetes_plates):
    def peupler(nombre):
        for _ in range(nombre):
            FinancementFactory(action=action)

    exiger_requetes_plates(peupler=peupler, lire=lambda: resultats(client, "financements/"))


# Les filtres des actions


@pytest.fixture
def fiches(contrat):
    """Équilibrée, sans rien, sans financement (un refus), financée sans budget."""
    equilibree, vide, refusee, seule = (ActionFactory(contrat=contrat) for _ in range(4))
    LigneBudgetFactory(action=equilibree)
    FinancementFactory(action=equilibree)
    LigneBudgetFactory(action=refusee)
    FinancementFactory(action=refusee, refuse=True)
    FinancementFactory(action=seule)
    return [str(fiche.pk) for fiche in (equilibree, vide, refusee, seule)]


def test_les_filtres_d_argent_des_actions(client, fiches):
    equilibree, vide, refusee, seule = fiches
    attendus = {
        ("sans_budget", "true"): {vide, seule},
        ("sans_budget", "false"): {equilibree, refusee},
        ("sans_financement", "true"): {vide, refusee},
        ("sans_financement", "false"): {equilibree, seule},
        ("ecart_financement", "true"): {refusee, seule},
        ("ecart_financement", "false"): {equilibree, vide},
    }
    for (filtre, valeur), cles in attendus.items():
        assert ids(client, "actions/", **{filtre: valeur}) == cles, (filtre, valeur)


def test_les_filtres_d_argent_ne_disent_rien_a_qui_ne_voit_pas_les_montants(
    client_de, fiches, anonyme, partenaire
):
    for personne in (anonyme, partenaire):
        client = client_de(personne)
        assert len(ids(client, "actions/")) == 4
        for filtre in ("sans_budget", "sans_financement", "ecart_financement"):
            for valeur in ("true", "false"):
                assert ids(client, "actions/", **{filtre: valeur}) == set()


def test_les_filtres_d_argent_servent_aussi_sur_la_page_du_plan(
    client_de, coordinatrice, partenaire, contrat, fiches
):
    adresse = f"/espace/contrats/{contrat.pk}/plan/?sans_budget=true"
    page = client_de(coordinatrice).get(adresse).content.decode()
    assert [f'id="fiche-{cle}"' in page for cle in fiches] == [False, True, False, True]
    page = client_de(partenaire).get(adresse).content.decode()
    assert not any(f'id="fiche-{cle}"' in page for cle in fiches)
