"""Écrire un objet suivi et les listes qu’il porte, d’un seul geste et d’une seule version."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from acteurs.models import Suivi
from acteurs.services.suivi import creer, enregistrer, marquer, verrouiller
from cls_platform.socle.erreurs import DonneesRefusees
from contrats.models import ChangementLien
from indicateurs.services.liens import AUTRE_CONTRAT

T = TypeVar("T", bound=Suivi)


@transaction.atomic
def creer_avec_listes(*, objet: T, listes: Mapping[str, Iterable[Any]], par: Any, via: str) -> T:
    creer(objet, par=par, via=via)
    _poser(objet, listes)
    return objet


@transaction.atomic
def modifier_avec_listes(
    *,
    objet: T,
    valeurs: Mapping[str, Any],
    noms: Collection[str],
    version: int | None,
    par: Any,
    via: str,
) -> T:
    """Lève ConflitVersion ou DonneesRefusees.

    Une liste qui change compte une version ; l’histoire garde ce qui y est venu ou en est parti.
    """
    champs, listes = separer(valeurs, noms)
    depart = verrouiller(objet, version=version).version
    ecrit = enregistrer(objet, valeurs=champs, version=version, par=par, via=via)
    changements = _poser(ecrit, listes)
    if changements and ecrit.version == depart:
        marquer(ecrit, par=par, via=via)
    for changement in changements:
        changement.version = ecrit.version
    ChangementLien.objects.bulk_create(changements)
    return ecrit


def separer(
    valeurs: Mapping[str, Any], noms: Collection[str]
) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """Les champs de la ligne, puis les listes."""
    listes = {nom: list(valeurs[nom]) for nom in noms if nom in valeurs}
    return {nom: v for nom, v in valeurs.items() if nom not in noms}, listes


def exiger_du_contrat(contrat_id: Any, **elements: Iterable[Any]) -> None:
    """Chaque élément cité est du contrat, champ par champ. Lève DonneesRefusees."""
    for champ, cites in elements.items():
        if any(element.contrat_id != contrat_id for element in cites):
            raise DonneesRefusees(AUTRE_CONTRAT, champs={champ: [AUTRE_CONTRAT]})


def rang_suivant(freres: Any) -> int:
    return (freres.aggregate(dernier=Max("ordre"))["dernier"] or 0) + 1


@transaction.atomic
def deplacer(*, objet: Suivi, freres: Any, vers: str, par: Any, via: str = "page") -> bool:
    """Échange l’objet avec son voisin du haut (« monter ») ou du bas ; faux s’il est au bout.

    Les rangs sont réécrits de 1 en 1 : deux rangs égaux venus d’ailleurs n’y survivent pas.
    """
    verrouiller(objet, version=None)
    ranges = list(freres.dans_l_ordre())
    place = next(rang for rang, frere in enumerate(ranges) if frere.pk == objet.pk)
    autre = place - 1 if vers == "monter" else place + 1
    if not 0 <= autre < len(ranges):
        return False
    ranges[place], ranges[autre] = ranges[autre], ranges[place]
    for rang, frere in enumerate(ranges, start=1):
        enregistrer(frere, valeurs={"ordre": rang}, version=None, par=par, via=via)
    return True


def _poser(objet: Suivi, listes: Mapping[str, Iterable[Any]]) -> list[ChangementLien]:
    """Ce qui est venu et parti de chaque liste, pas encore écrit."""
    changements = []
    for nom, elements in listes.items():
        relation = getattr(objet, nom)
        voulues = {element.pk: element for element in elements}
        presentes = set(relation.values_list("pk", flat=True))
        if changees := presentes ^ voulues.keys():
            relation.set(voulues.values())
            changements += [
                ChangementLien(
                    action_id=objet.pk,
                    version=objet.version,
                    champ=nom,
                    element=str(pk),
                    est_ajout=pk in voulues,
                    le=timezone.now(),
                )
                for pk in sorted(changees)
            ]
    return changements
