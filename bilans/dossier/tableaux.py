"""Les sections d’une fiche faites de lignes : étapes, budget, indicateurs, journal, documents."""

from collections.abc import Callable, Iterable
from typing import Any

from bilans.dossier.contenu import Bloc, Champ, Passage, Tableau
from bilans.dossier.lecture import FichesLues
from bilans.dossier.passages import ecrit, passages
from bilans.dossier.sections import SectionFiche
from cls_platform.socle import typographie
from cls_platform.socle.typographie import date_courte, date_longue
from contrats import etapes
from contrats.budget_fiche import (
    DE_DEPENSE,
    DE_FINANCEMENT,
    AnneeAffichee,
    annees_de_depense,
    annees_de_financement,
    phrase_de_l_ecart,
)
from contrats.etats import StatutAction
from indicateurs import phrases
from indicateurs.models import Indicateur
from indicateurs.series import Serie

TIRET = "–"
PART_DE_L_ANNEE, PART_D_UN_MONTANT = 9, 15
DE_LA_NOTE = (
    ("fait", "Fait"), ("freins", "Freins"), ("leviers", "Leviers"), ("suites", "Suites"),
)  # fmt: skip


def blocs_de(action: Any, section: SectionFiche, lues: FichesLues) -> list[Bloc]:
    return _SECTIONS[section](action, lues) if section in _SECTIONS else []


def _etapes(action: Any, lues: FichesLues) -> list[Bloc]:
    lignes = [
        (
            ecrit(jalon.libelle) + (" (tous les ans)" if jalon.est_annuel else ""),
            ecrit(_qui(jalon)) or TIRET,
            date_courte(jour) if (jour := jalon.fait_le or jalon.echeance) else TIRET,
            etapes.etat(jalon, lues.le)[1],
        )
        for jalon in action.jalons.all()
    ]
    return _si_rempli(("Étape", "Qui", "Date", "État"), (42, 28, 16, 14), lignes)


def _qui(jalon: Any) -> str:
    return ", ".join(n for n in (jalon.pilote_nom, jalon.pilote and jalon.pilote.nom) if n)


def _si_rempli(
    colonnes: tuple[str, ...],
    largeurs: tuple[int, ...],
    lignes: Iterable[tuple[str, ...]],
    *,
    titre: str = "",
    **options: Any,
) -> list[Bloc]:
    rangees = tuple(lignes)
    return [Tableau(titre, colonnes, largeurs, rangees, **options)] if rangees else []


def _budget(action: Any, lues: FichesLues) -> list[Bloc]:
    depenses = annees_de_depense(action.lignes_budget.all())
    apports = annees_de_financement(action.financements.all())
    dits = [
        f"En {ecart.annee}, {phrase_de_l_ecart(ecart)}" for ecart in lues.ecarts.get(action.pk, ())
    ]
    return [
        *_montants("Ce que l’action coûte", "Dépense", DE_DEPENSE, depenses),
        *_montants("Qui la finance", "Financeur", DE_FINANCEMENT, apports),
        *([Champ("À noter", passages("\n".join(dits)))] if dits else []),
    ]


def _montants(
    titre: str, objet: str, colonnes: tuple[str, ...], annees: Iterable[AnneeAffichee]
) -> list[Bloc]:
    """Toutes les années dans un tableau ; un total dès qu’une année a deux lignes."""
    lignes: list[tuple[str, ...]] = []
    totaux: set[int] = set()
    for annee in annees:
        for ligne in annee.lignes:
            nom = _detaille(ligne.nom, (*ligne.details, ligne.etat.lower()))
            lignes.append((str(annee.annee), nom, *(m for _, m in ligne.montants)))
        for nom, montants in annee.totaux if len(annee.lignes) > 1 else ():
            totaux.add(len(lignes))
            lignes.append((str(annee.annee), nom, *(m for _, m in montants)))
    reste = 100 - PART_DE_L_ANNEE - PART_D_UN_MONTANT * len(colonnes)
    largeurs = (PART_DE_L_ANNEE, reste, *(PART_D_UN_MONTANT for _ in colonnes))
    return _si_rempli(
        ("Année", objet, *colonnes),
        largeurs,
        lignes,
        titre=titre,
        totaux=frozenset(totaux),
        nombres=len(colonnes),
    )


def _detaille(nom: str, details: Iterable[str]) -> str:
    precis = ", ".join(d for d in details if d)
    return ecrit(f"{nom} ({precis})" if precis else nom)


def _indicateurs(action: Any, lues: FichesLues) -> list[Bloc]:
    lignes = [_mesure(i, lues.series[i.pk]) for i in action.indicateurs.all()]
    sources = list(dict.fromkeys(i.source for i in action.indicateurs.all() if i.source))
    return _si_rempli(
        ("Indicateur", "Départ", "Dernière valeur", "Cible"),
        (37, 20, 23, 20),
        lignes,
        nombres=3,
        note=ecrit(f"Source : {' ; '.join(sources)}.") if sources else "",
    )


def _mesure(indicateur: Indicateur, serie: Serie) -> tuple[str, ...]:
    """Chaque valeur avec son unité et son année."""
    connus = [r for r in serie.releves if r.valeur is not None or r.est_secret]
    derniere = TIRET
    if connus:
        annee = f"{connus[-1].annee}, provisoire" if connus[-1].est_provisoire else connus[-1].annee
        derniere = f"{phrases.lire(connus[-1], serie)} ({annee})"
    return (
        ecrit(indicateur.libelle),
        _repere(serie, serie.reference),
        derniere,
        _repere(serie, serie.cible),
    )


def _repere(serie: Serie, repere: Any) -> str:
    if repere is None:
        return TIRET
    return f"{phrases.ecrire(repere.valeur, serie.unite, serie.decimales)} ({repere.annee})"


def _journal(action: Any, lues: FichesLues) -> list[Bloc]:
    notes: list[Bloc] = [Champ(date_longue(note.date_note), _note(note)) for note in
                         action.notes.all()]  # fmt: skip
    lignes = [
        (
            date_courte(passage.le.date()),
            StatutAction(passage.vers).label,
            ecrit(passage.raison) or TIRET,
        )
        for passage in action.passages.all()
    ]
    colonnes, titre = ("Le", "Statut", "Raison"), "Changements de statut"
    return [*notes, *_si_rempli(colonnes, (16, 24, 60), lignes, titre=titre)]


def _note(note: Any) -> tuple[Passage, ...]:
    dits = [f"{mot} : {getattr(note, nom)}" for nom, mot in DE_LA_NOTE if getattr(note, nom)]
    if note.participants is not None:
        dits.insert(0, f"Participants : {typographie.nombre(note.participants)}")
    return passages("\n".join(dits))


def _documents(action: Any, lues: FichesLues) -> list[Bloc]:
    lignes = [
        (
            ecrit(document.titre),
            ecrit(document.nom),
            date_courte(document.cree_le.date()),
            typographie.taille_fichier(document.taille),
        )
        for document in action.documents.all()
    ]
    colonnes = ("Document", "Fichier", "Joint le", "Taille")
    return _si_rempli(colonnes, (38, 34, 16, 12), lignes, nombres=1)


_SECTIONS: dict[SectionFiche, Callable[[Any, FichesLues], list[Bloc]]] = {
    SectionFiche.ETAPES: _etapes,
    SectionFiche.BUDGET: _budget,
    SectionFiche.INDICATEURS: _indicateurs,
    SectionFiche.JOURNAL: _journal,
    SectionFiche.DOCUMENTS: _documents,
}
