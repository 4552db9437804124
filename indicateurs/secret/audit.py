"""Ce qu’un lecteur attentif retrouverait : l’épreuve que tout masquage doit passer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from indicateurs.secret.simplexe import Extreme, pousser
from indicateurs.secret.systeme import Ligne, Nombre, Solutions, exact, resoudre
from indicateurs.secret.tableau import Addition, Cle, Tableau


@dataclass(slots=True)
class Plage:
    """Les valeurs entières qu’un lecteur ne peut pas écarter ; `haut` None : sans limite."""

    bas: Nombre
    haut: Nombre | None

    def voir(self, valeur: Nombre) -> None:
        self.bas = min(self.bas, valeur)
        if self.haut is not None:
            self.haut = max(self.haut, valeur)


@dataclass(slots=True)
class Audit:
    """Éprouve un masquage. Une cellule tue est protégée si, pour le lecteur, elle peut valoir au
    moins `seuil` nombres d’écart, et si rien ne lui dit qu’elle est petite.

    Toute valeur admise l’est sur témoin : une façon entière de remplir le tableau. Un extrême qui
    n’est pas entier ne compte pas : au pire, on tait une cellule de trop.
    """

    tableau: Tableau
    seuil: int
    _liens: dict[Cle, list[Addition]] = field(init=False)
    _vues: dict[frozenset[Cle], frozenset[Cle]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._liens = dict(self.tableau.voisines())

    def faibles(self, tues: frozenset[Cle]) -> list[Cle]:
        """Les cellules à protéger qui ne le sont pas, dans un ordre qui ne change jamais."""
        trouvees: list[Cle] = []
        for groupe in self._groupes(tues):
            if groupe not in self._vues:
                self._vues[groupe] = frozenset(self._faibles_du(groupe))
            trouvees += self._vues[groupe]
        return sorted(trouvees, key=repr)

    def groupe_de(self, cle: Cle, tues: frozenset[Cle]) -> frozenset[Cle]:
        """Les cellules inconnues que des additions relient à celle-ci, elle comprise."""
        groupe, a_voir = {cle}, [cle]
        while a_voir:
            for addition in self._liens[a_voir.pop()]:
                neuves = {c for c in addition.termes if self._est_inconnue(c, tues)} - groupe
                groupe |= neuves
                a_voir += neuves
        return frozenset(groupe)

    def additions_de(self, groupe: Iterable[Cle]) -> list[Addition]:
        """Sans doublon, dans l’ordre du tableau."""
        rangs = {id(a): a for cle in groupe for a in self._liens[cle]}
        return [a for a in self.tableau.additions if id(a) in rangs]

    def est_protegee(self, cle: Cle, tues: frozenset[Cle]) -> bool:
        return self._suffit(cle, self.plage(cle, tues))

    def plage(self, cle: Cle, tues: frozenset[Cle]) -> Plage:
        """Tout ce qu’un lecteur ne peut pas écarter pour cette cellule."""
        groupe = self.groupe_de(cle, tues)
        return self._plages(groupe, [cle])[cle]

    def _est_inconnue(self, cle: Cle, tues: frozenset[Cle]) -> bool:
        return cle in tues or not self.tableau.cellules[cle].est_publiee

    def _groupes(self, tues: frozenset[Cle]) -> list[frozenset[Cle]]:
        """Un groupe par cellule à protéger, sans doublon."""
        reste = [c for c in self.tableau.cellules if self._est_a_proteger(c, tues)]
        groupes: list[frozenset[Cle]] = []
        dedans: set[Cle] = set()
        for cle in reste:
            if cle not in dedans:
                groupes.append(self.groupe_de(cle, tues))
                dedans |= groupes[-1]
        return groupes

    def _est_a_proteger(self, cle: Cle, tues: frozenset[Cle]) -> bool:
        """Tout ce qui est tu, et les petits restes."""
        cellule = self.tableau.cellules[cle]
        return cle in tues or (not cellule.est_publiee and cellule.est_petite(self.seuil))

    def _faibles_du(self, groupe: frozenset[Cle]) -> list[Cle]:
        cellules = self.tableau.cellules
        a_proteger = [
            c
            for c in sorted(groupe, key=repr)
            if cellules[c].est_publiee or cellules[c].est_petite(self.seuil)
        ]
        plages = self._plages(groupe, a_proteger)
        return [c for c in a_proteger if not self._suffit(c, plages[c])]

    def _suffit(self, cle: Cle, plage: Plage) -> bool:
        if plage.haut is None:
            return True
        assez_haut = not self.tableau.cellules[cle].est_petite(self.seuil)
        assez_haut = assez_haut or plage.haut >= self.seuil
        return assez_haut and plage.haut - plage.bas >= self.seuil - 1

    def _plages(self, groupe: frozenset[Cle], voulues: list[Cle]) -> dict[Cle, Plage]:
        cellules = self.tableau.cellules
        # Un reste d’abord : il sert de pivot, et peu de cellules restent libres
        inconnues = sorted(groupe, key=lambda c: (cellules[c].est_publiee, repr(c)))
        equations = [
            {c: v for c, v in a.termes.items() if c in groupe} for a in self.additions_de(groupe)
        ]
        solutions = resoudre(equations, inconnues)
        marges = {c: exact(cellules[c].valeur - cellules[c].plancher) for c in inconnues}
        plages = {c: Plage(cellules[c].valeur, cellules[c].valeur) for c in inconnues}
        for cle in voulues:
            for signe in (1, -1):
                if not self._suffit(cle, plages[cle]):
                    self._elargir(cle, signe, solutions, marges, plages)
        return plages

    def _elargir(
        self,
        cle: Cle,
        signe: int,
        solutions: Solutions,
        marges: dict[Any, Nombre],
        plages: dict[Cle, Plage],
    ) -> None:
        """Pousse la cellule dans un sens ; le témoin trouvé vaut aussi pour ses voisines."""
        expression = solutions.expression(cle)
        if not expression:
            return
        but: Ligne = {c: signe * v for c, v in expression.items()}
        extreme = pousser(solutions, marges, but)
        if not extreme.est_borne:
            plages[cle].haut = None
            return
        self._temoigner(extreme, solutions, plages)

    def _temoigner(self, extreme: Extreme, solutions: Solutions, plages: dict[Cle, Plage]) -> None:
        ecarts = {c: solutions.ecart(c, extreme.ecarts) for c in plages}
        if all(isinstance(e, int) for e in ecarts.values()):
            for c, ecart in ecarts.items():
                plages[c].voir(self.tableau.cellules[c].valeur + ecart)
