"""Le plan en tableau : des colonnes choisies, une colonne triée, tout dans l’adresse."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString

from cls_platform.socle.navigation import Entree
from cls_platform.socle.presentation import icone, sure
from contrats import affichage
from contrats.adresses import adresse_avec
from contrats.models import NiveauPrevention, OrigineAction, Priorite
from contrats.models.selections_fiche import TRIS
from contrats.presentation.lignes import (
    Ligne,
    adresse_de,
    cles_de,
    est_partagee,
    jour,
    marque_de,
    nom_du_pilote,
    nom_numerote,
    noms_de,
    numero_de,
)

Noms = Mapping[Any, list[tuple[str, str]]]
SENS = {"ascending": ("haut-bas", "croissant"), "descending": ("bas", "décroissant")}
VIDE = '<span class="discret">–<span class="invisible"> non renseigné</span></span>'


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


def colonnes_choisies(parametres: QueryDict) -> list[str]:
    """Celles de l’adresse, dans l’ordre du tableau ; aucune : celles que l’on montre d’abord."""
    demandees = {
        code for valeur in parametres.getlist("colonnes") for code in valeur.split(",")
    } & COLONNES.keys()
    return [code for code in COLONNES if code in (demandees or PAR_DEFAUT)]


def cases_de_colonnes(choisies: Sequence[str]) -> SafeString:
    """Une case par colonne que le tableau sait montrer."""
    return SafeString(
        "".join(
            f'<label class="case"><input class="coche" type="checkbox" name="colonnes" '
            f'value="{code}"{" checked" if code in choisies else ""}> {escape(c.libelle)}</label>'
            for code, c in COLONNES.items()
        )
    )


def tete(chemin: str, parametres: QueryDict, choisies: Sequence[str]) -> SafeString:
    """Les titres ; celui d’une colonne que l’on trie est un lien."""
    codes = ("numero", "titre", *choisies)
    return SafeString("".join(_entete(chemin, parametres, code) for code in codes))


LIBELLES_FIXES = {"numero": "N°", "titre": "Fiche action"}


def _entete(chemin: str, parametres: QueryDict, code: str) -> str:
    """Un clic trie, un second renverse, un troisième rend l’ordre du plan."""
    libelle = escape(LIBELLES_FIXES.get(code) or COLONNES[code].libelle)
    tri = parametres.get("tri", "")
    if code == "numero":
        suivant, sens = None, "" if tri.removeprefix("-") in TRIS else "ascending"
    elif code in TRIS:
        suivant = {code: f"-{code}", f"-{code}": None}.get(tri, code)
        sens = {code: "ascending", f"-{code}": "descending"}.get(tri, "")
    else:
        return f'<th scope="col">{libelle}</th>'
    adresse = escape(adresse_avec(chemin, parametres, {"tri": suivant}))
    trie = f' aria-sort="{sens}"' if sens else ""
    return f'<th scope="col"{trie}><a class="tri" href="{adresse}">{libelle}{_signe(sens)}</a></th>'


def _signe(sens: str) -> str:
    if not sens:
        return ""
    dessin, mot = SENS[sens]
    return f'{icone(dessin)}<span class="invisible">, tri {mot}</span>'


def rangees(
    lignes: Sequence[Ligne],
    choisies: Sequence[str],
    le: date,
    *,
    cochables: Collection[UUID] | None,
) -> list[SafeString]:
    """Une rangée de HTML par fiche ; une requête de plus par colonne de noms liés.

    `cochables` : les fiches qui ont leur case ; None quand le tableau n’en a pas la colonne.
    """
    relations = {COLONNES[c].relation for c in choisies} - {""}
    cles = cles_de(lignes)
    noms = {relation: noms_de(cles, relation) for relation in relations} if cles else {}
    return [_rangee(ligne, choisies, noms, le, _case(ligne, cochables)) for ligne in lignes]


def _case(ligne: Ligne, cochables: Collection[UUID] | None) -> str:
    """Une fiche d’un autre contrat ne se coche pas ici."""
    if cochables is None:
        return ""
    ouverte = ligne["id"] in cochables and not est_partagee(ligne)
    return f'<td class="c-coche">{affichage.case_a_cocher(ligne) if ouverte else ""}</td>'


def _rangee(
    ligne: Ligne, choisies: Sequence[str], noms: Mapping[str, Noms], le: date, case: str
) -> SafeString:
    marque = marque_de(ligne)
    classe = ' class="partagee"' if marque else ""
    dite = f'<span class="marque-de-partage">{escape(marque)}</span>' if marque else ""
    cellules = (
        f"{_debut_de_cellule(code)}{sure(_valeur(COLONNES[code], ligne, noms, le)) or VIDE}</td>"
        for code in choisies
    )
    return SafeString(
        f'<tr{classe}>{case}<td class="num">{escape(numero_de(ligne))}</td>'
        f'<th scope="row"><a href="{adresse_de(ligne)}">{escape(ligne["titre"])}</a>{dite}</th>'
        f"{''.join(cellules)}</tr>"
    )


@cache
def _debut_de_cellule(code: str) -> str:
    return f'<td class="c-{code}" data-titre="{escape(COLONNES[code].libelle)}">'


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
