"""Flux d'un côté à l'autre : la largeur d'un ruban dit le montant, l'étiquette l'écrit.

Six nœuds au plus de chaque côté ; les plus petits se rangent sous « Autres ».
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cls_platform.socle import typographie
from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.trace import (
    CLASSES,
    Palette,
    arrondi,
    balise,
    figure,
    propre,
    rectangle,
    texte,
)

NOEUDS_MAX = 6
AUTRES = "autres"
HAUTEUR_UTILE = 240.0
BARRE = 10.0
ECART = 12.0
LIGNE = 16.0
TAILLE = 13.0
PART_DES_NOMS = 0.3


@dataclass(frozen=True, kw_only=True)
class Noeud:
    cle: str
    nom: str


@dataclass(frozen=True, kw_only=True)
class Lien:
    de: str
    vers: str
    valeur: Decimal


@dataclass(frozen=True, kw_only=True)
class Flux:
    """À gauche, du plus grand au plus petit ; à droite, dans l'ordre donné."""

    titre: str
    description: str
    gauche: tuple[Noeud, ...]
    droite: tuple[Noeud, ...]
    liens: tuple[Lien, ...]
    largeur: int = 720


@dataclass(frozen=True)
class _Place:
    """Un nœud posé : sa barre, ses lignes d'étiquette, la hauteur de son étiquette."""

    noeud: Noeud
    total: Decimal
    haut: float
    hauteur: float
    lignes: tuple[str, ...]

    @property
    def milieu(self) -> float:
        return self.haut + self.hauteur / 2


def dessiner(spec: Flux, palette: Palette = CLASSES) -> str:
    """SVG des flux ; vide s'il n'y a aucun montant."""
    spec = regrouper(spec)
    if not spec.liens:
        return ""
    noms = _place_des_noms(spec)
    echelle = HAUTEUR_UTILE / float(sum(lien.valeur for lien in spec.liens))
    cotes = [
        _empiler(cote, _totaux(spec.liens, attribut), echelle, noms - 8)
        for cote, attribut in ((spec.gauche, "de"), (spec.droite, "vers"))
    ]
    haut = max(_bas(cote) for cote in cotes)
    gauche, droite = (_centrer(cote, haut) for cote in cotes)
    x1, x2 = noms + BARRE, spec.largeur - noms - BARRE
    corps = [
        *_rubans(palette, spec.liens, gauche, droite, echelle, (x1, x2)),
        *_noeuds(palette, gauche, x1 - BARRE, noms - 8, "end"),
        *_noeuds(palette, droite, x2, x2 + BARRE + 8, "start"),
    ]
    return figure(
        palette, spec.largeur, haut, corps,
        titre=spec.titre, description=spec.description, classe="g-flux",
    )  # fmt: skip


def _place_des_noms(spec: Flux) -> float:
    """Un nom s'abrège, un montant jamais : la colonne prend la largeur du plus long."""
    totaux = [*_totaux(spec.liens, "de").values(), *_totaux(spec.liens, "vers").values()]
    plus_long = max(metriques.largeur(typographie.euros(t), TAILLE, 700) for t in totaux)
    return max(spec.largeur * PART_DES_NOMS, plus_long + 8)


def regrouper(spec: Flux) -> Flux:
    """Sans nœud vide, six au plus par côté, un seul lien par paire."""
    liens = _cumules(spec.liens)
    gauche, alias_gauche = _reduire(spec.gauche, _totaux(liens, "de"), par_taille=True)
    droite, alias_droite = _reduire(spec.droite, _totaux(liens, "vers"), par_taille=False)
    regroupes = _cumules(
        Lien(de=alias_gauche[li.de], vers=alias_droite[li.vers], valeur=li.valeur) for li in liens
    )
    return replace(spec, gauche=gauche, droite=droite, liens=regroupes)


def _cumules(liens: Iterable[Lien]) -> tuple[Lien, ...]:
    sommes: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for lien in liens:
        sommes[lien.de, lien.vers] += lien.valeur
    return tuple(Lien(de=d, vers=v, valeur=somme) for (d, v), somme in sommes.items() if somme > 0)


def _totaux(liens: Iterable[Lien], attribut: str) -> dict[str, Decimal]:
    totaux: dict[str, Decimal] = defaultdict(Decimal)
    for lien in liens:
        totaux[getattr(lien, attribut)] += lien.valeur
    return totaux


def _reduire(
    noeuds: Sequence[Noeud], totaux: Mapping[str, Decimal], *, par_taille: bool
) -> tuple[tuple[Noeud, ...], dict[str, str]]:
    """Les nœuds gardés, et pour chaque clé celle qui la représente."""
    presents = [noeud for noeud in noeuds if noeud.cle in totaux]
    classes = sorted(presents, key=lambda noeud: -totaux[noeud.cle])
    trop = len(classes) > NOEUDS_MAX
    gardes = classes[: NOEUDS_MAX - 1] if trop else classes
    alias = {noeud.cle: noeud.cle if noeud in gardes else AUTRES for noeud in presents}
    ranges = gardes if par_taille else [noeud for noeud in presents if noeud in gardes]
    suite = [Noeud(cle=AUTRES, nom="Autres")] if trop else []
    return (*ranges, *suite), alias


def _empiler(
    noeuds: Iterable[Noeud], totaux: Mapping[str, Decimal], echelle: float, place: float
) -> list[_Place]:
    """De haut en bas ; l'étiquette ne dépasse jamais la place de son nœud."""
    y, places = 0.0, []
    for noeud in noeuds:
        montant = totaux[noeud.cle]
        lignes = (*_nom(noeud.nom, place), typographie.euros(montant))
        barre = float(montant) * echelle
        case = max(barre, len(lignes) * LIGNE)
        places.append(_Place(noeud, montant, y + (case - barre) / 2, barre, lignes))
        y += case + ECART
    return places


def _nom(nom: str, place: float) -> list[str]:
    """Deux lignes au plus, la dernière abrégée."""
    lignes = metriques.couper(nom, TAILLE, place)
    if len(lignes) > 2:
        lignes = [lignes[0], " ".join(lignes[1:])]
    return [metriques.abreger(ligne, TAILLE, place) for ligne in lignes]


def _bas(places: Sequence[_Place]) -> float:
    dernier = places[-1]
    return dernier.milieu + max(dernier.hauteur, len(dernier.lignes) * LIGNE) / 2


def _centrer(places: Sequence[_Place], hauteur: float) -> list[_Place]:
    decalage = (hauteur - _bas(places)) / 2
    return [replace(place, haut=place.haut + decalage) for place in places]


def _rubans(
    palette: Palette,
    liens: Sequence[Lien],
    gauche: Sequence[_Place],
    droite: Sequence[_Place],
    echelle: float,
    entre: tuple[float, float],
) -> list[str]:
    """Chaque ruban part et arrive sous le précédent : ils ne se chevauchent pas sur les barres."""
    valeurs = {(lien.de, lien.vers): lien.valeur for lien in liens}
    arrivees = {place.noeud.cle: place.haut for place in droite}
    rubans: list[str] = []
    for rang, source in enumerate(gauche):
        depart = source.haut
        for cible in droite:
            valeur = valeurs.get((source.noeud.cle, cible.noeud.cle))
            if valeur is None:
                continue
            epais = float(valeur) * echelle
            dit = f"{source.noeud.nom} → {cible.noeud.nom} : {typographie.euros(valeur)}"
            forme = _ruban(entre, depart, arrivees[cible.noeud.cle], epais)
            rubans.append(
                balise(
                    "path", balise("title", propre(dit)), d=forme,
                    **palette.attributs(f"ruban-{rang % NOEUDS_MAX}"),
                )
            )  # fmt: skip
            depart += epais
            arrivees[cible.noeud.cle] += epais
    return rubans


def _ruban(entre: tuple[float, float], depart: float, arrivee: float, epais: float) -> str:
    x1, x2 = entre
    milieu = (x1 + x2) / 2

    def courbe(d: float, y: float, vers: float) -> str:
        points = (milieu, d, milieu, y, vers, y)
        return "C" + " ".join(arrondi(v) for v in points)

    aller = f"M{arrondi(x1)} {arrondi(depart)}{courbe(depart, arrivee, x2)}"
    retour = f"L{arrondi(x2)} {arrondi(arrivee + epais)}"
    return f"{aller}{retour}{courbe(arrivee + epais, depart + epais, x1)}Z"


def _noeuds(
    palette: Palette, places: Iterable[_Place], x_barre: float, x_nom: float, ancre: str
) -> list[str]:
    corps: list[str] = []
    for place in places:
        corps.append(rectangle(palette, "noeud", x_barre, place.haut, BARRE, max(place.hauteur, 1)))
        base = place.milieu - len(place.lignes) * LIGNE / 2 + LIGNE * 0.78
        for rang, ligne in enumerate(place.lignes):
            montant = rang == len(place.lignes) - 1
            corps.append(
                texte(
                    palette, "texte", x_nom, base + rang * LIGNE, ligne,
                    taille=TAILLE, graisse=700 if montant else 400, ancre=ancre,
                )
            )  # fmt: skip
    return corps
