"""Où va une fiche : reconnaître l’axe et l’objectif écrits, ou prévoir ceux qui manquent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from cls_platform.socle.tableur.cles import cle
from contrats.models import Contrat, NiveauObjectif
from contrats.tableur.colonnes import NIVEAUX
from contrats.tableur.niveaux import Niveau, lire_cellule

AXE_SEUL = 1
Place = tuple[UUID | None, UUID | None]


@dataclass(frozen=True, slots=True)
class Noeud:
    """Un axe (`niveau` vide) ou un objectif, en base ou à créer."""

    id: UUID
    niveau: str
    numero: str
    titre: str
    axe_id: UUID | None = None
    parent_id: UUID | None = None

    @property
    def libelle(self) -> str:
        return f"{self.numero}. {self.titre}" if not self.niveau else f"{self.numero} {self.titre}"


@dataclass(slots=True)
class Places:
    noeuds: list[Noeud] = field(default_factory=list)
    nouveaux: list[Noeud] = field(default_factory=list)
    trop_longs: list[str] = field(default_factory=list)
    _dites: dict[tuple[str, ...], Place] = field(default_factory=dict)

    def placer(self, cellules: Mapping[str, Any]) -> Place:
        """L’axe et l’objectif le plus bas que disent ces cellules ; prévoit ce qui manque.

        Les mêmes cellules disent la même place tant qu’aucun niveau ne s’ajoute.
        """
        valeurs = [cellules.get(colonne.cle) for colonne in NIVEAUX]
        dites = tuple("" if valeur is None else str(valeur) for valeur in valeurs)
        place = self._dites.get(dites)
        if place is None:
            deja = len(self.noeuds)
            place = self._placer(cellules)
            if len(self.noeuds) == deja:
                self._dites[dites] = place
        return place

    def _placer(self, cellules: Mapping[str, Any]) -> Place:
        chaine: list[Niveau] = []
        for colonne in NIVEAUX:
            texte = cellules.get(colonne.cle)
            if texte not in (None, ""):
                chaine += lire_cellule(str(texte), colonne.reference or "")
        axe_id: UUID | None = None
        parent_id: UUID | None = None
        for niveau in chaine:
            if not niveau.niveau:
                axe_id, parent_id = self._trouver(niveau, None, None).id, None
            else:
                noeud = self._trouver(niveau, axe_id, parent_id)
                parent_id, axe_id = noeud.id, noeud.axe_id or axe_id
        return axe_id, parent_id

    def _trouver(self, niveau: Niveau, axe_id: UUID | None, parent_id: UUID | None) -> Noeud:
        freres = [n for n in self.noeuds if bool(n.niveau) == bool(niveau.niveau)]
        if niveau.niveau:
            freres = [n for n in freres if self._est_sous(n, axe_id, parent_id)]
        return _reconnu(freres, niveau) or self._creer(niveau, freres, axe_id, parent_id)

    @staticmethod
    def _est_sous(noeud: Noeud, axe_id: UUID | None, parent_id: UUID | None) -> bool:
        if parent_id:
            return noeud.parent_id == parent_id
        return axe_id is None or (noeud.axe_id == axe_id and noeud.parent_id is None)

    def _creer(
        self, niveau: Niveau, freres: list[Noeud], axe_id: UUID | None, parent_id: UUID | None
    ) -> Noeud:
        numero = niveau.numero or self._numero_libre(freres, axe_id, parent_id)
        noeud = Noeud(uuid4(), niveau.niveau, numero[:20], niveau.titre, axe_id, parent_id)
        self.noeuds.append(noeud)
        self.nouveaux.append(noeud)
        self._dites.clear()
        return noeud

    def _numero_libre(
        self, freres: list[Noeud], axe_id: UUID | None, parent_id: UUID | None
    ) -> str:
        dessus = next((n for n in self.noeuds if n.id == (parent_id or axe_id)), None)
        prefixe = f"{dessus.numero}." if dessus else ""
        pris = {n.numero for n in freres}
        rang = len(freres) + 1
        while f"{prefixe}{rang}" in pris:
            rang += 1
        return f"{prefixe}{rang}"


def _reconnu(freres: list[Noeud], niveau: Niveau) -> Noeud | None:
    """Par numéro et titre, sinon par titre, sinon par numéro quand seul le numéro est écrit."""
    numero, titre = niveau.cle
    memes = [n for n in freres if cle(n.titre) == titre]
    exacts = [n for n in memes if n.numero.lower().strip(".") == numero]
    if exacts:
        return exacts[0]
    if len(memes) == 1 and (not numero or not memes[0].numero):
        return memes[0]
    seul = not titre or titre in {numero, cle(f"axe {numero}"), cle(f"objectif {numero}")}
    if numero and seul:
        return next((n for n in freres if n.numero.lower().strip(".") == numero), None)
    return None


def lire_places(contrat: Contrat) -> Places:
    places = Places()
    for axe in contrat.axes.dans_l_ordre():
        places.noeuds.append(Noeud(axe.pk, "", axe.numero, axe.titre, axe.pk))
    for o in contrat.objectifs.dans_l_ordre():
        niveau = o.niveau or NiveauObjectif.OPERATIONNEL
        places.noeuds.append(Noeud(o.pk, niveau, o.numero, o.titre, o.axe_id, o.parent_id))
    return places
