"""L’histoire d’un objet qui porte des listes : ses champs, et ce qui est venu ou parti de chacune.

Les objectifs d’un besoin, les indicateurs d’une question, les actions d’une recommandation. Un
élément effacé depuis, ou une fiche que la personne ne peut pas lire, n’a pas de nom.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from textwrap import shorten
from typing import Any

from django.utils import timezone

from acteurs.models import Suivi
from cls_platform.socle.historique import Changement, Evenement, evenements_de
from contrats.models import ChangementLien

SANS_NOM = "un élément que l’on ne peut plus lire"
# Au-delà, le journal ne dit plus que « texte modifié »
LONGUEUR = 90


def histoire_de(
    objet: Suivi, lecteur: Any, *, limite: int = 8, sauf: Collection[str] = ()
) -> list[Evenement]:
    """Du plus récent au plus ancien. Une requête pour les listes, une par liste qui a changé."""
    copies_de: Any = type(objet).pgh_event_model  # type: ignore[attr-defined]  # posé par pghistory
    rangees = copies_de.objects.filter(pgh_obj_id=objet.pk).order_by("-pgh_id")
    copies = list(rangees.select_related("modifie_par")[: limite + 1])
    listes = _changements(objet, {copie.version for copie in copies}, lecteur)
    gestes = []
    for copie, geste in evenements_de(copies_de, copies, sauf=sauf):
        # La dernière copie d’une version porte les listes que cette version a changées
        siens = listes.pop(copie.version, ()) if geste.genre == "update" else ()
        gestes.append(replace(geste, changements=(*geste.changements, *siens)))
    return [g for g in gestes[:limite] if g.changements or g.genre != "update"]


def depuis_quand(objet: Suivi, champs: Collection[str]) -> dict[str, date]:
    """Le jour où chacun de ces champs a pris la valeur qu’il a ; une requête."""
    copies: Any = type(objet).pgh_event_model  # type: ignore[attr-defined]  # posé par pghistory
    lues = copies.objects.filter(pgh_obj_id=objet.pk).order_by("-pgh_id")
    jours: dict[str, date] = {}
    figes: set[str] = set()
    for le, *valeurs in lues.values_list("pgh_created_at", *champs):
        for champ, valeur in zip(champs, valeurs, strict=True):
            if valeur != getattr(objet, champ):
                figes.add(champ)
            elif champ not in figes:
                jours[champ] = timezone.localdate(le)
    return jours


def _changements(
    objet: Suivi, versions: Collection[int], lecteur: Any
) -> dict[int, list[Changement]]:
    """Version → chaque élément parti ou venu."""
    lus = list(ChangementLien.objects.de_la_fiche(objet.pk).filter(version__in=versions))
    noms = _noms(objet, lus, lecteur)
    par_version: dict[int, list[Changement]] = defaultdict(list)
    for lu in sorted(lus, key=lambda lu: (lu.champ, lu.est_ajout, noms.get(lu.element, SANS_NOM))):
        nom = shorten(noms.get(lu.element, SANS_NOM), LONGUEUR, placeholder="…")
        liste: Any = objet._meta.get_field(lu.champ)
        avant, apres = ("", nom) if lu.est_ajout else (nom, "")
        par_version[lu.version].append(Changement(lu.champ, str(liste.verbose_name), avant, apres))
    return par_version


def _noms(objet: Suivi, lus: Iterable[ChangementLien], lecteur: Any) -> dict[str, str]:
    cles: dict[str, set[str]] = defaultdict(set)
    for lu in lus:
        cles[lu.champ].add(lu.element)
    noms: dict[str, str] = {}
    for champ, citees in cles.items():
        modele: Any = objet._meta.get_field(champ).related_model
        noms |= {str(e.pk): str(e) for e in _lisibles(modele, lecteur).filter(pk__in=citees)}
    return noms


def _lisibles(modele: Any, lecteur: Any) -> Any:
    """La porte de lecture du modèle, la même que celle des pages."""
    return modele.objects.suivis_par(lecteur)
