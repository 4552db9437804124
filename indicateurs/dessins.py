"""D’une trajectoire, ou des parts d’une valeur, au graphique qui les montre. Page et PDF.

Les mêmes descriptions se dessinent avec les classes de la page ou les couleurs d’un document.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cls_platform.socle.svg import piles as svg_piles
from cls_platform.socle.svg import trajectoire as svg_trajectoire
from cls_platform.socle.svg.colonnes import Colonnes
from cls_platform.socle.svg.courbe import Point, Repere
from cls_platform.socle.svg.piles import TRAMES, Pile, Piles
from cls_platform.socle.svg.planche import Vignette
from cls_platform.socle.typographie import INSECABLE, nombre
from indicateurs import phrases
from indicateurs.graphiques import ANNEES_MONTREES, ETROIT, LARGE, decrire, en_colonnes
from indicateurs.series import Releve, Serie
from indicateurs.trajectoire import Trajectoire, Verdict, attendu, verdict

HAUTEURS = {LARGE: 290, ETROIT: 230}
POUR_CENT = "%"
PROVISOIRE = "p"
AUTRES = "Autres"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparee:
    """La ligne d’un autre territoire ; `valeurs` par année, celles qui sont publiées."""

    nom: str
    valeurs: Mapping[int, Decimal]


def courbe_de(
    trajectoire: Trajectoire,
    annee: int,
    *,
    largeur: int = LARGE,
    nom: str = "",
    comparee: Comparee | None = None,
    reperes: tuple[Repere, ...] = (),
) -> svg_trajectoire.Trajectoire | None:
    """None si aucune valeur n’est connue : un tableau vide le dit mieux."""
    serie = trajectoire.serie
    releves = serie.releves[-ANNEES_MONTREES:]
    if not any(r.valeur is not None for r in releves):
        return None
    autre = points_compares(comparee, serie) if comparee else ()
    spec = svg_trajectoire.Trajectoire(
        titre=f"Courbe{INSECABLE}: {serie.libelle}",
        description=decrire_la_trajectoire(trajectoire, annee),
        observes=points_observes(serie, releves),
        prevue=points_prevus(trajectoire, releves[-1].annee),
        marge=float(trajectoire.tolerance),
        cible=point_cible(serie, "cible "),
        nom=nom,
        comparaison=autre,
        nom_comparaison=f"{comparee.nom} {autre[-1].etiquette}" if comparee and autre else "",
        reperes=reperes,
        courant=annee,
        largeur=largeur,
        hauteur=HAUTEURS.get(largeur, 290),
    )
    valeurs = svg_trajectoire.graduations_de(
        svg_trajectoire.valeurs_de(spec), pas_minimal=pas_minimal(serie)
    )
    return replace(spec, graduations=graduations(serie.unite, valeurs))


def vignette_de(trajectoire: Trajectoire, annee: int, *, de: int, a: int) -> Vignette:
    """La forme d’un indicateur, de la première à la dernière année de toute la page."""
    serie = trajectoire.serie
    return Vignette(
        nom=serie.libelle,
        description=decrire_la_trajectoire(trajectoire, annee),
        observes=points_observes(serie, [r for r in serie.releves if de <= r.annee <= a]),
        prevue=points_prevus(trajectoire, min(annee, a)),
        marge=float(trajectoire.tolerance),
        cible=point_cible(serie),
        de=de,
        a=a,
    )


def colonnes_par_annee(serie: Serie, annee: int, largeur: int = LARGE) -> Colonnes | None:
    """Une colonne par année connue, puis la cible ; la base est zéro."""
    connus = [r for r in serie.releves[-ANNEES_MONTREES:] if r.valeur is not None]
    return en_colonnes(serie, connus, annee, largeur) if connus else None


def piles_de(
    titre: str,
    serie: Serie,
    parts: Sequence[str],
    par_annee: Mapping[int, Mapping[str, Decimal | None]],
    *,
    largeur: int = LARGE,
) -> Piles | None:
    """Au-delà de six parts, les dernières sont réunies. None si rien n’est connu."""
    gardees, autres = _resserrer(parts)
    piles = tuple(
        _pile(serie, annee, [*(valeurs.get(p) for p in gardees), *_somme(valeurs, autres)])
        for annee, valeurs in sorted(par_annee.items())[-ANNEES_MONTREES:]
    )
    if not any(svg_piles.somme(pile) for pile in piles):
        return None
    valeurs_d_axe = svg_piles.graduations_de(piles, pas_minimal=pas_minimal(serie))
    return Piles(
        titre=titre,
        description=decrire(serie, max(par_annee)),
        parts=(*gardees, *([f"{AUTRES} ({len(autres)})"] if autres else [])),
        piles=tuple(replace(p, est_courante=p is piles[-1]) for p in piles),
        graduations=graduations(serie.unite, valeurs_d_axe),
        largeur=largeur,
    )


def _resserrer(parts: Sequence[str]) -> tuple[list[str], list[str]]:
    if len(parts) <= len(TRAMES):
        return list(parts), []
    return list(parts[: len(TRAMES) - 1]), list(parts[len(TRAMES) - 1 :])


def _somme(valeurs: Mapping[str, Decimal | None], parts: Sequence[str]) -> list[Decimal | None]:
    connues = [v for p in parts if (v := valeurs.get(p)) is not None]
    return [sum(connues, Decimal(0)) if connues else None] if parts else []


def _pile(serie: Serie, annee: int, valeurs: Sequence[Decimal | None]) -> Pile:
    """Le total n’est écrit que si aucune part ne manque."""
    connues = [v for v in valeurs if v is not None]
    complet = len(connues) == len(valeurs)
    return Pile(
        nom=str(annee),
        valeurs=tuple(None if v is None else float(v) for v in valeurs),
        etiquettes=tuple("" if v is None else nombre(v, serie.decimales) for v in valeurs),
        total=nombre(sum(connues, Decimal(0)), serie.decimales) if complet else "",
    )


def points_observes(serie: Serie, releves: Sequence[Releve]) -> tuple[Point, ...]:
    """Une année sautée au milieu est un trou : le trait s’y interrompt."""
    par_annee = {r.annee: r for r in releves}
    if not par_annee:
        return ()
    return tuple(
        _observe(serie, par_annee[annee]) if annee in par_annee else Point(x=annee, valeur=None)
        for annee in range(min(par_annee), max(par_annee) + 1)
    )


def _observe(serie: Serie, releve: Releve) -> Point:
    signe = PROVISOIRE if releve.est_provisoire else ""
    return Point(
        x=releve.annee,
        valeur=None if releve.valeur is None else float(releve.valeur),
        etiquette=phrases.lire(releve, serie, avec_unite=False) + signe,
        provisoire=releve.est_provisoire,
    )


def points_prevus(trajectoire: Trajectoire, jusqu_a: int) -> tuple[Point, ...]:
    """Les passages obligés ; après l’échéance, la cible reste attendue."""
    points = [Point(x=p.annee, valeur=float(p.valeur)) for p in trajectoire.points]
    if points and points[-1].x < jusqu_a:
        points.append(replace(points[-1], x=jusqu_a))
    return tuple(points) if trajectoire.serie.sens != "NEUTRE" else ()


def point_cible(serie: Serie, mot: str = "") -> Point | None:
    if serie.cible is None:
        return None
    ecrite = nombre(serie.cible.valeur, serie.decimales)
    return Point(x=serie.cible.annee, valeur=float(serie.cible.valeur), etiquette=f"{mot}{ecrite}")


def points_compares(comparee: Comparee, serie: Serie) -> tuple[Point, ...]:
    return tuple(
        Point(x=annee, valeur=float(valeur), etiquette=nombre(valeur, serie.decimales))
        for annee, valeur in sorted(comparee.valeurs.items())
    )


def pas_minimal(serie: Serie) -> float:
    """Ce qui se compte entier se gradue de un en un : jamais « 3,5 personnes »."""
    return 1.0 if serie.agregation == "SOMME" and not serie.decimales else 0.0


def graduations(unite: str, valeurs: Sequence[float]) -> tuple[tuple[float, str], ...]:
    """Seul « % » s’écrit sur l’axe ; les autres unités sont dans le titre."""
    seule = POUR_CENT if unite.startswith(POUR_CENT) else ""
    return tuple((v, phrases.ecrire(Decimal(str(v)), seule, _decimales(v))) for v in valeurs)


def _decimales(valeur: float) -> int:
    exposant = Decimal(str(valeur)).normalize().as_tuple().exponent
    return max(-exposant, 0) if isinstance(exposant, int) else 0


def decrire_la_trajectoire(trajectoire: Trajectoire, annee: int) -> str:
    """La tendance, la cible, puis où l’on en est ; les valeurs sont dans le tableau."""
    dit = decrire(trajectoire.serie, annee)
    rendu = verdict(trajectoire, annee)
    prevu = attendu(trajectoire, annee)
    if rendu.ecart is None or prevu is None:
        return dit
    return f"{dit} {dire_le_verdict(trajectoire.serie, rendu)}"


def dire_le_verdict(serie: Serie, rendu: Verdict) -> str:
    """« En 2026, 0,7 point au-dessus de la trajectoire (attendu : 11,7 %). »"""
    if rendu.attendu is None:
        return rendu.phrase
    prevu = phrases.ecrire(rendu.attendu, serie.unite, serie.decimales)
    debut = rendu.phrase[:1].lower() + rendu.phrase[1:]
    return f"En {rendu.annee}, {debut} (attendu{INSECABLE}: {prevu})."
