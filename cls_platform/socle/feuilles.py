"""Les feuilles de style du site public en un seul fichier : une demande au lieu de quinze.

L’ordre est celui de `base.html`. La grille de Bootstrap et la saisie en place n’y sont pas : aucune
page publique ne s’en sert.
"""

import hashlib
import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

from django.contrib.staticfiles import finders
from django.templatetags.static import static

COUCHES = "@layer bootstrap, jetons, base, mise-en-page, composants, pages, impression;\n"
REMISE_A_ZERO = "vendor/bootstrap/bootstrap-reboot.min.css"
FEUILLES = (
    "css/jetons.css",
    "css/base.css",
    "css/mise-en-page.css",
    "css/composants/boutons.css",
    "css/composants/statuts.css",
    "css/composants/formulaires.css",
    "css/composants/navigation.css",
    "css/composants/panneaux.css",
    "css/composants/tableaux.css",
    "css/composants/cartes.css",
    "css/composants/graphiques.css",
    "css/public.css",
    "css/site-public.css",
    "css/impression.css",
    "css/impression-publique.css",
)
_ADRESSE = re.compile(r"url\(\s*[\"']?(?!data:|#)([^\"')]+)[\"']?\s*\)")
_INUTILE = re.compile(r"@charset [^;]+;|/\*.*?\*/", re.DOTALL)
_VIDE = re.compile(r"\s*\n\s*")


@cache
def feuille_publique() -> str:
    """Lève FileNotFoundError si une feuille manque : les paquets n’ont pas été construits."""
    remise = f"@layer bootstrap {{{_lire(REMISE_A_ZERO)}}}"
    return COUCHES + "\n".join([remise, *(_lire(nom) for nom in FEUILLES)])


@cache
def empreinte_publique() -> str:
    return hashlib.blake2b(feuille_publique().encode(), digest_size=6).hexdigest()


def _lire(nom: str) -> str:
    trouve = finders.find(nom)
    if not isinstance(trouve, str):
        raise FileNotFoundError(f"La feuille {nom} manque. Lancez « manage.py construire_vendor ».")
    texte = _INUTILE.sub("", Path(trouve).read_text(encoding="utf-8"))
    return _ADRESSE.sub(lambda m: f'url("{_servie(nom, m[1])}")', _VIDE.sub("\n", texte)).strip()


def _servie(feuille: str, adresse: str) -> str:
    """Une adresse relative à sa feuille, telle que le site la sert."""
    if adresse.startswith(("/", "http")):
        return adresse
    return static(normpath(join(dirname(feuille), adresse)))
