"""Étiquettes qui ne se chevauchent pas et restent dans l'image."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cls_platform.socle.svg import metriques

Place = tuple[float, float]
Segment = tuple[float, float, float, float]


@dataclass(frozen=True)
class Boite:
    """Rectangle occupé par un texte, en px."""

    gauche: float
    haut: float
    droite: float
    bas: float

    def touche(self, autre: "Boite", marge: float = 2) -> bool:
        return not (
            self.droite + marge <= autre.gauche
            or autre.droite + marge <= self.gauche
            or self.bas + marge <= autre.haut
            or autre.bas + marge <= self.haut
        )

    def traversee_par(self, segment: Segment) -> bool:
        """Vrai si le segment coupe le rectangle (découpage de Liang et Barsky)."""
        x1, y1, x2, y2 = segment
        if (x1 < self.gauche and x2 < self.gauche) or (x1 > self.droite and x2 > self.droite):
            return False
        debut, fin = 0.0, 1.0
        for ecart, depart, bas, haut in (
            (x2 - x1, x1, self.gauche, self.droite),
            (y2 - y1, y1, self.haut, self.bas),
        ):
            if ecart == 0:
                if not bas <= depart <= haut:
                    return False
                continue
            t1, t2 = sorted(((bas - depart) / ecart, (haut - depart) / ecart))
            debut, fin = max(debut, t1), min(fin, t2)
        return debut <= fin


@dataclass(frozen=True)
class Etiquette:
    """Texte à poser près d'un point. La plus petite `priorite` est servie d'abord."""

    texte: str
    x: float
    y: float
    taille: float
    graisse: int
    priorite: int
    ecart: float = 10
    obligatoire: bool = False


@dataclass
class Placeur:
    """Pose chaque étiquette au-dessus, sinon au-dessous de son point, sans rien recouvrir."""

    largeur: float
    haut: float
    bas: float
    segments: list[Segment] = field(default_factory=list)
    occupees: list[Boite] = field(default_factory=list)

    def boite(self, etiquette: Etiquette, base: float) -> Boite:
        """Rectangle d'un texte centré sur son point, ramené dans la largeur de l'image."""
        large = min(
            metriques.largeur(etiquette.texte, etiquette.taille, etiquette.graisse), self.largeur
        )
        gauche = min(max(etiquette.x - large / 2, 0), self.largeur - large)
        return Boite(gauche, base - etiquette.taille * 0.75, gauche + large, base)

    def poser(self, etiquette: Etiquette) -> Boite | None:
        """Place trouvée, ou None : la valeur manquante se lit dans le tableau voisin."""
        dessus = etiquette.y - etiquette.ecart
        dessous = etiquette.y + etiquette.ecart + etiquette.taille * 0.75
        essais = [self.boite(etiquette, base) for base in (dessus, dessous)]
        libres = [boite for boite in essais if self._libre(boite)]
        if not libres and etiquette.obligatoire:
            libres = sorted(filter(self._dedans, essais), key=self._gene) or essais[:1]
        if not libres:
            return None
        self.occupees.append(libres[0])
        return libres[0]

    def poser_parmi(self, essais: Iterable[Boite]) -> Boite | None:
        """La première place libre, dans l'ordre donné ; None plutôt que de recouvrir."""
        boite = next((essai for essai in essais if self.libre(essai)), None)
        if boite:
            self.occupees.append(boite)
        return boite

    def libre(self, boite: Boite) -> bool:
        return boite.gauche >= 0 and boite.droite <= self.largeur and self._libre(boite)

    def _gene(self, boite: Boite) -> tuple[int, int]:
        """Recouvrir une autre valeur gêne plus que croiser un trait."""
        return (
            sum(boite.touche(autre) for autre in self.occupees),
            sum(boite.traversee_par(segment) for segment in self.segments),
        )

    def _dedans(self, boite: Boite) -> bool:
        return boite.haut >= self.haut and boite.bas <= self.bas

    def _libre(self, boite: Boite) -> bool:
        return (
            self._dedans(boite)
            and not any(boite.touche(autre) for autre in self.occupees)
            and not any(boite.traversee_par(segment) for segment in self.segments)
        )


def autour(
    x: float, y: float, large: float, taille: float, ecart: float, ordre: str
) -> Iterator[Boite]:
    """Les places d'un texte autour d'un point, dans cet ordre.

    « h » au-dessus, « b » au-dessous, « d » à droite, « g » à gauche, « H » et « B » plus loin,
    « A » au-dessus et « a » au-dessous, finissant au point, « F » comme « a » mais plus loin,
    « C » au-dessus et « c » au-dessous, commençant au point.
    """
    haut = taille * 0.75
    bases = {
        "h": y - ecart, "H": y - ecart - taille, "b": y + ecart + haut,
        "B": y + ecart + haut + taille, "A": y - ecart, "a": y + ecart + haut,
        "F": y + ecart + haut + 1.5 * taille,
        "C": y - ecart, "c": y + ecart + haut,
        "d": y + haut / 2, "g": y + haut / 2,
    }  # fmt: skip
    gauches = {"d": x + ecart, "g": x - ecart - large, "a": x + 7 - large, "A": x + 7 - large,
               "F": x + 7 - large, "C": x - 7, "c": x - 7}  # fmt: skip
    for ou in ordre:
        gauche = gauches.get(ou, x - large / 2)
        yield Boite(gauche, bases[ou] - haut, gauche + large, bases[ou])
