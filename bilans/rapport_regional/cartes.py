"""La carte et la courbe d’un rapport, figées : ce qu’il faut pour les redessiner, sans base."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FormeDeCarte:
    """`role` : la couleur ou la trame (`cls_platform.socle.svg.carte`)."""

    trace: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarqueDeCarte:
    forme: str
    x: float
    y: float
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VilleDeCarte:
    nom: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CartoucheDeCarte:
    nom: str
    x: float
    y: float
    largeur: float
    hauteur: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneDeLegende:
    """`effectif` : territoires ; `part` : celle des habitants, vide si elle ne se dit pas."""

    role: str
    libelle: str
    effectif: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarteFigee:
    """Dimensions en px ; `unite` : ce que vaut en px une unité des tracés.

    `hors_carte` : les territoires que le dessin ne montre pas.
    """

    titre: str
    description: str
    maille: str
    largeur: float
    hauteur: float
    unite: float
    formes: tuple[FormeDeCarte, ...]
    marques: tuple[MarqueDeCarte, ...]
    villes: tuple[VilleDeCarte, ...]
    cartouches: tuple[CartoucheDeCarte, ...]
    legende: tuple[LigneDeLegende, ...]
    notes: tuple[str, ...]
    hors_carte: tuple[str, ...]
    sources: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marche:
    """La part couverte à partir d’un jour, dit en année décimale."""

    quand: float
    signe: float
    signe_ou_projet: float
