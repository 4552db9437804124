"""Observé et attendu : la courbe, la trajectoire en tirets dans sa marge, la cible, un autre lieu.

Un texte qui ne trouve pas sa place n’est pas écrit : le tableau voisin porte toutes les valeurs.
"""

import itertools
from dataclasses import dataclass

from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.axes import ecrire_annees, ecrire_graduations, losange
from cls_platform.socle.svg.courbe import Point, Repere
from cls_platform.socle.svg.echelle import Echelle, bornes, graduations_lisibles
from cls_platform.socle.svg.placement import Boite, Place, Placeur, autour
from cls_platform.socle.svg.suites import suites
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

ETROIT = 400
TAILLE, PETITE = 13.5, 12.5


@dataclass(frozen=True, kw_only=True)
class Trajectoire:
    """`prevue` : la valeur attendue par année ; `marge` : l’écart toléré de part et d’autre.

    Les `reperes` trop serrés pour la largeur ne sont pas écrits.
    """

    titre: str
    description: str
    observes: tuple[Point, ...]
    prevue: tuple[Point, ...] = ()
    marge: float = 0.0
    cible: Point | None = None
    nom: str = ""
    comparaison: tuple[Point, ...] = ()
    nom_comparaison: str = ""
    reperes: tuple[Repere, ...] = ()
    courant: float | None = None
    graduations: tuple[tuple[float, str], ...] = ()
    largeur: int = 650
    hauteur: int = 290


def dessiner(spec: Trajectoire, palette: Palette = CLASSES) -> str:
    """SVG de la trajectoire. Sans aucune valeur, seuls l’axe et les années restent."""
    return figure(
        palette, spec.largeur, spec.hauteur, _Trace(spec, palette).dessiner(),
        titre=spec.titre, description=spec.description, classe="g-courbe",
    )  # fmt: skip


def graduations_de(valeurs: list[float], *, pas_minimal: float = 0.0) -> list[float]:
    """De trois à cinq graduations rondes, à faire écrire dans la bonne unité."""
    return graduations_lisibles(*_etendue(valeurs), pas_minimal=pas_minimal)


def _etendue(valeurs: list[float]) -> tuple[float, float]:
    """Un peu d’air autour des valeurs ; jamais sous zéro si aucune n’y est."""
    bas, haut = bornes(valeurs, zero=False)
    return (max(bas, 0.0) if min(valeurs, default=0.0) >= 0 else bas), haut


def valeurs_de(spec: Trajectoire) -> list[float]:
    """Tout ce que l’échelle doit montrer."""
    suites = (*spec.observes, *spec.comparaison, *((spec.cible,) if spec.cible else ()))
    prevues = [v for p in spec.prevue if p.valeur is not None
               for v in (p.valeur - spec.marge, p.valeur + spec.marge)]  # fmt: skip
    return [p.valeur for p in suites if p.valeur is not None] + prevues


class _Trace:
    """État d’un dessin : échelles, étiquettes, morceaux dans l’ordre de la peinture."""

    def __init__(self, spec: Trajectoire, palette: Palette) -> None:
        self.spec, self.palette = spec, palette
        self.etroit = spec.largeur < ETROIT
        self.sol = spec.hauteur - 34.0
        noms = [metriques.largeur(nom, PETITE) for _, nom in spec.graduations]
        self.gauche = 14.0 + max(noms, default=0.0) + (6 if noms else 0)
        annees = [p.x for p in (*spec.observes, *spec.comparaison, *spec.prevue)]
        annees += [spec.cible.x] if spec.cible else []
        self.x = Echelle(min(annees, default=0), max(annees, default=0), self.gauche, self._fin())
        bas, haut = _etendue(valeurs_de(spec) + [v for v, _ in spec.graduations])
        self.y = Echelle(bas, haut, self.sol, 46.0 if spec.reperes and not self.etroit else 28.0)
        self.placeur = Placeur(spec.largeur, 0, self.sol - 2)
        self.corps: list[str] = []

    def _fin(self) -> float:
        """La place du nom de la cible au bout de la ligne, si l’image est large."""
        mots = [self.spec.cible.etiquette] if self.spec.cible else []
        mots += [self.spec.nom] if self.spec.nom else []
        large = max((metriques.largeur(m, TAILLE, 600) for m in mots), default=0.0)
        return self.spec.largeur - (20.0 if self.etroit else min(large + 24, 130.0))

    def dessiner(self) -> list[str]:
        observes = self._connus(self.spec.observes)
        self.corps += ecrire_graduations(
            self.palette, self.spec.graduations, self.y, self.gauche, self.x.fin
        )
        self._reserver_l_axe()
        self._prevue()
        self._ligne_comparee()
        self._observes(observes)
        self._valeurs([p for p in observes if p.x == self.spec.courant])
        self._cible()
        self._valeurs([p for p in observes if p.x != self.spec.courant])
        self._reperes()
        self._noms(observes)
        self.corps += ecrire_annees(
            self.palette, self.x, self.spec.courant, self.spec.hauteur - 8.0, self.spec.largeur
        )
        return self.corps

    def _reserver_l_axe(self) -> None:
        """Les nombres de l’axe sont écrits : la première valeur ne les recouvre pas."""
        for valeur, mot in self.spec.graduations:
            y, fin = self.y(valeur), self.gauche - 10
            large = metriques.largeur(mot, PETITE)
            self.placeur.occupees.append(Boite(max(fin - large, 0), y - 6, fin, y + 4))

    def _connus(self, points: tuple[Point, ...]) -> list[Point]:
        return sorted((p for p in points if p.valeur is not None), key=lambda p: p.x)

    def _place(self, point: Point) -> Place:
        return self.x(point.x), self.y(point.valeur or 0.0)

    def _prevue(self) -> None:
        """La marge d’abord, les tirets dessus."""
        points = self._connus(self.spec.prevue)
        if len(points) < 2:
            return
        if self.spec.marge:
            haut = [(self.x(p.x), self.y((p.valeur or 0) + self.spec.marge)) for p in points]
            bas = [(self.x(p.x), self.y((p.valeur or 0) - self.spec.marge)) for p in points]
            d = f"{ligne_brisee([*haut, *reversed(bas)])}z"
            self.corps.append(chemin(self.palette, "aire", d))
        self._relier("cible", [self._place(p) for p in points])

    def _relier(self, role: str, places: list[Place]) -> None:
        self.placeur.segments += [(*de, *a) for de, a in itertools.pairwise(places)]
        self.corps.append(chemin(self.palette, role, ligne_brisee(places)))

    def _ligne_comparee(self) -> None:
        points = self._connus(self.spec.comparaison)
        places = [self._place(p) for p in points]
        if len(places) > 1:
            self._relier("comparaison", places)
        for x, y in places:
            self._occuper(x, y, 3)
            self.corps.append(rectangle(self.palette, "carre", x - 3, y - 3, 6, 6))

    def _observes(self, observes: list[Point]) -> None:
        """Plein entre deux années définitives, pointillé vers une provisoire, rien sur un trou."""
        for role, suite in suites(self.spec.observes):
            self._relier(role, [self._place(point) for point in suite])
        for point in observes:
            x, y = self._place(point)
            role = "disque-creux" if point.provisoire else "disque"
            self._occuper(x, y, 4.6)
            self.corps.append(disque(self.palette, role, x, y, 4.6))

    def _occuper(self, x: float, y: float, rayon: float) -> None:
        self.placeur.occupees.append(Boite(x - rayon, y - rayon, x + rayon, y + rayon))

    def _cible(self) -> None:
        cible = self.spec.cible
        if cible is None or cible.valeur is None:
            return
        x, y = self._place(cible)
        self._occuper(x, y, 6)
        self.corps.append(losange(self.palette, x, y, 6))
        ordre = "aAbhdgFB" if self.etroit else "daAbhg"
        self._ecrire("nom-cible", cible.etiquette, x, y, 12, ordre=ordre, graisse=600)

    def _valeurs(self, observes: list[Point]) -> None:
        """La première d’abord, puis les plus récentes."""
        premiere = observes[0].x if observes else 0
        for point in sorted(observes, key=lambda p: (p.x != premiere, -p.x)):
            x, y = self._place(point)
            self._ecrire("valeur", point.etiquette, x, y, 11, ordre="hbHBCcdg", graisse=600)

    def _reperes(self) -> None:
        """Un trait vertical du haut jusqu’à la courbe ; le mot au-dessus, sur une ligne."""
        for repere in self.spec.reperes:
            if self.etroit or not self.x.de <= repere.x <= self.x.a:
                continue
            x, mot = self.x(repere.x), " ".join(repere.lignes)
            large = metriques.largeur(mot, PETITE)
            gauche = min(max(x - large / 2, 0), self.spec.largeur - large)
            boite = Boite(gauche, 8, gauche + large, 19)
            trait = Boite(x - 1, 19, x + 1, self._courbe_en(repere.x) - 8)
            if gauche < 0 or not self.placeur.libre(boite) or not self._degage(trait):
                continue
            self.placeur.occupees += [boite, trait]
            d = f"M{x:.1f} 25V{max(trait.bas, 26):.1f}"
            self.corps.append(chemin(self.palette, "repere", d))
            self.corps.append(texte(self.palette, "texte", gauche, 19, mot, taille=PETITE))

    def _degage(self, trait: Boite) -> bool:
        return not any(trait.touche(autre) for autre in self.placeur.occupees)

    def _courbe_en(self, x: float) -> float:
        """L’ordonnée de la courbe observée en x ; au-delà de ses bouts, celle du plus proche."""
        connus = self._connus(self.spec.observes)
        for de, a in itertools.pairwise(connus):
            if de.x <= x <= a.x:
                (x1, y1), (x2, y2) = self._place(de), self._place(a)
                return y1 + (y2 - y1) * (self.x(x) - x1) / ((x2 - x1) or 1)
        proche = min(connus, key=lambda p: abs(p.x - x), default=None)
        return self._place(proche)[1] if proche else self.sol

    def _noms(self, observes: list[Point]) -> None:
        """Le nom de chaque ligne, à son bout s’il y a la place."""
        if observes and self.spec.nom and not self.etroit:
            x, y = self._place(observes[-1])
            self._ecrire("valeur", self.spec.nom, x, y, 13, ordre="dhb", taille=PETITE)
        compares = self._connus(self.spec.comparaison)
        if compares and self.spec.nom_comparaison:
            mot = self.spec.nom_comparaison
            for point, ordre in ((compares[-1], "dbgh"), (compares[0], "bhBHg")):
                if self._ecrire(
                    "discret", mot, *self._place(point), 10, ordre=ordre, taille=PETITE
                ):
                    return

    def _ecrire(
        self, role: str, mot: str, x: float, y: float, ecart: float, *,
        ordre: str, taille: float = TAILLE, graisse: int = 400,
    ) -> bool:  # fmt: skip
        """Le mot à la première place libre autour du point ; nulle part s’il n’y en a pas."""
        large = metriques.largeur(mot, taille, graisse)
        essais = autour(x, y, large, taille, ecart, ordre)
        boite = self.placeur.poser_parmi(essais) if mot else None
        if boite:
            self.corps.append(
                texte(self.palette, role, boite.gauche, boite.bas, mot, taille=taille,
                      graisse=graisse)
            )  # fmt: skip
        return boite is not None
