"""Le périmètre d’un contrat, année par année, et les communes de chaque territoire mesuré."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from acteurs.models import Commune, NiveauTerritoire
from contrats.models import Perimetre
from indicateurs.calcul.composition import Lieux

GROUPEMENTS = {
    NiveauTerritoire.EPCI.value: "epci_id",
    NiveauTerritoire.DEPARTEMENT.value: "departement_id",
    NiveauTerritoire.REGION.value: "region_id",
}


LireLieux = Callable[[int], Lieux]
# Une commune, son entrée (incluse), sa sortie (exclue)
Presence = tuple[str, date, date | None]


def lieux_des_contrats(
    contrats: Collection[UUID], territoires: Collection[tuple[str, str]], le: date
) -> Callable[[UUID], LireLieux]:
    """Deux requêtes, aucune sans territoire. Une année se lit à son dernier jour, ou à `le`.

    Avant l’entrée de la première commune, le périmètre est celui de ce jour-là.
    """
    if not territoires:
        return lambda contrat: lambda annee: Lieux()
    communes = _communes(territoires)
    presences: dict[UUID, list[Presence]] = defaultdict(list)
    lues = Perimetre.objects.filter(contrat__in=list(contrats)).order_by()
    for contrat, commune, entree, sortie in lues.values_list(
        "contrat_id", "commune_id", "date_entree", "date_sortie"
    ):
        presences[contrat].append((commune, entree, sortie))
    return lambda contrat: lambda annee: Lieux(_au(presences[contrat], annee, le), communes)


def _au(presences: Sequence[Presence], annee: int, le: date) -> frozenset[str]:
    premier = min((entree for _, entree, _ in presences), default=le)
    jour = max(premier, min(le, date(annee, 12, 31)))
    return frozenset(
        commune
        for commune, entree, sortie in presences
        if entree <= jour and (sortie is None or sortie > jour)
    )


def _communes(
    territoires: Collection[tuple[str, str]],
) -> dict[tuple[str, str], frozenset[str]]:
    """Un quartier n’a pas de communes : il n’en couvre aucune en entier."""
    trouvees: dict[tuple[str, str], set[str]] = defaultdict(set)
    condition = Q(pk__in=[])
    for niveau, code in territoires:
        if niveau == NiveauTerritoire.COMMUNE:
            trouvees[niveau, code].add(code)
        elif niveau in GROUPEMENTS:
            condition |= Q(**{GROUPEMENTS[niveau]: code})
    lues = Commune.objects.actuelles().filter(condition).order_by()
    for commune, *codes in lues.values_list("pk", *GROUPEMENTS.values()):
        for niveau, code in zip(GROUPEMENTS, codes, strict=True):
            if (niveau, code) in territoires:
                trouvees[niveau, code].add(commune)
    return {lieu: frozenset(communes) for lieu, communes in trouvees.items()}
