"""Un tableau à publier : ses cellules, et les additions qui les lient."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

Cle = Hashable


@dataclass(frozen=True, slots=True)
class Cellule:
    """Un nombre positif. `est_publiee` fausse : un reste que personne n’écrit mais qui se déduit.

    `compte_des_personnes` : petite, elle est secrète. `rang` : 0 pour un détail, plus pour un
    total ; on tait un détail plutôt qu’un total.
    """

    valeur: Fraction
    rang: int = 0
    est_publiee: bool = True
    compte_des_personnes: bool = True
    est_secrete: bool = False

    def est_petite(self, seuil: int) -> bool:
        """Vrai aussi pour un nombre secret par nature, qui laisserait lire un petit reste."""
        return self.est_secrete or (self.compte_des_personnes and 0 < self.valeur < seuil)

    @property
    def plancher(self) -> Fraction:
        """Ce qu’un lecteur sait déjà : un zéro n’est jamais tu, donc ce qui est tu vaut 1 ou plus.

        Un reste, lui, peut être nul.
        """
        return min(self.valeur, Fraction(1)) if self.est_publiee else Fraction(0)


@dataclass(frozen=True, slots=True)
class Addition:
    """`total` est la somme exacte de ses `parts`."""

    total: Cle
    parts: tuple[Cle, ...]

    @property
    def termes(self) -> dict[Cle, int]:
        """Le coefficient de chaque cellule dans l’égalité à zéro."""
        return {self.total: 1, **dict.fromkeys(self.parts, -1)}


@dataclass(slots=True)
class Tableau:
    """Se construit cellule par cellule, puis ne change plus."""

    cellules: dict[Cle, Cellule] = field(default_factory=dict)
    additions: list[Addition] = field(default_factory=list)

    def poser(self, cle: Cle, valeur: object, *, rang: int = 0, est_secrete: bool = False) -> None:
        """Lève ValueError si le nombre est négatif : un compte ne l’est jamais."""
        nombre = Fraction(str(valeur))
        if nombre < 0:
            raise ValueError(f"{cle} : {valeur} est négatif.")
        self.cellules[cle] = Cellule(nombre, rang, est_secrete=est_secrete)

    def additionner(self, cle: Cle, parts: Iterable[Cle], *, rang: int = 0) -> None:
        """Pose le total des parts connues, et le lien ; rien sans aucune part."""
        connues = self._connues(parts)
        if connues:
            self.poser(cle, sum(self.cellules[c].valeur for c in connues), rang=rang)
            self.additions.append(Addition(cle, connues))

    def inclure(self, total: Cle, parts: Iterable[Cle], *, reste_secret: bool = True) -> None:
        """Des parts qui ne se recouvrent pas, dans un total : le reste se déduit donc se protège.

        Des parts qui dépassent leur total se contredisent : le lien n’apprend rien, il est omis.
        """
        connues = self._connues(parts)
        if total not in self.cellules or not connues:
            return
        reste = self.cellules[total].valeur - sum(self.cellules[c].valeur for c in connues)
        if reste >= 0:
            cle = ("reste", len(self.additions))
            self.cellules[cle] = Cellule(
                reste, est_publiee=False, compte_des_personnes=reste_secret
            )
            self.additions.append(Addition(total, (*connues, cle)))

    def _connues(self, parts: Iterable[Cle]) -> tuple[Cle, ...]:
        return tuple(c for c in parts if c in self.cellules)

    def voisines(self) -> Mapping[Cle, list[Addition]]:
        """Les additions où entre chaque cellule."""
        liens: dict[Cle, list[Addition]] = {cle: [] for cle in self.cellules}
        for addition in self.additions:
            for cle in addition.termes:
                liens[cle].append(addition)
        return liens
