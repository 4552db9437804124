"""La France par département, colorée par la part des habitants couverts."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from acteurs.carte_de_france import carte_de_france
from cls_platform.socle import typographie
from cls_platform.socle.svg import carte as svg
from cls_platform.socle.svg.villes import Ville
from contrats.couverture import LigneCouverture

# Bornes hautes exclues, en part des habitants ; la dernière classe contient 100 %
CLASSES = (
    (0, "Aucun habitant"),
    (1, "Moins de 20 %"),
    (2, "De 20 à 40 %"),
    (3, "De 40 à 60 %"),
    (4, "De 60 à 80 %"),
    (5, "80 % et plus"),
)
EN_PROJET = "motif-hachures"


@dataclass(frozen=True, slots=True)
class ClasseDeCarte:
    """Une ligne de la légende : combien de départements, quelle part du total."""

    rang: int
    libelle: str
    effectif: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class LigneAffichee:
    """Une ligne du tableau jumeau, nombres déjà écrits : il en compte jusqu’à 1 255."""

    code: str
    nom: str
    population: str
    population_couverte: str
    taux: str
    communes: str
    contrats: str


def ligne_affichee(ligne: LigneCouverture) -> LigneAffichee:
    return LigneAffichee(
        code=ligne.code,
        nom=ligne.nom,
        population=typographie.nombre(ligne.population),
        population_couverte=typographie.nombre(ligne.population_couverte),
        taux=typographie.pourcent(ligne.taux_population) if ligne.population else "",
        communes=" sur ".join(map(typographie.nombre, (ligne.communes_couvertes, ligne.communes))),
        contrats=str(ligne.contrats),
    )


@dataclass(frozen=True, slots=True)
class CarteCouverture:
    svg: SafeString
    classes: tuple[ClasseDeCarte, ...]


def carte_des_departements(
    lignes: Sequence[LigneCouverture], *, lien: Callable[[str], str], prefixe: str = "couverture"
) -> CarteCouverture:
    """`lien` : du code d’un département à l’adresse où il mène."""
    dessin = svg.dessiner(dessin_des_departements(lignes, lien=lien, prefixe=prefixe))
    effectifs = Counter(rang(ligne.taux_population) for ligne in _dessinees(lignes))
    classes = (ClasseDeCarte(r, libelle, effectifs[r]) for r, libelle in CLASSES)
    return CarteCouverture(mark_safe(dessin), tuple(classes))  # noqa: S308  (tout y est échappé)


def dessin_des_departements(
    lignes: Sequence[LigneCouverture],
    *,
    lien: Callable[[str], str],
    prefixe: str,
    en_projet: Collection[str] = (),
    villes: Iterable[Ville] = (),
) -> svg.Carte:
    """Chaque département une fois, dans l’ordre de lecture ; la petite couronne aussi en décor.

    `en_projet` : ceux qui n’ont que des contrats en projet ; ils sont hachurés.
    """
    fond = carte_de_france()
    par_code = {ligne.code: ligne for ligne in _dessinees(lignes)}
    roles = {code: _role(ligne, en_projet) for code, ligne in par_code.items()}
    decors = [
        svg.Territoire(trace=trace, nom="", role=roles[code])
        for code, trace in fond.reduits.items()
        if code in par_code
    ]
    territoires = [
        svg.Territoire(
            trace=trace,
            nom=nom_lu(par_code[code], en_projet),
            role=roles[code],
            lien=lien(code),
        )
        for code, trace in fond.chemins.items()
        if code in par_code
    ]
    return svg.Carte(
        titre="Part des habitants couverts, par département",
        description=phrase_des_departements(lignes),
        territoires=(*decors, *territoires),
        cartouches=tuple(
            svg.Cartouche(nom=c.nom, x=c.x, y=c.y, largeur=c.largeur, hauteur=c.hauteur)
            for c in fond.cartouches
        ),
        villes=tuple(villes),
        largeur=fond.largeur,
        hauteur=fond.hauteur,
        prefixe=prefixe,
    )


def _dessinees(lignes: Sequence[LigneCouverture]) -> list[LigneCouverture]:
    chemins = carte_de_france().chemins
    return [ligne for ligne in lignes if ligne.code in chemins]


def sans_contour(lignes: Sequence[LigneCouverture]) -> list[LigneCouverture]:
    """Les collectivités que la carte ne montre pas."""
    chemins = carte_de_france().chemins
    return [ligne for ligne in lignes if ligne.code not in chemins]


def les_plus_couverts(lignes: Sequence[LigneCouverture], nombre: int = 6) -> list[LigneAffichee]:
    couverts = [ligne for ligne in lignes if ligne.taux_population > 0]
    couverts.sort(key=lambda ligne: -ligne.taux_population)
    return [ligne_affichee(ligne) for ligne in couverts[:nombre]]


def rang(taux: float) -> int:
    """0 sans aucun habitant couvert, puis cinq classes de vingt points."""
    return 0 if taux <= 0 else min(int(taux * 5) + 1, 5)


def nom_lu(ligne: LigneCouverture, en_projet: Collection[str] = ()) -> str:
    """« Finistère (29), 84,0 % de 911 454 habitants, 17 contrats »"""
    part = typographie.pourcent(ligne.taux_population)
    habitants = typographie.pluriel(ligne.population, "habitant")
    contrats = typographie.pluriel(ligne.contrats, "contrat")
    if ligne.code in en_projet:
        contrats = "contrat en projet"
    return f"{ligne.nom} ({ligne.code}), {part} de {habitants}, {contrats}"


def phrase_des_departements(lignes: Sequence[LigneCouverture]) -> str:
    dessinees = _dessinees(lignes)
    couverts = sum(ligne.taux_population > 0 for ligne in dessinees)
    return f"{couverts} départements sur {len(dessinees)} ont des habitants couverts."


def _role(ligne: LigneCouverture, en_projet: Collection[str]) -> str:
    return EN_PROJET if ligne.code in en_projet else f"rampe-{rang(ligne.taux_population)}"
