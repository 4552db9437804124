"""La coque des pages de la liste de travail : le rail d’une région, ou celui de l’espace."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from acteurs.models import Region
from cls_platform.socle.navigation import Lien
from contrats.couverture_place import Place, avec
from contrats.navigation import contexte_general
from contrats.navigation_region import contexte_region

RUBRIQUE = "a_faire"


def contexte_a_faire(
    request: HttpRequest, region: str, *, suite: Sequence[Lien] = ()
) -> dict[str, Any]:
    """`region` vide : la liste couvre plusieurs régions."""
    nom = Region.objects.filter(pk=region).values_list("nom", flat=True).first() if region else None
    if nom is None:
        return contexte_general(request, RUBRIQUE, suite=suite)
    adresse = avec(reverse("contrats:a_faire"), {"region": region})
    ici = Place("region", region, nom, region, nom)
    fil = [Lien("À faire", adresse if suite else ""), *suite]
    return contexte_region(request, ici, RUBRIQUE, suite=fil)
