"""Une trajectoire : observé, provisoire, visé. Chaque valeur est écrite sur son point.

Observé : trait plein et disques. Provisoire : pointillé et disque creux. Cible : tirets et
losange creux. Comparaison : trait fin et carrés.
"""

import itertools
import math
from dataclasses import dataclass

from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.echelle import Echelle, bornes, graduations
from cls_platform.socle.svg.placement import Boite, Etiquette, Placeur, Segment
from cls_platform.socle.svg.trace import (
    CLASSES,
    Palette,
    chemin,
    disque,
    figure,
    ligne_brisee,
    rectangle,
    texte,
)


@dataclass(frozen=True, kw_only=True)
class Point:
    """`valeur` à None : rien à montrer cette année-là. `etiquette` : la valeur déjà écrite."""

    x: float
    valeur: float | None
    etiquette: str = ""
    provisoire: bool = False


@dataclass(frozen=True, kw_only=True)
class Repere:
    """Moment marqué d'un trait vertical, nommé sur une ou deux lignes."""

    x: float
    lignes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Courbe:
    """Ce qu'il faut dessiner, sans couleur ni mot du domaine."""

    titre: str
    description: str
    points: tuple[Point, ...]
    cible: Point | None = None
    nom_cible: str = ""
    comparaison: tuple[Point, ...] = ()
    nom_comparaison: str = ""
    repere: Repere | None = None
    courant: float | None = None
    largeur: int = 650
    hauteur: int = 220
    zero: bool = True
    ecrire_graduation: tuple[tuple[float, str], ...] = ()


Place = tuple[float, float]
PLACE_D_UNE_ANNEE = 37.0


class _Trace:
    """État d'un dessin : échelles, étiquettes, morceaux de SVG dans l'ordre de la peinture."""

    def __init__(self, courbe: Courbe, palette: Palette) -> None:
        self.courbe, self.palette = courbe, palette
        self.etroit = courbe.largeur < 400
        self.sol = courbe.hauteur - 24.0
        gauche = self._marge_gauche()
        annees = [p.x for p in self._tous()] or [0.0]
        droite = courbe.largeur - (58.0 if courbe.cible else 26.0)
        self.x = Echelle(min(annees), max(annees), gauche, droite)
        bas, haut = bornes(
            [p.valeur for p in self._tous() if p.valeur is not None]
            + [valeur for valeur, _ in courbe.ecrire_graduation],
            zero=courbe.zero,
        )
        self.y = Echelle(bas, haut, self.sol, 34.0)
        self.placeur = Placeur(courbe.largeur, 0, self.sol - 2)
        self.corps: list[str] = []

    def _tous(self) -> list[Point]:
        suite = [*self.courbe.points, *self.courbe.comparaison]
        return [*suite, self.courbe.cible] if self.courbe.cible else suite

    def _marge_gauche(self) -> float:
        noms = [nom for _, nom in self.courbe.ecrire_graduation]
        return 14.0 + (max(metriques.largeur(n, 12) for n in noms) + 4 if noms else 0)

    def place(self, point: Point) -> Place:
        return self.x(point.x), self.y(point.valeur or 0.0)

    def connus(self, points: tuple[Point, ...]) -> list[Point]:
        return sorted((p for p in points if p.valeur is not None), key=lambda p: p.x)

    def dessiner(self) -> list[str]:
        self._fond()
        self._comparaison()
        observes = self.connus(self.courbe.points)
        self._aire(observes)
        self.corps.append(chemin(self.palette, "axe", f"M0 {self.sol:.1f}H{self.courbe.largeur}"))
        self._repere(observes)
        self._traits(observes)
        self._trait_de_cible(observes)
        self._disques(observes)
        self._nom_de_cible()
        self._annees()
        return self.corps

    def _fond(self) -> None:
        for valeur, nom in self.courbe.ecrire_graduation:
            y = self.y(valeur)
            if y < self.sol - 1:
                debut = self._marge_gauche() - 8
                self.corps.append(
                    chemin(self.palette, "grille", f"M{debut:.1f} {y:.1f}H{self.courbe.largeur}")
                )
            self.corps.append(texte(self.palette, "discret", 0, y + 4, nom, taille=12))

    def _aire(self, observes: list[Point]) -> None:
        if len(observes) > 1 and self.courbe.zero and not self.courbe.comparaison:
            places = [self.place(p) for p in observes]
            base = self.y(max(self.y.de, 0.0)) if self.y.de < 0 else self.sol
            d = ligne_brisee([(places[0][0], base), *places, (places[-1][0], base)])
            self.corps.append(chemin(self.palette, "aire", f"{d}z"))

    def _traits(self, observes: list[Point]) -> None:
        """Un trait ne franchit jamais une année sans valeur : le trou se voit."""
        absents = {p.x for p in self.courbe.points if p.valeur is None}
        plein: list[Place] = []
        for avant, apres in itertools.pairwise(observes):
            self._occuper(self.place(avant), self.place(apres))
            if any(avant.x < x < apres.x for x in absents):
                continue
            if apres.provisoire or avant.provisoire:
                d = ligne_brisee([self.place(avant), self.place(apres)])
                self.corps.append(chemin(self.palette, "provisoire", d))
            elif plein and plein[-1] == self.place(avant):
                plein.append(self.place(apres))
            else:
                self._tracer(plein)
                plein = [self.place(avant), self.place(apres)]
        self._tracer(plein)

    def _tracer(self, places: list[Place]) -> None:
        if places:
            self.corps.append(chemin(self.palette, "serie", ligne_brisee(places)))

    def _occuper(self, de: Place, a: Place) -> None:
        segment: Segment = (*de, *a)
        self.placeur.segments.append(segment)

    def _disques(self, observes: list[Point]) -> None:
        for point in observes:
            x, y = self.place(point)
            role = "disque-creux" if point.provisoire else "disque"
            rayon = 7 if self._est_courant(point) else 5
            self.corps.append(disque(self.palette, role, x, y, rayon))
        for point in sorted(observes, key=lambda p: self._priorite(p, observes)):
            self._etiquette(point, observes)

    def _est_courant(self, point: Point) -> bool:
        return point.x == self.courbe.courant

    def _priorite(self, point: Point, observes: list[Point]) -> float:
        if self._est_courant(point):
            return 0
        return 1 if point is observes[0] else 2 + abs(point.x - observes[-1].x)

    def _etiquette(self, point: Point, observes: list[Point]) -> None:
        x, y = self.place(point)
        courant = self._est_courant(point)
        taille, graisse = (19.0, 800) if courant and not self.etroit else (14.0, 700)
        boite = self.placeur.poser(
            Etiquette(
                point.etiquette, x, y, taille, graisse, 0,
                ecart=15 if courant else 11,
                obligatoire=courant or point is observes[0],
            )
        )  # fmt: skip
        self._ecrire(boite, "valeur", point.etiquette, taille, graisse)

    def _ecrire(
        self, boite: Boite | None, role: str, mot: str, taille: float, graisse: int
    ) -> None:
        if boite:
            self.corps.append(
                texte(
                    self.palette, role, boite.gauche, boite.bas, mot, taille=taille,
                    graisse=graisse,
                )
            )  # fmt: skip

    def _trait_de_cible(self, observes: list[Point]) -> None:
        cible = self.courbe.cible
        if cible is None or cible.valeur is None:
            return
        x, y = self.place(cible)
        if observes and observes[-1].x < cible.x:
            de = self.place(observes[-1])
            self._occuper(de, (x, y))
            self.corps.append(chemin(self.palette, "cible", ligne_brisee([de, (x, y)])))
        self.placeur.occupees.append(Boite(x - 7, y - 7, x + 7, y + 7))
        d = f"M{x - 7:.1f} {y:.1f}L{x:.1f} {y - 7:.1f}L{x + 7:.1f} {y:.1f}L{x:.1f} {y + 7:.1f}z"
        self.corps.append(chemin(self.palette, "losange", d))

    def _nom_de_cible(self) -> None:
        """La valeur visée contre le losange, son nom au-delà."""
        cible = self.courbe.cible
        if cible is None or cible.valeur is None:
            return
        x, y = self.place(cible)
        valeur = Etiquette(cible.etiquette, x, y, 15, 800, 0, ecart=14, obligatoire=True)
        boite = self.placeur.poser(valeur)
        self._ecrire(boite, "valeur", cible.etiquette, 15, 800)
        if boite and self.courbe.nom_cible:
            base = boite.bas + 17 if boite.haut > y else boite.bas - 17
            nom = self.placeur.boite(Etiquette(self.courbe.nom_cible, x, y, 13, 600, 0), base)
            if nom.haut >= 0 and nom.bas <= self.sol:
                self._ecrire(nom, "nom-cible", self.courbe.nom_cible, 13, 600)

    def _repere(self, observes: list[Point]) -> None:
        repere = self.courbe.repere
        if not repere or self.etroit or not self.x.de <= repere.x <= self.x.a:
            return
        x = self.x(repere.x)
        large = max(metriques.largeur(ligne, 12) for ligne in repere.lignes)
        haut = self._courbe_en(repere.x, observes) - 18 - 15 * (len(repere.lignes) - 1)
        if x + 6 + large > self.courbe.largeur or haut < 14:
            return
        self.corps.append(chemin(self.palette, "repere", f"M{x:.1f} {haut + 4:.1f}V{self.sol:.1f}"))
        for rang, ligne in enumerate(repere.lignes):
            base = haut + 15 * rang
            self.corps.append(texte(self.palette, "discret", x + 6, base, ligne, taille=12))
            self.placeur.occupees.append(Boite(x, base - 11, x + 6 + large, base + 2))

    def _courbe_en(self, x: float, observes: list[Point]) -> float:
        """Ordonnée la plus haute de la courbe autour de x."""
        proches = [self.place(p)[1] for p in observes if abs(p.x - x) <= 1.2]
        return min(proches, default=self.sol)

    def _comparaison(self) -> None:
        points = self.connus(self.courbe.comparaison)
        if not points:
            return
        places = [self.place(p) for p in points]
        self.corps.append(chemin(self.palette, "comparaison", ligne_brisee(places)))
        for x, y in places:
            self.corps.append(rectangle(self.palette, "carre", x - 3, y - 3, 6, 6))
        for de, a in itertools.pairwise(places):
            self._occuper(de, a)
        nom = Etiquette(self.courbe.nom_comparaison, *places[0], 12, 400, 0, ecart=9)
        self._ecrire(self.placeur.poser(nom), "discret", self.courbe.nom_comparaison, 12, 400)

    def _annees(self) -> None:
        """Toutes les années si elles tiennent, sinon une sur deux ou trois, la courante gardée."""
        de, a = round(self.x.de), round(self.x.a)
        entre_deux = (self.x(a) - self.x(de)) / max(a - de, 1)
        pas = max(1, math.ceil(PLACE_D_UNE_ANNEE / max(entre_deux, 1)))
        courante = self.courbe.courant if self.courbe.courant is not None else a
        for annee in range(de, a + 1):
            if (annee - round(courante)) % pas:
                continue
            fort = annee == courante
            large = metriques.largeur(str(annee), 13, 800 if fort else 400)
            gauche = min(max(self.x(annee) - large / 2, 0), self.courbe.largeur - large)
            role = "annee" if annee <= courante else "discret"
            self.corps.append(
                texte(
                    self.palette, role, gauche, self.courbe.hauteur - 5.0, str(annee),
                    graisse=800 if fort else 400,
                )
            )  # fmt: skip


def dessiner(courbe: Courbe, palette: Palette = CLASSES) -> str:
    """SVG de la courbe. Sans aucune valeur, seuls l'axe et les années restent."""
    return figure(
        palette,
        courbe.largeur,
        courbe.hauteur,
        _Trace(courbe, palette).dessiner(),
        titre=courbe.titre,
        description=courbe.description,
        classe="g-courbe",
    )


def reperes_d_axe(valeurs: list[float], *, zero: bool = True) -> list[float]:
    """Graduations rondes pour ces valeurs, à faire écrire dans la bonne unité."""
    return graduations(*bornes(valeurs, zero=zero))
