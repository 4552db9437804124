"""Calendrier en barres : une ligne par tâche, du début à la fin, sur un axe de trimestres.

Ce qui est en retard se lit sans couleur : la barre est hachurée, cernée, et le mot est écrit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cls_platform.socle.svg import metriques
from cls_platform.socle.svg.echelle import Echelle
from cls_platform.socle.svg.trace import (
    CLASSES,
    Palette,
    balise,
    chemin,
    disque,
    figure,
    ligne_brisee,
    rectangle,
    texte,
)

TETE, PAS, PAS_ETROIT, EPAISSEUR = 58.0, 30.0, 46.0, 14.0
TAILLE = 13.0
ANNEES_EN_TRIMESTRES = 6


@dataclass(frozen=True, kw_only=True)
class Etape:
    """Un repère sur la barre : plein quand c’est fait."""

    jour: date
    faite: bool


@dataclass(frozen=True, kw_only=True)
class Tache:
    """Au moins une des deux dates. `role` : « prevue », « finie », « retard », « arretee »."""

    nom: str
    mot: str
    debut: date | None
    fin: date | None
    role: str = "prevue"
    adresse: str = ""
    etapes: tuple[Etape, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Gantt:
    """`etroit` : le nom au-dessus de la barre, pour un téléphone."""

    titre: str
    description: str
    taches: tuple[Tache, ...]
    aujourdhui: date
    largeur: int = 1040
    etroit: bool = False


def dessiner(spec: Gantt, palette: Palette = CLASSES) -> str:
    """SVG du calendrier ; le tableau voisin en donne toutes les dates."""
    debut, fin = bornes(spec)
    pas = PAS_ETROIT if spec.etroit else PAS
    marge = 0.0 if spec.etroit else min(330.0, spec.largeur * 0.32)
    echelle = Echelle(debut.toordinal(), fin.toordinal(), marge, spec.largeur - 1)
    hauteur = TETE + pas * len(spec.taches) + 6
    corps = [*_axe(palette, echelle, debut, fin, hauteur)]
    for rang, tache in enumerate(spec.taches):
        corps.append(_ligne(palette, spec, tache, echelle, TETE + rang * pas, marge))
    corps += _jour(palette, echelle, spec, hauteur)
    return figure(
        palette, spec.largeur, hauteur, [_hachures(spec), *corps],
        titre=spec.titre, description=spec.description, classe="g-gantt", genre="group",
    )  # fmt: skip


def bornes(spec: Gantt) -> tuple[date, date]:
    """Des années entières, qui contiennent toutes les dates et le jour même."""
    jours = [j for t in spec.taches for j in (t.debut, t.fin, *(e.jour for e in t.etapes)) if j]
    jours.append(spec.aujourdhui)
    return date(min(jours).year, 1, 1), date(max(jours).year + 1, 1, 1)


def _axe(
    palette: Palette, echelle: Echelle, debut: date, fin: date, hauteur: float
) -> Iterator[str]:
    """Années en haut, trimestres dessous tant qu’ils restent lisibles."""
    annees = fin.year - debut.year
    large = (echelle.fin - echelle.debut) / annees
    for annee in range(debut.year, fin.year):
        x = echelle(date(annee, 1, 1).toordinal())
        yield chemin(palette, "axe", ligne_brisee([(x, 0), (x, hauteur)]))
        mot = str(annee) if large >= 40 else f"’{annee % 100:02d}"
        yield texte(palette, "annee", x + 5, 15, mot, taille=TAILLE, graisse=700)
        if annees > ANNEES_EN_TRIMESTRES:
            continue
        for trimestre in range(4):
            x = echelle(date(annee, 3 * trimestre + 1, 1).toordinal())
            if trimestre:
                yield chemin(palette, "grille", ligne_brisee([(x, 22), (x, hauteur)]))
            if large >= 4 * 26:
                yield texte(palette, "discret", x + 5, 34, f"T{trimestre + 1}", taille=11)


def _ligne(
    palette: Palette, spec: Gantt, tache: Tache, echelle: Echelle, haut: float, marge: float
) -> str:
    y = haut + (22.0 if spec.etroit else 8.0)
    place = spec.largeur - 4 if spec.etroit else marge - 12
    nom = metriques.abreger(tache.nom, TAILLE, place)
    mot = texte(palette, "texte", 0, haut + (15 if spec.etroit else 20), nom, taille=TAILLE)
    if tache.adresse:
        mot = balise("a", mot, href=tache.adresse)
    gauche, droite = portee(tache, echelle)
    corps = [mot, *_barre(palette, spec, tache, gauche, droite, y)]
    corps += [
        _losange(palette, echelle(etape.jour.toordinal()), y + EPAISSEUR / 2, faite=etape.faite)
        for etape in tache.etapes
    ]
    corps.append(_mot(palette, tache, gauche, droite, y, spec.largeur))
    return balise("g", *corps)


def portee(tache: Tache, echelle: Echelle) -> tuple[float, float]:
    """De la première à la dernière date connue ; une barre a toujours deux pixels."""
    debut, fin = tache.debut or tache.fin, tache.fin
    gauche = echelle((debut or date.min).toordinal())
    droite = echelle((fin + timedelta(days=1)).toordinal()) if fin else echelle.fin
    return gauche, max(droite, gauche + 2)


def _barre(
    palette: Palette, spec: Gantt, tache: Tache, gauche: float, droite: float, y: float
) -> Iterator[str]:
    """Sans début, un simple repère à l’échéance ; sans fin, une barre ouverte."""
    if tache.debut is None:
        milieu = y + EPAISSEUR / 2
        yield disque(palette, f"barre-{tache.role}", droite, milieu, EPAISSEUR / 2)
        return
    role = tache.role if tache.fin else "ouverte"
    yield rectangle(palette, f"barre-{role}", gauche, y, droite - gauche, EPAISSEUR)
    if tache.role == "retard":
        yield balise(
            "rect", x=gauche, y=y, width=droite - gauche, height=EPAISSEUR,
            fill=f"url(#{_nom_des_hachures(spec)})", class_="g-hachures",
        )  # fmt: skip


def _mot(
    palette: Palette, tache: Tache, gauche: float, droite: float, y: float, largeur: float
) -> str:
    """Après la barre s’il y a la place, sinon avant, sinon dessus."""
    long = metriques.largeur(tache.mot, 11.5, 600)
    base, role = y + 11.5, "mot-retard" if tache.role == "retard" else "mot"
    if droite + 10 + long <= largeur:
        x, ancre = droite + 10, "start"
    elif gauche - 6 - long >= 0 and tache.debut is None:
        x, ancre = gauche - 12, "end"
    else:
        x, ancre = droite - 6, "end"
        role = f"{role}-dessus"
    return texte(palette, role, x, base, tache.mot, taille=11.5, graisse=600, ancre=ancre)


def _losange(palette: Palette, x: float, y: float, *, faite: bool) -> str:
    d = ligne_brisee([(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)]) + "Z"
    return chemin(palette, "etape-faite" if faite else "etape", d)


def _jour(palette: Palette, echelle: Echelle, spec: Gantt, hauteur: float) -> list[str]:
    x = echelle(spec.aujourdhui.toordinal())
    mot = "Aujourd’hui"
    ancre = "end" if x + 8 + metriques.largeur(mot, 11.5, 700) > spec.largeur else "start"
    decalage = -5 if ancre == "end" else 5
    return [
        chemin(palette, "jour", ligne_brisee([(x, 18), (x, hauteur)])),
        texte(
            palette, "jour-mot", x + decalage, TETE - 2, mot,
            taille=11.5, graisse=700, ancre=ancre,
        ),
    ]  # fmt: skip


def _nom_des_hachures(spec: Gantt) -> str:
    """Deux dessins d’une même page ne partagent pas leurs motifs : l’un peut être caché."""
    return f"g-hachures-{spec.largeur}"


def _hachures(spec: Gantt) -> str:
    trait = balise("path", d="M0 6L6 0", class_="g-hachure")
    motif = balise(
        "pattern",
        trait,
        id=_nom_des_hachures(spec),
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
    )
    return balise("defs", motif)
