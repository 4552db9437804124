"""Le budget d’un plan comme on le montre : lu en trois requêtes, écrit à la française."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.urls import reverse

from cls_platform.socle import typographie
from cls_platform.socle.svg import flux
from contrats.argent import (
    Apport,
    Comptes,
    Depense,
    Entete,
    MontantBudget,
    MontantFinancement,
    Tableau,
    ecarts,
)
from contrats.budget_fiche import phrase_de_l_ecart
from contrats.models import Contrat, Financement, LigneBudget, TypeFinanceur, UniteBudget
from contrats.montants import en_unite

SANS_AXE = "Sans axe"
LARGEURS = ((720, "cache-etroit"), (328, "cache-large"))


def comptes_du_plan(contrat: Contrat, annee: int | None = None) -> Comptes:
    """Quatre requêtes : les dépenses, les apports, les axes, les financeurs présents."""
    depenses = [Depense(*x) for x in LigneBudget.objects.du_contrat(contrat).par_axe_et_annee()]
    financements = Financement.objects.du_contrat(contrat)
    apports = [Apport(*x) for x in financements.par_axe_annee_et_financeur()]
    axes = [
        Entete(pk, f"Axe {numero}. {titre}", f"Axe {numero}")
        for pk, numero, titre in contrat.axes.dans_l_ordre().values_list("pk", "numero", "titre")
    ]
    if None in {d.axe for d in depenses} | {a.axe for a in apports}:
        axes.append(Entete(None, SANS_AXE, SANS_AXE))
    presents = {apport.financeur for apport in apports}
    financeurs = [
        Entete(pk, libelle)
        for pk, libelle in TypeFinanceur.objects.filter(pk__in=presents)
        .order_by("ordre", "libelle")
        .values_list("pk", "libelle")
    ]
    return Comptes(depenses, apports, axes, financeurs, annee)


@dataclass(frozen=True, slots=True)
class Case:
    colonne: str
    montant: str
    est_nulle: bool


@dataclass(frozen=True, slots=True)
class RangAffiche:
    nom: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class TableauAffiche:
    """Tout est écrit, zéro compris ; la page met les zéros en retrait."""

    titre: str
    tete: str
    colonnes: tuple[str, ...]
    rangs: tuple[RangAffiche, ...]
    total: RangAffiche
    note: str = ""


def tableaux(comptes: Comptes, budget: str, financement: str) -> list[TableauAffiche]:
    """Par axe, par financeur, par année ; puis, s’il y en a, le temps et les apports, à part."""
    choisis = [
        en_euros(comptes.par_axe(budget, financement), "Par axe", "Axe"),
        en_euros(comptes.par_financeur(), "Par financeur", "Financeur"),
        en_euros(comptes.par_annee(), "Par année", "Année"),
    ]
    if comptes.annee:
        choisis[2] = replace(choisis[2], note="Toutes les années du plan, pour comparer.")
    temps, apports = comptes.temps_de_travail(), comptes.apports_en_nature()
    if not temps.est_vide:
        titre = "Temps de travail, en équivalents temps plein"
        choisis.append(_affiche(temps, titre, "Axe", UniteBudget.ETP))
    if not apports.est_vide:
        note = "Estimés en euros : ils ne s’ajoutent pas à l’argent."
        choisis.append(replace(en_euros(apports, "Apports en nature", "Axe"), note=note))
    return choisis


def qui_finance_quoi(comptes: Comptes, financement: str) -> TableauAffiche:
    """Sans les financeurs dont aucun montant n’est de cette sorte : ils sont « par financeur »."""
    affiche = en_euros(comptes.qui_finance_quoi(financement))
    return replace(
        affiche, rangs=tuple(r for r in affiche.rangs if not all(c.est_nulle for c in r.cases))
    )


def en_euros(
    tableau: Tableau, titre: str = "Qui finance quoi", tete: str = "Financeur"
) -> TableauAffiche:
    return _affiche(tableau, titre, tete, UniteBudget.EUROS)


def _affiche(tableau: Tableau, titre: str, tete: str, unite: str) -> TableauAffiche:
    def rang(nom: str, montants: Sequence[Decimal]) -> RangAffiche:
        cases = (
            Case(colonne, en_unite(montant, unite), montant == 0)
            for colonne, montant in zip(tableau.colonnes, montants, strict=True)
        )
        return RangAffiche(nom, tuple(cases))

    rangs = tuple(rang(un.entete.nom, un.montants) for un in tableau.rangs)
    return TableauAffiche(titre, tete, tableau.colonnes, rangs, rang("Total", tableau.total))


@dataclass(frozen=True, slots=True)
class Image:
    classe: str
    svg: str


def images(comptes: Comptes, financement: str) -> list[Image]:
    """Les flux, une image par largeur d’écran ; aucune sans montant."""
    tableau = comptes.qui_finance_quoi(financement)
    if tableau.est_vide:
        return []
    spec = flux.Flux(
        titre="Qui finance quoi : des financeurs vers les axes",
        description=_description(comptes, tableau),
        gauche=tuple(flux.Noeud(cle=f.cle, nom=f.nom) for f in comptes.financeurs),
        droite=tuple(flux.Noeud(cle=str(axe.cle), nom=axe.nom) for axe in comptes.axes),
        liens=tuple(
            flux.Lien(de=rang.entete.cle, vers=str(axe.cle), valeur=montant)
            for rang in tableau.rangs
            for axe, montant in zip(comptes.axes, rang.montants, strict=False)
            if montant > 0
        ),
    )
    return [
        Image(classe, flux.dessiner(replace(spec, largeur=largeur))) for largeur, classe in LARGEURS
    ]


def _description(comptes: Comptes, tableau: Tableau) -> str:
    premier = max(tableau.rangs, key=lambda rang: rang.montants[-1])
    return (
        f"{typographie.euros(tableau.total[-1])} en tout, de "
        f"{typographie.pluriel(len(comptes.financeurs), 'financeur')}. Le premier : "
        f"{premier.entete.nom}, {typographie.euros(premier.montants[-1])}. "
        "Chaque montant est dans le tableau qui suit."
    )


@dataclass(frozen=True, slots=True)
class EcartAffiche:
    """Une fiche, l’adresse de son budget, et ses années en écart, chacune en une phrase."""

    nom: str
    adresse: str
    phrases: tuple[str, ...]


def ecarts_du_plan(
    contrat: Contrat, utilisateur: Any, annee: int | None = None
) -> list[EcartAffiche]:
    """Les fiches que la personne lit, dans l’ordre du plan ; trois requêtes."""
    phrases: dict[object, list[str]] = {}
    couts = LigneBudget.objects.du_contrat(contrat).couts()
    for ecart in ecarts(couts, Financement.objects.du_contrat(contrat).ressources()):
        if annee in (None, ecart.annee):
            dite = f"{ecart.annee}\u00a0: {phrase_de_l_ecart(ecart)}"
            phrases.setdefault(ecart.action, []).append(dite)
    lisibles = contrat.actions.lisibles_par(utilisateur)
    fiches = lisibles.filter(pk__in=phrases).order_by(
        F("axe__ordre").asc(nulls_last=True), "ordre", "numero", "pk"
    )
    return [
        EcartAffiche(
            f"{numero} {titre}".strip(),
            reverse("contrats:action_budget", args=[pk]),
            tuple(phrases[pk]),
        )
        for pk, numero, titre in fiches.values_list("pk", "numero", "titre")
    ]


ENTETE_CSV = ("annee", "axe", "rubrique", "financeur", "montant", "unite", "valeur")
_DANGEREUX = ("=", "+", "-", "@", "\t", "\r")


def en_csv(comptes: Comptes) -> bytes:
    """UTF-8 avec marque, point-virgule, virgule décimale : s’ouvre tel quel dans un tableur.

    Une ligne par année, axe, rubrique et montant. Un texte qui commence comme une formule est
    précédé d’une apostrophe.
    """
    axes = {axe.cle: axe.nom for axe in comptes.axes}
    financeurs = {f.cle: f.nom for f in comptes.financeurs}
    lignes = [
        (d.annee, axes[d.axe], _rubrique(d), "", nom.value, d.unite, getattr(d, nom))
        for d in comptes.depenses
        for nom in MontantBudget
    ]
    lignes += [
        (
            a.annee,
            axes[a.axe],
            "financement",
            financeurs[a.financeur],
            nom.value,
            "EUROS",
            getattr(a, nom),
        )
        for a in comptes.apports
        for nom in MontantFinancement
    ]  # fmt: skip
    tampon = io.StringIO()
    sortie = csv.writer(tampon, delimiter=";", lineterminator="\r\n")
    sortie.writerow(ENTETE_CSV)
    for *textes, valeur in sorted(lignes, key=lambda ligne: ligne[:6]):
        if comptes.annee in (None, textes[0]):
            sortie.writerow([*map(_sur, textes), f"{valeur:f}".replace(".", ",")])
    return b"\xef\xbb\xbf" + tampon.getvalue().encode()


def _rubrique(depense: Depense) -> str:
    if depense.est_valorisation:
        return "apport en nature"
    return "budget" if depense.est_en_argent else "temps de travail"


def _sur(cellule: object) -> str:
    ecrite = str(cellule)
    return f"'{ecrite}" if ecrite.startswith(_DANGEREUX) else ecrite
