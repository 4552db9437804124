"""La France par département, colorée par la part des habitants couverts."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from acteurs.carte_de_france import carte_de_france
from cls_platform.socle import typographie
from cls_platform.socle.svg import carte as svg
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
    lignes: Sequence[LigneCouverture], *, lien: Callable[[str], str]
) -> CarteCouverture:
    """`lien` : du code d’un département à l’adresse où il mène."""
    fond = carte_de_france()
    dessinees = [ligne for ligne in lignes if ligne.code in fond.chemins]
    dessin = svg.dessiner(
        svg.Carte(
            titre="Part des habitants couverts, par département",
            description=_en_une_phrase(dessinees),
            territoires=tuple(
                _territoire(ligne, fond.chemins[ligne.code], lien(ligne.code))
                for ligne in dessinees
            ),
            cartouches=tuple(
                svg.Cartouche(nom=c.nom, x=c.x, y=c.y, largeur=c.largeur, hauteur=c.hauteur)
                for c in fond.cartouches
            ),
            largeur=fond.largeur,
            hauteur=fond.hauteur,
            prefixe="couverture",
        )
    )
    effectifs = Counter(rang(ligne.taux_population) for ligne in dessinees)
    classes = (ClasseDeCarte(r, libelle, effectifs[r]) for r, libelle in CLASSES)
    # SVG produit par le socle, textes échappés
    return CarteCouverture(mark_safe(dessin), tuple(classes))  # noqa: S308  (tout y est échappé)


def les_plus_couverts(lignes: Sequence[LigneCouverture], nombre: int = 6) -> list[LigneAffichee]:
    couverts = [ligne for ligne in lignes if ligne.taux_population > 0]
    couverts.sort(key=lambda ligne: -ligne.taux_population)
    return [ligne_affichee(ligne) for ligne in couverts[:nombre]]


def rang(taux: float) -> int:
    """0 sans aucun habitant couvert, puis cinq classes de vingt points."""
    return 0 if taux <= 0 else min(int(taux * 5) + 1, 5)


def _territoire(ligne: LigneCouverture, trace: str, lien: str) -> svg.Territoire:
    part = typographie.pourcent(ligne.taux_population)
    habitants = typographie.pluriel(ligne.population, "habitant")
    return svg.Territoire(
        trace=trace,
        nom=f"{ligne.nom} ({ligne.code}), {part} de {habitants}",
        role=f"rampe-{rang(ligne.taux_population)}",
        lien=lien,
    )


def _en_une_phrase(lignes: Sequence[LigneCouverture]) -> str:
    couverts = sum(ligne.taux_population > 0 for ligne in lignes)
    return f"{couverts} départements sur {len(lignes)} ont des habitants couverts."
