"""Les territoires que l’on met côte à côte : celui du contrat, puis ceux qui le contiennent."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from acteurs.contexte import GROUPE
from acteurs.models import Commune, Departement, Epci, NiveauTerritoire, Region
from contrats.models import Contrat

N = NiveauTerritoire
MOTS_DU_NIVEAU = {
    GROUPE: "Territoire du contrat",
    N.DEPARTEMENT: "Département",
    N.REGION: "Région",
    N.FRANCE: "Pays",
}


@dataclass(frozen=True, slots=True)
class Lieu:
    """Un des territoires comparés ; `codes` : ceux qu’il réunit, un seul hors du contrat."""

    niveau: str
    nom: str
    codes: tuple[str, ...]
    lu_comme: str = ""

    @property
    def mot(self) -> str:
        return MOTS_DU_NIVEAU[self.niveau]

    @property
    def est_ici(self) -> bool:
        return self.niveau == GROUPE


def lieux_du_contrat(contrat: Contrat) -> list[Lieu]:
    """Le territoire du contrat aujourd’hui, puis ses départements, ses régions et la France."""
    codes = tuple(contrat.perimetres.codes_au(timezone.localdate()))
    communes = Commune.objects.filter(pk__in=codes)
    du_contrat = list(communes.values_list("departement_id", "region_id", "epci_id"))
    departements = Departement.objects.filter(pk__in={d for d, _, _ in du_contrat if d})
    regions = Region.objects.filter(pk__in={r for _, r, _ in du_contrat if r})
    return [
        _ici(contrat, codes, {e for _, _, e in du_contrat}),
        *(Lieu(N.DEPARTEMENT, d.nom, (d.pk,)) for d in departements.order_by("nom")),
        *(Lieu(N.REGION, r.nom, (r.pk,)) for r in regions.order_by("nom")),
        Lieu(N.FRANCE, "France", ("FR",)),
    ]


def _ici(contrat: Contrat, codes: tuple[str, ...], epcis: set[str | None]) -> Lieu:
    """Une intercommunalité entière se lit aussi au niveau que l’on publie pour elle."""
    if len(codes) == 1:
        return Lieu(GROUPE, contrat.nom, codes, N.COMMUNE)
    seul = next(iter(epcis)) if len(epcis) == 1 else None
    if seul is not None:
        entiere = Epci.objects.filter(pk=seul).aggregate(n=Count("communes"))["n"]
        if entiere == len(codes):
            return Lieu(GROUPE, contrat.nom, (seul,), N.EPCI)
    return Lieu(GROUPE, contrat.nom, codes)
