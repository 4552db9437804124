"""La page « Bilans » d’un contrat : sa campagne, et un bilan commencé en un clic."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from bs4 import Tag
from django.test import Client
from django.urls import reverse

from acteurs.models import Utilisateur
from bilans.models import Bilan, Campagne
from contrats.models import Contrat
from tests.appuis.pages import lire
from tests.factories import BilanFactory, CampagneFactory, ContratFactory, ParticipationFactory


@pytest.fixture
def client(client_de: Callable[..., Client], coordinatrice: Utilisateur) -> Client:
    return client_de(coordinatrice)


def adresse(contrat: Contrat) -> str:
    return reverse("bilans:bilans", args=[contrat.pk])


def principales(client: Client, contrat: Contrat) -> list[str]:
    lue = lire(client, adresse(contrat))
    return [b.get_text(strip=True) for b in lue.select("main .bouton.principal")]


def bandeaux(client: Client, contrat: Contrat) -> list[Tag]:
    return list(lire(client, adresse(contrat)).select(".bandeau-de-campagne"))


def mots(morceau: Tag) -> str:
    return " ".join(morceau.get_text(" ", strip=True).split())


def de_region(**champs: Any) -> Campagne:
    return CampagneFactory(avec_corrections=True, message="Appelez-nous & <vite>.", **champs)


def test_la_campagne_ouverte_dit_ses_dates_le_message_et_commence_le_bilan_en_un_clic(
    client: Client, contrat: Contrat
) -> None:
    de_region()
    (bandeau,) = bandeaux(client, contrat)
    lu = mots(bandeau)
    assert "Campagne des bilans 2025 écriture ouverte" in lu
    assert "À écrire du 1 er février 2026 au 31 mars 2026" in lu
    assert "à publier dans 19 jours" in lu
    assert "Corrections du 15 avril 2026 au 15 mai 2026" in lu
    assert "Appelez-nous & <vite>." in lu
    assert principales(client, contrat) == ["Commencer le bilan 2025"]
    formulaire = bandeau.select_one("form")
    assert formulaire is not None
    donnees = {str(i["name"]): str(i["value"]) for i in formulaire.select("input[name]")}
    reponse = client.post(adresse(contrat), donnees)
    bilan = Bilan.objects.get()
    assert (reponse.status_code, bilan.annee) == (302, 2025)
    assert reponse["Location"] == reverse("bilans:bilan", args=[bilan.pk])


def test_du_contrat_au_bilan_de_l_annee_suivante_en_deux_clics_sans_campagne(
    client: Client, contrat: Contrat
) -> None:
    """« Bilans » dans le rail, puis « Commencer le bilan 2025 » : 2024 est publié."""
    BilanFactory(contrat=contrat, annee=2024, publie=True, instantane={"essai": True})
    fiche = client.get(reverse("contrats:fiche", args=[contrat.pk])).content.decode()
    assert f'href="{adresse(contrat)}"' in fiche
    assert principales(client, contrat) == ["Commencer le bilan 2025"]
    client.post(adresse(contrat), {"annee": "2025"})
    assert Bilan.objects.filter(annee=2025).count() == 1
    assert principales(client, contrat) == ["Commencer le bilan 2026"]


@pytest.mark.parametrize(
    ("le", "proposee"),
    [(date(2026, 3, 12), "2025"), (date(2026, 6, 30), "2025"), (date(2026, 7, 1), "2026")],
)
def test_sans_bilan_on_propose_l_annee_finie_jusqu_en_juin(
    client_de: Callable[..., Client], coordinatrice: Utilisateur, contrat: Contrat, a_la_date: Any,
    le: date, proposee: str,
) -> None:  # fmt: skip
    with a_la_date(le):
        lues = principales(client_de(coordinatrice), contrat)
    assert lues == [f"Commencer le bilan {proposee}"]


def test_un_bilan_commence_se_continue(client: Client, contrat: Contrat) -> None:
    de_region()
    bilan = BilanFactory(contrat=contrat, annee=2025, statut="RELECTURE")
    (bandeau,) = bandeaux(client, contrat)
    (lien,) = bandeau.select("a.principal")
    assert lien["href"] == reverse("bilans:bilan", args=[bilan.pk])
    assert principales(client, contrat) == ["Continuer le bilan 2025"]


def test_publie_le_bandeau_le_dit_et_ne_demande_rien(client: Client, contrat: Contrat) -> None:
    de_region()
    BilanFactory(contrat=contrat, annee=2025, publie=True, instantane={"essai": True})
    (bandeau,) = bandeaux(client, contrat)
    assert "Votre bilan est publié." in mots(bandeau)
    assert bandeau.select("form") == []
    assert principales(client, contrat) == ["Commencer le bilan 2026"]


def test_pendant_les_corrections_un_bilan_publie_se_corrige_en_un_clic(
    client: Client, contrat: Contrat
) -> None:
    CampagneFactory(
        ouvre_le=date(2026, 1, 1), remise_le=date(2026, 2, 15),
        correction_debut=date(2026, 3, 1), correction_fin=date(2026, 3, 20),
    )  # fmt: skip
    BilanFactory(contrat=contrat, annee=2025, publie=True, instantane={"essai": True})
    assert principales(client, contrat) == ["Corriger le bilan 2025"]
    client.post(adresse(contrat), {"annee": "2025"})
    assert Bilan.objects.get(statut="BROUILLON").edition == 2
    assert principales(client, contrat) == ["Continuer le bilan 2025"]


def test_apres_la_remise_un_bilan_manquant_se_commence_encore_et_le_retard_se_dit(
    client: Client, contrat: Contrat
) -> None:
    CampagneFactory(remise_le=date(2026, 3, 10))
    (bandeau,) = bandeaux(client, contrat)
    assert "devait être publié le 10 mars 2026 : 2 jours de retard. Vous pouvez encore" in (
        mots(bandeau).replace("\u00a0", " ")
    )
    assert principales(client, contrat) == ["Commencer le bilan 2025"]


def test_une_campagne_a_venir_s_annonce_deux_mois_avant_sans_geste(
    client: Client, contrat: Contrat
) -> None:
    campagne = CampagneFactory(ouvre_le=date(2026, 5, 10), remise_le=date(2026, 6, 30))
    (bandeau,) = bandeaux(client, contrat)
    assert "à venir" in mots(bandeau)
    assert bandeau.select("form") == []
    Campagne.objects.filter(pk=campagne.pk).update(ouvre_le=date(2026, 5, 12))
    assert bandeaux(client, contrat) == []


def test_une_campagne_finie_et_remise_ne_se_dit_plus(client: Client, contrat: Contrat) -> None:
    CampagneFactory(remise_le=date(2026, 3, 10))
    BilanFactory(contrat=contrat, annee=2025, publie=True, instantane={"essai": True})
    assert bandeaux(client, contrat) == []


def test_les_dates_du_contrat_l_emportent_et_se_changent_d_ici(
    client: Client, contrat: Contrat
) -> None:
    de_region()
    propre = CampagneFactory(du_contrat=True, contrat=contrat, remise_le=date(2026, 3, 20))
    (bandeau,) = bandeaux(client, contrat)
    assert "aux dates de ce contrat" in mots(bandeau)
    assert "20 mars 2026" in mots(bandeau)
    liens = {lien["href"] for lien in bandeau.select("a")}
    assert liens == {
        reverse("bilans:campagne_modifier", args=[propre.pk]),
        reverse("bilans:campagne_prolonger", args=[propre.pk]),
    }


def test_la_campagne_d_une_autre_region_ou_d_une_annee_hors_du_contrat_ne_se_dit_pas(
    client: Client, contrat: Contrat
) -> None:
    CampagneFactory(region_id="76")
    CampagneFactory(annee=2023)
    CampagneFactory(du_contrat=True, contrat=ContratFactory(signe=True))
    assert bandeaux(client, contrat) == []


def test_qui_n_ecrit_pas_le_bilan_lit_les_dates_sans_les_gestes(
    client_de: Callable[..., Client], contrat: Contrat, lectrice: Utilisateur, elue: Utilisateur
) -> None:
    de_region()
    for personne in (lectrice, elue):
        client = client_de(personne)
        assert len(bandeaux(client, contrat)) == 1
        assert principales(client, contrat) == []
        assert client.post(adresse(contrat), {"annee": "2025"}).status_code == 403


def test_ouvrir_une_campagne_pour_son_contrat(client: Client, contrat: Contrat) -> None:
    chemin = reverse("bilans:campagne_du_contrat", args=[contrat.pk])
    lue = lire(client, adresse(contrat))
    assert lue.select(f'a[href="{chemin}"]')
    donnees = {
        "annee": "2025", "ouvre_le": "12/03/2026", "remise_le": "30/06/2026", "rappels": "10",
    }  # fmt: skip
    page = client.post(chemin, donnees, follow=True).content.decode()
    assert "La campagne des bilans 2025 est ouverte." in page
    assert Campagne.objects.get().contrat == contrat
    refus = client.post(chemin, donnees)
    assert refus.status_code == 422
    assert "existe déjà pour ce contrat" in refus.content.decode()


def test_le_nombre_de_requetes_ne_depend_ni_des_annees_ni_des_contrats(
    client: Client, contrat: Contrat, exiger_requetes_plates: Callable[..., int]
) -> None:
    de_region()
    ParticipationFactory(contrat=contrat)

    def peupler(nombre: int) -> None:
        for _ in range(nombre):
            ContratFactory(signe=True)
            annee = 2030 + contrat.bilans.count()
            BilanFactory(contrat=contrat, annee=annee)
            CampagneFactory(annee=annee, ouvre_le=date(2040, 1, 1), remise_le=date(2041, 1, 1))

    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(adresse(contrat)))
