"""Les montants par l’API : invisibles sans le droit de les voir ; écrits par qui modifie l’action."""

import orjson
import pytest
from django.urls import reverse

from tests.droits.matrice import PERSONNAGES
from tests.droits.matrice_argent import LISENT_LE_BUDGET
from tests.droits.test_matrice import CHEZ, sans_suite
from tests.factories import FinancementFactory, LigneBudgetFactory

ECRIVENT = {"coordinatrice", "pilote", "administratrice"}
AILLEURS = {"voisine", "administratrice"}
FABRIQUES = {"lignes_budget": LigneBudgetFactory, "financements": FinancementFactory}
AJOUTS = {
    "lignes_budget": {"annee": 2026, "nature": "prestation", "prevu": "100.00"},
    "financements": {"annee": 2026, "type_financeur": "caf", "montant_demande": "100.00"},
}


@pytest.fixture
def objets(contrat, action, autre_action):
    return {
        nom: {"elle": fabrique(action=action), "la voisine": fabrique(action=autre_action)}
        for nom, fabrique in FABRIQUES.items()
    }


def lisent(chez: str) -> set[str]:
    return set(LISENT_LE_BUDGET) if chez == "elle" else AILLEURS


def ecrivent(chez: str) -> set[str]:
    return ECRIVENT if chez == "elle" else AILLEURS


@pytest.mark.parametrize("ressource", FABRIQUES)
@pytest.mark.parametrize("nom", PERSONNAGES)
def test_les_montants_n_existent_que_pour_qui_peut_les_voir(
    request, objets, client_de, ressource, nom
):
    client = client_de(request.getfixturevalue(nom))
    vus = {ligne["id"] for ligne in client.get(reverse(f"api:{ressource}-list")).json()["results"]}
    for chez in CHEZ:
        pk = objets[ressource][chez].pk
        lit = nom in lisent(chez)
        assert (str(pk) in vus) is lit
        reponse = client.get(reverse(f"api:{ressource}-detail", args=[pk]))
        assert reponse.status_code == (200 if lit else 404)


@pytest.mark.parametrize("ressource", FABRIQUES)
@pytest.mark.parametrize("nom", PERSONNAGES)
def test_ecrire_demande_de_pouvoir_modifier_l_action(request, objets, client_de, ressource, nom):
    client = client_de(request.getfixturevalue(nom))
    for chez in CHEZ:
        objet = objets[ressource][chez]
        for methode, reussi in (("PATCH", 200), ("DELETE", 204)):
            voulu = reussi if nom in ecrivent(chez) else 403 if nom in lisent(chez) else 404
            adresse = reverse(f"api:{ressource}-detail", args=[objet.pk])
            recu = envoyer(client, methode, adresse, {"annee": 2027})
            assert recu == (401 if nom == "anonyme" else voulu), (chez, methode)


@pytest.mark.parametrize("ressource", FABRIQUES)
@pytest.mark.parametrize("nom", PERSONNAGES)
def test_ajouter_demande_de_pouvoir_modifier_l_action(
    request, objets, client_de, ressource, nom, action, autre_action
):
    """L’action que l’on ne suit pas n’est pas connue (400) ; suivie sans le droit : 403."""
    client = client_de(request.getfixturevalue(nom))
    suivent = {"elle": set(PERSONNAGES) - {"voisine", "anonyme"}, "la voisine": AILLEURS}
    for chez, cible in zip(CHEZ, (action, autre_action), strict=True):
        voulu = 201 if nom in ecrivent(chez) else 403 if nom in suivent[chez] else 400
        corps = {**AJOUTS[ressource], "action": str(cible.pk)}
        recu = envoyer(client, "POST", reverse(f"api:{ressource}-list"), corps)
        assert recu == (401 if nom == "anonyme" else voulu), chez


def envoyer(client, methode, adresse, corps) -> int:
    with sans_suite():
        reponse = client.generic(
            methode,
            adresse,
            data=orjson.dumps(corps),
            content_type="application/json",
            headers={"If-Match": '"1"'},
        )
    return reponse.status_code
