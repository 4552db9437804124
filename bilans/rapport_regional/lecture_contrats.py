"""Les contrats d’un rapport : où ils en sont, ce qu’ils couvrent, quand ils finissent."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from bilans.rapport_regional.instantane import ContratFige, FaitFige, FinFigee
from contrats.couverture import Variante
from contrats.couverture_detail import contrats_du_chiffre
from contrats.couverture_etats import ContratDuChiffre
from contrats.couverture_evenements import GenreEvenement, evenements, reunir
from contrats.couverture_place import Place
from contrats.etats import PHASES_TERMINEES, Phase
from contrats.forms.couverture import un_an_avant
from contrats.liens_de_contrats import liens_des_contrats
from contrats.models import Action, Contrat

MOIS_A_VENIR = 24
# La phase atteinte à ce jour ; une date passée ne montre pas la phase d’aujourd’hui
SQL_PHASES = """
SELECT DISTINCT ON (contrat_id) contrat_id, vers FROM contrats_passagephase
WHERE contrat_id = ANY(%(contrats)s) AND date_effet <= %(le)s
ORDER BY contrat_id, date_effet DESC, id DESC
"""


def contrats_comptes(place: Place, le: date) -> list[ContratDuChiffre]:
    """Signés d’abord, puis en projet, par ordre alphabétique."""
    return contrats_du_chiffre(le=le, variante=Variante.SIGNE_OU_PROJET, **place.lieu)


def noms_lisibles(lus: Collection[ContratDuChiffre], utilisateur: Any) -> dict[UUID, str]:
    """Un projet que la personne ne suit pas, et qui n’est pas public, compte sans être nommé."""
    liens = liens_des_contrats(
        utilisateur,
        {contrat.id: contrat.nom for contrat in lus},
        projets=[contrat.id for contrat in lus if not contrat.est_signe],
    )
    return {pk: lien.nom for pk, lien in liens.items()}


def contrats_figes(
    lus: Collection[ContratDuChiffre], noms: Mapping[UUID, str], le: date, utilisateur: Any
) -> tuple[ContratFige, ...]:
    """Quatre requêtes."""
    cles = [contrat.id for contrat in lus]
    phases = _phases(cles, le)
    actions = _actions(cles, utilisateur)
    return tuple(
        ContratFige(
            nom=noms[c.id],
            est_signe=c.est_signe,
            phase=str(Phase(phases.get(c.id, c.phase)).label),
            debut=c.debut,
            fin=c.fin,
            communes=c.communes,
            population=c.population,
            actions=actions.get(c.id),
        )
        for c in lus
    )


def _phases(contrats: list[UUID], le: date) -> dict[UUID, str]:
    with connection.cursor() as curseur:
        curseur.execute(SQL_PHASES, {"contrats": contrats, "le": le})
        return dict(curseur.fetchall())


def _actions(contrats: list[UUID], utilisateur: Any) -> dict[UUID, int]:
    """Zéro pour un contrat suivi sans fiche ; absent s’il n’est pas suivi."""
    suivis: Any = Contrat.objects.suivis_par(utilisateur).filter(pk__anyof=contrats)
    comptes = dict.fromkeys(suivis.values_list("pk", flat=True), 0)
    lisibles: Any = Action.objects.lisibles_par(utilisateur).filter(contrat__in=suivis)
    for (contrat,), nombre in lisibles.croisement("contrat").items():
        comptes[contrat] = nombre
    return comptes


def fins_figees(
    lus: Collection[ContratDuChiffre], noms: Mapping[UUID, str], le: date
) -> tuple[FinFigee, ...]:
    """Les contrats signés dont la fin connue vient dans les deux ans, la plus proche d’abord."""
    limite = dans_deux_ans(le)
    finissent = [c for c in lus if c.est_signe and c.fin is not None and c.fin <= limite]
    suites = set(
        Contrat.objects.exclude(phase__in=PHASES_TERMINEES)
        .filter(contrat_precedent__in=[c.id for c in finissent])
        .values_list("contrat_precedent", flat=True)
    )
    figees = (
        FinFigee(
            nom=noms[c.id],
            fin=c.fin,
            communes=c.communes,
            population=c.population,
            a_une_suite=c.id in suites,
        )
        for c in finissent
        if c.fin is not None
    )
    return tuple(sorted(figees, key=lambda fin: (fin.fin, fin.nom)))


def dans_deux_ans(le: date) -> date:
    jour = 28 if (le.month, le.day) == (2, 29) else le.day
    return date(le.year + MOIS_A_VENIR // 12, le.month, jour)


def faits_figes(place: Place, le: date, utilisateur: Any) -> tuple[FaitFige, ...]:
    """Ce qui a été signé, fini, arrêté ou modifié depuis un an, du plus récent au plus ancien."""
    lus = reunir(evenements(un_an_avant(le), le, place))
    liens = liens_des_contrats(
        utilisateur,
        {fait.contrat: fait.contrat_nom for fait in lus},
        projets=[fait.contrat for fait in lus if not fait.est_signe],
    )
    return tuple(
        FaitFige(
            genre=str(GenreEvenement(fait.genre).label),
            le=fait.le,
            contrat=liens[fait.contrat].nom,
            communes=fait.communes,
            population=fait.population,
            precision=_precision(fait),
            jusqu_au=fait.jusqu_au,
        )
        for fait in lus
    )


def _precision(fait: Any) -> str:
    """L’objet d’un avenant, la raison d’un arrêt, ou les communes entrées et sorties."""
    if fait.genre in {GenreEvenement.ENTREE, GenreEvenement.SORTIE}:
        suite = "…" if fait.communes > len(fait.noms) else ""
        return f"{', '.join(fait.noms)}{suite}"
    return str(fait.precision)
