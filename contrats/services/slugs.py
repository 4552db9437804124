"""Des adresses lisibles et libres, pour plusieurs contrats à la fois."""

from collections.abc import Iterable, Iterator

from django.utils.text import slugify

from contrats.models import Contrat

LONGUEUR = 110


def base_d_adresse(nom: str) -> str:
    """« Pays d’Auge » donne « pays-d-auge »."""
    return slugify(nom.replace("’", " ").replace("'", " "))[:LONGUEUR] or "contrat"


def slugs_libres(noms: Iterable[str]) -> Iterator[str]:
    """Une adresse par nom, dans l’ordre ; un numéro s’ajoute si elle est prise. Une requête."""
    pris = set(Contrat.objects.values_list("slug", flat=True))
    for nom in noms:
        base = base_d_adresse(nom)
        slug, rang = base, 2
        while slug in pris:
            slug, rang = f"{base}-{rang}", rang + 1
        pris.add(slug)
        yield slug
