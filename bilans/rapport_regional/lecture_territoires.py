"""Le chiffre, ses parties, ses zonages, ce qui est blanc, ce qui a changé au fil du temps."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from acteurs.models import Departement
from bilans.rapport_regional.cartes import Marche
from bilans.rapport_regional.instantane import (
    BlancFige,
    Couverture,
    Denominateurs,
    DoctrineFigee,
    PointDAnnee,
    ZonageFige,
)
from contrats.couverture import LigneCouverture, Niveau, Variante, couverture
from contrats.couverture_denominateurs import denominateurs
from contrats.couverture_detail import communes_du_chiffre
from contrats.couverture_etats import CommuneDuChiffre, EtatCouverture, Selection
from contrats.couverture_place import Place
from contrats.couverture_serie import cumuler, ecarts, points, premier_jour
from contrats.couverture_zonages import couverture_des_zonages
from contrats.doctrine import progression
from contrats.models import Doctrine
from contrats.presentation.doctrine import vise
from contrats.presentation.tendance import annee_decimale

SANS_EPCI = "Communes sans intercommunalité"


def couvertures(place: Place, niveau: str, le: date) -> tuple[Couverture, ...]:
    """Une ligne par territoire du niveau, dans les deux variantes ; deux requêtes."""
    signees, engagees = (
        couverture(le=le, niveau=niveau, variante=variante, **place.lieu)
        for variante in Variante.values
    )
    avec_projets = {ligne.code: ligne for ligne in engagees}
    return tuple(_couverture(ligne, avec_projets[ligne.code]) for ligne in signees)


def _couverture(signee: LigneCouverture, engagee: LigneCouverture) -> Couverture:
    return Couverture(
        code=signee.code,
        nom=signee.nom,
        population=signee.population,
        communes=signee.communes,
        population_signee=signee.population_couverte,
        communes_signees=signee.communes_couvertes,
        contrats_signes=signee.contrats,
        population_engagee=engagee.population_couverte,
        communes_engagees=engagee.communes_couvertes,
        contrats_engages=engagee.contrats,
    )


def denominateurs_figes(place: Place, le: date) -> Denominateurs:
    return Denominateurs(**asdict(denominateurs(le, **place.lieu)))


def zonages_figes(place: Place, le: date) -> tuple[ZonageFige, ...]:
    """Vide si aucun zonage n’est chargé."""
    signes, engages = (
        couverture_des_zonages(le=le, variante=variante, **place.lieu)
        for variante in Variante.values
    )
    return tuple(
        ZonageFige(
            nom=signe.ligne.nom,
            zones=signe.zones,
            zones_signees=signe.zones_couvertes,
            population=signe.ligne.population,
            population_signee=signe.ligne.population_couverte,
            population_engagee=engage.ligne.population_couverte,
            millesime=signe.millesime,
            source=signe.source,
        )
        for signe, engage in zip(signes, engages, strict=True)
    )


def doctrine_figee(region: str, le: date) -> DoctrineFigee | None:
    """Celle en vigueur ce jour-là, et où elle en est."""
    doctrine = Doctrine.objects.en_vigueur(region, le) if region else None
    if doctrine is None:
        return None
    faite = progression(doctrine, le)
    return DoctrineFigee(
        vise=vise(doctrine),
        est_complete=doctrine.est_complete,
        depuis=doctrine.depuis,
        cible_taux=doctrine.cible_taux,
        cible_date=doctrine.cible_date,
        texte=doctrine.texte,
        communes=faite.communes,
        communes_couvertes=faite.communes_couvertes,
        population=faite.population,
        population_couverte=faite.population_couverte,
        population_avec_projets=faite.population_avec_projets,
        manquants=faite.manquants,
        couverte_a_la_cible=faite.couverte_a_la_cible,
    )


def au_fil_du_temps(place: Place, le: date) -> tuple[tuple[Marche, ...], tuple[PointDAnnee, ...]]:
    """La courbe, jour par jour où elle change et jusqu’à `le`, et un point par année ; une
    requête."""
    changements = ecarts(place)
    premier = premier_jour(changements)
    if premier is None or premier > le:
        return (), ()
    debut = date(premier.year, 1, 1)
    jours = sorted({debut, le, *(e.le for e in changements if debut < e.le <= le)})
    courbe = tuple(
        Marche(
            quand=round(annee_decimale(point.le), 4),
            signe=point.taux_signe,
            signe_ou_projet=point.taux_signe_ou_projet,
        )
        for point in cumuler(changements, jours)
    )
    annees = tuple(
        PointDAnnee(
            le=point.le,
            taux_signe=point.taux_signe,
            taux_engage=point.taux_signe_ou_projet,
            population_signee=point.signe.population_couverte,
            communes_signees=point.signe.communes_couvertes,
            contrats=point.signe.contrats,
        )
        for point in points(changements, du=debut, au=le, pas="annee")
    )
    return courbe, annees


def blancs_figes(place: Place, le: date) -> tuple[BlancFige, ...]:
    """Les communes sans contrat, par intercommunalité, la plus peuplée d’abord ; deux requêtes."""
    communes = communes_du_chiffre(
        le=le, variante=Variante.SIGNE, selection=Selection.NON_COUVERTES, **place.lieu
    )
    noms: dict[str, str] = dict(Departement.objects.values_list("pk", "nom"))
    groupes: dict[tuple[str, str], list[CommuneDuChiffre]] = defaultdict(list)
    for commune in communes:
        sans = commune.departement if not commune.epci else ""
        groupes[commune.epci or "", sans].append(commune)
    figes = (_blanc(membres, noms) for membres in groupes.values())
    trouves = [blanc for blanc in figes if blanc.communes]
    return tuple(sorted(trouves, key=lambda b: (-b.population, b.nom, b.departement)))


def _blanc(membres: list[CommuneDuChiffre], noms: dict[str, str]) -> BlancFige:
    blanches = [c for c in membres if c.etat == EtatCouverture.AUCUN]
    return BlancFige(
        nom=membres[0].epci_nom or SANS_EPCI,
        departement=noms.get(_plus_peuple(membres), ""),
        communes=len(blanches),
        population=_habitants(blanches),
        en_projet=_habitants(c for c in membres if c.etat == EtatCouverture.EN_PROJET),
    )


def _habitants(communes: Iterable[CommuneDuChiffre]) -> int:
    return sum(commune.population or 0 for commune in communes)


def _plus_peuple(membres: list[CommuneDuChiffre]) -> str:
    """Le département où vivent le plus de ces habitants."""
    sommes: dict[str, Any] = defaultdict(int)
    for commune in membres:
        sommes[commune.departement] += commune.population or 0
    return max(sorted(sommes), key=lambda code: sommes[code])


NIVEAU_DES_PARTIES = {
    Niveau.FRANCE.value: Niveau.REGION.value,
    Niveau.REGION.value: Niveau.DEPARTEMENT.value,
}
