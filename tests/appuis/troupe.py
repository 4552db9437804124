"""Les deux contrats et la troupe : de quoi les créer, pour un test ou pour tout un fichier."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from pytest_django import DjangoDbBlocker

from acteurs.droits import Role
from acteurs.models import Acteur, Utilisateur
from contrats.models import Action, Axe, Contrat, RolePartie
from tests.appuis import horloge
from tests.factories import (
    ActeurFactory,
    ActionFactory,
    AffectationArsFactory,
    AxeFactory,
    ContratFactory,
    ParticipationFactory,
    PartieFactory,
    UtilisateurFactory,
)


@contextmanager
def pour_tout_le_fichier(portier: DjangoDbBlocker) -> Iterator[None]:
    """Ce qui s’écrit ici dure le temps d’un fichier ; chaque test défait ce qu’il y ajoute."""
    with portier.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def contrat_signe() -> Contrat:
    contrat = ContratFactory(
        nom="Contrat d’essai de Cornouaille",
        slug="essai-cornouaille",
        signe=True,
        public=True,
        epci="200068120",
    )
    PartieFactory(contrat=contrat, porteur=True, signee=True)
    PartieFactory(contrat=contrat, acteur=contrat.ars, role=RolePartie.COPILOTE, signee=True)
    return contrat


def contrat_de_la_voisine() -> Contrat:
    return ContratFactory(
        nom="Contrat d’essai des Coteaux",
        slug="essai-coteaux",
        signe=True,
        region_id="76",
        epci="243100815",
    )


def premier_axe(contrat: Contrat) -> Axe:
    return AxeFactory(contrat=contrat, numero="1", titre="Accéder aux soins près de chez soi")


def action_pilotee(contrat: Contrat, axe: Axe, cpts: Acteur) -> Action:
    return ActionFactory(contrat=contrat, axe=axe, numero="1.1", pilote=cpts)


def cpts_des_essais() -> Acteur:
    return ActeurFactory(cpts=True, nom="CPTS des Essais")


def coordinatrice(contrat: Contrat) -> Utilisateur:
    return _participante(contrat, Role.COORDINATEUR, "Coline", "Coordonne")


def elue(contrat: Contrat) -> Utilisateur:
    return _participante(contrat, Role.ELU, "Élise", "Élue")


def pilote(contrat: Contrat, cpts: Acteur) -> Utilisateur:
    return _participante(contrat, Role.PILOTE, "Paul", "Pilote", acteur=cpts)


def partenaire(contrat: Contrat) -> Utilisateur:
    return _participante(
        contrat, Role.PARTENAIRE, "Paula", "Partenaire", acteur=ActeurFactory(nom="Relais fictif")
    )


def lectrice(contrat: Contrat) -> Utilisateur:
    return _participante(contrat, Role.LECTEUR, "Lise", "Lectrice")


def agent_ars() -> Utilisateur:
    agent = UtilisateurFactory(prenom="Armel", nom="Agence", email="armel.agence@exemple.fr")
    AffectationArsFactory(utilisateur=agent, region="53")
    return agent


def agent_dd() -> Utilisateur:
    agent = UtilisateurFactory(prenom="Denis", nom="Délégation", email="denis.dd@exemple.fr")
    AffectationArsFactory(utilisateur=agent, region="53", departement_id="29")
    return agent


def administratrice() -> Utilisateur:
    return UtilisateurFactory(
        prenom="Ada", nom="Administre", email="ada.administre@exemple.fr", administrateur=True
    )


def voisine(autre_contrat: Contrat) -> Utilisateur:
    return _participante(autre_contrat, Role.COORDINATEUR, "Violette", "Voisine")


def toute(contrat: Contrat, autre_contrat: Contrat, cpts: Acteur) -> dict[str, Any]:
    """Chaque personnage par son nom ; `anonyme` n’a pas de compte."""
    return {
        "anonyme": AnonymousUser(),
        "lectrice": lectrice(contrat),
        "partenaire": partenaire(contrat),
        "pilote": pilote(contrat, cpts),
        "elue": elue(contrat),
        "agent_ars": agent_ars(),
        "agent_dd": agent_dd(),
        "coordinatrice": coordinatrice(contrat),
        "voisine": voisine(autre_contrat),
        "administratrice": administratrice(),
    }


def deux_contrats() -> tuple[Contrat, Action, Contrat, dict[str, Any]]:
    """Le contrat, son action pilotée, celui de la voisine et toute la troupe, à l’heure des tests."""
    with horloge.a(horloge.AUJOURDHUI):
        contrat, autre = contrat_signe(), contrat_de_la_voisine()
        cpts = cpts_des_essais()
        action = action_pilotee(contrat, premier_axe(contrat), cpts)
        return contrat, action, autre, toute(contrat, autre, cpts)


def _participante(contrat: Contrat, role: str, prenom: str, nom: str, **champs: Any) -> Utilisateur:
    personne = UtilisateurFactory(
        prenom=prenom, nom=nom, email=f"{role.lower()}.{contrat.slug}@exemple.fr", **champs
    )
    ParticipationFactory(utilisateur=personne, contrat=contrat, role=role)
    return personne
