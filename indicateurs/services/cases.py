"""Écrire beaucoup de cases d’un coup : chacune pour elle, toutes en quelques instructions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from acteurs.droits import Droit
from cls_platform.socle.ecriture_groupee import inserer, mettre_a_jour
from contrats.models import Contrat
from contrats.permissions import droits_sur, refus
from indicateurs.grille.annees import est_entiere
from indicateurs.grille.cles import Cle, Demande
from indicateurs.grille.etude import (
    A_DES_PARTS,
    SANS_TOTAL,
    EtatDesCases,
    Issue,
    Sort,
    etudier,
)
from indicateurs.models import Mesure, Modalite, Ventilation
from indicateurs.saisie_case import ecrire_case
from indicateurs.services.mesures import saisissables

COLONNES = ("valeur", "numerateur", "denominateur", "qualite")


@transaction.atomic
def saisir_cases(
    *, contrat: Contrat, demandes: Sequence[Demande], par: Any, via: str = "page"
) -> list[Issue]:
    """Écrit chaque case qui se tient ; les autres disent pourquoi et rien d’elles ne change.

    Lève DroitRefuse pour qui ne saisit aucune valeur de ce contrat.
    """
    droits = _exiger(contrat, par)
    if not demandes:
        return []
    etat = _lire(contrat, demandes, saisissables(par, contrat, droits))
    issues = [etudier(demande, etat) for demande in demandes]
    issues = _accorder(issues, etat)
    _ecrire([issue for issue in issues if issue.est_prise], etat, par=par, via=via)
    return issues


@transaction.atomic
def etudier_cases(*, contrat: Contrat, demandes: Sequence[Demande], par: Any) -> list[Issue]:
    """Ce que ces cases changeraient aujourd’hui, sans rien écrire ; chacune porte sa version."""
    droits = _exiger(contrat, par)
    etat = _lire(contrat, demandes, saisissables(par, contrat, droits))
    a_jour = [
        replace(d, version=etat.valeurs[d.cle].version if d.cle in etat.valeurs else 0)
        for d in demandes
    ]
    return _accorder([etudier(demande, etat) for demande in a_jour], etat)


def _exiger(contrat: Contrat, par: Any) -> frozenset[Droit]:
    droits = droits_sur(par, contrat)
    if not droits & {Droit.SAISIR_MESURES, Droit.SAISIR_SES_MESURES}:
        raise refus(Droit.SAISIR_MESURES)
    return droits


def _lire(contrat: Contrat, demandes: Sequence[Demande], permises: set[UUID]) -> EtatDesCases:
    """Verrouille les indicateurs en cause : deux saisies d’une même case se suivent."""
    cles = {demande.cle.indicateur for demande in demandes}
    annees = sorted({demande.cle.annee for demande in demandes})
    verrous = contrat.indicateurs.select_for_update(of=("self",)).order_by("pk")
    indicateurs = {i.pk: i for i in verrous.filter(pk__in=cles)}
    avec_parts = any(demande.cle.modalite for demande in demandes)
    etat = EtatDesCases(
        indicateurs=indicateurs,
        saisissables=permises,
        modalites=set(Modalite.objects.values_list("pk", flat=True)) if avec_parts else set(),
    )
    _lire_les_mesures(etat, annees)
    _lire_les_parts(etat)
    etat.anciennes = _anciennes(demandes, etat)
    return etat


def _lire_les_mesures(etat: EtatDesCases, annees: Sequence[int]) -> None:
    mesures = Mesure.objects.filter(indicateur__in=list(etat.indicateurs), annee__in=annees)
    autres = set()
    for mesure in mesures.select_related("modifie_par"):
        cle = Cle(mesure.indicateur_id, mesure.annee)
        if est_entiere(mesure):
            etat.valeurs[cle] = mesure
        else:
            autres.add((cle.indicateur, cle.annee))
    etat.en_periodes = {c for c in autres if Cle(*c) not in etat.valeurs}


def _lire_les_parts(etat: EtatDesCases) -> None:
    """Celles des valeurs lues ; une valeur qui se vide ne doit pas en laisser."""
    par_mesure = {mesure.pk: cle for cle, mesure in etat.valeurs.items()}
    parts = Ventilation.objects.filter(mesure__in=list(par_mesure)).select_related("modifie_par")
    for part in parts:
        cle = par_mesure[part.mesure_id]
        etat.valeurs[Cle(cle.indicateur, cle.annee, part.modalite_id)] = part


def _anciennes(demandes: Iterable[Demande], etat: EtatDesCases) -> dict[tuple[Cle, int], str]:
    """Ce que disaient les versions dépassées : une case que l’on n’a pas touchée n’écrase rien."""
    perimees: dict[type, dict[tuple[UUID, int], Cle]] = {Mesure: {}, Ventilation: {}}
    for demande in demandes:
        objet = etat.valeurs.get(demande.cle)
        if objet is not None and 0 < demande.version < objet.version:
            perimees[type(objet)][objet.pk, demande.version] = demande.cle
    trouvees = {}
    for modele, attendues in perimees.items():
        for copie in _copies(modele, attendues):
            cle = attendues.get((copie.pgh_obj_id, copie.version))
            if cle:
                trouvees[cle, copie.version] = ecrire_case(copie)
    return trouvees


def _copies(modele: Any, attendues: dict[tuple[UUID, int], Cle]) -> Iterable[Any]:
    if not attendues:
        return ()
    copies: Any = modele.events.rel.related_model
    return copies.objects.filter(pgh_obj_id__in={pk for pk, _ in attendues})


def _accorder(issues: list[Issue], etat: EtatDesCases) -> list[Issue]:
    """Une part suit son total : pas de part sans total, pas de total vidé qui garde ses parts."""
    restent: dict[tuple[UUID, int], set[str]] = defaultdict(set)
    for cle in etat.valeurs:
        if cle.modalite:
            restent[cle.indicateur, cle.annee].add(cle.modalite)
    totaux = {(c.indicateur, c.annee) for c in etat.valeurs if not c.modalite}
    for issue in issues:
        cle, lieu = issue.demande.cle, (issue.demande.cle.indicateur, issue.demande.cle.annee)
        if not issue.est_prise:
            continue
        if not cle.modalite and issue.lue:
            totaux.add(lieu)
        elif cle.modalite and issue.lue is None:
            restent[lieu].discard(cle.modalite)
    return [_accordee(issue, totaux, restent) for issue in issues]


def _accordee(
    issue: Issue, totaux: set[tuple[UUID, int]], restent: dict[tuple[UUID, int], set[str]]
) -> Issue:
    cle = issue.demande.cle
    lieu = (cle.indicateur, cle.annee)
    if issue.est_prise and cle.modalite and issue.lue and lieu not in totaux:
        return Issue(issue.demande, Sort.REFUSEE, SANS_TOTAL, avant=issue.avant)
    if issue.est_prise and not cle.modalite and issue.lue is None and restent[lieu]:
        return Issue(issue.demande, Sort.REFUSEE, A_DES_PARTS, objet=issue.objet, avant=issue.avant)
    return issue


def _ecrire(prises: list[Issue], etat: EtatDesCases, *, par: Any, via: str) -> None:
    """Les parts vidées d’abord, puis les totaux, puis les parts écrites."""
    signe = {"modifie_le": timezone.now(), "modifie_par": par.pk, "modifie_via": via}
    parts = [i for i in prises if i.demande.cle.modalite]
    totaux = [i for i in prises if not i.demande.cle.modalite]
    _effacer(Ventilation, [i.objet.pk for i in parts if i.lue is None], signe)
    _effacer(Mesure, [i.objet.pk for i in totaux if i.lue is None], signe)
    neuves = _creer_les_mesures([i for i in totaux if i.lue and i.objet is None], signe)
    _modifier(Mesure, [i for i in totaux if i.lue and i.objet], signe)
    _creer_les_parts([i for i in parts if i.lue and i.objet is None], neuves, etat, signe)
    _modifier(Ventilation, [i for i in parts if i.lue and i.objet], signe)


def _effacer(modele: Any, cles: list[UUID], signe: dict[str, Any]) -> None:
    """Le dernier état que garde l’historique dit qui a vidé la case."""
    if cles:
        mettre_a_jour(modele, cles, colonnes={}, communes=signe, compteur="version")
        modele.objects.filter(pk__in=cles).delete()


def _creer_les_mesures(issues: list[Issue], signe: dict[str, Any]) -> dict[Cle, UUID]:
    if not issues:
        return {}
    cles = [issue.demande.cle for issue in issues]
    neuves = {cle: uuid4() for cle in cles}
    colonnes: dict[str, list[Any]] = {
        "id": list(neuves.values()),
        "indicateur": [cle.indicateur for cle in cles],
        "periode_debut": [f"{cle.annee}-01-01" for cle in cles],
        "periode_fin": [f"{cle.annee}-12-31" for cle in cles],
    }
    inserer(Mesure, colonnes=colonnes | _valeurs(issues), communes=signe)
    return neuves


def _modifier(modele: Any, issues: list[Issue], signe: dict[str, Any]) -> None:
    if issues:
        cles = [issue.objet.pk for issue in issues]
        mettre_a_jour(modele, cles, colonnes=_valeurs(issues), communes=signe, compteur="version")


def _creer_les_parts(
    issues: list[Issue], neuves: dict[Cle, UUID], etat: EtatDesCases, signe: dict[str, Any]
) -> None:
    if not issues:
        return
    totaux = [Cle(i.demande.cle.indicateur, i.demande.cle.annee) for i in issues]
    colonnes: dict[str, list[Any]] = {
        "mesure": [neuves.get(cle) or etat.valeurs[cle].pk for cle in totaux],
        "modalite": [issue.demande.cle.modalite for issue in issues],
    }
    inserer(Ventilation, colonnes=colonnes | _valeurs(issues), communes=signe)


def _valeurs(issues: list[Issue]) -> dict[str, list[Any]]:
    lues = [issue.lue.champs() for issue in issues if issue.lue]
    return {nom: [lue[nom] for lue in lues] for nom in COLONNES}
