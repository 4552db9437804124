"""Les fiches telles qu’elles s’écrivent dans un tableur : c’est aussi ce à quoi on compare."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any
from uuid import UUID

from cls_platform.socle.tableur.feuille import Valeur, epurer
from contrats.models import Contrat, Objectif
from contrats.tableur.budget import Budget, lire_budget
from contrats.tableur.colonnes import EXPORTEES, NIVEAUX, Colonne, Genre
from contrats.tableur.liens import Liens, lire_liens

LOT = 2000
DE_LA_PERSONNE = ("prenom", "nom", "email")
TOUJOURS = (
    "pk", "version", "numero", "titre", "date_debut", "date_fin",
    "axe_id", "axe__numero", "axe__titre", "objectif_id", "pilote__nom", "pilote_nom",
    *(f"pilote_personne__{champ}" for champ in DE_LA_PERSONNE),
    *(f"modifie_par__{champ}" for champ in DE_LA_PERSONNE),
)  # fmt: skip
DE_LA_LIGNE = frozenset(
    {Genre.VERSION, Genre.NUMERO, Genre.LIGNE, Genre.TEXTE, Genre.CHOIX, Genre.DEBUT, Genre.FIN,
     Genre.OUI_NON}
)  # fmt: skip
RANGS = {colonne.reference: rang for rang, colonne in enumerate(NIVEAUX)}


@dataclass(slots=True)
class Etat:
    """`action` : la ligne de la fiche, à plat (voir TOUJOURS) ; `valeurs` : par clé de colonne, ce
    qui s’écrit. `budget` est vide tant qu’on ne l’a pas demandé."""

    action: Any
    valeurs: dict[str, Valeur] = field(default_factory=dict)
    jalons: Sequence[Any] = ()
    budget: Budget = field(default_factory=Budget)

    @property
    def auteur(self) -> str:
        """Qui l’a écrite en dernier ; vide quand on ne le sait plus."""
        return _nom_complet(self.action, "modifie_par")


@dataclass(slots=True)
class Branches:
    """Les objectifs d’un contrat, pour écrire la place d’une fiche sans requête."""

    objectifs: dict[UUID, Objectif]
    ecrits: dict[tuple[UUID | None, UUID | None], dict[str, str]] = field(default_factory=dict)

    def chaine(self, objectif_id: UUID | None) -> list[Objectif]:
        chaine: list[Objectif] = []
        while objectif_id and (objectif := self.objectifs.get(objectif_id)):
            if objectif in chaine:
                break
            chaine.insert(0, objectif)
            objectif_id = objectif.parent_id
        return chaine

    def niveaux(self, action: Any) -> dict[str, str]:
        """Chaque objectif dans la colonne de son niveau ; tous dans une si l’ordre l’exige."""
        place = (action.axe_id, action.objectif_id)
        if place not in self.ecrits:
            self.ecrits[place] = self._niveaux(action)
        return self.ecrits[place]

    def _niveaux(self, action: Any) -> dict[str, str]:
        textes: dict[str, list[str]] = {}
        if action.axe_id:
            textes["axe"] = [f"{action.axe__numero}. {action.axe__titre}"]
        dernier = 0
        for objectif in self.chaine(action.objectif_id):
            dernier = max(dernier, RANGS.get(objectif.niveau, 1))
            ecrit = f"{objectif.numero} {objectif.titre}"
            textes.setdefault(NIVEAUX[dernier].cle, []).append(ecrit)
        return {cle: "\n".join(" ".join(t.split()) for t in ts) for cle, ts in textes.items()}


def branches_de(contrat: Contrat) -> Branches:
    return Branches({objectif.pk: objectif for objectif in contrat.objectifs.all()})


def lire_etats(
    actions: Any,
    contrat: Contrat,
    *,
    colonnes: Sequence[Colonne] = EXPORTEES,
    avec_argent: bool = False,
) -> Iterator[Etat]:
    """Chaque fiche, dans l’ordre de l’arbre ; une douzaine de requêtes par lot de 2 000.

    `colonnes` : celles dont on veut la valeur ; les autres ne sont pas lues.
    """
    branches = branches_de(contrat)
    simples = [colonne.cle for colonne in colonnes if colonne.genre in DE_LA_LIGNE]
    champs = dict.fromkeys((*TOUJOURS, *simples))
    lignes = actions.dans_l_arbre().values_list(*champs, named=True).iterator(chunk_size=LOT)
    while lot := list(islice(lignes, LOT)):
        liens = lire_liens([action.pk for action in lot], colonnes, avec_argent=avec_argent)
        for action in lot:
            yield Etat(
                action,
                _valeurs(action, colonnes, branches, liens),
                liens.jalons.get(action.pk, ()),
                lire_budget(liens.depenses.get(action.pk, ())),
            )


def _valeurs(
    action: Any, colonnes: Sequence[Colonne], branches: Branches, liens: Liens
) -> dict[str, Valeur]:
    niveaux = branches.niveaux(action)
    valeurs: dict[str, Valeur] = {}
    for colonne in colonnes:
        if colonne.genre is Genre.NIVEAU:
            valeurs[colonne.cle] = niveaux.get(colonne.cle)
        elif colonne.cle in liens.textes:
            valeurs[colonne.cle] = liens.textes[colonne.cle].get(action.pk) or None
        else:
            valeurs[colonne.cle] = ecrire(action, colonne)
    return valeurs


def ecrire(action: Any, colonne: Colonne) -> Valeur:
    """Ce que porte la ligne même de la fiche : un texte, un entier, une date, ou None."""
    ecriture = ECRITURES.get(colonne.genre)
    if ecriture:
        return ecriture(action, colonne) or None
    valeur = getattr(action, colonne.cle)
    return epurer(valeur) or None if isinstance(valeur, str) else valeur


def _choix(action: Any, colonne: Colonne) -> str:
    code = getattr(action, colonne.cle)
    return _libelles(colonne.reference)[code] if code else ""


@cache
def _libelles(enumeration: Any) -> dict[str, str]:
    return {code: str(libelle) for code, libelle in enumeration.choices}


def _personne(action: Any, colonne: Colonne) -> str:
    return epurer(_nom_complet(action, "pilote_personne") or action.pilote_nom)


def _nom_complet(action: Any, lien: str) -> str:
    """Comme Utilisateur.nom_complet ; vide sans personne."""
    prenom, nom, courriel = (getattr(action, f"{lien}__{champ}") for champ in DE_LA_PERSONNE)
    return f"{prenom or ''} {nom or ''}".strip() or courriel or ""


ECRITURES: dict[Genre, Any] = {
    Genre.IDENTIFIANT: lambda action, colonne: str(action.pk),
    Genre.CHOIX: _choix,
    Genre.OUI_NON: lambda action, colonne: "oui" if getattr(action, colonne.cle) else "non",
    Genre.PILOTE: lambda action, colonne: epurer(action.pilote__nom or ""),
    Genre.PERSONNE: _personne,
}
