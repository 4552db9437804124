"""Les éditions publiées dans l’API : leur adresse à jamais, et ce qu’elles sont devenues."""

import pytest
from django.test import Client

from acteurs.models import Utilisateur
from bilans.models import Bilan
from contrats.models import Contrat
from tests.appuis.api import RACINE, ids, lire, outil, probleme, resultats
from tests.factories import BilanFactory
from tests.factories.bilans import PUBLIE_LE

SITE = "https://cls.exemple.fr"


@pytest.fixture
def corrige(contrat: Contrat) -> tuple[Bilan, Bilan]:
    """L’édition 1 de 2025, et la 2 qui la remplace."""
    premiere = BilanFactory(contrat=contrat, publie=True, statut="ARCHIVE", code_court="edition1")
    seconde = BilanFactory(contrat=contrat, edition=2, publie=True, code_court="edition2")
    return premiere, seconde


def test_chaque_edition_d_un_contrat_se_liste_sans_compte_avec_son_adresse(
    contrat: Contrat, corrige: tuple[Bilan, Bilan]
) -> None:
    seconde, premiere = resultats(Client(), "editions-bilans/", contrat=str(contrat.pk))
    assert [seconde["edition"], premiere["edition"]] == [2, 1]
    assert [seconde["etat"], premiere["etat"]] == ["EN_VIGUEUR", "REMPLACEE"]
    assert premiere["en_vigueur"] == seconde["id"] == seconde["en_vigueur"]
    racine = f"{SITE}/bilans/{contrat.slug}/2025/"
    assert premiere["adresse"] == f"{racine}version/1/"
    assert premiere["pdf"] == f"{racine}version/1/bilan.pdf"
    assert premiere["donnees_csv"] == f"{racine}version/1/donnees.csv"
    assert premiere["adresse_de_l_annee"] == seconde["adresse_de_l_annee"] == racine
    assert premiere["adresse_courte"] == f"{SITE}/b/edition1"
    assert (premiere["sha256"], premiere["taille"]) == (corrige[0].sha256, corrige[0].taille)
    assert premiere["publie_le"] == "2026-02-20T15:00:00Z"
    assert lire(Client(), f"editions-bilans/{premiere['id']}/") == premiere


def test_les_adresses_donnees_repondent(client: Client, corrige: tuple[Bilan, Bilan]) -> None:
    for edition in resultats(client, "editions-bilans/"):
        for cle in ("adresse", "pdf", "donnees_csv", "donnees_json", "adresse_de_l_annee"):
            reponse = client.get(edition[cle].removeprefix(SITE))
            assert reponse.status_code == 200, cle
            assert b"".join(reponse) if reponse.streaming else reponse.content
        assert client.get(edition["adresse_courte"].removeprefix(SITE)).status_code == 301


def test_une_edition_retiree_garde_sa_page_et_perd_ses_fichiers(contrat: Contrat) -> None:
    retiree = BilanFactory(
        contrat=contrat, publie=True, statut="ARCHIVE", retire_le=PUBLIE_LE,
        motif_retrait="Un chiffre était faux.",
    )  # fmt: skip
    lue = lire(Client(), f"editions-bilans/{retiree.pk}/")
    assert (lue["etat"], lue["en_vigueur"]) == ("RETIREE", None)
    assert lue["motif_retrait"] == "Un chiffre était faux."
    assert lue["adresse"].endswith("/2025/version/1/")
    assert [lue[cle] for cle in ("pdf", "donnees_csv", "donnees_json")] == [None] * 3


def test_un_bilan_pas_publie_n_est_pas_une_edition(
    contrat: Contrat, coordinatrice: Utilisateur
) -> None:
    brouillon = BilanFactory(contrat=contrat, avec_pdf=True)
    client = outil(coordinatrice)
    assert ids(client, "editions-bilans/") == set()
    probleme(client.get(f"{RACINE}editions-bilans/{brouillon.pk}/"), 404)


def test_le_contrat_sans_page_publique_n_est_lu_que_de_son_equipe_et_n_a_pas_d_adresse(
    autre_contrat: Contrat, voisine: Utilisateur, coordinatrice: Utilisateur
) -> None:
    ferme = BilanFactory(contrat=autre_contrat, publie=True)
    chemin = f"editions-bilans/{ferme.pk}/"
    lue = lire(outil(voisine), chemin)
    assert (lue["etat"], lue["adresse"], lue["pdf"]) == ("EN_VIGUEUR", None, None)
    probleme(outil(coordinatrice).get(RACINE + chemin), 404)
    probleme(Client().get(RACINE + chemin), 404)


def test_les_editions_se_filtrent(contrat: Contrat, corrige: tuple[Bilan, Bilan]) -> None:
    avant = BilanFactory(contrat=contrat, annee=2024, publie=True)
    client = Client()
    assert ids(client, "editions-bilans/", etat="REMPLACEE") == {str(corrige[0].pk)}
    assert ids(client, "editions-bilans/", annee=2024) == {str(avant.pk)}
    assert ids(client, "editions-bilans/", etat=["EN_VIGUEUR", "RETIREE"]) == {
        str(corrige[1].pk), str(avant.pk)
    }  # fmt: skip
    assert ids(client, "editions-bilans/", region="76") == set()
    probleme(client.get(f"{RACINE}editions-bilans/", {"etat": "PERDUE"}), 400)
