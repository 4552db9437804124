"""Les fiches telles qu’elles s’écrivent dans un tableur : c’est aussi ce à quoi on compare."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import F

from contrats.models import Action, Contrat, Objectif
from contrats.tableur import etapes
from contrats.tableur.colonnes import EXPORTEES, NIVEAUX, Colonne, Genre
from contrats.tableur.feuille import Valeur, epurer

LOT = 2000
SEPARATEUR = " ; "


@dataclass(slots=True)
class Etat:
    action: Action
    valeurs: dict[str, Valeur] = field(default_factory=dict)


@dataclass(slots=True)
class Branches:
    """Les objectifs d’un contrat, pour écrire la place d’une fiche sans requête."""

    objectifs: dict[UUID, Objectif]

    def chaine(self, objectif_id: UUID | None) -> list[Objectif]:
        chaine: list[Objectif] = []
        while objectif_id and (objectif := self.objectifs.get(objectif_id)):
            if objectif in chaine:
                break
            chaine.insert(0, objectif)
            objectif_id = objectif.parent_id
        return chaine


def branches_de(contrat: Contrat) -> Branches:
    return Branches({objectif.pk: objectif for objectif in contrat.objectifs.all()})


def lire_etats(actions: Any, contrat: Contrat) -> Iterator[Etat]:
    """Chaque fiche, dans l’ordre de l’arbre ; une douzaine de requêtes par lot de 2 000."""
    branches = branches_de(contrat)
    requete = actions.select_related("axe", "pilote", "pilote_personne").order_by(
        F("axe__ordre").asc(nulls_last=True),
        F("objectif__ordre").asc(nulls_first=True),
        "ordre",
        "numero",
        "pk",
    )
    liens = [c.reference[0] for c in EXPORTEES if c.genre is Genre.LISTE]
    requete = requete.prefetch_related(*liens, "communes", "liens_acteurs__acteur", "jalons")
    for action in requete.iterator(chunk_size=LOT):
        niveaux = _niveaux(action, branches)
        valeurs = {c.cle: ecrire(action, c, niveaux) for c in EXPORTEES}
        yield Etat(action, valeurs)


def _niveaux(action: Action, branches: Branches) -> dict[str, str]:
    """Chaque objectif dans la colonne de son niveau ; tous dans la première si l’ordre l’exige."""
    textes: dict[str, list[str]] = {}
    if action.axe:
        textes["axe"] = [f"{action.axe.numero}. {action.axe.titre}"]
    rangs = {colonne.reference: rang for rang, colonne in enumerate(NIVEAUX)}
    dernier = 0
    for objectif in branches.chaine(action.objectif_id):
        dernier = max(dernier, rangs.get(objectif.niveau, 1))
        textes.setdefault(NIVEAUX[dernier].cle, []).append(f"{objectif.numero} {objectif.titre}")
    return {cle: "\n".join(" ".join(t.split()) for t in ts) for cle, ts in textes.items()}


def ecrire(action: Any, colonne: Colonne, niveaux: dict[str, str]) -> Valeur:
    """La valeur d’une cellule : un texte, un entier, une date, ou None."""
    if colonne.genre is Genre.NIVEAU:
        return niveaux.get(colonne.cle)
    ecriture = ECRITURES.get(colonne.genre)
    if ecriture:
        return ecriture(action, colonne) or None
    valeur = getattr(action, colonne.cle)
    return epurer(valeur) or None if isinstance(valeur, str) else valeur


def _choix(action: Any, colonne: Colonne) -> str:
    code = getattr(action, colonne.cle)
    return str(colonne.reference(code).label) if code else ""


def _role(action: Any, colonne: Colonne) -> str:
    noms = [
        lien.acteur.nom for lien in action.liens_acteurs.all() if lien.role == colonne.reference
    ]
    return SEPARATEUR.join(sorted(epurer(nom) for nom in noms))


def _liste(action: Any, colonne: Colonne) -> str:
    objets = getattr(action, colonne.reference[0]).all()
    return SEPARATEUR.join(o.libelle for o in sorted(objets, key=lambda o: (o.ordre, o.pk)))


def _personne(action: Any, colonne: Colonne) -> str:
    personne = action.pilote_personne
    return epurer(personne.nom_complet if personne else action.pilote_nom)


def _etapes(action: Any, colonne: Colonne) -> str:
    return epurer(etapes.ecrire(sorted(action.jalons.all(), key=lambda j: (j.ordre, j.cree_le))))


ECRITURES: dict[Genre, Any] = {
    Genre.IDENTIFIANT: lambda action, colonne: str(action.pk),
    Genre.CHOIX: _choix,
    Genre.OUI_NON: lambda action, colonne: "oui" if getattr(action, colonne.cle) else "non",
    Genre.PILOTE: lambda action, colonne: epurer(action.pilote.nom) if action.pilote else "",
    Genre.ROLE: _role,
    Genre.LISTE: _liste,
    Genre.COMMUNES: lambda action, colonne: SEPARATEUR.join(
        sorted(commune.nom for commune in action.communes.all())
    ),
    Genre.PERSONNE: _personne,
    Genre.ETAPES: _etapes,
}
