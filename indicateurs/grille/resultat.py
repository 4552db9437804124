"""Ce qu’une saisie a donné : cases prises, refusées, écartées, et de quoi annuler."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cls_platform.socle.templatetags.francais import heure
from cls_platform.socle.typographie import pluriel
from indicateurs.grille.cellules import Refus
from indicateurs.grille.cles import PREFIXE, Cle, en_document
from indicateurs.grille.etude import CALCULEES, EN_PERIODES, INCONNUE, PAS_LA_SIENNE, Demande, Issue

# Ces cases n’ont pas de champ : ce que l’on y voulait se lit à part
SANS_CHAMP = frozenset({*CALCULEES.values(), PAS_LA_SIENNE, EN_PERIODES, INCONNUE})
HORS_GRILLE = "Le bloc dépasse la grille\u00a0: il n’y a pas de case ici."
ECARTEES_MAX = 500


@dataclass(frozen=True, slots=True)
class Erreur:
    """Une case à corriger ; `remplacer` : ce que le bouton envoie pour prendre la proposition."""

    cle: Cle
    libelle: str
    texte: str
    raison: str
    proposition: str = ""
    remplacer: str = ""


@dataclass(frozen=True, slots=True)
class Ecartee:
    """Ce qui a été collé là où rien ne se saisit ; le texte n’est pas perdu."""

    libelle: str
    texte: str
    raison: str


@dataclass(frozen=True, slots=True)
class Resultat:
    prises: int = 0
    inchangees: int = 0
    erreurs: Sequence[Erreur] = ()
    ecartees: Sequence[Ecartee] = ()
    annulation: str = ""
    enregistre_a: str = ""
    est_collage: bool = False

    @property
    def phrase(self) -> str:
        """« 12 valeurs prises, 3 écartées » ; pour une seule case, l’heure suffit."""
        ecartees = len(self.ecartees) + len(self.erreurs)
        dit = pluriel(self.prises, "valeur prise", "valeurs prises")
        if self.inchangees:
            dit += f", {pluriel(self.inchangees, 'déjà là', 'déjà là')}"
        return f"{dit}, {pluriel(ecartees, 'écartée', 'écartées')}" if ecartees else dit

    @property
    def a_corriger(self) -> str:
        return pluriel(len(self.erreurs), "valeur à corriger", "valeurs à corriger")


RIEN_DE_FAIT = Resultat()


def resultat_de(
    issues: Iterable[Issue],
    noms: Mapping[Any, str],
    *,
    hors: Sequence[Ecartee] = (),
    est_collage: bool = False,
) -> Resultat:
    """`noms` : le libellé de chaque indicateur."""
    liste = list(issues)
    prises = [issue for issue in liste if issue.est_prise]
    refusees = [issue for issue in liste if issue.est_refusee]
    return Resultat(
        prises=len(prises),
        inchangees=sum(not i.est_prise and not i.est_refusee for i in liste) if est_collage else 0,
        erreurs=[_erreur(i, noms) for i in refusees if i.raison not in SANS_CHAMP],
        ecartees=[
            *(_ecartee(i, noms) for i in refusees if i.raison in SANS_CHAMP),
            *hors,
        ],
        annulation=en_document(_inverse(issue) for issue in prises) if prises else "",
        enregistre_a=heure(timezone.localtime()) if prises else "",
        est_collage=est_collage,
    )


def refus_de(issues: Iterable[Issue]) -> dict[Cle, Refus]:
    """Ce qui reste écrit dans les cases refusées."""
    return {
        i.demande.cle: Refus(i.demande.texte, i.raison)
        for i in issues
        if i.est_refusee and i.raison not in SANS_CHAMP
    }


def _libelle(cle: Cle, noms: Mapping[Any, str]) -> str:
    return f"{noms.get(cle.indicateur, 'Ligne inconnue')}, {cle.annee}"


def _erreur(issue: Issue, noms: Mapping[Any, str]) -> Erreur:
    cle, version = issue.demande.cle, issue.objet.version if issue.objet else 0
    remplacer = f"{PREFIXE}{cle}:{version}={issue.proposition}" if issue.proposition else ""
    return Erreur(
        cle, _libelle(cle, noms), issue.demande.texte, issue.raison, issue.proposition, remplacer
    )


def _ecartee(issue: Issue, noms: Mapping[Any, str]) -> Ecartee:
    return Ecartee(_libelle(issue.demande.cle, noms), issue.demande.texte, issue.raison)


def _inverse(issue: Issue) -> Demande:
    """De quoi remettre la case comme elle était, si personne n’y touche d’ici là."""
    neuve = issue.objet.version + 1 if issue.objet else 1
    return Demande(issue.demande.cle, neuve if issue.lue else 0, issue.avant)


def hors_de(document: str) -> list[Ecartee]:
    """Les cellules collées hors de la grille, [[place, texte], …] ; illisible, il n’y en a pas."""
    try:
        paires = [(str(place), str(texte)) for place, texte in json.loads(document or "[]")]
    except (ValueError, TypeError):
        return []
    return [
        Ecartee(place[:80], texte[:200], HORS_GRILLE)
        for place, texte in paires[:ECARTEES_MAX]
        if texte.strip()
    ]
