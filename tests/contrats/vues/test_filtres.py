"""Chaque filtre de la fiche, face au même calcul fait à la main ; la page et l’API d’accord."""

from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from acteurs.models import Commune
from contrats.models import Action, ObjectifRegional, SousTheme
from tests.appuis.api import lire, outil
from tests.factories import ActeurFactory, ActionActeurFactory, ActionFactory, IndicateurFactory


@pytest.fixture
def fiches(contrat, axe, coordinatrice):
    """Six fiches qui diffèrent sur chaque filtre."""
    sous_theme = SousTheme.objects.tries().first()
    commune = Commune.objects.get(pk="29232")
    regional = ObjectifRegional.objects.create(
        code="essai", libelle="Réduire les écarts", region_id="53"
    )
    a = ActionFactory(contrat=contrat, axe=axe, priorite="ELEVE", titre="A", date_fin=None)
    b = ActionFactory(contrat=contrat, origine="NOUVELLE", titre="B", themes=["prevention"])
    c = ActionFactory(contrat=contrat, niveau_prevention="PRIMAIRE", titre="C", axe=axe)
    d = ActionFactory(contrat=contrat, pilote_personne=coordinatrice, titre="D", priorite="BAS")
    e = ActionFactory(contrat=contrat, titre="E", date_fin=date(2025, 5, 1))
    b.sous_themes.add(sous_theme)
    c.communes.add(commune)
    d.objectifs_regionaux.add(regional)
    ActionActeurFactory(action=e, acteur=ActeurFactory(nom="Relais"))
    IndicateurFactory(contrat=contrat, actions=[a, c])
    Action.objects.filter(pk=e.pk).update(modifie_le=datetime(2025, 1, 10, 9, 0, tzinfo=UTC))
    return [a, b, c, d, e]


CAS = {
    "priorite=ELEVE": lambda f: f.priorite == "ELEVE",
    "priorite=ELEVE&priorite=BAS": lambda f: f.priorite in {"ELEVE", "BAS"},
    "origine=NOUVELLE": lambda f: f.origine == "NOUVELLE",
    "prevention=PRIMAIRE": lambda f: f.niveau_prevention == "PRIMAIRE",
    "pilote_personne={personne}": lambda f: f.pilote_personne_id is not None,
    "partenaire={partenaire}": lambda f: f.liens_acteurs.exists(),
    "sous_theme={sous_theme}": lambda f: f.sous_themes.exists(),
    "commune=29232": lambda f: f.communes.exists(),
    "objectif_regional=essai": lambda f: f.objectifs_regionaux.exists(),
    "sans_axe=true": lambda f: f.axe_id is None,
    "sans_axe=false": lambda f: f.axe_id is not None,
    "sans_theme=true": lambda f: not f.themes.exists(),
    "sans_theme=false": lambda f: f.themes.exists(),
    "sans_indicateur=true": lambda f: not f.indicateurs.exists(),
    "sans_indicateur=false": lambda f: f.indicateurs.exists(),
    "modifiee_depuis=2026-01-01": lambda f: f.modifie_le.year >= 2026,
    "echeance_avant=2025-12-31": lambda f: bool(f.date_fin and f.date_fin.year <= 2025),
    "echeance_apres=2026-01-01": lambda f: bool(f.date_fin and f.date_fin.year >= 2026),
    "sans_axe=true&sans_indicateur=true": lambda f: not f.axe_id and not f.indicateurs.exists(),
}


@pytest.mark.parametrize("filtres", CAS)
def test_la_page_et_l_api_gardent_les_memes_fiches_que_le_calcul(
    fiches, contrat, coordinatrice, client_de, filtres
):
    adresse = filtres.format(
        personne=coordinatrice.pk,
        partenaire=fiches[4].liens_acteurs.get().acteur_id,
        sous_theme=SousTheme.objects.tries().first().pk,
    )
    relues = Action.objects.filter(contrat=contrat)
    attendues = sorted(f.titre for f in relues if CAS[filtres](f))
    assert attendues, "un cas qui ne garde rien ne prouve rien"

    api = lire(outil(coordinatrice), f"actions/?contrat={contrat.pk}&{adresse}")["results"]
    page = client_de(coordinatrice).get(
        f"{reverse('contrats:plan', args=[contrat.pk])}?vue=tableau&{adresse}"
    )
    lignes = BeautifulSoup(page.content, "html.parser").select("tbody th a")

    assert sorted(f["titre"] for f in api) == attendues
    assert sorted(a.text for a in lignes) == attendues


@pytest.mark.parametrize(
    "filtre",
    ["priorite=X", "commune=12", "sous_theme=rien", "modifiee_depuis=hier", "partenaire=1"],
)
def test_un_filtre_mal_ecrit_est_400_et_la_page_dit_quoi_faire(
    action, contrat, coordinatrice, client_de, filtre
):
    assert outil(coordinatrice).get(f"/api/v1/actions/?{filtre}").status_code == 400
    reponse = client_de(coordinatrice).get(
        f"{reverse('contrats:plan', args=[contrat.pk])}?{filtre}&statut=EN_COURS"
    )
    page = BeautifulSoup(reponse.content, "html.parser")
    assert reponse.status_code == 400
    assert "pas été compris" in page.select_one(".etat-vide").text
    assert page.select_one(".etat-vide a.principal")["href"].endswith("?statut=EN_COURS")


def test_le_panneau_des_filtres_garde_le_reste_de_l_adresse(
    action, contrat, axe, lectrice, client_de
):
    adresse = reverse("contrats:filtres", args=[contrat.pk])
    for entetes in ({}, {"HTTP_HX_REQUEST": "true"}):
        reponse = client_de(lectrice).get(f"{adresse}?vue=cartes&priorite=BAS", **entetes)
        page = BeautifulSoup(reponse.content, "html.parser")
        form = page.select_one("form.panneau")
        assert form["action"] == reverse("contrats:plan", args=[contrat.pk])
        assert form.select_one("[name=vue]")["value"] == "cartes"
        assert form.select_one("[name=priorite] [selected]")["value"] == "BAS"
        assert form.select_one(f"[name=axe] [value='{axe.pk}']")
        assert bool(page.select_one("h1")) is not bool(entetes)


def test_chaque_filtre_pose_a_sa_puce_qui_le_retire(action, contrat, coordinatrice, client_de):
    adresse = reverse("contrats:plan", args=[contrat.pk])
    page = BeautifulSoup(
        client_de(coordinatrice)
        .get(f"{adresse}?vue=cartes&priorite=BAS&sans_indicateur=true&echeance_avant=2026-01-31")
        .content,
        "html.parser",
    )
    puces = {p.text.split("\u00a0: ", 1)[1]: p["href"] for p in page.select(".puce.active")}
    assert set(puces) == {
        "Priorité\u00a0: Basse",
        "Sans indicateur",
        "Échéance jusqu’au\u00a0: 31\u00a0janv. 2026",
    }
    assert "sans_indicateur" not in puces["Sans indicateur"]
    assert "priorite=BAS" in puces["Sans indicateur"]
    assert "vue=cartes" in puces["Sans indicateur"]
    assert "Le plan compte 1\u00a0fiche" in page.select_one(".aucune-fiche").text
