"""Textes tels qu’ils s’impriment : espaces, apostrophes, accords, énumérations."""

from collections.abc import Iterable, Sequence
from datetime import date

from bilans.instantane import Mot
from bilans.langage import expliquer
from bilans.mots import termes_des_sigles
from cls_platform.socle import typographie
from cls_platform.socle.typographie import INSECABLE, nombre

_NOMBRES = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
    "onze", "douze", "treize", "quatorze", "quinze", "seize",
)  # fmt: skip
_ORDINAUX = ("Premier", "Deuxième", "Troisième", "Quatrième", "Cinquième", "Sixième", "Septième",
             "Huitième", "Neuvième", "Dixième")  # fmt: skip
# Caractères absents de la police : l’écrire autrement évite d’en incorporer une seconde
REMPLACES = str.maketrans({"ᵉ": "e", "ʳ": "r", "\u2011": "-", "≥": "au moins", "≤": "au plus"})
# Ils retournent le sens de la ligne sans se voir : un nom en cacherait un autre
RETOURNEURS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def typo(texte: str) -> str:
    """Texte d’auteur prêt à imprimer ; une apostrophe droite après une lettre se courbe."""
    return typographie.typographier(texte).translate(REMPLACES | RETOURNEURS)


class Explicateur:
    """Développe chaque sigle une seule fois dans le document, là où il paraît d’abord."""

    def __init__(self, mots: Iterable[Mot]) -> None:
        self._termes = termes_des_sigles(mots)
        self._deja: set[str] = set()

    def typo(self, texte: str) -> str:
        return typo(expliquer(texte, self._termes, self._deja))


def jour(quand: date) -> str:
    return typographie.date_longue(quand).translate(REMPLACES)


def en_lettres(valeur: int, *, feminin: bool = False) -> str:
    """Jusqu’à seize en lettres, au-delà en chiffres."""
    if valeur == 1:
        return "une" if feminin else "un"
    return _NOMBRES[valeur] if valeur < len(_NOMBRES) else nombre(valeur)


def ordinal(rang: int) -> str:
    """« Premier volet » ; au-delà de dix, « Volet 11 »."""
    return f"{_ORDINAUX[rang - 1]} volet" if rang <= len(_ORDINAUX) else f"Volet {rang}"


def compter(effectif: int, singulier: str, pluriel: str = "") -> str:
    return typographie.pluriel(effectif, singulier, pluriel)


def enumerer(mots: Sequence[str], maximum: int = 0) -> str:
    """« a, b et c » ; au-delà de `maximum`, « a, b et 4 autres »."""
    if maximum and len(mots) > maximum:
        reste = len(mots) - maximum + 1
        return f"{', '.join(mots[: maximum - 1])} et {nombre(reste)}{INSECABLE}autres"
    if len(mots) < 2:
        return "".join(mots)
    return f"{', '.join(mots[:-1])} et {mots[-1]}"


def majuscule(texte: str) -> str:
    return texte[:1].upper() + texte[1:]
