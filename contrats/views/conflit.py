"""« La vôtre, la leur » : deux versions côte à côte, rien de ce qui a été tapé n’est perdu."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form, Textarea
from django.http import HttpRequest, QueryDict

from acteurs.models import Suivi
from contrats.comparaison import Difference, comparer, reunir
from contrats.services.fusion import Departage, Fusion, fusionner

REPRENDRE, DEPARTAGE, CHOIX, LA_SIENNE = "reprendre", "departage", "choix", "sienne"
HORS_SAISIE = frozenset({"csrfmiddlewaretoken", "version", REPRENDRE, DEPARTAGE, CHOIX})


@dataclass(frozen=True, slots=True)
class Conflit:
    """`champs_caches` rejoue la saisie.

    `version` : celle d’où la saisie est partie quand les champs se fusionnent (`vue` : celle que
    l’on montre en face), sinon celle de la base. `a_d_autres` : la saisie dit aussi autre chose que
    ce qui est en conflit, et garder la version de l’autre ne doit pas le perdre.
    """

    autre: str
    est_moi: bool
    quand: Any
    version: int
    vue: int | None
    a_d_autres: bool
    differences: list[Difference]
    champs_caches: list[tuple[str, str]]


def conflit(
    request: HttpRequest,
    actuel: Suivi,
    miennes: Mapping[str, str],
    siennes: Mapping[str, str],
    form: Form,
    *,
    seulement: Collection[str] | None = None,
) -> Conflit | None:
    """None si les deux ont écrit la même chose : il n’y a rien à choisir.

    `seulement` : les champs en conflit, quand les autres se fusionnent.
    """
    libelles = {nom: champ.label for nom, champ in form.fields.items()}
    opposees = {n: t for n, t in miennes.items() if seulement is None or n in seulement}
    differences = comparer(opposees, siennes, libelles)
    if not differences:
        return None
    return Conflit(
        autre=actuel.modifie_par.nom_complet if actuel.modifie_par else "Un outil relié",
        est_moi=actuel.modifie_par_id == request.user.pk,
        quand=actuel.modifie_le,
        version=actuel.version if seulement is None else form.cleaned_data["version"],
        vue=None if seulement is None else actuel.version,
        a_d_autres=len(opposees) < len(miennes),
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


def departage_de(donnees: QueryDict) -> Departage | None:
    """Le choix fait devant les deux versions, s’il vient d’en être fait un."""
    vue = donnees.get(DEPARTAGE, "")
    if not vue.isdecimal():
        return None
    return Departage(int(vue), garde_la_mienne=donnees.get(CHOIX) != LA_SIENNE)


def reprise(
    form: Form, donnees: QueryDict, siennes: Mapping[str, Any], fusion: Fusion | None = None
) -> dict[str, Any]:
    """La saisie, remise dans l’éditeur ; un texte long reçoit aussi celui de l’autre, dessous.

    Avec `fusion`, un champ qui n’est pas en conflit vaut ce que les deux en ont fait ensemble.
    """
    initiales = {}
    for nom, champ in form.fields.items():
        if fusion and nom not in fusion.en_conflit:
            initiales[nom] = fusion.retenues.get(nom, siennes.get(nom))
            continue
        mienne = champ.widget.value_from_datadict(donnees, {}, nom)
        if isinstance(champ.widget, Textarea):
            mienne = reunir(mienne or "", siennes.get(nom) or "")
        initiales[nom] = mienne
    return initiales


def fusion_de(actuel: Suivi, recu: Any) -> Fusion | None:
    """Ce que la saisie devient devant la version d’aujourd’hui ; None si elle est mal formée."""
    if not recu.is_valid():
        return None
    return fusionner(actuel, recu.valeurs(), recu.cleaned_data["version"])


def aide_de_la_reprise(
    form: Form, siennes: Mapping[str, str], autre: str, fusion: Fusion | None = None
) -> None:
    """À côté d’un champ court, ce que l’autre a écrit ; un texte long le contient déjà."""
    for nom, texte in siennes.items():
        champ = form.fields.get(nom)
        if fusion and nom not in fusion.en_conflit:
            continue
        if champ and not isinstance(champ.widget, Textarea):
            champ.help_text = f"Version de {autre} : {texte.replace(chr(10), ', ') or 'vide'}."
