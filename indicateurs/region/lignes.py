"""Un indicateur du catalogue, contrat par contrat : sa valeur d’une année, et ce qu’elle vaut."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from contrats.models import Contrat
from indicateurs.calcul.lecture import lire_les_saisies
from indicateurs.calcul.pilotage.comptes import compter
from indicateurs.calcul.pilotage.vue import Point, Vue
from indicateurs.calcul.resolution import Calculees
from indicateurs.models import Calcul, Indicateur, IndicateurModele, Qualite
from indicateurs.region.formules import lire_les_formules
from indicateurs.series import Releve

A_PART = "À lire seul : un de ses termes ne s’additionne pas d’un contrat à l’autre."
SANS_VALEUR = "Pas de valeur cette année-là."


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneDeContrat:
    """`indicateur` : sa clé, sa fiche dit tout."""

    contrat: str
    indicateur: UUID
    libelle: str
    valeur: Decimal | None
    numerateur: Decimal | None
    denominateur: Decimal | None
    note: str


def lignes_de(
    contrats: Sequence[Contrat], modele: IndicateurModele, annee: int, le: date
) -> list[LigneDeContrat]:
    """Tous les indicateurs du modèle, par contrat ; le nombre de requêtes est fixe."""
    par_contrat = {contrat.pk: contrat for contrat in contrats}
    choisis = Indicateur.objects.filter(modele=modele, contrat__in=list(par_contrat))
    indicateurs = {i.pk: i for i in choisis.order_by("contrat__cle_tri", "contrat", "ordre", "pk")}
    saisis = {pk: i for pk, i in indicateurs.items() if i.calcul == Calcul.SAISIE}
    lues = lire_les_saisies(saisis, {pk: i.contrat_id for pk, i in saisis.items()}, le)
    _piloter(indicateurs.values(), contrats, lues, le)
    a_part = _calculer(indicateurs.values(), contrats, lues, le)
    return [
        _ligne(
            i,
            par_contrat[i.contrat_id],
            lues.en(i.pk, annee),
            f"{_note(i, lues, annee)} {A_PART if i.pk in a_part else ''}".strip(),
        )
        for i in indicateurs.values()
    ]


def _piloter(
    indicateurs: Iterable[Indicateur], contrats: Sequence[Contrat], lues: Calculees, le: date
) -> None:
    calcules = [i for i in indicateurs if i.calcul == Calcul.PILOTAGE]
    if not calcules:
        return
    points = compter(Vue(contrats, le), {i.pilotage for i in calcules})
    for i in calcules:
        siens: dict[int, Point] = dict(points.get((i.contrat_id, i.pilotage), {}))
        lues.releves[i.pk] = tuple(siens[a].releve for a in sorted(siens))


def _calculer(
    indicateurs: Iterable[Indicateur], contrats: Sequence[Contrat], lues: Calculees, le: date
) -> set[UUID]:
    """Les formules ; rend celles qui ne se réunissent pas."""
    ecrites = [i for i in indicateurs if i.calcul == Calcul.FORMULE]
    formules = lire_les_formules(ecrites, contrats, le)
    for i in ecrites:
        lues.releves[i.pk] = formules.lues.releves[i.pk]
        lues.provenances[i.pk] = formules.lues.provenances.get(i.pk, {})
    lues.erreurs.update(formules.lues.erreurs)
    return {i.pk for i in ecrites if not formules.s_additionne(i)}


def _ligne(
    indicateur: Indicateur, contrat: Contrat, releve: Releve | None, note: str
) -> LigneDeContrat:
    return LigneDeContrat(
        contrat=contrat.nom,
        indicateur=indicateur.pk,
        libelle=indicateur.libelle,
        valeur=releve.valeur if releve else None,
        numerateur=releve.numerateur if releve else None,
        denominateur=releve.denominateur if releve else None,
        note=note,
    )


def _note(indicateur: Indicateur, lues: Calculees, annee: int) -> str:
    """Ce qui manque, ou ce qui fait la valeur."""
    if erreur := lues.erreurs.get(indicateur.pk):
        return erreur
    releve = lues.en(indicateur.pk, annee)
    provenance = lues.provenances.get(indicateur.pk, {}).get(annee)
    dite = provenance and (provenance.motif or provenance.phrase)
    if releve is None:
        return dite or SANS_VALEUR
    qualite = "" if releve.qualite == Qualite.DEFINITIVE else f"{Qualite(releve.qualite).label}."
    return " ".join(mot for mot in (qualite, dite) if mot)
