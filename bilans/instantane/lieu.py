"""Le contrat, son territoire, ses couleurs et ses images : ce que montre la couverture."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Identite:
    """Le contrat. `nom` est développé : « Contrat local de santé … », jamais « CLS … »."""

    nom: str
    nom_court: str
    numero: str
    generation: int
    presentation: str
    date_debut: date | None
    date_fin: date | None
    date_signature: date | None
    porteur: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Territoire:
    """`population` : municipale, somme des communes qui en ont une ; None si aucune."""

    communes: tuple[str, ...]
    intercommunalites: tuple[str, ...]
    population: int | None
    millesime_population: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forme:
    """Contour d’un territoire : chemin SVG, point où écrire son nom, place autour (`rayon`)."""

    nom: str
    trace: str
    x: float
    y: float
    rayon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadre:
    """Rectangle qui contient toutes les formes, en px du repère de la couverture."""

    x: float
    y: float
    largeur: float
    hauteur: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Carte:
    """Les formes du territoire, placées sur la couverture (794 × 969 px). `ondes` : contours
    concentriques dans le même repère, du plus proche au plus lointain."""

    cadre: Cadre
    formes: tuple[Forme, ...]
    ondes: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Famille:
    """Des organisations de même nature, dans l’ordre alphabétique."""

    libelle: str
    noms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """Une image du dépôt : `chemin` contient son empreinte, le fichier ne change jamais."""

    chemin: str
    sha256: str
    type_mime: str
    alternative: str
    credit: str
    largeur: int
    hauteur: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Apparence:
    """Les couleurs choisies (« #0d3440 » ; vide, celles de la plateforme) et les logos."""

    couleur_fond: str = ""
    couleur_accent: str = ""
    logos: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    organisme: str
    courriel: str
