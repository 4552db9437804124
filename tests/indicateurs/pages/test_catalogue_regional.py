"""Le siège de l’agence tient le catalogue de sa région ; un indicateur suivi ne s’efface pas."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from indicateurs.models import IndicateurModele
from tests.appuis.api import lire, outil
from tests.factories import IndicateurFactory

AJOUTER = "/espace/regions/53/catalogue/ajouter/"
VALEURS = {
    "libelle": "Cabines de téléconsultation ouvertes",
    "type": "REALISATION",
    "niveau": "CLS",
    "unite": "cabines",
    "decimales": "0",
    "sens": "HAUSSE",
    "agregation": "SOMME",
    "source": "Suivi de l’agence",
    "periodicite": "ANNUELLE",
}


@pytest.fixture
def modele(db: None) -> IndicateurModele:
    champs = {n: v for n, v in VALEURS.items() if n != "decimales"}
    return IndicateurModele.objects.create(code="R53_09", region_id="53", **champs)


def test_le_siege_ajoute_et_le_code_suit(
    client_de: Callable[..., Client], agent_ars: Any, modele: IndicateurModele
) -> None:
    reponse = client_de(agent_ars).post(AJOUTER, VALEURS)
    assert reponse["Location"] == "/espace/regions/53/catalogue/"
    assert IndicateurModele.objects.get(pk="R53_10").region_id == "53"


def test_un_code_deja_pris_est_refuse(
    client_de: Callable[..., Client], agent_ars: Any, modele: IndicateurModele
) -> None:
    reponse = client_de(agent_ars).post(AJOUTER, VALEURS | {"code": "C01"})
    assert reponse.status_code == 422
    assert "déjà au catalogue" in reponse.content.decode()


def test_un_rapport_sans_ses_deux_nombres_est_refuse(
    client_de: Callable[..., Client], agent_ars: Any
) -> None:
    assert client_de(agent_ars).post(AJOUTER, VALEURS | {"agregation": "RATIO"}).status_code == 422


@pytest.mark.parametrize("route", ["modele", "modele_proposer", "modele_effacer"])
@pytest.mark.parametrize("personnage", ["agent_dd", "coordinatrice", "voisine"])
def test_hors_du_siege_rien_ne_s_ecrit(
    request: pytest.FixtureRequest,
    client_de: Callable[..., Client],
    modele: IndicateurModele,
    personnage: str,
    route: str,
) -> None:
    client = client_de(request.getfixturevalue(personnage))
    assert client.post(reverse(f"indicateurs:{route}", args=["R53_09"])).status_code == 403
    assert IndicateurModele.objects.get(pk="R53_09").est_actif


def test_un_indicateur_national_ne_s_ecrit_pas_ici(
    client_de: Callable[..., Client], agent_ars: Any
) -> None:
    adresse = reverse("indicateurs:modele", args=["C01"])
    assert client_de(agent_ars).get(adresse).status_code == 404


def test_ce_qui_a_change_entre_temps_n_est_pas_ecrase(
    client_de: Callable[..., Client], agent_ars: Any, modele: IndicateurModele
) -> None:
    client, adresse = client_de(agent_ars), reverse("indicateurs:modele", args=["R53_09"])
    ouvert = client.get(adresse).context["form"]["lu"].value()
    modele.unite = "lieux"
    modele.save()
    reponse = client.post(adresse, VALEURS | {"lu": ouvert, "source": "La mienne"})
    assert reponse.status_code == 422
    relu = reponse.context["form"]["lu"].value()
    assert client.post(adresse, VALEURS | {"lu": relu, "source": "La mienne"}).status_code == 303
    assert IndicateurModele.objects.get(pk="R53_09").source == "La mienne"


def test_un_indicateur_suivi_se_retire_sans_s_effacer(
    client_de: Callable[..., Client], agent_ars: Any, contrat: Any, modele: IndicateurModele
) -> None:
    client = client_de(agent_ars)
    suivi = IndicateurFactory(contrat=contrat, modele=modele)
    effacer = reverse("indicateurs:modele_effacer", args=["R53_09"])
    assert "il ne s’efface pas" in client.get(effacer).content.decode()
    client.post(effacer)
    client.post(reverse("indicateurs:modele_proposer", args=["R53_09"]), {"geste": "retirer"})
    modele.refresh_from_db()
    assert not modele.est_actif
    assert "R53_09" not in set(
        IndicateurModele.objects.proposes_a("53").values_list("pk", flat=True)
    )
    suivi.delete()
    assert "Aucun contrat ne le suit" in client.get(effacer).content.decode()
    client.post(effacer)
    assert not IndicateurModele.objects.filter(pk="R53_09").exists()


def test_le_code_se_lit_sans_se_changer(
    client_de: Callable[..., Client], agent_ars: Any, modele: IndicateurModele
) -> None:
    ici = reverse("indicateurs:modele", args=["R53_09"])
    page = client_de(agent_ars).get(ici).content.decode()
    assert "Il ne change plus." in page
    assert "Laissé vide" not in page


def test_l_api_donne_le_catalogue_et_qui_collecte_a_l_equipe_seule(
    coordinatrice: Any, voisine: Any, indicateur: Any, modele: IndicateurModele
) -> None:
    lu = lire(Client(), "catalogue-indicateurs/R53_09/")
    assert (lu["unite"], lu["region"]) == ("cabines", "53")
    indicateur.responsable = coordinatrice
    indicateur.save()
    indicateur.cibles_intermediaires.create(annee=2026, valeur=200)
    chemin = f"indicateurs/{indicateur.pk}/"
    assert lire(outil(coordinatrice), chemin)["responsable"] == str(coordinatrice.pk)
    assert lire(outil(voisine), chemin)["responsable"] is None
    assert lire(Client(), chemin)["cibles_intermediaires"] == [
        {"annee": 2026, "valeur": "200.0000"}
    ]
