"""Quels contrats, pour qui : l’ensemble sur lequel portent tous les blocs."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import TextChoices

from acteurs.droits import Droit
from acteurs.models import Departement
from acteurs.ressort import Ressort, ressort_de
from cls_platform.socle.erreurs import DroitRefuse
from contrats.etats import PHASES_EN_PROJET, PHASES_SIGNEES, PHASES_TERMINEES
from contrats.models import Action, Contrat
from contrats.permissions import exiger_general
from contrats.pilotage.comptes import ContratLu


class Situation(TextChoices):
    """Sans réponse, les contrats ouverts."""

    OUVERTS = "ouverts", "Signés et en projet"
    SIGNES = "signe", "Signés"
    EN_PROJET = "en_projet", "En projet"
    TERMINES = "termine", "Terminés"
    TOUS = "tous", "Tous"


PHASES = {
    Situation.OUVERTS: (*PHASES_SIGNEES, *PHASES_EN_PROJET),
    Situation.SIGNES: PHASES_SIGNEES,
    Situation.EN_PROJET: PHASES_EN_PROJET,
    Situation.TERMINES: PHASES_TERMINEES,
}

# Un contrat est du département où vivent le plus de ses habitants ; au hasard près, le premier code
SQL_DEPARTEMENTS = """
SELECT DISTINCT ON (contrat_id) contrat_id, departement_id
FROM (
    SELECT p.contrat_id, c.departement_id, sum(c.population) AS habitants, count(*) AS communes
    FROM contrats_perimetre p JOIN acteurs_commune c ON c.code = p.commune_id
    WHERE p.contrat_id = ANY(%(contrats)s)
      AND (p.date_sortie IS NULL OR p.date_sortie > %(le)s)
    GROUP BY p.contrat_id, c.departement_id
) parts
ORDER BY contrat_id, habitants DESC NULLS LAST, communes DESC, departement_id
"""


@dataclass(frozen=True, slots=True)
class Ensemble:
    """`annee` : celle de l’argent et du temps de travail ; None, toutes. `total` : les contrats de
    la région que la personne pilote, toutes situations."""

    utilisateur: Any
    region: str
    le: date
    contrats: tuple[ContratLu, ...]
    total: int
    annee: int | None = None
    cles: tuple[UUID, ...] = field(default=(), repr=False)

    @property
    def signes(self) -> list[UUID]:
        return [UUID(c.cle) for c in self.contrats if c.est_signe]

    @property
    def actions(self) -> Any:
        """Les fiches que la personne peut lire."""
        lisibles: Any = Action.objects.lisibles_par(self.utilisateur)
        return lisibles.filter(contrat__pk__anyof=list(self.cles)).order_by()

    @property
    def noms(self) -> dict[str, str]:
        return {c.cle: c.nom for c in self.contrats}


def exiger_le_pilotage(utilisateur: Any, region: str) -> Ressort:
    """Piloter cette région, en entier ou par sa délégation. Lève DroitRefuse."""
    exiger_general(utilisateur, Droit.PILOTER_REGION)
    ressort = ressort_de(utilisateur)
    if not (ressort.est_national or region in ressort.regions):
        raise DroitRefuse(
            "Le pilotage d’une région se lit dans son agence régionale de santé, au siège ou en "
            "délégation. Cette région n’est pas la vôtre."
        )
    return ressort


def contrats_pilotes(utilisateur: Any, region: str) -> Any:
    """Ceux de la région que la personne pilote pour l’agence."""
    pilotes: Any = Contrat.objects.filter(region=region)
    if ressort_de(utilisateur).est_national:
        return pilotes
    return pilotes.suivis_par_ars(utilisateur)


def ensemble(
    utilisateur: Any,
    region: str,
    le: date,
    *,
    situation: str = Situation.OUVERTS,
    departement: str = "",
    annee: int | None = None,
    contrat: UUID | None = None,
) -> Ensemble:
    """Trois requêtes. `contrat` : lui seul, s’il en est."""
    lus = list(
        contrats_pilotes(utilisateur, region)
        .tries()
        .values_list("pk", "nom", "phase", "date_fin", "est_demonstration")
    )
    phases = PHASES.get(Situation(situation))
    gardes = [ligne for ligne in lus if phases is None or ligne[2] in phases]
    departements = _departements([ligne[0] for ligne in gardes], le)
    contrats = tuple(
        _contrat(ligne, *departements.get(ligne[0], ("", "")))
        for ligne in gardes
        if contrat in (None, ligne[0]) and departement in ("", departements.get(ligne[0], ("",))[0])
    )
    return Ensemble(
        utilisateur=utilisateur,
        region=region,
        le=le,
        contrats=contrats,
        total=len(lus),
        annee=annee,
        cles=tuple(UUID(c.cle) for c in contrats),
    )


def _contrat(ligne: tuple[Any, ...], departement: str, nom: str) -> ContratLu:
    pk, nom_du_contrat, phase, fin, est_demonstration = ligne
    return ContratLu(
        cle=str(pk),
        nom=nom_du_contrat,
        phase=phase,
        departement=departement,
        departement_nom=nom,
        est_signe=phase in PHASES_SIGNEES,
        date_fin=fin,
        est_demonstration=est_demonstration,
    )


def _departements(contrats: list[UUID], le: date) -> dict[UUID, tuple[str, str]]:
    """Le code et le nom du département de chacun ; absent si son périmètre est vide."""
    noms: dict[str, str] = dict(Departement.objects.values_list("pk", "nom"))
    with connection.cursor() as curseur:
        curseur.execute(SQL_DEPARTEMENTS, {"contrats": contrats, "le": le})
        return {contrat: (code, noms[code]) for contrat, code in curseur.fetchall()}
