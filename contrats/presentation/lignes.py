"""Les fiches d’une vue du plan, filtrées et triées, avec ce que la vue en montre."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString

from cls_platform.socle.templatetags.francais import date_courte
from contrats import affichage
from contrats.models import Contrat

Ligne = Mapping[str, Any]
RELATIONS = ("themes", "sous_themes", "populations", "objectifs_regionaux")


@dataclass(frozen=True, slots=True)
class FicheMontree:
    """Une fiche, chaque cellule prête à écrire."""

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


def fiche_montree(ligne: Ligne, le: date) -> FicheMontree:
    return FicheMontree(
        id=ligne["id"],
        numero=ligne["numero"],
        titre=ligne["titre"],
        adresse=affichage.adresse_de(ligne["id"]),
        code=ligne["statut_affiche"],
        statut=affichage.statut(ligne["statut_affiche"]),
        pilote=affichage.pilote(nom_du_pilote(ligne)),
        debut=jour(ligne["date_debut"]),
        echeance=affichage.echeance(ligne, le),
        avancement=affichage.avancement(ligne["avancement"]),
        axe=nom_numerote(ligne["axe__numero"], ligne["axe__titre"]),
    )


def nom_du_pilote(ligne: Ligne) -> str:
    """L’organisation ; à défaut la personne, avec ou sans compte."""
    return affichage.nom_du_pilote(ligne) or ligne["pilote_nom"]


def nom_numerote(numero: str | None, titre: str | None) -> str:
    return f"{numero or ''} {titre or ''}".strip()


def jour(valeur: date | None) -> SafeString | str:
    return date_courte(valeur) if valeur else ""


def noms_de(actions: Any, relation: str) -> dict[UUID, list[tuple[str, str]]]:
    """Pour chaque action, (code, libellé) de ses thèmes, publics ou partenaires ; une requête."""
    if relation == "partenaires":
        return _ranger(actions.partenaires_lies())
    return _ranger(actions.noms_lies(relation))


def _ranger(liens: Iterable[tuple[UUID, Any, str]]) -> dict[UUID, list[tuple[str, str]]]:
    par_action: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for action, code, libelle in liens:
        par_action[action].append((str(code), libelle))
    return par_action


def actions_de(contrat: Contrat) -> Any:
    return contrat.actions.all()
