"""Les fiches d’une vue du plan, filtrées et triées, avec ce que la vue en montre."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.utils.safestring import SafeString

from acteurs.droits import Droit
from cls_platform.socle.templatetags.francais import date_courte
from contrats import adresses, affichage
from contrats.models import Action, Contrat
from contrats.permissions import peut_sur_action

Ligne = Mapping[str, Any]
RELATIONS = ("themes", "sous_themes", "populations", "objectifs_regionaux")


@dataclass(frozen=True, slots=True)
class FicheMontree:
    """Une fiche, chaque cellule prête à écrire ; `marque` : qui la partage avec ce plan."""

    id: UUID
    numero: str
    titre: str
    adresse: str
    code: str
    statut: SafeString
    pilote: SafeString | str
    debut: SafeString | str
    echeance: SafeString | str
    avancement: SafeString
    axe: str
    marque: str = ""


def fiche_montree(ligne: Ligne, le: date) -> FicheMontree:
    return FicheMontree(
        id=ligne["id"],
        numero=numero_de(ligne),
        titre=ligne["titre"],
        adresse=adresse_de(ligne),
        code=ligne["statut_affiche"],
        statut=affichage.statut(ligne["statut_affiche"]),
        pilote=affichage.pilote(nom_du_pilote(ligne)),
        debut=jour(ligne["date_debut"]),
        echeance=affichage.echeance(ligne, le),
        avancement=affichage.avancement(ligne["avancement"]),
        axe=nom_de_l_axe(ligne),
        marque=marque_de(ligne),
    )


def est_partagee(ligne: Ligne) -> bool:
    """Un autre contrat la tient : elle se lit ici, elle ne compte que chez lui."""
    return "partage_id" in ligne


def numero_de(ligne: Ligne) -> str:
    """Le numéro d’une fiche partagée est celui d’un autre plan : il ne se montre pas."""
    return "" if est_partagee(ligne) else ligne["numero"]


def adresse_de(ligne: Ligne) -> str:
    if est_partagee(ligne):
        return adresses.adresse_de("contrats:partage", ligne["partage_id"])
    return affichage.adresse_de(ligne["id"])


def marque_de(ligne: Ligne) -> str:
    """Le contrat qui la tient ; vide pour une fiche du plan."""
    return f"Partagée par {ligne['contrat__nom']}" if est_partagee(ligne) else ""


@dataclass(frozen=True, slots=True)
class Pilotage:
    """Ce que la règle du pilote lit d’une action, sans charger l’action."""

    pilote_id: UUID | None
    pilote_personne_id: UUID | None


def cochables(lignes: Iterable[Ligne], utilisateur: Any, droits: frozenset[Droit]) -> set[UUID]:
    """Les fiches que la personne peut modifier, donc mettre dans un lot."""
    return {
        ligne["id"]
        for ligne in lignes
        if peut_sur_action(
            utilisateur,
            Droit.MODIFIER_PLAN,
            cast("Action", Pilotage(ligne["pilote_id"], ligne["pilote_personne_id"])),
            droits,
        )
    }


def nom_du_pilote(ligne: Ligne) -> str:
    """L’organisation ; à défaut la personne, avec ou sans compte."""
    return affichage.nom_du_pilote(ligne) or ligne["pilote_nom"]


def nom_numerote(numero: str | None, titre: str | None) -> str:
    return f"{numero or ''} {titre or ''}".strip()


def nom_de_l_axe(ligne: Ligne) -> str:
    """« Axe 1. Accéder aux soins » ; vide sans axe."""
    if not ligne["axe__titre"]:
        return ""
    return f"Axe {ligne['axe__numero']}. {ligne['axe__titre']}"


def jour(valeur: date | None) -> SafeString | str:
    return date_courte(valeur) if valeur else ""


def noms_de(fiches: Iterable[UUID], relation: str) -> dict[UUID, list[tuple[str, str]]]:
    """Pour chaque fiche, (code, libellé) de ses thèmes, publics ou partenaires ; une requête."""
    par_fiche: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for fiche, code, libelle in Action.objects.noms_portes(list(fiches), relation):
        par_fiche[fiche].append((str(code), libelle))
    return par_fiche


def cles_de(lignes: Iterable[Ligne]) -> list[UUID]:
    return [ligne["id"] for ligne in lignes]


def actions_de(contrat: Contrat) -> Any:
    return contrat.actions.all()
