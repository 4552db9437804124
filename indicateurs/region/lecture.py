"""Chaque indicateur du catalogue, réuni sur les contrats d’une région, année par année.

Une somme s’additionne, un rapport se refait sur les sommes, une moyenne se pondère. Le reste ne se
réunit pas : la plus petite et la plus grande valeur, jamais leur moyenne. Un indicateur de contexte
non plus : deux contrats se partagent des habitants, et la région a sa propre valeur publiée. Une
formule se calcule dans chaque contrat ; son résultat se réunit si ses termes s’additionnent.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count

from contrats.models import Contrat
from indicateurs.calcul.facteur import facteur
from indicateurs.calcul.lecture import lire_les_saisies
from indicateurs.calcul.pilotage.comptes import compter
from indicateurs.calcul.pilotage.vue import Vue
from indicateurs.models import (
    Agregation,
    Calcul,
    Indicateur,
    IndicateurModele,
    MesureDePilotage,
    TypeIndicateur,
)
from indicateurs.region.formules import PLUS_GRANDS, lire_les_formules
from indicateurs.region.simples import Somme, Sommes, sommes_simples
from indicateurs.series import Releve, au_dix_millieme

UNITE_QUI_COMPTE = "nombre"
ADAPTE = "autre unité ou autre agrégation"
FORMULE = "calculé par une formule dont un terme ne s’additionne pas"
SECRET, INDISPONIBLE = "secret statistique", "non disponible"
SANS_NOMBRES = "sans numérateur ni dénominateur"
SANS_EFFECTIF = "sans effectif"
DE_CONTEXTE = "indicateur de contexte : la région a sa propre valeur"
NE_S_ADDITIONNE_PAS = "ne s’additionne pas"
PLUS_GRAND_QU_UN_CONTRAT = "décrit un territoire plus grand qu’un contrat"
# La région entière, ou une requête par contrat : la liste les donne
PROPRES_AU_CONTRAT = (
    MesureDePilotage.POPULATION_COUVERTE,
    MesureDePilotage.COMMUNES_COUVERTES,
    MesureDePilotage.PARTENAIRES_MOBILISES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuni:
    """Une année d’un indicateur. `valeur` None : `raison` dit pourquoi rien n’est réuni.

    `contrats` : ceux qui ont une valeur. `reunies` : combien de valeurs font celle-ci, sur
    `valeurs` connues. `ecartes` : ce qui n’y est pas, motif → nombre d’indicateurs.
    """

    annee: int
    valeur: Decimal | None
    contrats: int
    valeurs: int
    reunies: int
    minimum: Decimal | None
    maximum: Decimal | None
    raison: str = ""
    ecartes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suivi:
    """Un indicateur du catalogue, et ce que les contrats en disent. `suivi_par` : combien l’ont.

    `raison` : pourquoi il ne se réunit jamais ; vide s’il se réunit.
    """

    modele: IndicateurModele
    suivi_par: int
    annees: Mapping[int, Reuni]
    ecartes: Mapping[str, int] = field(default_factory=dict)
    raison: str = ""


class Groupe(NamedTuple):
    """Les indicateurs d’un modèle qui ont la même unité et la même agrégation, sans formule."""

    modele: str
    unite: str
    agregation: str
    nombre: int


# Modèle → motif → nombre d’indicateurs
Ecartes = dict[str, Counter[str]]


def region(
    contrats: Sequence[Contrat],
    modeles: Collection[IndicateurModele],
    *,
    le: date,
    annee: int | None = None,
) -> list[Suivi]:
    """Ceux qu’au moins un contrat suit, dans l’ordre des modèles. `annee` : elle seule.

    Le nombre de requêtes ne dépend ni des contrats, ni des indicateurs, ni des valeurs.
    """
    cles = [contrat.pk for contrat in contrats]
    par_code = {modele.pk: modele for modele in modeles}
    siens = Indicateur.objects.filter(contrat__pk__anyof=cles, modele__in=list(par_code)).order_by()
    groupes = [
        Groupe(*ligne)
        for ligne in siens.exclude(calcul=Calcul.FORMULE)
        .values_list("modele_id", "unite", "agregation")
        .annotate(nombre=Count("pk"))
    ]
    suivi_par = dict(siens.values_list("modele_id").annotate(n=Count("contrat", distinct=True)))
    comparables = {
        (g.modele, g.unite, g.agregation) for g in groupes if not _ecart(par_code[g.modele], g)
    }
    ecartes: Ecartes = defaultdict(Counter)
    for groupe in groupes:
        if motif := _ecart(par_code[groupe.modele], groupe):
            ecartes[groupe.modele][motif] += groupe.nombre
    sommes, a_composer = sommes_simples(cles, comparables, annee)
    _composer(sommes, a_composer, le)
    _piloter(sommes, siens, contrats, le, annee)
    _calculer(sommes, ecartes, siens, contrats, le, annee)
    return [
        _suivi(modele, suivi_par[code], ecartes[code], sommes)
        for code, modele in par_code.items()
        if code in suivi_par
    ]


def _composer(sommes: Sommes, couples: Collection[tuple[UUID, int]], le: date) -> None:
    """Des périodes qui se recouvrent, des communes : la règle de tous les contrats."""
    if not couples:
        return
    concernes = Indicateur.objects.in_bulk({pk for pk, _ in couples})
    contrats = {pk: i.contrat_id for pk, i in concernes.items()}
    lues = lire_les_saisies(concernes, contrats, le)
    for pk, indicateur in concernes.items():
        for releve in lues.releves.get(pk, ()):
            if (pk, releve.annee) in couples:
                _ajouter(sommes, indicateur, releve)


def _piloter(
    sommes: Sommes, siens: Any, contrats: Sequence[Contrat], le: date, annee: int | None
) -> None:
    """Ce que la plateforme compte elle-même, dans les contrats qui le suivent."""
    calcules = [
        i
        for i in siens.filter(calcul=Calcul.PILOTAGE).select_related("modele")
        if i.pilotage not in PROPRES_AU_CONTRAT and not _ecart(i.modele, i)
    ]
    mesures = {i.pilotage for i in calcules}
    points = compter(Vue(contrats, le), mesures) if mesures else {}
    for indicateur in calcules:
        for an, point in points.get((indicateur.contrat_id, indicateur.pilotage), {}).items():
            if annee in (None, an):
                _ajouter(sommes, indicateur, point.releve)


def _calculer(
    sommes: Sommes,
    ecartes: Ecartes,
    siens: Any,
    contrats: Sequence[Contrat],
    le: date,
    annee: int | None,
) -> None:
    """Les formules, chacune chez elle ; celles qui ne se réunissent pas vont à `ecartes`."""
    ecrites = list(siens.filter(calcul=Calcul.FORMULE).select_related("modele"))
    if not ecrites:
        return
    formules = lire_les_formules(ecrites, contrats, le)
    for indicateur in ecrites:
        motif = _ecart(indicateur.modele, indicateur)
        if not motif and not formules.s_additionne(indicateur):
            motif = FORMULE
        if motif:
            ecartes[indicateur.modele_id][motif] += 1
            continue
        for releve in formules.lues.releves[indicateur.pk]:
            if annee in (None, releve.annee):
                _ajouter(sommes, indicateur, releve)


def _ajouter(sommes: Sommes, indicateur: Indicateur, releve: Releve) -> None:
    cle = (str(indicateur.modele_id), releve.annee)
    somme = sommes.setdefault(cle, Somme(contrats=set()))
    if releve.valeur is None:
        somme.secretes += releve.est_secret
        somme.indisponibles += not releve.est_secret
        return
    somme.contrats.add(indicateur.contrat_id)
    somme.valeurs += 1
    somme.total += releve.valeur
    connues = [v for v in (somme.minimum, somme.maximum, releve.valeur) if v is not None]
    somme.minimum, somme.maximum = min(connues), max(connues)
    if not releve.denominateur:
        return
    somme.avec_poids += 1
    somme.ponderee += releve.valeur * releve.denominateur
    somme.poids += releve.denominateur
    if releve.numerateur is not None:
        somme.avec_nombres += 1
        somme.haut += releve.numerateur
        somme.bas += releve.denominateur


def _suivi(
    modele: IndicateurModele, suivi_par: int, ecartes: Mapping[str, int], sommes: Sommes
) -> Suivi:
    return Suivi(
        modele=modele,
        suivi_par=suivi_par,
        annees={
            an: _reunir(modele, an, somme)
            for (code, an), somme in sorted(sommes.items())
            if code == modele.pk
        },
        ecartes=dict(ecartes),
        raison=raison_de_ne_pas_reunir(modele),
    )


def personne_ne_le_suit(modele: IndicateurModele) -> Suivi:
    return Suivi(modele=modele, suivi_par=0, annees={}, raison=raison_de_ne_pas_reunir(modele))


def raison_de_ne_pas_reunir(modele: IndicateurModele) -> str:
    """Vide si les valeurs de plusieurs contrats font ensemble une valeur."""
    if modele.type == TypeIndicateur.CONTEXTE:
        return DE_CONTEXTE
    if modele.niveau in PLUS_GRANDS:
        return PLUS_GRAND_QU_UN_CONTRAT
    if modele.agregation in {Agregation.DERNIERE_VALEUR, Agregation.NON_AGREGABLE}:
        return NE_S_ADDITIONNE_PAS
    return ""


def _ecart(modele: IndicateurModele, lu: Groupe | Indicateur) -> str:
    """Pourquoi aucune de ses valeurs ne se lit avec les autres ; vide sinon.

    « nombre » se lit avec toute unité qui compte (personnes, élèves…), jamais avec un taux.
    """
    compte = modele.unite == UNITE_QUI_COMPTE and facteur(lu.unite) == 1
    if lu.agregation != modele.agregation or not (lu.unite == modele.unite or compte):
        return ADAPTE
    return ""


def _reunir(modele: IndicateurModele, annee: int, somme: Somme) -> Reuni:
    valeur, reunies, raison, manque = _valeur(modele, somme)
    motifs = {SECRET: somme.secretes, INDISPONIBLE: somme.indisponibles}
    if manque:
        motifs[manque] = somme.valeurs - reunies
    return Reuni(
        annee=annee,
        valeur=valeur,
        contrats=len(somme.contrats),
        valeurs=somme.valeurs,
        reunies=reunies,
        minimum=somme.minimum,
        maximum=somme.maximum,
        raison=raison,
        ecartes={motif: nombre for motif, nombre in motifs.items() if nombre},
    )


def _valeur(modele: IndicateurModele, somme: Somme) -> tuple[Decimal | None, int, str, str]:
    """(valeur réunie, nombre de valeurs qui la font, raison de son absence, ce qui écarte)."""
    if raison := raison_de_ne_pas_reunir(modele):
        return None, 0, raison, ""
    if modele.agregation == Agregation.RATIO:
        multiple = facteur(modele.unite)
        return _quotient(somme.haut * multiple, somme.bas, somme.avec_nombres, SANS_NOMBRES)
    if modele.agregation == Agregation.MOYENNE:
        return _quotient(somme.ponderee, somme.poids, somme.avec_poids, SANS_EFFECTIF)
    return somme.total if somme.valeurs else None, somme.valeurs, "", ""


def _quotient(
    haut: Decimal, bas: Decimal, reunies: int, manque: str
) -> tuple[Decimal | None, int, str, str]:
    if not bas:
        return None, 0, manque, ""
    return au_dix_millieme(haut / bas), reunies, "", manque
