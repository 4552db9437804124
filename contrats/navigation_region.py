"""Le rail d’une région : ses pièces, dans l’ordre ; le fil, de la France au territoire.

Ajouter une pièce, c’est ajouter une ligne à PIECES_DE_REGION. Son adresse prend le code de la
région dans le chemin, ou en paramètre si `parametre` est dit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from acteurs.droits import Droit
from acteurs.models import CompetenceArs
from acteurs.ressort import Ressort, ressort_de
from cls_platform.socle import typographie
from cls_platform.socle.navigation import Entree, Lien, Rail
from contrats.a_faire.compte import nombre_a_faire
from contrats.couverture import Niveau
from contrats.couverture_place import FRANCE, Place, avec
from contrats.navigation import contexte_general
from contrats.permissions import droits_generaux


@dataclass(frozen=True, slots=True)
class PieceDeRegion:
    """`parametre` : le nom qui porte le code de la région dans l’adresse ; vide, c’est le chemin.

    `compter(utilisateur, region)` : ce qui y attend. `du_ressort` : seulement dans une région que
    la personne pilote.
    """

    rubrique: str
    libelle: str
    adresse: str
    icone: str
    droit: Droit | None = None
    parametre: str = ""
    compter: Callable[[Any, str], int] | None = None
    du_ressort: bool = False

    def lien(self, region: str) -> str:
        if self.parametre:
            return avec(reverse(self.adresse), {self.parametre: region})
        return reverse(self.adresse, args=[region])

    def entree(self, utilisateur: Any, region: str, rubrique: str) -> Entree:
        nombre = self.compter(utilisateur, region) if self.compter else 0
        return Entree(
            self.libelle,
            self.lien(region),
            self.icone,
            compte=typographie.nombre(nombre) if nombre else "",
            a_traiter=bool(nombre),
            est_courante=self.rubrique == rubrique,
        )


PIECES_DE_REGION = (
    PieceDeRegion("couverture", "Couverture", "contrats:couverture_region", "carte"),
    PieceDeRegion(
        "a_faire",
        "À faire",
        "contrats:a_faire",
        "plan",
        droit=Droit.PILOTER_REGION,
        parametre="region",
        compter=nombre_a_faire,
    ),
    PieceDeRegion("contrats", "Contrats", "contrats:espace", "contrat", parametre="region"),
    PieceDeRegion(
        "pilotage",
        "Pilotage",
        "contrats:pilotage",
        "graphe",
        droit=Droit.PILOTER_REGION,
        du_ressort=True,
    ),
    PieceDeRegion(
        "campagnes",
        "Bilans",
        "bilans:campagnes",
        "calendrier",
        droit=Droit.PILOTER_REGION,
        du_ressort=True,
    ),
    PieceDeRegion(
        "indicateurs",
        "Indicateurs",
        "indicateurs:region",
        "graphe",
        droit=Droit.PILOTER_REGION,
        du_ressort=True,
    ),
    PieceDeRegion(
        "catalogue",
        "Catalogue",
        "indicateurs:catalogue_regional",
        "document",
        droit=Droit.CHARGER_DONNEES,
        du_ressort=True,
    ),
    PieceDeRegion("doctrine", "Doctrine", "contrats:doctrine", "cle"),
    PieceDeRegion("donnees", "Données", "acteurs:donnees", "tableau", parametre="region"),
    PieceDeRegion(
        "rapport",
        "Rapport régional",
        "bilans:rapport_regional",
        "bilan",
        droit=Droit.PILOTER_REGION,
        du_ressort=True,
    ),
)


def contexte_region(
    request: HttpRequest, ici: Place, rubrique: str = "couverture", *, suite: Sequence[Lien] = ()
) -> dict[str, Any]:
    """La coque d’une page sur un territoire : le rail de sa région, ou celui de l’espace."""
    if not ici.region:
        return contexte_general(request, "couverture", suite=suite)
    droits = droits_generaux(request.user)
    return {
        "contrat": None,
        "droits": droits,
        "rail": rail_de_region(request.user, ici, rubrique, droits),
        "fil": [*fil_de(ici, est_la_fin=not suite), *suite],
    }


def rail_de_region(utilisateur: Any, ici: Place, rubrique: str, droits: frozenset[Droit]) -> Rail:
    ressort = ressort_de(utilisateur)
    return Rail(
        titre=ici.region_nom,
        sous_titre=_agence(ici.region),
        adresse=FRANCE.adresse,
        nom="Région",
        entrees=tuple(
            piece.entree(utilisateur, ici.region, rubrique)
            for piece in PIECES_DE_REGION
            if _est_ouverte(piece, droits, ressort, ici.region)
        ),
        pied="Données territoriales : population municipale, limites communales et "
        "intercommunales.",
    )


def _est_ouverte(
    piece: PieceDeRegion, droits: frozenset[Droit], ressort: Ressort, region: str
) -> bool:
    if piece.du_ressort and not (ressort.est_national or region in ressort.regions):
        return False
    return piece.droit is None or piece.droit in droits


def _agence(region: str) -> str:
    delegations = CompetenceArs.objects.filter(ars__region=region).count()
    if not delegations:
        return "Hors du ressort d’une agence"
    return f"ARS, siège et {typographie.pluriel(delegations, 'délégation')}"


def adresse_du_rapport(ici: Place, rail: Rail, droits: frozenset[Droit]) -> str:
    """Le rapport de la région s’il est dans son rail, celui de la France ; vide sinon."""
    if ici.est_la_france:
        return reverse("bilans:rapport_national") if Droit.PILOTER_REGION in droits else ""
    if ici.niveau != Niveau.REGION:
        return ""
    adresse = reverse("bilans:rapport_regional", args=[ici.region])
    return adresse if any(entree.adresse == adresse for entree in rail.entrees) else ""


def fil_de(ici: Place, *, est_la_fin: bool) -> list[Lien]:
    """France, la région, le département, le territoire ; sans adresse s’il est la fin."""
    etapes = [
        Lien("France", FRANCE.adresse),
        Lien(ici.region_nom, Place(Niveau.REGION.value, ici.region).adresse),
    ]
    if ici.departement:
        adresse = Place(Niveau.DEPARTEMENT.value, ici.departement).adresse
        etapes.append(Lien(ici.departement_nom, adresse))
    if ici.niveau == Niveau.EPCI:
        etapes.append(Lien(ici.nom, ici.adresse))
    if est_la_fin:
        etapes[-1] = Lien(etapes[-1].libelle)
    return etapes
