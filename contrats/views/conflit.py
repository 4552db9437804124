"""« La vôtre, la leur » : deux versions côte à côte, rien de ce qui a été tapé n’est perdu."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form, Textarea
from django.http import HttpRequest, QueryDict

from acteurs.models import Suivi
from contrats.comparaison import Difference, comparer, reunir

REPRENDRE = "reprendre"
HORS_SAISIE = frozenset({"csrfmiddlewaretoken", "version", REPRENDRE})


@dataclass(frozen=True, slots=True)
class Conflit:
    """`champs_caches` rejoue la saisie ; `version` est celle de la base."""

    autre: str
    est_moi: bool
    quand: Any
    version: int
    differences: list[Difference]
    champs_caches: list[tuple[str, str]]


def conflit(
    request: HttpRequest,
    actuel: Suivi,
    miennes: Mapping[str, str],
    siennes: Mapping[str, str],
    form: Form,
) -> Conflit | None:
    """None si les deux ont écrit la même chose : il n’y a rien à choisir."""
    libelles = {nom: champ.label for nom, champ in form.fields.items()}
    differences = comparer(miennes, siennes, libelles)
    if not differences:
        return None
    return Conflit(
        autre=actuel.modifie_par.nom_complet if actuel.modifie_par else "Un outil relié",
        est_moi=actuel.modifie_par_id == request.user.pk,
        quand=actuel.modifie_le,
        version=actuel.version,
        differences=differences,
        champs_caches=saisie_rejouee(request.POST),
    )


def saisie_rejouee(donnees: QueryDict) -> list[tuple[str, str]]:
    return [
        (nom, valeur)
        for nom, valeurs in donnees.lists()
        if nom not in HORS_SAISIE
        for valeur in valeurs
    ]


def reprise(form: Form, donnees: QueryDict, siennes: Mapping[str, Any]) -> dict[str, Any]:
    """La saisie, remise dans l’éditeur ; un texte long reçoit aussi celui de l’autre, dessous."""
    initiales = {}
    for nom, champ in form.fields.items():
        mienne = champ.widget.value_from_datadict(donnees, {}, nom)
        if isinstance(champ.widget, Textarea):
            mienne = reunir(mienne or "", siennes.get(nom) or "")
        initiales[nom] = mienne
    return initiales


def aide_de_la_reprise(form: Form, siennes: Mapping[str, str], autre: str) -> None:
    """À côté d’un champ court, ce que l’autre a écrit ; un texte long le contient déjà."""
    for nom, texte in siennes.items():
        champ = form.fields.get(nom)
        if champ and not isinstance(champ.widget, Textarea):
            champ.help_text = f"Version de {autre} : {texte.replace(chr(10), ', ') or 'vide'}."
