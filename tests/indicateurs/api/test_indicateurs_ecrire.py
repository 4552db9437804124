"""Ajouter et corriger la définition d’un indicateur : une portée, un droit, une version."""

from typing import Any

import pytest
from django.test import Client

from acteurs.models import Portee
from contrats.models import Contrat
from indicateurs.models import Indicateur, IndicateurModele
from tests.appuis.api import JSON, RACINE, outil, pointeurs, probleme
from tests.factories import ActionFactory, AxeFactory, IndicateurFactory

LISTE = f"{RACINE}indicateurs/"


@pytest.fixture
def client(coordinatrice: Any) -> Client:
    return outil(coordinatrice, Portee.LECTURE, Portee.ECRITURE_ACTIONS, nom="Outil d’essai")


def ajouter(client: Client, contrat: Contrat, **valeurs: Any) -> Any:
    corps = {"contrat": str(contrat.pk), **valeurs}
    return client.post(LISTE, corps, content_type=JSON)


def corriger(client: Client, indicateur: Indicateur, si: str | None = '"1"', **valeurs: Any) -> Any:
    entetes = {} if si is None else {"If-Match": si}
    return client.patch(f"{LISTE}{indicateur.pk}/", valeurs, content_type=JSON, headers=entetes)


def test_un_outil_ajoute_un_indicateur_complet_et_le_signe(client, contrat, action, coordinatrice):
    reponse = ajouter(
        client,
        contrat,
        libelle="Habitants qui ont un médecin traitant",
        unite="%",
        agregation="RATIO",
        numerateur="avec médecin traitant",
        denominateur="habitants",
        annee_reference=2024,
        cible="90",
        annee_cible=2028,
        cibles_intermediaires=[{"annee": 2026, "valeur": "85.5"}],
        actions=[str(action.pk)],
        responsable=str(coordinatrice.pk),
    )

    assert reponse.status_code == 201, reponse.content.decode()
    lu = reponse.json()
    assert reponse["Location"] == f"http://testserver{LISTE}{lu['id']}/"
    assert (lu["cible"], lu["actions"]) == ("90.0000", [str(action.pk)])
    assert lu["cibles_intermediaires"] == [{"annee": 2026, "valeur": "85.5000"}]
    neuf = Indicateur.objects.get(pk=lu["id"])
    assert (neuf.modifie_par, neuf.modifie_via) == (coordinatrice, "api:Outil d’essai")


def test_parti_du_catalogue_il_reprend_ce_que_l_outil_ne_dit_pas(client, contrat):
    modele = IndicateurModele.objects.proposes_a(contrat.region_id).exclude(definition="").first()

    lu = ajouter(client, contrat, modele=modele.pk).json()

    assert (lu["libelle"], lu["definition"]) == (modele.libelle, modele.definition)
    assert (lu["unite"], lu["agregation"]) == (modele.unite, modele.agregation)


def test_corriger_ne_change_que_ce_qui_est_dit(client, indicateur, action):
    avant = indicateur.unite
    reponse = corriger(client, indicateur, libelle="Un autre nom", actions=[])

    assert reponse.status_code == 200
    assert reponse["ETag"].startswith('"2-')
    indicateur.refresh_from_db()
    assert (indicateur.libelle, indicateur.unite) == ("Un autre nom", avant)
    assert indicateur.modifie_via == "api:Outil d’essai"
    assert not indicateur.actions.exists()


def test_sans_version_ou_perimee_rien_ne_change(client, indicateur):
    probleme(corriger(client, indicateur, si=None, libelle="Perdu"), 428)
    corps = probleme(corriger(client, indicateur, si='"7"', libelle="Perdu"), 412)
    assert corps["actuel"]["libelle"] == indicateur.libelle
    indicateur.refresh_from_db()
    assert indicateur.libelle != "Perdu"


@pytest.mark.parametrize(
    ("valeurs", "champ"),
    [
        ({"libelle": ""}, "/libelle"),
        ({"libelle": "x", "agregation": "AU_HASARD"}, "/agregation"),
        ({"libelle": "x", "cible": "beaucoup"}, "/cible"),
        ({"libelle": "x", "version": 3}, "/version"),
        ({"libelle": "x", "calcul": "FORMULE"}, "/formule"),
        ({"libelle": "x", "calcul": "FORMULE", "formule": "A01 / ZZ9"}, "/formule"),
        (
            {
                "libelle": "x",
                "cible": "9",
                "annee_cible": 2027,
                "cibles_intermediaires": [{"annee": 2028, "valeur": "8"}],
            },
            "/cibles_intermediaires",
        ),
        ({"libelle": "x", "modele": "inconnu"}, "/modele"),
    ],
)
def test_une_definition_contraire_a_une_regle_nomme_le_champ(client, contrat, valeurs, champ):
    corps = probleme(ajouter(client, contrat, **valeurs), 400)
    assert champ in pointeurs(corps)
    assert not Indicateur.objects.exists()


def test_un_code_deja_pris_est_refuse(client, contrat):
    IndicateurFactory(contrat=contrat, code="A01")
    corps = probleme(ajouter(client, contrat, libelle="x", code="A01"), 400)
    assert "Ce code est déjà celui d’un autre indicateur" in str(corps)


def test_rien_ne_se_rattache_a_un_autre_contrat(client, contrat, autre_contrat, voisine):
    ailleurs = {
        "axe": str(AxeFactory(contrat=autre_contrat).pk),
        "actions": [str(ActionFactory(contrat=autre_contrat).pk)],
        "responsable": str(voisine.pk),
    }
    for champ, valeur in ailleurs.items():
        corps = probleme(ajouter(client, contrat, libelle="x", **{champ: valeur}), 400)
        assert {p.split("/")[1] for p in pointeurs(corps)} == {champ}


@pytest.mark.parametrize("qui", ["voisine", "lectrice", "elue", "pilote"])
def test_qui_ne_gere_pas_les_indicateurs_recoit_un_refus_motive(qui, indicateur, contrat, request):
    client = outil(request.getfixturevalue(qui))
    probleme(ajouter(client, contrat, libelle="x"), 403)
    probleme(corriger(client, indicateur, libelle="x"), 403)
    assert set(Indicateur.objects.values_list("libelle", flat=True)) == {indicateur.libelle}


def test_un_contrat_que_l_on_ne_voit_pas_n_existe_pas(client, autre_contrat):
    assert pointeurs(probleme(ajouter(client, autre_contrat, libelle="x"), 400)) == {"/contrat"}
    cache = IndicateurFactory(contrat=autre_contrat)
    probleme(corriger(client, cache, libelle="x"), 404)


def test_saisir_des_valeurs_ne_permet_pas_de_changer_leur_definition(coordinatrice, indicateur):
    client = outil(coordinatrice, Portee.LECTURE, Portee.ECRITURE_MESURES)
    corps = probleme(corriger(client, indicateur, libelle="x"), 403)
    assert "ECRITURE_ACTIONS" in corps["detail"]
