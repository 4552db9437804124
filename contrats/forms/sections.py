"""Le formulaire entier d’une fiche, rangé comme la fiche."""

from dataclasses import dataclass

from django.forms import BoundField, Form

from contrats.champs_fiche import STATUT, panneaux
from contrats.models import Contrat

CASES_VISIBLES = 14


@dataclass(frozen=True, slots=True)
class ChampRange:
    """`replie` : une longue liste de cases, fermée tant qu’elle n’a pas d’erreur."""

    champ: BoundField
    replie: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    cle: str
    titre: str
    champs: list[ChampRange]


def sections(form: Form, contrat: Contrat) -> list[Section]:
    """Les champs présents, panneau par panneau ; le statut ouvre le premier."""
    rangees = []
    for panneau in panneaux(list(contrat.champs_libres.actifs())):
        noms = [nom for definition in panneau.champs for nom in definition.champs]
        if panneau.cle == "description":
            noms[1:1] = STATUT.champs
        champs = [_ranger(form[nom]) for nom in noms if nom in form.fields]
        if champs:
            rangees.append(Section(panneau.cle, panneau.titre, champs))
    return rangees


def _ranger(champ: BoundField) -> ChampRange:
    choix = list(getattr(champ.field, "choices", ())) if champ.use_fieldset else []
    if len(choix) <= CASES_VISIBLES or champ.errors:
        return ChampRange(champ)
    coches = len(champ.value() or ())
    if not coches:
        return ChampRange(champ, "aucun choix")
    return ChampRange(champ, f"{coches} choix")
