from typing import Any

from django.test import Client

from contrats.models import Contrat
from tests.appuis.api import RACINE, ids, lire, outil, probleme
from tests.factories import BilanFactory

FIGE = {"publie": True, "instantane": {"essai": True}}


def test_un_bilan_publie_donne_l_adresse_absolue_de_son_pdf(contrat: Contrat) -> None:
    bilan = BilanFactory(contrat=contrat, annee=2025, **FIGE)

    lu = lire(Client(), f"bilans/{bilan.pk}/")

    assert lu["pdf"] == f"https://cls.exemple.fr/bilans/{contrat.slug}/2025/bilan.pdf"
    assert lu["page"] == f"https://cls.exemple.fr/bilans/{contrat.slug}/2025/"
    assert lu["sha256"] == bilan.sha256
    assert lu["pages"] == 1


def test_chaque_edition_publiee_donne_son_adresse_et_son_adresse_courte(
    contrat: Contrat, lectrice: Any
) -> None:
    bilan = BilanFactory(contrat=contrat, annee=2025, code_court="abcd234", **FIGE)

    lu = lire(Client(), f"bilans/{bilan.pk}/")

    racine = "https://cls.exemple.fr"
    assert lu["version_publique"] == f"{racine}/bilans/{contrat.slug}/2025/version/1/"
    assert lu["adresse_courte"] == f"{racine}/b/abcd234"
    assert (lu["retire_le"], lu["motif_retrait"]) == (None, "")

    ancienne = BilanFactory(contrat=contrat, annee=2024, **FIGE)
    type(ancienne).objects.filter(pk=ancienne.pk).update(statut="ARCHIVE")
    remplacee = lire(outil(lectrice), f"bilans/{ancienne.pk}/")
    assert remplacee["page"] is None
    assert remplacee["version_publique"].endswith("/2024/version/1/")


def test_un_brouillon_est_pour_l_equipe(contrat: Contrat, lectrice: Any, voisine: Any) -> None:
    brouillon = BilanFactory(contrat=contrat)
    adresse = f"{RACINE}bilans/{brouillon.pk}/"

    probleme(Client().get(adresse), 404)
    probleme(outil(voisine).get(adresse), 404)
    assert lire(outil(lectrice), f"bilans/{brouillon.pk}/")["pdf"] is None


def test_le_bilan_d_un_contrat_sans_page_publique_n_a_pas_d_adresse(
    autre_contrat: Contrat, voisine: Any
) -> None:
    bilan = BilanFactory(contrat=autre_contrat, **FIGE)

    probleme(Client().get(f"{RACINE}bilans/{bilan.pk}/"), 404)
    assert lire(outil(voisine), f"bilans/{bilan.pk}/")["pdf"] is None


def test_les_bilans_se_filtrent(contrat: Contrat, lectrice: Any) -> None:
    publie = BilanFactory(contrat=contrat, annee=2024, **FIGE)
    BilanFactory(contrat=contrat, annee=2025)
    client = outil(lectrice)

    assert ids(client, "bilans/", statut="PUBLIE") == {str(publie.pk)}
    assert ids(client, "bilans/", annee=2024, recherche="quimper") == {str(publie.pk)}
    assert not ids(client, "bilans/", region="76")
