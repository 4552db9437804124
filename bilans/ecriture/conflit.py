"""Deux personnes ont écrit la même partie : les deux textes de chaque champ qui diffère."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.safestring import SafeString

from contrats.comparaison import souligner


@dataclass(frozen=True, slots=True)
class Desaccord:
    """`mienne`, `sienne` : brutes, telles que le formulaire les renvoie ; `_html` : soulignées."""

    nom: str
    libelle: str
    mienne: str
    sienne: str
    mienne_html: SafeString
    sienne_html: SafeString

    @property
    def les_deux(self) -> str:
        return "\n\n".join(t for t in (self.mienne, self.sienne) if t)


def face_a_face(form: forms.Form, actuel: Any) -> dict[str, Any]:
    """`desaccords`, ce qui diffère ; `restes`, les autres champs tels que tapés."""
    desaccords, restes = [], []
    for champ in form:
        if champ.name == "version":
            continue
        mienne = _brut(form.cleaned_data.get(champ.name))
        sienne = _brut(getattr(actuel, champ.name, form.cleaned_data.get(champ.name)))
        if mienne == sienne:
            restes.append((champ.name, mienne))
            continue
        ecrites = souligner(_lisible(form, champ.name), _ecrit(actuel, champ.name))
        desaccords.append(Desaccord(champ.name, str(champ.label), mienne, sienne, *ecrites))
    return {"desaccords": desaccords, "restes": restes}


def _brut(valeur: Any) -> str:
    if isinstance(valeur, Model):
        return str(valeur.pk)
    return "" if valeur is None else str(valeur).strip()


def _lisible(form: forms.Form, nom: str) -> str:
    valeur = form.cleaned_data.get(nom)
    return "" if valeur is None else str(valeur)


def _ecrit(actuel: Any, nom: str) -> str:
    valeur = getattr(actuel, nom)
    return "" if valeur is None else str(valeur)
