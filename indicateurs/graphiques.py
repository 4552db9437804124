"""D’une série de valeurs au graphique qui la montre. La page et le PDF partagent ce choix.

Quatre années connues ou plus : une courbe. Moins : des colonnes. Une seule valeur sans cible : pas
de graphique, le titre suffit.
"""

from decimal import Decimal

from cls_platform.socle.svg import colonnes, courbe
from cls_platform.socle.svg.colonnes import Colonne, Colonnes
from cls_platform.socle.svg.courbe import Courbe, Point, Repere
from cls_platform.socle.svg.trace import CLASSES, Palette
from cls_platform.socle.typographie import INSECABLE
from indicateurs import phrases
from indicateurs.series import Releve, Serie

MINIMUM_COURBE = 4
ETROIT, LARGE = 310, 650
# Deux ou trois colonnes n’ont pas besoin de toute la largeur
PETITE = 317
ANNEES_MONTREES = 12


def choisir(
    serie: Serie,
    annee: int,
    *,
    largeur: int = LARGE,
    repere: Repere | None = None,
    avec_axe: bool = False,
) -> Courbe | Colonnes | None:
    """Description du graphique, ou None s’il n’apprendrait rien."""
    connus = [r for r in serie.releves[-ANNEES_MONTREES:] if r.valeur is not None]
    if not connus or (len(connus) == 1 and serie.cible is None):
        return None
    if len(connus) < MINIMUM_COURBE:
        return en_colonnes(serie, connus, annee, min(largeur, PETITE))
    return _courbe(serie, annee, largeur, repere, avec_axe=avec_axe)


def dessiner(spec: Courbe | Colonnes, palette: Palette = CLASSES) -> str:
    if isinstance(spec, Courbe):
        return courbe.dessiner(spec, palette)
    return colonnes.dessiner(spec, palette)


def decrire(serie: Serie, annee: int) -> str:
    """Une phrase avec la tendance ; les valeurs, elles, sont dans le tableau."""
    connus = [r for r in serie.releves if r.valeur is not None]
    if not connus:
        return "Aucune valeur n’est encore connue."
    premier, dernier = connus[0], connus[-1]
    if premier is dernier:
        dit = f"{_majuscule(phrases.lire(dernier, serie))} en {dernier.annee}."
    else:
        de, a = phrases.lire(premier, serie), phrases.lire(dernier, serie)
        tendance = _tendance(premier.valeur or Decimal(0), dernier.valeur or Decimal(0))
        dit = f"{tendance} de {de} en {premier.annee} à {a} en {dernier.annee}."
    if serie.cible:
        but = phrases.ecrire(serie.cible.valeur, serie.unite, serie.decimales)
        dit += f" Objectif{INSECABLE}: {but} en {serie.cible.annee}."
    return dit


def _tendance(premiere: Decimal, derniere: Decimal) -> str:
    if premiere == derniere:
        return "Pas de changement,"
    return "Hausse" if derniere > premiere else "Baisse"


def _majuscule(mot: str) -> str:
    return mot[:1].upper() + mot[1:]


def _courbe(
    serie: Serie, annee: int, largeur: int, repere: Repere | None, *, avec_axe: bool
) -> Courbe:
    releves = serie.releves[-ANNEES_MONTREES:]
    premier = next(r for r in releves if r.valeur is not None)
    etroit = largeur <= ETROIT
    points = tuple(
        _point(serie, r, fort=r.annee == annee or (r is premier and not etroit)) for r in releves
    )
    cible = None
    if serie.cible:
        but = phrases.ecrire(
            serie.cible.valeur, serie.unite, serie.decimales, avec_unite=not etroit
        )
        cible = Point(x=serie.cible.annee, valeur=float(serie.cible.valeur), etiquette=but)
    return Courbe(
        titre=f"Courbe{INSECABLE}: {serie.libelle}",
        description=decrire(serie, annee),
        points=points,
        cible=cible,
        nom_cible=f"Objectif {serie.cible.annee}" if serie.cible else "",
        repere=repere,
        courant=annee,
        largeur=largeur,
        ecrire_graduation=_graduations(serie, points, cible) if avec_axe else (),
    )


def _point(serie: Serie, releve: Releve, *, fort: bool) -> Point:
    """L’unité est écrite au début, si la place est large, et sur l’année du bilan."""
    return Point(
        x=releve.annee,
        valeur=None if releve.valeur is None else float(releve.valeur),
        etiquette=phrases.lire(releve, serie, avec_unite=fort),
        provisoire=releve.est_provisoire,
    )


def _graduations(
    serie: Serie, points: tuple[Point, ...], cible: Point | None
) -> tuple[tuple[float, str], ...]:
    valeurs = [p.valeur for p in (*points, cible) if p is not None and p.valeur is not None]
    return tuple(
        (v, phrases.ecrire(Decimal(str(v)), "%" if serie.unite == "%" else "", _decimales(v)))
        for v in courbe.reperes_d_axe(valeurs)
    )


def _decimales(valeur: float) -> int:
    return 0 if valeur == int(valeur) else max(-Decimal(str(valeur)).as_tuple().exponent, 0)  # type: ignore[operator]  # un nombre fini


def en_colonnes(serie: Serie, connus: list[Releve], annee: int, largeur: int) -> Colonnes:
    """Une colonne par relevé, puis la cible, en tirets."""
    barres = [
        Colonne(
            nom=str(r.annee),
            valeur=float(r.valeur or 0),
            etiquette=phrases.lire(r, serie, avec_unite=r.annee == annee),
            courte=phrases.lire(r, serie, avec_unite=False),
            forte=r.annee == annee,
            provisoire=r.est_provisoire,
        )
        for r in connus
    ]
    if serie.cible:
        barres.append(
            Colonne(
                nom=f"Objectif {serie.cible.annee}",
                valeur=float(serie.cible.valeur),
                etiquette=phrases.ecrire(
                    serie.cible.valeur, serie.unite, serie.decimales, avec_unite=False
                ),
                visee=True,
            )
        )
    return Colonnes(
        titre=f"Colonnes{INSECABLE}: {serie.libelle}",
        description=decrire(serie, annee),
        colonnes=tuple(barres),
        largeur=largeur,
    )
