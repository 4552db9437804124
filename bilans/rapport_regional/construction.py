"""D’un rapport demandé à ses données figées, avec les droits de qui le demande."""

from datetime import date
from typing import Any

from django.conf import settings

from acteurs.models import Acteur, Departement
from bilans.models import RapportRegional
from bilans.rapport_regional import lecture_contrats, lecture_territoires
from bilans.rapport_regional.instantane import SCHEMA, Instantane, Lieu
from bilans.rapport_regional.lecture_carte import carte_de_france, carte_de_region, silhouette
from contrats.couverture import Niveau
from contrats.couverture_place import FRANCE, Place, place
from contrats.pilotage.comptes import Pilotage
from contrats.pilotage.ensemble import ensemble
from contrats.pilotage.lecture import pilotage


def construire(rapport: RapportRegional, *, arrete_le: date) -> Instantane:
    """Lit tout ce que le rapport montre : la couverture à son jour, le pilotage à `arrete_le`.

    Le nombre de requêtes ne dépend ni du nombre de contrats, ni du nombre de territoires.
    """
    ici = place(Niveau.REGION.value, rapport.region_id) if rapport.region_id else FRANCE
    le, par = rapport.le, rapport.demande_par
    parties = lecture_territoires.couvertures(
        ici, lecture_territoires.NIVEAU_DES_PARTIES[ici.niveau], le
    )
    carte, territoires = _carte(ici, le)
    contrats = lecture_contrats.contrats_comptes(ici, le)
    noms = lecture_contrats.noms_lisibles(contrats, par)
    courbe, annees = lecture_territoires.au_fil_du_temps(ici, le)
    (chiffre,) = lecture_territoires.couvertures(ici, ici.niveau, le)
    return Instantane(
        schema=SCHEMA,
        lieu=_lieu(rapport, ici),
        le=le,
        arrete_le=arrete_le,
        est_demonstration=settings.DEMO_AUTORISEE,
        couverture=chiffre,
        denominateurs=lecture_territoires.denominateurs_figes(ici, le),
        parties=parties,
        zonages=lecture_territoires.zonages_figes(ici, le),
        doctrine=lecture_territoires.doctrine_figee(ici.region, le),
        silhouette=silhouette(ici.region),
        carte=carte,
        territoires=territoires,
        courbe=courbe,
        annees=annees,
        contrats=_contrats(ici, contrats, noms, le, par),
        blancs=lecture_territoires.blancs_figes(ici, le),
        fins=lecture_contrats.fins_figees(contrats, noms, le),
        faits=lecture_contrats.faits_figes(ici, le, par),
        pilotage=_pilotage(rapport, arrete_le),
    )


def _carte(ici: Place, le: date) -> tuple[Any, Any]:
    if not ici.est_la_france:
        return carte_de_region(ici, le)
    departements = lecture_territoires.couvertures(ici, Niveau.DEPARTEMENT.value, le)
    return carte_de_france(ici, le, departements)


def _lieu(rapport: RapportRegional, ici: Place) -> Lieu:
    ars = Acteur.objects.filter(type="ars", region=ici.region).order_by("pk").first()
    departements: Any = Departement.objects.filter(pk__in=rapport.delegations).order_by("pk")
    return Lieu(
        niveau=ici.niveau,
        code=ici.code,
        nom=ici.nom,
        complement=ici.du_nom,
        agence=ars.nom if ici.region and ars else "",
        delegations=tuple(departements.values_list("nom", flat=True)),
    )


def _contrats(ici: Place, lus: Any, noms: Any, le: date, par: Any) -> Any:
    """La France a ses comptes par région ; les contrats se lisent dans les rapports régionaux."""
    if ici.est_la_france:
        return ()
    return lecture_contrats.contrats_figes(lus, noms, le, par)


def _pilotage(rapport: RapportRegional, le: date) -> Pilotage | None:
    """Celui de la région, sur les contrats que la personne y pilote."""
    if rapport.region_id is None:
        return None
    de = ensemble(rapport.demande_par, rapport.region_id, le)
    return pilotage(de, avec_montants=rapport.avec_montants)
