"""L’écriture d’un objet suivi : une seule, verrouillée, comptée, signée."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from acteurs.models import Suivi
from cls_platform.socle.erreurs import ConflitVersion, DonneesRefusees, ObjetSupprime

T = TypeVar("T", bound=Suivi)


def creer(objet: T, *, par: Any, via: str = "page") -> T:
    """Enregistre un objet neuf. Lève DonneesRefusees si une règle du modèle ne tient pas."""
    objet.modifie_par = par
    objet.modifie_via = via
    _valider(objet)
    objet.save(force_insert=True)
    return objet


@transaction.atomic
def enregistrer(
    objet: T,
    *,
    valeurs: Mapping[str, Any],
    version: int | None,
    par: Any,
    via: str = "page",
    parmi: QuerySet[Any] | None = None,
) -> T:
    """Écrit `valeurs` si l’objet est encore à `version` ; rend l’objet à jour.

    `version` None : écriture interne, sans contrôle. Lève ConflitVersion, ObjetSupprime (rien n’est
    écrit) ou DonneesRefusees. Une écriture qui ne change rien ne compte pas comme une version.
    """
    actuel = verrouiller(objet, version=version, parmi=parmi)
    changes = [nom for nom, valeur in valeurs.items() if getattr(actuel, nom) != valeur]
    if not changes:
        return actuel
    for nom in changes:
        setattr(actuel, nom, valeurs[nom])
    _signer(actuel, par=par, via=via)
    _valider(actuel)
    actuel.save(update_fields=[*changes, *CHAMPS_DE_SUIVI])
    return actuel


@transaction.atomic
def verrouiller(objet: T, *, version: int | None, parmi: QuerySet[Any] | None = None) -> T:
    """Prend le verrou de la ligne avant une écriture composée. Lève ConflitVersion, ObjetSupprime.

    `parmi` : où chercher l’objet, quand la lecture ordinaire ne le montre pas.
    """
    lisibles: Any = type(objet)._default_manager if parmi is None else parmi
    actuel = lisibles.select_for_update(of=("self",)).filter(pk=objet.pk).first()
    if actuel is None:
        raise ObjetSupprime
    if version is not None and actuel.version != version:
        raise ConflitVersion(actuel)
    return actuel


def marquer(objet: Suivi, *, par: Any, via: str = "page") -> None:
    """Compte une version pour un changement porté par des lignes liées (thèmes, partenaires)."""
    _signer(objet, par=par, via=via)
    objet.save(update_fields=CHAMPS_DE_SUIVI)


@transaction.atomic
def supprimer_en_signant(*, objet: Suivi, version: int | None, par: Any, via: str = "page") -> None:
    """Efface l’objet ; le dernier état que garde l’historique dit qui. Lève ConflitVersion."""
    actuel = verrouiller(objet, version=version)
    marquer(actuel, par=par, via=via)
    actuel.delete()


CHAMPS_DE_SUIVI = ["version", "modifie_le", "modifie_par", "modifie_via"]


def _signer(objet: Suivi, *, par: Any, via: str) -> None:
    objet.version += 1
    objet.modifie_le = timezone.now()
    objet.modifie_par = par
    objet.modifie_via = via


def _valider(objet: Suivi) -> None:
    try:
        objet.full_clean()
    except ValidationError as erreur:
        raise DonneesRefusees.depuis(erreur) from erreur
