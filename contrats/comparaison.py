"""Deux versions d’un même texte, mot à mot : ce qui diffère est souligné. Aucun accès à la base."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Un mot et les espaces qui le suivent
_MOTS = re.compile(r"\S+\s*")
VIDE = "(vide)"
COMPARAISONS_MAX = 4_000_000


@dataclass(frozen=True, slots=True)
class Difference:
    """Un champ qui diffère : les deux textes, et leur HTML échappé où les écarts sont en <ins>."""

    champ: str
    libelle: str
    mienne: str
    sienne: str
    mienne_html: SafeString
    sienne_html: SafeString


def comparer(
    miennes: Mapping[str, str], siennes: Mapping[str, str], libelles: Mapping[str, Any]
) -> list[Difference]:
    """Les champs dont l’écriture diffère, dans l’ordre de `miennes`."""
    return [
        Difference(nom, str(libelles[nom]), texte, siennes[nom], *souligner(texte, siennes[nom]))
        for nom, texte in miennes.items()
        if nom in siennes and _normal(texte) != _normal(siennes[nom])
    ]


def souligner(mienne: str, sienne: str) -> tuple[SafeString, SafeString]:
    """Le HTML des deux textes ; les mots que l’autre n’a pas sont dans <ins>."""
    a, b = _decouper(_normal(mienne), _normal(sienne))
    compares = difflib.SequenceMatcher(None, _nus(a), _nus(b), autojunk=False)
    operations = compares.get_opcodes()
    return (
        _assembler((genre, "".join(a[i:j])) for genre, i, j, _, _ in operations),
        _assembler((genre, "".join(b[k:m])) for genre, _, _, k, m in operations),
    )


def _decouper(mienne: str, sienne: str) -> tuple[list[str], list[str]]:
    """En mots ; en lignes au-delà d’un volume où comparer les mots prendrait des secondes."""
    a, b = _MOTS.findall(mienne), _MOTS.findall(sienne)
    if len(a) * len(b) <= COMPARAISONS_MAX:
        return a, b
    return mienne.splitlines(keepends=True), sienne.splitlines(keepends=True)


def _nus(mots: list[str]) -> list[str]:
    return [mot.rstrip() for mot in mots]


def _assembler(morceaux: Iterable[tuple[str, str]]) -> SafeString:
    html = "".join(
        escape(texte) if genre == "equal" else _souligne(texte) for genre, texte in morceaux
    )
    return mark_safe(html or f'<span class="discret">{VIDE}</span>')  # noqa: S308  (tout y est échappé)


def _souligne(texte: str) -> str:
    """L’espace qui suit le dernier mot reste hors du soulignement."""
    mots = texte.rstrip()
    return f"<ins>{escape(mots)}</ins>{texte[len(mots) :]}" if mots else texte


def _normal(texte: str) -> str:
    """Un navigateur envoie ses fins de ligne en CRLF : elles ne comptent pas comme un écart."""
    return texte.replace("\r\n", "\n").strip()


def reunir(mienne: str, sienne: str) -> str:
    """Les deux textes l’un sous l’autre ; un seul s’ils sont égaux ou si l’un manque."""
    textes = [t for t in dict.fromkeys((_normal(mienne), _normal(sienne))) if t]
    return "\n\n".join(textes)
