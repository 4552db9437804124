"""Le bilan technique, lu dans la base le jour donné : un nombre fixe de requêtes.

Une fiche réservée à l’équipe du plan n’y est pas, ni un indicateur qui ne mesure que de telles
fiches : le document va au comité de pilotage et à l’agence régionale de santé.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from bilans.models import Bilan
from bilans.palette import couleurs_des_volets
from bilans.technique.donnees import (
    SCHEMA,
    Apport,
    Avenant,
    Axe,
    Depense,
    Etape,
    Fait,
    Fiche,
    Indicateur,
    Technique,
)
from bilans.technique.reunions import lire_decisions, lire_instances
from contrats import etapes
from contrats.etats import Phase, StatutAction
from contrats.models import (
    ActionActeur,
    Contrat,
    Financement,
    Jalon,
    LigneBudget,
    NoteSuivi,
    PassageStatut,
    StatutFinancement,
    Theme,
)
from contrats.models.selections_fiche import DANS_L_ARBRE
from contrats.tableur.etat import Branches, branches_de
from indicateurs.calcul.lecture import series_publiees
from indicateurs.models import Indicateur as IndicateurDuContrat

PLACES_DU_TAUX = 4


def lire_technique(bilan: Bilan, *, arrete_le: date) -> Technique:
    """Une vingtaine de requêtes, quel que soit le nombre de fiches."""
    contrat, annee = bilan.contrat, bilan.annee
    mesures = list(contrat.indicateurs.dans_l_ordre().prefetch_related("actions"))
    actions = _actions(contrat, annee, arrete_le)
    lisibles = {action.pk for action in actions}
    montrees = [i for i in mesures if _est_montre(i, lisibles)]
    return Technique(
        schema=SCHEMA,
        annee=annee,
        edition=bilan.edition,
        arrete_le=arrete_le,
        phase=Phase(contrat.phase).label,
        avenants=tuple(_avenants(contrat, annee)),
        instances=lire_instances(contrat, annee),
        decisions=lire_decisions(contrat, annee),
        axes=tuple(_axes(actions, branches_de(contrat), _par_action(montrees), arrete_le)),
        indicateurs=tuple(_indicateurs(contrat, montrees, annee, arrete_le)),
        reservees=contrat.actions.restreintes().count(),
    )


def _est_montre(indicateur: IndicateurDuContrat, lisibles: set[UUID]) -> bool:
    liees = [action.pk for action in indicateur.actions.all()]
    return not liees or any(pk in lisibles for pk in liees)


def _actions(contrat: Contrat, annee: int, le: date) -> list[Any]:
    de_l_annee = PassageStatut.objects.filter(le__year=annee).order_by("le", "pk")
    notes = NoteSuivi.objects.filter(annee=annee).order_by("date_note", "cree_le", "pk")
    acteurs = ActionActeur.objects.select_related("acteur").order_by("acteur__cle_tri", "pk")
    liens = (
        Prefetch("themes", Theme.objects.tries()),
        Prefetch("jalons", Jalon.objects.dans_l_ordre().select_related("pilote")),
        Prefetch("lignes_budget", LigneBudget.objects.pour_fiche()),
        Prefetch("financements", Financement.objects.pour_fiche()),
        Prefetch("notes", notes),
        Prefetch("passages", de_l_annee),
        Prefetch("liens_acteurs", acteurs),
    )
    lisibles: Any = contrat.actions.filter(est_restreinte=False)
    datees = lisibles.avec_statut_affiche(le).avec_avancement()
    liees = datees.select_related("axe", "pilote", "pilote_personne")
    return list(liees.order_by(*DANS_L_ARBRE).prefetch_related(*liens))


def _par_action(indicateurs: Iterable[IndicateurDuContrat]) -> Mapping[UUID, list[str]]:
    lies: dict[UUID, list[str]] = defaultdict(list)
    for indicateur in indicateurs:
        for action in indicateur.actions.all():
            lies[action.pk].append(str(indicateur.pk))
    return lies


def _axes(
    actions: list[Any], branches: Branches, lies: Mapping[UUID, list[str]], le: date
) -> Iterable[Axe]:
    groupes = [(axe, list(siennes)) for axe, siennes in groupby(actions, lambda a: a.axe)]
    themes = [[t.code for a in siennes for t in a.themes.all()] for _, siennes in groupes]
    for (axe, siennes), couleur in zip(groupes, couleurs_des_volets(themes), strict=True):
        yield Axe(
            numero=axe.numero if axe else "",
            titre=axe.titre if axe else "Actions sans axe",
            couleur=couleur if axe else "commun",
            fiches=tuple(_fiche(a, branches, lies.get(a.pk, ()), le) for a in siennes),
        )


def _fiche(action: Any, branches: Branches, indicateurs: Iterable[str], le: date) -> Fiche:
    chaine = branches.chaine(action.objectif_id)
    return Fiche(
        cle=str(action.pk),
        numero=action.numero,
        titre=action.titre,
        objectifs=tuple(f"{o.numero} {o.titre}".strip() for o in chaine),
        statut=action.statut_affiche,
        libelle_statut=StatutAction(action.statut_affiche).label,
        raison=action.statut_raison,
        pilote=_pilote(action),
        partenaires=tuple(dict.fromkeys(lien.acteur.nom for lien in action.liens_acteurs.all())),
        debut=action.date_debut,
        fin=action.date_fin,
        avancement=Decimal(str(round(action.avancement, PLACES_DU_TAUX))),
        freins=action.freins,
        leviers=action.leviers,
        etapes=tuple(_etape(jalon, le) for jalon in action.jalons.all()),
        indicateurs=tuple(indicateurs),
        depenses=tuple(map(_depense, action.lignes_budget.all())),
        apports=tuple(map(_apport, action.financements.all())),
        faits=tuple(_faits(action)),
    )


def _pilote(action: Any) -> str:
    """L’organisation ; à défaut la personne. Un document qui circule ne nomme pas les deux."""
    if action.pilote:
        return str(action.pilote.nom)
    return str(action.pilote_personne or action.pilote_nom or "")


def _etape(jalon: Any, le: date) -> Etape:
    return Etape(
        libelle=jalon.libelle,
        qui=jalon.pilote.nom if jalon.pilote else jalon.pilote_nom,
        echeance=jalon.echeance,
        fait_le=jalon.fait_le,
        etat=etapes.etat(jalon, le)[1],
    )


def _depense(ligne: LigneBudget) -> Depense:
    nature = f"{ligne.nature.libelle}, {ligne.libelle}" if ligne.libelle else ligne.nature.libelle
    return Depense(
        annee=ligne.annee,
        nature=nature,
        unite=ligne.unite,
        est_en_nature=ligne.est_valorisation,
        prevu=ligne.prevu,
        realise=ligne.realise,
    )


def _apport(financement: Financement) -> Apport:
    financeur, acteur = financement.type_financeur.libelle, financement.acteur
    return Apport(
        annee=financement.annee,
        financeur=f"{financeur}, {acteur.nom}" if acteur else financeur,
        mission=financement.mission_fir,
        etat=StatutFinancement(financement.statut).label,
        est_refuse=financement.statut == StatutFinancement.REFUSE,
        demande=financement.montant_demande,
        accorde=financement.montant_accorde,
        verse=financement.montant_verse,
    )


def _faits(action: Any) -> list[Fait]:
    """Les notes et les changements de statut de l’année, dans l’ordre du temps."""
    notes = [
        Fait(
            jour=note.date_note,
            fait=note.fait,
            freins=note.freins,
            leviers=note.leviers,
            suites=note.suites,
            participants=note.participants,
        )
        for note in action.notes.all()
    ]
    passages = [
        Fait(jour=p.le.date(), statut=StatutAction(p.vers).label, raison=p.raison)
        for p in action.passages.all()
    ]
    return sorted([*notes, *passages], key=lambda fait: fait.jour)


def _indicateurs(
    contrat: Contrat, montres: list[IndicateurDuContrat], annee: int, le: date
) -> Iterable[Indicateur]:
    series = series_publiees(contrat, montres, jusqu_a=annee, le=le)
    for indicateur in montres:
        yield Indicateur(
            cle=str(indicateur.pk),
            serie=series[indicateur.pk],
            definition=indicateur.definition,
            est_public=indicateur.est_public,
        )


def _avenants(contrat: Contrat, annee: int) -> Iterable[Avenant]:
    signes = contrat.avenants.signes().filter(date_signature__year=annee)
    for avenant in signes.order_by("numero"):
        yield Avenant(numero=str(avenant.numero), titre=avenant.objet, jour=avenant.date_signature)
