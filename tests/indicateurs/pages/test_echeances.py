"""Les pages de la lecture : échéances, relances, récits, comparaison."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from acteurs.models import Utilisateur
from cls_platform.socle.models import Travail
from contrats.models import Contrat
from indicateurs.models import Indicateur, Recit
from indicateurs.relances import GENRE
from tests.appuis import horloge
from tests.factories import EditionDonneesFactory, IndicateurFactory, MesureFactory, RecitFactory

EN_RETARD = date(2026, 4, 2)


@pytest.fixture
def client(client_de: Callable[..., Client], coordinatrice: Utilisateur) -> Client:
    return client_de(coordinatrice)


def adresse(nom: str, contrat: Contrat) -> str:
    return reverse(f"indicateurs:{nom}", args=[contrat.pk])


def html(reponse: Any) -> str:
    return reponse.content.decode()


def test_une_valeur_en_retard_a_sa_ligne_son_lien_et_son_compte(
    client_de: Callable[..., Client],
    coordinatrice: Utilisateur,
    contrat: Contrat,
    indicateur: Indicateur,
) -> None:
    MesureFactory(indicateur=indicateur, annee=2024)
    with horloge.a(EN_RETARD):
        client = client_de(coordinatrice)
        page = html(client.get(adresse("echeances", contrat)))
        rail = html(client.get(adresse("en_retard", contrat)))
    assert "2\u00a0jours de retard" in page
    assert reverse("indicateurs:valeur", args=[indicateur.pk, 2025]) in page
    assert 'class="compte alerte">1<' in rail
    assert 'class="compte alerte">1<' in page


def test_rien_en_retard_le_rail_ne_dit_rien(
    client: Client, contrat: Contrat, indicateur: Indicateur
) -> None:
    MesureFactory(indicateur=indicateur, annee=2024)
    assert html(client.get(adresse("en_retard", contrat))) == ""


def test_le_pilote_filtre_ce_qu_on_attend_de_lui(
    client_de: Callable[..., Client], pilote: Utilisateur, contrat: Contrat, indicateur: Indicateur
) -> None:
    autre = IndicateurFactory(contrat=contrat, libelle="Part des écoles associées")
    client = client_de(pilote)
    page = html(client.get(adresse("echeances", contrat)))
    siennes = html(client.get(adresse("echeances", contrat), {"qui": "moi"}))
    assert autre.libelle in page
    assert autre.libelle not in siennes
    assert indicateur.libelle in siennes
    assert adresse("relancer", contrat) not in page


def test_un_trimestre_s_ouvre_deja_choisi(client: Client, contrat: Contrat) -> None:
    suivi = IndicateurFactory(contrat=contrat, periodicite="TRIMESTRIELLE")
    page = html(client.get(adresse("echeances", contrat)))
    lien = f"{reverse('indicateurs:valeur_ajouter', args=[suivi.pk])}?annee=2025&amp;periode=2025"
    assert lien in page
    formulaire = html(
        client.get(
            reverse("indicateurs:valeur_ajouter", args=[suivi.pk]),
            {"annee": "2025", "periode": "2025-10-01/2025-12-31"},
        )
    )
    assert '<option value="2025-10-01/2025-12-31" selected>' in formulaire


@pytest.mark.parametrize("demande", [{"qui": "n’importe"}, {"etat": "X"}, {"qui": "\x00"}])
def test_un_choix_inconnu_ne_casse_rien(
    client: Client, contrat: Contrat, indicateur: Indicateur, demande: dict[str, str]
) -> None:
    assert client.get(adresse("echeances", contrat), demande).status_code == 200


def test_sans_date_de_debut_la_page_dit_quoi_faire(client: Client, contrat: Contrat) -> None:
    Contrat.objects.filter(pk=contrat.pk).update(date_debut=None, date_fin=None)
    assert "pas de date de début" in html(client.get(adresse("echeances", contrat)))


def test_la_page_a_toujours_le_meme_nombre_de_requetes(
    client: Client, contrat: Contrat, exiger_requetes_plates: Callable[..., int]
) -> None:
    def peupler(nombre: int) -> None:
        for _ in range(nombre):
            MesureFactory(indicateur=IndicateurFactory(contrat=contrat), annee=2024)

    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(adresse("echeances", contrat)))


def test_relancer_montre_le_courriel_puis_ouvre_l_envoi(
    client: Client, contrat: Contrat, indicateur: Indicateur, pilote: Utilisateur
) -> None:
    MesureFactory(indicateur=indicateur, annee=2024)
    envoi = {"personnes": [str(pilote.pk)], "message": "Merci <b>."}
    apercu = html(client.post(adresse("relancer", contrat), envoi | {"apercu": "1"}))
    assert "Merci &lt;b&gt;." in apercu
    assert not Travail.objects.filter(genre=GENRE).exists()
    reponse = client.post(adresse("relancer", contrat), envoi)
    assert reponse.status_code == 303
    assert Travail.objects.get(genre=GENRE).parametres["personnes"] == [str(pilote.pk)]
    assert "déjà relancée aujourd’hui" in html(client.get(adresse("relancer", contrat)))


def test_relancer_personne_ou_une_inconnue_est_refuse(
    client: Client, contrat: Contrat, indicateur: Indicateur, voisine: Utilisateur
) -> None:
    for personnes in ([], [str(voisine.pk)], ["x"]):
        reponse = client.post(adresse("relancer", contrat), {"personnes": personnes})
        assert reponse.status_code == 422
    assert not Travail.objects.filter(genre=GENRE).exists()


def test_un_recit_se_raconte_se_corrige_et_se_supprime_depuis_la_fiche(
    client: Client, indicateur: Indicateur
) -> None:
    fiche = reverse("indicateurs:fiche", args=[indicateur.pk])
    ajout = reverse("indicateurs:recit_ajouter", args=[indicateur.pk])
    assert ajout in html(client.get(fiche))
    valeurs = {"annee": "2025", "texte": "Un <départ>.", "repere": "", "version": "0"}
    assert client.post(ajout, valeurs).status_code == 303
    recit = Recit.objects.get()
    assert "Un &lt;départ&gt;." in html(client.get(fiche))
    modifie = valeurs | {"texte": "Deux départs.", "version": "1"}
    page = reverse("indicateurs:recit", args=[recit.pk])
    assert client.post(page, modifie).status_code == 303
    perime = client.post(page, valeurs | {"texte": "Trop tard.", "version": "1"})
    assert perime.status_code == 409
    assert "Trop tard." in html(perime)
    assert "Deux départs." in html(perime)
    supprimer = reverse("indicateurs:recit_supprimer", args=[recit.pk])
    assert client.post(supprimer, {"version": "1"}).status_code == 409
    assert client.post(supprimer, {"version": "2"}).status_code == 303
    assert not Recit.objects.exists()


def test_la_voisine_ne_trouve_aucune_de_ces_pages(
    client_de: Callable[..., Client], voisine: Utilisateur, contrat: Contrat, indicateur: Indicateur
) -> None:
    client = client_de(voisine)
    recit = RecitFactory(indicateur=indicateur)
    pages = [adresse(nom, contrat) for nom in ("echeances", "comparaison", "relancer")]
    pages.append(reverse("indicateurs:recit", args=[recit.pk]))
    assert {client.get(page).status_code for page in pages} == {404}


def test_la_comparaison_se_lit_se_choisit_et_s_emporte(client: Client, contrat: Contrat) -> None:
    codes = contrat.perimetres.values_list("commune_id", flat=True)
    EditionDonneesFactory(indicateur_id="C01", annee=2022, valeurs=dict.fromkeys(codes, 1000))
    page = html(client.get(adresse("comparaison", contrat)))
    assert "Population municipale" in page
    assert "24\u00a0indicateurs sans donnée chargée" in page
    exporter = reverse("indicateurs:comparaison_exporter", args=[contrat.pk, "csv"])
    lignes = html(client.get(exporter)).splitlines()
    assert len(lignes) == 1 + 25 * 4
    assert f"{contrat.nom};Territoire du contrat;{1000 * len(codes)}" in lignes[1]
    pdf = reverse("indicateurs:comparaison_exporter", args=[contrat.pk, "pdf"])
    assert client.get(pdf).status_code == 404


def test_sans_donnee_de_contexte_la_comparaison_dit_qui_les_charge(
    client: Client, contrat: Contrat
) -> None:
    assert "le siège de l’ARS les charge" in html(client.get(adresse("comparaison", contrat)))
