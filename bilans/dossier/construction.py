"""Des fiches de la base au dossier : les valeurs d’un jour donné, prêtes à écrire."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from bilans.dossier.contenu import Bloc, Champ, Dossier, Fiche, Groupe, Section
from bilans.dossier.lecture import FichesLues, lire
from bilans.dossier.passages import ecrit
from bilans.dossier.rubriques import calendrier, champs_de, pilote
from bilans.dossier.sections import Reglages, SectionFiche
from bilans.dossier.tableaux import blocs_de
from bilans.palette import couleurs_des_volets
from bilans.rapport.cartographie import carte_du_contrat
from bilans.rapport.construction import nom_developpe
from bilans.rapport.parties import lire_parties, lire_territoire
from cls_platform.socle.erreurs import ErreurMetier
from cls_platform.socle.typographie import pluriel, pourcent
from contrats.etats import StatutAction
from contrats.forms.valeurs_action import en_mots
from contrats.models import Contrat

AUCUNE = "Aucune fiche à mettre dans le document. Choisissez au moins une fiche du plan."
# Ce qui se compte : dit « à compléter » d’une ligne quand la section n’a rien
PAR_LIGNES = {
    SectionFiche.ETAPES: "Étapes",
    SectionFiche.BUDGET: "Budget",
    SectionFiche.INDICATEURS: "Indicateurs",
}


class DossierVide(ErreurMetier):
    """Rien à écrire."""

    code = "dossier_vide"


def construire(
    contrat: Contrat, actions: Any, reglages: Reglages, *, le: date, tout_le_plan: int = 0
) -> Dossier:
    """Lit tout ce que le dossier montre. `actions` : déjà restreintes à qui le demande.

    `tout_le_plan` : le nombre de fiches à partir duquel le document est celui du plan. Lève
    DossierVide.
    """
    lues = lire(contrat, actions, reglages, le)
    if not lues.actions:
        raise DossierVide(AUCUNE)
    parties = lire_parties(contrat)
    territoire, communes = lire_territoire(contrat, le)
    habitants = f", {pluriel(territoire.population, 'habitant')}" if territoire.population else ""
    return Dossier(
        titre=_titre(len(lues.actions), tout_le_plan),
        contrat=ecrit(nom_developpe(contrat.nom)),
        periode=contrat.periode,
        organisme=ecrit(parties.porteur.nom if parties.porteur else nom_developpe(contrat.nom)),
        territoire=f"{pluriel(len(communes), 'commune')}{habitants}" if communes else "",
        enseignes=tuple(ecrit(nom) for nom in parties.enseignes),
        le=le,
        est_demonstration=contrat.est_demonstration,
        reglages=reglages,
        groupes=tuple(_groupes(lues, reglages)),
        carte=carte_du_contrat(communes) if reglages.couverture else None,
    )


def _titre(nombre: int, tout_le_plan: int) -> str:
    if nombre == tout_le_plan > 1:
        return "Plan d’actions"
    return "Fiches action" if nombre > 1 else "Fiche action"


def _groupes(lues: FichesLues, reglages: Reglages) -> Iterator[Groupe]:
    """Un par axe, dans l’ordre du plan ; les fiches sans axe à la fin."""
    axes = [(axe, list(siennes)) for axe, siennes in groupby(lues.actions, lambda a: a.axe)]
    themes = [[t.code for a in siennes for t in a.themes.all()] for _, siennes in axes]
    for (axe, siennes), couleur in zip(axes, couleurs_des_volets(themes), strict=True):
        yield Groupe(
            cle=str(axe.pk) if axe else "sans-axe",
            rubrique=ecrit(f"Axe {axe.numero}") if axe else "",
            titre=ecrit(axe.titre) if axe else "Fiches sans axe",
            couleur=couleur if axe else "commun",
            fiches=tuple(_fiche(action, lues, reglages) for action in siennes),
        )


def _fiche(action: Any, lues: FichesLues, reglages: Reglages) -> Fiche:
    chaine = lues.branches.chaine(action.objectif_id)
    return Fiche(
        cle=str(action.pk),
        numero=ecrit(action.numero),
        titre=ecrit(action.titre),
        place=tuple(ecrit(f"{o.numero} {o.titre}") for o in chaine),
        statut=action.statut_affiche,
        mot_du_statut=StatutAction(action.statut_affiche).label,
        reperes=tuple(_reperes(action)),
        sections=tuple(_sections(action, lues, reglages)),
        est_restreinte=action.est_restreinte,
    )


def _reperes(action: Any) -> Iterator[tuple[str, str]]:
    """Ce que l’on cherche d’abord ; le statut s’écrit à part, avec son signe."""
    yield "Pilote", ecrit(pilote(action)) or "Sans pilote"
    yield "Calendrier", calendrier(action.date_debut, action.date_fin) or "Sans échéance"
    etapes = ""
    if action.nombre_jalons:
        etapes = f" ({action.jalons_faits} sur {pluriel(action.nombre_jalons, 'étape')})"
    yield "Avancement", f"{pourcent(action.avancement, 0)}{etapes}"
    if action.priorite:
        yield "Priorité", en_mots("priorite", action.priorite)
    if action.statut_raison:
        yield "Raison du statut", ecrit(action.statut_raison)


def _sections(action: Any, lues: FichesLues, reglages: Reglages) -> Iterator[Section]:
    for code in reglages.sections:
        section = SectionFiche(code)
        blocs: list[Bloc] = list(champs_de(action, section, lues, vides=reglages.vides))
        blocs += blocs_de(action, section, lues)
        if not blocs and reglages.vides and section in PAR_LIGNES:
            blocs = [Champ(PAR_LIGNES[section], ())]
        if blocs:
            yield Section(code, section.label, tuple(_sans_repeter(b, section) for b in blocs))


def _sans_repeter(bloc: Bloc, section: SectionFiche) -> Bloc:
    """« Moyens » sous « Moyens » n’apprend rien."""
    titre = section.label.casefold()
    if isinstance(bloc, Champ) and bloc.libelle.casefold() == titre:
        return replace(bloc, libelle="")
    return bloc
