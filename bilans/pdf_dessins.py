"""Le texte d’un dessin SVG, écrit d’un trait.

WeasyPrint 70 pose les textes des SVG lettre après lettre, de gauche à droite : l’arabe n’y est pas
lié, l’hébreu est à l’envers, et un graphique coûte autant de mises en page que de lettres. Un texte
sans place propre à chaque lettre se compose ici comme un mot de la page.
"""

from collections.abc import Iterator
from typing import Any

from weasyprint import svg as moteur
from weasyprint.svg.text import text as lettre_a_lettre

_PAR_LETTRE = ("x", "y", "dx", "dy", "rotate")
_ETIRES = ("letter-spacing", "textLength")


class _DUnTrait(str):
    """Un texte dont la seule « lettre » est lui-même."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def _texte(dessin: Any, noeud: Any, corps: float) -> None:
    places = (noeud.get(place, "").replace(",", " ").split() for place in _PAR_LETTRE)
    if noeud.text and not any(len(p) > 1 for p in places) and not any(map(noeud.get, _ETIRES)):
        noeud._etree_node.text = _DUnTrait(noeud.text)  # noqa: SLF001  (le texte d’un nœud se lit seulement)
    lettre_a_lettre(dessin, noeud, corps)


def composer_d_un_trait() -> None:
    """Une fois par processus, avant le premier rendu."""
    moteur.text = _texte
    moteur.TAGS.update(
        {nom: _texte for nom, dessine in moteur.TAGS.items() if dessine is lettre_a_lettre}
    )
