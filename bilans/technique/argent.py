"""Les montants du bilan technique : ceux d’une fiche en phrases, ceux du contrat en tableaux."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from bilans.dossier.contenu import Tableau
from bilans.dossier.passages import ecrit
from bilans.technique.donnees import Fiche, Technique
from cls_platform.socle.typographie import INSECABLE, euros
from contrats import argent, budget_plan
from contrats.argent import Comptes, Entete, MontantBudget, MontantFinancement
from contrats.models.vocabulaire_argent import UniteBudget
from contrats.montants import en_unite

RIEN = Decimal(0)
LARGEUR_DES_NOMS = 30


def lignes_de_depense(fiche: Fiche) -> Iterable[str]:
    """« 2025 : animation, 12 000 € prévus, 10 400 € réalisés. »"""
    for depense in fiche.depenses:
        montants = [
            f"{ecrite} {mot}"
            for montant, mot in ((depense.prevu, "prévus"), (depense.realise, "réalisés"))
            if (ecrite := en_unite(montant, depense.unite))
        ]
        precis = ", apport en nature" if depense.est_en_nature else ""
        yield _ligne(depense.annee, f"{depense.nature}{precis}", montants)


def lignes_d_apport(fiche: Fiche) -> Iterable[str]:
    """« 2025 : ARS, mission 1 du fonds d’intervention régional, 8 000 € accordés. »"""
    for apport in fiche.apports:
        montants = [
            f"{euros(montant)} {mot}"
            for montant, mot in (
                (apport.demande, "demandés"),
                (apport.accorde, "accordés"),
                (apport.verse, "versés"),
            )
            if montant is not None
        ]
        mission = f", mission {apport.mission[-1]} du FIR" if apport.mission else ""
        refus = ["refusé"] if apport.est_refuse else []
        yield _ligne(apport.annee, f"{apport.financeur}{mission}", [*montants, *refus])


def _ligne(annee: int, quoi: str, montants: list[str]) -> str:
    return ecrit(f"{annee}{INSECABLE}: {', '.join([quoi, *(montants or ['montant à venir'])])}.")


def resume(fiche: Fiche, annee: int) -> str:
    """« 12 000 € prévus, 10 400 € réalisés » l’année du bilan, en argent ; vide sans montant."""
    en_argent = [
        d
        for d in fiche.depenses
        if d.annee == annee and d.unite == UniteBudget.EUROS and not d.est_en_nature
    ]
    dits = []
    for nom, mot in (("prevu", "prévus"), ("realise", "réalisés")):
        connus = [m for d in en_argent if (m := getattr(d, nom)) is not None]
        dits += [f"{euros(sum(connus, RIEN))} {mot}"] if connus else []
    return ", ".join(dits)


def tableaux_du_contrat(technique: Technique) -> list[Tableau]:
    """Par axe, par financeur, par année, qui finance quoi, temps de travail, apports en nature."""
    comptes = _comptes(technique)
    if not comptes.depenses and not comptes.apports:
        return []
    prevus = budget_plan.tableaux(comptes, MontantBudget.PREVU, MontantFinancement.ACCORDE)
    faits = comptes.par_axe(MontantBudget.REALISE, MontantFinancement.VERSE)
    tous = [
        ("Par axe, prévu et accordé", prevus[0]),
        ("Par axe, réalisé et versé", budget_plan.en_euros(faits, tete="Axe")),
        *((un.titre, un) for un in prevus[1:]),
        ("Qui finance quoi, montants accordés", _croise(comptes)),
    ]
    return [_tableau(titre, affiche) for titre, affiche in tous if affiche.rangs]


def _croise(comptes: Comptes) -> budget_plan.TableauAffiche:
    return budget_plan.qui_finance_quoi(comptes, MontantFinancement.ACCORDE)


def _tableau(titre: str, affiche: budget_plan.TableauAffiche) -> Tableau:
    nombre = len(affiche.colonnes)
    part = min((100 - LARGEUR_DES_NOMS) // max(nombre, 1), 16)
    rangs = [*affiche.rangs, affiche.total]
    return Tableau(
        titre=ecrit(titre),
        colonnes=(affiche.tete, *map(ecrit, affiche.colonnes)),
        largeurs=(100 - part * nombre, *(part for _ in affiche.colonnes)),
        lignes=tuple((ecrit(r.nom), *(case.montant for case in r.cases)) for r in rangs),
        totaux=frozenset({len(affiche.rangs)}),
        nombres=nombre,
        note=ecrit(affiche.note),
    )


def _comptes(technique: Technique) -> Comptes:
    axes = [
        Entete(UUID(int=rang), f"Axe {axe.numero}. {axe.titre}" if axe.numero else axe.titre,
               f"Axe {axe.numero}" if axe.numero else axe.titre)
        for rang, axe in enumerate(technique.axes)
    ]  # fmt: skip
    depenses = [
        argent.Depense(UUID(int=rang), d.annee, d.unite, d.est_en_nature, d.prevu or RIEN,
                       d.realise or RIEN)
        for rang, d in _par_axe(technique, "depenses")
    ]  # fmt: skip
    apports = [
        argent.Apport(UUID(int=rang), a.annee, a.financeur, a.demande or RIEN, a.accorde or RIEN,
                      a.verse or RIEN)
        for rang, a in _par_axe(technique, "apports")
    ]  # fmt: skip
    noms = sorted({apport.financeur for apport in apports})
    financeurs = [Entete(nom, nom) for nom in noms]
    return Comptes(depenses, apports, axes, financeurs, technique.annee)


def _par_axe(technique: Technique, nom: str) -> Iterable[tuple[int, Any]]:
    for rang, axe in enumerate(technique.axes):
        for fiche in axe.fiches:
            yield from ((rang, un) for un in getattr(fiche, nom))
