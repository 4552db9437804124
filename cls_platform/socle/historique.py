"""Qui, quand, quoi : les changements d’un objet suivi, lus dans les copies des déclencheurs."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from cls_platform.socle.typographie import nombre

# Colonnes de suivi : elles disent qui et quand, pas quoi
COLONNES_DE_SUIVI = {
    "id",
    "version",
    "cree_le",
    "modifie_le",
    "modifie_par",
    "modifie_via",
    "ordre",
}


@dataclass(frozen=True, slots=True)
class Changement:
    champ: str
    libelle: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class Evenement:
    """Un geste : `genre` vaut « insert », « update » ou « delete ».

    `provenance` dit d’où il vient, quand la page le sait : « contribution de… ».
    """

    le: datetime
    qui: str
    via: str
    genre: str
    changements: tuple[Changement, ...]
    provenance: str = ""


def historique(
    objet: models.Model, *, limite: int = 50, sauf: Collection[str] = ()
) -> list[Evenement]:
    """Les derniers gestes sur l’objet, du plus récent au plus ancien ; `sauf` : champs tus.

    Une requête pour les copies, une par modèle cité dans les changements.
    """
    modele = type(objet)
    copies_de: Any = modele.events.rel.related_model  # type: ignore[attr-defined]  # posé par pghistory
    copies = list(
        copies_de.objects.filter(pgh_obj_id=objet.pk)
        .select_related("modifie_par")
        .order_by("-pgh_id")[: limite + 1]
    )
    gestes = [geste for _, geste in evenements_de(copies_de, copies, sauf=sauf)]
    return [g for g in gestes[:limite] if g.changements or g.genre != "update"]


def evenements_de(
    copies_de: Any, copies: list[Any], *, sauf: Collection[str] = ()
) -> list[tuple[Any, Evenement]]:
    """Chaque copie et ce qui y a changé depuis la précédente du même objet.

    `copies` : de la plus récente à la plus ancienne, d’un objet ou de plusieurs. Une requête par
    modèle cité.
    """
    champs = [c for c in copies_de._meta.concrete_fields if _est_montre(c.name, sauf)]
    noms = _noms_cites(champs, copies)
    dernieres: dict[Any, Any] = {}
    gestes = []
    for copie in reversed(copies):
        precedente = dernieres.get(copie.pgh_obj_id)
        gestes.append((copie, _evenement(copie, precedente, champs, noms)))
        dernieres[copie.pgh_obj_id] = copie
    return gestes[::-1]


def _est_montre(nom: str, sauf: Collection[str]) -> bool:
    return not nom.startswith("pgh_") and nom not in COLONNES_DE_SUIVI and nom not in sauf


def _evenement(
    copie: Any, precedente: Any, champs: Iterable[Any], noms: dict[Any, str]
) -> Evenement:
    changements: tuple[Changement, ...] = ()
    if precedente is not None and copie.pgh_label == "update":
        changements = tuple(
            Changement(
                champ=c.name,
                libelle=str(c.verbose_name),
                avant=_texte(c, getattr(precedente, c.attname), noms),
                apres=_texte(c, getattr(copie, c.attname), noms),
            )
            for c in champs
            if getattr(precedente, c.attname) != getattr(copie, c.attname)
        )
    return Evenement(
        le=copie.pgh_created_at,
        qui=str(copie.modifie_par) if copie.modifie_par else "",
        via=copie.modifie_via,
        genre=copie.pgh_label,
        changements=changements,
    )


def _texte(champ: Any, valeur: Any, noms: dict[Any, str]) -> str:
    if valeur is None or valeur == "":
        return ""
    if champ.is_relation:
        return noms.get((champ.related_model, valeur), "élément supprimé")
    if champ.choices:
        return str(dict(champ.flatchoices).get(valeur, valeur))
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    return nombre(valeur) if isinstance(valeur, Decimal) else str(valeur)


def _noms_cites(champs: Iterable[Any], copies: list[Any]) -> dict[Any, str]:
    """Le nom de chaque objet cité, modèle par modèle."""
    noms: dict[Any, str] = {}
    for champ in champs:
        if not champ.is_relation:
            continue
        cles: set[UUID | str] = {getattr(c, champ.attname) for c in copies} - {None}
        if cles:
            cites = champ.related_model._default_manager.filter(pk__in=cles)
            noms |= {(champ.related_model, cite.pk): str(cite) for cite in cites}
    return noms
