"""Accepter, ou non, ce que dit le rapport d’une liste de contrats."""

from django import forms

from contrats.forms.base import Formulaire


class FormulaireAccordCls(Formulaire):
    lignes_justes = forms.BooleanField(required=False)
