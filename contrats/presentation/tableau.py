"""Le plan en tableau : des colonnes choisies, une colonne triée, tout dans l’adresse."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone

from cls_platform.socle.navigation import Entree
from contrats import affichage
from contrats.adresses import adresse_avec
from contrats.models import NiveauPrevention, OrigineAction, Priorite
from contrats.models.selections_fiche import TRIS
from contrats.presentation.lignes import (
    Ligne,
    adresse_de,
    jour,
    marque_de,
    nom_du_pilote,
    nom_numerote,
    noms_de,
    numero_de,
)

Noms = Mapping[Any, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Colonne:
    """`relation` : la liste liée dont elle écrit les noms ; sinon `ecrire` lit la ligne."""

    libelle: str
    ecrire: Callable[[Ligne, date], Any] | None = None
    relation: str = ""
    est_nombre: bool = False


def _mot(choix: Any, champ: str) -> Callable[[Ligne, date], str]:
    mots = dict(choix.choices)
    return lambda ligne, le: mots.get(ligne[champ], "")


COLONNES: dict[str, Colonne] = {
    "axe": Colonne("Axe", lambda f, le: nom_numerote(f["axe__numero"], f["axe__titre"])),
    "objectif": Colonne(
        "Objectif", lambda f, le: nom_numerote(f["objectif__numero"], f["objectif__titre"])
    ),
    "statut": Colonne("Statut", lambda f, le: affichage.statut(f["statut_affiche"])),
    "pilote": Colonne("Pilote", lambda f, le: affichage.pilote(nom_du_pilote(f))),
    "partenaires": Colonne("Partenaires", relation="partenaires"),
    "themes": Colonne("Thèmes", relation="themes"),
    "sous_themes": Colonne("Sous-thèmes", relation="sous_themes"),
    "publics": Colonne("Publics", relation="populations"),
    "debut": Colonne("Début", lambda f, le: jour(f["date_debut"])),
    "echeance": Colonne("Échéance", affichage.echeance),
    "avancement": Colonne("Avancement", lambda f, le: affichage.avancement(f["avancement"])),
    "priorite": Colonne("Priorité", _mot(Priorite, "priorite")),
    "origine": Colonne("Origine", _mot(OrigineAction, "origine")),
    "prevention": Colonne("Prévention", _mot(NiveauPrevention, "niveau_prevention")),
    "modifiee": Colonne("Modifiée", lambda f, le: jour(timezone.localdate(f["modifie_le"]))),
}
PAR_DEFAUT = ("axe", "statut", "pilote", "echeance", "avancement")


@dataclass(frozen=True, slots=True)
class Entete:
    """Un titre de colonne ; `sens` est « ascending », « descending » ou vide."""

    libelle: str
    adresse: str
    sens: str


@dataclass(frozen=True, slots=True)
class Cellule:
    code: str
    titre: str
    valeur: Any


@dataclass(frozen=True, slots=True)
class LigneDeTableau:
    id: UUID
    numero: str
    titre: str
    adresse: str
    cellules: Sequence[Cellule]
    marque: str = ""


@dataclass(frozen=True, slots=True)
class ChoixDeColonne:
    code: str
    libelle: str
    est_choisie: bool


def colonnes_choisies(parametres: QueryDict) -> list[str]:
    """Celles de l’adresse, dans l’ordre du tableau ; aucune : celles que l’on montre d’abord."""
    demandees = {
        code for valeur in parametres.getlist("colonnes") for code in valeur.split(",")
    } & COLONNES.keys()
    return [code for code in COLONNES if code in (demandees or PAR_DEFAUT)]


def choix_de_colonnes(choisies: Sequence[str]) -> list[ChoixDeColonne]:
    return [ChoixDeColonne(code, c.libelle, code in choisies) for code, c in COLONNES.items()]


def entetes(chemin: str, parametres: QueryDict, choisies: Sequence[str]) -> list[Entete]:
    return [_entete(chemin, parametres, code) for code in ("numero", "titre", *choisies)]


LIBELLES_FIXES = {"numero": "N°", "titre": "Fiche action"}


def _entete(chemin: str, parametres: QueryDict, code: str) -> Entete:
    """Un clic trie, un second renverse, un troisième rend l’ordre du plan."""
    libelle = LIBELLES_FIXES.get(code) or COLONNES[code].libelle
    tri = parametres.get("tri", "")
    if code == "numero":
        sens = "" if tri.removeprefix("-") in TRIS else "ascending"
        return Entete(libelle, adresse_avec(chemin, parametres, {"tri": None}), sens)
    if code not in TRIS:
        return Entete(libelle, "", "")
    suivant = {code: f"-{code}", f"-{code}": None}.get(tri, code)
    sens = {code: "ascending", f"-{code}": "descending"}.get(tri, "")
    return Entete(libelle, adresse_avec(chemin, parametres, {"tri": suivant}), sens)


def lignes_de_tableau(
    lignes: Sequence[Ligne], actions: Any, choisies: Sequence[str], le: date
) -> list[LigneDeTableau]:
    """Une requête de plus par colonne de noms liés, quel que soit le nombre de fiches."""
    noms = {
        COLONNES[c].relation: noms_de(actions, COLONNES[c].relation)
        for c in choisies
        if COLONNES[c].relation
    }
    return [
        LigneDeTableau(
            id=ligne["id"],
            numero=numero_de(ligne),
            titre=ligne["titre"],
            adresse=adresse_de(ligne),
            cellules=[
                Cellule(c, COLONNES[c].libelle, _valeur(COLONNES[c], ligne, noms, le))
                for c in choisies
            ],
            marque=marque_de(ligne),
        )
        for ligne in lignes
    ]


def _valeur(colonne: Colonne, ligne: Ligne, noms: Mapping[str, Noms], le: date) -> Any:
    if colonne.ecrire:
        return colonne.ecrire(ligne, le)
    return ", ".join(libelle for _, libelle in noms[colonne.relation].get(ligne["id"], ()))


def entree_de_tri(chemin: str, parametres: QueryDict) -> list[Entree]:
    """Le tri en liens, pour l’écran étroit où le tableau n’a plus de tête."""
    tri = parametres.get("tri", "")
    return [
        Entree(
            LIBELLES_FIXES.get(code) or COLONNES[code].libelle,
            adresse_avec(chemin, parametres, {"tri": code}),
            est_courante=tri == code,
        )
        for code in TRIS
    ]
