"""`/api/v1/couverture/` : les mêmes lignes que la page, et des refus qui disent quoi écrire."""

from datetime import date

import pytest
from django.test import Client

from acteurs.models import Commune, Epci
from contrats.couverture import Niveau, Variante, couverture
from tests.appuis.api import RACINE, lire, outil, pointeurs, probleme
from tests.factories import UtilisateurFactory

CLES = {
    "code", "nom", "population", "population_couverte", "taux_population", "communes",
    "communes_couvertes", "taux_communes", "contrats",
}  # fmt: skip
LE = date(2025, 6, 1)


@pytest.mark.parametrize("niveau", ["france", "region", "departement", "delegation", "epci"])
def test_chaque_niveau_donne_les_lignes_de_la_question(contrat, niveau):
    corps = lire(Client(), "couverture/", date=LE.isoformat(), niveau=niveau)
    assert corps["results"] == [li.vers_dict() for li in couverture(le=LE, niveau=niveau)]
    assert {frozenset(ligne) for ligne in corps["results"]} == {frozenset(CLES)}


def test_la_reponse_dit_la_question_les_denominateurs_et_le_millesime(contrat):
    corps = lire(Client(), "couverture/", date="2025-06-01", niveau="france")
    assert (corps["date"], corps["niveau"], corps["variante"]) == ("2025-06-01", "france", "signe")
    comptes = corps["denominateurs"]
    assert comptes["communes"] == corps["results"][0]["communes"]
    assert comptes["communes_sans_epci"] == 2
    assert "millesime_population" in comptes


def test_un_lieu_limite_les_communes_comptees(contrat):
    (ligne,) = lire(Client(), "couverture/", niveau="france", departement="29")["results"]
    voulue = couverture(le=date(2026, 3, 12), niveau=Niveau.FRANCE, departement="29")
    assert ligne == voulue[0].vers_dict()


def test_sans_compte_la_variante_signee_seule_se_lit(contrat):
    refus = probleme(Client().get(f"{RACINE}couverture/", {"variante": "signe_ou_projet"}), 401)
    assert "demandez variante=signe" in refus["detail"]


def test_les_projets_se_lisent_avec_le_droit_de_voir_la_couverture(agent_ars):
    corps = lire(outil(agent_ars), "couverture/", variante="signe_ou_projet", niveau="france")
    jour = date(2026, 3, 12)
    attendue = couverture(le=jour, niveau=Niveau.FRANCE, variante=Variante.SIGNE_OU_PROJET)
    assert corps["results"] == [attendue[0].vers_dict()]


def test_un_compte_sans_role_n_a_pas_les_projets(db):
    client = outil(UtilisateurFactory())
    probleme(client.get(f"{RACINE}couverture/", {"variante": "signe_ou_projet"}), 403)


@pytest.mark.parametrize(
    ("nom", "valeur", "dit"),
    [
        ("date", "hier", "Écrivez une date comme"),
        ("date", "2026-02-30", "Écrivez une date comme"),
        ("date", "1999-01-01", "Choisissez une date du 21\xa0juillet 2009"),
        ("date", "2300-01-01", "Choisissez une date"),
        ("niveau", "canton", "Choisissez parmi"),
        ("variante", "tout", "Choisissez parmi"),
        ("region", "99", "53 pour la Bretagne"),
        ("departement", "2C", "29 pour le Finistère"),
        ("epci", "1", "un SIREN"),
        ("commune", "29999", "Aucune commune n’a, ou n’a eu, ce code Insee"),
        ("commune", "Quimper", "au plus 5 caractères"),
        ("commune", "2923", "s’écrit 29232"),
        ("regoin", "53", "Paramètre inconnu"),
        ("region", "53\x00", ""),
    ],
)
def test_une_question_mal_ecrite_est_refusee_en_nommant_son_parametre(db, nom, valeur, dit):
    refus = probleme(Client().get(f"{RACINE}couverture/", {nom: valeur}), 400)
    assert pointeurs(refus) == {f"/{nom}"}
    assert dit in refus["errors"][0]["message"]


def test_une_seule_commune_se_mesure(contrat):
    lues = lire(Client(), "couverture/", niveau="france", commune="29232", date="2025-06-01")
    (ligne,) = lues["results"]
    assert lues["commune"] == "29232"
    assert (ligne["communes"], ligne["communes_couvertes"], ligne["population"]) == (1, 1, 64385)


def test_une_commune_reunie_depuis_est_refusee_en_nommant_sa_suite(db):
    Commune.objects.filter(pk="29155").update(date_fin=date(2025, 1, 1), successeur_id="29232")
    refus = probleme(Client().get(f"{RACINE}couverture/", {"commune": "29155"}), 400)
    assert pointeurs(refus) == {"/commune"}
    dit = refus["errors"][0]["message"]
    assert "Ouessant a été réunie à Quimper" in dit
    assert "Demandez 29232, ou une date d’avant." in dit


def test_le_code_d_une_ancienne_commune_mene_a_celle_d_aujourd_hui(db):
    Commune.objects.filter(pk="29232").update(autres_codes=["29991"])
    refus = probleme(Client().get(f"{RACINE}couverture/", {"commune": "29991"}), 400)
    dit = "La commune 29991 est aujourd’hui dans Quimper (29232). Demandez 29232."
    assert refus["errors"][0]["message"] == dit


def test_une_intercommunalite_dissoute_est_refusee_en_le_disant(db):
    Epci.objects.filter(pk="200068120").update(date_fin=date(2025, 1, 1))
    refus = probleme(Client().get(f"{RACINE}couverture/", {"epci": "200068120"}), 400)
    assert "n’existe plus depuis le 1ᵉʳ\xa0janvier 2025" in refus["errors"][0]["message"]


def test_une_reponse_inchangee_n_est_pas_renvoyee(contrat):
    client = Client()
    etag = client.get(f"{RACINE}couverture/")["ETag"]
    reponse = client.get(f"{RACINE}couverture/", headers={"If-None-Match": etag})
    assert (reponse.status_code, reponse.content) == (304, b"")


@pytest.mark.parametrize("methode", ["post", "put", "patch", "delete"])
def test_la_couverture_ne_s_ecrit_pas(client_de, administratrice, methode):
    reponse = getattr(client_de(administratrice), methode)(f"{RACINE}couverture/")
    assert reponse.status_code == 405
