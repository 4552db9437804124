"""Toutes les valeurs qu’un champ d’une fiche a eues : quand, et par qui."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from acteurs.models import Acteur
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.histoire.etats import Valeurs, defaire, est_lie, liens_a_present, normal
from contrats.models import Action, ChangementLien
from contrats.models.vocabulaire_liens import LIENS, LISTES, PREFIXE_LIBRE


@dataclass(frozen=True, slots=True)
class Etat:
    """Ce que valait le champ à partir de cette version, sous une forme qui se compare."""

    version: int
    le: datetime
    qui: str
    via: str
    valeurs: Valeurs
    est_creation: bool


def etats_du_champ(action: Action, champs: Collection[str]) -> list[Etat]:
    """Du plus récent au plus ancien ; deux voisins diffèrent. Une requête par liste, plus deux."""
    copies = _copies(action, [c for c in champs if not est_lie(c)])
    liens = _liens_par_version(action, [c for c in champs if est_lie(c)])
    etats = [_etat(copie, champs, liens) for copie in copies]
    gardes = etats[:1] + [b for a, b in pairwise(etats) if a.valeurs != b.valeurs]
    return gardes[::-1]


def _copies(action: Action, colonnes: list[str]) -> list[Any]:
    """La dernière copie de chaque version, de la plus ancienne à la plus récente."""
    modele: Any = Action.pgh_event_model  # type: ignore[attr-defined]  # posé par pghistory
    noms = ["pgh_id", "pgh_created_at", "pgh_label", "version", "modifie_par", "modifie_via"]
    copies = modele.objects.filter(pgh_obj_id=action.pk).exclude(pgh_label="delete")
    lues = copies.select_related("modifie_par").only(*noms, *colonnes).order_by("pgh_id")
    return list({copie.version: copie for copie in lues}.values())


def _liens_par_version(action: Any, champs: list[str]) -> list[tuple[int, Valeurs]]:
    """(version, valeurs à partir d’elle), de la plus récente à la plus ancienne."""
    if not champs:
        return []
    valeurs = liens_a_present(action, champs)
    etapes: list[tuple[int, Valeurs]] = []
    changements = list(ChangementLien.objects.de_la_fiche(action.pk, *champs))
    for version in dict.fromkeys(c.version for c in changements):
        etapes.append((version, dict(valeurs)))
        defaire(valeurs, [c for c in changements if c.version == version])
    return [*etapes, (0, dict(valeurs))]


def _etat(copie: Any, champs: Iterable[str], liens: list[tuple[int, Valeurs]]) -> Etat:
    valeurs: Valeurs = {}
    for nom in champs:
        if est_lie(nom):
            valeurs[nom] = next(v[nom] for version, v in liens if version <= copie.version)
        else:
            brute = getattr(copie, copie._meta.get_field(nom).attname)
            valeurs[nom] = normal(brute) if isinstance(brute, str) else brute
    return Etat(
        version=copie.version,
        le=copie.pgh_created_at,
        qui=str(copie.modifie_par) if copie.modifie_par else "",
        via=copie.modifie_via,
        valeurs=valeurs,
        est_creation=copie.pgh_label == "insert",
    )


# Retrouver une valeur ----------------------------------------------------------------------------


def modele_cite(nom: str) -> Any:
    """Où chercher ce que cite ce champ ; None si c’est une valeur simple."""
    if nom in LIENS - LISTES:
        return Acteur.objects.all()
    champ: Any = Action._meta.get_field(nom)
    return champ.related_model._default_manager.all() if champ.is_relation else None


def valeurs_d_alors(action: Action, champs: Collection[str], version: int) -> dict[str, Any]:
    """Les valeurs à cette version, prêtes pour le service. Un élément supprimé depuis d’une liste
    manque ; un autre lève DonneesRefusees, comme une version que l’histoire ne connaît pas."""
    etat = next((e for e in etats_du_champ(action, champs) if e.version <= version), None)
    if etat is None:
        raise DonneesRefusees("Cette valeur n’est plus dans l’historique.")
    return {nom: _rendre(nom, valeur) for nom, valeur in etat.valeurs.items()}


def _rendre(nom: str, valeur: Any) -> Any:
    modele: Any = None if nom.startswith(PREFIXE_LIBRE) else modele_cite(nom)
    if nom in LIENS:
        return list(modele.filter(pk__in=valeur))
    if modele is None or valeur is None:
        return valeur
    element = modele.filter(pk=valeur).first()
    if element is None:
        raise DonneesRefusees(
            "Cette valeur cite un élément supprimé depuis. Choisissez-en une autre."
        )
    return element
