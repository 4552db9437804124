"""La page d’une campagne : qui en est où, le filtrer, l’emporter ; à qui elle s’ouvre."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from acteurs.models import Utilisateur
from bilans.models import Campagne
from contrats.models import Contrat
from tests.appuis.pages import lire
from tests.factories import (
    AffectationArsFactory,
    AvisBilanFactory,
    BilanFactory,
    CampagneFactory,
    ContratFactory,
    ParticipationFactory,
    UtilisateurFactory,
)

DE_LA_REGION = reverse("bilans:campagnes", args=["53"])
OUVRIR = reverse("bilans:campagne_ouvrir", args=["53"])


@pytest.fixture
def agent(client_de: Callable[..., Client], agent_ars: Utilisateur) -> Client:
    return client_de(agent_ars)


def adresse(campagne: Campagne, quoi: str = "", *suite: str) -> str:
    nom = f"bilans:campagne_{quoi}" if quoi else "bilans:campagne"
    return reverse(nom, args=[campagne.pk, *suite])


def page(client: Client, chemin: str, **filtres: Any) -> str:
    return client.get(chemin, filtres).content.decode()


def test_sans_campagne_la_page_dit_a_quoi_elle_sert_et_propose_d_en_ouvrir_une(
    agent: Client, client_de: Callable[..., Client], agent_dd: Utilisateur
) -> None:
    lue = page(agent, DE_LA_REGION)
    assert "Aucune campagne de bilans" in lue
    assert f'href="{OUVRIR}"' in lue
    delegation = page(client_de(agent_dd), DE_LA_REGION)
    assert "Le siège de l’agence ouvre la campagne" in delegation
    assert f'href="{OUVRIR}"' not in delegation


def test_chaque_contrat_a_sa_ligne_son_etape_son_lien(agent: Client, contrat: Contrat) -> None:
    CampagneFactory(avec_corrections=True, message="Appelez-nous & <vite>.")
    relu = ContratFactory(signe=True, nom="Contrat relu")
    bilan = BilanFactory(contrat=relu, annee=2025, statut="RELECTURE")
    AvisBilanFactory(bilan=bilan, attendu_le=date(2026, 3, 1))
    ContratFactory(en_projet=True)
    lue = page(agent, DE_LA_REGION)
    for attendu in (
        "Bilans 2025 de la Bretagne",
        "Écriture ouverte",
        "du 1<sup>er</sup>\u00a0février 2026 au 31\u00a0mars 2026",
        "dans 19\u00a0jours",
        "du 15\u00a0avril 2026 au 15\u00a0mai 2026",
        "30\u00a0jours, 10\u00a0jours, 2\u00a0jours",
        "Appelez-nous &amp; &lt;vite&gt;.",
        "<b>2\u00a0contrats</b>",
        "<b>1</b> pas commencé",
        "<b>1</b> en relecture",
        f'href="{reverse("bilans:bilan", args=[bilan.pk])}"',
        f'href="{reverse("bilans:bilans", args=[contrat.pk])}"',
        "1\u00a0attendu sur 1, dont 1 en retard",
        "Sans coordination",
        "1\u00a0autre contrat de la région",
    ):
        assert attendu in lue, attendu


def test_les_filtres_restent_dans_l_adresse_et_se_retirent(agent: Client, contrat: Contrat) -> None:
    campagne = CampagneFactory()
    BilanFactory(contrat=ContratFactory(signe=True, nom="Contrat écrit"), annee=2025)
    lue = page(agent, adresse(campagne), etape="BROUILLON", tri="nom")
    assert "Contrat écrit" in lue
    assert contrat.nom not in lue
    assert f'href="{adresse(campagne)}?tri=nom"' in lue
    assert f"{adresse(campagne, 'exporter', 'csv')}?etape=BROUILLON&amp;tri=nom" in lue
    vide = page(agent, adresse(campagne), etape="VALIDE")
    assert "Aucun contrat ne répond à ces filtres" in vide
    assert agent.get(adresse(campagne), {"etape": "x"}).status_code == 400


def test_l_export_dit_les_memes_lignes_dans_le_meme_ordre(agent: Client, contrat: Contrat) -> None:
    campagne = CampagneFactory()
    piege = ContratFactory(signe=True, nom="=1+1")
    bilan = BilanFactory(contrat=piege, annee=2025)
    csv = agent.get(adresse(campagne, "exporter", "csv"), {"etape": "BROUILLON"})
    assert csv["Content-Type"] == "text/csv; charset=utf-8"
    assert "bilans-2025-53-2026-03-12.csv" in csv["Content-Disposition"]
    lignes = csv.content.decode("utf-8-sig").splitlines()
    assert len(lignes) == 2
    assert "Brouillon" in lignes[1]
    assert not lignes[1].startswith("=")
    assert f"https://cls.exemple.fr/espace/bilans/{bilan.pk}/" in lignes[1]
    xlsx = agent.get(adresse(campagne, "exporter", "xlsx"))
    assert xlsx.content.startswith(b"PK")
    assert agent.get(adresse(campagne, "exporter", "pdf")).status_code == 404


def test_la_delegation_lit_ses_contrats_sans_les_gestes_du_siege(
    client_de: Callable[..., Client], agent_dd: Utilisateur, contrat: Contrat
) -> None:
    campagne = CampagneFactory()
    ContratFactory(signe=True, nom="Contrat d’un autre département", epci="243500659")
    client = client_de(agent_dd)
    lue = page(client, adresse(campagne))
    assert contrat.nom in lue
    assert "autre département" not in lue
    assert "Prolonger" not in lue
    for geste in ("modifier", "prolonger", "retirer"):
        assert client.get(adresse(campagne, geste)).status_code == 403


def test_une_autre_agence_une_coordination_une_voisine(
    client_de: Callable[..., Client], contrat: Contrat, coordinatrice: Utilisateur,
    voisine: Utilisateur, elue: Utilisateur,
) -> None:  # fmt: skip
    """La coordination connaît la campagne de sa région, pas le tableau des autres contrats."""
    campagne = CampagneFactory()
    ailleurs = UtilisateurFactory()
    AffectationArsFactory(utilisateur=ailleurs, region="76")
    chemins = [
        adresse(campagne),
        adresse(campagne, "exporter", "csv"),
        *(adresse(campagne, geste) for geste in ("modifier", "prolonger", "retirer")),
    ]
    for personne, code in ((ailleurs, 404), (voisine, 404), (coordinatrice, 403), (elue, 403)):
        client = client_de(personne)
        assert {client.get(chemin).status_code for chemin in chemins} == {code}, personne
        assert client.get(DE_LA_REGION).status_code == 403


def test_les_annees_precedentes_restent_a_un_menu(agent: Client) -> None:
    ancienne, derniere = CampagneFactory(annee=2024), CampagneFactory()
    lue = page(agent, DE_LA_REGION)
    assert f'href="{adresse(ancienne)}"' in lue
    assert "Bilans 2025 de la Bretagne" in lue
    assert "Bilans 2024 de la Bretagne" in page(agent, adresse(ancienne))
    assert f'href="{adresse(derniere)}"' in page(agent, adresse(ancienne))


def test_une_seule_action_principale_et_aucune_tant_que_l_on_ecrit(
    agent: Client, contrat: Contrat
) -> None:
    campagne = CampagneFactory()
    assert lire(agent, DE_LA_REGION).select("main .bouton.principal") == []
    Campagne.objects.filter(pk=campagne.pk).update(remise_le=date(2026, 3, 1))
    (bouton,) = lire(agent, DE_LA_REGION).select("main .bouton.principal")
    assert bouton.get_text(strip=True) == "Nouvelle campagne"


def test_une_region_inconnue_n_existe_pas(agent: Client) -> None:
    assert agent.get(reverse("bilans:campagnes", args=["99"])).status_code == 404


def test_le_nombre_de_requetes_ne_depend_pas_du_nombre_de_contrats(
    agent: Client, exiger_requetes_plates: Callable[..., int]
) -> None:
    campagne = CampagneFactory()

    def peupler(nombre: int) -> None:
        for rang in range(nombre):
            contrat = ContratFactory(signe=True)
            ParticipationFactory(contrat=contrat, role="COORDINATEUR")
            bilan = BilanFactory(contrat=contrat, annee=2025)
            AvisBilanFactory(bilan=bilan)
            if rang % 3 == 0:
                CampagneFactory(du_contrat=True, contrat=contrat)

    assert exiger_requetes_plates(peupler=peupler, lire=lambda: agent.get(adresse(campagne))) <= 34
    exiger_requetes_plates(
        peupler=peupler, lire=lambda: agent.get(adresse(campagne, "exporter", "csv"))
    )
