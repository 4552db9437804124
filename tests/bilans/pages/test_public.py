"""Le site public : ce qui est ouvert se lit sans compte, le reste n’existe pas."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bilans.models import Bilan
from contrats.couverture_gardee import SQL_EMPREINTE
from contrats.models import Contrat
from tests.appuis.pages import lire
from tests.appuis.requetes import requetes_de
from tests.factories import ActionFactory, BilanFactory, ReunionFactory

PAGES = (
    "bilans:accueil",
    "bilans:mon_contrat",
    "bilans:actions_publiques",
    "bilans:liste",
    "bilans:reunions",
    "bilans:comprendre",
    "bilans:mots",
    "bilans:donnees_ouvertes",
    "bilans:contact",
    "bilans:mentions",
    "bilans:accessibilite",
    "bilans:donnees_personnelles",
    "bilans:plan_du_site",
    "bilans:sitemap",
    "bilans:robots",
    "contrats:liste",
)


@pytest.mark.parametrize("nom", PAGES)
def test_une_page_relue_sans_changement_ne_repart_pas(client: Client, db: None, nom: str) -> None:
    premiere = client.get(reverse(nom))
    assert premiere.status_code == 200
    relue = client.get(reverse(nom), headers={"If-None-Match": premiere["ETag"]})
    assert relue.status_code == 304
    assert not relue.content
    assert "public" in relue["Cache-Control"]


def test_une_page_publique_ne_pose_aucun_cookie(client: Client, contrat: Contrat) -> None:
    for adresse in (reverse("bilans:accueil"), reverse("bilans:contrat", args=[contrat.slug])):
        reponse = client.get(adresse)
        assert not reponse.cookies
        assert "Cookie" not in reponse.get("Vary", "")


def test_tout_visiteur_telecharge_le_pdf_publie_et_son_empreinte_sert_d_etag(
    client: Client, contrat: Contrat
) -> None:
    bilan = BilanFactory(contrat=contrat, publie=True)
    adresse = reverse("bilans:bilan_pdf", args=[contrat.slug, bilan.annee])
    reponse: Any = client.get(adresse)
    assert reponse["Content-Type"] == "application/pdf"
    assert b"".join(reponse.streaming_content).startswith(b"%PDF")
    assert reponse["ETag"] == f'"{bilan.sha256}"'
    relue = client.get(adresse, headers={"If-None-Match": f'"{bilan.sha256}"'})
    assert relue.status_code == 304


def test_un_brouillon_n_a_ni_page_ni_fichier_publics(client: Client, contrat: Contrat) -> None:
    bilan = BilanFactory(contrat=contrat, avec_pdf=True)
    for nom in ("bilan_public", "bilan_pdf", "bilan_csv", "bilan_json", "bilan_partage"):
        adresse = reverse(f"bilans:{nom}", args=[contrat.slug, bilan.annee])
        assert client.get(adresse).status_code == 404


def test_un_contrat_sans_page_publique_est_introuvable(
    client: Client, autre_contrat: Contrat
) -> None:
    for nom in ("contrat", "suivre"):
        assert client.get(reverse(f"bilans:{nom}", args=[autre_contrat.slug])).status_code == 404


def test_la_page_d_un_bilan_publie_ne_change_plus_quand_le_plan_change(
    client: Client, contrat: Contrat, action: Any
) -> None:
    bilan = BilanFactory(contrat=contrat, publie=True)
    adresse = reverse("bilans:bilan_public", args=[contrat.slug, bilan.annee])
    avant = client.get(adresse).content
    type(action).objects.filter(pk=action.pk).update(titre="Un titre changé après coup")
    assert client.get(adresse).content == avant


def test_l_accueil_ne_coute_pas_plus_de_requetes_avec_plus_de_contrats(
    client: Client, contrat: Contrat, exiger_requetes_plates: Callable[..., int]
) -> None:
    def peupler(nombre: int) -> None:
        for _ in range(nombre):
            BilanFactory(contrat=contrat, publie=True, annee=2030 + Bilan.objects.count())

    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(reverse("bilans:accueil")))


def test_l_accueil_lit_l_empreinte_des_donnees_une_seule_fois(
    client: Client, contrat: Contrat
) -> None:
    """La première lecture calcule tout, la deuxième trouve tout gardé."""
    for _ in range(2):
        lues = requetes_de(lambda: client.get(reverse("bilans:accueil")))
        assert [sql.strip() for sql in lues].count(SQL_EMPREINTE.strip()) == 1


def test_la_liste_des_bilans_se_filtre_comme_dans_l_api(client: Client, contrat: Contrat) -> None:
    BilanFactory(contrat=contrat, publie=True, annee=2024)
    BilanFactory(contrat=contrat, publie=True, annee=2025)
    page = lire(client, reverse("bilans:liste"), annee=2025)
    assert [a.get_text() for a in page.select(".lignes h2 a")] == [f"{contrat.nom}, bilan 2025"]
    assert client.get(reverse("bilans:liste"), {"annee": "deux mille"}).status_code == 400


def test_une_reunion_ouverte_a_tous_se_lit_avec_son_agenda(
    client: Client, contrat: Contrat
) -> None:
    ouverte = ReunionFactory(instance__contrat=contrat, publique=True, date="2026-05-04")
    ReunionFactory(instance__contrat=contrat, date="2026-05-05")
    page = lire(client, reverse("bilans:reunions"))
    assert len(page.select(".rendez-vous")) == 1
    agenda = reverse("contrats:reunion_publique", args=[ouverte.pk])
    assert page.select_one(f'a[href="{agenda}"]')


def test_les_reunions_d_un_contrat_ferme_ne_sont_pas_annoncees(
    client: Client, autre_contrat: Contrat
) -> None:
    ReunionFactory(instance__contrat=autre_contrat, publique=True, date="2026-05-04")
    assert not lire(client, reverse("bilans:reunions")).select(".rendez-vous")


def test_le_plan_des_moteurs_ne_nomme_que_le_public(
    client: Client, contrat: Contrat, autre_contrat: Contrat
) -> None:
    bilan = BilanFactory(contrat=contrat, publie=True)
    plan = client.get(reverse("bilans:sitemap")).content.decode()
    assert reverse("bilans:bilan_public", args=[contrat.slug, bilan.annee]) in plan
    assert autre_contrat.slug not in plan
    robots = client.get(reverse("bilans:robots")).content.decode()
    assert "Disallow: /espace/" in robots
    assert "Disallow: /abonnement/" in robots
    assert "https://cls.exemple.fr/sitemap.xml" in robots


def test_les_listes_publiques_ne_coutent_pas_plus_de_requetes(
    client: Client, contrat: Contrat, exiger_requetes_plates: Callable[..., int]
) -> None:
    instance = ReunionFactory(instance__contrat=contrat, publique=True, date="2026-04-01").instance
    bilans: list[Any] = []

    def peupler(nombre: int) -> None:
        for _ in range(nombre):
            rang = len(bilans)
            bilans.append(BilanFactory(contrat=contrat, publie=True, annee=2030 + rang))
            ActionFactory(contrat=contrat, themes=["acces_soins"])
            jour = date(2026, 5, 1) + timedelta(days=rang)
            ReunionFactory(instance=instance, publique=True, date=jour)

    def lire_tout() -> None:
        for nom in ("actions_publiques", "liste", "reunions", "sitemap"):
            client.get(reverse(f"bilans:{nom}"))

    exiger_requetes_plates(peupler=peupler, lire=lire_tout)
