"""Plancher naïf du bilan technique : un tableau par étape, par indicateur et par montant.

Écrit sans nos gabarits ni nos découpes, depuis les mêmes données : ce qu’une équipe livre d’abord,
tout en tableaux, analysé par WeasyPrint, feuille et polices relues à chaque document.
"""

from collections.abc import Iterable, Mapping
from html import escape

from bench.planchers.bilan import rendre_naivement
from bilans.technique.donnees import Fiche, Indicateur, Technique

FEUILLE = """
.fiche { break-before: page } .reperes { display: flex; flex-wrap: wrap } .reperes p { width: 50% }
td, th { border: .5pt solid #888; padding: 1mm; text-align: left } table { margin-bottom: 4mm }
"""


def rendre(technique: Technique, feuille: str, fichiers: Mapping[str, bytes]) -> bytes:
    return rendre_naivement(page(technique), feuille + FEUILLE, fichiers)


def page(technique: Technique) -> str:
    connus = {i.cle: i for i in technique.indicateurs}
    fiches = "".join(_fiche(fiche, connus) for fiche in technique.fiches)
    decisions = _tableau(
        ("Décision", "Instance", "État"),
        ((d.texte, d.instance, d.etat) for d in technique.decisions),
    )
    return (
        "<!DOCTYPE html><html lang='fr'><head><meta charset='utf-8'><title>Bilan technique</title>"
        f"</head><body><h1>Bilan technique {technique.annee}</h1>{decisions}{fiches}</body></html>"
    )


def _fiche(fiche: Fiche, connus: Mapping[str, Indicateur]) -> str:
    annees = sorted({r.annee for c in fiche.indicateurs for r in connus[c].serie.releves})
    return (
        f"<section class='fiche'><h2>{escape(fiche.nom)}</h2><div class='reperes'>"
        f"<p>Statut<br><b>{fiche.libelle_statut}</b></p><p>Pilote<br><b>{escape(fiche.pilote)}</b></p>"
        f"<p>Début<br><b>{fiche.debut}</b></p><p>Fin<br><b>{fiche.fin}</b></p></div><h3>Étapes</h3>"
        + _tableau(
            ("Étape", "Qui", "État", "Date"),
            ((e.libelle, e.qui, e.etat, e.fait_le or e.echeance) for e in fiche.etapes),
        )
        + "<h3>Indicateurs</h3>"
        + _tableau(
            ("Indicateur", *annees),
            (
                (connus[c].serie.libelle, *(_valeur(connus[c], a) for a in annees))
                for c in fiche.indicateurs
            ),
        )
        + "<h3>Budget</h3>"
        + _tableau(
            ("Année", "Nature", "Prévu", "Réalisé"),
            ((d.annee, d.nature, d.prevu, d.realise) for d in fiche.depenses),
        )
        + _tableau(
            ("Année", "Financeur", "Demandé", "Accordé", "Versé"),
            ((a.annee, a.financeur, a.demande, a.accorde, a.verse) for a in fiche.apports),
        )
        + "<h3>Faits</h3>"
        + _tableau(
            ("Date", "Fait", "Freins", "Leviers"),
            ((f.jour, f.fait or f.statut, f.freins, f.leviers) for f in fiche.faits),
        )
        + "</section>"
    )


def _valeur(indicateur: Indicateur, annee: int) -> object:
    releve = indicateur.serie.en(annee)
    return releve.valeur if releve else ""


def _tableau(tete: Iterable[object], lignes: Iterable[Iterable[object]]) -> str:
    def rang(cases: Iterable[object], balise: str) -> str:
        return f"<tr>{''.join(f'<{balise}>{escape(str(c))}</{balise}>' for c in cases)}</tr>"

    corps = "".join(rang(ligne, "td") for ligne in lignes)
    return f"<table><thead>{rang(tete, 'th')}</thead><tbody>{corps}</tbody></table>"
