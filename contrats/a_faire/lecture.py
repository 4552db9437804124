"""Les faits, lus en un nombre fixe de requêtes quel que soit le nombre de territoires."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from acteurs import zonages
from acteurs.contexte import valeurs
from acteurs.droits import Role
from acteurs.models import Commune, Departement, EditionZonage, NiveauTerritoire, Region
from acteurs.ressort import Ressort
from contrats import couverture_sql as sql
from contrats.a_faire.apports import ayant_un_bilan
from contrats.a_faire.faits import SANS_SUIVI, FaitsContrat, FaitsEpci, SuiviLu
from contrats.a_faire.requetes import CONTRATS, TERRITOIRES
from contrats.couverture_detail import ETATS
from contrats.couverture_etats import dans_douze_mois
from contrats.etats import PHASES_TERMINEES
from contrats.models import ROLES_SIGNATAIRES, Contrat, SuiviTerritoire

TAUX_DE_PAUVRETE = "C03"


def contrats_ouverts(utilisateur: Any, ressort: Ressort) -> Any:
    """Ceux que la personne pilote, et qui ne sont ni clos, ni renouvelés, ni abandonnés."""
    pilotes = Contrat.objects.all() if ressort.est_national else _suivis(utilisateur)
    return pilotes.exclude(phase__in=PHASES_TERMINEES)


def _suivis(utilisateur: Any) -> Any:
    return Contrat.objects.suivis_par_ars(utilisateur)


def faits_des_contrats(pks: Collection[UUID], le: date) -> list[FaitsContrat]:
    """Sans leur suivi. Deux requêtes."""
    if not pks:
        return []
    parametres = {
        "contrats": list(pks),
        "le": le,
        "coordinateur": Role.COORDINATEUR.value,
        "signataires": [role.value for role in ROLES_SIGNATAIRES],
        "terminees": [phase.value for phase in PHASES_TERMINEES],
    }
    publies = ayant_un_bilan(pks, le.year - 1)
    lus: Any = (FaitsContrat(*ligne) for ligne in _lire(CONTRATS, parametres))
    return [
        faits._replace(
            departements=tuple(faits.departements or ()),
            derniere_nouvelle=timezone.localtime(faits.derniere_nouvelle).date(),
            a_un_bilan=faits.id in publies,
        )
        for faits in lus
    ]


def faits_des_epci(ressort: Ressort, le: date) -> list[FaitsEpci]:
    """Les territoires sans contrat, chacun dans sa région ; une requête. Sans leur suivi."""
    lieu = "" if ressort.est_national else " AND c.region_id = ANY(%(regions)s)"
    etats = ETATS.format(existe=sql.EXISTE, lieu=lieu, contrat="")
    parametres = sql.parametres(le, avec_projets=True) | {
        "bientot": dans_douze_mois(le),
        "regions": list(ressort.regions),
        "terminees": [phase.value for phase in PHASES_TERMINEES],
    }
    requete = f"WITH {sql.ENGAGES}, {sql.PRESENCES}, {etats} {TERRITOIRES}"
    lus = (FaitsEpci(*ligne) for ligne in _lire(requete, parametres))
    return [
        faits._replace(departements=tuple(faits.departements))
        for faits in lus
        if any(ressort.a_le_departement(code) for code in faits.departements)
    ]


def suivis(
    contrats: Collection[UUID], regions: Collection[str]
) -> dict[UUID | tuple[str, str], SuiviLu]:
    """Par contrat, et par (région, SIREN) ; une requête."""
    lignes: Any = SuiviTerritoire.objects.des_lignes(contrats, regions).pour_liste()
    return {
        ligne["contrat_id"] or (ligne["region_id"], ligne["epci_id"]): SuiviLu(
            version=ligne["version"],
            referent=ligne["referent_id"],
            referent_nom=_nom(ligne),
            en_veille_jusqu_au=ligne["en_veille_jusqu_au"],
            note_le=ligne["note_le"],
            note_genre=ligne["note_genre"] or "",
            note_texte=ligne["note_texte"] or "",
        )
        for ligne in lignes
    }


def _nom(ligne: Mapping[str, Any]) -> str:
    complet = f"{ligne['referent__prenom'] or ''} {ligne['referent__nom'] or ''}".strip()
    return complet or ligne["referent__email"] or ""


def suivi_de(lus: Mapping[Any, SuiviLu], cle: UUID | tuple[str, str]) -> SuiviLu:
    return lus.get(cle, SANS_SUIVI)


def avec_contexte(territoires: list[FaitsEpci], le: date) -> list[FaitsEpci]:
    """Avec le taux de pauvreté et la part en zone sous-dense, s’ils sont chargés ; six requêtes."""
    sirens = [faits.siren for faits in territoires]
    taux = valeurs(TAUX_DE_PAUVRETE, NiveauTerritoire.EPCI, sirens) if sirens else {}
    parts = parts_sous_denses(territoires, le)
    return [
        faits._replace(
            pauvrete=taux[faits.siren].valeur, sous_dense=parts.get((faits.region, faits.siren))
        )
        for faits in territoires
    ]


def parts_sous_denses(territoires: list[FaitsEpci], le: date) -> dict[tuple[str, str], float]:
    """Par (région, SIREN), dans les régions qui ont un zonage des médecins ; trois requêtes."""
    if not territoires:
        return {}
    editions: Any = EditionZonage.objects.effectives(le).filter(type=zonages.ZONAGE_MEDECINS)
    zonees = set(editions.values_list("region", flat=True))
    if not zonees:
        return {}
    classees = zonages.communes_de(zonages.ZONAGE_MEDECINS, le, classes=zonages.CLASSES_SOUS_DENSES)
    sirens = [faits.siren for faits in territoires]
    membres: Any = Commune.objects.actuelles().filter(epci__pk__anyof=sirens)
    sommes: dict[tuple[str, str], list[int]] = {}
    for code, region, siren, population in membres.values_list(
        "pk", "region", "epci", "population"
    ):
        somme = sommes.setdefault((region, siren), [0, 0])
        somme[0] += population or 0
        somme[1] += (population or 0) if code in classees else 0
    # Une édition sans région vaut partout
    return {
        cle: dedans / tout
        for cle, (tout, dedans) in sommes.items()
        if tout and (None in zonees or cle[0] in zonees)
    }


def noms_des_territoires() -> tuple[dict[str, str], dict[str, str]]:
    """Les régions et les départements, par code ; deux requêtes."""
    regions: Any = Region.objects.values_list("pk", "nom")
    departements: Any = Departement.objects.values_list("pk", "nom")
    return dict(regions), dict(departements)


def _lire(requete: str, parametres: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as curseur:
        curseur.execute(requete, parametres)
        return list(curseur.fetchall())
