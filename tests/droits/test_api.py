"""L’API × la troupe × leur contrat ou celui de la voisine."""

from decimal import Decimal

import orjson
import pytest
from django.urls import reverse

from acteurs.models import Acteur
from contrats.models import Contrat
from tests.droits.matrice import PERSONNAGES, TOUS
from tests.droits.matrice_api import (
    ECRITURES,
    METHODES_D_ECRITURE,
    OUVERTES,
    SOUS_CONTRAT,
    VOIENT_CHEZ_LA_VOISINE,
)
from tests.droits.test_matrice import CHEZ, sans_suite
from tests.factories import (
    ActionFactory,
    AxeFactory,
    BilanFactory,
    IndicateurFactory,
    MesureFactory,
    ObjectifFactory,
)

CODES = {"regions": "53", "departements": "29", "epci": "200068120", "communes": "29232"}


def garnir(contrat: Contrat, action) -> dict[str, object]:
    indicateur = IndicateurFactory(contrat=contrat, actions=[action])
    return {
        "contrats": contrat,
        "axes": action.axe,
        "objectifs": ObjectifFactory(axe=action.axe),
        "actions": action,
        "indicateurs": indicateur,
        "mesures": MesureFactory(indicateur=indicateur),
        "bilans": BilanFactory(contrat=contrat, publie=True),
    }


@pytest.fixture
def objets(contrat, action, autre_contrat) -> dict[str, dict[str, object]]:
    ailleurs = ActionFactory(contrat=autre_contrat, axe=AxeFactory(contrat=autre_contrat))
    return {"elle": garnir(contrat, action), "la voisine": garnir(autre_contrat, ailleurs)}


@pytest.fixture
def clients(request, objets, client_de) -> dict:
    return {nom: client_de(request.getfixturevalue(nom)) for nom in PERSONNAGES}


@pytest.mark.parametrize("ressource", OUVERTES)
def test_les_donnees_ouvertes_se_lisent_sans_compte(ressource, clients):
    cle = CODES.get(ressource) or Acteur.objects.get(type="ars", region="53").pk
    for client in clients.values():
        assert client.get(reverse(f"api:{ressource}-list")).status_code == 200
        assert client.get(reverse(f"api:{ressource}-detail", args=[cle])).status_code == 200


@pytest.mark.parametrize("ressource", SOUS_CONTRAT)
def test_ce_qui_est_ferme_n_existe_que_pour_ceux_qui_le_suivent(ressource, clients, objets):
    ecarts = []
    for nom, client in clients.items():
        liste = client.get(reverse(f"api:{ressource}-list"))
        vus = {ligne["id"] for ligne in liste.json()["results"]}
        for chez in CHEZ:
            voit = chez == "elle" or nom in VOIENT_CHEZ_LA_VOISINE
            pk = objets[chez][ressource].pk
            detail = client.get(reverse(f"api:{ressource}-detail", args=[pk])).status_code
            if detail != (200 if voit else 404) or (str(pk) in vus) is not voit:
                ecarts.append(f"{nom} chez {chez} : {detail}, dans la liste {str(pk) in vus}")
    assert not ecarts, "\n".join(["", *ecarts])


def corps(ressource: str, methode: str, objet) -> dict:
    if ressource == "actions":
        return {"titre": "Un titre venu de l’API"}
    if ressource == "indicateurs":
        ajout = {"contrat": str(objet.contrat_id)} if methode == "POST" else {}
        return ajout | {"libelle": "Un indicateur venu de l’API"}
    if ressource != "mesures":
        return {}
    if methode == "POST":
        return {
            "indicateur": str(objet.indicateur_id),
            "periode_debut": "2023-01-01",
            "periode_fin": "2023-12-31",
            "valeur": "12",
        }
    return {"valeur": str(Decimal(12))}


def ecrire(client, ressource: str, methode: str, objet, *, sur_objet: bool) -> int:
    vue, arguments = ("detail", [objet.pk]) if sur_objet else ("list", [])
    with sans_suite():
        reponse = client.generic(
            methode,
            reverse(f"api:{ressource}-{vue}", args=arguments),
            data=orjson.dumps(corps(ressource, methode, objet)),
            content_type="application/json",
            headers={"If-Match": '"1"'} if sur_objet else {},
        )
    return reponse.status_code


@pytest.mark.parametrize("ecriture", ECRITURES, ids=lambda e: f"{e[1]} {e[0]}")
def test_ecrire_demande_le_droit_du_service(ecriture, clients, objets):
    ressource, methode, sur_objet = ecriture
    admis, reponse = ECRITURES[ecriture]
    ecarts = []
    for nom, client in clients.items():
        for chez in CHEZ:
            voulu = attendu(nom, chez, admis, reponse, sur_objet=sur_objet)
            recu = ecrire(client, ressource, methode, objets[chez][ressource], sur_objet=sur_objet)
            if recu != voulu:
                ecarts.append(f"{nom} chez {chez} : {recu} au lieu de {voulu}")
    assert not ecarts, "\n".join(["", *ecarts])


def attendu(nom: str, chez: str, admis: set[str], reponse: int, *, sur_objet: bool) -> int:
    """Le contrat de la troupe est public : la voisine le voit, donc 403 et non 404."""
    if nom == "anonyme":
        return 401
    if chez == "elle":
        return reponse if nom in admis else 403
    if nom in VOIENT_CHEZ_LA_VOISINE:
        return reponse
    return 404 if sur_objet else 400


@pytest.mark.parametrize("methode", METHODES_D_ECRITURE)
@pytest.mark.parametrize("sur_objet", [True, False], ids=["objet", "liste"])
def test_les_autres_methodes_sont_refusees_a_tous(methode, sur_objet, clients, objets):
    ecarts = []
    for ressource in SOUS_CONTRAT:
        if (ressource, methode, sur_objet) in ECRITURES:
            continue
        for nom in ("anonyme", "coordinatrice", "administratrice"):
            objet = objets["elle"][ressource]
            recu = ecrire(clients[nom], ressource, methode, objet, sur_objet=sur_objet)
            if recu != 405:
                ecarts.append(f"{nom} {methode} {ressource} : {recu}")
    assert not ecarts, "\n".join(["", *ecarts])


def test_la_racine_le_schema_et_la_documentation_sont_ouverts(clients):
    for route in ("api:api-root", "api:schema", "api:docs"):
        assert {c.get(reverse(route)).status_code for c in clients.values()} == {200}


def test_une_adresse_inconnue_de_l_api_est_404_pour_tous(clients):
    assert {c.get("/api/v1/inconnue/").status_code for c in clients.values()} == {404}
    assert set(clients) == TOUS
