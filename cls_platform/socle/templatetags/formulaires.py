"""Balises des formulaires : saisie habillée, résumé des erreurs."""

from __future__ import annotations

from typing import NamedTuple

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput
from django.forms.boundfield import BoundWidget
from django.utils.safestring import SafeString

register = template.Library()


class ErreurDeChamp(NamedTuple):
    """`ancre` est l’identifiant de la saisie à rejoindre ; vide pour une erreur générale."""

    ancre: str
    libelle: str
    message: str


@register.simple_tag
def genre_de(champ: BoundField) -> str:
    """« cache », « case », « groupe » (boutons radio, cases) ou « simple »."""
    if champ.is_hidden:
        return "cache"
    if isinstance(champ.field.widget, CheckboxInput):
        return "case"
    return "groupe" if champ.use_fieldset else "simple"


@register.simple_tag
def saisie(champ: BoundField) -> SafeString:
    """Le contrôle avec sa classe ; Django y relie l’aide et l’erreur (aria-describedby)."""
    habit = "coche" if isinstance(champ.field.widget, CheckboxInput) else "saisie"
    classes = f"{habit} {champ.field.widget.attrs.get('class', '')}".strip()
    return champ.as_widget(attrs={"class": classes})


@register.simple_tag
def case(choix: BoundWidget) -> SafeString:
    """Une case ou un bouton radio d’un groupe, sans le libellé que Django y accole."""
    choix.data["attrs"]["class"] = "coche"
    return choix.tag(wrap_label=False)


@register.simple_tag
def erreurs_de(form: BaseForm) -> list[ErreurDeChamp]:
    """Toutes les erreurs, dans l’ordre des champs ; les générales d’abord."""
    generales = [ErreurDeChamp("", "", str(m)) for m in form.non_field_errors()]
    return generales + [
        ErreurDeChamp(_ancre(champ), str(champ.label), str(message))
        for champ in form
        for message in champ.errors
    ]


def _ancre(champ: BoundField) -> str:
    """La première case d’un groupe, sinon la saisie."""
    return champ.id_for_label or f"{champ.auto_id}_0"
