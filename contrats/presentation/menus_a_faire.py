"""Choisir et ranger les lignes de la liste de travail : les menus, les têtes de colonnes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from cls_platform.socle.navigation import Entree
from contrats.a_faire.liste import ListeAFaire
from contrats.adresses import adresse_avec
from contrats.filtres_a_faire import Tri
from contrats.presentation.a_faire import Colonnes

ORDRE_D_OFFICE = "Ma délégation, puis la population"


@dataclass(frozen=True, slots=True)
class EnTete:
    """Un titre de colonne : le lien qui la range, et dans quel sens elle l’est."""

    libelle: str
    adresse: str
    sens: str = ""


def menu(
    parametres: QueryDict,
    nom: str,
    libelle: str,
    choix: Iterable[tuple[str, str]],
    *,
    sans: str = "Tous",
) -> tuple[str, list[Entree]] | None:
    """Un menu de liens, la valeur choisie dans son titre ; None s’il n’y a pas de choix.

    `sans` : le mot du premier, qui n’en choisit aucune.
    """
    valeurs = list(dict.fromkeys(choix))
    if len(valeurs) < 2:
        return None
    chemin, choisie = reverse("contrats:a_faire"), parametres.get(nom, "")
    entrees = [
        Entree(sans, adresse_avec(chemin, parametres, {nom: None}), est_courante=not choisie),
        *(
            Entree(mot, adresse_avec(chemin, parametres, {nom: code}), est_courante=code == choisie)
            for code, mot in valeurs
        ),
    ]
    mot = dict(valeurs).get(choisie)
    return (f"{libelle}\u00a0: {mot}" if mot else libelle), entrees


def menus(
    parametres: QueryDict, liste: ListeAFaire, montrees: Colonnes
) -> Sequence[tuple[str, list[Entree]]]:
    """Région, délégation et référent : ceux des lignes, par ordre alphabétique ; puis l’ordre."""
    lignes = list(liste)
    possibles = [
        menu(
            parametres, "region", "Région", sorted({(li.region, li.region_nom) for li in lignes},
                                                   key=lambda paire: paire[1]),
        ),
        menu(
            parametres, "departement", "Délégation",
            sorted({(li.departements[0], li.departement_nom) for li in lignes if li.departements},
                   key=lambda paire: paire[1]),
        ),
        menu(
            parametres, "referent", "Référent",
            sorted({(str(li.suivi.referent), li.suivi.referent_nom) for li in lignes
                    if li.suivi.referent}, key=lambda paire: paire[1]),
        ),
        menu(parametres, "tri", "Ranger par", _ordres(montrees), sans=ORDRE_D_OFFICE),
    ]  # fmt: skip
    return [fait for fait in possibles if fait]


def _ordres(montrees: Colonnes) -> list[tuple[str, str]]:
    tris = [Tri.NOM, Tri.POPULATION_INVERSE, Tri.FIN, Tri.ETAPE]
    if montrees.pauvrete:
        tris.append(Tri.PAUVRETE_INVERSE)
    if montrees.sous_dense:
        tris.append(Tri.SOUS_DENSE_INVERSE)
    return [(tri.value, str(tri.label)) for tri in tris]


def en_tetes(parametres: QueryDict, montrees: Colonnes) -> dict[str, EnTete]:
    """Cliquer range la colonne ; cliquer encore, dans l’autre sens. Sans choix : par population."""
    tri = parametres.get("tri") or "-population"
    voulues = {
        "nom": ("Territoire", "nom"),
        "population": ("Population", "-population"),
        "fin": ("Où en est-on", "fin"),
        "etape": ("Prochaine étape", "etape"),
    }
    if montrees.pauvrete:
        voulues["pauvrete"] = ("Pauvreté", "-pauvrete")
    if montrees.sous_dense:
        voulues["sous_dense"] = ("Zone sous-dense", "-sous_dense")
    return {
        nom: _en_tete(parametres, libelle, premier, tri)
        for nom, (libelle, premier) in voulues.items()
    }


def _en_tete(parametres: QueryDict, libelle: str, premier: str, tri: str) -> EnTete:
    cle = premier.lstrip("-")
    autre = cle if premier.startswith("-") else f"-{cle}"
    vers = autre if tri == premier else premier
    sens = ""
    if tri.lstrip("-") == cle:
        sens = "descending" if tri.startswith("-") else "ascending"
    adresse = adresse_avec(reverse("contrats:a_faire"), parametres, {"tri": vers})
    return EnTete(libelle, adresse, sens)
