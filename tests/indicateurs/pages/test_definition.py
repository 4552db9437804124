"""Définir, ranger, puiser au catalogue : du premier clic au refus, sans JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from acteurs.models import Utilisateur
from contrats.models import Contrat
from indicateurs.forms.definition import IndicateurForm, valeurs_de
from indicateurs.models import Calcul, CibleIntermediaire, Indicateur, IndicateurModele
from tests.appuis.requetes import exiger_requetes_plates
from tests.factories import IndicateurFactory, MesureFactory


@pytest.fixture
def client(client_de: Callable[..., Client], coordinatrice: Utilisateur) -> Client:
    return client_de(coordinatrice)


def lue(reponse: Any) -> BeautifulSoup:
    return BeautifulSoup(reponse.content, "html.parser")


def envoi(indicateur: Indicateur, **change: Any) -> dict[str, Any]:
    """Ce qu’enverrait le formulaire ouvert sur cet indicateur, avec ces changements."""
    initial = valeurs_de(indicateur) | {"version": indicateur.version}
    form = IndicateurForm(contrat=indicateur.contrat, initial=initial)
    donnees = {n: form[n].value() for n in form.fields if n not in ("cibles", "actions")}
    donnees["actions"] = [str(a.pk) for a in initial["actions"]]
    propres = {n: getattr(v, "pk", v) for n, v in donnees.items() if v is not None}
    return propres | change


def test_seul_le_libelle_est_demande(client: Client, contrat: Contrat) -> None:
    adresse = reverse("indicateurs:ajouter", args=[contrat.pk])
    assert client.post(adresse, {"libelle": ""}).status_code == 422
    reponse = client.post(adresse, {"libelle": "Personnes accueillies"})
    neuf = contrat.indicateurs.get()
    assert reponse["Location"] == reverse("indicateurs:fiche", args=[neuf.pk])
    assert (neuf.unite, neuf.calcul) == ("nombre", Calcul.SAISIE)


def test_adapter_ouvre_le_formulaire_rempli_et_garde_le_lien(
    client: Client, contrat: Contrat
) -> None:
    modele = IndicateurModele.objects.get(pk="A02")
    page = lue(client.get(reverse("indicateurs:ajouter", args=[contrat.pk]) + "?modele=A02"))
    assert page.find(id="id_libelle")["value"] == modele.libelle
    assert page.select_one("#id_modele option[selected]")["value"] == "A02"
    assert page.select_one("#id_unite")["value"] == modele.unite


def test_une_ligne_de_cible_de_plus_n_enregistre_rien_et_garde_la_saisie(
    client: Client, indicateur: Indicateur
) -> None:
    adresse = reverse("indicateurs:modifier", args=[indicateur.pk])
    envoye = envoi(indicateur, libelle="Tapé", cibles_annee=["2026"], cibles_valeur=["1 200,5"])
    page = lue(client.post(adresse, envoye | {"une_cible_de_plus": "1"}))
    assert len(page.find_all(attrs={"name": "cibles_annee"})) == 3
    assert page.find(id="cible-valeur-1")["value"] == "1 200,5"
    assert page.find(id="id_libelle")["value"] == "Tapé"
    assert not CibleIntermediaire.objects.exists()


def test_les_cibles_s_ecrivent_a_la_francaise_et_se_relisent(
    client: Client, indicateur: Indicateur
) -> None:
    adresse = reverse("indicateurs:modifier", args=[indicateur.pk])
    cases = {"cibles_annee": ["2027", "", "2026"], "cibles_valeur": ["300", "", "200,5"]}
    assert client.post(adresse, envoi(indicateur, **cases)).status_code == 302
    lues = indicateur.cibles_intermediaires.chronologiques().values_list("annee", flat=True)
    assert list(lues) == [2026, 2027]
    assert lue(client.get(adresse)).find(id="cible-valeur-1")["value"] == "200,5"


@pytest.mark.parametrize(
    ("annee", "valeur", "phrase"),
    [
        ("2026", "", "donnez l’année et la valeur"),
        ("vingt", "3", "quatre chiffres"),
        ("2026", "1,2,3", "n’est pas un nombre"),
        ("2030", "3", "avant l’échéance"),
    ],
)
def test_une_cible_mal_ecrite_dit_sa_ligne_et_reste(
    client: Client, indicateur: Indicateur, annee: str, valeur: str, phrase: str
) -> None:
    adresse = reverse("indicateurs:modifier", args=[indicateur.pk])
    envoye = envoi(indicateur, cibles_annee=[annee], cibles_valeur=[valeur])
    reponse = client.post(adresse, envoye)
    assert reponse.status_code == 422
    assert phrase in lue(reponse).find(id="id_cibles_error").text
    assert lue(reponse).find(id="cible-annee-1")["value"] == annee


def test_deux_ecritures_se_comparent_et_rien_n_est_perdu(
    client: Client, indicateur: Indicateur
) -> None:
    adresse = reverse("indicateurs:modifier", args=[indicateur.pk])
    ouvert = envoi(indicateur, libelle="Le mien")
    client.post(adresse, envoi(indicateur, libelle="Le sien"))
    reponse = client.post(adresse, ouvert)
    assert reponse.status_code == 409
    assert [t.text for t in lue(reponse).select(".texte-version")] == ["Le mien", "Le sien"]
    assert Indicateur.objects.get(pk=indicateur.pk).libelle == "Le sien"
    repris = lue(client.post(adresse, ouvert | {"reprendre": "1"}))
    assert repris.find(id="id_libelle")["value"] == "Le mien"


def test_le_catalogue_dit_ce_que_le_contrat_suit_et_en_ajoute_plusieurs(
    client: Client, contrat: Contrat
) -> None:
    adresse = reverse("indicateurs:catalogue", args=[contrat.pk])
    client.post(adresse, {"codes": ["C01", "P01"]})
    assert set(contrat.indicateurs.values_list("modele", flat=True)) == {"C01", "P01"}
    page = lue(client.get(adresse))
    assert page.find(id="m-C01") is None
    assert page.find(id="m-C02")
    assert lue(client.post(adresse, {})).select_one(".avis").text.strip().startswith("Cochez")


@pytest.mark.parametrize(
    ("filtres", "codes"),
    [
        ("recherche=pauvrete", {"C03"}),
        ("type=REALISATION&recherche=reunions", {"P04"}),
        ("est_national=false", set()),
    ],
)
def test_le_catalogue_se_cherche_et_se_filtre(
    client: Client, contrat: Contrat, filtres: str, codes: set[str]
) -> None:
    page = lue(client.get(f"{reverse('indicateurs:catalogue', args=[contrat.pk])}?{filtres}"))
    assert {c["value"] for c in page.select("[name=codes]")} == codes


def test_ce_qui_differe_du_catalogue_est_dit_et_se_reprend(
    client: Client, contrat: Contrat
) -> None:
    client.post(reverse("indicateurs:catalogue", args=[contrat.pk]), {"codes": ["C01"]})
    indicateur = contrat.indicateurs.get()
    IndicateurModele.objects.filter(pk="C01").update(definition="Une définition plus nette")
    page = client.get(reverse("indicateurs:modifier", args=[indicateur.pk]))
    dit = " ".join(lue(page).select_one(".avis.t-info").text.split())
    assert "Diffère : définition." in dit
    adresse = reverse("indicateurs:reprendre", args=[indicateur.pk])
    client.post(adresse, {"champs": ["definition"], "version": indicateur.version})
    indicateur.refresh_from_db()
    assert indicateur.definition == "Une définition plus nette"
    assert "La même définition" in client.get(adresse).content.decode()


def test_supprimer_dit_ce_qui_part_avant_de_le_faire(
    client: Client, indicateur: Indicateur
) -> None:
    MesureFactory(indicateur=indicateur, annee=2024)
    MesureFactory(indicateur=indicateur, annee=2025)
    adresse = reverse("indicateurs:supprimer", args=[indicateur.pk])
    assert "2 valeurs saisies" in client.get(adresse).content.decode()
    assert client.post(adresse, {"version": "9"})["Location"] == adresse
    assert Indicateur.objects.exists()
    client.post(adresse, {"version": indicateur.version})
    assert not Indicateur.objects.exists()


def test_les_definitions_se_rangent_et_leur_page_ne_coute_pas_plus_a_trente(
    client: Client, contrat: Contrat
) -> None:
    adresse = reverse("indicateurs:definitions", args=[contrat.pk])

    def peupler(combien: int) -> None:
        modele = IndicateurModele.objects.get(pk="A02")
        for rang in range(combien):
            IndicateurFactory(contrat=contrat, libelle=f"Suivi {rang}", modele=modele)

    exiger_requetes_plates(peupler=peupler, lire=lambda: client.get(adresse))
    dernier = contrat.indicateurs.dans_l_ordre().last()
    client.post(reverse("indicateurs:deplacer", args=[dernier.pk]), {"vers": "monter"})
    assert contrat.indicateurs.dans_l_ordre().last() != dernier
