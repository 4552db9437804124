"""La seule lecture des séries annuelles d’un contrat, saisies ou calculées."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from contrats.models import Contrat
from indicateurs.calcul.annuel import Regle, annees
from indicateurs.calcul.composition import Valeur
from indicateurs.calcul.facteur import facteur
from indicateurs.calcul.formule import repertoire_de
from indicateurs.calcul.lieux import lieux_des_contrats
from indicateurs.calcul.pilotage.comptes import compter
from indicateurs.calcul.pilotage.vue import Vue
from indicateurs.calcul.provenance import Origine, Provenance
from indicateurs.calcul.repertoire import Repertoire
from indicateurs.calcul.resolution import Calculees, resoudre
from indicateurs.lecture import serie_avec
from indicateurs.models import Calcul, Indicateur, Mesure
from indicateurs.publication import RIEN, secrets_de
from indicateurs.series import Releve, Serie, publiable

COLONNES = (
    "indicateur_id", "periode_debut", "periode_fin", "niveau_territoire", "code_territoire",
    "annee", "valeur", "qualite", "numerateur", "denominateur",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lecture:
    """`provenances` : par indicateur et par année, d’où vient la valeur et ce qui y manque.

    `erreurs` : pourquoi une formule ne donne aucune valeur, quelle que soit l’année.
    """

    series: Mapping[UUID, Serie]
    provenances: Mapping[UUID, Mapping[int, Provenance]] = field(default_factory=dict)
    erreurs: Mapping[UUID, str] = field(default_factory=dict)

    def de(self, indicateur: UUID, annee: int) -> Provenance | None:
        return self.provenances.get(indicateur, {}).get(annee)


def series_du_contrat(
    contrat: Contrat,
    indicateurs: Iterable[Indicateur] | None = None,
    *,
    le: date | None = None,
) -> dict[UUID, Serie]:
    """Par indicateur, toutes les années connues, sans masquage : pour qui suit le contrat.

    `indicateurs` : ceux-là seulement, s’ils sont du contrat ; sans eux, tous. `le` : le jour d’où
    l’on regarde, aujourd’hui par défaut. Le nombre de requêtes ne dépend pas de leur nombre.
    """
    return dict(lecture_du_contrat(contrat, indicateurs, le=le).series)


def series_publiees(
    contrat: Contrat, indicateurs: Iterable[Indicateur], *, jusqu_a: int, le: date
) -> dict[UUID, Serie]:
    """Ce que tout le monde peut lire, jusqu’à cette année : secret statistique appliqué.

    Une formule se calcule sur des valeurs déjà masquées : elle ne laisse retrouver aucune d’elles.
    """
    return {
        pk: serie.jusqu_a(jusqu_a)
        for pk, serie in _lire(contrat, indicateurs, le, est_publiee=True).series.items()
    }


def lecture_du_contrat(
    contrat: Contrat,
    indicateurs: Iterable[Indicateur] | None = None,
    *,
    le: date | None = None,
) -> Lecture:
    """Les mêmes séries que `series_du_contrat`, avec la provenance de chaque année."""
    choisis = contrat.indicateurs.dans_l_ordre() if indicateurs is None else indicateurs
    return _lire(contrat, choisis, le or timezone.localdate(), est_publiee=False)


def _lire(
    contrat: Contrat, indicateurs: Iterable[Indicateur], le: date, *, est_publiee: bool
) -> Lecture:
    choisis = list(indicateurs)
    repertoire = _repertoire(contrat, choisis)
    utiles = repertoire.fermeture(i.pk for i in choisis)
    connus = {pk: repertoire.indicateurs[pk] for pk in utiles}
    lues = _saisies(contrat, connus, le)
    lues.ajouter(_de_pilotage(contrat, connus, le))
    if est_publiee:
        _masquer(lues, connus)
    resoudre(repertoire, [i.pk for i in choisis], lues)
    series = {i.pk: serie_avec(i, lues.releves.get(i.pk, ())) for i in choisis}
    if est_publiee:
        series = {i.pk: _publiable(i, series[i.pk]) for i in choisis}
    provenances = {i.pk: lues.provenances.get(i.pk, {}) for i in choisis}
    return Lecture(series, provenances, lues.erreurs)


def _repertoire(contrat: Contrat, choisis: Sequence[Indicateur]) -> Repertoire:
    """Tout le contrat dès qu’une formule peut citer un autre indicateur que ceux-là."""
    if not any(i.calcul == Calcul.FORMULE for i in choisis):
        return Repertoire({i.pk: i for i in choisis})
    entier = repertoire_de(contrat)
    return Repertoire({**entier.indicateurs, **{i.pk: i for i in choisis}}, entier.lies)


def _saisies(contrat: Contrat, connus: Mapping[UUID, Indicateur], le: date) -> Calculees:
    saisis = {pk: i for pk, i in connus.items() if i.calcul == Calcul.SAISIE}
    return lire_les_saisies(saisis, dict.fromkeys(saisis, contrat.pk), le)


def lire_les_saisies(
    indicateurs: Mapping[UUID, Indicateur], contrats: Mapping[UUID, UUID], le: date
) -> Calculees:
    """Une requête, deux de plus si un territoire a sa valeur. `contrats` : celui de chacun."""
    valeurs: dict[UUID, list[Valeur]] = defaultdict(list)
    lignes = Mesure.objects.filter(indicateur__in=list(indicateurs))
    ordonnees = lignes.order_by("periode_fin", "periode_debut")
    for pk, debut, fin, niveau, code, *reste in ordonnees.values_list(*COLONNES):
        releve = Releve(
            annee=reste[0],
            valeur=reste[1],
            qualite=reste[2],
            numerateur=reste[3],
            denominateur=reste[4],
        )
        valeurs[pk].append(Valeur(debut=debut, fin=fin, releve=releve, niveau=niveau, code=code))
    cites = {(v.niveau, v.code) for siennes in valeurs.values() for v in siennes if v.code}
    lieux = lieux_des_contrats(set(contrats.values()), cites, le)
    lues = Calculees()
    for pk, siennes in valeurs.items():
        regle = regle_de(indicateurs[pk])
        lues.releves[pk], lues.provenances[pk] = annees(regle, siennes, lieux(contrats[pk]))
    return lues


def regle_de(indicateur: Indicateur) -> Regle:
    return Regle(
        agregation=indicateur.agregation,
        facteur=facteur(indicateur.unite),
        periodicite=indicateur.periodicite,
        niveau=indicateur.niveau,
    )


def _de_pilotage(contrat: Contrat, connus: Mapping[UUID, Indicateur], le: date) -> Calculees:
    mesures = {pk: i.pilotage for pk, i in connus.items() if i.calcul == Calcul.PILOTAGE}
    points = compter(Vue([contrat], le), set(mesures.values())) if mesures else {}
    lues = Calculees()
    for pk, mesure in mesures.items():
        siens = points.get((contrat.pk, mesure), {})
        lues.releves[pk] = tuple(siens[annee].releve for annee in sorted(siens))
        lues.provenances[pk] = {
            annee: Provenance(annee=annee, origine=Origine.PILOTAGE, phrase=p.phrase, motif=p.motif)
            for annee, p in siens.items()
        }
    return lues


def _masquer(lues: Calculees, connus: Mapping[UUID, Indicateur]) -> None:
    secrets = secrets_de(connus, lues.releves)
    for pk, releves in lues.releves.items():
        serie, tues = serie_avec(connus[pk], releves), secrets.get(pk, RIEN).annees
        lues.releves[pk] = _publiable(connus[pk], serie, tues).releves


def _publiable(indicateur: Indicateur, serie: Serie, tues: Collection[int] = frozenset()) -> Serie:
    """Ce que la plateforme compte (actions, euros, communes, organisations) n’est personne."""
    if indicateur.calcul == Calcul.PILOTAGE:
        return serie
    return publiable(serie, settings.SEUIL_SECRET_STATISTIQUE, tues=tues)
