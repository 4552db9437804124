"""Tous les textes qu’un lecteur du bilan lira, chacun à sa place. Aucune base de données."""

from collections.abc import Iterator
from dataclasses import dataclass

from bilans.instantane import Action, Instantane, Volet
from bilans.models import SECTIONS_DES_ELUS, CodeSection

SANS_AXE = "sans-axe"
VOLET, ACTION, INDICATEURS = "volet-", "action-", "indicateurs-"
PRESENTATION, PARTENAIRES = "presentation", "partenaires"
REUNIONS, ANNONCES, FINANCEMENTS = "reunions", "annonces", "financements"


@dataclass(frozen=True, slots=True)
class Lieu:
    """Un endroit du bilan. `code` : « EDITO », « volet-<axe> », « action-<fiche> »…

    `texte` est relu phrase à phrase, marques de mise en forme comprises. `noms` : ce que l’on n’y
    relit que pour ses sigles (noms d’organisations, titres, citations, signature).
    """

    code: str
    titre: str
    texte: str
    noms: str = ""

    @property
    def tout(self) -> str:
        return "\n".join(part for part in (self.texte, self.noms) if part)


def lieux(instantane: Instantane) -> tuple[Lieu, ...]:
    """Dans l’ordre d’origine du bilan ; un lieu sans texte ni nom n’y est pas."""
    return tuple(lieu for lieu in _lieux(instantane) if lieu.tout.strip())


def _lieux(instantane: Instantane) -> Iterator[Lieu]:
    contrat = instantane.contrat
    yield from _sections(instantane, CodeSection.EDITO, CodeSection.COMPRENDRE)
    yield Lieu(PRESENTATION, "La présentation du contrat", contrat.presentation, contrat.nom)
    for volet in instantane.volets:
        yield from _du_volet(volet)
    yield from _sections(
        instantane,
        CodeSection.ZOOM,
        CodeSection.DIFFICULTES,
        CodeSection.BUDGET,
        CodeSection.PARTICIPATION,
        CodeSection.PERSPECTIVES,
        *SECTIONS_DES_ELUS,
    )
    yield from _de_l_annee(instantane)
    familles = (*instantane.signataires, *instantane.partenaires)
    noms = "\n".join(nom for famille in familles for nom in famille.noms)
    yield Lieu(PARTENAIRES, "Les partenaires", "", noms)


def _sections(instantane: Instantane, *codes: CodeSection) -> Iterator[Lieu]:
    for code in codes:
        texte = getattr(instantane.textes, code.lower())
        if texte:
            yield Lieu(code, str(code.label), texte.texte, texte.signature)


def _du_volet(volet: Volet) -> Iterator[Lieu]:
    cle = volet.cle or SANS_AXE
    citation = (volet.citation.texte, volet.citation.auteur) if volet.citation else ()
    noms = "\n".join((volet.titre, volet.promesse, *citation, volet.utile))
    yield Lieu(f"{VOLET}{cle}", volet.titre, volet.texte, noms)
    for action in volet.actions:
        yield _de_l_action(action)
    if volet.indicateurs:
        titres = "\n".join(indicateur.titre for indicateur in volet.indicateurs)
        suite = "\n".join(
            f"{i.serie.libelle}\n{i.phrase}\n{i.serie.source}" for i in volet.indicateurs
        )
        yield Lieu(f"{INDICATEURS}{cle}", f"Indicateurs\u00a0: {volet.titre}", titres, suite)


def _de_l_action(action: Action) -> Lieu:
    noms = "\n".join((action.titre, action.fait, *action.partenaires))
    titre = f"{action.numero} {action.titre}".strip()
    return Lieu(f"{ACTION}{action.cle}", titre, action.resume, noms)


def _de_l_annee(instantane: Instantane) -> Iterator[Lieu]:
    """Réunions, décisions, annonces reprises, qui finance."""
    if argent := instantane.argent:
        noms = "\n".join(somme.nom for somme in (*argent.payeurs, *argent.usages))
        yield Lieu(FINANCEMENTS, "Qui finance quoi", "", noms)
    decisions = "\n".join(decision.texte for decision in instantane.decisions)
    dits = [part for r in instantane.rencontres for part in (r.instance, r.titre, r.lieu)]
    dits += [part for d in instantane.decisions for part in (d.instance, d.organisation)]
    autour = "\n".join(filter(None, dits))
    yield Lieu(REUNIONS, "Les réunions et leurs décisions", decisions, autour)
    lignes = instantane.annonces.lignes if instantane.annonces else ()
    dites = "\n".join(f"{ligne.texte}\n{ligne.explication}" for ligne in lignes)
    yield Lieu(ANNONCES, "Ce qui était annoncé", dites)
