"""Appeler l’API comme un outil partenaire, et lire ses réponses."""

from typing import Any

from django.test import Client

from acteurs.models import Portee, Utilisateur
from cls_platform.socle.api.ressources import Ressource
from tests.factories import JetonFactory

RACINE = "/api/v1/"
JSON = "application/json"


def outil(personne: Utilisateur, *portees: Portee, **jeton: Any) -> Client:
    """Un outil muni d’un jeton de cette personne, avec toutes les portées si aucune n’est dite."""
    cle = JetonFactory(utilisateur=personne, portees=list(portees or Portee), **jeton)
    return Client(headers={"Authorization": f"Bearer {cle.secret}"})


def lire(client: Client, chemin: str, **filtres: Any) -> Any:
    """Le JSON d’une réponse 200."""
    reponse = client.get(RACINE + chemin, filtres)
    assert reponse.status_code == 200, reponse.content.decode()
    assert reponse["Content-Type"] == JSON
    return reponse.json()


def resultats(client: Client, chemin: str, **filtres: Any) -> list[dict[str, Any]]:
    return lire(client, chemin, **filtres)["results"]


def ids(client: Client, chemin: str, **filtres: Any) -> set[str]:
    return {ligne["id"] for ligne in resultats(client, chemin, **filtres)}


def probleme(reponse: Any, statut: int) -> dict[str, Any]:
    """Le corps d’une erreur, après avoir vérifié qu’elle en est une (RFC 9457)."""
    assert reponse.status_code == statut, reponse.content.decode()
    assert reponse["Content-Type"] == "application/problem+json"
    corps = reponse.json()
    assert corps["status"] == statut
    assert corps["title"]
    assert corps["detail"]
    assert corps["request_id"]
    return corps


def pointeurs(corps: dict[str, Any]) -> set[str]:
    return {erreur["pointer"] for erreur in corps["errors"]}


def decrits_un_par_un(vue: type[Ressource], requete: Any) -> list[dict[str, Any]]:
    """Ce que donnerait la liste par le serializer, sans le plan de lecture."""
    ressource = vue(action="list", detail=False, request=requete, format_kwarg=None, kwargs={})
    objets = ressource.plan.annoter(ressource.get_queryset(), ressource.lecteur)
    return [ressource.corps(objet) for objet in objets]
