"""Le plan à ranger : une ligne par axe, objectif et fiche, avec les gestes qui la déplacent."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict

from contrats.ordre_du_plan import Charpente, Noeud, voisins
from contrats.presentation.repli import Repli, repli_de

MOTS = {"axe": "l’axe", "objectif": "l’objectif", "action": "la fiche"}


@dataclass(frozen=True, slots=True)
class LigneARanger:
    """`peut_monter`, `peut_descendre` : il y a un voisin de ce côté."""

    genre: str
    mot: str
    id: UUID
    numero: str
    titre: str
    retrait: int
    version: int
    peut_monter: bool
    peut_descendre: bool
    repli: Repli | None


def lignes_a_ranger(
    plan: Charpente, versions: dict[UUID, int], parametres: QueryDict, chemin: str
) -> Sequence[LigneARanger]:
    """Un axe replié (`?replie=`) garde sa ligne et cache ce qu’il contient."""
    replies = set(parametres.getlist("replie"))
    lignes, cache = [], False
    for genre, noeud, profondeur in plan.parcourir():
        if genre == "axe":
            cache = str(noeud.id) in replies
        elif cache and noeud.axe is not None:
            continue
        lignes.append(
            _ligne(
                plan, genre, noeud, _retrait(genre, noeud, profondeur), versions, parametres, chemin
            )
        )
    return lignes


def _retrait(genre: str, noeud: Noeud, profondeur: int) -> int:
    """Ce qui n’a pas d’axe est au bord, comme un axe."""
    hors_axe = genre != "axe" and noeud.axe is None
    return min(profondeur - hors_axe, 5)


def _ligne(
    plan: Charpente,
    genre: str,
    noeud: Noeud,
    retrait: int,
    versions: dict[UUID, int],
    parametres: QueryDict,
    chemin: str,
) -> LigneARanger:
    autres = voisins(getattr(plan, f"{genre}s"), noeud.lieu)
    return LigneARanger(
        genre=genre,
        mot=MOTS[genre],
        id=noeud.id,
        numero=noeud.numero,
        titre=noeud.titre,
        retrait=retrait,
        version=versions[noeud.id],
        peut_monter=noeud is not autres[0],
        peut_descendre=noeud is not autres[-1],
        repli=repli_de(chemin, parametres, str(noeud.id)) if genre == "axe" else None,
    )
