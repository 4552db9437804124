"""La coque des pages de données : le rail d’une région, ou celui de l’espace."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from acteurs.models import Region
from acteurs.ressort import ressort_de
from cls_platform.socle.navigation import Lien
from contrats.couverture_place import Place, avec
from contrats.navigation import contexte_general
from contrats.navigation_region import contexte_region

RUBRIQUE = "donnees"


def contexte_donnees(request: HttpRequest, *, suite: Sequence[Lien] = ()) -> dict[str, Any]:
    """La région que dit l’adresse, sinon celle de la personne si elle n’en a qu’une."""
    code = request.GET.get("region") or _seule(request.user)
    region = Region.objects.in_bulk().get(code)
    if region is None:
        return contexte_general(request, RUBRIQUE, suite=suite)
    adresse = avec(reverse("acteurs:donnees"), {"region": region.pk})
    ici = Place("region", region.pk, region.nom, region.pk, region.nom)
    fil = [Lien("Données", adresse if suite else ""), *suite]
    return contexte_region(request, ici, RUBRIQUE, suite=fil)


def _seule(utilisateur: Any) -> str:
    regions = ressort_de(utilisateur).regions
    return next(iter(regions)) if len(regions) == 1 else ""
