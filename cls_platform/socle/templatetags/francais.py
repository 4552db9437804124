"""Filtres d’écriture : `{{ montant|euros }}`, `{{ jour|date_longue }}`. Sans valeur : rien."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from cls_platform.socle import typographie

register = template.Library()

Nombre = int | float | Decimal | None
Jour = dt.date | None
Moment = dt.datetime | None


def _exposant(texte: str) -> SafeString:
    """Un vrai exposant en HTML : « 1<sup>er</sup> »."""
    return mark_safe(conditional_escape(texte).replace("1ᵉʳ", "1<sup>er</sup>"))  # noqa: S308  (tout y est échappé)


def _jour_local(jour: dt.date) -> dt.date:
    """Un moment est daté à Paris, pas à Greenwich."""
    if isinstance(jour, dt.datetime):
        return timezone.localtime(jour).date()
    return jour


@register.filter(needs_autoescape=True)
def typo(texte: str, autoescape: bool = True) -> SafeString:  # noqa: FBT001, FBT002  (signature d’une balise de gabarit)
    """Espaces insécables et apostrophes d’un texte saisi ; le texte est échappé."""
    echappe = conditional_escape(texte) if autoescape else texte
    corrige = typographie.typographier(str(echappe).replace("&#x27;", "'"))
    return mark_safe(corrige.replace("'", "&#x27;"))  # noqa: S308  (tout y est échappé)


@register.filter
def nombre(valeur: Nombre, decimales: int | None = None) -> str:
    return "" if valeur is None else typographie.nombre(valeur, decimales)


@register.filter
def pourcent(taux: Nombre, decimales: int = 1) -> str:
    return "" if taux is None else typographie.pourcent(taux, decimales)


@register.filter
def euros(montant: Nombre) -> str:
    return "" if montant is None else typographie.euros(montant)


@register.filter
def date_longue(jour: Jour) -> str:
    return _exposant(typographie.date_longue(_jour_local(jour))) if jour else ""


@register.filter
def date_en_clair(jour: Jour) -> str:
    """Dans un courriel, qui n’a pas d’exposant : « 1er mars 2026 »."""
    return typographie.date_longue(_jour_local(jour)).replace("1ᵉʳ", "1er") if jour else ""


@register.filter
def date_courte(jour: Jour) -> str:
    return _exposant(typographie.date_courte(_jour_local(jour))) if jour else ""


@register.filter
def date_saisie(jour: Jour) -> str:
    return typographie.date_saisie(jour) if jour else ""


@register.filter
def jour_date(jour: Jour) -> str:
    return _exposant(typographie.jour_date(_jour_local(jour))) if jour else ""


@register.filter
def mois_annee(jour: Jour) -> str:
    return typographie.mois_annee(_jour_local(jour)) if jour else ""


@register.filter
def heure(moment: Moment | dt.time) -> str:
    """Un moment est lu à Paris ; une heure seule est déjà celle du lieu."""
    if isinstance(moment, dt.datetime):
        moment = timezone.localtime(moment)
    return typographie.heure(moment) if moment else ""


@register.filter
def moment_relatif(moment: Moment) -> str:
    if not moment:
        return ""
    ecrit = typographie.moment_relatif(timezone.localtime(moment), timezone.localtime())
    return _exposant(ecrit)


@register.filter
def duree(secondes: Nombre) -> str:
    return "" if secondes is None else typographie.duree(float(secondes))


@register.filter
def taille_fichier(octets: int | None) -> str:
    return "" if octets is None else typographie.taille_fichier(octets)


@register.filter
def initiales(nom: object) -> str:
    return typographie.initiales(str(nom))


@register.filter
def pluriel(effectif: int, mot: str) -> str:
    """`{{ 3|pluriel:"fiche" }}` → « 3 fiches » ; forme irrégulière : `"œil,yeux"`."""
    singulier, _, au_pluriel = mot.partition(",")
    return typographie.pluriel(effectif, singulier, au_pluriel)
