"""Les mots à connaître : tout le glossaire sur une page, cherché sans script."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bilans.models import MotAConnaitre, Sigle
from tests.appuis.pages import lire

pytestmark = pytest.mark.django_db
PAGE = reverse("bilans:mots")


def test_un_mot_de_metier_se_lit_avec_sa_definition_et_sa_source(client: Client) -> None:
    lue = lire(client, PAGE)
    entree = lue.select_one("#mot-maison-de-sante")
    assert entree is not None
    assert entree.dt.text == "Maison de santé"
    assert "Lieu où plusieurs soignants indépendants travaillent ensemble." in entree.text
    assert "Code de la santé publique, article" in entree.select_one(".source").text


def test_chaque_renvoi_et_chaque_lettre_menent_dans_la_page(client: Client) -> None:
    lue = lire(client, PAGE)
    liens = [a["href"] for a in lue.select("main a[href^='#']")]
    assert "#lettre-A" in liens
    assert "#mot-agence-regionale-de-sante" in liens
    for lien in liens:
        assert lue.find(id=lien.removeprefix("#")), lien


def test_la_recherche_ne_tient_pas_aux_accents_et_garde_ce_que_l_on_a_tape(client: Client) -> None:
    lue = lire(client, PAGE, recherche="TELECONSULTATION")
    assert [dt.text for dt in lue.select("dl dt")] == ["Téléconsultation"]
    assert lue.select_one("input[name=recherche]")["value"] == "TELECONSULTATION"
    assert lue.find("a", string="Tout voir")


def test_sans_resultat_la_page_dit_quoi_essayer(client: Client) -> None:
    lue = lire(client, PAGE, recherche="qqqqq")
    assert "Aucun mot trouvé" in lue.text
    assert not lue.select("dl")


def test_un_sigle_a_plusieurs_sens_ne_montre_pas_de_code(client: Client) -> None:
    entree = lire(client, PAGE).select_one("#sigle-APA")
    assert entree is not None
    assert len(entree.select("dd")) == 2
    assert "sport_sante" not in entree.text


def test_ce_que_l_operateur_retire_ou_ajoute_se_voit(client: Client) -> None:
    MotAConnaitre.objects.filter(code="volet").update(est_actif=False)
    MotAConnaitre.objects.create(code="x", libelle="Xylophone", definition="un <b>son</b>.")
    Sigle.objects.create(code="ZYX", sigle="ZYX", libelle="Zone des yeux")
    lue = lire(client, PAGE)
    assert not lue.select_one("#mot-volet")
    ajoute = lue.select_one("#mot-xylophone")
    assert ajoute is not None
    assert "Un <b>son</b>." in ajoute.text
    assert not ajoute.select(".source")
    assert lue.select_one("#sigle-ZYX")


def test_le_glossaire_se_lit_en_deux_requetes(client: Client) -> None:
    client.get(PAGE)
    with CaptureQueriesContext(connection) as requetes:
        client.get(PAGE, {"recherche": "santé"})
    assert len(requetes) == 2
